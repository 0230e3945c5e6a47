//! A screenshot that says nothing to those who cannot see it.

use super::facts::screenshots;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

pub(super) static LINT: Lint = Lint {
    code: "missing-alt",
    severity: Severity::Warning,
    summary: "a screenshot has no alternative text",
    check: Check::Guide(check),
};

/// Pictures amid text may be decoration, and an empty text is how one says so: only screenshots count.
fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    for (scene, _) in screenshots(facts.resolved) {
        if scene.alt.trim().is_empty() {
            let message = "the screenshot has no alternative text";
            let help = "say between the brackets what it shows: `![The form that creates a token](…)`";
            found.at(&facts.resolved.path, scene.span, message, help);
        }
    }
}
