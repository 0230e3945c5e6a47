//! Something outside the guides went wrong: status 2.

use crate::site::SinkError;

pub use crate::source::in_words as words;

/// What is said to people before the program ends with status 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong: lower case, no final full stop.
    pub message: String,
    /// What to type or do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure and what to do about it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()) }
    }

    /// A failure that explains itself.
    pub fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }
}

impl From<SinkError> for Failure {
    fn from(SinkError { message, help }: SinkError) -> Self {
        Self { message, help }
    }
}
