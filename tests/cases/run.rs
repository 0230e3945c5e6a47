//! Runs a case.

use super::case::Case;
use super::{dump, pictures};
use guidemark::diagnostic::Diagnostic;
use guidemark::source::{ProjectPath, Source};
use guidemark::{guide, project};
use std::fmt::Write;

/// The guide that findings name without its path.
const GUIDE: &str = "guides/guide.md";

/// What a case finds.
pub struct Found {
    /// The findings, one a line and a line for each help.
    pub findings: String,
    /// The resolved guides.
    pub resolved: Option<String>,
    /// Code and severity of each finding.
    pub codes: Vec<(String, String)>,
}

/// Loads the project of a case and reads all its guides.
pub fn run(case: &Case) -> Found {
    let files = case.files.iter().fold(pictures::PICTURES.clone(), |world, (path, text)| {
        world.with(ProjectPath::new(path).unwrap(), text.as_bytes())
    });
    let world = pictures::CaseWorld(files);
    let loaded = project::load(&world, None);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(guide::check_captures(&loaded.project.settings));
    let mut sources: Vec<Source> = loaded.project.source.iter().cloned().collect();
    let mut resolved = String::new();
    for path in &loaded.project.guides {
        let source = match guide::read(&world, path) {
            Ok(source) => source,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                continue;
            }
        };
        let parsed = guide::parse(&source);
        let resolution = guide::resolve(&parsed.guide, &source, &loaded.project.settings, &world);
        diagnostics.extend(parsed.diagnostics);
        diagnostics.extend(resolution.diagnostics);
        resolved.extend(resolution.resolved.as_ref().map(dump::dump));
        sources.push(source);
    }
    diagnostics.sort_by_key(|found| (found.path.clone(), found.span));
    let codes = diagnostics.iter().map(|found| (found.code.to_owned(), severity(found))).collect();
    let findings = diagnostics.iter().map(|found| line(found, &sources)).collect();
    Found { findings, resolved: Some(resolved).filter(|text| !text.is_empty()), codes }
}

fn severity(found: &Diagnostic) -> String {
    format!("{:?}", found.severity).to_lowercase()
}

fn line(found: &Diagnostic, sources: &[Source]) -> String {
    let source = sources.iter().find(|source| *source.path() == found.path);
    let file = if found.path.as_str() == GUIDE { String::new() } else { format!("{}:", found.path) };
    let place = match (found.span, source) {
        (Some(span), Some(source)) => {
            let (start, end) = (source.position(span.start), source.position(span.end));
            if start.line == end.line {
                format!("{file}{}:{}-{}", start.line, start.column, end.column)
            } else {
                format!("{file}{}:{}-{}:{}", start.line, start.column, end.line, end.column)
            }
        }
        _ => file.trim_end_matches(':').to_owned(),
    };
    let mut text = format!("{place} {}[{}] {}\n", severity(found), found.code, found.message);
    if let Some(help) = &found.help {
        writeln!(text, "  help: {help}").unwrap();
    }
    text
}
