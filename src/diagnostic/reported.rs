//! What has been reported, so that a program that keeps running reports no finding twice.

use super::{Diagnostic, Sources};
use crate::source::ProjectPath;
use std::collections::HashMap;

/// The findings of the run before, without their places: lines above them come and go.
#[derive(Debug, Default)]
pub struct Reported {
    counts: HashMap<Finding, usize>,
}

/// What makes a finding the same in two versions of a text: its message, and the line that it is about.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Finding {
    code: &'static str,
    path: ProjectPath,
    message: String,
    line: Option<String>,
}

impl Reported {
    /// Those of `found` that were not among those of the call before, in their order.
    pub fn unreported<'a>(&mut self, found: &'a [Diagnostic], sources: &Sources) -> Vec<&'a Diagnostic> {
        let mut before = std::mem::take(&mut self.counts);
        let mut new = Vec::new();
        for diagnostic in found {
            let finding = finding(diagnostic, sources);
            match before.get_mut(&finding).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => new.push(diagnostic),
            }
            *self.counts.entry(finding).or_default() += 1;
        }
        new
    }
}

fn finding(diagnostic: &Diagnostic, sources: &Sources) -> Finding {
    let Diagnostic { code, severity: _, path, span, message, help: _ } = diagnostic;
    let text = span.and_then(|span| Some(sources.get(path)?.slice(span)));
    let line = text.map(|text| text.lines().next().unwrap_or_default().to_owned());
    Finding { code, path: path.clone(), message: message.clone(), line }
}
