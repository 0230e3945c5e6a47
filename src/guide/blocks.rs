//! Blocks within events, as ranges: what stands at the top level, in a list, in an item.

use super::events::{end_of, is_inline};
use super::written::Events;
use crate::source::Span;
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

/// The blocks at the top level, as ranges of events.
pub fn top_level(events: &Events) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let end = end_of(events, at);
        blocks.push(at..end);
        at = end;
    }
    blocks
}

/// The items of a list, from the start to past the end of each.
pub fn items<'a>(list: &'a [(Event<'_>, Span)]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = 1;
    std::iter::from_fn(move || {
        let start = at;
        matches!(list.get(start), Some((Event::Start(Tag::Item), _))).then(|| {
            at = end_of(list, start);
            start..at
        })
    })
}

/// What stands in an item.
pub fn item_content<'a, 'e>(list: &'a [(Event<'e>, Span)], item: &Range<usize>) -> &'a [(Event<'e>, Span)] {
    list.get(item.start + 1..item.end.saturating_sub(1)).unwrap_or_default()
}

/// The block at `start`: where it ends, and what of it may be a paragraph's content. In a tight list the
/// text of a paragraph stands in the item itself.
pub fn block_at(content: &[(Event<'_>, Span)], start: usize, event: &Event<'_>) -> (usize, Range<usize>) {
    if let Event::Start(Tag::Paragraph) = event {
        let end = end_of(content, start);
        return (end, start + 1..end.saturating_sub(1));
    }
    if !is_inline(event) {
        let end = end_of(content, start);
        return (end, end..end);
    }
    let mut end = start;
    while content.get(end).is_some_and(|(event, _)| is_inline(event)) {
        end = end_of(content, end);
    }
    (end, start..end)
}

/// The lines of an HTML block.
pub fn html_pieces<'a>(block: Option<&'a [(Event<'_>, Span)]>) -> impl Iterator<Item = Span> + 'a {
    let events = block.unwrap_or_default();
    events.iter().filter(|(event, _)| matches!(event, Event::Html(_))).map(|(_, span)| *span)
}
