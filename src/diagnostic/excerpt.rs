//! The part of a line that is shown below a message.

use super::clean;
use super::report::Place;
use crate::source::Span;

/// Characters shown of one line; the rest is cut on both sides of the place.
const WIDTH: usize = 110;
/// Characters shown before the place where a line is cut.
const BEFORE: usize = 30;

/// One line, cut to a window around the place, harmless for a terminal.
pub(super) struct Excerpt {
    /// Number of the line in the file.
    pub(super) line: usize,
    /// The window, `…` where something is cut.
    pub(super) text: String,
    /// What to underline, in bytes of `text`. A place over several lines is underlined to the end of
    /// its first.
    pub(super) underline: std::ops::Range<usize>,
}

/// The line a place starts on. Takes time by the window, not by the length of the line.
pub(super) fn around(place: &Place<'_>) -> Excerpt {
    let line = line_around(place);
    let at = place.span.start;
    let end = place.span.end.min(line.end).max(at);
    let from = window_start(place, line, at);
    let mut excerpt = Excerpt { line: place.start.line, text: String::new(), underline: 0..0 };
    if from > line.start {
        excerpt.text.push('…');
    }
    excerpt.underline = excerpt.text.len()..excerpt.text.len();
    let mut byte = from;
    for c in place.source.slice(Span::new(from, line.end)).chars().take(WIDTH) {
        if byte == at {
            excerpt.underline.start = excerpt.text.len();
        }
        excerpt.text.push(clean::replacement(c).unwrap_or(c));
        byte += c.len_utf8();
        if byte <= end || byte <= at {
            excerpt.underline.end = excerpt.text.len();
        }
    }
    if byte <= at {
        excerpt.underline.start = excerpt.text.len();
    }
    excerpt.underline.end = excerpt.underline.end.max(excerpt.underline.start);
    if byte < line.end {
        excerpt.text.push('…');
    }
    excerpt
}

/// The bytes of the line a place starts on, without its line break.
fn line_around(place: &Place<'_>) -> Span {
    let text = place.source.line(place.start.line);
    let start = (text.as_ptr() as usize).saturating_sub(place.source.text().as_ptr() as usize);
    Span::new(start, start + text.len())
}

/// Where the window begins: at the start of the line if the place is near, else a little before the place.
fn window_start(place: &Place<'_>, line: Span, at: usize) -> usize {
    let before = place.source.slice(Span::new(line.start, at.min(line.end)));
    let all_fits = before.char_indices().rev().nth(WIDTH * 2 / 3).is_none();
    match before.char_indices().rev().nth(BEFORE) {
        Some((cut, _)) if !all_fits => line.start + cut,
        _ => line.start,
    }
}
