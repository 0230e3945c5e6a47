//! Two guides that want the same address.

use super::facts::head;
use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::file_name;
use crate::source::ProjectPath;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    code: "duplicate-slug",
    severity: Severity::Error,
    summary: "two guides have the same address",
    check: Check::Project(check),
};

/// The first guide by path keeps the address. Capitals don't tell addresses apart, nor does how an accent is written: on many
/// disks they don't tell files apart.
fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut taken: BTreeMap<String, &ProjectPath> = BTreeMap::new();
    for (guide, resolved, _) in facts.guides {
        let Some(first) = taken.insert(file_name(&resolved.slug), &resolved.path) else { continue };
        taken.insert(file_name(&resolved.slug), first);
        let message = format!("the address `{}` is already that of `{first}`", resolved.slug);
        let help = format!("give one of them another: `slug: {}-2` in the front matter", resolved.slug);
        let span = guide.front.slug.as_ref().map_or_else(|| head(guide), |slug| slug.span);
        found.at(&resolved.path, span, message, help);
    }
}
