//! YAML into [`Node`]s. No aliases and no tags but `!!str`: settings need neither, and aliases let a few
//! bytes stand for gigabytes.

use super::{Budget, DataError, Field, Node, Span, Spanned, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use std::borrow::Cow;

/// The value written in `text`, which starts at byte `at` of its source. An empty text is an empty table.
///
/// # Errors
/// [`DataError`] if it is no YAML, holds an alias or a second document, or passes a limit of this module.
pub fn parse_yaml(text: &str, at: usize) -> Result<Node, DataError> {
    super::too_large(text, at)?;
    let places = Places::new(text, at);
    let mut builder = Builder { open: Vec::new(), root: None, budget: Budget::default() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| places.error(&error))?;
        builder.take(event, places.span(span))?;
    }
    Ok(builder.root.unwrap_or(Node { value: Value::Table(Vec::new()), span: Span::new(at, at + text.len()) }))
}

/// The parser counts characters; we count bytes.
struct Places {
    bytes: Vec<usize>,
    end: usize,
}

impl Places {
    fn new(text: &str, at: usize) -> Self {
        Self { bytes: text.char_indices().map(|(byte, _)| at + byte).collect(), end: at + text.len() }
    }

    fn byte(&self, char: usize) -> usize {
        self.bytes.get(char).copied().unwrap_or(self.end)
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }

    fn error(&self, error: &ScanError) -> DataError {
        let start = self.byte(error.marker().index());
        let end = self.byte(error.marker().index().saturating_add(1));
        DataError::new(error.info().trim_end_matches('.'), Span::new(start, end))
    }
}

/// A list or table that is not closed yet.
enum Open {
    List { items: Vec<Node>, span: Span },
    Table { fields: Vec<Field>, key: Option<Spanned<String>>, span: Span },
}

struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    budget: Budget,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), DataError> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_some() => Err(DataError::new("a second document", span)),
            Event::DocumentStart(_) => Ok(()),
            Event::Alias(_) => Err(DataError::new("aliases (`*name`) are not read here", span)),
            Event::Scalar(text, style, _, tag) => {
                let value = scalar(&text, style, tag.as_deref(), span)?;
                self.scalar(text, Node { value, span })
            }
            Event::SequenceStart(_, tag) => {
                no_tag(tag.as_deref(), span)?;
                self.start(Open::List { items: Vec::new(), span }, span)
            }
            Event::MappingStart(_, tag) => {
                no_tag(tag.as_deref(), span)?;
                self.start(Open::Table { fields: Vec::new(), key: None, span }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
        }
    }

    fn start(&mut self, open: Open, span: Span) -> Result<(), DataError> {
        if let Some(Open::Table { key: None, .. }) = self.open.last() {
            return Err(DataError::new("a list or table where a key belongs", span));
        }
        self.budget.take(self.open.len() + 1, span)?;
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), DataError> {
        let node = match self.open.pop() {
            Some(Open::List { items, span }) => Node { value: Value::List(items), span: span.to(end) },
            Some(Open::Table { fields, key: _, span }) => {
                Node { value: Value::Table(fields), span: span.to(end) }
            }
            None => return Ok(()),
        };
        self.place(node);
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'_, str>, node: Node) -> Result<(), DataError> {
        self.budget.take(self.open.len() + 1, node.span)?;
        if let Some(Open::Table { fields, key: key @ None, .. }) = self.open.last_mut() {
            if fields.iter().any(|field| field.key.value == text) {
                return Err(DataError::new(format!("the key `{text}` twice"), node.span));
            }
            *key = Some(Spanned::new(text.into_owned(), node.span));
            return Ok(());
        }
        self.place(node);
        Ok(())
    }

    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Table { fields, key, .. }) => {
                if let Some(key) = key.take() {
                    fields.push(Field { key, node });
                }
            }
        }
    }
}

fn no_tag(tag: Option<&Tag>, span: Span) -> Result<(), DataError> {
    tag.map_or(Ok(()), |_| Err(DataError::new("tags (`!name`) are not read here", span)))
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Result<Value, DataError> {
    let string = match tag {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => true,
        Some(_) => return Err(DataError::new("tags (`!name`) are not read here", span)),
        None => style != ScalarStyle::Plain,
    };
    if string {
        return Ok(Value::Text(text.to_owned()));
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    })
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.contains(|c: char| c.is_ascii_digit())
        && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<Field> {
        match parse_yaml(text, 0).unwrap().value {
            Value::Table(fields) => fields,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn spans_are_bytes_of_the_whole_source() {
        let text = "título: é\ntags: [ä, b]\n";
        let fields = fields(text);
        let slice = |span: Span| &text[span.start..span.end];
        assert_eq!(slice(fields[0].key.span), "título");
        assert_eq!(slice(fields[0].node.span), "é");
        let Value::List(items) = &fields[1].node.value else { panic!() };
        assert_eq!(items.iter().map(|item| slice(item.span)).collect::<Vec<_>>(), ["ä", "b"]);
        assert_eq!(parse_yaml("a: [", 7).unwrap_err().span.end, 11);
    }

    #[test]
    fn dates_stay_text_and_numbers_are_numbers() {
        let fields = fields("a: 2026-11-22\nb: 12\nc: \"12\"\nd:\n");
        let values: Vec<_> = fields.into_iter().map(|field| field.node.value).collect();
        assert_eq!(values[0], Value::Text("2026-11-22".into()));
        assert_eq!(values[1], Value::Number("12".into()));
        assert_eq!(values[2], Value::Text("12".into()));
        assert_eq!(values[3], Value::Null);
    }

    #[test]
    fn hostile_yaml_ends_in_an_error() {
        for text in [
            "a: &x [1]\nb: *x\n".to_owned(),
            "a: 1\na: 2\n".to_owned(),
            "? [a]\n: b\n".to_owned(),
            "[".repeat(100_000),
            format!("a: [{}]", "1,".repeat(20_000)),
            "x: ".to_owned() + &"y".repeat(super::super::MAX_BYTES),
        ] {
            assert!(parse_yaml(&text, 0).is_err(), "{}", &text[..text.len().min(40)]);
        }
    }
}
