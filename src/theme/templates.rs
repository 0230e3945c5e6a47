//! The templates of a theme, compiled once.

use super::files::Files;
use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, Source, Span};
use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera};

/// Compiled templates and the sources that messages point into.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    files: Files,
}

impl Templates {
    /// Compiles the templates of a theme.
    ///
    /// # Errors
    /// A diagnostic with the place of what is no template.
    pub fn compile(files: &Files) -> Result<Self, Diagnostic> {
        let files: Files = files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, source)| (name.clone(), source.clone()))
            .collect();
        let mut tera = Tera::new();
        let sources = files.iter().map(|(name, source)| (name.as_str(), source.text()));
        match tera.add_raw_templates(sources) {
            Ok(()) => Ok(Self { tera, files }),
            Err(error) => Err(explain(&files, error.kind())),
        }
    }

    /// What the template `name` makes of `context`.
    ///
    /// # Errors
    /// A diagnostic with the template and the place that cannot be rendered: an unknown field, a filter
    /// that does not fit.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, Diagnostic> {
        Context::from_serialize(context)
            .and_then(|context| self.tera.render(name, &context))
            .map_err(|error| explain(&self.files, error.kind()))
    }
}

fn explain(files: &Files, kind: &ErrorKind) -> Diagnostic {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => at_its_place(files, report),
        ErrorKind::MissingParent { current: name, .. }
        | ErrorKind::CircularExtend { tpl: name, .. }
        | ErrorKind::CircularInclude { tpl: name, .. } => whole(files, name, kind),
        other => whole(files, "guide.html", other),
    }
}

fn whole(files: &Files, name: &str, kind: &ErrorKind) -> Diagnostic {
    let path = path_of(files, name);
    let message = kind.to_string();
    Diagnostic::file_error("theme-template", &path, message.lines().next().unwrap_or_default())
}

fn path_of(files: &Files, name: &str) -> ProjectPath {
    files.get(name).map(Source::path).cloned().unwrap_or_else(|| ProjectPath::new(name).unwrap_or_default())
}

fn at_its_place(files: &Files, report: &ReportError) -> Diagnostic {
    let (problem, known) = split(report.message());
    let span = report.span().range.clone();
    let path = path_of(files, report.filename());
    let found = Diagnostic::error("theme-template", &path, Span::from(span), sentence(problem));
    let wrong = problem.split('`').nth(1).unwrap_or_default();
    match super::near(wrong, known.iter().copied()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => found,
        None => found.help(format!("there are: {}", known.join(", "))),
    }
}

/// The engine's message and the names it lists behind it.
fn split(message: &str) -> (&str, Vec<&str>) {
    for list in [" Available fields: ", " Available variables: "] {
        if let Some((problem, names)) = message.split_once(list) {
            return (problem, names.split(", ").collect());
        }
    }
    (message, Vec::new())
}

/// As all messages are: lower case, no final full stop.
fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
