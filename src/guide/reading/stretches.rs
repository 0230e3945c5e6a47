//! `steps: pictures`: each stretch of text that ends in a picture is a step.

use super::plan::{BlockKind, Piece, Plan, StepHead, StepPlan, TopBlock, item_steps};
use crate::guide::written::Events;

/// The steps that stretches of text with pictures are.
pub fn plan(events: &Events, blocks: &[TopBlock]) -> Plan {
    let mut stretches = Stretches::default();
    for block in blocks {
        match block.kind {
            BlockKind::Heading(_) | BlockKind::Footnote => {
                stretches.break_off();
                stretches.plan.pieces.push(Piece::Block(block.range.clone()));
            }
            BlockKind::Ordered(_) if block.pictures > 0 => stretches.list(events, block),
            BlockKind::Html if block.annotated && stretches.text.is_empty() && stretches.is_behind_step() => {
                stretches.mark(block);
            }
            _ => {
                stretches.text.push(block.range.clone());
                if block.pictures > 0 {
                    let blocks = std::mem::take(&mut stretches.text);
                    stretches.step(StepPlan { head: StepHead::Plain, blocks });
                }
            }
        }
    }
    stretches.break_off();
    stretches.plan
}

#[derive(Default)]
struct Stretches {
    plan: Plan,
    text: Vec<std::ops::Range<usize>>,
}

impl Stretches {
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

    /// The items of a numbered list with pictures are steps as they are.
    fn list(&mut self, events: &Events, block: &TopBlock) {
        self.break_off();
        item_steps(events, &block.range).into_iter().for_each(|step| self.step(step));
    }
}
