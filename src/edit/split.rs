//! One step cut in two.

use super::item::{Item, Margin};
use super::list::Marker;
use super::replacement::{Change, Refusal, Replacement, apply, between, tidy};
use super::runs::{Run, indent, outdent, runs, strip};
use super::steps::{behind, place};
use super::{find, lines, uncomment};
use crate::guide::annotation::Annotation;
use crate::guide::{Guide, Part, WrittenScene, WrittenStep};
use crate::source::{Source, Span};

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
    let cut = Cut::new(source, find::step(guide, step)?, run, offset, at)?;
    let content = cut.new_step();
    if content.is_empty() {
        return Err(Refusal::new("there is nothing behind this place: add a step instead"));
    }
    let marker = Marker::of(item, source).with(list.number_after(item, source));
    let ending = lines::ending(source.text(), item.end);
    let all = marker.item(&content, &Margin::of(guide, step, source), ending);
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

/// Something of a step that stays or goes as a whole, but for a comment that some of its annotations leave.
struct Piece<'a> {
    span: Span,
    goes: bool,
    /// The annotations that leave a comment which stays.
    leaving: Vec<&'a Annotation>,
}

struct Cut<'a> {
    source: &'a Source,
    step: &'a WrittenStep,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Cut<'a> {
    fn new(
        source: &'a Source,
        step: &'a WrittenStep,
        run: usize,
        offset: usize,
        at: Option<usize>,
    ) -> Result<Self, Refusal> {
        let all = runs(step, source);
        let Some(cut) = all.get(run) else { return Err(Refusal::new("the step has no such text")) };
        let place = place_in(source, step, cut, offset);
        let scenes = step.scenes();
        let scene = cut_scene(&scenes, place, at)?;
        let mut pieces = Vec::new();
        for (index, text) in all.iter().enumerate() {
            if index == run {
                pieces.extend(halves(source, text.span, place));
            } else {
                pieces.push(Piece { span: text.span, goes: index > run, leaving: Vec::new() });
            }
        }
        for (index, image) in scenes.iter().enumerate().filter_map(|(at, scene)| Some((at, scene.image?))) {
            pieces.push(Piece { span: image.span, goes: index > scene, leaving: Vec::new() });
        }
        pieces.extend(step.comments.iter().map(|span| comment(step, &scenes, *span, scene, at)));
        pieces.sort_by_key(|piece| piece.span.start);
        Ok(Self { source, step, pieces })
    }

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
            spans.extend(piece.leaving.iter().map(|said| uncomment::one(text, piece.span, said.span)));
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

    fn comment(&self, said: &[&Annotation]) -> String {
        let lines: Vec<&str> = said.iter().map(|said| self.source.slice(said.span)).collect();
        match lines.as_slice() {
            [line] => format!("<!-- {line} -->"),
            lines => format!("<!--\n{}\n-->", lines.join("\n")),
        }
    }
}

/// The byte of the file at an offset of a run's Markdown.
fn place_in(source: &Source, step: &WrittenStep, run: &Run, offset: usize) -> usize {
    let indent = indent(step, source);
    let (mut at, mut left) = (run.span.start, run.markdown.floor_char_boundary(offset));
    for (index, raw) in source.slice(run.span).split('\n').enumerate() {
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let (taken, rest) = if index == 0 { (0, line.to_owned()) } else { strip(line, indent) };
        if left <= rest.len() {
            // A tab may reach into the line as spaces.
            let place = at + taken + (left + line.len() - taken).saturating_sub(rest.len());
            return source.text().floor_char_boundary(place.min(run.span.end));
        }
        left -= rest.len() + 1;
        at += raw.len() + 1;
    }
    run.span.end
}

/// A text before and behind a place, without white space between.
fn halves<'a>(source: &Source, span: Span, place: usize) -> Vec<Piece<'a>> {
    let text = source.text();
    let head = Span::new(span.start, lines::trimmed(text, place).max(span.start));
    let rest = text.get(place..span.end).unwrap_or_default();
    let tail = Span::new(span.end - rest.trim_start().len(), span.end);
    let piece = |span: Span, goes| Piece { span, goes, leaving: Vec::new() };
    [piece(head, false), piece(tail, true)].into_iter().filter(|piece| !piece.span.is_empty()).collect()
}

/// The index of the scene that is cut.
fn cut_scene(scenes: &[WrittenScene<'_>], place: usize, at: Option<usize>) -> Result<usize, Refusal> {
    let Some(at) = at else {
        let begins = |scene: &WrittenScene<'_>| {
            let first = scene.annotations.iter().map(|said| said.span.start).min();
            scene.image.map(|image| image.span.start).or(first).is_some_and(|start| start < place)
        };
        return Ok(scenes.iter().rposition(begins).unwrap_or(0));
    };
    let holds = |scene: &WrittenScene<'_>| scene.annotations.iter().any(|said| said.span.start == at);
    let message = "the step has no such annotation of a screenshot";
    scenes.iter().position(holds).ok_or_else(|| Refusal::new(message))
}

/// Whether a comment goes, or what of it.
fn comment<'a>(
    step: &'a WrittenStep,
    scenes: &[WrittenScene<'a>],
    span: Span,
    cut: usize,
    at: Option<usize>,
) -> Piece<'a> {
    let scene_of = |place: usize| {
        let said = |scene: &WrittenScene<'_>| scene.annotations.iter().any(|said| said.span.start == place);
        let image = |scene: &WrittenScene<'_>| scene.image.is_some_and(|image| image.span.start < place);
        scenes.iter().position(said).or_else(|| scenes.iter().rposition(image)).unwrap_or(0)
    };
    let inner = step.parts.iter().filter_map(|part| match part {
        Part::Annotation(said) if span.contains(said.span) => Some(&**said),
        Part::Annotation(_) | Part::Prose(_) | Part::Screenshot(_) => None,
    });
    let inner: Vec<&Annotation> = inner.collect();
    let is_of_scene = |said: &Annotation| {
        scenes.iter().any(|scene| scene.annotations.iter().any(|other| other.span == said.span))
    };
    let leaves = |said: &Annotation| {
        let scene = scene_of(said.span.start);
        is_of_scene(said) && (scene > cut || (scene == cut && at.is_some_and(|at| said.span.start >= at)))
    };
    let first = inner.iter().find(|said| is_of_scene(said)).map_or(span.start, |said| said.span.start);
    let leaving: Vec<&Annotation> = inner.iter().copied().filter(|said| leaves(said)).collect();
    let goes = scene_of(first) > cut || (!inner.is_empty() && leaving.len() == inner.len());
    Piece { span, goes, leaving: if goes { Vec::new() } else { leaving } }
}
