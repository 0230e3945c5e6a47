//! The text of a step: what of its source is Markdown for people, in runs between screenshots and comments.

use super::item::{Item, Margin, columns};
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

/// How far the lines of a step are indented, in columns.
pub fn indent(step: &WrittenStep, source: &Source) -> usize {
    Margin::own(step, source).map_or_else(|| Item::of(step, source).column, |margin| margin.columns)
}

/// A text without the indentation of its lines after the first.
pub fn outdent(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + "\n" + &strip(line, indent).1)
}

/// Takes up to `indent` columns of white space off a line: how many bytes that are, and what is left. What a tab
/// reaches beyond is kept as spaces.
pub fn strip(line: &str, indent: usize) -> (usize, String) {
    let mut at = 0;
    for (byte, c) in line.char_indices() {
        if at >= indent || !matches!(c, ' ' | '\t') {
            return (byte, " ".repeat(at.saturating_sub(indent)) + line.get(byte..).unwrap_or_default());
        }
        at = columns(c.encode_utf8(&mut [0; 4]), at);
    }
    (line.len(), String::new())
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
    // What is left of the lines of a comment in a quote is no text.
    let is_text = text.contains(|c: char| !c.is_whitespace() && c != '>');
    is_text.then(|| Span::new(start, end))
}
