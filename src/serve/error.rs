//! Why a server can't start.

use std::fmt;

/// Why a server can't start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeError {
    /// What is wrong: lower case, no final full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ServeError {
    /// An error without help.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// The same with a `help:` line.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ServeError {}
