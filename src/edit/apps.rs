//! The apps of a project, in its project file.

use super::image::one_line;
use super::keys::Keys;
use super::lines;
use super::replacement::{Change, Refusal, Replacement, tidy};
use super::scalar::{Format, scalar};
use crate::source::data::{Field, Value};
use crate::source::{Source, Span};

/// What must be replaced in the project file so that the app `key` is called `name` and has the website `website`: none if
/// that is empty, the one it has if that is `None`. An app that is not there is added at the end; nothing else changes.
///
/// # Errors
/// [`Refusal`] if the file can't be read, or the app stands in it in a form that is not changed here.
pub fn set_app(source: &Source, key: &str, name: &str, website: Option<&str>) -> Change {
    let (name, website) = (one_line(name), website.map(one_line));
    if name.is_empty() || key.is_empty() {
        return Err(Refusal::new("an app needs a name"));
    }
    let keys = Keys::of_file(source)?;
    let app = keys.table("apps").and_then(|apps| apps.iter().find(|app| app.key.value == key));
    let replacements = match app {
        Some(app) => changed(&keys, app, &name, website.as_deref()),
        None => vec![added(source, key, &name, website.as_deref().unwrap_or_default())],
    };
    let replacements = tidy(replacements);
    check(source, &replacements, key, &name)?;
    Ok(replacements)
}

fn changed(keys: &Keys<'_>, app: &Field, name: &str, website: Option<&str>) -> Vec<Replacement> {
    let says = |key: &str| match &app.node.value {
        Value::Table(fields) => fields.iter().find_map(|field| match &field.node.value {
            Value::Text(text) if field.key.value == key => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    };
    let wanted = [("name", Some(name)), ("website", website)];
    let wanted = wanted.into_iter().filter_map(|(key, text)| Some((key, text?)));
    let wanted = wanted.filter(|(key, text)| says(key).as_deref() != Some(*text));
    let replaced = |(key, text): (&str, &str)| match text {
        "" => keys.removed_within(app, key),
        text => keys.set_within(app, key, text),
    };
    wanted.flat_map(replaced).collect()
}

fn added(source: &Source, key: &str, name: &str, website: &str) -> Replacement {
    let text = source.text();
    let end = lines::trimmed(text, text.len());
    let ending = lines::ending(text, end);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let key = if key.chars().all(plain) { key.to_owned() } else { scalar(key, "\"", Format::Toml) };
    let mut section = vec![format!("[apps.{key}]"), format!("name = {}", scalar(name, "", Format::Toml))];
    if !website.is_empty() {
        section.push(format!("website = {}", scalar(website, "", Format::Toml)));
    }
    let before = if end == 0 { String::new() } else { ending.repeat(2) };
    let after = if end == text.len() { ending } else { "" };
    Replacement::new(Span::at(end), format!("{before}{}{after}", section.join(ending)))
}

/// Refuses what would not be read back so, or changes another key.
fn check(source: &Source, replacements: &[Replacement], key: &str, name: &str) -> Result<(), Refusal> {
    let refused = || Refusal::new(format!("the app `{key}` can't be changed here: change it in the file"));
    let after = Source::new(source.path().clone(), super::apply(source.text(), replacements));
    let (old, new) = (Keys::of_file(source)?, Keys::of_file(&after).map_err(|_| refused())?);
    let others = |keys: &Keys<'_>| {
        let apps = keys.table("apps").unwrap_or_default();
        apps.iter().filter(|app| app.key.value != key).map(|app| app.key.value.clone()).collect::<Vec<_>>()
    };
    let named = new.table("apps").unwrap_or_default().iter().any(|app| {
        let Value::Table(fields) = &app.node.value else { return false };
        let says = |field: &Field| matches!(&field.node.value, Value::Text(text) if text == name);
        app.key.value == key && fields.iter().any(|field| field.key.value == "name" && says(field))
    });
    let same = old.others("apps") == new.others("apps") && others(&old) == others(&new);
    if same && named { Ok(()) } else { Err(refused()) }
}
