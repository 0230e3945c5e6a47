//! What can go wrong between us and Chromium.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Why the browser did not do what it was asked.
#[derive(Debug)]
pub enum BrowserError {
    /// There is no Chromium: the names that were looked for.
    NotFound(Vec<String>),
    /// The program did not start, or ended before it could be talked to.
    Launch {
        /// The program.
        program: PathBuf,
        /// The system's words, or the last lines the program wrote.
        reason: String,
    },
    /// The connection broke.
    Connection(String),
    /// A command of the protocol was refused.
    Refused {
        /// The command, `Page.navigate`.
        method: String,
        /// The browser's words.
        message: String,
    },
    /// A script in the page threw.
    Script(String),
    /// An address could not be opened.
    Navigation {
        /// The address.
        url: String,
        /// The browser's words, `net::ERR_FILE_NOT_FOUND`.
        reason: String,
    },
    /// Something did not come in time.
    Timeout {
        /// What was waited for.
        what: String,
        /// How long.
        after: Duration,
        /// What was there instead.
        seen: String,
    },
    /// The page's process crashed.
    Crashed,
}

impl fmt::Display for BrowserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(names) => write!(f, "no Chromium found; looked for `{}`", names.join("`, `")),
            Self::Launch { program, reason } => {
                write!(f, "`{}` did not start: {reason}", program.display())
            }
            Self::Connection(reason) => write!(f, "the connection to the browser broke: {reason}"),
            Self::Refused { method, message } => write!(f, "the browser refused `{method}`: {message}"),
            Self::Script(message) => write!(f, "a script in the page failed: {message}"),
            Self::Navigation { url, reason } => write!(f, "`{url}` could not be opened: {reason}"),
            Self::Timeout { what, after, seen } => {
                write!(f, "waited {} ms for {what}; seen instead: {seen}", after.as_millis())
            }
            Self::Crashed => f.write_str("the page crashed"),
        }
    }
}

impl std::error::Error for BrowserError {}

impl BrowserError {
    /// Whether the browser is no longer there, so that another one may do what it was asked.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Connection(_) | Self::Crashed)
    }
}
