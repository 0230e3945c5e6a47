//! A screenshot that says nothing to those who cannot see it.

use super::facts::screenshots;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::Screens;

pub(super) static LINT: Lint = Lint {
    code: "missing-alt",
    severity: Severity::Warning,
    summary: "a screenshot has no alternative text",
    check: Check::Guide(check),
};

/// Pictures amid text may be decoration, and an empty text is how one says so: only screenshots count.
fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let mut screens = None;
    for (scene, shot) in screenshots(facts.resolved) {
        if scene.alt.trim().is_empty() {
            // What can't be read is reported where the guide is read.
            let screens = screens
                .get_or_insert_with(|| Screens::read(facts.world, &facts.resolved.path).unwrap_or_default());
            let message = "the screenshot has no alternative text";
            let help = match screens.described(scene, shot) {
                Some(text) => format!("say between the brackets what it shows, perhaps `![{text}](…)`"),
                None => {
                    "say between the brackets what it shows: `![The form that creates a token](…)`".to_owned()
                }
            };
            found.at(&facts.resolved.path, scene.span, message, help);
        }
    }
}
