//! A published guide that links to a draft.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::source::ProjectPath;
use std::collections::BTreeSet;

pub(super) static LINT: Lint = Lint {
    code: "draft-link",
    severity: Severity::Warning,
    summary: "a published guide links to a draft",
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let entries = &facts.index.entries;
    let drafts: BTreeSet<&ProjectPath> =
        entries.iter().filter(|entry| entry.draft).map(|entry| &entry.path).collect();
    for entry in entries.iter().filter(|entry| !entry.draft) {
        for link in &entry.links {
            let Some(path) = link.value.path.as_ref().filter(|path| drafts.contains(path)) else { continue };
            let message = format!("`{path}` is a draft: readers can't follow this link");
            let help = "publish the draft (remove `draft: true`), or remove the link";
            found.at(&entry.path, link.span, message, help);
        }
    }
}
