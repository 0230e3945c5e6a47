//! A step with more text than a card beside a screenshot can hold.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

/// Most words of a step.
const MOST: usize = 60;

pub(super) static LINT: Lint = Lint {
    code: "long-step",
    severity: Severity::Warning,
    summary: "a step has more than 60 words",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    for step in facts.resolved.steps.iter().filter(|step| step.words > MOST) {
        let message = format!("step {} has {} words, more than {MOST}", step.number, step.words);
        let help = "make two steps of it, or move what is not an instruction to the text below the steps";
        found.at(&facts.resolved.path, step.span, message, help);
    }
}
