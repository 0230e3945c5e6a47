//! Why a recording can't be made.

use crate::browser::BrowserError;
use crate::capture::{KeepError, RecordError, how_to_get_one};
use crate::serve::edit::Refused;

/// What is wrong, and what to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// Lower case, no final full stop.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

impl Problem {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// A recording can't be read.
    pub fn unread(why: impl std::fmt::Display) -> Self {
        Self::new(format!("what was recorded can't be read: {why}"), "")
    }

    /// There is no browser on this machine.
    pub fn no_browser() -> Self {
        let message = "there is no browser on this machine to record with";
        Self::new(message, how_to_get_one("guidemark serve") + ", and start the server again")
    }
}

impl From<(String, String)> for Problem {
    fn from((message, help): (String, String)) -> Self {
        Self { message, help }
    }
}

impl From<BrowserError> for Problem {
    fn from(error: BrowserError) -> Self {
        match error {
            BrowserError::NotFound(_) => Self::no_browser(),
            BrowserError::Navigation { .. } => {
                Self::new(error.to_string(), "look whether the application runs")
            }
            error => Self::new(error.to_string(), ""),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Browser(error) => error.into(),
            RecordError::NotFound(anchor, seen) => Self::new(format!("`{anchor}` is not on the page"), seen),
            RecordError::Step(message, help) => Self::new(message, help),
        }
    }
}

impl From<KeepError> for Problem {
    fn from(error: KeepError) -> Self {
        let help = match &error {
            KeepError::Taken(_) => "give it another title",
            KeepError::Leak { .. } => {
                "nothing of this step was written; type the variable into its field alone"
            }
            KeepError::Disk(..) => "",
        };
        Self::new(error.to_string(), help)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Missing => Self::new("there is no such guide any more", "load the page again"),
            Refused::Edit(message) | Refused::NoPicture(message) | Refused::Failed(message) => {
                Self::new(message, "")
            }
            Refused::Conflict { .. } => Self::new("the file has changed at the same place", "try again"),
        }
    }
}
