//! Words that are redacted on one screenshot and can be read on another: in another size, at another place, so that no
//! comparison of pixels finds them.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::screen::prints;
use crate::guide::{Rect, Resolved, Screens, Shot, Size};
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    code: "redacted-words",
    severity: Severity::Warning,
    summary: "a screenshot shows words that are redacted on another",
    check: Check::Project(check),
};

/// Points around a text: letters reach over their boxes.
const MARGIN: f64 = 2.0;

/// What is covered, by its hash: the guides and shots that redact it.
type Hidden<'a> = BTreeMap<u64, Vec<(&'a Resolved, &'a Shot)>>;

/// Guides keep hashes; the words themselves are read again only where two are the same.
fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut hidden = Hidden::new();
    for (_, resolved, _) in facts.guides {
        for covered in &resolved.seen.covered {
            let shot = resolved.shots.get(covered.shot).map(|shot| (*resolved, shot));
            hidden.entry(covered.print).or_default().extend(shot);
        }
    }
    for (_, resolved, _) in facts.guides {
        let shown = &resolved.seen.shown;
        if !hidden.keys().any(|print| shown.binary_search(print).is_ok()) {
            continue;
        }
        if let Ok(screens) = Screens::read(facts.world, &resolved.path) {
            guide(resolved, &screens, &hidden, found);
        }
    }
}

/// What one guide shows. Messages never quote the words: not everybody who reads them may know them.
fn guide(resolved: &Resolved, screens: &Screens, hidden: &Hidden<'_>, found: &mut Findings<'_>) {
    let mut reported = BTreeSet::new();
    for shot in &resolved.shots {
        for word in screens.shown(shot) {
            let prints = prints(&word.text);
            let Some((other, theirs)) = prints.iter().find_map(|print| nearest(hidden.get(print)?, resolved))
            else {
                continue;
            };
            let here = &shot.picture.path;
            let place = place(word.at, shot.picture.size());
            if reported.insert((here, place.clone())) {
                let place_of = match other.path == resolved.path {
                    true => format!("in `{}`", theirs.picture.path),
                    false => format!("by `{}`", other.path),
                };
                let message = format!("`{here}` shows at `{place}` words that are redacted {place_of}");
                let help = format!(
                    "add `@redact {place}` below this screenshot, or `@allow redacted-words` if they may be read"
                );
                found.at(&resolved.path, shot.span, message, help);
            }
        }
    }
}

/// Who redacts it: the guide itself, if it does.
fn nearest<'a>(hidden: &[(&'a Resolved, &'a Shot)], resolved: &Resolved) -> Option<(&'a Resolved, &'a Shot)> {
    let own = hidden.iter().find(|(other, _)| other.path == resolved.path);
    own.or(hidden.first()).copied()
}

/// A text with a margin, as a region of its picture in whole points.
fn place(Rect { x, y, w, h }: Rect, size: Size) -> String {
    let (left, top) = ((x - MARGIN).floor().max(0.0), (y - MARGIN).floor().max(0.0));
    let right = (x + w + MARGIN).ceil().min(size.width);
    let bottom = (y + h + MARGIN).ceil().min(size.height);
    format!("{left},{top} {}x{}", (right - left).max(1.0), (bottom - top).max(1.0))
}
