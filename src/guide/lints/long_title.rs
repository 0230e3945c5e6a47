//! A title that no list, tab or card can show.

use super::facts::head;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

pub(super) static LINT: Lint = Lint {
    code: "long-title",
    severity: Severity::Warning,
    summary: "the title of a guide has more than 200 letters",
    check: Check::Guide(check),
};

const LETTERS: usize = 200;

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let letters = facts.resolved.title.chars().count();
    if letters > LETTERS {
        let message = format!("the title has {letters} letters: lists and cards cut it off");
        let help = "say in a few words what the reader gets done, and the rest in the introduction";
        found.at(&facts.resolved.path, head(facts.guide), message, help);
    }
}
