//! What stands outside the steps: chapters and texts.

use super::ask::Spot;
use super::image::one_line;
use super::lines;
use super::meta::headed;
use super::replacement::{Change, Refusal, Replacement, between};
use super::steps::place;
use super::text::new_lines;
use crate::guide::front;
use crate::guide::{Block, Events, Guide, plain};
use crate::source::{Source, Span};
use serde::Serialize;
use std::ops::Range;

/// A part of a guide outside the front matter, as an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Section {
    /// A heading that is not the guide's title.
    Heading {
        /// First byte in the file: its name in edits.
        at: usize,
        /// 1 to 6.
        level: u8,
        /// Plain text.
        title: String,
        /// Whether steps are below it.
        chapter: bool,
    },
    /// A text between headings and steps.
    Text {
        /// First byte in the file: its name in edits.
        at: usize,
        /// Lines ended by `\n`.
        markdown: String,
    },
    /// Steps that follow each other.
    Steps {
        /// Index of the first.
        from: usize,
        /// Index behind the last.
        to: usize,
    },
}

/// All parts of a guide in order.
pub fn sections(source: &Source, guide: &Guide) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    let blocks = body(guide);
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading { level, content, span, .. } => {
                let (level, title) = (*level, plain(content));
                let chapter = has_steps(blocks.get(at + 1..).unwrap_or_default());
                all.push(Section::Heading { at: span.start, level, title, chapter });
            }
            Block::Steps { steps, .. } => all.push(Section::Steps { from: steps.start, to: steps.end }),
            Block::Prose { .. } => {}
        }
        if let Some(text) = text_at(guide, block) {
            let markdown = source.slice(text).trim_end().replace("\r\n", "\n");
            all.push(Section::Text { at: text.start, markdown });
        }
    }
    all
}

/// The blocks without the heading that is the guide's title.
pub(super) fn body(guide: &Guide) -> Vec<&Block> {
    let title = guide.blocks.iter().position(|block| matches!(block, Block::Heading { level: 1, .. }));
    let blocks = guide.blocks.iter().enumerate();
    blocks.filter(|(at, _)| Some(*at) != title).map(|(_, block)| block).collect()
}

fn has_steps(below: &[&Block]) -> bool {
    let found = below.iter().find(|block| !matches!(block, Block::Prose { .. }));
    found.is_some_and(|block| matches!(block, Block::Steps { .. }))
}

pub(super) fn span_of(block: &Block) -> Span {
    match block {
        Block::Heading { span, .. } | Block::Prose { span, .. } | Block::Steps { span, .. } => *span,
    }
}

/// The text that begins with a block: it and all that follow without a heading or steps between.
pub(super) fn text_at(guide: &Guide, first: &Block) -> Option<Span> {
    let is_text = |block: &&Block| matches!(block, Block::Prose { .. });
    let at = guide.blocks.iter().position(|block| span_of(block) == span_of(first))?;
    let before = at.checked_sub(1).and_then(|before| guide.blocks.get(before));
    if !is_text(&first) || before.is_some_and(|block| is_text(&block)) {
        return None;
    }
    guide.blocks.iter().skip(at).take_while(is_text).map(span_of).reduce(Span::to)
}

/// The text that starts at byte `at`, without the white space behind it.
fn text(source: &Source, guide: &Guide, at: usize) -> Result<Span, Refusal> {
    let found = guide.blocks.iter().find(|block| span_of(block).start == at);
    let span = found.and_then(|block| text_at(guide, block));
    let span = span.ok_or_else(|| Refusal::new("there is no text at this place any more"))?;
    Ok(Span::new(span.start, lines::trimmed(source.text(), span.end).max(span.start)))
}

/// Which of the blocks of prose are the text that starts at byte `at`.
pub fn prose(guide: &Guide, at: usize) -> Range<usize> {
    let blocks: Vec<Span> =
        guide.blocks.iter().filter(|block| matches!(block, Block::Prose { .. })).map(span_of).collect();
    let first = guide.blocks.iter().find(|block| span_of(block).start == at);
    let Some(text) = first.and_then(|block| text_at(guide, block)) else { return 0..0 };
    let inside = |span: &Span| text.contains(*span);
    let start = blocks.iter().position(inside).unwrap_or_default();
    start..start + blocks.iter().filter(|span| inside(span)).count()
}

/// Writes a text outside the steps anew; without a word, it goes.
pub fn set_text(source: &Source, guide: &Guide, at: usize, markdown: &str) -> Change {
    let span = text(source, guide, at)?;
    let new = new_lines(markdown);
    if new.is_empty() {
        return Ok(vec![without(source.text(), span)]);
    }
    let new = new.join(lines::ending(source.text(), span.start));
    Ok(between(source.slice(span), &new, span.start))
}

/// What takes a block away, with the blank lines on one of its sides.
fn without(text: &str, span: Span) -> Replacement {
    let start = lines::start(text, span.start);
    let rest = text.get(span.end..).unwrap_or_default();
    let next = span.end + rest.len() - rest.trim_start().len();
    if next < text.len() {
        return Replacement::new(Span::new(start, lines::start(text, next)), "");
    }
    Replacement::new(Span::new(lines::trimmed(text, start), lines::trimmed(text, text.len())), "")
}

/// Adds a text outside the steps.
pub fn add_text(source: &Source, guide: &Guide, spot: Spot, markdown: &str) -> Change {
    let new = new_lines(markdown).join(lines::ending(source.text(), 0));
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let next = match spot {
        Spot::Introduction => body(guide).first().map(|block| span_of(block).start),
        Spot::End => None,
        Spot::Below(at) => {
            heading(guide, at)?;
            let next = guide.blocks.iter().map(span_of).find(|span| span.start > at);
            next.map(|span| span.start)
        }
    };
    Ok(vec![inserted(source, next, &new)])
}

/// What puts a block before the line of byte `next`, or at the end.
fn inserted(source: &Source, next: Option<usize>, block: &str) -> Replacement {
    let text = source.text();
    let start = front::split(text).body;
    let Some(next) = next else {
        let end = lines::trimmed(text, text.len()).max(start.min(text.len()));
        let ending = lines::ending(text, end.saturating_sub(1));
        let is_first = text.get(..end).is_none_or(|before| before.trim_matches('\u{feff}').is_empty());
        // Behind a fence of front matter the line may have ended already.
        let gap = if text.get(..end).is_some_and(|before| before.ends_with('\n')) { 1 } else { 2 };
        let before = if is_first { String::new() } else { ending.repeat(gap) };
        let after = if end == text.len() { ending } else { "" };
        return Replacement::new(Span::at(end), format!("{before}{block}{after}"));
    };
    let at = lines::start(text, next).max(start);
    let ending = lines::ending(text, at);
    let above = lines::start(text, at.saturating_sub(1));
    let tight = at > start && !lines::blank(text, above, at);
    let before = if tight { ending } else { "" };
    Replacement::new(Span::at(at), format!("{before}{block}{ending}{ending}"))
}

/// The heading that starts at byte `at`: its level, its words, its place.
pub(super) fn heading(guide: &Guide, at: usize) -> Result<(u8, &Events, Span), Refusal> {
    let found = guide.blocks.iter().find_map(|block| match block {
        Block::Heading { level, content, span, .. } if span.start == at => Some((*level, content, *span)),
        Block::Heading { .. } | Block::Prose { .. } | Block::Steps { .. } => None,
    });
    found.ok_or_else(|| Refusal::new("there is no heading at this place any more"))
}

/// Begins a chapter at a step.
pub fn add_chapter(source: &Source, guide: &Guide, step: usize, title: &str) -> Change {
    let (_, item) = place(source, guide, step)?;
    let title = one_line(title);
    if title.is_empty() {
        return Err(Refusal::new("a chapter needs a title"));
    }
    let level = sections(source, guide).iter().find_map(|section| match section {
        Section::Heading { level, chapter: true, .. } => Some(*level),
        Section::Heading { .. } | Section::Text { .. } | Section::Steps { .. } => None,
    });
    let marks = "#".repeat(usize::from(level.unwrap_or(2)));
    let block = format!("{marks} {}", super::meta::heading_text(&title));
    Ok(vec![inserted(source, Some(item.line), &block)])
}

/// Gives a heading another title; without one, the heading goes and what is below it stays.
pub fn set_heading(source: &Source, guide: &Guide, at: usize, title: &str) -> Change {
    let (_, content, span) = heading(guide, at)?;
    let title = one_line(title);
    if title.is_empty() {
        let end = lines::trimmed(source.text(), span.end);
        return Ok(vec![without(source.text(), Span::new(span.start, end))]);
    }
    if plain(content) == title {
        return Ok(Vec::new());
    }
    match headed(source, content, &title) {
        Some(replacement) => Ok(vec![replacement]),
        None => Err(Refusal::new("this heading has no words: change it in the file")),
    }
}
