//! What a field of the page context holds.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::collections::BTreeMap;

/// Fields by name.
pub type Record = BTreeMap<String, Shape>;

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Fields.
    Record(Record),
    /// Any number of one kind.
    List(Box<Shape>),
    /// A text, a number or a truth value.
    Plain,
    /// What a template made by itself.
    Any,
}

/// The fields of a page's context.
pub fn fields_of<T: JsonSchema>() -> Record {
    let settings =
        SchemaSettings::default().for_serialize().with(|settings| settings.inline_subschemas = true);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    match read(schema.as_value()) {
        Shape::Record(fields) => fields,
        Shape::List(_) | Shape::Plain | Shape::Any => Record::new(),
    }
}

fn read(schema: &Value) -> Shape {
    let all = |name: &str| schema.get(name).and_then(Value::as_array);
    if let Some(choices) = all("anyOf").or_else(|| all("oneOf")) {
        // `null` says that the field may be nothing, which every field may be to a template.
        return choices
            .iter()
            .filter(|choice| !is(choice, "null"))
            .map(read)
            .reduce(merge)
            .unwrap_or(Shape::Any);
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        return Shape::Record(fields.iter().map(|(name, field)| (name.clone(), read(field))).collect());
    }
    match schema.get("items") {
        Some(items) => Shape::List(Box::new(read(items))),
        None if is(schema, "object") => Shape::Any,
        None => Shape::Plain,
    }
}

fn is(schema: &Value, kind: &str) -> bool {
    schema.get("type").and_then(Value::as_str) == Some(kind)
}

/// What is one or the other: a part of kind `text` or of kind `figure`.
fn merge(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (Shape::Record(mut fields), Shape::Record(more)) => {
            fields.extend(more);
            Shape::Record(fields)
        }
        (one, _) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::context::GuidePage;

    #[test]
    fn fields_are_those_of_the_context() {
        let fields = fields_of::<GuidePage>();
        assert_eq!(fields.get("contents"), Some(&Shape::Plain));
        assert_eq!(fields.get("words"), Some(&Shape::Any));
        let Some(Shape::Record(guide)) = fields.get("guide") else { panic!("{:?}", fields.get("guide")) };
        assert_eq!(guide.get("tags"), Some(&Shape::List(Box::new(Shape::Plain))));
        let Some(Shape::Record(cover)) = guide.get("cover") else { panic!("{:?}", guide.get("cover")) };
        assert_eq!(cover.get("width"), Some(&Shape::Plain));
        let Some(Shape::List(sections)) = fields.get("sections") else {
            panic!("{:?}", fields.get("sections"))
        };
        let Shape::Record(section) = sections.as_ref() else { panic!("{sections:?}") };
        assert!(["kind", "html", "level", "steps"].iter().all(|name| section.contains_key(*name)));
    }
}
