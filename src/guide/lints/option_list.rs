//! A list of options that looks like steps: every item begins in bold, and none has a picture.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{Block, Part, StepForm, WrittenStep};
use crate::source::Source;
use pulldown_cmark::{Event, Tag};

pub(super) static LINT: Lint = Lint {
    code: "option-list",
    severity: Severity::Warning,
    summary: "a list whose items all begin in bold may be options instead of steps",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let guide = facts.guide;
    // A guide without screenshots is steps of text, in whatever form.
    if facts.resolved.is_text() {
        return;
    }
    for block in &guide.blocks {
        let Block::Steps { steps, span: _ } = block else { continue };
        let written = guide.steps.get(steps.clone()).unwrap_or_default();
        let (Some(first), true) = (written.first(), written.len() > 1) else { continue };
        if written.iter().all(is_option) && !is_marked(facts.source, first) {
            let message = "every item of this list begins in bold, and none has a screenshot";
            let help =
                "if it lists options, write `<!-- @text -->` above it; if it is steps, `<!-- @steps -->`";
            found.at(&guide.path, first.span, message, help);
        }
    }
}

/// Whether `<!-- @steps -->` stands right above a list.
fn is_marked(source: &Source, first: &WrittenStep) -> bool {
    let before = source.text().get(..first.span.start).unwrap_or_default().trim_end();
    let comment = before.strip_suffix("-->").and_then(|rest| rest.rsplit_once("<!--"));
    comment.is_some_and(|(_, inner)| inner.trim() == "@steps")
}

fn is_option(step: &WrittenStep) -> bool {
    let bare = step.form == StepForm::Item && !step.parts.iter().any(|part| !matches!(part, Part::Prose(_)));
    let Some(Part::Prose(events)) = step.parts.first() else { return false };
    let mut events =
        events.iter().map(|(event, _)| event).filter(|event| !matches!(event, Event::Start(Tag::Paragraph)));
    bare && matches!(events.next(), Some(Event::Start(Tag::Strong)))
}
