//! What is plainly meant though CommonMark reads it otherwise, as patches; and reports of what can't be read.

use super::containers;
use super::heads;
use super::html::{self, HtmlTag};
use super::label::label;
use super::loose::{self, LooseKind};
use super::pictures::{self, LineKind};
use super::recovered::Recovered;
use super::view::Patch;
use crate::diagnostic::Diagnostic;
use crate::guide::blocks::html_pieces;
use crate::guide::comment;
use crate::guide::events::end_of;
use crate::guide::markdown::target_span;
use crate::guide::written::Events;
use crate::project::url;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Looks through the events of a guide whose text begins at byte `body`.
pub fn recover(events: &Events, source: &Source, body: usize) -> Recovered {
    let mut recovered = Recovered::default();
    runs(events, source, &mut recovered);
    links(events, source, &mut recovered);
    swallowed(events, source, &mut recovered);
    components(events, source, &mut recovered);
    containers::find(events, source, body, &mut recovered);
    recovered.patches.sort_by_key(|patch| (patch.span.start, patch.span.end));
    recovered
}

/// Text on one line, however many events it is.
fn runs(events: &Events, source: &Source, recovered: &mut Recovered) {
    let mut run: Option<Span> = None;
    let mut in_code = false;
    for (event, span) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let is_text = matches!(event, Event::Text(_)) && !in_code;
        match (&mut run, is_text) {
            (Some(run), true) if run.end == span.start => run.end = span.end,
            (_, true) => {
                run.replace(*span).into_iter().for_each(|run| text(run, source, recovered));
            }
            (_, false) => run.take().into_iter().for_each(|run| text(run, source, recovered)),
        }
    }
    run.into_iter().for_each(|run| text(run, source, recovered));
}

fn text(run: Span, source: &Source, recovered: &mut Recovered) {
    for loose in loose::find(source.slice(run)) {
        let span = loose.span.shift(run.start);
        let path = source.path();
        match loose.kind {
            LooseKind::Meant(written) => {
                let message = "code hosts don't show an image that is written like this";
                let is_embed = source.slice(span).starts_with("![[");
                let place = if is_embed { ", with the path from the guide's folder to the file" } else { "" };
                let help = format!("write `{written}`{place}");
                recovered.found.push(Diagnostic::warning("loose-image", path, span, message).help(help));
                recovered.patches.push(Patch { span, text: written, right: true });
            }
            LooseKind::Apart => {
                let message = "this is not an image: a space stands between `]` and `(`";
                let help = "remove the space: `![What it shows](picture.png)`";
                recovered.found.push(Diagnostic::error("bad-image", path, span, message).help(help));
            }
            LooseKind::Undefined(name) => {
                let message = format!("this is not an image: nothing defines `[{name}]`");
                let help = format!(
                    "write `[{name}]: shots/picture.png` on a line of its own, or `![What it shows](shots/picture.png)`"
                );
                recovered.found.push(Diagnostic::error("bad-image", path, span, message).help(help));
            }
        }
    }
}

/// Links that were meant as images: `[alt](a.png)`, `! [alt](a.png)`.
fn links(events: &Events, source: &Source, recovered: &mut Recovered) {
    let mut before = "";
    for (at, (event, span)) in events.iter().enumerate() {
        if let Event::Start(Tag::Link { dest_url, .. }) = event
            && loose::is_picture(dest_url)
            && url::scheme(dest_url).is_none()
            && !dest_url.starts_with("//")
        {
            let inner = events.get(at + 1..end_of(events, at).saturating_sub(1)).unwrap_or_default();
            let place = target_span(source, *span, dest_url);
            if matches!(before.trim(), "!" | "！")
                || before.trim_end().ends_with(" !")
                || before.trim_end().ends_with(" ！")
            {
                let message = "this is not an image: something stands between `!` and `[`";
                let help = "write `![What it shows](picture.png)`";
                recovered
                    .found
                    .push(Diagnostic::error("bad-image", source.path(), *span, message).help(help));
            } else if !pictures::any(inner) {
                let message =
                    format!("a link to `{dest_url}` does not show it, and the picture is not published");
                let help = "to show it, write `!` before the link";
                recovered
                    .found
                    .push(Diagnostic::warning("unread-picture", source.path(), place, message).help(help));
            }
        }
        if let Event::Text(text) = event {
            before = text;
        } else {
            before = "";
        }
    }
}

/// Components of MDX and the like, `<Tabs>` or `<Image src="…" />`: elements that HTML does not have.
fn components(events: &Events, source: &Source, recovered: &mut Recovered) {
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        let end = if matches!(event, Event::Start(Tag::HtmlBlock)) { end_of(events, at) } else { at + 1 };
        let rest = match event {
            Event::Start(Tag::HtmlBlock) => {
                comment::scan(source.text(), html_pieces(events.get(at..end))).rest
            }
            Event::InlineHtml(_) => {
                comment::scan(source.text(), comment::inline_pieces(source.text(), *span)).rest
            }
            _ => Vec::new(),
        };
        for piece in rest {
            let tags = html::tags(source.slice(piece), piece.start);
            recovered.found.extend(tags.iter().filter_map(|tag| component(tag, source)));
        }
        at = end;
    }
}

fn component(tag: &HtmlTag<'_>, source: &Source) -> Option<Diagnostic> {
    let name = source.slice(tag.span).get(1..=tag.name.len()).filter(|_| !tag.closing)?;
    let is_component =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    if !is_component {
        return None;
    }
    let message = format!("`<{name}>` is markup of another generator, and is left out");
    let help = "write Markdown: pictures as `![What it shows](picture.png)`, notes as `> [!NOTE]`";
    Some(Diagnostic::warning("foreign-markup", source.path(), tag.span, message).help(help))
}

/// A line with the next number right below a picture: CommonMark takes it for more of the paragraph.
fn swallowed(events: &Events, source: &Source, recovered: &mut Recovered) {
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        if !matches!(event, Event::Start(Tag::Paragraph)) {
            at += 1;
            continue;
        }
        let end = end_of(events, at);
        let inside = events.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
        if pictures::any(inside) {
            let lines = pictures::lines(inside, source);
            for pair in lines.windows(2) {
                let [above, line] = pair else { continue };
                let shows =
                    matches!(above.kind, LineKind::Pictures(_) | LineKind::Caption(_) | LineKind::Silent);
                let content = inside.get(line.range.clone()).unwrap_or_default();
                if let Some((_, span)) = content.first().filter(|_| shows && begins_step(content, source)) {
                    recovered.patches.push(Patch {
                        span: Span::at(span.start),
                        text: "\n".to_owned(),
                        right: true,
                    });
                }
            }
        }
        at = end;
    }
}

/// Whether a line begins as an item or as a step with a label does.
fn begins_step(line: &[(Event<'_>, Span)], source: &Source) -> bool {
    let Some((event, span)) = line.first() else { return false };
    match event {
        Event::Text(_) => {
            let text = source.text().get(span.start..).unwrap_or_default();
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let marker = text.get(digits..).unwrap_or_default();
            let item = (1..=9).contains(&digits) && (marker.starts_with(". ") || marker.starts_with(") "));
            item || heads::paragraph_label(line, source).is_some()
        }
        Event::Start(Tag::Strong) => label(&heads::lead(line)).is_some(),
        _ => false,
    }
}
