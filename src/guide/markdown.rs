//! Markdown into events with places in the whole source.

use super::events::{end_of, markdown_options};
use super::written::{Events, Image};
use crate::source::{Source, Span, Spanned};
use pulldown_cmark::{Event, Parser, Tag};

/// Most lists, quotes and the like within each other.
pub const MAX_DEPTH: usize = 60;

/// The events of the text from byte `body` on.
///
/// # Errors
/// The place where things are nested more than [`MAX_DEPTH`] deep.
pub fn events(source: &Source, body: usize) -> Result<Events, Span> {
    let text = source.text().get(body..).unwrap_or_default();
    nested_notes(text).map_or(Ok(()), |at| Err(Span::at(body + at)))?;
    placed(text, |span| span.shift(body))
}

/// The line on which more footnotes begin than may be nested: the parser takes quadratic time for them before it gives
/// an event.
fn nested_notes(text: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let begins =
            line.matches("[^").nth(MAX_DEPTH).is_some() && line.matches("]:").nth(MAX_DEPTH).is_some();
        begins.then_some(start)
    })
}

/// The events of a text, each at the place that `place` says.
///
/// # Errors
/// The place where things are nested more than [`MAX_DEPTH`] deep.
pub fn placed(text: &str, place: impl Fn(Span) -> Span) -> Result<Events, Span> {
    let mut events = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        let span = place(Span::from(range));
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Span::at(span.start));
        }
        events.push((event.into_static(), span));
    }
    Ok(events)
}

/// The content of a block that is one paragraph of images alone.
pub fn images_alone<'a, 'e>(
    block: &'a [(Event<'e>, Span)],
    source: &Source,
) -> Option<&'a [(Event<'e>, Span)]> {
    let content = block.get(1..block.len().saturating_sub(1))?;
    is_images_alone(content, source).then_some(content)
}

/// Whether a paragraph's content is images and nothing else but comments and white space.
pub fn is_images_alone(content: &[(Event<'_>, Span)], source: &Source) -> bool {
    let mut at = 0;
    let mut images = 0;
    while let Some((event, span)) = content.get(at) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                images += 1;
                at = end_of(content, at);
                continue;
            }
            Event::SoftBreak | Event::HardBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            Event::InlineHtml(_) if source.slice(*span).starts_with("<!--") => {}
            _ => return false,
        }
        at += 1;
    }
    images > 0
}

/// The image whose events start at `start`.
pub fn image(events: &[(Event<'_>, Span)], start: usize, source: &Source) -> Option<Image> {
    let (Event::Start(Tag::Image { dest_url, title, .. }), span) = events.get(start)? else { return None };
    let inner = events.get(start + 1..end_of(events, start).saturating_sub(1)).unwrap_or_default();
    let target = Spanned::new(dest_url.to_string(), target_span(source, *span, dest_url));
    let caption = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
    Some(Image { target, alt: super::text::plain(inner), caption, link: None, span: *span })
}

/// Where `target` stands in a link or an image; all of it if it stands elsewhere (a reference).
pub fn target_span(source: &Source, span: Span, target: &str) -> Span {
    let found = if target.is_empty() { None } else { source.slice(span).rfind(target) };
    found.map_or(span, |at| Span::new(at, at + target.len()).shift(span.start))
}
