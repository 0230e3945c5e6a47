//! Which blocks of a guide are steps, and what belongs to them.

use super::heads::{self, Heads};
use super::pictures;
use super::{beside, lists, stretches};
use crate::diagnostic::Diagnostic;
use crate::guide::annotation;
use crate::guide::blocks::{html_pieces, items, top_level};
use crate::guide::comment;
use crate::guide::fix::Fix;
use crate::guide::front::StepsForm;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};
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

/// Decides which blocks are steps.
pub fn plan(events: &Events, source: &Source, form: StepsForm) -> Plan {
    let blocks: Vec<TopBlock> =
        top_level(events).into_iter().map(|range| top_block(events, range, source)).collect();
    let mut plan = match form {
        StepsForm::Lists => lists::plan(events, &blocks, source),
        StepsForm::Pictures => stretches::plan(events, &blocks, source),
        StepsForm::Headings => headings(events, &blocks, source),
        StepsForm::Auto => auto(events, &blocks, source),
    };
    // Footnotes stand at the end of the article, wherever they are written.
    let is_note = |piece: &Piece| matches!(piece, Piece::Block(range) if is_footnote(events, range.start));
    let (notes, mut pieces): (Vec<Piece>, Vec<Piece>) = plan.pieces.into_iter().partition(is_note);
    pieces.extend(notes);
    plan.pieces = pieces;
    plan
}

fn is_footnote(events: &Events, at: usize) -> bool {
    matches!(events.get(at), Some((Event::Start(Tag::FootnoteDefinition(_)), _)))
}

fn headings(events: &Events, blocks: &[TopBlock], source: &Source) -> Plan {
    let numbered =
        heads::all(events, blocks, source).into_iter().filter(|heads| heads.level < heads::PARAGRAPH);
    match numbered.max_by_key(|heads| (heads.pictures(blocks), heads.heads.len())) {
        Some(heads) => heads.plan(blocks, source),
        None => heads::unnumbered(blocks)
            .map_or_else(|| lists::plan(events, blocks, source), |heads| heads.plan(blocks, source)),
    }
}

/// What has a number, and the text beside it if most pictures stand there.
fn auto(events: &Events, blocks: &[TopBlock], source: &Source) -> Plan {
    beside::illustrated(numbers(events, blocks, source), events, blocks)
}

/// Headings with numbers, unless most pictures stand in lists.
fn numbers(events: &Events, blocks: &[TopBlock], source: &Source) -> Plan {
    let lists = lists::plan(events, blocks, source);
    let Some(heads) = best(heads::all(events, blocks, source), blocks) else { return lists };
    let (inside, outside) = list_pictures(&lists, &heads, events, blocks);
    let all = heads.pictures(blocks);
    if inside * 2 > all || outside > all {
        beside::numbered(lists, &heads, blocks)
    } else {
        heads.plan(blocks, source)
    }
}

/// The finest labels that hold more than half of the pictures of those that hold the most.
fn best(mut all: Vec<Heads>, blocks: &[TopBlock]) -> Option<Heads> {
    let most = all.iter().map(|heads| heads.pictures(blocks)).max()?;
    all.retain(|heads| heads.pictures(blocks) * 2 > most || most == 0);
    all.into_iter().max_by_key(|heads| (heads.heads.len(), heads.pictures(blocks)))
}

/// How many pictures the steps of lists hold within some heads' reach, and outside it.
fn list_pictures(lists: &Plan, heads: &Heads, events: &Events, blocks: &[TopBlock]) -> (usize, usize) {
    let reach = heads.reach(blocks);
    let is_inside = |at: usize| reach.iter().any(|range| range.contains(&at));
    let (mut inside, mut outside) = (0, 0);
    for piece in &lists.pieces {
        let Piece::Steps(steps) = piece else { continue };
        for step in steps {
            for range in step.own() {
                let count = pictures::count(events.get(range.clone()).unwrap_or_default());
                *(if is_inside(range.start) { &mut inside } else { &mut outside }) += count;
            }
        }
    }
    (inside, outside)
}

/// Index of the first heading that begins a section: any but the title.
pub fn first_section(blocks: &[TopBlock]) -> Option<usize> {
    let mut titled = false;
    blocks.iter().position(|block| match block.kind {
        BlockKind::Heading(level) => level > 1 || std::mem::replace(&mut titled, true),
        _ => false,
    })
}

fn top_block(events: &Events, range: Range<usize>, source: &Source) -> TopBlock {
    let block = events.get(range.clone()).unwrap_or_default();
    let kind = match block.first().map(|(event, _)| event) {
        Some(Event::Start(Tag::Heading { level, .. })) => BlockKind::Heading(*level as u8),
        Some(Event::Start(Tag::List(Some(first)))) => BlockKind::Ordered(*first),
        Some(Event::Start(Tag::List(None))) => BlockKind::Bullets,
        Some(Event::Start(Tag::Paragraph)) => BlockKind::Paragraph,
        Some(Event::Start(Tag::HtmlBlock)) => BlockKind::Html,
        Some(Event::Start(Tag::FootnoteDefinition(_))) => BlockKind::Footnote,
        _ => BlockKind::Other,
    };
    TopBlock {
        kind,
        pictures: pictures::count(block),
        annotated: kind == BlockKind::Html && is_annotated(block, source),
        span: block.first().map(|(_, span)| *span).unwrap_or_default(),
        range,
    }
}

fn is_annotated(block: &[(Event<'_>, Span)], source: &Source) -> bool {
    let found = comment::scan(source.text(), html_pieces(Some(block)));
    found.comments.iter().any(|comment| comment.lines.iter().any(|(line, _)| annotation::is_annotation(line)))
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

/// The items of a list, as steps.
pub fn item_steps(events: &Events, list: &Range<usize>) -> Vec<StepPlan> {
    let block = events.get(list.clone()).unwrap_or_default();
    items(block)
        .map(|item| StepPlan { head: StepHead::Item { list: list.clone(), item }, blocks: Vec::new() })
        .collect()
}
