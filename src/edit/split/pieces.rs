//! What a step that is cut is made of.

use crate::edit::lines;
use crate::edit::replacement::Refusal;
use crate::edit::runs::{Run, indent, runs, strip};
use crate::guide::annotation::Annotation;
use crate::guide::{Part, WrittenScene, WrittenStep};
use crate::source::{Source, Span};

/// Something of a step that stays or goes as a whole, but for a comment that some of its annotations leave.
pub struct Piece<'a> {
    /// Where it stands.
    pub span: Span,
    /// Whether all of it goes.
    pub goes: bool,
    /// The annotations that leave a comment which stays.
    pub leaving: Vec<&'a Annotation>,
}

/// The pieces of a step that is cut at a byte of one of its texts.
pub fn pieces<'a>(
    source: &'a Source,
    step: &'a WrittenStep,
    run: usize,
    offset: usize,
    at: Option<usize>,
) -> Result<Vec<Piece<'a>>, Refusal> {
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
    Ok(pieces)
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
            let first = scene.annotations.iter().map(|annotation| annotation.span.start).min();
            scene.image.map(|image| image.span.start).or(first).is_some_and(|start| start < place)
        };
        return Ok(scenes.iter().rposition(begins).unwrap_or(0));
    };
    let holds =
        |scene: &WrittenScene<'_>| scene.annotations.iter().any(|annotation| annotation.span.start == at);
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
        let holder = |scene: &WrittenScene<'_>| {
            scene.annotations.iter().any(|annotation| annotation.span.start == place)
        };
        let image = |scene: &WrittenScene<'_>| scene.image.is_some_and(|image| image.span.start < place);
        scenes.iter().position(holder).or_else(|| scenes.iter().rposition(image)).unwrap_or(0)
    };
    let inner = step.parts.iter().filter_map(|part| match part {
        Part::Annotation(annotation) if span.contains(annotation.span) => Some(&**annotation),
        Part::Annotation(_) | Part::Prose(_) | Part::Screenshot(_) => None,
    });
    let inner: Vec<&Annotation> = inner.collect();
    let is_of_scene = |annotation: &Annotation| {
        scenes.iter().any(|scene| scene.annotations.iter().any(|other| other.span == annotation.span))
    };
    let leaves = |annotation: &Annotation| {
        let scene = scene_of(annotation.span.start);
        is_of_scene(annotation)
            && (scene > cut || (scene == cut && at.is_some_and(|at| annotation.span.start >= at)))
    };
    let first = inner
        .iter()
        .find(|annotation| is_of_scene(annotation))
        .map_or(span.start, |annotation| annotation.span.start);
    let leaving: Vec<&Annotation> = inner.iter().copied().filter(|annotation| leaves(annotation)).collect();
    let goes = scene_of(first) > cut || (!inner.is_empty() && leaving.len() == inner.len());
    Piece { span, goes, leaving: if goes { Vec::new() } else { leaving } }
}
