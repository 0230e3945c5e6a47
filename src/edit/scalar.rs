//! Texts as YAML and TOML write them.

use crate::source::Span;
use crate::source::data::{Field, Value, parse_yaml};

/// How a file writes its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML on lines of its own.
    Yaml,
    /// YAML between braces.
    Flow,
    /// TOML.
    Toml,
}

/// A text in the style of what stands there already: its quotes, or none where none are needed.
pub fn scalar(text: &str, old: &str, format: Format) -> String {
    match (format, old.chars().next()) {
        (Format::Toml, Some('\'')) if !old.starts_with("'''") && is_literal(text) => format!("'{text}'"),
        (Format::Toml, _) | (_, Some('"')) => double(text),
        (_, Some('\'')) if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        (Format::Yaml | Format::Flow, _) => {
            if is_plain(text, format) {
                text.to_owned()
            } else {
                double(text)
            }
        }
    }
}

fn is_literal(text: &str) -> bool {
    !text.contains(|c: char| c == '\'' || c.is_control())
}

/// A text in double quotes, as YAML and TOML both read it.
fn double(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Whether YAML reads a text without quotes as that text.
fn is_plain(text: &str, format: Format) -> bool {
    let words = ["yes", "no", "on", "off", "y", "n"];
    let yaml = match format {
        Format::Flow => format!("k: {{ a: {text}, b: c }}\n"),
        Format::Yaml | Format::Toml => format!("k: {text}\n"),
    };
    let says = |value: &Value| matches!(value, Value::Text(read) if read == text);
    let Ok(Value::Table(fields)) = parse_yaml(&yaml, 0).map(|node| node.value) else { return false };
    let read = match (format, fields.as_slice()) {
        (Format::Flow, [Field { node, .. }]) => match &node.value {
            Value::Table(inner) => inner.len() == 2 && inner.iter().any(|field| says(&field.node.value)),
            _ => false,
        },
        (_, [Field { node, .. }]) => says(&node.value),
        _ => false,
    };
    read && !words.contains(&text.to_lowercase().as_str())
}

/// Where the value of a field stands, without a comment behind it. Of a YAML key without a value, right
/// behind the colon.
pub fn value_span(text: &str, field: &Field, format: Format) -> Span {
    if format == Format::Toml {
        return field.node.span;
    }
    let rest = text.get(field.key.span.end..).unwrap_or_default();
    let colon = field.key.span.end + rest.find(':').map_or(0, |at| at + 1);
    if field.node.value == Value::Null && field.node.span.is_empty() {
        return Span::at(colon);
    }
    let rest = text.get(colon..).unwrap_or_default();
    let start = colon + rest.len() - rest.trim_start().len();
    let value = text.get(start..).unwrap_or_default();
    let end = match value.chars().next() {
        Some('"') => start + quoted(value, '"'),
        Some('\'') => start + quoted(value, '\''),
        _ => nested_end(text, field, format),
    };
    Span::new(start, end)
}

/// The end of a value that is not in quotes.
fn nested_end(text: &str, field: &Field, format: Format) -> usize {
    let node = &field.node;
    let end = text.get(..node.span.end).map_or(node.span.end, |before| before.trim_end().len());
    let braces = text.get(node.span.start..).is_some_and(|value| value.starts_with('{'));
    match &node.value {
        Value::Table(fields) if !braces => {
            fields.last().map_or(end, |last| value_span(text, last, format).end)
        }
        _ => end.max(node.span.start),
    }
}

/// Where a text in quotes that starts at byte `at` ends; `None` if it has no quotes.
pub fn quoted_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(at + quoted(rest, quote))
}

/// The length of a text in quotes, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => drop(chars.next()),
            '\'' if quote == '\'' && chars.next_if(|(_, c)| *c == '\'').is_some() => {}
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
