//! What may have to be redacted, as `capture.json` proposes it, until the author has decided on it.

use super::open::Open;
use crate::edit::{self, Area};
use crate::refresh::{Lock, MAX_LOCK, Proposal, lock_path};
use crate::source::{DiskWorld, ProjectPath, World};
use serde_json::{Value, json};

/// What `capture.json` knows of a guide, and its text; nothing if there is none.
pub fn known(world: &DiskWorld, guide: &ProjectPath) -> Option<(String, Lock)> {
    let bytes = world.read(&lock_path(guide), MAX_LOCK).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let lock = Lock::read(&text);
    Some((text, lock))
}

/// The proposals for a guide that no redaction covers, for the editor.
pub fn open(world: &DiskWorld, open: &Open) -> Vec<Value> {
    let path = open.source.path();
    let Some((_, lock)) = known(world, path) else { return Vec::new() };
    let outline = edit::outline(&open.source, &open.understood.guide, open.understood.resolved.as_ref());
    let redacted = |picture: &str, part: Area| {
        outline.steps.iter().flat_map(|step| &step.scenes).any(|scene| {
            let shown = scene.picture.and_then(|at| outline.pictures.get(at));
            shown.is_some_and(|shown| shown.path == picture)
                && scene.annotations.iter().any(|each| {
                    each.fields.verb == "redact"
                        && each.fields.region.is_some_and(|region| covers(region, part))
                })
        })
    };
    let shown = |picture: &str| outline.pictures.iter().any(|known| known.path == picture);
    let proposals = lock.proposals().into_iter().filter_map(|Proposal { picture, why, part, on }| {
        let picture = path.parent().join(&picture).ok()?;
        let area = Area { x: part.x, y: part.y, w: part.w, h: part.h };
        let is_open = shown(picture.as_str()) && !redacted(picture.as_str(), area);
        is_open.then(|| json!({ "picture": picture.as_str(), "why": why, "area": area, "on": on }))
    });
    proposals.collect()
}

/// Half a point is a rounding.
fn covers(region: Area, part: Area) -> bool {
    region.x <= part.x + 1.0
        && region.y <= part.y + 1.0
        && region.x + region.w >= part.x + part.w - 1.0
        && region.y + region.h >= part.y + part.h - 1.0
}
