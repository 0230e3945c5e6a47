//! Words of Markdown with their places.

use crate::source::Span;
use pulldown_cmark::{Event, Tag, TagEnd};

/// A run of text: characters with the places they were written at. Code, pictures, line breaks and the
/// edges of blocks end a run; bold, links and the like do not.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The text.
    pub(super) text: String,
    /// Where parts of it begin: byte in `text`, and their place in the source.
    parts: Vec<(usize, Span)>,
}

impl Run {
    /// The place in the source of bytes of the text.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.byte(range.start).start;
        let end = self.byte(range.end.saturating_sub(1)).end;
        Span::new(start, end)
    }

    /// The place of one byte of the text: exact where source and text are of one length, else that of
    /// the whole part (an entity, an escape).
    fn byte(&self, at: usize) -> Span {
        let index = self.parts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let Some(&(start, span)) = self.parts.get(index) else { return Span::default() };
        let end = self.parts.get(index + 1).map_or(self.text.len(), |(start, _)| *start);
        if span.len() == end - start {
            let byte = span.start + (at - start);
            Span::new(byte, byte + 1)
        } else {
            span
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        self.parts.push((self.text.len(), span));
        self.text.push_str(text);
    }
}

/// The runs of text of some Markdown.
pub(super) fn runs(events: &[(Event<'static>, Span)]) -> Vec<Run> {
    let mut runs = vec![Run::default()];
    let mut silent = 0_usize;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => silent += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock) => silent = silent.saturating_sub(1),
            Event::Text(text) if silent == 0 => {
                if let Some(run) = runs.last_mut() {
                    run.push(text, *span);
                }
                continue;
            }
            Event::SoftBreak if silent == 0 => {
                if let Some(run) = runs.last_mut() {
                    run.push(" ", *span);
                }
                continue;
            }
            event if is_within_text(event) => continue,
            _ => {}
        }
        if runs.last().is_some_and(|run| !run.text.is_empty()) {
            runs.push(Run::default());
        }
    }
    runs
}

fn is_within_text(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
    )
}

/// A picture amid text.
#[derive(Debug)]
pub(super) struct InlineImage<'a> {
    /// Its address as written.
    pub(super) target: &'a str,
    /// Its alternative text.
    pub(super) alt: String,
    /// All of it.
    pub(super) span: Span,
}

/// The pictures amid some text.
pub(super) fn images<'a>(events: &'a [(Event<'static>, Span)]) -> Vec<InlineImage<'a>> {
    let mut images: Vec<InlineImage<'a>> = Vec::new();
    let mut within = false;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                within = true;
                images.push(InlineImage { target: dest_url, alt: String::new(), span: *span });
            }
            Event::End(TagEnd::Image) => within = false,
            Event::Text(text) | Event::Code(text) if within => {
                if let Some(image) = images.last_mut() {
                    image.alt.push_str(text);
                }
            }
            _ => {}
        }
    }
    images
}
