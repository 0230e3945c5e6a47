//! A picture file that weighs more than a whole page should.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;

/// Bytes a picture file may have.
const MOST: u64 = 2_000_000;

pub(super) static LINT: Lint = Lint {
    code: "heavy-screenshot",
    severity: Severity::Warning,
    summary: "a picture file has more than 2 MB",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let resolved = facts.resolved;
    let mut reported = std::collections::BTreeSet::new();
    for shot in resolved.pictures() {
        let picture = &shot.picture;
        if picture.bytes > MOST && reported.insert(&picture.path) {
            let tenths = picture.bytes / 100_000;
            let message =
                format!("`{}` has {}.{} MB, more than 2 MB", picture.path, tenths / 10, tenths % 10);
            let help = "take it at the size it is shown, as PNG, or show a part of the screen";
            found.at(&resolved.path, shot.span, message, help);
        }
    }
}
