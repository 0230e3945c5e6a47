//! What has one right answer, as bytes in place of others: `check --fix` writes it into the author's file.

use super::written::WrittenStep;
use crate::source::{Source, Span};

/// A text in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What goes; empty where something is only added.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Indents a block as far as the text of the step that it belongs to.
pub fn indent(block: Span, step: &WrittenStep, source: &Source) -> Vec<Fix> {
    let text = source.text();
    let start = text.get(..block.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let lead = text.get(start..block.start).unwrap_or_default();
    let Some(wanted) = step.indentation(source) else { return Vec::new() };
    // White space of other kinds, or text before the block: no indentation to add to.
    let plain = lead.chars().all(|c| c == ' ') && lead.len() < wanted;
    if !plain {
        return Vec::new();
    }
    let more = " ".repeat(wanted - lead.len());
    let mut at = start;
    let mut fixes = Vec::new();
    for line in text.get(start..block.end).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            fixes.push(Fix { span: Span::at(at), text: more.clone() });
        }
        at += line.len();
    }
    fixes
}
