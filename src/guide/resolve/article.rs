//! The article from top to bottom: sections, chapters, steps, ids.

use super::Context;
use super::ids::{self, Ids};
use super::scenes::{Read, Shots, Stage};
use crate::guide::events::end_of;
use crate::guide::paths::path_of;
use crate::guide::verb::On;
use crate::guide::written::{Block, Events, Image, Part, StepForm, WrittenStep};
use crate::guide::{Body, Chapter, Prose, Section, Shot, Step, markdown, text};
use crate::project::Backdrop;
use crate::source::{ProjectPath, Span};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Largest side of a picture in a link that is a badge or a button, in points.
const SMALL: f64 = 200.0;

/// What the blocks of a guide become.
pub struct Article {
    pub sections: Vec<Section>,
    pub chapters: Vec<Chapter>,
    pub steps: Vec<Step>,
    pub shots: Vec<Shot>,
    /// By the index of a shot, that of what stands for it in dark.
    pub dark: BTreeMap<usize, usize>,
    /// The picture that the guide names, by the one of its language that is shown.
    pub firsts: BTreeMap<ProjectPath, ProjectPath>,
    pub inline: Vec<Shot>,
    /// Index of the shot on the cover.
    pub cover: Option<usize>,
    /// What stands behind the stage; a picture of it is among those amid text.
    pub backdrop: Backdrop,
    /// Numbers by label, in the order of first reference.
    pub footnotes: BTreeMap<String, usize>,
    pub words: usize,
    /// The first paragraph outside the steps; empty without one.
    pub first_paragraph: String,
}

impl Article {
    /// Reads all blocks but the heading that is the guide's title; links to that lead to the top of the page.
    pub fn read(context: &mut Context<'_>, heading: Option<usize>, title: &str) -> Article {
        let url = context.guide.front.url.as_ref().map(|url| url.value.clone());
        let mut writer = Writer {
            ids: Ids::default(),
            written: written_ids(context),
            stage: Stage::new(url),
            inline: Vec::new(),
            prose: Prose::default(),
            top: format!("#{}", ids::anchor(title)),
            article: Article {
                sections: Vec::new(),
                chapters: Vec::new(),
                steps: Vec::new(),
                shots: Vec::new(),
                dark: BTreeMap::new(),
                firsts: BTreeMap::new(),
                inline: Vec::new(),
                cover: None,
                backdrop: Backdrop::Brand,
                footnotes: BTreeMap::new(),
                words: 0,
                first_paragraph: String::new(),
            },
        };
        for id in writer.written.values() {
            writer.ids.reserve(id);
        }
        let guide = context.guide;
        for (at, block) in guide.blocks.iter().enumerate() {
            if heading != Some(at) {
                writer.block(block, guide.blocks.get(at + 1..).unwrap_or_default(), context);
            }
        }
        writer.finish(context)
    }
}

/// Whether steps come before the next heading. Where headings are steps, one of their level is a section beside them.
fn is_chapter(level: u8, after: &[Block], steps: &[WrittenStep]) -> bool {
    let is_above = |range: &Range<usize>| match steps.get(range.start).map(|step| step.form) {
        Some(StepForm::Label { level: own }) => level < own,
        Some(StepForm::Item | StepForm::Plain) | None => true,
    };
    after
        .iter()
        .find_map(|block| match block {
            Block::Heading { .. } => Some(false),
            Block::Steps { steps, span: _ } => Some(is_above(steps)),
            Block::Prose { .. } => None,
        })
        .unwrap_or(false)
}

/// The ids given by `@id`, by step; tells of those given twice.
fn written_ids(context: &mut Context<'_>) -> BTreeMap<usize, String> {
    let guide = context.guide;
    let mut ids = BTreeMap::new();
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    for (index, step) in guide.steps.iter().enumerate() {
        let mut given = step.parts.iter().filter_map(|part| match part {
            Part::Annotation(annotation) if annotation.verb.on == On::Step => {
                Some((annotation.span, annotation.word.as_ref()?))
            }
            _ => None,
        });
        let Some((_, word)) = given.next() else { continue };
        for (span, _) in given {
            let message = "a second `@id` in the same step";
            context.error("duplicate-annotation", span, message, "keep one of them");
        }
        if let Some(first) = places.get(&*word.value) {
            let line = context.source.position(first.start).line;
            let message = format!("the id `{}` is that of the step in line {line}", word.value);
            context.error("duplicate-id", word.span, message, "give each step an id of its own");
        } else {
            places.insert(&word.value, word.span);
            ids.insert(index, word.value.clone());
        }
    }
    ids
}

struct Writer {
    ids: Ids,
    written: BTreeMap<usize, String>,
    stage: Stage,
    inline: Vec<Shot>,
    /// Text outside the steps that is not in a section yet.
    prose: Prose,
    /// The address of the guide's own title.
    top: String,
    article: Article,
}

impl Writer {
    fn block(&mut self, block: &Block, after: &[Block], context: &mut Context<'_>) {
        match block {
            Block::Heading { level, content, anchor, span }
                if is_chapter(*level, after, &context.guide.steps) =>
            {
                self.flush();
                self.chapter(*level, content, anchor.as_deref(), *span, context);
            }
            Block::Heading { level, content, anchor, span } => {
                let mut events = vec![(heading(*level, anchor.as_deref()), *span)];
                events.extend(content.iter().cloned());
                events.push((Event::End(TagEnd::Heading(heading_level(*level))), *span));
                self.outside(&events, context);
            }
            Block::Prose { events, span: _ } => {
                if self.article.first_paragraph.is_empty() {
                    self.article.first_paragraph = text::first_paragraph(events).unwrap_or_default();
                }
                self.outside(events, context);
            }
            Block::Steps { steps, span: _ } => {
                self.flush();
                self.steps(steps.clone(), context);
            }
        }
    }

    fn chapter(
        &mut self,
        level: u8,
        content: &Events,
        anchor: Option<&str>,
        span: Span,
        context: &mut Context<'_>,
    ) {
        let title = text::plain(content);
        let id = self.ids.heading(anchor.unwrap_or(&title));
        let first = self.article.steps.len();
        let mut content = self.prose_of(content, context);
        self.article.words += text::words(&content.events);
        content.heading_ids = Vec::new();
        let chapter = self.article.chapters.len();
        let title = if title.is_empty() { context.source.slice(span).trim().to_owned() } else { title };
        self.article.chapters.push(Chapter { title, id, steps: first..first });
        self.article.sections.push(Section::Chapter { chapter, level, content });
    }

    fn outside(&mut self, events: &Events, context: &mut Context<'_>) {
        let mut prose = self.prose_of(events, context);
        self.article.words += text::words(&prose.events);
        self.prose.events.append(&mut prose.events);
        self.prose.heading_ids.append(&mut prose.heading_ids);
    }

    fn flush(&mut self) {
        if !self.prose.events.is_empty() {
            self.article.sections.push(Section::Prose(std::mem::take(&mut self.prose)));
        }
    }

    /// Gives the headings of a text their ids, checks its links, measures its pictures.
    fn prose_of(&mut self, events: &Events, context: &mut Context<'_>) -> Prose {
        let mut heading_ids = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Heading { id, .. }) => {
                    let inside = events.get(at..end_of(events, at)).unwrap_or_default();
                    let written = id.as_ref().map_or_else(|| text::plain(inside), ToString::to_string);
                    heading_ids.push(self.ids.heading(&written));
                }
                Event::FootnoteReference(label) => {
                    let next = self.article.footnotes.len() + 1;
                    self.article.footnotes.entry(label.to_string()).or_insert(next);
                }
                Event::Start(Tag::Image { .. }) => self.image(events, at, context),
                _ => {}
            }
        }
        let mut prose = Prose { events: events.clone(), heading_ids };
        context.check_links(&prose);
        self.name_pictures(&mut prose.events, context);
        for (event, _) in &mut prose.events {
            if let Event::Start(Tag::Link { dest_url, .. }) = event
                && **dest_url == *self.top
                && self.top.len() > 1
            {
                *dest_url = "#".into();
            }
        }
        prose
    }

    /// Pictures that were found under another name than the text says are named by their own.
    fn name_pictures(&self, events: &mut Events, context: &Context<'_>) {
        let folder = context.guide.path.parent();
        for (event, span) in events {
            if let Event::Start(Tag::Image { dest_url, .. }) = event
                && let Some(shot) = self.inline.iter().find(|shot| shot.span == *span)
                && path_of(dest_url, &folder).as_ref() != Ok(&shot.picture.path)
            {
                *dest_url = shot.picture.path.relative_to(&folder).into();
            }
        }
    }

    fn image(&mut self, events: &Events, at: usize, context: &mut Context<'_>) {
        let Some(image) = markdown::image(events, at, context.source) else { return };
        let embed = image.embed(context.source);
        let Some(picture) = self.stage.pictures.get(&image.target, embed, context) else { return };
        let known = |path: &ProjectPath| self.inline.iter().any(|shot| shot.picture.path == *path);
        if !known(&picture.path) {
            self.inline.push(Shot { picture, redactions: Vec::new(), crop: None, span: image.span });
        }
    }

    fn steps(&mut self, steps: Range<usize>, context: &mut Context<'_>) {
        let guide = context.guide;
        for index in steps {
            if let Some(written) = guide.steps.get(index) {
                self.step(index, written, context);
            }
        }
        let end = self.article.steps.len();
        if let Some(chapter) = self.article.chapters.last_mut() {
            chapter.steps.end = end;
        }
        let start = self.article.sections.iter().rev().find_map(|section| match section {
            Section::Steps(range) => Some(range.end),
            Section::Prose(_) | Section::Chapter { .. } => None,
        });
        self.article.sections.push(Section::Steps(start.unwrap_or(0)..end));
    }

    fn step(&mut self, index: usize, written: &WrittenStep, context: &mut Context<'_>) {
        let written = &self.without_buttons(written, context);
        let number = self.article.steps.len() + 1;
        let Read { scenes, first_own } = self.stage.step(written, context);
        let title = title(written);
        let id = match self.written.get(&index) {
            Some(id) => id.clone(),
            None => self.ids.step(&title),
        };
        let title = if title.is_empty() { format!("Step {number}") } else { title };
        let mut body = Vec::new();
        let mut words = 0;
        let mut scene = first_own;
        for part in &written.parts {
            match part {
                Part::Prose(events) => {
                    words += text::words(events);
                    body.push(Body::Prose(self.prose_of(events, context)));
                }
                Part::Screenshot(_) => {
                    body.push(Body::Scene(scene));
                    scene += 1;
                }
                Part::Annotation(_) => {}
            }
        }
        self.article.words += words;
        let chapter = self.article.chapters.len().checked_sub(1);
        let span = written.span;
        self.article.steps.push(Step { number, id, title, chapter, body, scenes, words, span });
    }

    /// A step whose small pictures in links, badges and buttons, are text.
    fn without_buttons<'w>(
        &mut self,
        written: &'w WrittenStep,
        context: &mut Context<'_>,
    ) -> Cow<'w, WrittenStep> {
        let is_linked = |part: &Part| matches!(part, Part::Screenshot(Image { link: Some(_), .. }));
        if !written.parts.iter().any(is_linked) {
            return Cow::Borrowed(written);
        }
        let mut step = written.clone();
        for part in &mut step.parts {
            let Part::Screenshot(image) = &*part else { continue };
            let Some(link) = &image.link else { continue };
            let size = self.stage.pictures.size(image, context);
            if size.is_some_and(|size| size.width <= SMALL && size.height <= SMALL) {
                *part = Part::Prose(button(image, link));
            }
        }
        Cow::Owned(step)
    }

    fn finish(mut self, context: &mut Context<'_>) -> Article {
        self.flush();
        let chosen = super::cover::cover(&self.article.steps, &mut self.stage, context);
        self.article.backdrop =
            super::backdrop::backdrop(&mut self.stage.pictures, &mut self.inline, context);
        let Shots { shots, dark, inline, firsts } = self.stage.finish(self.inline, context);
        let cover = chosen.or((!shots.is_empty()).then_some(0));
        Article { shots, dark, firsts, inline, cover, ..self.article }
    }
}

/// A picture in a link, as text.
fn button(image: &Image, link: &str) -> Events {
    let span = image.span;
    let tag = |dest: &str, is_image: bool| {
        let (link_type, dest_url, title, id) =
            (LinkType::Inline, dest.to_owned().into(), "".into(), "".into());
        if is_image {
            Tag::Image { link_type, dest_url, title, id }
        } else {
            Tag::Link { link_type, dest_url, title, id }
        }
    };
    vec![
        (Event::Start(Tag::Paragraph), span),
        (Event::Start(tag(link, false)), span),
        (Event::Start(tag(&image.target.value, true)), span),
        (Event::Text(image.alt.clone().into()), span),
        (Event::End(TagEnd::Image), span),
        (Event::End(TagEnd::Link), span),
        (Event::End(TagEnd::Paragraph), span),
    ]
}

/// The first sentence of a step; the alternative text of its screenshot if it has no text.
fn title(step: &WrittenStep) -> String {
    let sentence = step.parts.iter().find_map(|part| match part {
        Part::Prose(events) => Some(text::first_sentence(events)).filter(|title| !title.is_empty()),
        Part::Screenshot(_) | Part::Annotation(_) => None,
    });
    let alt = step.parts.iter().find_map(|part| match part {
        Part::Screenshot(image) => Some(image.alt.clone()).filter(|alt| !alt.is_empty()),
        Part::Prose(_) | Part::Annotation(_) => None,
    });
    sentence.or(alt).unwrap_or_default()
}

fn heading(level: u8, anchor: Option<&str>) -> Event<'static> {
    let level = heading_level(level);
    let id = anchor.map(|anchor| anchor.to_owned().into());
    Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() })
}

fn heading_level(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H2)
}
