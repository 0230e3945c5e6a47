//! Annotations that go, and comments with nothing left in them.

use super::item::Item;
use super::replacement::{Change, Replacement};
use super::{find, lines};
use crate::guide::{Guide, WrittenStep};
use crate::source::{Source, Span};

/// Removes the annotation at byte `at`.
pub fn remove(source: &Source, guide: &Guide, at: usize) -> Change {
    let (index, annotation) = find::annotation(guide, at)?;
    let step = find::step(guide, index)?;
    let comment = find::comment(step, annotation.span)?;
    let inner = Span::new(comment.start + "<!--".len(), comment.end);
    let text = source.text();
    let rest = text.get(annotation.span.end..inner.end).unwrap_or_default();
    let rest = rest.strip_suffix("-->").unwrap_or(rest);
    if lines::blank(text, inner.start, annotation.span.start) && rest.trim().is_empty() {
        return Ok(vec![whole(source, step, comment)]);
    }
    Ok(vec![Replacement::new(one(text, comment, annotation.span), "")])
}

/// What of a comment goes with one of its annotations.
pub fn one(text: &str, comment: Span, annotation: Span) -> Span {
    let (start, end) = (lines::start(text, annotation.start), lines::end(text, annotation.end));
    let first_on_line = start > comment.start && lines::blank(text, start, annotation.start);
    if first_on_line && lines::blank(text, annotation.end, end) {
        return Span::new(start, lines::next(text, end));
    }
    if first_on_line {
        return Span::new(lines::end_before(text, start), annotation.end);
    }
    Span::new(lines::trimmed(text, annotation.start), annotation.end)
}

/// What takes a whole comment away, with its lines.
fn whole(source: &Source, step: &WrittenStep, comment: Span) -> Replacement {
    let text = source.text();
    let item = Item::new(step, source);
    if comment.start == item.content {
        return Replacement::new(at_marker(text, item, comment), "");
    }
    let (start, end) = (lines::start(text, comment.start), lines::end(text, comment.end));
    let alone_before = lines::blank(text, start, comment.start);
    if !alone_before {
        return Replacement::new(Span::new(lines::trimmed(text, comment.start), comment.end), "");
    }
    if !lines::blank(text, comment.end, end) {
        let rest = text.get(comment.end..end).unwrap_or_default();
        let gap = rest.len() - rest.trim_start().len();
        return Replacement::new(Span::new(comment.start, comment.end + gap), "");
    }
    if separates(text, start, end, item) {
        return Replacement::new(Span::new(start, end), "");
    }
    Replacement::new(whole_lines(text, start, end), "")
}

/// The comment right behind the marker: what follows takes its place.
fn at_marker(text: &str, item: Item, comment: Span) -> Span {
    let rest = text.get(comment.end..item.end).unwrap_or_default();
    if rest.trim().is_empty() {
        return Span::new(item.marked(), item.end);
    }
    Span::new(comment.start, comment.end + rest.len() - rest.trim_start().len())
}

/// Lines with their line break, and with one of two blank lines around them.
fn whole_lines(text: &str, start: usize, end: usize) -> Span {
    let next = lines::next(text, end);
    if next == end {
        // The last line, without a line break: it takes the one before.
        return Span::new(lines::end_before(text, start), end);
    }
    let before = lines::start(text, start.saturating_sub(1));
    let after = lines::end(text, next);
    let doubled = lines::blank(text, before, start) && lines::blank(text, next, after) && next < text.len();
    Span::new(start, if doubled { lines::next(text, after) } else { next })
}

/// Whether the lines around would run together without the comment: a blank line must stay between a text and
/// what follows it.
fn separates(text: &str, start: usize, end: usize, item: Item) -> bool {
    let next = lines::next(text, end);
    let before = text.get(lines::start(text, start.saturating_sub(1))..start).unwrap_or_default().trim();
    let after = text.get(next..lines::end(text, next)).unwrap_or_default().trim();
    let open = |line: &str, comment: bool| !line.is_empty() && !comment;
    next < item.end
        && open(before, before.ends_with("-->"))
        && open(after, after.starts_with("<!--"))
        && !(before.starts_with("![") && after.starts_with("!["))
}
