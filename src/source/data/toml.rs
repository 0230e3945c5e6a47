//! TOML into [`Node`]s.

use super::{Budget, DataError, Field, Node, Span, Spanned, Value};
use ::toml::de::{DeTable, DeValue};

/// The table written in `text`, which starts at byte `at` of its source.
///
/// # Errors
/// [`DataError`] if it is no TOML or passes a limit of this module.
pub fn parse_toml(text: &str, at: usize) -> Result<Node, DataError> {
    super::too_large(text, at)?;
    let span = Span::new(at, at + text.len());
    let root = DeTable::parse(text).map_err(|error| {
        let place = error.span().map_or(Span::at(at), |range| within(text, range).shift(at));
        DataError::new(plain(error.message()), place)
    })?;
    let mut reader = Reader { text, at, budget: Budget::default() };
    Ok(Node { value: reader.table(root.get_ref(), 1)?, span })
}

/// The parser's ranges, kept on character boundaries of the text whatever they say.
fn within(text: &str, range: std::ops::Range<usize>) -> Span {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    Span::new(start, text.ceil_char_boundary(range.end.min(text.len())))
}

fn plain(message: &str) -> String {
    message.lines().next().unwrap_or("not valid TOML").trim_end_matches('.').to_owned()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    budget: Budget,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Result<Value, DataError> {
        let mut fields = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = within(self.text, key.span()).shift(self.at);
            let node = self.node(value, depth)?;
            fields.push(Field { key: Spanned::new(key.get_ref().to_string(), key_span), node });
        }
        // The parser sorts by key; people and messages go by the order written.
        fields.sort_by_key(|field| field.key.span);
        Ok(Value::Table(fields))
    }

    fn node(&mut self, node: &::toml::Spanned<DeValue<'_>>, depth: usize) -> Result<Node, DataError> {
        let span = within(self.text, node.span()).shift(self.at);
        self.budget.take(depth, span)?;
        let value = match node.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => Value::Number(number.to_string()),
            DeValue::Float(number) => Value::Number(number.to_string()),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => self.table(table, depth + 1)?,
        };
        Ok(Node { value, span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_the_places() {
        let text = "title = \"T\"\napp = { name = 'A' }\n";
        let Value::Table(fields) = parse_toml(text, 100).unwrap().value else { panic!() };
        let keys: Vec<_> = fields.iter().map(|field| field.key.value.as_str()).collect();
        assert_eq!(keys, ["title", "app"]);
        assert_eq!(fields[0].node.span, Span::new(108, 111));
    }

    #[test]
    fn errors_have_a_place_and_deep_nesting_ends() {
        let error = parse_toml("title = = 1\n", 10).unwrap_err();
        assert!(error.span.start >= 18 && error.span.end <= 22, "{error:?}");
        let deep = format!("a = {}{}", "[".repeat(5000), "]".repeat(5000));
        assert!(parse_toml(&deep, 0).is_err());
    }
}
