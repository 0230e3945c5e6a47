//! Templates, written for earlier versions, that draw whole pictures where only a part is shown.

use super::files::Files;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// A warning for each template that draws the layers of shots and never asks for what is cut out of them.
pub fn check(files: &Files) -> Vec<Diagnostic> {
    let templates = files.iter().filter(|(name, _)| name.ends_with(".html"));
    let draws_whole = templates.filter(|(_, source)| {
        let text = source.text();
        text.contains(".layers") && !text.contains(".cut")
    });
    let warn = |(name, source): (&String, &Source)| {
        let message =
            format!("`{name}` draws whole pictures where only a part is shown: it never reads `layer.cut`");
        let help = "see `shot.html` of the built-in theme; without it a scrolled page covers its bars";
        Diagnostic::file_warning("theme-cut", source.path(), message).help(help)
    };
    draws_whole.map(warn).collect()
}
