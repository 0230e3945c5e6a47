//! A page that takes long to load.

use super::facts::head;
use super::{Check, Findings, Lint, PageFacts};
use crate::diagnostic::Severity;

/// Bytes a page may have.
const MOST: usize = 1_000_000;

pub(super) static LINT: Lint = Lint {
    code: "heavy-page",
    severity: Severity::Warning,
    summary: "the page of a guide has more than 1 MB",
    check: Check::Page(check),
};

fn check(facts: &PageFacts<'_>, found: &mut Findings<'_>) {
    if facts.bytes > MOST {
        let hundredths = facts.bytes / 10_000;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let message = format!("the page of this guide has {whole}.{rest:02} MB, more than 1 MB");
        let help = "split the guide in two, crop photos with `@crop`, or set `quality = \"small\"` in `guidemark.toml`";
        found.at(&facts.resolved.path, head(facts.guide), message, help);
    }
}
