//! A picture that one guide redacts and another shows as it is.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::{Rect, Resolved, Shot};
use crate::project::logo::MAX_LOGO;
use crate::source::ProjectPath;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) static LINT: Lint = Lint {
    code: "redacted-elsewhere",
    severity: Severity::Error,
    summary: "a screenshot shows what another guide redacts in it",
    check: Check::Project(check),
};

/// The redacted shots of a project, by what their files hold.
type Redacted<'a> = HashMap<[u8; 32], Vec<(&'a Resolved, &'a Shot)>>;

/// The same file, or a copy of it: recognised by what it holds.
pub(super) fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut redacted = Redacted::new();
    for (_, resolved, _) in facts.guides {
        for shot in resolved.pictures().filter(|shot| !shot.redactions.is_empty()) {
            redacted.entry(shot.picture.hash).or_default().push((resolved, shot));
        }
    }
    check_logos(facts, &redacted, found);
    for (_, resolved, _) in facts.guides {
        let mut reported = BTreeSet::new();
        for shot in resolved.pictures() {
            let others = redacted.get(&shot.picture.hash).into_iter().flatten();
            for (other, theirs) in others.filter(|(other, _)| other.path != resolved.path) {
                for part in theirs.redactions.iter().filter_map(|part| shown(part.at, theirs, shot)) {
                    let (here, there) = (&shot.picture.path, &other.path);
                    let place = format!("{},{} {}x{}", part.x, part.y, part.w, part.h);
                    if reported.insert((here, place.clone())) {
                        let message = format!("`{here}` shows at `{place}` what `{there}` redacts in it");
                        let help = format!("add `@redact {place}` below this screenshot");
                        found.at(&resolved.path, shot.span, message, help);
                    }
                }
            }
        }
    }
}

/// A logo stands in pages as its file is, whatever redacts it.
fn check_logos(facts: &ProjectFacts<'_>, redacted: &Redacted<'_>, found: &mut Findings<'_>) {
    if redacted.is_empty() {
        return;
    }
    let read = |logo: &ProjectPath| {
        let bytes = facts.world.read(logo, MAX_LOGO).ok()?;
        redacted.get(blake3::hash(&bytes).as_bytes())?.first().copied()
    };
    let mut known = BTreeMap::new();
    for (_, resolved, _) in facts.guides {
        let own = resolved.app.as_ref().and_then(|app| app.logo.as_ref());
        for logo in own.into_iter().chain(&facts.project.settings.brand.logo) {
            if let Some((other, _)) = known.entry(logo).or_insert_with(|| read(logo)) {
                let message = format!("the logo `{logo}` is a picture that `{}` redacts", other.path);
                found.file(&resolved.path, message, "use another picture as the logo");
            }
        }
    }
}

/// The part that `theirs` redacts, in points of `shot`, if that shows any of it.
fn shown(part: Rect, theirs: &Shot, shot: &Shot) -> Option<Rect> {
    let scale = f64::from(theirs.picture.density) / f64::from(shot.picture.density.max(1));
    let part = Rect { x: part.x * scale, y: part.y * scale, w: part.w * scale, h: part.h * scale };
    let seen = match shot.crop {
        Some(crop) => common(part, crop)?,
        None => part,
    };
    let mut rest = vec![seen];
    for own in &shot.redactions {
        rest = rest.into_iter().flat_map(|part| without(part, own.at)).collect();
    }
    (!rest.is_empty()).then_some(part)
}

fn common(one: Rect, other: Rect) -> Option<Rect> {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    let (w, h) = ((one.x + one.w).min(other.x + other.w) - x, (one.y + one.h).min(other.y + other.h) - y);
    (w > 0.0 && h > 0.0).then_some(Rect { x, y, w, h })
}

/// What is left of `part` outside of `hole`.
fn without(part: Rect, hole: Rect) -> Vec<Rect> {
    let Some(hole) = common(part, hole) else { return vec![part] };
    let (right, bottom) = (part.x + part.w, part.y + part.h);
    let rests = [
        Rect { h: hole.y - part.y, ..part },
        Rect { y: hole.y + hole.h, h: bottom - hole.y - hole.h, ..part },
        Rect { w: hole.x - part.x, y: hole.y, h: hole.h, ..part },
        Rect { x: hole.x + hole.w, w: right - hole.x - hole.w, y: hole.y, h: hole.h },
    ];
    rests.into_iter().filter(|rest| rest.w > 0.0 && rest.h > 0.0).collect()
}
