//! Which lines of a paragraph are pictures: those with nothing else on them, whatever wraps the pictures.

use super::html;
use crate::guide::comment;
use crate::guide::events::end_of;
use crate::guide::markdown;
use crate::guide::written::Image;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

type Slice<'a, 'e> = &'a [(Event<'e>, Span)];

/// A line of a paragraph.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its events, without the break behind it.
    pub range: Range<usize>,
    /// What it is.
    pub kind: LineKind,
}

/// What a line of a paragraph is.
#[derive(Debug, Clone)]
pub enum LineKind {
    /// Words, perhaps with pictures amid them.
    Text,
    /// Pictures and comments alone.
    Pictures(Vec<Image>),
    /// Emphasised words alone: the caption of a picture right above.
    Caption(String),
    /// An attribute list (`{width=50%}`) or comments alone.
    Silent,
}

/// The lines of a paragraph's content.
pub fn lines(content: Slice<'_, '_>, source: &Source) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    loop {
        let event = content.get(at);
        if matches!(event, None | Some((Event::SoftBreak | Event::HardBreak, _))) {
            let inside = content.get(start..at).unwrap_or_default();
            found.push(Line { range: start..at, kind: kind(inside, source) });
            if event.is_none() {
                return found;
            }
            start = at + 1;
            at += 1;
        } else {
            at = end_of(content, at);
        }
    }
}

/// Whether some events hold a picture that may be a screenshot.
pub fn any(events: Slice<'_, '_>) -> bool {
    count(events) > 0
}

/// How many pictures some events hold, those in tables left out.
pub fn count(events: Slice<'_, '_>) -> usize {
    let mut found = 0;
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        match event {
            Event::Start(Tag::Image { .. }) => found += 1,
            Event::Start(Tag::Table(_)) => {
                at = end_of(events, at);
                continue;
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                found +=
                    html.matches("<img").count() + html.matches("<IMG").count() + html.matches("![").count();
            }
            _ => {}
        }
        at += 1;
    }
    found
}

#[derive(Default)]
struct Seen {
    images: Vec<Image>,
    letters: String,
    words: bool,
    emphasis: Option<String>,
}

fn kind(line: Slice<'_, '_>, source: &Source) -> LineKind {
    let mut seen = Seen::default();
    look(line, source, None, &mut seen);
    let words = seen.words || !is_silent(&seen.letters);
    match (seen.emphasis, seen.images.last_mut()) {
        _ if words => LineKind::Text,
        (Some(caption), None) => LineKind::Caption(caption),
        (None, None) => LineKind::Silent,
        (caption, Some(last)) => {
            last.caption = caption.or(last.caption.take());
            LineKind::Pictures(seen.images)
        }
    }
}

fn look(events: Slice<'_, '_>, source: &Source, link: Option<&str>, seen: &mut Seen) {
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        let end = end_of(events, at);
        let inner = events.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
        match event {
            Event::Start(Tag::Image { .. }) => {
                seen.images.extend(
                    markdown::image(events, at, source)
                        .map(|image| Image { link: link.map(str::to_owned), ..image }),
                );
            }
            Event::Start(Tag::Link { dest_url, .. }) if any(inner) => {
                look(
                    inner,
                    source,
                    link.or_else(|| Some(&**dest_url).filter(|target| !super::is_picture(target))),
                    seen,
                );
            }
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) if any(inner) => {
                look(inner, source, link, seen);
            }
            Event::Start(Tag::Emphasis) if seen.emphasis.is_none() => {
                seen.emphasis = Some(crate::guide::text::plain(inner));
            }
            Event::Text(text) => seen.letters.push_str(text),
            Event::InlineHtml(_) => inline_html(*span, source, link, seen),
            Event::SoftBreak | Event::HardBreak => {}
            _ => seen.words = true,
        }
        at = end;
    }
}

fn inline_html(span: Span, source: &Source, link: Option<&str>, seen: &mut Seen) {
    let text = source.slice(span);
    if text.starts_with("<!--") {
        return;
    }
    let found = html::tags(text, span.start);
    let images = found.iter().filter(|tag| tag.name == "img");
    seen.images
        .extend(images.filter_map(image_of).map(|image| Image { link: link.map(str::to_owned), ..image }));
    seen.words |= !html::is_wrapping(text);
}

/// The picture of an `<img>` that names one: by its ending, or on another server.
pub fn image_of(tag: &html::HtmlTag<'_>) -> Option<Image> {
    let is_remote = |target: &str| target.starts_with("http://") || target.starts_with("https://");
    let target = tag
        .attribute("src")
        .filter(|source| super::is_picture(&source.value) || is_remote(source.value.trim()))?;
    let alt = tag.attribute("alt").map(|alt| alt.value).unwrap_or_default();
    let alt = crate::project::fields::one_line(&alt);
    Some(Image { target, alt, caption: None, link: None, span: tag.span })
}

/// Whether letters say nothing to readers: white space, attribute lists, the backslash of a line break.
fn is_silent(letters: &str) -> bool {
    let mut rest = letters.trim();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\\' || c == '\u{200b}');
        let Some(list) = rest.strip_prefix('{') else { return rest.is_empty() };
        // `{% … %}` and `{{ … }}` are other markup.
        let Some((inner, after)) = list.split_once('}') else { return false };
        if inner.starts_with(['%', '{']) {
            return false;
        }
        rest = after;
    }
}

/// The comments of a line, as pieces of HTML.
pub fn comments(line: Slice<'_, '_>, source: &Source) -> Vec<Vec<Span>> {
    let is_comment = |span: &Span| source.slice(*span).starts_with("<!--");
    let inline =
        line.iter().filter(|(event, span)| matches!(event, Event::InlineHtml(_)) && is_comment(span));
    inline.map(|(_, span)| comment::inline_pieces(source.text(), *span)).collect()
}
