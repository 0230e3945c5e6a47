//! The front matter of a guide that is imported: the keys that guides have, and those of other generators that mean one.

use super::copies::Copies;
use super::places::Place;
use super::{ImportError, ImportNote};
use crate::edit::DraftValue;
use crate::guide::front::{Front, KEYS, MEANT, table};
use crate::guide::{Date, is_picture};
use crate::source::Source;
use crate::source::data::{Field, Node, Value};

/// The keys of the new guide, in order, its title aside. `titled`: whether that is said elsewhere. Which keys are left out is noted.
///
/// # Errors
/// [`ImportError`] if its pictures are too many.
pub fn keys(
    source: &Source,
    front: &Front,
    titled: bool,
    copies: &mut Copies<'_>,
) -> Result<Vec<(String, DraftValue)>, ImportError> {
    let fields = table(source);
    let has = |key: &str| fields.iter().any(|field| field.key.value == key);
    let mut known: Vec<(String, DraftValue)> = Vec::new();
    let mut left: Vec<String> = Vec::new();
    for field in fields.iter().filter(|field| !is_empty(&field.node)) {
        let key = field.key.value.as_str();
        let meant = MEANT.iter().find(|(foreign, _)| *foreign == key).map(|(_, own)| *own);
        // How steps are distinguished from text is another matter in the new guide.
        if ["title", "steps"].contains(&key) || meant == Some("title") && !titled {
            continue;
        }
        let own = meant.unwrap_or(key);
        let is_taken = meant.is_some_and(&has) || known.iter().any(|(name, _)| name == own);
        let value = match meant {
            _ if is_taken || !KEYS.contains(&own) => None,
            Some(own) => front_value(own, front),
            None if own == "slug" => front_value(own, front),
            None => value(&field.node),
        };
        match value {
            Some(value) => known.extend(with_pictures(own, value, field, source, copies)?),
            None if own == "draft" && meant.is_some() => {}
            None => left.push(format!("`{key}`")),
        }
    }
    if !left.is_empty() {
        let message = format!("left out of the front matter what guides do not have: {}", left.join(", "));
        copies.notes.push(ImportNote::new(message));
    }
    Ok(known)
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// What the front matter says by a key, or by that of another generator.
fn front_value(own: &str, front: &Front) -> Option<DraftValue> {
    let text = |text: &Option<crate::source::Spanned<String>>| {
        text.as_ref().map(|text| DraftValue::Text(text.value.clone()))
    };
    let day = |Date { year, month, day }| DraftValue::Text(format!("{year:04}-{month:02}-{day:02}"));
    match own {
        "description" => text(&front.description),
        "slug" => text(&front.slug),
        "created" => front.created.map(|date| day(date.value)),
        "updated" => front.updated.map(|date| day(date.value)),
        "draft" => front.draft.map(|draft| DraftValue::Bool(draft.value)),
        "authors" if !front.authors.is_empty() => {
            Some(DraftValue::List(front.authors.iter().map(|author| author.value.clone()).collect()))
        }
        _ => None,
    }
}

/// A value as it stands; `None`: a guide can't hold it.
fn value(node: &Node) -> Option<DraftValue> {
    Some(match &node.value {
        Value::Null => return None,
        Value::Bool(value) => DraftValue::Bool(*value),
        Value::Number(number) => match number.parse() {
            Ok(number) => DraftValue::Number(number),
            Err(_) => DraftValue::Text(number.clone()),
        },
        Value::Text(text) | Value::Date(text) => DraftValue::Text(text.clone()),
        Value::List(items) => DraftValue::List(items.iter().map(word).collect::<Option<_>>()?),
        Value::Table(fields) => {
            let field = |field: &Field| Some((field.key.value.clone(), value(&field.node)?));
            DraftValue::Table(
                fields.iter().filter(|field| !is_empty(&field.node)).map(field).collect::<Option<_>>()?,
            )
        }
    })
}

fn word(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Date(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Table(_) => None,
    }
}

/// The key with the copy of the picture that it names, if it names one; `None` after saying that this can't be copied.
fn with_pictures(
    key: &str,
    value: DraftValue,
    field: &Field,
    source: &Source,
    copies: &mut Copies<'_>,
) -> Result<Option<(String, DraftValue)>, ImportError> {
    let place = Place { line: Some(source.position(field.key.span.start).line), embed: None };
    let mut copy = |key: String, written: &str, stem: &str| {
        let copied = copies.find(written, place, stem)?;
        if let Err(reason) = &copied {
            let message = format!("left out `{key}`, which names the picture `{written}`: {reason}");
            copies.notes.push(ImportNote { message, line: place.line });
        }
        Ok(copied.ok().map(|copied| DraftValue::Text(copied.path)))
    };
    let value = match value {
        DraftValue::Text(text) if ["cover", "backdrop"].contains(&key) && is_picture(&text) => {
            copy(key.to_owned(), &text, key)?
        }
        DraftValue::Table(fields) => {
            let mut table = Vec::new();
            for (name, value) in fields {
                let value = match value {
                    DraftValue::Text(text) if name == "logo" => copy(format!("{key}.{name}"), &text, &name)?,
                    other => Some(other),
                };
                table.extend(value.map(|value| (name, value)));
            }
            Some(DraftValue::Table(table))
        }
        other => Some(other),
    };
    Ok(value.map(|value| (key.to_owned(), value)))
}
