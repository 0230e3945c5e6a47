//! Which blocks of a guide are steps, and what belongs to them.

use super::heads::{self, Heads};
use super::pictures;
use super::pieces::{BlockKind, Piece, Plan, TopBlock};
use super::{beside, lists, stretches};
use crate::guide::annotation;
use crate::guide::blocks::{html_pieces, top_level};
use crate::guide::comment;
use crate::guide::front::StepsForm;
use crate::guide::written::Events;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

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
