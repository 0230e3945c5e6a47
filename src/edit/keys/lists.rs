//! Lists of texts in the front matter.

use super::{Keys, Written};
use crate::edit::lines;
use crate::edit::replacement::Replacement;
use crate::edit::scalar::{Format, quoted_end, scalar};
use crate::source::Span;
use crate::source::data::{Node, Value};

impl Keys<'_> {
    /// Gives a key a list of texts; without any, the key goes. Of a list that is there, only what differs changes.
    pub fn set_list(&self, key: &str, texts: &[String]) -> Vec<Replacement> {
        if texts.is_empty() {
            return self.removed(key);
        }
        let Some(field) = self.get(key) else { return vec![self.added(key, Written::List(texts))] };
        match &field.node.value {
            Value::List(items) if !items.is_empty() => self.changed_list(items, texts),
            _ => self.replaced(field, Written::List(texts), self.format()),
        }
    }

    fn changed_list(&self, items: &[Node], texts: &[String]) -> Vec<Replacement> {
        let same = |(item, text): (&Node, &String)| matches!(&item.value, Value::Text(old) if old == text);
        let head = items.iter().zip(texts).take_while(|(item, text)| same((item, text))).count();
        let rest = items.len().min(texts.len()) - head;
        let tail =
            items.iter().rev().zip(texts.iter().rev()).take(rest).take_while(|pair| same(*pair)).count();
        let (old, new) = (head..items.len() - tail, texts.get(head..texts.len() - tail).unwrap_or_default());
        let spans: Vec<Span> = items.iter().map(|item| self.item_span(item)).collect();
        let Some(separator) = spans.first().map(|first| self.separator(*first)) else { return Vec::new() };
        let format = match (self.toml, separator.starts_with(',')) {
            (true, _) => Format::Toml,
            (false, true) => Format::Flow,
            (false, false) => Format::Yaml,
        };
        let written: Vec<String> = new.iter().map(|text| scalar(text, "", format)).collect();
        let written = written.join(&separator);
        let span = |at: usize| spans.get(at).copied();
        let before = head.checked_sub(1).and_then(span);
        let (first, last) = (span(old.start), old.end.checked_sub(1).and_then(span));
        let one = match (old.is_empty(), new.is_empty(), first, last, before) {
            (true, true, ..) => return Vec::new(),
            (false, false, Some(first), Some(last), _) => Replacement::new(first.to(last), written),
            (true, false, _, _, Some(before)) => Replacement::new(Span::at(before.end), separator + &written),
            (true, false, Some(first), _, None) => {
                Replacement::new(Span::at(first.start), written + &separator)
            }
            (false, true, _, Some(last), Some(before)) => {
                // Of items on lines of their own, what stands behind them on the line goes with them.
                let text = self.source.text();
                let end = |at: usize| if separator.contains('\n') { lines::end(text, at) } else { at };
                Replacement::new(Span::new(end(before.end), end(last.end)), "")
            }
            (false, true, Some(first), _, None) => {
                let next = span(old.end).map_or(first.end, |next| next.start);
                Replacement::new(Span::new(first.start, next), "")
            }
            _ => return Vec::new(),
        };
        vec![one]
    }

    /// An item with its quotes, without the white space behind it.
    fn item_span(&self, item: &Node) -> Span {
        let text = self.source.text();
        let end = quoted_end(text, item.span.start).unwrap_or_else(|| lines::trimmed(text, item.span.end));
        Span::new(item.span.start, end.max(item.span.start))
    }

    /// What stands between two items: a comma, or in a list with an item a line, all up to the item.
    fn separator(&self, first: Span) -> String {
        let text = self.source.text();
        let start = lines::start(text, first.start);
        let lead = text.get(start..first.start).unwrap_or_default();
        if !self.toml && lead.trim() == "-" {
            return format!("{}{lead}", lines::ending(text, first.start));
        }
        // In TOML, items may stand on lines of their own.
        let own = self.toml && lead.trim().is_empty();
        if own { format!(",{}{lead}", lines::ending(text, first.start)) } else { ", ".to_owned() }
    }
}
