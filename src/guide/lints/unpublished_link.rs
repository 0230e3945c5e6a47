//! A link to a file of the project that no build publishes.

use super::broken_link::{Destination, Places};
use super::{Check, Findings, Lint, Others, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::reading::is_picture;

pub(super) static LINT: Lint = Lint {
    code: "unpublished-link",
    severity: Severity::Warning,
    summary: "a link to a file of the project that goes with no page",
    check: Check::Project(check),
};

/// What to do about it.
const PUBLISHED: &str = "link to where it is published: `https://…`";

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut places = Places::new(facts);
    for entry in &facts.index.entries {
        for link in entry.links.iter().filter(|link| !link.value.is_document) {
            let Some(path) = &link.value.path else { continue };
            if let Destination::File(file) = places.destination(path)
                // `unread-picture` reports those.
                && !is_picture(file.as_str())
            {
                let (what, help) = match facts.others {
                    Others::Unread(others) if others.contains(&file) => continue,
                    Others::Unbuilt(others) if others.contains(&file) => (
                        "has no page beside one that is built alone",
                        "build the project, or link to where it is published: `https://…`",
                    ),
                    _ if file.is_markdown() => ("is not a guide", PUBLISHED),
                    _ => ("does not go with the page", PUBLISHED),
                };
                found.at(
                    &entry.path,
                    link.span,
                    format!("`{file}` {what}: readers cannot follow the link"),
                    help,
                );
            }
        }
    }
}
