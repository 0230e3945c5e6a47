//! Language tags.

use super::fields::Fields;

/// The key `lang`, of front matter and of the project file.
pub fn language(fields: &mut Fields<'_>) -> Option<String> {
    language_of(fields, "lang")
}

/// A key that holds a language tag.
pub fn language_of(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text = fields.text(key)?;
    if is_language_tag(&text.value) {
        return Some(text.value);
    }
    let message = format!("`{}` is not a language tag", text.value);
    fields.error("bad-value", text.span, message, "write a BCP 47 tag such as `en`, `de` or `pt-BR`");
    None
}

/// Whether `tag` has the shape of a BCP 47 language tag.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let alphabetic = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    let alphanumeric = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
    parts.next().is_some_and(|part| (2..=8).contains(&part.len()) && alphabetic(part))
        && parts.all(|part| (1..=8).contains(&part.len()) && alphanumeric(part))
}
