//! One step cut in two.

mod pieces;

use crate::edit::item::{Item, Margin};
use crate::edit::list::Marker;
use crate::edit::replacement::{Change, Refusal, Replacement, apply, between, tidy};
use crate::edit::runs::{indent, outdent};
use crate::edit::steps::{behind, place};
use crate::edit::{find, lines, uncomment};
use crate::guide::annotation::Annotation;
use crate::guide::{Guide, WrittenStep};
use crate::source::{Source, Span};
use pieces::{Piece, pieces};

/// Cuts a step at a byte of one of its texts, and of a scene's annotations at the one that starts at `at`.
pub fn split(
    source: &Source,
    guide: &Guide,
    step: usize,
    run: usize,
    offset: usize,
    at: Option<usize>,
) -> Change {
    let (list, item) = place(source, guide, step)?;
    let written = find::step(guide, step)?;
    let cut = Cut { source, step: written, pieces: pieces(source, written, run, offset, at)? };
    let content = cut.new_step();
    if content.is_empty() {
        return Err(Refusal::new("there is nothing behind this place: add a step instead"));
    }
    let marker = Marker::for_item(item, source).with(list.number_after(item, source));
    let ending = lines::ending(source.text(), item.end);
    let all = marker.item(&content, &Margin::for_step(guide, step, source), ending);
    let mut replacements = cut.goes(item);
    replacements.push(behind(source, item, list.breaks(step, guide, source), &all));
    Ok(fewest(source, Span::new(item.line, lines::end(source.text(), item.end)), replacements))
}

/// The same replacements within `span`, line by line.
fn fewest(source: &Source, span: Span, replacements: Vec<Replacement>) -> Vec<Replacement> {
    let moved = tidy(replacements).into_iter().map(|one| {
        let Span { start, end } = one.span;
        Replacement::new(Span::new(start - span.start, end - span.start), one.text)
    });
    let moved: Vec<Replacement> = moved.collect();
    between(source.slice(span), &apply(source.slice(span), &moved), span.start)
}

struct Cut<'a> {
    source: &'a Source,
    step: &'a WrittenStep,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Cut<'a> {
    /// What goes, next to each other.
    fn groups(&self) -> Vec<(Span, usize, usize)> {
        let mut groups: Vec<(Span, usize, usize)> = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate().filter(|(_, piece)| piece.goes) {
            match groups.last_mut().filter(|(_, _, last)| last + 1 == index) {
                Some((span, _, last)) => (*span, *last) = (span.to(piece.span), index),
                None => groups.push((piece.span, index, index)),
            }
        }
        groups
    }

    /// What takes away from the old step what goes.
    fn goes(&self, item: Item) -> Vec<Replacement> {
        let of_group = |(span, first, last): (Span, usize, usize)| {
            let before = first.checked_sub(1).and_then(|at| self.pieces.get(at)).map(|piece| piece.span.end);
            let after = self.pieces.get(last + 1).map(|piece| piece.span.start);
            match (before, after) {
                (Some(before), None) => Span::new(before, item.end),
                (Some(before), Some(_)) => Span::new(before, span.end),
                (None, Some(after)) => Span::new(span.start, after),
                (None, None) => Span::new(item.marked(), item.end),
            }
        };
        let mut spans: Vec<Span> = self.groups().into_iter().map(of_group).collect();
        for piece in &self.pieces {
            let text = self.source.text();
            spans.extend(
                piece.leaving.iter().map(|annotation| uncomment::one(text, piece.span, annotation.span)),
            );
        }
        spans.sort();
        let mut apart: Vec<Span> = Vec::new();
        for span in spans {
            match apart.last_mut().filter(|last| last.end >= span.start) {
                Some(last) => *last = last.to(span),
                None => apart.push(span),
            }
        }
        apart.into_iter().map(|span| Replacement::new(span, "")).collect()
    }

    /// The lines of the new step, without indentation.
    fn new_step(&self) -> Vec<String> {
        let indent = indent(self.step, self.source);
        let groups = self.groups().into_iter();
        let mut parts: Vec<(usize, String)> =
            groups.map(|(span, ..)| (span.start, outdent(self.source.slice(span), indent))).collect();
        for piece in self.pieces.iter().filter(|piece| !piece.leaving.is_empty()) {
            parts.push((piece.span.start, self.comment(&piece.leaving)));
        }
        parts.sort_by_key(|(at, _)| *at);
        let mut all = String::new();
        for (_, part) in &parts {
            let gap = if part.starts_with("<!--") { "\n" } else { "\n\n" };
            all += if all.is_empty() { "" } else { gap };
            all += part;
        }
        if all.is_empty() { Vec::new() } else { all.split('\n').map(str::to_owned).collect() }
    }

    fn comment(&self, annotations: &[&Annotation]) -> String {
        let lines: Vec<&str> =
            annotations.iter().map(|annotation| self.source.slice(annotation.span)).collect();
        match lines.as_slice() {
            [line] => format!("<!-- {line} -->"),
            lines => format!("<!--\n{}\n-->", lines.join("\n")),
        }
    }
}
