//! A guide as it is on the disk.

use crate::diagnostic::Diagnostic;
use crate::guide::{Parsed, Resolved};
use crate::project::Settings;
use crate::source::Source;

/// A guide as it is on the disk.
pub struct Open {
    /// The text.
    pub source: Source,
    /// As written.
    pub parsed: Parsed,
    /// As meant.
    pub resolved: Option<Resolved>,
    /// First bytes of what is wrong and has one right answer.
    pub fixes: Vec<usize>,
    /// What the last build found in it, if it was built of this text.
    pub built: Option<Vec<Diagnostic>>,
    /// What is wrong with what it means.
    pub found: Vec<Diagnostic>,
    /// Of the project.
    pub settings: Settings,
}
