//! Redacted screenshots that lie where another program publishes all files.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::source::{ProjectPath, Published};
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    code: "published-originals",
    severity: Severity::Error,
    summary: "a redacted screenshot lies in a folder that a docs tool publishes as it is",
    check: Check::Project(check),
};

/// One finding a guide: the way out is the same for all its pictures.
fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut folders: BTreeMap<ProjectPath, Option<Published>> = BTreeMap::new();
    for (_, resolved, _) in facts.guides {
        let redacted = resolved.pictures().filter(|shot| !shot.redactions.is_empty());
        for shot in redacted {
            let path = &shot.picture.path;
            let published =
                folders.entry(path.parent()).or_insert_with(|| facts.world.published(&path.parent()));
            if let Some(Published { folder, tool }) = published {
                let message =
                    format!("{tool} publishes all of `{folder}`, and with it `{path}`, not redacted");
                let help =
                    format!("move the guides out of `{folder}`, and build their pages into it: `--out`");
                found.at(&resolved.path, shot.span, message, help);
                break;
            }
        }
    }
}
