//! A guide as it is on the disk.

use crate::diagnostic::Diagnostic;
use crate::guide::Understood;
use crate::project::Settings;
use crate::source::Source;

/// A guide as it is on the disk.
pub struct Open {
    /// The text.
    pub source: Source,
    /// As written and as meant.
    pub understood: Understood,
    /// What the last build found in it, if it was built of this text.
    pub built: Option<Vec<Diagnostic>>,
    /// Of the project.
    pub settings: Settings,
}
