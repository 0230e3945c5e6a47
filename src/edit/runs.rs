//! The text of a step: what of its source is Markdown for people, in runs between screenshots and comments.

use crate::guide::{Part, WrittenStep};
use crate::source::{Source, Span};

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it stands, without white space around it.
    pub span: Span,
    /// The same without the step's indentation, lines ended by `\n`.
    pub markdown: String,
}

/// The runs of a step's text in order.
pub fn runs(step: &WrittenStep, source: &Source) -> Vec<Run> {
    let indent = indent(step, source);
    let texts = step.parts.iter().filter_map(|part| match part {
        Part::Prose(events) => events.iter().map(|(_, span)| *span).reduce(Span::to),
        Part::Screenshot(_) | Part::Annotation(_) => None,
    });
    let pieces = texts.flat_map(|span| without(span, &step.comments));
    let pieces = pieces.filter_map(|span| trimmed(span, source));
    pieces.map(|span| Run { span, markdown: outdent(source.slice(span), indent) }).collect()
}

/// How far the content of a step is indented, in columns (CommonMark 5.2).
pub fn indent(step: &WrittenStep, source: &Source) -> usize {
    let before = source.text().get(..step.span.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = columns(before.get(line..).unwrap_or_default(), 0);
    let text = source.slice(step.span);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = lead + digits + 1;
    let rest = text.get(digits + 1..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let content = columns(rest.get(..blank).unwrap_or_default(), marker);
    // Five columns or more, or nothing on the marker's line: the content starts one column after the marker.
    let empty = rest.get(blank..).is_none_or(|rest| rest.starts_with(['\n', '\r']) || rest.is_empty());
    if empty || content - marker > 4 { marker + 1 } else { content }
}

/// The column after some white space that starts at column `from`: tabs reach to the next multiple of 4.
pub fn columns(blank: &str, from: usize) -> usize {
    blank.chars().fold(from, |at, c| if c == '\t' { at + 4 - at % 4 } else { at + 1 })
}

/// A text without the indentation of its lines after the first.
pub fn outdent(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + "\n" + &line_outdent(line, indent))
}

/// A line without up to `indent` columns of white space; what a tab reaches beyond is kept as spaces.
fn line_outdent(line: &str, indent: usize) -> String {
    let mut at = 0;
    for (byte, c) in line.char_indices() {
        if at >= indent || !matches!(c, ' ' | '\t') {
            return " ".repeat(at.saturating_sub(indent)) + line.get(byte..).unwrap_or_default();
        }
        at = columns(c.encode_utf8(&mut [0; 4]), at);
    }
    String::new()
}

/// What is left of `span` between the comments.
fn without(span: Span, comments: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut at = span.start;
    for comment in comments.iter().filter(|comment| comment.start < span.end && comment.end > span.start) {
        left.push(Span::new(at, comment.start.max(at)));
        at = comment.end.max(at);
    }
    left.push(Span::new(at, span.end));
    left
}

fn trimmed(span: Span, source: &Source) -> Option<Span> {
    let text = source.slice(span);
    let start = span.start + text.len() - text.trim_start().len();
    let end = span.start + text.trim_end().len();
    (start < end).then(|| Span::new(start, end))
}
