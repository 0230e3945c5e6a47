//! Text into a [`Guide`]: which lists are steps, and what belongs to them.

mod content;

use super::annotation::{self, Line};
use super::blocks::{html_pieces, item_content};
use super::comment;
use super::events::end_of;
use super::fix::{self, Fix};
use super::front;
use super::markdown;
use super::reading::pieces::{Piece, StepHead, StepPlan};
use super::reading::plan;
use super::reading::{self, View, heads};
use super::written::{Allow, Block, Events, Guide, Part, StepForm, WrittenStep};
use crate::diagnostic::Diagnostic;
use crate::project::url;
use crate::source::{Source, Span};
use content::Content;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Most steps in a guide.
pub const MAX_STEPS: usize = 500;
/// Largest Markdown text, in bytes, front matter aside.
pub const MAX_TEXT: usize = 1024 * 1024;

/// A guide as written and what is wrong with how it is written.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// What was understood.
    pub guide: Guide,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// What of it has one right answer, in order.
    pub fixes: Vec<Fix>,
}

/// Reads a guide. Never fails: what can't be understood is left out and reported.
pub fn parse(source: &Source) -> Parsed {
    let mut found = Vec::new();
    let split = front::split(source.text());
    let front = front::read(&split, source, &mut found);
    let mut reader = Reader {
        source,
        found,
        fixes: Vec::new(),
        bare_html: false,
        comments: Vec::new(),
        guide: Guide {
            path: source.path().clone(),
            broken: split.unclosed.is_some(),
            front,
            blocks: Vec::new(),
            steps: Vec::new(),
            allows: Vec::new(),
        },
    };
    match checked_events(source, split.body, &mut reader) {
        Ok(events) => reader.blocks(&events),
        Err(diagnostic) => {
            reader.found.push(diagnostic);
            reader.guide.broken = true;
        }
    }
    reader.fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    Parsed { guide: reader.guide, diagnostics: reader.found, fixes: reader.fixes }
}

/// The events of a guide as it is meant.
fn checked_events(source: &Source, body: usize, reader: &mut Reader<'_>) -> Result<Events, Diagnostic> {
    let path = source.path();
    if source.text().len() - body > MAX_TEXT {
        let message = format!("the guide is larger than {} MB", MAX_TEXT / 1024 / 1024);
        return Err(Diagnostic::error("too-large", path, Span::at(body), message)
            .help("split it into several guides"));
    }
    let deep = |span| {
        let message = format!("nested more than {} levels deep", markdown::MAX_DEPTH);
        Diagnostic::error("too-deep", path, span, message).help("write it with fewer levels")
    };
    let events = markdown::events(source, body).map_err(deep)?;
    let recovered = reading::recover(&events, source, body);
    reader.found.extend(recovered.found);
    let right = recovered.patches.iter().filter(|patch| patch.right);
    reader.fixes.extend(right.map(|patch| Fix { span: patch.span, text: patch.text.clone() }));
    if recovered.patches.is_empty() {
        return Ok(reading::notes(events));
    }
    let view = View::new(source, body, &recovered.patches);
    markdown::placed(&view.text, |span| view.source(span)).map(reading::notes).map_err(deep)
}

/// Reads a guide's blocks into a [`Guide`].
pub struct Reader<'a> {
    /// The text.
    pub source: &'a Source,
    found: Vec<Diagnostic>,
    fixes: Vec<Fix>,
    guide: Guide,
    /// Whether the block being read is HTML at the top level.
    bare_html: bool,
    /// The comments of the step being read.
    comments: Vec<Span>,
}

/// What an annotation is written in.
#[derive(Clone, Copy)]
pub enum Place {
    /// Text outside the steps.
    Prose,
    /// A step.
    Step,
}

impl Reader<'_> {
    fn blocks(&mut self, events: &Events) {
        let form = self.guide.front.steps.map(|form| form.value).unwrap_or_default();
        let plan = plan::plan(events, self.source, form);
        self.found.extend(plan.found);
        self.fixes.extend(plan.fixes);
        for piece in plan.pieces {
            match piece {
                Piece::Block(range) => self.outside(events.get(range).unwrap_or_default()),
                Piece::Steps(steps) => {
                    if !self.steps(events, &steps) {
                        self.guide.broken = true;
                        return;
                    }
                }
            }
        }
    }

    /// A block that belongs to no step.
    fn outside(&mut self, block: &[(Event<'static>, Span)]) {
        let Some((first, span)) = block.first() else { return };
        self.bare_html = matches!(first, Event::Start(Tag::HtmlBlock));
        if let Event::Start(Tag::Heading { level, id, .. }) = first {
            let anchor = id.as_ref().map(ToString::to_string);
            let inner = block.get(1..block.len().saturating_sub(1)).unwrap_or_default();
            let content = self.prose(inner);
            self.guide.blocks.push(Block::Heading { level: *level as u8, content, anchor, span: *span });
            return;
        }
        let events = self.prose(block);
        if !events.is_empty() {
            self.guide.blocks.push(Block::Prose { events, span: *span });
        }
    }

    /// Notes what has one right answer.
    pub fn fix(&mut self, fix: Fix) {
        self.fixes.push(fix);
    }

    /// Reads steps that follow each other; `false` if there are too many to go on.
    fn steps(&mut self, events: &Events, steps: &[StepPlan]) -> bool {
        let first = self.guide.steps.len();
        for plan in steps {
            let span = step_span(events, plan);
            if self.guide.steps.len() == MAX_STEPS {
                let message = format!("more than {MAX_STEPS} steps");
                let diagnostic =
                    Diagnostic::error("too-many-steps", self.source.path(), Span::at(span.start), message);
                self.found.push(diagnostic.help("split it into several guides"));
                return false;
            }
            let mut content = Content::default();
            let form = self.head(events, &plan.head, &mut content);
            for block in &plan.blocks {
                self.content(events.get(block.clone()).unwrap_or_default(), &mut content);
            }
            let end = span.start + self.source.slice(span).trim_end().len();
            let comments = std::mem::take(&mut self.comments);
            let parts = content.finish();
            let step = WrittenStep { parts, comments, span: Span::new(span.start, end), form };
            let blocks = plan.blocks.iter().filter_map(|block| events.get(block.start));
            self.fixes.extend(blocks.flat_map(|(_, block)| fix::indent(*block, &step, self.source)));
            self.guide.steps.push(step);
        }
        let written = self.guide.steps.get(first..).unwrap_or_default();
        let span = written.iter().map(|step| step.span).reduce(Span::to).unwrap_or_default();
        self.guide.blocks.push(Block::Steps { steps: first..self.guide.steps.len(), span });
        true
    }

    /// What a step begins with.
    fn head(&mut self, events: &Events, head: &StepHead, content: &mut Content) -> StepForm {
        match head {
            StepHead::Item { list, item } => {
                let list = events.get(list.clone()).unwrap_or_default();
                self.content(item_content(list, item), content);
                StepForm::Item
            }
            StepHead::Labelled { block, label } => {
                let block = events.get(block.clone()).unwrap_or_default();
                let inner = block.get(1..block.len().saturating_sub(1)).unwrap_or_default();
                let inner = heads::without_label(inner, *label);
                let level = match block.first() {
                    Some((Event::Start(Tag::Heading { level, .. }), _)) => *level as u8,
                    _ => heads::PARAGRAPH,
                };
                let (Some(first), Some(last)) = (block.first(), block.last()) else {
                    return StepForm::Label { level };
                };
                if heads::has_words(&inner) {
                    let first = (titled(first.0.clone(), block), first.1);
                    let whole: Events = [first].into_iter().chain(inner).chain([last.clone()]).collect();
                    self.content(&whole, content);
                }
                StepForm::Label { level }
            }
            StepHead::Plain => StepForm::Plain,
        }
    }

    /// Text outside the steps.
    fn prose(&mut self, events: &[(Event<'static>, Span)]) -> Events {
        let mut prose = Events::new();
        self.clean(events, &mut prose, &mut Vec::new(), Place::Prose);
        prose
    }

    /// Copies events, takes the comments out, and reads them.
    pub fn clean(
        &mut self,
        events: &[(Event<'static>, Span)],
        prose: &mut Events,
        parts: &mut Vec<Part>,
        place: Place,
    ) {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(events, at);
                    let pieces: Vec<Span> = html_pieces(events.get(at..end)).collect();
                    let rest = self.html(pieces, parts, place);
                    self.push_html(&rest, prose, *span);
                    at = end;
                    continue;
                }
                Event::InlineHtml(_) => {
                    let pieces = comment::inline_pieces(self.source.text(), *span);
                    for rest in self.html(pieces, parts, place) {
                        match html_image(self.source.slice(rest), rest) {
                            Some(image) => prose.extend(image),
                            None => {
                                let html = self.source.slice(rest).to_owned();
                                prose.push((Event::InlineHtml(html.into()), rest));
                            }
                        }
                    }
                }
                Event::Text(_) => {
                    self.unclosed_inline(*span);
                    prose.push((event.clone(), *span));
                }
                _ => prose.push((event.clone(), *span)),
            }
            at += 1;
        }
    }

    fn push_html(&self, rest: &[Span], prose: &mut Events, block: Span) {
        if rest.iter().all(|span| self.source.slice(*span).trim().is_empty()) {
            return;
        }
        let all = rest.iter().copied().reduce(Span::to).unwrap_or(block);
        if self.push_pictures(all, prose, block) {
            return;
        }
        prose.push((Event::Start(Tag::HtmlBlock), block));
        for span in rest {
            let html = self.source.slice(*span).to_owned();
            prose.push((Event::Html(html.into()), *span));
        }
        prose.push((Event::End(TagEnd::HtmlBlock), block));
    }

    /// Adds a block of nothing but pictures, perhaps with a caption, as a paragraph of them; `false` for any other.
    fn push_pictures(&self, all: Span, prose: &mut Events, block: Span) -> bool {
        let html = self.source.slice(all);
        if !reading::html::is_wrapping(&reading::html::without_pictures(html)) {
            return false;
        }
        let tags = reading::html::tags(html, all.start);
        let images: Option<Vec<Events>> = tags
            .iter()
            .filter(|tag| tag.name == "img")
            .map(|tag| html_image(self.source.slice(tag.span), tag.span))
            .collect();
        let Some(images) = images.filter(|images| !images.is_empty()) else { return false };
        prose.push((Event::Start(Tag::Paragraph), block));
        prose.extend(images.into_iter().flatten());
        prose.push((Event::End(TagEnd::Paragraph), block));
        if let Some(caption) = reading::html::caption(html) {
            let inside = [
                Event::Start(Tag::Paragraph),
                Event::Start(Tag::Emphasis),
                Event::Text(caption.into()),
                Event::End(TagEnd::Emphasis),
                Event::End(TagEnd::Paragraph),
            ];
            prose.extend(inside.into_iter().map(|event| (event, block)));
        }
        true
    }

    /// Reads the comments of a piece of HTML; returns what is left of it.
    pub fn html(&mut self, pieces: Vec<Span>, parts: &mut Vec<Part>, place: Place) -> Vec<Span> {
        let text = self.source.text();
        let found = comment::scan(text, pieces);
        for comment in &found.comments {
            if !comment.closed {
                self.unclosed(Span::new(comment.span.start, comment.span.start + "<!--".len()));
            }
            if let Place::Step = place {
                self.comments.push(comment.span);
            }
            for (line, at) in &comment.lines {
                self.line(line, *at, parts, place);
            }
        }
        found.rest
    }

    fn line(&mut self, line: &str, at: usize, parts: &mut Vec<Part>, place: Place) {
        let path = self.source.path();
        match annotation::read(line, at) {
            Ok(Line::Plain) => {}
            Ok(Line::Note(span)) => {
                let message =
                    format!("`{}` is not an annotation: the line is a comment", self.source.slice(span));
                let help = "leave out the `@` if it is meant as a comment";
                self.found.push(Diagnostic::warning("unknown-note", path, span, message).help(help));
            }
            Ok(Line::Allow(codes)) => {
                let step = match place {
                    Place::Prose => None,
                    Place::Step => Some(self.guide.steps.len()),
                };
                self.guide.allows.push(Allow { codes, step });
            }
            Ok(Line::Annotation(annotation)) => match place {
                Place::Step => parts.push(Part::Annotation(annotation)),
                Place::Prose => {
                    let message = format!("`@{}` stands outside the steps", annotation.verb.name);
                    let help = self.stray_help();
                    let diagnostic = Diagnostic::error("stray-annotation", path, annotation.span, message);
                    self.found.push(diagnostic.help(help));
                }
            },
            Err(problem) => {
                let diagnostic = Diagnostic::error(problem.code, path, problem.span, problem.message);
                self.found.push(diagnostic.help(problem.help));
            }
        }
    }

    /// What to do with an annotation outside the steps: where it stands right below them, alone or with
    /// its image, it lacks indentation.
    fn stray_help(&self) -> String {
        let image_alone = |events: &Events| markdown::images_alone(events, self.source).is_some();
        let what = match self.guide.blocks.as_slice() {
            [.., Block::Steps { .. }] => Some("it"),
            [.., Block::Steps { .. }, Block::Prose { events, span: _ }] if image_alone(events) => {
                Some("it, and the image above it,")
            }
            _ => None,
        };
        let spaces = self.guide.steps.last().and_then(|step| step.indentation(self.source));
        match (what, spaces) {
            (Some(what), Some(spaces)) if self.bare_html => {
                format!("indent {what} by {spaces} spaces, as the text of the step")
            }
            _ => "move it into a numbered step, below the screenshot it speaks of".to_owned(),
        }
    }

    /// A comment within a paragraph that is never closed is text to Markdown; nobody means that.
    fn unclosed_inline(&mut self, span: Span) {
        let text = self.source.text();
        let rest = text.get(span.start..).unwrap_or_default();
        let escaped = text.get(..span.start).is_some_and(|before| before.ends_with('\\'));
        if rest.starts_with("<!--") && span.len() < "<!--".len() && !escaped {
            self.unclosed(Span::new(span.start, span.start + "<!--".len()));
        }
    }

    fn unclosed(&mut self, span: Span) {
        let message = "the comment that starts here is never closed";
        let help = "end it with `-->`, and indent all its lines as far as the text around it";
        self.found.push(Diagnostic::error("unclosed-comment", self.source.path(), span, message).help(help));
    }
}

/// An `<img>` of the project amid text, as the image that Markdown has for it.
fn html_image(html: &str, span: Span) -> Option<Events> {
    let tags = reading::html::tags(html, span.start);
    let [tag] = tags.as_slice() else { return None };
    let image = Some(tag).filter(|tag| tag.name == "img").and_then(reading::pictures::image_of)?;
    let is_local = url::scheme(&image.target.value).is_none() && !image.target.value.starts_with("//");
    let tag = Tag::Image {
        link_type: pulldown_cmark::LinkType::Inline,
        dest_url: image.target.value.into(),
        title: "".into(),
        id: "".into(),
    };
    let end = Event::End(TagEnd::Image);
    is_local.then(|| vec![(Event::Start(tag), span), (Event::Text(image.alt.into()), span), (end, span)])
}

/// A heading that keeps its anchor though its number is left out of it.
fn titled(event: Event<'static>, block: &[(Event<'static>, Span)]) -> Event<'static> {
    match event {
        Event::Start(Tag::Heading { level, classes, attrs, id }) => {
            let id = id.or_else(|| Some(super::text::plain(block).into()));
            Event::Start(Tag::Heading { level, id, classes, attrs })
        }
        other => other,
    }
}

/// Where a step stands: from its number to the end of what belongs to it.
fn step_span(events: &Events, plan: &StepPlan) -> Span {
    let span_of = |range: &Range<usize>| events.get(range.start).map(|(_, span)| *span);
    let head = match &plan.head {
        StepHead::Item { list, item } => span_of(&(list.start + item.start..list.end)),
        StepHead::Labelled { block, label: _ } => span_of(block),
        StepHead::Plain => None,
    };
    head.into_iter().chain(plan.blocks.iter().filter_map(span_of)).reduce(Span::to).unwrap_or_default()
}
