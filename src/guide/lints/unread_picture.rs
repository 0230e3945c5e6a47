//! A picture in a step that is none of its screenshots, though it is large enough to be meant as one; and one that is
//! indented so far that it is code.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::events::end_of;
use crate::guide::{Body, Resolved, Section};
use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, Event, Tag};

pub(super) static LINT: Lint = Lint {
    code: "unread-picture",
    severity: Severity::Warning,
    summary: "a picture in a step is not one of its screenshots",
    check: Check::Guide(check),
};

/// Largest side of a picture that belongs into a sentence, in points.
const LARGE: f64 = 200.0;

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let bodies = facts.resolved.steps.iter().flat_map(|step| &step.body);
    for part in bodies {
        if let Body::Prose(prose) = part {
            in_text(&prose.events, facts, found);
        }
    }
    for section in &facts.resolved.sections {
        if let Section::Prose(prose) = section {
            for (event, span) in &prose.events {
                if let Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) = event {
                    in_code(*span, "write it at the left margin", facts, found);
                }
            }
        }
    }
}

fn in_text(events: &[(Event<'_>, Span)], facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let path = &facts.resolved.path;
    let mut table = 0;
    for (at, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Table(_)) => table = end_of(events, at),
            Event::Start(Tag::Image { dest_url, .. }) if at < table => {
                let message = format!("`{dest_url}` stands in a table: the walkthrough does not show it");
                let help = "write it on a line of its own below the sentence it belongs to";
                found.at(path, *span, message, help);
            }
            Event::Start(Tag::Image { dest_url, .. }) if is_large(facts.resolved, dest_url) => {
                let message = format!("`{dest_url}` stands amid text: the walkthrough does not show it");
                let help = "write it on a line of its own";
                found.at(path, *span, message, help);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                in_code(*span, "indent it as far as the text of the step, and no further", facts, found);
            }
            _ => {}
        }
    }
}

fn in_code(code: Span, help: &str, facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let text = facts.source.slice(code);
    let Some(from) = text.find("![") else { return };
    let rest = text.get(from..).unwrap_or_default();
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let place = Span::new(code.start + from, code.start + from + length);
    found.at(&facts.resolved.path, place, "an image that is indented so far is code, and not shown", help);
}

fn is_large(resolved: &Resolved, target: &str) -> bool {
    let shot = resolved.inline_index(target).and_then(|at| resolved.inline.get(at));
    shot.map(|shot| shot.picture.size()).is_some_and(|size| size.width > LARGE || size.height > LARGE)
}
