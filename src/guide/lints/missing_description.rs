//! A guide that search engines and cards can say nothing about.

use super::facts::head;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

pub(super) static LINT: Lint = Lint {
    code: "missing-description",
    severity: Severity::Warning,
    summary: "a guide has neither a description nor an introduction",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    // A front matter that can't be read may have one.
    if facts.resolved.description.is_empty() && !facts.guide.front.broken {
        let message = "the guide has neither a description nor an introduction";
        let help = "write a sentence before the first step, or `description: …` in the front matter";
        found.at(&facts.resolved.path, head(facts.guide), message, help);
    }
}
