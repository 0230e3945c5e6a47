//! Annotations: added, changed, removed, moved.

use super::ask::{Area, Said, Which};
use super::replacement::{Refusal, Replacement};
use crate::guide::Guide;
use crate::source::Source;

type Change = Result<Vec<Replacement>, Refusal>;

pub fn add(_source: &Source, _guide: &Guide, _step: usize, _scene: usize, _said: &Said) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn set(_source: &Source, _guide: &Guide, _at: usize, _said: &Said) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn set_region(_guide: &Guide, _at: usize, _which: Which, _area: Area) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn remove(_source: &Source, _guide: &Guide, _at: usize) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn shift(_source: &Source, _guide: &Guide, _at: usize, _by: isize) -> Change {
    Err(Refusal::new("not yet"))
}
