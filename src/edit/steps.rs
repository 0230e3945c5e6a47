//! Steps: added, repeated, removed, moved, cut in two.

use super::replacement::{Refusal, Replacement};
use crate::guide::Guide;
use crate::source::Source;

type Change = Result<Vec<Replacement>, Refusal>;

pub fn add(
    _source: &Source,
    _guide: &Guide,
    _after: Option<usize>,
    _markdown: &str,
    _path: Option<&str>,
    _alt: &str,
) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn duplicate(_source: &Source, _guide: &Guide, _step: usize) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn delete(_source: &Source, _guide: &Guide, _step: usize) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn shift(_source: &Source, _guide: &Guide, _step: usize, _to: usize) -> Change {
    Err(Refusal::new("not yet"))
}
pub fn split(
    _source: &Source,
    _guide: &Guide,
    _step: usize,
    _run: usize,
    _offset: usize,
    _at: Option<usize>,
) -> Change {
    Err(Refusal::new("not yet"))
}
