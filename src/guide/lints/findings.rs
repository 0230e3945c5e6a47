//! Where lints put what they find.

use super::Lint;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{ProjectPath, Span};

/// Collects the findings of one lint; code and severity are the lint's.
#[derive(Debug)]
pub struct Findings<'a> {
    lint: &'a Lint,
    all: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(lint: &'a Lint, all: &'a mut Vec<Diagnostic>) -> Self {
        Self { lint, all }
    }

    /// A finding at a place of a file.
    pub(super) fn at(
        &mut self,
        path: &ProjectPath,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let code = self.lint.code;
        let finding = match self.lint.severity {
            Severity::Error => Diagnostic::error(code, path, span, message),
            Severity::Warning => Diagnostic::warning(code, path, span, message),
        };
        self.all.push(finding.help(help));
    }

    /// A finding about a whole file.
    pub(super) fn file(&mut self, path: &ProjectPath, message: impl Into<String>, help: impl Into<String>) {
        let code = self.lint.code;
        let finding = match self.lint.severity {
            Severity::Error => Diagnostic::file_error(code, path, message),
            Severity::Warning => Diagnostic::file_warning(code, path, message),
        };
        self.all.push(finding.help(help));
    }
}
