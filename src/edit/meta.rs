//! The front matter.

use super::ask::MetaEdit;
use super::replacement::{Refusal, Replacement};
use crate::guide::Guide;
use crate::source::Source;

pub fn set(_source: &Source, _guide: &Guide, _edit: &MetaEdit) -> Result<Vec<Replacement>, Refusal> {
    Err(Refusal::new("not yet"))
}
