//! What may be shown, once nothing is wrong with it.

use super::leak::Watch;
use super::loaded::{Loaded, load};
use crate::diagnostic::Diagnostic;
use crate::guide::{Resolved, Shot};
use crate::source::World;

/// A shot's picture, once nothing is wrong with it. A guide with faults is not written: what is left of it
/// is only checked, not encoded.
pub fn checked<'a>(
    resolved: &'a Resolved,
    shot: &'a Shot,
    watch: &mut Watch<'a>,
    world: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Loaded> {
    match load(shot, world) {
        Ok(loaded) => {
            diagnostics.extend(watch.check(resolved, shot, &loaded));
            diagnostics.is_empty().then_some(loaded)
        }
        Err(problem) => {
            diagnostics.push(problem.at(resolved, shot));
            None
        }
    }
}
