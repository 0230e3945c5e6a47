//! What the blocks of a guide are: steps, and what stands around them.

use crate::diagnostic::Diagnostic;
use crate::guide::blocks::{html_pieces, items};
use crate::guide::comment;
use crate::guide::fix::Fix;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use std::ops::Range;

/// What the blocks of a guide are, in order.
#[derive(Debug, Default)]
pub struct Plan {
    /// Every block, once.
    pub pieces: Vec<Piece>,
    /// What is odd about the steps.
    pub found: Vec<Diagnostic>,
    /// What of that has one right answer.
    pub fixes: Vec<Fix>,
}

/// A part of a guide at the top level.
#[derive(Debug)]
pub enum Piece {
    /// A block that belongs to no step.
    Block(Range<usize>),
    /// Steps that follow each other.
    Steps(Vec<StepPlan>),
}

/// Where a step stands.
#[derive(Debug, Clone)]
pub struct StepPlan {
    /// What it begins with.
    pub head: StepHead,
    /// The blocks that belong to it besides.
    pub blocks: Vec<Range<usize>>,
}

impl StepPlan {
    /// The events of the item that it begins with.
    pub fn item(&self) -> Option<Range<usize>> {
        match &self.head {
            StepHead::Item { list, item } => Some(list.start + item.start..list.start + item.end),
            StepHead::Labelled { .. } | StepHead::Plain => None,
        }
    }

    /// The events that are its own: its item or what its number stands in, and the blocks that belong to it.
    pub fn own(&self) -> impl Iterator<Item = Range<usize>> {
        let head = match &self.head {
            StepHead::Labelled { block, label: _ } => Some(block.clone()),
            StepHead::Item { .. } | StepHead::Plain => self.item(),
        };
        head.into_iter().chain(self.blocks.iter().cloned())
    }

    /// The blocks at the top level that it is written in: its list, and those that belong to it.
    pub fn written(&self) -> impl Iterator<Item = Range<usize>> {
        let list = match &self.head {
            StepHead::Item { list, item: _ } => Some(list.clone()),
            StepHead::Labelled { block, label: _ } => Some(block.clone()),
            StepHead::Plain => None,
        };
        list.into_iter().chain(self.blocks.iter().cloned())
    }
}

/// What a step begins with; ranges of events.
#[derive(Debug, Clone)]
pub enum StepHead {
    /// An item of a list.
    Item {
        /// The list.
        list: Range<usize>,
        /// The item, counted from the list's start.
        item: Range<usize>,
    },
    /// A heading or a paragraph, whose first `label` bytes of text are its number.
    Labelled {
        /// The block.
        block: Range<usize>,
        /// Bytes of its text that are the number.
        label: usize,
    },
    /// Nothing of its own: its first block is the step's text.
    Plain,
}

/// A block at the top level, with what deciding about it takes.
#[derive(Debug, Clone)]
pub struct TopBlock {
    /// Its events.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// How many pictures it holds.
    pub pictures: usize,
    /// Whether a comment in it is an annotation.
    pub annotated: bool,
    /// Where it stands.
    pub span: Span,
}

impl TopBlock {
    /// Whether a comment alone says `@word`.
    pub fn says(&self, word: &str, events: &Events, source: &Source) -> bool {
        if self.kind != BlockKind::Html {
            return false;
        }
        let block = events.get(self.range.clone());
        let found = comment::scan(source.text(), html_pieces(block));
        found.comments.iter().any(|comment| comment.lines.iter().any(|(line, _)| line.trim() == word))
    }
}

/// Kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, 1 to 6.
    Heading(u8),
    /// A numbered list and its first number.
    Ordered(u64),
    /// A list of bullets.
    Bullets,
    /// Text of a paragraph.
    Paragraph,
    /// HTML.
    Html,
    /// A footnote's text.
    Footnote,
    /// Anything else.
    Other,
}

/// The items of a list, as steps.
pub fn item_steps(events: &Events, list: &Range<usize>) -> Vec<StepPlan> {
    let block = events.get(list.clone()).unwrap_or_default();
    items(block)
        .map(|item| StepPlan { head: StepHead::Item { list: list.clone(), item }, blocks: Vec::new() })
        .collect()
}

/// Index of the first heading that begins a section: any but the title.
pub fn first_section(blocks: &[TopBlock]) -> Option<usize> {
    let mut titled = false;
    blocks.iter().position(|block| match block.kind {
        BlockKind::Heading(level) => level > 1 || std::mem::replace(&mut titled, true),
        _ => false,
    })
}
