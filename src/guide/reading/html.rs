//! Pictures in raw HTML: `<img>`, `<figure>`, `<picture>`, and what merely wraps them.

use crate::source::{Span, Spanned};

/// A start or end tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag<'a> {
    /// Its name in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// What stands between the name and `>`.
    attributes: &'a str,
    /// Where its attributes start in the source.
    at: usize,
    /// All of it, in the source.
    pub span: Span,
}

/// Elements that place a picture and say nothing of their own.
const WRAPPERS: [&str; 18] = [
    "p",
    "div",
    "center",
    "figure",
    "figcaption",
    "picture",
    "source",
    "span",
    "br",
    "a",
    "img",
    "em",
    "i",
    "b",
    "strong",
    "kbd",
    "small",
    "font",
];

/// The tags of a piece of HTML whose first byte is `at` in the source. Comments are no tags.
pub fn tags(html: &str, at: usize) -> Vec<HtmlTag<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html.get(from..).and_then(|rest| rest.find('<')).map(|start| start + from) {
        let rest = html.get(start + 1..).unwrap_or_default();
        let closing = rest.starts_with('/');
        let name = rest.get(usize::from(closing)..).unwrap_or_default();
        let length =
            name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
        from = start + 1;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let begin = start + 1 + usize::from(closing) + length;
        let inner = html.get(begin..).unwrap_or_default();
        let Some(end) = closed(inner) else { continue };
        found.push(HtmlTag {
            name: name.get(..length).unwrap_or_default().to_lowercase(),
            closing,
            attributes: inner.get(..end).unwrap_or_default(),
            at: at + begin,
            span: Span::new(at + start, at + begin + end + 1),
        });
        from = begin + end + 1;
    }
    found
}

/// Where a tag ends: a `>` that stands in no quotes.
fn closed(inner: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

impl HtmlTag<'_> {
    /// The value of an attribute, at its place.
    pub fn attribute(&self, name: &str) -> Option<Spanned<String>> {
        let mut rest = self.attributes;
        let offset = |rest: &str| self.attributes.len() - rest.len();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let length =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let key = rest.get(..length)?;
            if key.is_empty() && rest.get(length..).is_none_or(|rest| !rest.starts_with('=')) {
                return None;
            }
            let after = rest.get(length..)?.trim_start();
            let Some(value) = after.strip_prefix('=') else {
                rest = rest.get(length..)?;
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (text, behind) = match quote {
                Some(quote) => value.get(1..)?.split_once(quote).unwrap_or((value.get(1..)?, "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                let start = self.at + offset(value) + usize::from(quote.is_some());
                return Some(Spanned::new(unescape(text), Span::new(start, start + text.len())));
            }
            rest = behind;
        }
    }
}

/// The named characters that stand in attributes and captions.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// Whether some HTML does nothing but wrap pictures: no text, no elements of other kinds.
pub fn is_wrapping(html: &str) -> bool {
    let found = tags(html, 0);
    found.iter().all(|tag| WRAPPERS.contains(&tag.name.as_str())) && text(html).is_empty()
}

/// The text between the tags, on one line.
pub fn text(html: &str) -> String {
    let mut all = String::new();
    let mut at = 0;
    for tag in tags(html, 0) {
        all.push_str(html.get(at..tag.span.start).unwrap_or_default());
        all.push(' ');
        at = tag.span.end;
    }
    all.push_str(html.get(at..).unwrap_or_default());
    unescape(&all).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The caption of a figure: what stands in its `<figcaption>`.
pub fn caption(html: &str) -> Option<String> {
    let found = tags(html, 0);
    let open = found.iter().find(|tag| tag.name == "figcaption" && !tag.closing)?;
    let close = found.iter().find(|tag| tag.name == "figcaption" && tag.closing);
    let end = close.map_or(html.len(), |tag| tag.span.start);
    Some(text(html.get(open.span.end..end)?)).filter(|caption| !caption.is_empty())
}

/// Some HTML without its captions and pictures.
pub fn without_pictures(html: &str) -> String {
    let mut rest = String::new();
    let mut at = 0;
    let mut in_caption = false;
    for tag in tags(html, 0) {
        if !in_caption {
            rest.push_str(html.get(at..tag.span.start).unwrap_or_default());
        }
        at = tag.span.end;
        match tag.name.as_str() {
            "figcaption" => in_caption = !tag.closing,
            "img" | "picture" | "source" | "figure" => {}
            _ if in_caption => {}
            _ => rest.push_str(html.get(tag.span.start..tag.span.end).unwrap_or_default()),
        }
    }
    if !in_caption {
        rest.push_str(html.get(at..).unwrap_or_default());
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributes_with_their_places() {
        let html = r#"<p align=center><img width='5' data-x SRC = "a &amp; b.png" alt="a > b"/></p>"#;
        let found = tags(html, 100);
        assert_eq!(found.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["p", "img", "p"]);
        let source = found[1].attribute("src").unwrap();
        assert_eq!(source.value, "a & b.png");
        assert_eq!(&html[source.span.start - 100..source.span.end - 100], "a &amp; b.png");
        assert_eq!(found[1].attribute("alt").unwrap().value, "a > b");
        assert_eq!(found[1].attribute("width").unwrap().value, "5");
        assert_eq!(found[1].attribute("title"), None);
        assert_eq!(found[0].attribute("align").unwrap().value, "center");
    }

    #[test]
    fn tells_wrappers_from_content() {
        assert!(is_wrapping("<div align=\"center\">\n<br/>"));
        assert!(!is_wrapping("<details>"));
        assert!(!is_wrapping("<p>Text</p>"));
        let figure = "<figure><img src=a.png><figcaption><p>The <b>list</b></p></figcaption></figure> rest";
        assert_eq!(caption(figure).as_deref(), Some("The list"));
        assert_eq!(text(&without_pictures(figure)), "rest");
        assert_eq!(caption("<figure><img src=a><figcaption></figcaption></figure>"), None);
    }

    #[test]
    fn is_not_quadratic_in_tags_that_never_end() {
        let html = "<a b='".repeat(50_000);
        assert!(tags(&html, 0).len() < 3);
    }
}
