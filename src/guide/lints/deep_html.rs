//! Raw HTML that is nested so deeply that no reader could need it, and a page takes ages to be read.

use super::facts::texts;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{MAX_ELEMENTS, Nesting};
use crate::source::Span;
use pulldown_cmark::Event;

pub(super) static LINT: Lint = Lint {
    code: "deep-html",
    severity: Severity::Error,
    summary: "raw HTML is nested too deeply",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    for prose in texts(facts.resolved) {
        let mut nesting = Nesting::default();
        for (event, span) in &prose.events {
            let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
            if let Some(at) = nesting.read(html, MAX_ELEMENTS) {
                // What is indented in a list has other places in the text than in the event.
                let at = if facts.source.slice(*span).starts_with(&**html) { at } else { 0 };
                let message = format!("elements stand more than {MAX_ELEMENTS} deep within each other");
                let help = "close what is open: every `<div>` needs its `</div>`";
                found.at(&facts.resolved.path, Span::at(span.start + at), message, help);
                return;
            }
        }
    }
}
