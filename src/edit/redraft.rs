//! A guide that exists, as a draft: what another tool wrote becomes a guide as we write it.

use super::draft::{Draft, DraftChapter, DraftPicture, DraftScene, DraftStep};
use super::image::one_line;
use super::item::{Item, columns};
use super::lines;
use super::runs::{Run, code_lead, indent, outdent, runs};
use crate::guide::{Block, Guide, Image, Part, StepForm, WrittenStep, plain, without_label};
use crate::source::{Source, Span};

/// A guide as a draft: its texts as they are written, its pictures under the addresses that it names. Front matter other
/// than the title is left out, and so is how its steps were numbered. A step whose lists or quotes hold screenshots is one
/// text that holds them, too: nothing in it moves.
pub fn redraft(source: &Source, guide: &Guide) -> Draft {
    let title = guide.front.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let mut writer = Writer { source, guide, draft: Draft { title, ..Draft::default() }, is_first: true };
    for block in &guide.blocks {
        writer.block(block);
    }
    writer.draft
}

struct Writer<'a> {
    source: &'a Source,
    guide: &'a Guide,
    draft: Draft,
    /// Whether no heading of the first level has come yet.
    is_first: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level: 1, content, .. } if self.is_title(&plain(content)) => {
                self.draft.title = plain(content);
            }
            Block::Heading { level: 1 | 2, content, .. } => {
                let title = Some(plain(content));
                self.draft.chapters.push(DraftChapter { title, ..DraftChapter::default() });
            }
            Block::Heading { span, .. } | Block::Prose { span, .. } => self.prose(*span),
            Block::Steps { steps, .. } => {
                let written = self.guide.steps.get(steps.clone()).unwrap_or_default();
                let step = |step| match is_parted(step) {
                    true => whole_step(step, self.source),
                    false => draft_step(step, self.source),
                };
                let steps: Vec<_> = written.iter().map(step).collect();
                self.in_chapter(|_| true, |chapter| chapter.steps.extend(steps));
            }
        }
    }

    /// Whether a heading says the title: the first one, unless the front matter has another.
    fn is_title(&mut self, heading: &str) -> bool {
        let is_first = std::mem::take(&mut self.is_first);
        is_first && (self.draft.title.is_empty() || one_line(&self.draft.title) == one_line(heading))
    }

    fn prose(&mut self, span: Span) {
        // Code that is indented keeps its white space, which may stand before the block.
        let start = lines::start(self.source.text(), span.start);
        let start = if lines::blank(self.source.text(), start, span.start) { start } else { span.start };
        let text = self.source.slice(Span::new(start, span.end)).trim_end().trim_start_matches(['\n', '\r']);
        let text = if columns(lines::lead(text, 0), 0) < 4 { text.trim_start() } else { text };
        if self.draft.chapters.is_empty() {
            return append(&mut self.draft.introduction, text);
        }
        self.in_chapter(
            |chapter| chapter.steps.is_empty(),
            |chapter| append(&mut chapter.introduction, text),
        );
    }

    /// Changes the last chapter if it can take what comes next, else a new one without a heading.
    fn in_chapter(&mut self, takes: impl Fn(&DraftChapter) -> bool, change: impl FnOnce(&mut DraftChapter)) {
        if !self.draft.chapters.last().is_some_and(takes) {
            self.draft.chapters.push(DraftChapter::default());
        }
        if let Some(last) = self.draft.chapters.last_mut() {
            change(last);
        }
    }
}

/// Whether a text of a step goes on behind a screenshot in it: a list, a quote, or HTML.
fn is_parted(step: &WrittenStep) -> bool {
    let shots = || {
        step.parts.iter().filter_map(|part| match part {
            Part::Screenshot(image) => Some(image.span),
            Part::Prose(_) | Part::Annotation(_) => None,
        })
    };
    step.parts.iter().any(|part| match part {
        Part::Prose(events) => {
            let span = events.iter().map(|(_, span)| *span).reduce(Span::to).unwrap_or_default();
            shots().any(|shot| span.contains(shot))
        }
        Part::Screenshot(_) | Part::Annotation(_) => false,
    })
}

/// A step as one text, as it is written.
fn whole_step(step: &WrittenStep, source: &Source) -> DraftStep {
    let start = match step.form {
        StepForm::Item => Item::new(step, source).content,
        StepForm::Label { .. } | StepForm::Plain => step.span.start,
    };
    let text = source.slice(Span::new(start, step.span.end)).trim();
    let text = outdent(text, indent(step, source));
    let sentence = match step.form {
        StepForm::Label { .. } => without_label(&text),
        StepForm::Item | StepForm::Plain => text,
    };
    let annotations = step.parts.iter().filter(|part| matches!(part, Part::Annotation(_))).count();
    DraftStep { sentence, within: Some(annotations), ..DraftStep::default() }
}

fn draft_step(step: &WrittenStep, source: &Source) -> DraftStep {
    let runs = runs(step, source);
    let markdown = |run: &Run| code_lead(run, step, source) + &run.markdown;
    let mut texts = runs.iter().map(|run| (run.span.start, markdown(run))).peekable();
    let mut drafted = DraftStep::default();
    for part in &step.parts {
        let at = match part {
            Part::Prose(_) => continue,
            Part::Screenshot(image) => image.span.start,
            Part::Annotation(annotation) => annotation.span.start,
        };
        while let Some((_, text)) = texts.next_if(|(start, _)| *start < at) {
            add(&mut drafted, &text);
        }
        match part {
            Part::Screenshot(image) => {
                let Image { target, alt, caption, link, .. } = image.clone();
                let picture = DraftPicture { path: target.value, alt, caption, link };
                drafted.scenes.push(DraftScene { picture: Some(picture), ..DraftScene::default() });
            }
            Part::Annotation(annotation) => {
                let line = source.slice(annotation.span).to_owned();
                match drafted.scenes.last_mut() {
                    Some(scene) => scene.annotations.push(line),
                    None => drafted.annotations.push(line),
                }
            }
            Part::Prose(_) => {}
        }
    }
    texts.for_each(|(_, text)| add(&mut drafted, &text));
    if matches!(step.form, StepForm::Label { .. }) {
        drafted.sentence = without_label(&drafted.sentence);
    }
    drafted
}

/// A text where the step has come to.
fn add(step: &mut DraftStep, text: &str) {
    append(step.scenes.last_mut().map_or(&mut step.sentence, |scene| &mut scene.text), text);
}

/// A block of Markdown behind others.
fn append(into: &mut String, text: &str) {
    if !into.is_empty() {
        into.push_str("\n\n");
    }
    into.push_str(text);
}
