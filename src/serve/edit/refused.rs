//! Why nothing was changed.

use crate::author::Unsaved;
use crate::source::ProjectPath;

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// There is no such guide, or no such picture in it.
    Missing,
    /// The edit asks for what can't be; lower case, no final full stop.
    Edit(String),
    /// The bytes are no picture.
    NoPicture(String),
    /// The file has changed where the edit wanted to: as the edit would have made it, and as it is.
    Conflict {
        /// The whole text as the edit would have made it.
        yours: String,
        /// The whole text on the disk.
        theirs: String,
    },
    /// The disk said no.
    Failed(String),
}

/// What an author reads of a file that was not written.
pub fn unsaved(error: Unsaved, path: &ProjectPath) -> Refused {
    match error {
        Unsaved::Changed => Refused::Failed(format!("something else lies at `{path}` by now: try again")),
        Unsaved::Failed(message) => Refused::Failed(message),
    }
}
