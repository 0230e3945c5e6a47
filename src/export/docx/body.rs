//! Markdown as the text of a document.

use crate::export::markdown::note_word;
use crate::page::escape;
use crate::theme::words::Words;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// English Metric Units a pixel of a picture that has two a point.
const UNIT: u64 = 9525 / 2;
/// Width of the text of a page, in the same: 160 mm.
const WIDTH: u64 = 5_760_000;

/// The text of a document, and what it names.
#[derive(Debug, Default)]
pub struct Body {
    pub xml: String,
    /// Names of pictures in the package, and their paths beside the Markdown.
    pub media: Vec<(String, String)>,
    /// Addresses.
    pub links: Vec<String>,
    pub lists: Vec<List>,
}

/// A list of the text.
#[derive(Debug)]
pub struct List {
    /// Its first number; `None`: bullets.
    pub start: Option<u64>,
    /// How many lists it stands in.
    pub depth: usize,
}

/// The text, with the pictures that are there.
pub fn body(markdown: &str, pictures: &BTreeMap<String, Vec<u8>>, words: &Words) -> Body {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    let mut writer = Writer::new(pictures, words);
    for event in Parser::new_ext(markdown, options) {
        writer.take(event);
    }
    writer.end_paragraph();
    writer.body
}

struct Writer<'a> {
    body: Body,
    pictures: &'a BTreeMap<String, Vec<u8>>,
    words: &'a Words,
    /// Where the paragraphs of the item before its picture have their properties.
    before: Vec<usize>,
    /// Runs of the paragraph that is written.
    runs: String,
    style: Option<&'static str>,
    /// Numbers of the lists that it stands in.
    lists: Vec<usize>,
    /// Whether it is the first of its item.
    begins: bool,
    bold: usize,
    italic: usize,
    struck: usize,
    code: bool,
    quotes: usize,
    /// A picture whose alternative text is being read.
    picture: Option<(String, String)>,
    /// For each open link whether it is one of the document.
    linked: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn new(pictures: &'a BTreeMap<String, Vec<u8>>, words: &'a Words) -> Self {
        Self {
            body: Body::default(),
            pictures,
            words,
            before: Vec::new(),
            runs: String::new(),
            style: None,
            lists: Vec::new(),
            begins: false,
            bold: 0,
            italic: 0,
            struck: 0,
            code: false,
            quotes: 0,
            picture: None,
            linked: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let before = std::mem::replace(&mut self.code, true);
                self.text(&text);
                self.code = before;
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.runs.push_str(BREAK),
            Event::Rule => {
                self.body.xml.push_str(
                    "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"B8B8C8\"/></w:pBdr></w:pPr></w:p>",
                );
            }
            // Tags go, what stands between them stays.
            Event::Html(html) | Event::InlineHtml(html) => self.text(&without_tags(&html)),
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text)
            }
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.style = Some(heading(level));
            }
            Tag::Paragraph | Tag::HtmlBlock => self.end_paragraph(),
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.style = Some("Code");
            }
            Tag::BlockQuote(kind) => {
                self.end_paragraph();
                self.quotes += 1;
                if let Some(kind) = kind {
                    self.bold += 1;
                    self.text(&note_word(kind, self.words));
                    self.bold -= 1;
                    self.end_paragraph();
                }
            }
            Tag::List(start) => {
                self.end_paragraph();
                self.body.lists.push(List { start, depth: self.lists.len().min(8) });
                self.lists.push(self.body.lists.len());
            }
            Tag::Item => {
                self.end_paragraph();
                self.before.clear();
                self.begins = true;
            }
            Tag::Table(columns) => {
                self.end_paragraph();
                self.body.xml.push_str(TABLE);
                let columns = "<w:gridCol/>".repeat(columns.len());
                self.body.xml.push_str(&format!("<w:tblGrid>{columns}</w:tblGrid>"));
            }
            Tag::TableHead | Tag::TableRow => {
                self.bold += usize::from(matches!(tag, Tag::TableHead));
                self.body.xml.push_str("<w:tr>");
            }
            Tag::TableCell => {
                self.body.xml.push_str("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>")
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => self.picture = Some((dest_url.into_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Table => self.body.xml.push_str("</w:tbl>"),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.bold -= usize::from(matches!(tag, TagEnd::TableHead)).min(self.bold);
                self.body.xml.push_str("</w:tr>");
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                self.body.xml.push_str(&format!("<w:p>{runs}</w:p></w:tc>"));
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => {
                let end = if self.linked.pop() == Some(true) { "</w:hyperlink>" } else { "" };
                self.runs.push_str(end);
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item | TagEnd::HtmlBlock => {
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
            return;
        }
        let format = self.format();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.runs.push_str(BREAK);
            }
            let line = escape::xml(&line.replace('\t', "    "));
            if !line.is_empty() {
                self.runs.push_str(&format!("<w:r>{format}<w:t xml:space=\"preserve\">{line}</w:t></w:r>"));
            }
        }
    }

    /// In the order that the schema asks for.
    fn format(&self) -> String {
        let linked = self.linked.last() == Some(&true);
        let marks = [
            (linked, "<w:rStyle w:val=\"Hyperlink\"/>"),
            (self.code, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>"),
            (self.bold > 0, "<w:b/>"),
            (self.italic > 0, "<w:i/>"),
            (self.struck > 0, "<w:strike/>"),
            (self.code, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F3F3F7\"/>"),
        ];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        if marks.is_empty() { marks } else { format!("<w:rPr>{marks}</w:rPr>") }
    }

    /// Addresses of the web and of mail; what leads elsewhere leads nowhere from a document.
    fn link(&mut self, address: &str) {
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        // Links don't stand in links.
        let goes =
            matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) && !self.linked.contains(&true);
        if goes {
            self.runs.push_str(&format!("<w:hyperlink r:id=\"link{}\">", self.body.links.len()));
            self.body.links.push(address.to_owned());
        }
        self.linked.push(goes);
    }

    fn end_picture(&mut self) {
        let Some((path, alt)) = self.picture.take() else { return };
        let size = self.pictures.get(&path).and_then(|bytes| size(bytes));
        let Some((width, height)) = size else {
            // What can't be shown is reported.
            self.text(&alt);
            return;
        };
        let at = self.body.media.len();
        self.body.media.push((format!("word/media/picture{at}.png"), path));
        let room = WIDTH - 317_500 * self.lists.len().min(8) as u64;
        let wide = (u64::from(width) * UNIT).clamp(1, room);
        let high = (wide * u64::from(height) / u64::from(width.max(1))).max(1);
        self.runs.push_str(&drawing(at, wide, high, &escape::xml(&alt)));
    }

    fn end_paragraph(&mut self) {
        let style = self.style.take();
        if self.runs.is_empty() {
            return;
        }
        let style = style.or((self.quotes > 0).then_some("Quote"));
        self.body.xml.push_str("<w:p><w:pPr>");
        if let Some(style) = style {
            self.body.xml.push_str(&format!("<w:pStyle w:val=\"{style}\"/>"));
        }
        self.keep_with_picture();
        let mut properties = String::new();
        if let Some(list) = self.lists.last() {
            let depth = (self.lists.len() - 1).min(8);
            if std::mem::take(&mut self.begins) {
                properties.push_str(&format!(
                    "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
                ));
            } else {
                properties.push_str(&format!("<w:ind w:left=\"{}\"/>", 500 * (depth + 1)));
            }
        }
        let runs = std::mem::take(&mut self.runs);
        // The last line of code ends as others do; there is no empty one after it.
        let runs = if style == Some("Code") { runs.strip_suffix(BREAK).unwrap_or(&runs) } else { &runs };
        self.body.xml.push_str(&format!("{properties}</w:pPr>{runs}</w:p>"));
    }

    /// What an item says stands on one page with its picture.
    fn keep_with_picture(&mut self) {
        if self.lists.is_empty() {
            return;
        }
        if self.runs.contains("<w:drawing>") {
            for at in std::mem::take(&mut self.before).into_iter().rev() {
                self.body.xml.insert_str(at, "<w:keepNext/>");
            }
        } else {
            self.before.push(self.body.xml.len());
        }
    }
}

/// A line ends.
const BREAK: &str = "<w:r><w:br/></w:r>";

const TABLE: &str = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8B8C8\"/>\
    </w:tblBorders></w:tblPr>";

fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "Heading1",
        HeadingLevel::H2 => "Heading2",
        _ => "Heading3",
    }
}

/// A picture in the line, with its alternative text.
fn drawing(at: usize, wide: u64, high: u64, alt: &str) -> String {
    let number = at + 1;
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
         <wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\"{alt}\"/><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
         <pic:cNvPr id=\"{number}\" name=\"Picture {number}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
         <a:blip r:embed=\"picture{at}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         <a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"C8C8D4\"/></a:solidFill></a:ln></pic:spPr></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// Width and height of a PNG file.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    side(16).zip(side(20)).filter(|(width, height)| *width > 0 && *height > 0)
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text + rest.trim_end_matches('\n')
}
