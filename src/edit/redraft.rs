//! A guide that exists, as a draft: what another tool wrote becomes a guide as we write it.

use super::draft::{Draft, DraftChapter, DraftPicture, DraftScene, DraftStep};
use super::runs::runs;
use crate::guide::{Block, Guide, Part, StepForm, WrittenStep, plain, without_label};
use crate::source::{Source, Span};

/// A guide as a draft: its texts as they are written, its pictures under the addresses that it names. Front matter is
/// left out, and so is how its steps were numbered.
pub fn redraft(source: &Source, guide: &Guide) -> Draft {
    let mut writer = Writer { source, guide, draft: Draft::default() };
    for block in &guide.blocks {
        writer.block(block);
    }
    writer.draft
}

struct Writer<'a> {
    source: &'a Source,
    guide: &'a Guide,
    draft: Draft,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level: 1, content, .. } if self.draft.title.is_empty() => {
                self.draft.title = plain(content);
            }
            Block::Heading { level: 1 | 2, content, .. } => {
                let title = Some(plain(content));
                self.draft.chapters.push(DraftChapter { title, ..DraftChapter::default() });
            }
            Block::Heading { span, .. } | Block::Prose { span, .. } => self.prose(*span),
            Block::Steps { steps, .. } => {
                let written = self.guide.steps.get(steps.clone()).unwrap_or_default();
                let steps: Vec<_> = written.iter().map(|step| draft_step(step, self.source)).collect();
                self.in_chapter(|_| true, |chapter| chapter.steps.extend(steps));
            }
        }
    }

    fn prose(&mut self, span: Span) {
        let text = self.source.slice(span).trim();
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

fn draft_step(step: &WrittenStep, source: &Source) -> DraftStep {
    let runs = runs(step, source);
    let mut texts = runs.iter().map(|run| (run.span.start, run.markdown.as_str())).peekable();
    let mut drafted = DraftStep::default();
    for part in &step.parts {
        let at = match part {
            Part::Prose(_) => continue,
            Part::Screenshot(image) => image.span.start,
            Part::Annotation(annotation) => annotation.span.start,
        };
        while let Some((_, text)) = texts.next_if(|(start, _)| *start < at) {
            add(&mut drafted, text);
        }
        match part {
            Part::Screenshot(image) => {
                let picture = DraftPicture { path: image.target.value.clone(), alt: image.alt.clone() };
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
    texts.for_each(|(_, text)| add(&mut drafted, text));
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
