//! Diagnostics as workflow commands: GitHub shows them beside the lines of a change.

use super::clean;
use super::report::{Place, Placed, Report};

impl Report<'_> {
    /// For GitHub: one workflow command a line.
    pub fn github(&self) -> String {
        render(self)
    }
}

fn render(report: &Report<'_>) -> String {
    report.placed().iter().map(|placed| command(report, placed)).collect()
}

fn command(report: &Report<'_>, placed: &Placed<'_>) -> String {
    let diagnostic = placed.diagnostic;
    let mut properties = format!("file={}", property(&clean::message(&report.shown_path(diagnostic))));
    if let Some(place) = &placed.place {
        properties.push_str(&place_properties(place));
    }
    properties.push_str(&format!(",title={}", property(diagnostic.code)));
    let mut message = clean::message(&diagnostic.message);
    if let Some(help) = &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(&clean::help(help));
    }
    format!("::{} {properties}::{}\n", diagnostic.severity.name(), data(&message))
}

/// GitHub takes columns only where a place begins and ends on one line.
fn place_properties(place: &Place<'_>) -> String {
    let (start, end) = (place.start, place.end);
    let lines = format!(",line={},endLine={}", start.line, end.line);
    if start.line == end.line {
        format!("{lines},col={},endColumn={}", start.column, end.column)
    } else {
        lines
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
