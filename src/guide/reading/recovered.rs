//! What a first look at a guide finds.

use super::view::Patch;
use crate::diagnostic::Diagnostic;

/// What a first look at a guide finds.
#[derive(Debug, Default)]
pub struct Recovered {
    /// What is read as something else, in order.
    pub patches: Vec<Patch>,
    /// What is reported.
    pub found: Vec<Diagnostic>,
}
