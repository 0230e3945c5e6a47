//! A guide of which many pictures stand outside its steps: the walkthrough shows none of them.

use super::facts::{head, screenshots};
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{Prose, Section};
use crate::source::Span;
use pulldown_cmark::{Event, Tag};
use std::collections::BTreeSet;

pub(super) static LINT: Lint = Lint {
    code: "pictures-outside",
    severity: Severity::Warning,
    summary: "many pictures of a guide, or all, stand outside its steps",
    check: Check::Guide(check),
};

/// Fewest pictures that make it likely that steps were meant.
const FEW: usize = 2;

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let resolved = facts.resolved;
    let large: BTreeSet<usize> = resolved
        .inline
        .iter()
        .filter(|shot| shot.picture.size().width > 200.0)
        .map(|shot| shot.span.start)
        .collect();
    let is_text = resolved.is_text();
    let outside = outside(&resolved.sections, is_text).filter(|span| large.contains(&span.start)).count();
    if outside < FEW || facts.guide.front.steps.is_some() && !is_text {
        return;
    }
    let all = outside + screenshots(resolved).count();
    if is_text {
        let message =
            format!("all {outside} pictures stand outside the steps: the walkthrough shows none of them");
        let help = "say in the front matter what the steps are: `steps: headings` or `steps: pictures`";
        found.at(&facts.guide.path, head(facts.guide), message, help);
    } else if outside * 5 > all {
        let message = format!(
            "{outside} of {all} pictures stand outside the steps: the article shows them, the walkthrough doesn't"
        );
        let help = "if each of them ends a step, write `steps: pictures` in the front matter";
        found.at(&facts.guide.path, head(facts.guide), message, help);
    }
}

/// Places of the pictures in the text outside the steps. Those above the first section heading introduce a guide, and
/// count only with `all`.
fn outside(sections: &[Section], all: bool) -> impl Iterator<Item = Span> {
    let is_begun = |section: &Section| !matches!(section, Section::Prose(_));
    let begun = sections.iter().position(is_begun).unwrap_or(sections.len());
    sections.iter().enumerate().filter_map(move |(at, section)| Some((at, prose_of(section)?))).flat_map(
        move |(at, prose)| {
            let heading = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
            let first = prose.events.iter().position(|(event, _)| heading(event)).unwrap_or(usize::MAX);
            let from = if all || at >= begun { 0 } else { first };
            let events = prose.events.iter().skip(from);
            events
                .filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })))
                .map(|(_, span)| *span)
        },
    )
}

fn prose_of(section: &Section) -> Option<&Prose> {
    match section {
        Section::Prose(prose) | Section::Chapter { content: prose, .. } => Some(prose),
        Section::Steps(_) => None,
    }
}
