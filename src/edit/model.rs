//! What a guide holds, without places and white space: to tell whether an edit did what it was asked for.

use super::labels::parts;
use super::runs::runs;
use crate::guide::annotation::is_annotation;
use crate::guide::{Block, Guide, Part, StepForm, WrittenStep};
use crate::source::{Source, Span};

/// What a guide holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its steps.
    pub steps: Vec<StepModel>,
    /// What stands outside the steps, headings by themselves.
    pub headings: Vec<String>,
    /// Other text outside the steps.
    pub prose: Vec<String>,
    /// The front matter.
    pub front: String,
}

/// What a step holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepModel {
    /// Screenshots and annotations in order.
    pub pieces: Vec<Piece>,
    /// Its texts, each on one line, without the marks of quotes: a comment in a quote has them on its lines.
    pub texts: Vec<String>,
    /// Lines of comments that are no annotations.
    pub plain: Vec<String>,
}

/// A screenshot or an annotation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// Target and alternative text.
    Shot(String, String),
    /// An annotation as written.
    Annotation(String),
}

impl Model {
    /// What a guide holds.
    pub fn new(guide: &Guide, source: &Source) -> Self {
        let mut model = Self {
            steps: guide.steps.iter().map(|step| StepModel::new(step, source)).collect(),
            headings: Vec::new(),
            prose: Vec::new(),
            front: guide.front.span.map(|span| source.slice(span).to_owned()).unwrap_or_default(),
        };
        for block in &guide.blocks {
            match block {
                Block::Heading { span, .. } => model.headings.push(folded(source.slice(*span))),
                Block::Prose { span, .. } => model.prose.push(folded(source.slice(*span))),
                Block::Steps { .. } => {}
            }
        }
        model
    }
}

impl StepModel {
    fn new(step: &WrittenStep, source: &Source) -> Self {
        let piece = |part: &Part| match part {
            Part::Screenshot(image) => Some(Piece::Shot(image.target.value.clone(), image.alt.clone())),
            Part::Annotation(annotation) => Some(Piece::Annotation(source.slice(annotation.span).to_owned())),
            Part::Prose(_) => None,
        };
        // Each place among headings keeps its number, whichever step stands there.
        let label = matches!(step.form, StepForm::Label { .. });
        let text = |markdown: &str| match parts(markdown).filter(|_| label) {
            Some((lead, _, rest)) => folded(&format!("{lead}{rest}").replace('>', " ")),
            None => folded(&markdown.replace('>', " ")),
        };
        Self {
            pieces: step.parts.iter().filter_map(piece).collect(),
            texts: runs(step, source).iter().map(|run| text(&run.markdown)).collect(),
            plain: step.comments.iter().flat_map(|comment| plain(source, *comment)).collect(),
        }
    }

    /// The same without its `@id`s.
    pub fn without_ids(mut self) -> Self {
        let is_id = |line: &str| line.split_whitespace().next() == Some("@id");
        self.pieces.retain(|piece| !matches!(piece, Piece::Annotation(line) if is_id(line)));
        self
    }
}

fn plain(source: &Source, comment: Span) -> Vec<String> {
    let inner = source.slice(comment);
    let inner = inner.strip_prefix("<!--").unwrap_or(inner);
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let lines = inner.lines().map(|line| line.trim().trim_start_matches('>').trim());
    lines.filter(|line| !line.is_empty() && !is_annotation(line)).map(str::to_owned).collect()
}

/// A text with one space for all white space between words.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether all of `few` are among `many`, in that order.
pub fn among<T: PartialEq>(few: &[T], many: &[T]) -> bool {
    let mut many = many.iter();
    few.iter().all(|one| many.any(|other| other == one))
}

/// A list without one of its elements.
pub fn less<T: Clone>(all: &[T], at: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, one)| one.clone()).collect()
}
