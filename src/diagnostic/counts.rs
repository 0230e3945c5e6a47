//! How many findings there are.

use super::{Diagnostic, Severity};
use std::fmt;

/// Numbers of findings by severity; shown as `2 errors, 1 warning`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// What keeps a guide from being written.
    pub errors: usize,
    /// What is weak.
    pub warnings: usize,
}

impl Counts {
    /// Counts a list.
    pub fn new<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = [plural(self.errors, "error"), plural(self.warnings, "warning")];
        let shown: Vec<String> = shown.into_iter().flatten().collect();
        f.write_str(
            if shown.is_empty() { "no errors, no warnings".into() } else { shown.join(", ") }.as_str(),
        )
    }
}

fn plural(number: usize, noun: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    }
}
