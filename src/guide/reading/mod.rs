//! What writers write, read as it is meant: which lists, headings or stretches of text are steps, what belongs to a step
//! though it is indented too little, and which pictures are its screenshots.
//!
//! Two principles: what is plainly meant is read, and nothing is lost without a word.

mod beside;
mod containers;
pub mod heads;
pub mod html;
mod label;
mod lists;
mod loose;
mod notes;
pub mod pictures;
pub mod pieces;
pub mod plan;
mod recover;
mod recovered;
mod stretches;
mod view;

pub use label::without_label;
pub use loose::{embed_of, is_picture};
pub use notes::notes;
pub use recover::recover;
pub use view::View;

use crate::guide::blocks::html_pieces;
use crate::guide::events::end_of;
use crate::guide::{annotation, comment};
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};

/// Whether a comment within some events is an annotation.
pub fn any_annotation(events: &[(Event<'_>, Span)], source: &Source) -> bool {
    let text = source.text();
    let says = |pieces: Vec<Span>| {
        let found = comment::scan(text, pieces);
        found
            .comments
            .iter()
            .any(|comment| comment.lines.iter().any(|(line, _)| annotation::is_annotation(line)))
    };
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        let end = if matches!(event, Event::Start(Tag::HtmlBlock)) { end_of(events, at) } else { at + 1 };
        let found = match event {
            Event::Start(Tag::HtmlBlock) => says(html_pieces(events.get(at..end)).collect()),
            Event::InlineHtml(_) => says(comment::inline_pieces(text, *span)),
            _ => false,
        };
        if found {
            return true;
        }
        at = end;
    }
    false
}
