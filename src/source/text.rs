//! A source text and the lines and columns of its bytes.

use super::{ProjectPath, Span};

/// A text read from a project, with the offsets of its lines.
#[derive(Debug, Clone)]
pub struct Source {
    path: ProjectPath,
    text: String,
    line_starts: Vec<usize>,
}

/// A place for people: both numbers count from 1, the column in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// The text at `path`.
    pub fn new(path: ProjectPath, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, line_starts }
    }

    /// Where the text came from.
    pub fn path(&self) -> &ProjectPath {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`; empty if the span does not lie in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Line and column of a byte; past the end, the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let start = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied().unwrap_or(0);
        let column = self.slice(Span::new(start, byte)).chars().count() + 1;
        Position { line, column }
    }

    /// The byte at a place; nothing if the text has no such place.
    pub fn offset(&self, place: Position) -> Option<usize> {
        let start = *self.line_starts.get(place.line.checked_sub(1)?)?;
        let line = self.line(place.line);
        let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        ends.skip(place.column.checked_sub(1)?).map(|at| start + at).next()
    }

    /// The text of a line counted from 1, without its line break; empty past the end.
    pub fn line(&self, line: usize) -> &str {
        let start = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied();
        let Some(start) = start else { return "" };
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        self.slice(Span::new(start, end)).trim_end_matches(['\n', '\r'])
    }
}
