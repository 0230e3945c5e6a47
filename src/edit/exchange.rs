//! Parts of a guide that change places with their neighbour.

use super::lines;
use super::replacement::{Change, Refusal, between};
use super::sections::{body, heading, span_of, text_at};
use crate::guide::front;
use crate::guide::{Block, Guide};
use crate::source::{Source, Span};

/// Lets a chapter change places with the one before it (−1) or behind it (1), with all that is in them.
pub fn move_chapter(source: &Source, guide: &Guide, at: usize, by: isize) -> Change {
    let (level, _, _) = heading(guide, at)?;
    let text = source.text();
    let starts: Vec<(u8, usize)> = body(guide)
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, span, .. } => Some((*level, span.start)),
            Block::Prose { .. } | Block::Steps { .. } => None,
        })
        .collect();
    let end = |start: usize| {
        let next = starts.iter().find(|(other, at)| *at > start && *other <= level);
        next.map_or(text.len(), |(_, at)| lines::start(text, *at))
    };
    let same: Vec<usize> =
        starts.iter().filter(|(other, _)| *other == level).map(|(_, at)| lines::start(text, *at)).collect();
    let gone = || Refusal::new("there is no chapter to change places with");
    let (first, second) = neighbours(&same, lines::start(text, at), by).ok_or_else(gone)?;
    // A heading of a higher level between them begins another part.
    if end(first) != second {
        return Err(gone());
    }
    Ok(exchanged(source, first, second, end(second)))
}

/// Lets a text change places with the heading or the steps before it (−1) or behind it (1).
pub fn move_text(source: &Source, guide: &Guide, at: usize, by: isize) -> Change {
    let text = source.text();
    let is_text = |block: &&&Block| span_of(block).start == at && text_at(guide, block).is_some();
    if body(guide).iter().find(is_text).is_none() {
        return Err(Refusal::new("there is no text at this place any more"));
    }
    let begins = |block: &&&Block| !matches!(block, Block::Prose { .. }) || text_at(guide, block).is_some();
    let blocks = body(guide);
    let starts: Vec<usize> =
        blocks.iter().filter(begins).map(|block| lines::start(text, span_of(block).start)).collect();
    let found = neighbours(&starts, lines::start(text, at), by);
    let (first, second) = found.ok_or_else(|| Refusal::new("there is nothing to change places with"))?;
    let last = starts.iter().copied().find(|start| *start > second).unwrap_or(text.len());
    Ok(exchanged(source, first, second, last))
}

/// Of parts by where they start, the one that starts at `own` and the one so many behind it, in the order of the file.
fn neighbours(starts: &[usize], own: usize, by: isize) -> Option<(usize, usize)> {
    let index = starts.iter().position(|start| *start == own)?;
    let other = *starts.get(index.checked_add_signed(by)?)?;
    (by.abs() == 1).then_some((own.min(other), own.max(other)))
}

/// What lets the part from `first` to `second` change places with the one from there to `last`. White space between and
/// behind them stays where it is, but a paragraph never runs into what follows it.
fn exchanged(source: &Source, first: usize, second: usize, last: usize) -> Vec<super::Replacement> {
    let text = source.text();
    let parts = |start: usize, end: usize| {
        let trimmed = lines::trimmed(text, end).max(start);
        (source.slice(Span::new(start, trimmed)), source.slice(Span::new(trimmed, end)))
    };
    let ((one, gap), (two, tail)) = (parts(first, second), parts(second, last));
    let ending = lines::ending(text, first);
    let apart = |space: &str| match space.matches('\n').count() {
        0 | 1 => ending.repeat(2),
        _ => space.to_owned(),
    };
    let tail = if last == text.len() { tail.to_owned() } else { apart(tail) };
    let above = lines::start(text, first.saturating_sub(1));
    let starts = first <= front::split(text).body || lines::blank(text, above, first);
    let before = if starts { "" } else { ending };
    let new = format!("{before}{two}{}{one}{tail}", apart(gap));
    between(source.slice(Span::new(first, last)), &new, first)
}
