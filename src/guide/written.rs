//! A guide as written: nothing decided yet, a place for everything.

use super::front::Front;
use super::verb::{Annotation, Kind, On, Verb};
use crate::source::{ProjectPath, Source, Span, Spanned};
use pulldown_cmark::Event;
use std::ops::Range;

/// Markdown events with their places in the whole source.
pub type Events = Vec<(Event<'static>, Span)>;

/// One guide as written.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The Markdown file.
    pub path: ProjectPath,
    /// The front matter.
    pub front: Front,
    /// What stands at the top level, in order. HTML comments are left out.
    pub blocks: Vec<Block>,
    /// The steps, in order.
    pub steps: Vec<WrittenStep>,
    /// Every `@allow`.
    pub allows: Vec<Allow>,
    /// Whether a limit or an unclosed front matter kept the text from being read: it can't be resolved.
    pub broken: bool,
}

/// A part of a guide at the top level.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its inline content, without the heading itself.
        content: Events,
        /// What `{#anchor}` behind it says.
        anchor: Option<String>,
        /// All of it.
        span: Span,
    },
    /// Anything that is neither a heading nor steps.
    Prose {
        /// Balanced events.
        events: Events,
        /// All of it.
        span: Span,
    },
    /// Steps that follow each other.
    Steps {
        /// Indices into [`Guide::steps`].
        steps: Range<usize>,
        /// All of it.
        span: Span,
    },
}

/// One step as written.
#[derive(Debug, Clone)]
pub struct WrittenStep {
    /// What it holds, in order.
    pub parts: Vec<Part>,
    /// Its comments, in order.
    pub comments: Vec<Span>,
    /// From its number to the end of what belongs to it.
    pub span: Span,
    /// How it is written.
    pub form: StepForm,
}

/// Ways to write a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepForm {
    /// An item of a numbered list, and perhaps blocks behind it.
    Item,
    /// A heading or a paragraph that begins with a number or a word for step, or a heading alone.
    Label {
        /// Of a heading, 1 to 6; of a paragraph, 7.
        level: u8,
    },
    /// Text that ends in a picture.
    Plain,
}

/// One screenshot of a step as written, with its annotations.
#[derive(Debug, Clone)]
pub struct WrittenScene<'a> {
    /// Its screenshot; `None`: that of the steps before.
    pub image: Option<&'a Image>,
    /// Its annotations in order, those of the whole step left out.
    pub annotations: Vec<&'a Annotation>,
}

impl WrittenStep {
    /// Whether it asks to be shown without the screenshot of the steps before.
    pub fn is_card(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Annotation(annotation) if annotation.verb.name == "card"))
    }

    /// What is done at a place of a screenshot, in order.
    pub fn placed_actions(&self) -> impl Iterator<Item = &Annotation> {
        self.parts.iter().filter_map(|part| match part {
            Part::Annotation(annotation)
                if annotation.verb.kind == Kind::Action && annotation.region.is_some() =>
            {
                Some(&**annotation)
            }
            Part::Annotation(_) | Part::Prose(_) | Part::Screenshot(_) => None,
        })
    }

    /// How many columns what belongs to the step is indented by: as far as its first word.
    pub fn indentation(&self, source: &Source) -> Option<usize> {
        if self.form != StepForm::Item {
            return None;
        }
        let text = source.slice(self.span);
        let marker = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let marker = marker.strip_prefix(['.', ')'])?;
        let column = source.position(self.span.start).column - 1;
        let marked = column + text.len() - marker.len();
        // A tab reaches to the next multiple of 4.
        let content = match marker.strip_prefix('\t') {
            Some(_) => (marked / 4 + 1) * 4,
            None => marked + marker.len() - marker.trim_start_matches(' ').len(),
        };
        let apart = content - marked > 4 || marker.starts_with(['\r', '\n']) || marker.is_empty();
        Some(if apart { marked + 1 } else { content })
    }

    /// The scenes, at least one. What stands before the step's first screenshot speaks of the screenshot before,
    /// which is a scene of its own then; only an address there, and what speaks to a replay, is meant for the screenshot that follows.
    pub fn scenes(&self) -> Vec<WrittenScene<'_>> {
        let mut scenes: Vec<WrittenScene<'_>> = Vec::new();
        let mut early: Vec<&Annotation> = Vec::new();
        for part in &self.parts {
            match part {
                Part::Prose(_) => {}
                Part::Screenshot(image) => {
                    scenes.push(WrittenScene { image: Some(image), annotations: std::mem::take(&mut early) });
                }
                Part::Annotation(annotation) if annotation.verb.on == On::Step => {}
                Part::Annotation(annotation) => match scenes.last_mut() {
                    Some(scene) => scene.annotations.push(annotation),
                    None if is_early(annotation.verb) => early.push(annotation),
                    None => scenes.push(WrittenScene { image: None, annotations: vec![annotation] }),
                },
            }
        }
        if scenes.is_empty() {
            scenes.push(WrittenScene { image: None, annotations: Vec::new() });
        }
        if let Some(first) = scenes.first_mut() {
            first.annotations.append(&mut early);
        }
        scenes
    }
}

/// Whether it speaks of the screenshot that follows where none stands before it in its step.
fn is_early(verb: &Verb) -> bool {
    matches!(verb.name, "url" | "goto") || verb.kind == Kind::Replay
}

/// A part of a step as written.
#[derive(Debug, Clone)]
pub enum Part {
    /// Text: balanced events.
    Prose(Events),
    /// An image on a line of its own.
    Screenshot(Image),
    /// An annotation. Between the events of one text it stands before that text.
    Annotation(Box<Annotation>),
}

/// An image as written.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its address, at its place within the image (the whole image where it stands elsewhere).
    pub target: Spanned<String>,
    /// Alternative text.
    pub alt: String,
    /// An emphasised line right below it, its title, or what its figure says.
    pub caption: Option<String>,
    /// The address of the link it stands in, unless that is a picture.
    pub link: Option<String>,
    /// All of it.
    pub span: Span,
}

impl Image {
    /// Where it stands if it is written `![[name]]`, which names a file wherever it lies.
    pub fn embed(&self, source: &Source) -> Option<Span> {
        source.slice(self.span).starts_with("![[").then_some(self.span)
    }
}

/// `@allow CODE …`: warnings that stay quiet.
#[derive(Debug, Clone)]
pub struct Allow {
    /// The codes, at least one.
    pub codes: Vec<Spanned<String>>,
    /// Index into [`Guide::steps`]; `None`: in the whole guide.
    pub step: Option<usize>,
}
