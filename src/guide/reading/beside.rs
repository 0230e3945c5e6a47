//! Text beside numbered items and headings as steps, where it has the pictures: each stretch of it that ends in a picture is a step.

use super::heads::Heads;
use super::pictures;
use super::pieces::{Piece, Plan, StepPlan, TopBlock, first_section};
use super::stretches::Stretches;
use crate::guide::written::Events;
use std::collections::{BTreeMap, BTreeSet};

/// So many pictures beside the steps are more than illustrations.
const MANY: usize = 3;

/// Lists as steps, with the text below numbered headings that have pictures and no list.
pub fn numbered(lists: Plan, heads: &Heads, blocks: &[TopBlock]) -> Plan {
    let reach = heads.reach(blocks);
    let section = |at: usize| {
        let before = reach.partition_point(|range| range.start <= at).checked_sub(1)?;
        Some(before).filter(|before| reach.get(*before).is_some_and(|range| range.contains(&at)))
    };
    let listed: BTreeSet<usize> =
        steps(&lists).flat_map(StepPlan::written).filter_map(|range| section(range.start)).collect();
    stretched(lists, blocks, |at| section(at).filter(|at| !listed.contains(at)))
}

/// A plan of steps with all other text from the first section heading on, if more pictures stand in it than in the steps. A
/// plan without any step stays one: no number says that it is a guide of steps.
pub fn illustrated(plan: Plan, events: &Events, blocks: &[TopBlock]) -> Plan {
    let count = |range| pictures::count(events.get(range).unwrap_or_default());
    let Some(first) = steps(&plan).flat_map(StepPlan::written).map(|range| range.start).min() else {
        return plan;
    };
    let section =
        first_section(blocks).and_then(|at| blocks.get(at)).map_or(first, |block| block.range.start);
    // What stands above introduces the guide.
    let begin = section.min(first);
    let inside: usize = steps(&plan).flat_map(StepPlan::own).map(count).sum();
    let beside = plan.pieces.iter().filter_map(|piece| match piece {
        Piece::Block(range) => Some(range.clone()).filter(|range| range.start >= begin),
        Piece::Steps(_) => None,
    });
    let outside: usize = beside.map(count).sum();
    if outside < MANY || outside <= inside {
        return plan;
    }
    stretched(plan, blocks, |at| (at >= begin).then_some(0))
}

fn steps(plan: &Plan) -> impl Iterator<Item = &StepPlan> {
    let steps = plan.pieces.iter().filter_map(|piece| match piece {
        Piece::Steps(steps) => Some(steps),
        Piece::Block(_) => None,
    });
    steps.flatten()
}

/// A plan with the blocks for which `part` names a part of the guide as stretches; none reaches over two parts.
fn stretched(plan: Plan, blocks: &[TopBlock], part: impl Fn(usize) -> Option<usize>) -> Plan {
    let by_start: BTreeMap<usize, &TopBlock> =
        blocks.iter().map(|block| (block.range.start, block)).collect();
    let mut read = Plan { found: plan.found, fixes: plan.fixes, ..Plan::default() };
    let mut stretches: Option<(usize, Stretches)> = None;
    for piece in plan.pieces {
        let within = match &piece {
            Piece::Block(range) => part(range.start),
            Piece::Steps(_) => None,
        };
        if let Some((_, ended)) = stretches.take_if(|(at, _)| Some(*at) != within) {
            read.pieces.extend(ended.finish().pieces);
        }
        match (within, &piece) {
            (Some(at), Piece::Block(range)) => {
                let (_, into) = stretches.get_or_insert_with(|| (at, Stretches::default()));
                by_start.get(&range.start).into_iter().for_each(|block| into.block(block));
            }
            _ => read.pieces.push(piece),
        }
    }
    read.pieces.extend(stretches.into_iter().flat_map(|(_, ended)| ended.finish().pieces));
    read
}
