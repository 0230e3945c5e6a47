//! `steps: pictures`: each stretch of text that ends in a picture is a step, beside the items of lists with pictures.

use super::lists;
use super::pictures;
use super::pieces::{BlockKind, Piece, Plan, StepHead, StepPlan, TopBlock};
use crate::guide::written::Events;
use crate::source::Source;
use std::collections::BTreeMap;
use std::ops::Range;

/// The steps that stretches of text with pictures are.
pub fn plan(events: &Events, blocks: &[TopBlock], source: &Source) -> Plan {
    let lists = lists::plan(events, blocks, source);
    let by_start: BTreeMap<usize, &TopBlock> =
        blocks.iter().map(|block| (block.range.start, block)).collect();
    let mut stretches = Stretches::default();
    for piece in lists.pieces {
        match piece {
            Piece::Block(range) => {
                by_start.get(&range.start).into_iter().for_each(|block| stretches.block(block));
            }
            Piece::Steps(steps) => stretches.list(steps, events, &by_start),
        }
    }
    Plan { found: lists.found, fixes: lists.fixes, ..stretches.finish() }
}

/// Text that becomes steps, stretch by stretch.
#[derive(Default)]
pub struct Stretches {
    plan: Plan,
    text: Vec<Range<usize>>,
}

impl Stretches {
    /// Reads a block at the top level.
    pub fn block(&mut self, block: &TopBlock) {
        match block.kind {
            BlockKind::Heading(_) | BlockKind::Footnote => {
                self.break_off();
                self.plan.pieces.push(Piece::Block(block.range.clone()));
            }
            BlockKind::Html if block.annotated && self.text.is_empty() && self.is_behind_step() => {
                self.mark(block);
            }
            _ => {
                self.text.push(block.range.clone());
                if block.pictures > 0 {
                    let blocks = std::mem::take(&mut self.text);
                    self.step(StepPlan { head: StepHead::Plain, blocks });
                }
            }
        }
    }

    /// The steps, and the text between them.
    pub fn finish(mut self) -> Plan {
        self.break_off();
        self.plan
    }

    /// What is left without a picture is text of the article.
    fn break_off(&mut self) {
        self.plan.pieces.extend(self.text.drain(..).map(Piece::Block));
    }

    fn is_behind_step(&self) -> bool {
        matches!(self.plan.pieces.last(), Some(Piece::Steps(_)))
    }

    fn step(&mut self, step: StepPlan) {
        match self.plan.pieces.last_mut() {
            Some(Piece::Steps(steps)) => steps.push(step),
            _ => self.plan.pieces.push(Piece::Steps(vec![step])),
        }
    }

    fn mark(&mut self, block: &TopBlock) {
        if let Some(Piece::Steps(steps)) = self.plan.pieces.last_mut()
            && let Some(step) = steps.last_mut()
        {
            step.blocks.push(block.range.clone());
        }
    }

    /// The items of lists with pictures, in them or between them, are steps as they are; other lists are text. What follows
    /// the picture of the last item is text again.
    fn list(&mut self, mut steps: Vec<StepPlan>, events: &Events, blocks: &BTreeMap<usize, &TopBlock>) {
        let behind = steps.last_mut().map(|last| {
            let has_own = last.item().is_some_and(|item| pictures::any(events.get(item).unwrap_or_default()));
            let is_pictured =
                |range: &Range<usize>| blocks.get(&range.start).is_some_and(|block| block.pictures > 0);
            let own =
                if has_own { 0 } else { last.blocks.iter().position(is_pictured).map_or(0, |at| at + 1) };
            last.blocks.split_off(own)
        });
        let is_pictured = |range: Range<usize>| pictures::any(events.get(range).unwrap_or_default());
        let any =
            |step: &StepPlan| step.item().into_iter().chain(step.blocks.iter().cloned()).any(is_pictured);
        if steps.iter().any(any) {
            self.break_off();
            steps.into_iter().for_each(|step| self.step(step));
        } else {
            let whole = steps.iter().flat_map(StepPlan::written);
            for range in whole {
                match blocks.get(&range.start) {
                    Some(block) if self.text.last() != Some(&block.range) => self.block(block),
                    _ => {}
                }
            }
        }
        for range in behind.into_iter().flatten() {
            blocks.get(&range.start).into_iter().for_each(|block| self.block(block));
        }
    }
}
