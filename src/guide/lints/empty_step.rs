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

/// A guide of text alone has nothing to act on, and the last step may just show what was achieved.
fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let steps = &facts.resolved.steps;
    if facts.resolved.shots.is_empty() {
        return;
    }
    let Some((_last, steps)) = steps.split_last() else { return };
    for step in steps.iter().filter(|step| is_empty(step)) {
        let message = format!("step {} has neither an action nor a mark", step.number);
        let help = "say where to look or click below its screenshot: `<!-- @click 12,34 120x32 -->`";
        found.at(&facts.resolved.path, step.span, message, help);
    }
}

fn is_empty(step: &Step) -> bool {
    step.scenes.iter().all(|scene| {
        let Scene { actions, marks, zoom, shot: _, inherited: _, alt: _, url: _, span: _ } = scene;
        // A written `@zoom` says where to look, too.
        marks.is_empty() && !matches!(zoom, Zoom::Region(_)) && actions.iter().all(is_pause)
    })
}

fn is_pause(action: &Action) -> bool {
    matches!(action.kind, ActionKind::Wait { .. })
}
