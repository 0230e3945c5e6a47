//! A numbered item that says nothing.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

pub(super) static LINT: Lint = Lint {
    code: "empty-item",
    severity: Severity::Warning,
    summary: "a numbered item holds neither text nor a screenshot",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    for (at, step) in facts.guide.steps.iter().enumerate().filter(|(_, step)| step.parts.is_empty()) {
        let message = format!("step {} is empty", at + 1);
        let help = "write what to do in it, or remove it";
        found.at(&facts.guide.path, step.span, message, help);
    }
}
