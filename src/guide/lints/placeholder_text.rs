//! A step that says what was written in place of its text.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

pub(super) static LINT: Lint = Lint {
    code: "placeholder-text",
    severity: Severity::Warning,
    summary: "a step still has the text that stands in place of one",
    check: Check::Guide(check),
};

/// What an import and the editor write into a step of which nothing is known.
pub const PLACEHOLDER: &str = "Describe this step.";

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let is_open = |title: &str| title.trim_end_matches('.') == PLACEHOLDER.trim_end_matches('.');
    for step in facts.resolved.steps.iter().filter(|step| is_open(&step.title)) {
        let message = format!("step {} still says `{PLACEHOLDER}`", step.number);
        let help = "say what to do in this step, or remove it";
        found.at(&facts.resolved.path, step.span, message, help);
    }
}
