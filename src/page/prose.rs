//! Markdown events become the HTML of a page.

use super::{clean, code, escape, links};
use crate::guide::{Attachment, Index, Prose, Resolved, Size};
use crate::shot::{Piece, Sheet};
use crate::source::World;
use crate::theme::Theme;
use crate::theme::words::Words;
use base64::Engine as _;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd, html};
use std::fmt::Write as _;

/// Most bytes of a file that is put into a page itself.
pub const MAX_INSIDE: u64 = 1 << 20;

/// What stands in a path as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// What the text of a guide needs around it to become HTML.
pub struct Setting<'a> {
    /// The guide.
    pub resolved: &'a Resolved,
    /// Its pictures.
    pub sheet: &'a Sheet,
    /// The guides it may link to; `None` in a page built alone.
    pub index: Option<&'a Index>,
    /// Brings the languages of code.
    pub theme: &'a Theme,
    /// Words of the interface.
    pub words: &'a Words,
    /// Reads the files that go with a page into it, if it stands alone.
    pub inside: Option<&'a dyn World>,
    /// How many levels headings go down, so that the page has one first heading.
    pub shift: u8,
}

impl<'a> Setting<'a> {
    /// The HTML of a prose.
    pub fn html(&self, prose: &Prose) -> String {
        let mut writer = Writer::new(self, prose);
        for (event, _) in &prose.events {
            writer.event(event);
        }
        let mut out = String::with_capacity(prose.events.len() * 24);
        html::push_html(&mut out, writer.out.into_iter());
        if writer.raw { clean::clean(&out, &prose.heading_ids, &writer.pictures, &writer.files) } else { out }
    }

    /// The inline content of a heading.
    pub fn inline(&self, prose: &Prose) -> String {
        let html = self.html(prose);
        let html = html.trim();
        let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
        inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html).to_owned()
    }

    /// The level in the page of a heading written with `level` `#`.
    pub fn level(&self, level: u8) -> u8 {
        (level + self.shift).clamp(2, 6)
    }

    /// Where a file that goes with the page is, and what it is called if it stands in the page itself.
    fn attached(&self, attachment: &Attachment) -> Option<(String, Option<String>)> {
        let Some(world) = self.inside else { return Some((encoded(&attachment.file), None)) };
        let bytes = world.read(&attachment.path, MAX_INSIDE).ok()?;
        Some((data_uri(attachment.mime, &bytes), Some(attachment.path.name().to_owned())))
    }

    /// An inline picture and its size in points.
    fn picture(&self, written: &str) -> Option<(&'a Piece, Size)> {
        let at = self.resolved.inline_index(written)?;
        let piece = self.sheet.pieces.get(*self.sheet.inline.get(at)?)?;
        Some((piece, self.resolved.inline.get(at)?.picture.size()))
    }
}

/// A path as a link writes it.
fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PLAIN).to_string()
}

/// A file as an address.
pub fn data_uri(mime: &str, bytes: &[u8]) -> String {
    let engine = base64::engine::general_purpose::STANDARD;
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 40);
    let _ = write!(out, "data:{mime};base64,");
    engine.encode_string(bytes, &mut out);
    out
}

struct Writer<'w, 'a> {
    setting: &'w Setting<'a>,
    out: Vec<Event<'w>>,
    heading_ids: std::slice::Iter<'w, String>,
    /// Whether the guide's own HTML is in it.
    raw: bool,
    code: Option<(String, String)>,
    image: Option<(String, String)>,
    links: Vec<bool>,
    quotes: Vec<bool>,
    table: Vec<Alignment>,
    cell: usize,
    head: bool,
    /// The pictures that it shows, as addresses.
    pictures: Vec<String>,
    /// Links that are files that go with the page.
    files: Vec<String>,
}

impl<'w, 'a> Writer<'w, 'a> {
    fn new(setting: &'w Setting<'a>, prose: &'w Prose) -> Self {
        Self {
            setting,
            out: Vec::with_capacity(prose.events.len()),
            heading_ids: prose.heading_ids.iter(),
            raw: false,
            code: None,
            image: None,
            links: Vec::new(),
            quotes: Vec::new(),
            table: Vec::new(),
            cell: 0,
            head: false,
            pictures: Vec::new(),
            files: Vec::new(),
        }
    }

    fn push(&mut self, html: impl Into<String>) {
        self.out.push(Event::Html(html.into().into()));
    }

    fn push_inline(&mut self, html: impl Into<String>) {
        self.out.push(Event::InlineHtml(html.into().into()));
    }

    fn word(&self, key: &str) -> String {
        escape::html(self.setting.words.get(key).map_or(key, String::as_str))
    }

    fn event(&mut self, event: &'w Event<'static>) {
        if let Some((_, alt)) = &mut self.image
            && !matches!(event, Event::End(TagEnd::Image))
        {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
            return;
        }
        if let (Some((_, code)), Event::Text(text)) = (&mut self.code, event) {
            code.push_str(text);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(event, html),
            Event::TaskListMarker(done) => {
                let label = self.word(if *done { "task_done" } else { "task_open" });
                let checked = if *done { " checked" } else { "" };
                self.push_inline(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            Event::FootnoteReference(label) => {
                let number = self.note_number(label);
                self.push_inline(format!("<sup><a href=\"#fn-{number}\">{number}</a></sup>"));
            }
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule => self.out.push(event.clone()),
        }
    }

    /// The guide's own HTML. Comments are not for readers, and alone they need no cleaning.
    fn raw_html(&mut self, event: &Event<'static>, html: &str) {
        let html = html.trim();
        if html.starts_with("<!--") && html.find("-->") == html.len().checked_sub(3) {
            return;
        }
        self.raw = true;
        self.out.push(event.clone());
    }

    /// The number of a footnote: those that nothing refers to come last.
    fn note_number(&self, label: &str) -> usize {
        let known = &self.setting.resolved.footnotes;
        known.get(label).copied().unwrap_or(known.len() + 1)
    }

    fn start(&mut self, tag: &'w Tag<'static>) {
        match tag {
            Tag::Heading { level, .. } => {
                let level = heading_level(self.setting.level(number(*level)));
                let id = self.heading_ids.next().map(|id| id.as_str().into());
                self.out.push(Event::Start(Tag::Heading {
                    level,
                    id,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                self.code = Some((language.to_owned(), String::new()));
            }
            Tag::BlockQuote(kind) => {
                self.quotes.push(kind.is_some());
                match kind {
                    Some(kind) => self.note(*kind),
                    None => self.push("<blockquote>\n"),
                }
            }
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.to_string(), String::new())),
            Tag::Link { dest_url, title, .. } => self.link(dest_url, title),
            Tag::Table(alignments) => {
                self.table.clone_from(alignments);
                self.push("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                (self.head, self.cell) = (true, 0);
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::FootnoteDefinition(label) => {
                let number = self.note_number(label);
                self.push(format!("<div class=\"footnote\" id=\"fn-{number}\"><sup>{number}</sup>"));
            }
            tag => self.out.push(Event::Start(tag.clone())),
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let level = heading_level(self.setting.level(number(*level)));
                self.out.push(Event::End(TagEnd::Heading(level)));
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::BlockQuote(_) => {
                let note = self.quotes.pop().unwrap_or_default();
                self.push(if note { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::Image => self.picture(),
            TagEnd::Link => {
                if self.links.pop().unwrap_or_default() {
                    self.push_inline("</a>");
                }
            }
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.head = false;
                self.push("</tr></thead>\n<tbody>");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.push_inline(if self.head { "</th>" } else { "</td>" }),
            TagEnd::FootnoteDefinition => self.push("</div>\n"),
            tag => self.out.push(Event::End(*tag)),
        }
    }

    fn note(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.word(name);
        self.push(format!(
            "<div class=\"note note-{name}\" role=\"note\"><p class=\"note-title\">{title}</p>\n"
        ));
    }

    fn link(&mut self, written: &str, title: &str) {
        let attachment = self.setting.resolved.attachment(written);
        if let Some((href, name)) = attachment.and_then(|attachment| self.setting.attached(attachment)) {
            return self.attachment(href, name);
        }
        let target = links::target(written, &self.setting.resolved.path, self.setting.index);
        self.links.push(target.is_some());
        let Some(target) = target else { return };
        let title =
            if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::html(title)) };
        let rel = if target.external { " rel=\"noopener\"" } else { "" };
        self.push_inline(format!("<a href=\"{}\"{title}{rel}>", escape::html(&target.href)));
    }

    fn attachment(&mut self, href: String, name: Option<String>) {
        self.links.push(true);
        let download = name.map(|name| format!(" download=\"{}\"", escape::html(&name))).unwrap_or_default();
        self.push_inline(format!("<a href=\"{}\"{download}>", escape::html(&href)));
        self.files.push(href);
    }

    fn table_cell(&mut self) {
        let class = match self.table.get(self.cell) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        self.cell += 1;
        let element = if self.head { "th" } else { "td" };
        self.push_inline(format!("<{element}{class}>"));
    }

    fn code_block(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        let inner = code::html(&code, &language, || self.setting.theme.syntaxes());
        let class = match language.as_str() {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape::html(language)),
        };
        self.push(format!("<pre tabindex=\"0\"><code{class}>{inner}</code></pre>\n"));
    }

    fn picture(&mut self) {
        let Some((written, alt)) = self.image.take() else { return };
        let alt = escape::html(&alt);
        let Some((piece, size)) = self.setting.picture(&written) else {
            return self.push_inline(alt);
        };
        let (width, height) = (size.width.round(), size.height.round());
        let src = data_uri(piece.mime, &piece.bytes);
        self.push_inline(format!("<img src=\"{src}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\">"));
        self.pictures.push(src);
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn heading_level(number: u8) -> HeadingLevel {
    match number {
        0..=2 => HeadingLevel::H2,
        3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// How many levels the headings of a guide go down: one if any is of the first level.
pub fn shift(resolved: &Resolved) -> u8 {
    use crate::guide::{Body, Section};
    let first = |prose: &Prose| {
        prose
            .events
            .iter()
            .any(|(event, _)| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })))
    };
    let in_sections = resolved.sections.iter().any(|section| match section {
        Section::Prose(prose) => first(prose),
        Section::Chapter { level, .. } => *level == 1,
        Section::Steps(_) => false,
    });
    let in_steps = || {
        resolved.steps.iter().flat_map(|step| &step.body).any(|body| match body {
            Body::Prose(prose) => first(prose),
            Body::Scene(_) => false,
        })
    };
    u8::from(in_sections || in_steps())
}
