//! A guide as it is planned to be built.

use super::asking::Reads;
use crate::diagnostic::Diagnostic;
use crate::guide::{Guide, Resolved};
use crate::source::Source;

/// A guide that can be meant.
#[derive(Debug)]
pub struct Planned {
    /// Its text.
    pub source: Source,
    /// As written.
    pub guide: Guide,
    /// As meant.
    pub resolved: Resolved,
    /// Whether an error keeps it from being built.
    pub blocked: bool,
    /// Whether it was known from the build before, and nothing it consists of has changed.
    pub(super) known: bool,
    /// What it was made from.
    pub(super) asked: Reads,
    /// What was found while it was read.
    pub(super) found: Vec<Diagnostic>,
}
