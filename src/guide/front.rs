//! Front matter: where it ends, and what its keys say.

mod foreign;

pub use foreign::MEANT;

use super::opening::ChapterOpening;
use super::{Date, Frame};
use crate::diagnostic::Diagnostic;
use crate::project::fields::Fields;
use crate::project::tables::{self, BackdropValue, WEB};
use crate::project::{self, App, Color, Cta};
use crate::source::data::{DataError, Field, MAX_BYTES, Node, Value, parse_toml, parse_yaml};
use crate::source::{ProjectPath, Source, Span, Spanned};

/// The keys that guides have, besides `title`.
pub const KEYS: [&str; 21] = [
    "description",
    "slug",
    "app",
    "tags",
    "authors",
    "created",
    "updated",
    "lang",
    "draft",
    "cursor",
    "frame",
    "cover",
    "backdrop",
    "url",
    "zoom",
    "cta",
    "theme",
    "steps",
    "chapters",
    "order",
    "capture",
];

/// The keys of the front matter as written.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// What is between the fences, without them; `None`: there is no front matter.
    pub span: Option<Span>,
    /// Whether it couldn't be read at all.
    pub broken: bool,
    /// Whether there is a `title`, even if it is no text.
    pub has_title: bool,
    /// `title`
    pub title: Option<Spanned<String>>,
    /// `description`
    pub description: Option<Spanned<String>>,
    /// `slug`
    pub slug: Option<Spanned<String>>,
    /// `app`
    pub app: Option<AppValue>,
    /// `tags`
    pub tags: Vec<Spanned<String>>,
    /// `authors`
    pub authors: Vec<Spanned<String>>,
    /// `created`
    pub created: Option<Spanned<Date>>,
    /// `updated`
    pub updated: Option<Spanned<Date>>,
    /// `lang`
    pub lang: Option<String>,
    /// `draft`
    pub draft: Option<Spanned<bool>>,
    /// `cursor`
    pub cursor: Option<CursorValue>,
    /// `frame`
    pub frame: Option<Spanned<Frame>>,
    /// `cover`
    pub cover: Option<Spanned<CoverValue>>,
    /// `backdrop`
    pub backdrop: Option<Spanned<BackdropValue>>,
    /// `url`
    pub url: Option<Spanned<String>>,
    /// `zoom`: whether it is `auto`
    pub auto_zoom: Option<Spanned<bool>>,
    /// `cta`
    pub cta: Option<Cta>,
    /// `theme`
    pub theme: Option<Spanned<String>>,
    /// `steps`
    pub steps: Option<Spanned<StepsForm>>,
    /// `chapters`
    pub chapters: Option<Spanned<ChapterOpening>>,
    /// `order`, in thousandths: its place in the library; lower numbers come first.
    pub order: Option<Spanned<i64>>,
    /// `capture`
    pub capture: project::Capture,
    /// What another generator calls the page, for want of a title.
    pub other_title: Option<Spanned<String>>,
}

/// The key `steps`: what of the text is steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepsForm {
    /// Headings with numbers, else numbered lists.
    #[default]
    Auto,
    /// Numbered lists.
    Lists,
    /// Headings.
    Headings,
    /// Stretches of text that end in a picture.
    Pictures,
}

impl StepsForm {
    /// As the front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Lists => "lists",
            Self::Headings => "headings",
            Self::Pictures => "pictures",
        }
    }
}

impl Front {
    /// What a number says as `order`, in thousandths.
    pub fn order_of(number: &str) -> Option<i64> {
        let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
        // A cast of a number that is too large is the largest one.
        #[allow(clippy::cast_possible_truncation)]
        Some((number * 1000.0).round() as i64)
    }

    /// Thousandths as the number that says them.
    pub fn order_in_words(thousandths: i64) -> String {
        let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
        let sign = if thousandths < 0 && whole == 0 { "-" } else { "" };
        match rest {
            0 => format!("{whole}"),
            _ => format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
        }
    }

    /// Whether it has a key that only guides have.
    pub fn is_ours(&self) -> bool {
        self.app.is_some()
            || self.cursor.is_some()
            || self.frame.is_some()
            || self.url.is_some()
            || self.auto_zoom.is_some()
            || self.cta.is_some()
            || self.theme.is_some()
            || self.steps.is_some()
            || self.chapters.is_some()
            || self.capture != project::Capture::default()
    }
}

/// The key `app`.
#[derive(Debug, Clone, PartialEq)]
pub enum AppValue {
    /// A key of `[apps]`.
    Key(Spanned<String>),
    /// A table, and the place of its logo.
    Table(App, Option<Spanned<ProjectPath>>),
}

/// The key `cursor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorValue {
    /// `false`
    NoName,
    /// A name, or a table of name and colour.
    Named(Option<String>, Option<Color>),
}

/// The key `cover`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverValue {
    /// The number of a step.
    Number(usize),
    /// The id of a step, or the path of a picture.
    Named(String),
}

/// Where the front matter and the Markdown stand.
pub struct Split {
    /// What is between the fences, and whether it is TOML.
    pub front: Option<(Span, bool)>,
    /// First byte of the Markdown.
    pub body: usize,
    /// The fence that is never closed.
    pub unclosed: Option<Span>,
}

/// Separates front matter from Markdown.
pub fn split(text: &str) -> Split {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text.get(begin..).unwrap_or_default().split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    let fence = opening.trim_end();
    if fence != "---" && fence != "+++" {
        return Split { front: None, body: begin, unclosed: None };
    }
    let start = begin + opening.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == fence {
            let front = Some((Span::new(start, at), fence == "+++"));
            return Split { front, body: at + line.len(), unclosed: None };
        }
        at += line.len();
    }
    let unclosed = Some(Span::new(begin, begin + fence.len()));
    Split { front: None, body: text.len(), unclosed }
}

/// Reads the front matter found by [`split`].
pub fn read(split: &Split, source: &Source, found: &mut Vec<Diagnostic>) -> Front {
    let path = source.path();
    if let Some(fence) = split.unclosed {
        let message = "the front matter that starts here is never closed";
        let help = format!("write `{}` on a line of its own after it", source.slice(fence));
        found.push(Diagnostic::error("bad-front-matter", path, fence, message).help(help));
        return Front { broken: true, ..Front::default() };
    }
    let Some((span, toml)) = split.front else {
        if let Some(fence) = late(source.text()) {
            let message = "this front matter is not read: it does not begin in the first line, or its lines end as on old systems";
            let help = "remove all that stands before it, and save the file with line ends of today (LF)";
            found.push(Diagnostic::error("bad-front-matter", path, fence, message).help(help));
        }
        return Front::default();
    };
    match data(span, toml, source) {
        Ok(node) => Front { span: Some(span), ..keys(&node, path, found) },
        Err(error) => {
            let help = if toml {
                "write `key = \"text\"`, with texts in quotes"
            } else {
                "write `key: text`; a text with `: `, `#` or quotes in it stands in quotes"
            };
            found.push(Diagnostic::error("bad-front-matter", path, error.span, error.message).help(help));
            Front { span: Some(span), broken: true, ..Front::default() }
        }
    }
}

/// The fence of front matter that stands behind empty lines or byte order marks, or whose lines end with CR alone. A draft
/// would be published, read as a text between rules.
fn late(text: &str) -> Option<Span> {
    let begin = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}')?;
    let mut lines = text.get(begin..)?.split(['\n', '\r']).map(str::trim_end);
    let fence = lines.next().filter(|fence| matches!(*fence, "---" | "+++"))?;
    let mut lines = lines.filter(|line| !line.is_empty());
    let is_key = |line: &str| {
        let word = line.split([':', '=']).next().unwrap_or_default().trim();
        word.len() < line.len()
            && !word.is_empty()
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    let begins = lines.next().is_some_and(is_key);
    (begins && lines.any(|line| line == fence)).then(|| Span::new(begin, begin + fence.len()))
}

fn data(span: Span, toml: bool, source: &Source) -> Result<Node, DataError> {
    let (kind, parse): (_, fn(&str, usize) -> _) =
        if toml { ("TOML", parse_toml) } else { ("YAML", parse_yaml) };
    if span.len() > MAX_BYTES {
        let message = format!("the front matter is larger than {} kB", MAX_BYTES / 1024);
        return Err(DataError { message, span: Span::at(span.start) });
    }
    parse(source.slice(span), span.start).map_err(|error| DataError {
        message: format!("the front matter is not valid {kind}: {}", error.message),
        span: error.span,
    })
}

/// The keys of the front matter as data, in order; none if it can't be read.
pub fn table(source: &Source) -> Vec<Field> {
    let read = split(source.text()).front.and_then(|(span, toml)| data(span, toml, source).ok());
    match read.map(|node| node.value) {
        Some(Value::Table(fields)) => fields,
        _ => Vec::new(),
    }
}

fn keys(node: &Node, path: &ProjectPath, found: &mut Vec<Diagnostic>) -> Front {
    let mut fields = Fields::new(node, "front matter", path, found);
    let others = foreign::read(&mut fields);
    let mut front = Front {
        span: None,
        broken: false,
        has_title: fields.has("title"),
        title: fields.text("title"),
        description: fields.text("description"),
        slug: fields.text("slug").map(foreign::last_part),
        app: app(&mut fields, &path.parent()),
        tags: unique(fields.listed("tags")),
        authors: unique(fields.listed("authors")),
        created: date(&mut fields, "created"),
        updated: date(&mut fields, "updated"),
        lang: project::language(&mut fields),
        draft: fields.flag("draft"),
        cursor: cursor(&mut fields),
        frame: fields.choice(
            "frame",
            &[("browser", Frame::Browser), ("window", Frame::Window), ("none", Frame::None)],
        ),
        cover: cover(&mut fields),
        backdrop: tables::backdrop(&mut fields),
        url: fields.url("url", project::url::shown, WEB),
        auto_zoom: fields.choice("zoom", &[("auto", true), ("none", false)]),
        cta: fields.node("cta").and_then(|node| tables::cta(fields.within(node, "`cta`"))),
        theme: project::theme(&mut fields),
        steps: fields.choice(
            "steps",
            &[
                ("auto", StepsForm::Auto),
                ("lists", StepsForm::Lists),
                ("headings", StepsForm::Headings),
                ("pictures", StepsForm::Pictures),
            ],
        ),
        chapters: fields
            .choice("chapters", &[("steps", ChapterOpening::Steps), ("slides", ChapterOpening::Slides)]),
        order: order(&mut fields),
        capture: fields
            .node("capture")
            .map(|node| project::capture::capture(fields.within(node, "`capture`")))
            .unwrap_or_default(),
        other_title: None,
    };
    fields.finish();
    foreign::fill(&mut front, others);
    front
}

/// With quotes or without, as other generators write it, too.
fn order(fields: &mut Fields<'_>) -> Option<Spanned<i64>> {
    let node = fields.node("order")?;
    let number = match &node.value {
        Value::Number(number) | Value::Text(number) => Front::order_of(number),
        _ => None,
    };
    if number.is_none() {
        fields.wrong_type("order", "a number", node, "write `order: 1`".to_owned());
    }
    number.map(|number| Spanned::new(number, node.span))
}

fn unique(mut texts: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| seen.insert(text.value.clone()));
    texts
}

fn app(fields: &mut Fields<'_>, folder: &ProjectPath) -> Option<AppValue> {
    let node = fields.node("app")?;
    if let Value::Table(_) = node.value {
        let mut logos = Vec::new();
        let app = tables::app(fields.within(node, "`app`"), "", folder, &mut logos);
        return app.map(|app| AppValue::Table(app, logos.pop()));
    }
    fields.text("app").map(AppValue::Key)
}

fn cursor(fields: &mut Fields<'_>) -> Option<CursorValue> {
    let node = fields.node("cursor")?;
    match &node.value {
        Value::Bool(false) => Some(CursorValue::NoName),
        Value::Table(_) => {
            let (name, color) = tables::cursor(fields.within(node, "`cursor`"));
            Some(CursorValue::Named(name, color))
        }
        Value::Text(_) => fields.text("cursor").map(|name| CursorValue::Named(Some(name.value), None)),
        Value::Null | Value::Bool(true) | Value::Number(_) | Value::Date(_) | Value::List(_) => {
            let help = "write a name, `{ name: Maria, color: \"#0b7a75\" }`, or `false`".to_owned();
            fields.wrong_type("cursor", "a name, a table or `false`", node, help);
            None
        }
    }
}

fn cover(fields: &mut Fields<'_>) -> Option<Spanned<CoverValue>> {
    let node = fields.node("cover")?;
    match &node.value {
        Value::Number(number) if number.parse::<usize>().is_ok() => {
            Some(Spanned::new(CoverValue::Number(number.parse().ok()?), node.span))
        }
        Value::Text(_) => fields.text("cover").map(|text| text.map(CoverValue::Named)),
        // Themes of Hugo have a table of that name.
        Value::Table(_) => None,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Date(_) | Value::List(_) => {
            let help = "write the path of a picture, the number of a step or its id".to_owned();
            fields.wrong_type("cover", "a picture or a step", node, help);
            None
        }
    }
}

fn date(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<Date>> {
    let node = fields.node(key)?;
    let text = match &node.value {
        Value::Text(text) | Value::Date(text) => text.trim(),
        _ => {
            fields.wrong_type(key, "a date", node, "write it as `2026-11-22`".to_owned());
            return None;
        }
    };
    let date = Date::parse(text);
    if date.is_none() {
        let message = format!("`{text}` is not a day of the calendar");
        fields.error("bad-date", node.span, message, "write year, month and day as `2026-11-22`");
    }
    date.map(|date| Spanned::new(date, node.span))
}

impl Date {
    /// `2026-11-22`, if there is such a day.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let valid = parts.next().is_none() && year > 0 && (1..=days).contains(&day);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        valid.then_some(Date { year, month, day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        assert_eq!(Date::parse("2024-02-29"), Some(Date { year: 2024, month: 2, day: 29 }));
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "0000-01-01",
            "2026-11-22T10:00",
            "22.11.2026",
            "+026-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn splits_with_mark_and_carriage_returns() {
        let text = "\u{feff}---\r\ntitle: T\r\n---\r\nbody";
        let split = split(text);
        let (span, toml) = split.front.unwrap();
        assert_eq!((&text[span.start..span.end], toml, &text[split.body..]), ("title: T\r\n", false, "body"));
    }
}
