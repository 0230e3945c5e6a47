//! A text that says what a redaction hides.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{ActionKind, MarkKind, Rect, Redaction, Resolved, Scene};
use crate::source::Span;

pub(super) static LINT: Lint = Lint {
    code: "spelled-out-redaction",
    severity: Severity::Warning,
    summary: "a text of the guide may say what a redaction hides",
    check: Check::Guide(check),
};

const HELP: &str = "write something made up, or `@allow spelled-out-redaction` if that is what it is";

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let path = &facts.resolved.path;
    for scene in facts.resolved.steps.iter().flat_map(|step| &step.scenes) {
        let redactions = redactions(facts.resolved, scene);
        if redactions.is_empty() {
            continue;
        }
        for (span, message) in of_scene(scene, redactions) {
            found.at(path, span, message, HELP);
        }
    }
}

fn redactions<'a>(resolved: &'a Resolved, scene: &Scene) -> &'a [Redaction] {
    scene.shot.and_then(|shot| resolved.shots.get(shot)).map_or(&[], |shot| &shot.redactions)
}

fn of_scene(scene: &Scene, redactions: &[Redaction]) -> Vec<(Span, String)> {
    let hidden = |at: Rect| redactions.iter().any(|redaction| meet(at, redaction.at));
    let mut found = Vec::new();
    for action in &scene.actions {
        let message = match &action.kind {
            ActionKind::Type { at, text } if hidden(*at) && !is_masked(text) => {
                Some("what is typed into a redacted field is shown as it is typed".to_owned())
            }
            ActionKind::Select { at, option } if hidden(*at) && first(option).is_some() => {
                telling("the option", option)
            }
            ActionKind::Point { at, label: Some(label), .. } if hidden(*at) => telling("the label", label),
            _ => None,
        };
        found.extend(message.map(|message| (action.span, message)));
    }
    for mark in scene.marks.iter().filter(|mark| hidden(mark.at)) {
        if let MarkKind::Callout { text, .. } = &mark.kind {
            found.extend(telling("the note", text).map(|message| (mark.span, message)));
        }
    }
    if !scene.inherited {
        let address = scene.url.as_deref().map(below_host).and_then(|url| telling("the address", url));
        let messages = [telling("the alternative text", &scene.alt), address];
        found.extend(messages.into_iter().flatten().map(|message| (scene.span, message)));
    }
    found
}

/// The first word that looks like what people redact.
fn first(text: &str) -> Option<&str> {
    crate::guide::screen::telling(text).next()
}

fn telling(what: &str, text: &str) -> Option<String> {
    first(text).map(|word| format!("{what} says `{word}`, which may be what a redaction here hides"))
}

/// Dots or stars, as a field of a password shows them.
fn is_masked(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !c.is_whitespace());
    let first = letters.next();
    first.is_none_or(|first| !first.is_alphanumeric()) && letters.all(|letter| Some(letter) == first)
}

/// An address without scheme, host and port.
fn below_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)).unwrap_or_default()
}

fn meet(one: Rect, other: Rect) -> bool {
    let apart = |from: f64, size: f64, other_from: f64, other_size: f64| {
        from > other_from + other_size || other_from > from + size
    };
    !apart(one.x, one.w, other.x, other.w) && !apart(one.y, one.h, other.y, other.h)
}
