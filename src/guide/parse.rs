//! Text into a [`Guide`]: which lists are steps, and what belongs to them.

use super::annotation::{self, Line};
use super::blocks::{block_at, html_pieces, item_content, items, paragraphs, top_level};
use super::comment::{self, Comment};
use super::front;
use super::markdown::{self, end_of};
use super::written::{Allow, Block, Events, Guide, Part, WrittenStep};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeSet;
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
}

/// Reads a guide. Never fails: what can't be understood is left out and told.
pub fn parse(source: &Source) -> Parsed {
    let mut found = Vec::new();
    let split = front::split(source.text());
    let front = front::read(&split, source, &mut found);
    let mut reader = Reader {
        source,
        found,
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
    match checked_events(source, split.body) {
        Ok(events) => reader.blocks(&events),
        Err(diagnostic) => {
            reader.found.push(diagnostic);
            reader.guide.broken = true;
        }
    }
    Parsed { guide: reader.guide, diagnostics: reader.found }
}

fn checked_events(source: &Source, body: usize) -> Result<Events, Diagnostic> {
    let path = source.path();
    if source.text().len() - body > MAX_TEXT {
        let message = format!("the guide is larger than {} MB", MAX_TEXT / 1024 / 1024);
        return Err(Diagnostic::error("too-large", path, Span::at(body), message)
            .help("split it into several guides"));
    }
    markdown::events(source, body).map_err(|span| {
        let message = format!("nested more than {} levels deep", markdown::MAX_DEPTH);
        Diagnostic::error("too-deep", path, span, message).help("write it flatter")
    })
}

struct Reader<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
    guide: Guide,
    /// Whether the block being read is HTML at the top level.
    bare_html: bool,
    /// The comments of the step being read.
    comments: Vec<Span>,
}

/// What an annotation is written in.
#[derive(Clone, Copy)]
enum Place {
    Prose,
    Step,
}

impl Reader<'_> {
    fn blocks(&mut self, events: &Events) {
        let blocks = top_level(events);
        let steps = self.step_lists(events, &blocks);
        for range in blocks {
            let block = events.get(range.clone()).unwrap_or_default();
            let Some((first, span)) = block.first() else { continue };
            self.bare_html = matches!(first, Event::Start(Tag::HtmlBlock));
            match first {
                Event::Start(Tag::Heading { level, .. }) => {
                    let inner = block.get(1..block.len().saturating_sub(1)).unwrap_or_default();
                    let content = self.prose(inner);
                    self.guide.blocks.push(Block::Heading { level: *level as u8, content, span: *span });
                }
                _ if steps.contains(&range.start) => {
                    if !self.steps(block) {
                        self.guide.broken = true;
                        return;
                    }
                }
                _ => {
                    let events = self.prose(block);
                    if !events.is_empty() {
                        self.guide.blocks.push(Block::Prose { events, span: *span });
                    }
                }
            }
        }
    }

    /// Where the lists start that are steps: those with a screenshot or an annotation; if there is none,
    /// the first.
    fn step_lists(&self, events: &Events, blocks: &[Range<usize>]) -> BTreeSet<usize> {
        let ordered: Vec<&Range<usize>> = blocks
            .iter()
            .filter(|range| matches!(events.get(range.start), Some((Event::Start(Tag::List(Some(_))), _))))
            .collect();
        let marked: BTreeSet<usize> = ordered
            .iter()
            .filter(|range| self.is_marked(events.get(range.start..range.end).unwrap_or_default()))
            .map(|range| range.start)
            .collect();
        if marked.is_empty() {
            ordered.first().map(|range| range.start).into_iter().collect()
        } else {
            marked
        }
    }

    fn is_marked(&self, list: &[(Event<'_>, Span)]) -> bool {
        items(list).any(|item| {
            let content = item_content(list, &item);
            paragraphs(content).any(|paragraph| {
                markdown::is_images_alone(content.get(paragraph).unwrap_or_default(), self.source)
            })
        }) || self
            .comments(list)
            .iter()
            .any(|comment| comment.lines.iter().any(|(line, _)| annotation::is_annotation(line)))
    }

    fn comments<'b>(&'b self, events: &[(Event<'_>, Span)]) -> Vec<Comment<'b>> {
        let text = self.source.text();
        let mut comments = Vec::new();
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(events, at);
                    comments.extend(comment::scan(text, html_pieces(events.get(at..end))).comments);
                    at = end;
                    continue;
                }
                Event::InlineHtml(_) => {
                    comments.extend(comment::scan(text, comment::inline_pieces(text, *span)).comments);
                }
                _ => {}
            }
            at += 1;
        }
        comments
    }

    /// Reads a list of steps; `false` if there are too many to go on.
    fn steps(&mut self, list: &[(Event<'static>, Span)]) -> bool {
        let first = self.guide.steps.len();
        for item in items(list) {
            let span = list.get(item.start).map(|(_, span)| *span).unwrap_or_default();
            if self.guide.steps.len() == MAX_STEPS {
                let message = format!("more than {MAX_STEPS} steps");
                let diagnostic =
                    Diagnostic::error("too-many-steps", self.source.path(), Span::at(span.start), message);
                self.found.push(diagnostic.help("split it into several guides"));
                return false;
            }
            let parts = self.parts(item_content(list, &item));
            let end = span.start + self.source.slice(span).trim_end().len();
            let comments = std::mem::take(&mut self.comments);
            self.guide.steps.push(WrittenStep { parts, comments, span: Span::new(span.start, end) });
        }
        let span = list.first().map(|(_, span)| *span).unwrap_or_default();
        self.guide.blocks.push(Block::Steps { steps: first..self.guide.steps.len(), span });
        true
    }

    fn parts(&mut self, content: &[(Event<'static>, Span)]) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut prose = Events::new();
        let mut at = 0;
        while let Some((event, _)) = content.get(at) {
            let (end, inner) = block_at(content, at, event);
            let inside = content.get(inner).unwrap_or_default();
            if markdown::is_images_alone(inside, self.source) {
                flush(&mut prose, &mut parts);
                self.screenshots(inside, &mut parts);
            } else {
                self.clean(content.get(at..end).unwrap_or_default(), &mut prose, &mut parts, Place::Step);
            }
            at = end;
        }
        flush(&mut prose, &mut parts);
        parts
    }

    /// The images of a paragraph that holds nothing else, and the annotations between them.
    fn screenshots(&mut self, paragraph: &[(Event<'static>, Span)], parts: &mut Vec<Part>) {
        let mut at = 0;
        while let Some((event, span)) = paragraph.get(at) {
            if let Event::InlineHtml(_) = event {
                let pieces = comment::inline_pieces(self.source.text(), *span);
                self.html(pieces, parts, Place::Step);
            }
            parts.extend(markdown::image(paragraph, at, self.source).map(Part::Screenshot));
            at = end_of(paragraph, at);
        }
    }

    /// Text outside the steps.
    fn prose(&mut self, events: &[(Event<'static>, Span)]) -> Events {
        let mut prose = Events::new();
        self.clean(events, &mut prose, &mut Vec::new(), Place::Prose);
        prose
    }

    /// Copies events, takes the comments out, and reads them.
    fn clean(
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
                        let html = self.source.slice(rest).to_owned();
                        prose.push((Event::InlineHtml(html.into()), rest));
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
        prose.push((Event::Start(Tag::HtmlBlock), block));
        for span in rest {
            let html = self.source.slice(*span).to_owned();
            prose.push((Event::Html(html.into()), *span));
        }
        prose.push((Event::End(TagEnd::HtmlBlock), block));
    }

    /// Reads the comments of a piece of HTML; returns what is left of it.
    fn html(&mut self, pieces: Vec<Span>, parts: &mut Vec<Part>, place: Place) -> Vec<Span> {
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

fn flush(prose: &mut Events, parts: &mut Vec<Part>) {
    if !prose.is_empty() {
        parts.push(Part::Prose(std::mem::take(prose)));
    }
}
