//! A target too small to be seen or hit.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{ActionKind, Rect};

/// Points that the smaller side of a target needs.
const SMALLEST: f64 = 8.0;

pub(super) static LINT: Lint = Lint {
    code: "small-target",
    severity: Severity::Warning,
    summary: "the target of an action is under 8 points wide or high",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let scenes = facts.resolved.steps.iter().flat_map(|step| &step.scenes);
    for action in scenes.flat_map(|scene| &scene.actions) {
        for target in targets(&action.kind).into_iter().flatten().filter(|target| is_small(*target)) {
            let Rect { x, y, w, h } = target;
            let message = format!("the target is only {w} × {h} points");
            let (left, top) = (round(x + w / 2.0), round(y + h / 2.0));
            let help = format!(
                "give it the size of the whole button or field, at least 8x8, or name a point: `{left},{top}`"
            );
            found.at(&facts.resolved.path, action.span, message, help);
        }
    }
}

/// Where an action takes the cursor.
fn targets(kind: &ActionKind) -> [Option<Rect>; 2] {
    match kind {
        ActionKind::Point { at, .. } | ActionKind::Type { at, .. } | ActionKind::Select { at, .. } => {
            [Some(*at), None]
        }
        ActionKind::Drag { from, to } => [Some(*from), Some(*to)],
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => [None, None],
    }
}

/// A point has no size and is never too small.
fn is_small(Rect { w, h, .. }: Rect) -> bool {
    let point = w <= 0.0 && h <= 0.0;
    !point && w.min(h) < SMALLEST
}

/// To one decimal.
fn round(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}
