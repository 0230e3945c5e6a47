//! Keys of the front matter: set, added, taken away, in YAML and in TOML.

mod lists;
mod tables;

use crate::edit::lines;
use crate::edit::replacement::{Refusal, Replacement, trim};
use crate::edit::scalar::{Format, scalar, value_span};
use crate::guide::front;
use crate::source::data::{Field, Node, Value, parse_toml, parse_yaml};
use crate::source::{Source, Span};

/// The front matter of a text.
pub struct Keys<'a> {
    source: &'a Source,
    /// Between the fences; `None`: there is none.
    span: Option<Span>,
    toml: bool,
    fields: Vec<Field>,
}

/// A value to be written.
#[derive(Debug, Clone, Copy)]
pub enum Written<'a> {
    /// A text.
    Text(&'a str),
    /// A word, a number or a date, as it stands.
    Plain(&'a str),
    /// Texts between brackets.
    List(&'a [String]),
    /// A table of texts.
    Table(&'a [(&'a str, &'a str)]),
    /// A table of one key and a number.
    Pair(&'a str, &'a str),
}

impl<'a> Keys<'a> {
    /// Reads the front matter of a guide that can be read.
    pub fn read(source: &'a Source) -> Result<Self, Refusal> {
        let unread = || Refusal::new("the front matter can't be read: fix it in the file");
        let split = front::split(source.text());
        let Some((span, toml)) = split.front else {
            let keys = Self { source, span: None, toml: false, fields: Vec::new() };
            return if split.unclosed.is_none() { Ok(keys) } else { Err(unread()) };
        };
        let parse = if toml { parse_toml } else { parse_yaml };
        let node = parse(source.slice(span), span.start).map_err(|_| unread())?;
        let Value::Table(fields) = node.value else { return Err(unread()) };
        Ok(Self { source, span: Some(span), toml, fields })
    }

    /// Reads a file that is TOML as a whole.
    pub fn of_file(source: &'a Source) -> Result<Self, Refusal> {
        let text = source.text();
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let span = Span::new(start, text.len());
        let unread = || Refusal::new(format!("`{}` can't be read: fix it in the file", source.path()));
        let node = parse_toml(source.slice(span), start).map_err(|_| unread())?;
        let Value::Table(fields) = node.value else { return Err(unread()) };
        Ok(Self { source, span: Some(span), toml: true, fields })
    }

    /// Values without their places, one key left out: what an edit of that key must not change.
    pub fn others(&self, key: &str) -> Vec<String> {
        let others = self.fields.iter().filter(|field| field.key.value != key);
        others.map(|field| format!("{}={}", field.key.value, plain(&field.node))).collect()
    }

    /// A key and its value.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key.value == key)
    }

    /// The keys of a table.
    pub fn table(&self, key: &str) -> Option<&[Field]> {
        match &self.get(key)?.node.value {
            Value::Table(fields) => Some(fields),
            _ => None,
        }
    }

    fn format(&self) -> Format {
        if self.toml { Format::Toml } else { Format::Yaml }
    }

    /// How the values of a table are written.
    fn inner_format(&self, table: &Field) -> Format {
        let braces = self.source.slice(table.node.span).starts_with('{');
        if braces && !self.toml { Format::Flow } else { self.format() }
    }

    /// Gives a key a value, be it there or not.
    pub fn set(&self, key: &str, value: Written<'_>) -> Vec<Replacement> {
        let Some(field) = self.get(key) else { return vec![self.added(key, value)] };
        if self.toml && matches!(field.node.value, Value::Table(_)) && !self.is_inline(field) {
            let mut all = self.removed(key);
            all.push(self.added(key, value));
            return all;
        }
        self.replaced(field, value, self.format())
    }

    fn replaced(&self, field: &Field, value: Written<'_>, format: Format) -> Vec<Replacement> {
        let span = value_span(self.source.text(), field, format);
        let old = self.source.slice(span);
        let new = written(value, old, format);
        let gap = self.source.text().get(field.key.span.end..span.start).unwrap_or_default();
        // A value on the lines below its key comes to stand behind it.
        if span.is_empty() || (format == Format::Yaml && gap.contains('\n')) {
            let colon = field.key.span.end + gap.find(':').map_or(gap.len(), |at| at + 1);
            return vec![Replacement::new(Span::new(colon, span.end), format!(" {new}"))];
        }
        vec![trim(old, &new, span.start)]
    }

    /// Takes a key and its value away, with its lines.
    pub fn removed(&self, key: &str) -> Vec<Replacement> {
        let Some(field) = self.get(key) else { return Vec::new() };
        let text = self.source.text();
        let lines_of = |start: usize, end: usize| {
            Replacement::new(Span::new(lines::start(text, start), lines::next(text, end)), "")
        };
        let is_table = matches!(field.node.value, Value::Table(_));
        if !self.toml || self.is_inline(field) || !is_table {
            let end = value_span(text, field, self.format()).end;
            return vec![lines_of(field.key.span.start, end)];
        }
        let inner = self.table(key).unwrap_or_default();
        let spans = inner.iter().map(|field| lines_of(field.key.span.start, field.node.span.end));
        if !self.is_section(field) {
            return spans.collect();
        }
        let end = inner.last().map_or(field.node.span.end, |last| last.node.span.end);
        let mut lines = lines_of(field.node.span.start, end);
        // One blank line of two.
        let before = lines::start(text, lines.span.start.saturating_sub(1));
        if lines::blank(text, before, lines.span.start) && lines.span.start > 0 {
            lines.span.start = before;
        }
        vec![lines]
    }

    /// Whether a value stands behind its key.
    fn is_inline(&self, field: &Field) -> bool {
        let between = self.source.text().get(field.key.span.end..field.node.span.start);
        !self.toml || between.is_some_and(|between| between.contains('='))
    }

    /// Whether a TOML table has a line `[name]`.
    fn is_section(&self, field: &Field) -> bool {
        self.toml
            && self.source.slice(field.node.span).starts_with('[')
            && matches!(field.node.value, Value::Table(_))
    }

    /// A new key: at the end of the front matter, in TOML before the first `[table]`.
    fn added(&self, key: &str, value: Written<'_>) -> Replacement {
        let text = self.source.text();
        let Some(span) = self.span else { return self.added_block(key, value) };
        let (format, separator) = (self.format(), if self.toml { " = " } else { ": " });
        let pair = format!("{key}{separator}{}", written(value, "", format));
        let before = |field: &&Field| !self.is_section(field) && !self.is_list_of_tables(field);
        let at = if self.toml && self.fields.iter().any(|field| !before(&field)) {
            let last = self.fields.iter().filter(before).flat_map(last_end).max();
            last.map_or(span.start, |end| lines::next(text, end))
        } else {
            span.end
        };
        let lead = self.fields.first().filter(|_| !self.toml).map_or("", |first| {
            let start = first.key.span.start;
            text.get(lines::start(text, start)..start)
                .filter(|lead| lead.trim().is_empty())
                .unwrap_or_default()
        });
        let ending = lines::ending(text, at.saturating_sub(1));
        Replacement::new(Span::at(at), format!("{lead}{pair}{ending}"))
    }

    /// `[[name]]`
    fn is_list_of_tables(&self, field: &Field) -> bool {
        self.toml && matches!(field.node.value, Value::List(_)) && !self.is_inline(field)
    }

    /// Front matter where there is none, at the start of the text.
    fn added_block(&self, key: &str, value: Written<'_>) -> Replacement {
        let text = self.source.text();
        let at = text.len() - text.trim_start_matches('\u{feff}').len();
        let ending = lines::ending(text, at);
        let pair = format!("{key}: {}", written(value, "", Format::Yaml));
        let body = text.get(at..lines::end(text, at)).unwrap_or_default();
        let blank = if body.trim().is_empty() { "" } else { ending };
        Replacement::new(Span::at(at), format!("---{ending}{pair}{ending}---{ending}{blank}"))
    }
}

/// Where the values of a field end; of a table `a.b = 1`, its values.
fn last_end(field: &Field) -> Vec<usize> {
    match &field.node.value {
        Value::Table(fields) => fields.iter().flat_map(last_end).chain([field.node.span.end]).collect(),
        _ => vec![field.node.span.end],
    }
}

fn written(value: Written<'_>, old: &str, format: Format) -> String {
    match value {
        Written::Text(text) => scalar(text, old, format),
        Written::Plain(word) => word.to_owned(),
        Written::List(texts) => {
            let inner = if format == Format::Toml { Format::Toml } else { Format::Flow };
            let texts: Vec<String> = texts.iter().map(|text| scalar(text, "", inner)).collect();
            format!("[{}]", texts.join(", "))
        }
        Written::Pair(key, number) => {
            let separator = if format == Format::Toml { " = " } else { ": " };
            format!("{{ {key}{separator}{number} }}")
        }
        Written::Table(pairs) => {
            let (inner, separator) =
                if format == Format::Toml { (Format::Toml, " = ") } else { (Format::Flow, ": ") };
            let pair = |(key, text): &(&str, &str)| format!("{key}{separator}{}", scalar(text, "", inner));
            format!("{{ {} }}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn plain(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) | Value::Date(text) => text.clone(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("{:?}", items.iter().map(plain).collect::<Vec<_>>()),
        Value::Table(fields) => {
            let fields = fields.iter().map(|field| format!("{}={}", field.key.value, plain(&field.node)));
            format!("{:?}", fields.collect::<Vec<_>>())
        }
    }
}
