//! What is wrong or weak, for the live script: the diagnostics of the terminal, as data.

use super::opener::Opener;
use crate::diagnostic::{Diagnostic, Report, Sources};
use std::path::Path;

/// Findings sent at most.
const MOST: usize = 100;

/// `{"root", "opener", "errors", "warnings", "found": […]}`; each finding as `check --format json` prints it, with the text of its line, errors
/// first. `root` is the project's folder, so that an editor can be given the path of a file;
/// `opener` the scheme of that editor's addresses.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources, root: &Path, opener: Opener) -> String {
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().cloned().partition(Diagnostic::is_error);
    let lines = |found: &[Diagnostic]| Report::new(found, sources, "").json_with_excerpts();
    let (wrong, weak) = (lines(&errors), lines(&warnings));
    let all: Vec<&str> = wrong.lines().chain(weak.lines()).take(MOST).collect();
    let root = serde_json::Value::from(root.to_string_lossy().into_owned());
    format!(
        "{{\"root\":{root},\"opener\":\"{}\",\"errors\":{},\"warnings\":{},\"found\":[{}]}}",
        opener.scheme,
        wrong.lines().count(),
        weak.lines().count(),
        all.join(",")
    )
}
