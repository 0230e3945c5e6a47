//! Raw HTML that does not come through: a page loads nothing and runs nothing of a guide's own.

use super::facts::texts;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::source::Span;
use pulldown_cmark::Event;

pub(super) static LINT: Lint = Lint {
    code: "lost-html",
    severity: Severity::Warning,
    summary: "raw HTML that the page leaves out, as `<img>` and `<iframe>`",
    check: Check::Guide(check),
};

const IMAGE: &str = "write pictures in Markdown: `![What it shows](picture.png)`";
const LINK: &str = "link to it instead: `[What it is](https://…)`";
const REMOVE: &str = "remove it; what changes the look of pages belongs into a theme";

/// How much of a tag is underlined at most, in bytes.
const FAR: usize = 200;

/// Elements that readers would miss, and what to write instead.
const LOST: [(&str, &str); 14] = [
    ("img", IMAGE),
    ("picture", IMAGE),
    ("svg", IMAGE),
    ("canvas", IMAGE),
    ("video", LINK),
    ("audio", LINK),
    ("iframe", LINK),
    ("object", LINK),
    ("embed", LINK),
    ("form", LINK),
    ("button", LINK),
    ("script", REMOVE),
    ("style", REMOVE),
    ("link", REMOVE),
];

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    for prose in texts(facts.resolved) {
        for (event, span) in &prose.events {
            if let Event::Html(_) | Event::InlineHtml(_) = event {
                elements(facts.source.slice(*span), |name, at, length| {
                    if let Some((_, help)) = LOST.iter().find(|(lost, _)| name.eq_ignore_ascii_case(lost)) {
                        let place = Span::new(span.start + at, span.start + at + length);
                        let message = format!("`<{}>` is left out of the page", name.to_lowercase());
                        found.at(&facts.resolved.path, place, message, *help);
                    }
                });
            }
        }
    }
}

/// Calls `tell` with the name, the first byte and the length of each start tag.
fn elements(html: &str, mut tell: impl FnMut(&str, usize, usize)) {
    for (at, _) in html.match_indices('<') {
        let rest = html.get(at + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // Of a tag that goes on and on its name is enough.
            let far = html.floor_char_boundary((at + FAR).min(html.len()));
            let tag = html.get(at..far).unwrap_or_default();
            tell(name, at, tag.find(['>', '\n']).map_or(tag.len(), |end| end + 1));
        }
    }
}
