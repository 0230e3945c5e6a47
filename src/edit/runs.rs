//! The text of a step: what of its source is Markdown for people, in runs between screenshots and comments.

use super::item::{Item, Margin, columns};
use super::lines;
use crate::guide::{Part, StepForm, WrittenStep};
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

/// How far the lines of a step are indented, in columns. What stands below a heading is not: indented lines are code there.
pub fn indent(step: &WrittenStep, source: &Source) -> usize {
    if step.form != StepForm::Item {
        return 0;
    }
    Margin::own(step, source).map_or_else(|| Item::new(step, source).column, |margin| margin.columns)
}

/// A text without the indentation of its lines after the first.
pub fn outdent(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + "\n" + &strip(line, indent).1)
}

/// The white space before a run that makes it code, less the step's indentation; empty before any other text.
pub fn code_lead(run: &Run, step: &WrittenStep, source: &Source) -> String {
    let lead = lines::lead(source.text(), run.span.start);
    let alone = lines::blank(source.text(), lines::start(source.text(), run.span.start), run.span.start);
    let beyond = columns(lead, 0).saturating_sub(indent(step, source));
    if alone && beyond >= 4 { " ".repeat(beyond) } else { String::new() }
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
