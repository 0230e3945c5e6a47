//! A link to a file of the project that no build publishes.

use super::broken_link::{Destination, Places};
use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::reading::is_picture;

pub(super) static LINT: Lint = Lint {
    code: "unpublished-link",
    severity: Severity::Warning,
    summary: "a link to a file of the project that goes with no page",
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut places = Places::new(facts);
    for entry in &facts.index.entries {
        for link in entry.links.iter().filter(|link| !link.value.is_document) {
            let Some(path) = &link.value.path else { continue };
            if let Destination::File(file) = places.destination(path)
                // `unread-picture` reports those.
                && !is_picture(file.as_str())
            {
                let what = if file.is_markdown() { "is not a guide" } else { "does not go with the page" };
                let message = format!("`{file}` {what}: readers cannot follow the link");
                found.at(&entry.path, link.span, message, "link to where it is published: `https://…`");
            }
        }
    }
}
