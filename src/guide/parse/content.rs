//! What a step holds: its text, its screenshots, wherever in it they stand, and its annotations, in order.

use super::{Place, Reader};
use crate::guide::blocks::{block_at, html_pieces, item_content, items};
use crate::guide::comment;
use crate::guide::fix::Fix;
use crate::guide::markdown;
use crate::guide::reading::html;
use crate::guide::reading::pictures::{self, Line, LineKind};
use crate::guide::written::{Events, Image, Part};
use crate::source::Span;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

type Slice<'a> = &'a [(Event<'static>, Span)];

/// The parts of a step, as they are found.
#[derive(Default)]
pub struct Content {
    parts: Vec<Part>,
    prose: Events,
    /// The quotes and lists around what is read, outermost first.
    around: Vec<Container>,
}

/// A quote, a list or an item that is read piece by piece, since a screenshot stands in it.
struct Container {
    tag: Tag<'static>,
    span: Span,
    /// Whether its start stands in the text that is being gathered.
    open: bool,
    /// Of an item: whether a screenshot has parted it, so that the rest of it is no second item.
    parted: bool,
}

impl Content {
    /// The parts.
    pub fn finish(mut self) -> Vec<Part> {
        self.flush();
        self.parts
    }

    /// Where annotations go.
    pub fn parts(&mut self) -> &mut Vec<Part> {
        &mut self.parts
    }

    fn flush(&mut self) {
        if !self.prose.is_empty() {
            self.parts.push(Part::Prose(std::mem::take(&mut self.prose)));
        }
    }

    fn picture(&mut self, image: Image) {
        for container in self.around.iter_mut().rev() {
            if std::mem::take(&mut container.open) {
                self.prose.push((Event::End(container.tag.to_end()), container.span));
            }
            container.parted |= matches!(container.tag, Tag::Item);
        }
        self.flush();
        self.parts.push(Part::Screenshot(image));
    }

    /// Adds text, in the containers that it stands in.
    fn text(&mut self, events: Events) {
        if events.is_empty() {
            return;
        }
        let parted: Vec<bool> = self.around.iter().map(|container| container.parted).collect();
        for (at, container) in self.around.iter_mut().enumerate() {
            // A parted item goes on without its list: a second item would count.
            let skipped = container.parted || parted.get(at + 1).is_some_and(|parted| *parted);
            if !container.open && !skipped {
                container.open = true;
                self.prose.push((Event::Start(container.tag.clone()), container.span));
            }
        }
        self.prose.extend(events);
    }

    fn enter(&mut self, tag: Tag<'static>, span: Span) {
        self.around.push(Container { tag, span, open: false, parted: false });
    }

    fn leave(&mut self) {
        if let Some(container) = self.around.pop().filter(|container| container.open) {
            self.prose.push((Event::End(container.tag.to_end()), container.span));
        }
        // The next item of an ordered list counts on.
        if let Some(Container { tag: Tag::List(Some(number)), .. }) = self.around.last_mut() {
            *number += 1;
        }
    }

    fn is_parted(&self) -> bool {
        self.around.last().is_some_and(|container| container.parted)
    }

    /// Gives the last picture a caption; `false` if there is none right before.
    fn caption(&mut self, caption: &str) -> bool {
        match self.parts.iter_mut().rev().find(|part| !matches!(part, Part::Annotation(_))) {
            Some(Part::Screenshot(image)) if self.prose.is_empty() => {
                image.caption = Some(caption.to_owned());
                true
            }
            _ => false,
        }
    }
}

impl Reader<'_> {
    /// Reads blocks of a step.
    pub fn content(&mut self, events: Slice<'_>, into: &mut Content) {
        let mut at = 0;
        while let Some((event, _)) = events.get(at) {
            let (end, inner) = block_at(events, at, event);
            let block = events.get(at..end).unwrap_or_default();
            let inside = events.get(inner).unwrap_or_default();
            match event {
                Event::Start(Tag::HtmlBlock) => self.html_block(block, into),
                Event::Start(tag @ (Tag::BlockQuote(_) | Tag::List(_))) if pictures::any(block) => {
                    self.container(tag, block, into);
                }
                _ if !inside.is_empty() && pictures::any(inside) => self.paragraph(block, inside, into),
                _ => self.text(block, into),
            }
            at = end;
        }
    }

    fn container(&mut self, tag: &Tag<'static>, block: Slice<'_>, into: &mut Content) {
        let span = block.first().map(|(_, span)| *span).unwrap_or_default();
        into.enter(tag.clone(), span);
        if let Tag::List(_) = tag {
            for item in items(block) {
                let span = block.get(item.start).map(|(_, span)| *span).unwrap_or_default();
                into.enter(Tag::Item, span);
                self.content(item_content(block, &item), into);
                into.leave();
            }
        } else {
            self.content(block.get(1..block.len().saturating_sub(1)).unwrap_or_default(), into);
        }
        into.leave();
    }

    /// Text as it is, its comments read.
    fn text(&mut self, events: Slice<'_>, into: &mut Content) {
        let mut prose = Events::new();
        self.clean(events, &mut prose, into.parts(), Place::Step);
        into.text(prose);
    }

    /// A paragraph with pictures: those on lines of their own are screenshots.
    fn paragraph(&mut self, block: Slice<'_>, inside: Slice<'_>, into: &mut Content) {
        let lines = pictures::lines(inside, self.source);
        if !lines.iter().any(|line| matches!(line.kind, LineKind::Pictures(_))) {
            return self.text(block, into);
        }
        let is_tight = block.len() == inside.len();
        let mut words: Option<std::ops::Range<usize>> = None;
        let mut below = false;
        for Line { range, kind } in lines {
            let line = inside.get(range.clone()).unwrap_or_default();
            let is_caption = matches!(&kind, LineKind::Caption(caption) if below && into.caption(caption));
            match kind {
                LineKind::Text | LineKind::Caption(_) if !is_caption => {
                    words = Some(words.map_or(range.start, |words| words.start)..range.end);
                    below = false;
                }
                LineKind::Pictures(images) => {
                    self.words(inside, words.take(), is_tight, into);
                    self.picture_line(line, images, into);
                    below = true;
                }
                LineKind::Silent if !below && words.is_some() => {
                    words = words.map(|words| words.start..range.end);
                }
                LineKind::Text | LineKind::Caption(_) | LineKind::Silent => {
                    self.picture_line(line, Vec::new(), into)
                }
            }
        }
        self.words(inside, words, is_tight, into);
    }

    /// Lines of words between pictures.
    fn words(
        &mut self,
        inside: Slice<'_>,
        range: Option<std::ops::Range<usize>>,
        is_tight: bool,
        into: &mut Content,
    ) {
        let Some(lines) = range.and_then(|range| inside.get(range)) else { return };
        let Some(span) = lines.iter().map(|(_, span)| *span).reduce(Span::to) else { return };
        let mut prose = Events::new();
        self.clean(lines, &mut prose, into.parts(), Place::Step);
        let is_break = |event: &Event<'_>| matches!(event, Event::SoftBreak | Event::HardBreak);
        while prose.last().is_some_and(|(event, _)| is_break(event)) {
            prose.pop();
        }
        if prose.iter().all(|(event, _)| matches!(event, Event::Text(text) if text.trim().is_empty())) {
            return;
        }
        if !is_tight || into.is_parted() {
            prose.insert(0, (Event::Start(Tag::Paragraph), span));
            prose.push((Event::End(TagEnd::Paragraph), span));
        }
        into.text(prose);
    }

    /// A line of pictures and comments, in order.
    fn picture_line(&mut self, line: Slice<'_>, images: Vec<Image>, into: &mut Content) {
        let mut images = images.into_iter().peekable();
        for pieces in pictures::comments(line, self.source) {
            let at = pieces.first().map_or(0, |piece| piece.start);
            while let Some(image) = images.next_if(|image| image.span.start < at) {
                into.picture(image);
            }
            self.html(pieces, into.parts(), Place::Step);
        }
        images.for_each(|image| into.picture(image));
    }

    /// An HTML block: comments, pictures, and what is left of it.
    fn html_block(&mut self, block: Slice<'_>, into: &mut Content) {
        let pieces: Vec<Span> = html_pieces(Some(block)).collect();
        let found = comment::scan(self.source.text(), pieces.iter().copied());
        let has_pictures = found.rest.iter().any(|span| {
            let html = self.source.slice(*span);
            html.contains("![") || html::tags(html, 0).iter().any(|tag| tag.name == "img")
        });
        let is_wrapper = !found.rest.is_empty()
            && found.rest.iter().all(|span| html::is_wrapping(self.source.slice(*span)))
            && found.rest.iter().any(|span| self.source.slice(*span).contains('<'));
        if !has_pictures && !is_wrapper {
            return self.text(block, into);
        }
        let comments: Vec<Span> = found.comments.iter().map(|comment| comment.span).collect();
        let mut rest = found.rest.into_iter().peekable();
        let mut lines = pieces.into_iter().peekable();
        for comment in comments {
            let before: Vec<Span> =
                std::iter::from_fn(|| rest.next_if(|span| span.start < comment.start)).collect();
            self.html_pictures(&before, into);
            while lines.next_if(|line| line.end <= comment.start).is_some() {}
            let mut inside = Vec::new();
            while let Some(line) = lines.next_if(|line| line.end <= comment.end) {
                inside.extend(overlap(line, comment));
            }
            inside.extend(lines.peek().and_then(|line| overlap(*line, comment)));
            self.html(inside, into.parts(), Place::Step);
        }
        self.html_pictures(&rest.collect::<Vec<_>>(), into);
    }

    /// The pictures of some lines of HTML, their caption, and the text beside them.
    fn html_pictures(&mut self, lines: &[Span], into: &mut Content) {
        let Some(span) = lines.iter().copied().reduce(Span::to) else { return };
        let html = self.source.slice(span);
        let found = html::tags(html, span.start);
        let mut images: Vec<Image> =
            found.iter().filter(|tag| tag.name == "img").filter_map(pictures::image_of).collect();
        images.extend(self.markdown_pictures(lines));
        images.sort_by_key(|image| image.span.start);
        if let (Some(caption), Some(last)) = (html::caption(html), images.last_mut()) {
            last.caption = Some(caption);
        }
        self.html_fix(span, &images);
        let rest = self.without(span, &images);
        let words = html::text(&rest);
        let first = images.first().map_or(usize::MAX, |image| image.span.start);
        let leads = words.is_empty()
            || html::text(self.source.slice(Span::new(span.start, first.min(span.end)))).is_empty();
        let prose = if words.is_empty() && html::is_wrapping(&rest) {
            Events::new()
        } else {
            html_events(rest, span)
        };
        if leads {
            images.into_iter().for_each(|image| into.picture(image));
            into.text(prose);
        } else {
            into.text(prose);
            images.into_iter().for_each(|image| into.picture(image));
        }
    }

    /// How Markdown writes some HTML that is nothing but pictures.
    fn html_fix(&mut self, span: Span, images: &[Image]) {
        let html = self.source.slice(span);
        let tags = html::tags(html, 0);
        let plain = ["img", "p", "div", "center", "br", "picture", "source"];
        let simple = |text: &str| {
            !text.contains(|c: char| {
                matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | '\\' | '`' | '*' | '_') || c.is_whitespace()
            })
        };
        let is_right = !images.is_empty()
            && html::is_wrapping(html)
            && tags.iter().all(|tag| plain.contains(&tag.name.as_str()))
            && images.iter().all(|image| simple(&image.target.value) && simple(&image.alt.replace(' ', "")));
        if !is_right {
            return;
        }
        let start = span.start + html.len() - html.trim_start().len();
        let line =
            self.source.text().get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let lead = self.source.text().get(line..start).unwrap_or_default();
        if !lead.trim().is_empty() {
            return;
        }
        let ending = if self.source.text().contains("\r\n") { "\r\n" } else { "\n" };
        let written: Vec<String> =
            images.iter().map(|image| format!("![{}]({})", image.alt, image.target.value)).collect();
        let text = written.join(&format!("{ending}{lead}"));
        self.fix(Fix { span: Span::new(start, span.start + html.trim_end().len()), text });
    }

    /// Pictures in Markdown that stand in HTML without an empty line before them.
    fn markdown_pictures(&self, lines: &[Span]) -> Vec<Image> {
        let mut images = Vec::new();
        for line in lines.iter().filter(|line| self.source.slice(**line).contains("![")) {
            let text = self.source.slice(*line);
            let lead = text.len() - text.trim_start().len();
            let events: Events = Parser::new(text.trim())
                .into_offset_iter()
                .map(|(event, range)| (event.into_static(), Span::from(range).shift(line.start + lead)))
                .collect();
            images.extend((0..events.len()).filter_map(|at| markdown::image(&events, at, self.source)));
        }
        images
    }

    fn without(&self, span: Span, images: &[Image]) -> String {
        let mut rest = String::new();
        let mut at = span.start;
        for image in images {
            rest.push_str(self.source.text().get(at..image.span.start).unwrap_or_default());
            at = image.span.end.max(at);
        }
        rest.push_str(self.source.text().get(at..span.end).unwrap_or_default());
        html::without_pictures(&rest)
    }
}

fn overlap(one: Span, other: Span) -> Option<Span> {
    let both = Span::new(one.start.max(other.start), one.end.min(other.end).max(one.start.max(other.start)));
    (both.start < both.end).then_some(both)
}

fn html_events(html: String, span: Span) -> Events {
    vec![
        (Event::Start(Tag::HtmlBlock), span),
        (Event::Html(html.into()), span),
        (Event::End(TagEnd::HtmlBlock), span),
    ]
}
