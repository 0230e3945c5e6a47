//! Plain text of Markdown: titles, descriptions, words.

use super::events::{end_of, is_inline, markdown_options};
use crate::source::Span;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// All text of some events on one line: text, code, and the alternative text of images.
pub fn plain(events: &[(Event<'_>, Span)]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        push(event, &mut text);
    }
    fold(&text)
}

/// What is bold in some events, each on one line.
pub fn bold(events: &[(Event<'_>, Span)]) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Strong) => open = Some(String::new()),
            Event::End(TagEnd::Strong) => found.extend(open.take()),
            event => open.iter_mut().for_each(|text| push(event, text)),
        }
    }
    found.iter().map(|text| fold(text)).filter(|text| !text.is_empty()).collect()
}

fn push(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
            text.push_str(part);
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::End(tag) if is_block(*tag) => text.push(' '),
        Event::Start(_)
        | Event::End(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::Rule
        | Event::TaskListMarker(_) => {}
    }
}

fn is_block(tag: TagEnd) -> bool {
    !is_inline(&Event::End(tag))
}

fn fold(text: &str) -> String {
    crate::project::fields::one_line(text)
}

/// Words of the text, code blocks included; pictures' alternative text is not counted.
pub fn words(events: &[(Event<'_>, Span)]) -> usize {
    without_images(events).split_whitespace().count()
}

fn without_images(events: &[(Event<'_>, Span)]) -> String {
    let mut text = String::new();
    let mut images = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            // In a tight list a block follows text without an end of a paragraph between them.
            Event::Start(tag) if is_block(tag.to_end()) => text.push(' '),
            event if images == 0 => push(event, &mut text),
            _ => {}
        }
    }
    text
}

/// The plain text of the first paragraph that has any.
pub fn first_paragraph(events: &[(Event<'_>, Span)]) -> Option<String> {
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        if let Event::Start(Tag::Paragraph) = event {
            let end = end_of(events, at);
            let text = fold(&without_images(events.get(at..end).unwrap_or_default()));
            if !text.is_empty() {
                return Some(text);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}

/// The first sentence of the first block of `events` that has text, without its final full stop or
/// colon. Dots within code end no sentence.
pub fn first_sentence(events: &[(Event<'_>, Span)]) -> String {
    let mut text = String::new();
    // Byte ranges of `text` that are code.
    let mut code: Vec<std::ops::Range<usize>> = Vec::new();
    for (event, _) in events {
        let ends = match event {
            Event::End(tag) => is_block(*tag),
            Event::Start(tag) => is_block(tag.to_end()),
            _ => false,
        };
        if ends && !text.trim().is_empty() {
            break;
        }
        let start = text.len();
        push(event, &mut text);
        if let Event::Code(_) = event {
            code.push(start..text.len());
        }
    }
    let in_code = |at: usize| code.iter().any(|range| range.contains(&at));
    let end = sentence_end(&text, in_code).unwrap_or(text.len());
    let sentence = fold(text.get(..end).unwrap_or_default());
    sentence.trim_end_matches(['.', ':', '。']).trim_end().to_owned()
}

/// A paragraph of Markdown in two: its first sentence, and the rest. A sentence that ends within marks is not cut.
pub fn split_sentence(paragraph: &str) -> (&str, &str) {
    let (mut text, mut depth) = (String::new(), 0_usize);
    // Where in `text` a part begins, where in the paragraph, and whether it may be cut.
    let mut parts: Vec<(usize, usize, bool)> = Vec::new();
    for (event, range) in Parser::new_ext(paragraph, markdown_options()).into_offset_iter() {
        match &event {
            Event::Start(tag) if !is_block(tag.to_end()) => depth += 1,
            Event::End(tag) if !is_block(*tag) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let written = paragraph.get(range.clone()) == text_of(&event);
        parts.push((text.len(), range.start, written && depth == 0));
        push(&event, &mut text);
    }
    let cut_at = |at: usize| {
        let (from, start, plain) = parts.iter().rfind(|(from, ..)| *from < at)?;
        plain.then_some(start + at - from)
    };
    let can_not = |at: usize| cut_at(at + 1).is_none();
    let end = sentence_end(&text, can_not).and_then(cut_at).unwrap_or(paragraph.len());
    paragraph.split_at_checked(end).unwrap_or((paragraph, ""))
}

fn text_of<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Text(text) => Some(text),
        _ => None,
    }
}

/// Words whose dot ends no sentence, in lower case.
const ABBREVIATIONS: [&str; 16] = [
    "e.g.", "i.e.", "etc.", "vs.", "approx.", "z.b.", "d.h.", "mr.", "ms.", "mrs.", "dr.", "incl.", "cf.",
    "ca.", "bzw.", "p.ej.",
];

fn sentence_end(text: &str, in_code: impl Fn(usize) -> bool) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        let goes_on =
            || c == '.' && goes_on(text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if ends && !in_code(at) && !goes_on() {
            return Some(end);
        }
    }
    None
}

/// Whether a sentence goes on behind a full stop: after an abbreviation, before a digit or a small letter.
fn goes_on(before: &str, after: &str) -> bool {
    let next = after.trim_start().chars().next();
    is_abbreviation(before) || next.is_some_and(|next| next.is_numeric() || next.is_lowercase())
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let word = word.trim_start_matches(['(', '[', '"', '“']).to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
}

/// At most `most` characters, cut at a word, with `…` where something was cut.
pub fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or_default();
    let at = head.rfind(' ').unwrap_or(head.len());
    let head = head.get(..at).unwrap_or_default().trim_end_matches([',', ';', ':', '.', '-', ' ', '–', '—']);
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Parser;

    fn sentence(markdown: &str) -> String {
        let events: Vec<_> =
            Parser::new(markdown).map(|event| (event.into_static(), Span::default())).collect();
        first_sentence(&events)
    }

    #[test]
    fn a_title_is_the_first_sentence() {
        for (markdown, title) in [
            ("Open the **menu** in the corner.", "Open the menu in the corner"),
            ("Copy it now: it is never shown. Then go.", "Copy it now: it is never shown"),
            ("Use a name, e.g. `my. token`. Save.", "Use a name, e.g. my. token"),
            ("Open `guide.md` and `a. b`. Then", "Open guide.md and a. b"),
            ("Ready? Go!", "Ready?"),
            ("Choose **No**. Then go on.", "Choose No"),
            ("Do this:\n\n- a\n- b", "Do this"),
            ("Version 1.2.3 is fine", "Version 1.2.3 is fine"),
            ("Press No. 5 in v. 2.1 (see fig. 3). Done.", "Press No. 5 in v. 2.1 (see fig. 3)"),
            ("Wait approx. 5 min. until it is ready. Then go.", "Wait approx. 5 min. until it is ready"),
            ("菜单を開く。次へ。", "菜单を開く"),
            ("```\ncode here\n```", "code here"),
            ("Click the ![gear](g.png) icon", "Click the gear icon"),
            ("", ""),
        ] {
            assert_eq!(sentence(markdown), title, "{markdown}");
        }
    }

    #[test]
    fn a_paragraph_is_cut_behind_its_first_sentence_and_in_no_mark() {
        for (paragraph, first, rest) in [
            ("Open the **menu**. It is in\nthe corner.", "Open the **menu**.", " It is in\nthe corner."),
            ("Go to `a. b`. Then go on.", "Go to `a. b`.", " Then go on."),
            ("Choose **No. Never.** Then go. On.", "Choose **No. Never.** Then go.", " On."),
            ("Open [a. B. c](x.md) now", "Open [a. B. c](x.md) now", ""),
            ("AT&amp;T is named. It rings.", "AT&amp;T is named.", " It rings."),
            ("菜单を開く。次へ。", "菜单を開く。", "次へ。"),
            ("", "", ""),
        ] {
            assert_eq!(split_sentence(paragraph), (first, rest), "{paragraph}");
        }
    }

    #[test]
    fn cuts_at_a_word() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one, two", 6), "one…");
        assert_eq!(cut("short", 9), "short");
        assert_eq!(cut("ééééééé", 3), "ééé…");
    }
}
