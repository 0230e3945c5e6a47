//! The anchors that the project file names: what is hidden or not compared on pictures.

use super::anchor::Anchor;
use crate::diagnostic::Diagnostic;
use crate::project::{PROJECT_FILE, Settings};
use crate::source::ProjectPath;

/// Tells of every `hide` and `mask` of the project file that is no anchor.
pub fn check_captures(settings: &Settings) -> Vec<Diagnostic> {
    let path = ProjectPath::new(PROJECT_FILE).unwrap_or_default();
    let texts = settings.captures.values().flat_map(|capture| capture.hide.iter().chain(&capture.mask));
    let problems = texts.filter_map(|text| Some((text, Anchor::parse(&text.value).err()?)));
    problems
        .map(|(text, problem)| {
            let message = format!("`{}` is not an anchor: {}", text.value, problem.message);
            Diagnostic::error("bad-value", &path, text.span, message).help(problem.help)
        })
        .collect()
}
