//! Diagnostics for programs: one JSON object a line.

use super::clean;
use super::report::{Placed, Report};
use serde::Serialize;
use std::fmt::Write;

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
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for placed in report.placed() {
        let json = serde_json::to_string(&line(report, placed)).unwrap_or_default();
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
    }
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
