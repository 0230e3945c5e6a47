//! Diagnostics for programs: one JSON object a line.

use super::clean;
use super::excerpt;
use super::report::{Placed, Report};
use serde::Serialize;
use std::fmt::Write;

impl Report<'_> {
    /// For programs: one JSON object a line.
    pub fn json(&self) -> String {
        render(self, false)
    }

    /// The same with the text of the line that each place starts on, for pages that show it.
    pub fn json_with_excerpts(&self) -> String {
        render(self, true)
    }
}

/// Lines and columns count from 1, columns in characters, the end is one past the last character.
/// All four are `null` for a file as a whole.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<Shown>,
}

/// The line a place starts on, or a part of it, and what of it is meant, in UTF-16 units as scripts count.
#[derive(Serialize)]
struct Shown {
    text: String,
    from: usize,
    to: usize,
}

/// `excerpts`: whether each has the text of its line.
fn render(report: &Report<'_>, excerpts: bool) -> String {
    let mut out = String::new();
    for placed in report.placed() {
        let mut line = line(report, placed);
        line.excerpt = placed.place.filter(|_| excerpts).map(|place| shown(&excerpt::around(&place)));
        let json = serde_json::to_string(&line).unwrap_or_default();
        push_escaped(&mut out, &json);
        out.push('\n');
    }
    out
}

fn line<'a>(report: &Report<'_>, placed: &Placed<'a>) -> Line<'a> {
    let diagnostic = placed.diagnostic;
    Line {
        file: report.shown_path(diagnostic),
        line: placed.place.map(|place| place.start.line),
        column: placed.place.map(|place| place.start.column),
        end_line: placed.place.map(|place| place.end.line),
        end_column: placed.place.map(|place| place.end.column),
        severity: diagnostic.severity.name(),
        code: diagnostic.code,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        excerpt: None,
    }
}

fn shown(excerpt: &excerpt::Excerpt) -> Shown {
    let units = |end: usize| excerpt.text.get(..end).unwrap_or_default().encode_utf16().count();
    let (from, to) = (units(excerpt.underline.start), units(excerpt.underline.end));
    Shown { text: excerpt.text.clone(), from, to }
}

/// Appends JSON. It lets some characters stand that command a terminal; inside strings, the only place
/// they can be in, their escapes mean the same.
fn push_escaped(out: &mut String, json: &str) {
    for c in json.chars() {
        match clean::replacement(c) {
            // Writing to a String cannot fail.
            Some(_) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            None => out.push(c),
        }
    }
}
