//! A guide whose pictures all stand outside its steps: the walkthrough shows none of them.

use super::facts::{head, texts};
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use pulldown_cmark::{Event, Tag};

pub(super) static LINT: Lint = Lint {
    code: "pictures-outside",
    severity: Severity::Warning,
    summary: "all pictures of a guide stand outside its steps",
    check: Check::Guide(check),
};

/// Fewest pictures that make it likely that steps were meant.
const FEW: usize = 2;

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let image = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { .. }));
    let count: usize = texts(facts.resolved)
        .map(|prose| prose.events.iter().filter(|(event, _)| image(event)).count())
        .sum();
    let large = facts.resolved.inline.iter().filter(|shot| shot.picture.size().width > 200.0).count();
    if facts.resolved.is_text() && count >= FEW && large >= FEW {
        let message =
            format!("all {count} pictures stand outside the steps: the walkthrough shows none of them");
        let help = "say in the front matter what the steps are: `steps: headings` or `steps: pictures`";
        found.at(&facts.guide.path, head(facts.guide), message, help);
    }
}
