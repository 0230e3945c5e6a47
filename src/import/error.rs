//! What goes wrong in an import, and what is said about what was left out.

use std::fmt;

/// Why nothing can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong: lower case, no final full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Line of the file that it stands in, from 1, if that is known.
    pub line: Option<usize>,
}

impl ImportError {
    /// An error and what to do about it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), line: None }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)
    }
}

impl std::error::Error for ImportError {}

/// A part that was left out or changed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportNote {
    /// What was left out: lower case, no final full stop.
    pub message: String,
    /// Line of the file that it stood in, from 1, if that is known.
    pub line: Option<usize>,
}

impl ImportNote {
    /// A note of no line.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None }
    }
}
