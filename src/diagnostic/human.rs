//! Diagnostics for people.

use super::report::{Placed, Report};
use super::{Severity, clean, excerpt};
use crate::source::ProjectPath;
use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::HashMap;

/// How many findings of one kind are shown of one file before they are counted.
const FOLDED: usize = 3;
/// Wider than any excerpt (a tab is four columns, a wide character two): excerpts are cut before.
const COLUMNS: usize = 1_000;

impl Report<'_> {
    /// For people: message, place, the line with the place underlined, help. With `color`, ANSI styles.
    pub fn human(&self, color: bool) -> String {
        render(self, color, usize::MAX)
    }

    /// The same, with no more than a few findings of one kind in one file; the others are counted.
    pub fn short(&self, color: bool) -> String {
        render(self, color, FOLDED)
    }
}

/// Shows at most `most` findings of one kind in one file, and one more instead of counting it.
fn render(report: &Report<'_>, color: bool, most: usize) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(COLUMNS);
    let mut out = String::new();
    let mut counts: HashMap<(&ProjectPath, &str), usize> = HashMap::new();
    for placed in report.placed() {
        let key = (&placed.diagnostic.path, placed.diagnostic.code);
        *counts.entry(key).or_default() += 1;
    }
    let mut seen: HashMap<(&ProjectPath, &str), usize> = HashMap::new();
    for placed in report.placed() {
        let key = (&placed.diagnostic.path, placed.diagnostic.code);
        let all = counts.get(&key).copied().unwrap_or_default();
        let at = seen.entry(key).or_default();
        *at += 1;
        if *at > most && all - most > 1 {
            if *at == most + 1 {
                out.push_str(&folded(report, placed, all - most));
            }
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let text = renderer.render(&[group(placed)]);
        let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
        out.push_str(title);
        out.push('\n');
        out.push_str(&arrow(report, placed, color));
        if !rest.is_empty() {
            out.push_str(rest);
            out.push('\n');
        }
    }
    out
}

/// What stands for the findings of one kind in one file behind the first few.
fn folded(report: &Report<'_>, placed: &Placed<'_>, more: usize) -> String {
    let path = clean::message(&report.shown_path(placed.diagnostic));
    format!("\n... and {more} more `{}` in {path}; `--format json` lists all\n", placed.diagnostic.code)
}

/// Message, excerpt and help of one finding. The excerpt has no path, since the column would then be
/// counted in the excerpt, not in the line it is cut from: [`arrow`] tells the place.
fn group(placed: &Placed<'_>) -> Group<'static> {
    let diagnostic = placed.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean::message(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(place) = placed.place {
        let excerpt = excerpt::around(&place);
        let underline = AnnotationKind::Primary.span(excerpt.underline);
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).annotation(underline);
        group = group.element(snippet);
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(clean::help(help))),
        None => group,
    }
}

/// The line ` --> file:line:column`, its arrow above the edge of the excerpt.
fn arrow(report: &Report<'_>, placed: &Placed<'_>, color: bool) -> String {
    let mut path = clean::message(&report.shown_path(placed.diagnostic));
    let mut indent = 0;
    if let Some(place) = placed.place {
        indent = place.start.line.to_string().len();
        path.push_str(&format!(":{}:{}", place.start.line, place.start.column));
    }
    let indent = " ".repeat(indent);
    if color {
        let style = DEFAULT_LINE_NUM_STYLE;
        format!("{indent}{style}-->{style:#} {path}\n")
    } else {
        format!("{indent}--> {path}\n")
    }
}
