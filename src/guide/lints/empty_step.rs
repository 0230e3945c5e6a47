//! A step in which nothing happens.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{Action, ActionKind, Scene, Step, Zoom};

pub(super) static LINT: Lint = Lint {
    code: "empty-step",
    severity: Severity::Warning,
    summary: "a step has neither an action nor a mark",
    check: Check::Guide(check),
};

/// Verbs by which nothing happens and to which nothing points.
const SILENT: [&str; 11] =
    ["allow", "await", "crop", "dismiss", "id", "keep", "mask", "redact", "url", "wait", "zoom"];

/// A guide of text alone has nothing to act on, and the last step may just show what was achieved.
fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let steps = &facts.resolved.steps;
    if facts.resolved.is_text() {
        return;
    }
    let Some((_last, steps)) = steps.split_last() else { return };
    let has_text = |step: &Step| says_something(facts.source.slice(step.span));
    let blank = |step: &Step| step.body.is_empty() && step.words == 0;
    for step in steps.iter().filter(|step| is_empty(step) && !blank(step) && !has_text(step)) {
        let message = format!("step {} has neither an action nor a mark", step.number);
        let help = "say where to look or click below its screenshot: `<!-- @click 12,34 120x32 -->`";
        found.at(&facts.resolved.path, step.span, message, help);
    }
}

fn is_empty(step: &Step) -> bool {
    step.scenes.iter().all(|scene| {
        let Scene {
            actions,
            marks,
            zoom,
            shot: _,
            inherited: _,
            alt: _,
            caption: _,
            url: _,
            side: _,
            span: _,
        } = scene;
        // A written `@zoom` says where to look, too.
        marks.is_empty() && !matches!(zoom, Zoom::Region(_)) && actions.iter().all(is_pause)
    })
}

fn is_pause(action: &Action) -> bool {
    matches!(action.kind, ActionKind::Wait { .. })
}

/// Whether a step's text holds an annotation. One that was wrong, and is reported, has been left out of
/// what the step means.
fn says_something(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("<!--").unwrap_or(line).trim_start();
        let word = line.strip_prefix('@').and_then(|verb| verb.split(|c: char| !c.is_alphanumeric()).next());
        word.is_some_and(|word| !SILENT.contains(&word))
    })
}
