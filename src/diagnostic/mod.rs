//! What is wrong or weak in a project, as data; and the one place that turns it into text.

mod clean;
mod counts;
mod excerpt;
mod failure;
mod github;
mod human;
mod json;
mod report;
mod reported;
mod sources;
#[cfg(test)]
mod tests;

pub use counts::Counts;
pub use failure::Failure;
pub use report::Report;
pub use reported::Reported;
pub use sources::Sources;

use crate::source::{ProjectPath, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The guide is not written.
    Error,
    /// The guide is written; `--strict` makes the exit status 1.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One finding at one place of one file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kebab-case name, the same for ever; each has a page in the reference.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file.
    pub path: ProjectPath,
    /// The bytes of the file it speaks of; `None` for the file as a whole (a picture, a missing file).
    pub span: Option<Span>,
    /// What is wrong: lower case, no final full stop, values in backticks.
    pub message: String,
    /// What to type or do instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, path: &ProjectPath, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, path, Some(span), message.into())
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, path: &ProjectPath, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, path, Some(span), message.into())
    }

    /// An error about a whole file.
    pub fn file_error(code: &'static str, path: &ProjectPath, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, path, None, message.into())
    }

    /// A warning about a whole file.
    pub fn file_warning(code: &'static str, path: &ProjectPath, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, path, None, message.into())
    }

    fn new(
        severity: Severity,
        code: &'static str,
        path: &ProjectPath,
        span: Option<Span>,
        message: String,
    ) -> Self {
        Self { code, severity, path: path.clone(), span, message, help: None }
    }

    /// The same with a `help:` line.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it keeps the guide from being written.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
