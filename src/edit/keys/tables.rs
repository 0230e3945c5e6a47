//! Keys of a table of the front matter.

use super::{Keys, Written, written};
use crate::edit::lines;
use crate::edit::replacement::Replacement;
use crate::edit::scalar::{Format, value_span};
use crate::source::Span;
use crate::source::data::{Field, Value};

impl Keys<'_> {
    /// Gives a key of a table a text.
    pub fn set_in(&self, key: &str, inner: &str, text: &str) -> Vec<Replacement> {
        let Some((table, fields)) = self.get(key).zip(self.table(key)) else { return Vec::new() };
        if fields.is_empty() {
            return self.set(key, Written::Table(&[(inner, text)]));
        }
        self.set_within(table, inner, text)
    }

    /// Gives a key of a table a number, or the table with it.
    pub fn set_number_in(&self, key: &str, inner: &str, number: &str) -> Vec<Replacement> {
        match self.get(key).zip(self.table(key)) {
            Some((table, fields)) if !fields.is_empty() => {
                self.put_within(table, inner, Written::Plain(number))
            }
            _ => self.set(key, Written::Pair(inner, number)),
        }
    }

    /// Gives a key of a table that is not empty a text.
    pub fn set_within(&self, table: &Field, inner: &str, text: &str) -> Vec<Replacement> {
        self.put_within(table, inner, Written::Text(text))
    }

    fn put_within(&self, table: &Field, inner: &str, value: Written<'_>) -> Vec<Replacement> {
        let Value::Table(fields) = &table.node.value else { return Vec::new() };
        let format = self.inner_format(table);
        if let Some(field) = fields.iter().find(|field| field.key.value == inner) {
            return self.replaced(field, value, format);
        }
        let pair = |separator: &str| format!("{inner}{separator}{}", written(value, "", format));
        let source = self.source.text();
        let Some(first) = fields.first() else { return Vec::new() };
        let at = first.key.span.start;
        vec![match (format, self.is_inline(table)) {
            (Format::Flow, _) => Replacement::new(Span::at(at), pair(": ") + ", "),
            (Format::Toml, true) => Replacement::new(Span::at(at), pair(" = ") + ", "),
            (Format::Yaml, _) => {
                let lead = source.get(lines::start(source, at)..at).unwrap_or_default();
                let ending = lines::ending(source, at);
                Replacement::new(Span::at(at), pair(": ") + ending + lead)
            }
            (Format::Toml, false) => {
                let begin = lines::start(source, at);
                let lead = source.get(begin..at).unwrap_or_default();
                Replacement::new(
                    Span::at(begin),
                    format!("{lead}{}{}", pair(" = "), lines::ending(source, at)),
                )
            }
        }]
    }

    /// Takes a key away from a table.
    pub fn removed_in(&self, key: &str, inner: &str) -> Vec<Replacement> {
        self.get(key).map_or_else(Vec::new, |table| self.removed_within(table, inner))
    }

    /// Takes a key out of a table, if it is there.
    pub fn removed_within(&self, table: &Field, inner: &str) -> Vec<Replacement> {
        let Value::Table(fields) = &table.node.value else { return Vec::new() };
        let Some(at) = fields.iter().position(|field| field.key.value == inner) else { return Vec::new() };
        let Some(field) = fields.get(at) else { return Vec::new() };
        let text = self.source.text();
        let format = self.inner_format(table);
        let end = value_span(text, field, format).end;
        let braces = self.source.slice(table.node.span).starts_with('{');
        if !braces {
            let lines = Span::new(lines::start(text, field.key.span.start), lines::next(text, end));
            return vec![Replacement::new(lines, "")];
        }
        let before = at.checked_sub(1).and_then(|at| fields.get(at));
        let span = match (fields.get(at + 1), before) {
            (Some(next), _) => Span::new(field.key.span.start, next.key.span.start),
            (None, Some(before)) => Span::new(value_span(text, before, format).end, end),
            (None, None) => Span::new(field.key.span.start, end),
        };
        vec![Replacement::new(span, "")]
    }
}
