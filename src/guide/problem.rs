//! Why an annotation can't be read.

use crate::source::Span;

/// Why an annotation can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The diagnostic's code.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Problem {
    /// All of a problem.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: help.into() }
    }
}
