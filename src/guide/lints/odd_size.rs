//! A screenshot that jumps among its neighbours.

use super::facts::screenshots;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{Shot, Size};

pub(super) static LINT: Lint = Lint {
    code: "odd-size",
    severity: Severity::Warning,
    summary: "a screenshot has another size than those before and after it",
    check: Check::Guide(check),
};

/// A window that changes its size for good is no slip: only a screenshot unlike both its neighbours and
/// unlike the stage is.
fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let all: Vec<_> = screenshots(facts.resolved).collect();
    for (at, (scene, shot)) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        let neighbours: Vec<&Shot> =
            before.into_iter().chain(all.get(at + 1)).map(|(_, shot)| *shot).collect();
        let odd = !neighbours.is_empty() && neighbours.iter().all(|other| !fits(shot, other));
        if odd && !sizes(shot).into_iter().flatten().any(|size| same(size, facts.resolved.stage)) {
            let Size { width, height } = shown(shot);
            let Size { width: wide, height: high } = facts.resolved.stage;
            let message =
                format!("the screenshot is {width} × {height} points, most others are {wide} × {high}");
            let help = format!(
                "take it again in a window of the same size, or show a part: `@crop 0,0 {wide}x{high}`"
            );
            found.at(&facts.resolved.path, scene.span, message, help);
        }
    }
}

/// Whether two screenshots are of one size, as taken or as cropped: a crop is meant, and may fix a size.
fn fits(one: &Shot, other: &Shot) -> bool {
    let (one, other) = (sizes(one), sizes(other));
    one.into_iter().flatten().any(|a| other.into_iter().flatten().any(|b| same(a, b)))
}

/// As taken, and as cropped.
fn sizes(shot: &Shot) -> [Option<Size>; 2] {
    [Some(shot.picture.size()), shot.crop.map(|crop| Size { width: crop.w, height: crop.h })]
}

fn shown(shot: &Shot) -> Size {
    let [taken, cropped] = sizes(shot);
    cropped.or(taken).unwrap_or_else(|| shot.picture.size())
}

/// Less than a point is rounding.
fn same(a: Size, b: Size) -> bool {
    (a.width - b.width).abs() < 1.0 && (a.height - b.height).abs() < 1.0
}
