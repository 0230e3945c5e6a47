//! Diagnostics in order, each with its lines and columns.

use super::{Counts, Diagnostic, Sources};
use crate::source::{Position, Source, Span};

/// The findings of a run, ready to be reported: sorted by file and place, each once.
#[derive(Debug)]
pub struct Report<'a> {
    placed: Vec<Placed<'a>>,
    prefix: &'a str,
}

/// A finding with the lines and columns of its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    /// `None` for a file as a whole, or one whose text is not known.
    pub(super) place: Option<Place<'a>>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) source: &'a Source,
    /// Within the text, on character boundaries.
    pub(super) span: Span,
    pub(super) start: Position,
    /// One past the last character.
    pub(super) end: Position,
}

impl<'a> Report<'a> {
    /// A report on `diagnostics`. `prefix` is shown before the paths of the project: the way from
    /// where the reader stands to the project's root, empty if they stand there.
    pub fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources, prefix: &'a str) -> Self {
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_by(|a, b| order(a).cmp(&order(b)));
        sorted.dedup();
        let mut rule = Rule::default();
        let placed = sorted.into_iter().map(|diagnostic| {
            let found = diagnostic.span.zip(sources.get(&diagnostic.path));
            Placed { diagnostic, place: found.map(|(span, source)| rule.place(source, span)) }
        });
        Self { placed: placed.collect(), prefix }
    }

    /// How many errors and warnings it tells of.
    pub fn counts(&self) -> Counts {
        Counts::new(self.placed.iter().map(|placed| placed.diagnostic))
    }

    pub(super) fn placed(&self) -> &[Placed<'a>] {
        &self.placed
    }

    /// The path of a finding as the reader would type it.
    pub(super) fn shown_path(&self, diagnostic: &Diagnostic) -> String {
        let (prefix, path) = (self.prefix, diagnostic.path.as_str());
        match (prefix.is_empty(), path.is_empty()) {
            (true, true) => ".".to_owned(),
            (true, false) => path.to_owned(),
            (false, true) => prefix.to_owned(),
            (false, false) => format!("{}/{path}", prefix.trim_end_matches(['/', '\\'])),
        }
    }
}

/// By file, then by place; what speaks of the whole file comes first. What follows from other findings comes last: a
/// picture is unused where a path to it is broken.
fn order(d: &Diagnostic) -> impl Ord + '_ {
    let follows = d.code == "unused-image";
    (follows, &d.path, d.span, d.severity, d.code, &d.message, &d.help)
}

/// Measures places from the start of the file to its end. It goes on from the place before, so that
/// many findings on one very long line cost one walk along it.
#[derive(Default)]
struct Rule<'a> {
    last: Option<(&'a Source, usize, Position)>,
}

impl<'a> Rule<'a> {
    fn place(&mut self, source: &'a Source, span: Span) -> Place<'a> {
        let boundary = |byte: usize| source.text().floor_char_boundary(byte);
        let span = Span::new(boundary(span.start), boundary(span.end));
        let start = match self.last {
            Some((last, byte, position)) if std::ptr::eq(last, source) => {
                further(source, byte, position, span.start)
            }
            _ => source.position(span.start),
        };
        self.last = Some((source, span.start, start));
        let end = further(source, span.start, start, span.end);
        Place { source, span, start, end }
    }
}

/// The position of `byte`, known that of an earlier one.
fn further(source: &Source, from: usize, position: Position, byte: usize) -> Position {
    let between = source.slice(Span::new(from, byte));
    if byte < from || between.contains('\n') {
        return source.position(byte);
    }
    Position { column: position.column + between.chars().count(), ..position }
}
