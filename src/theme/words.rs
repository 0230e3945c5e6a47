//! The words of the interface, one file a language: `words/en.toml`.

use super::files::Files;
use crate::diagnostic::Diagnostic;
use crate::guide::Date;
use crate::source::Span;
use std::collections::BTreeMap;

/// The words of one language, by key.
pub type Words = BTreeMap<String, String>;

/// The language whose words stand in for what another lacks.
pub const BASE: &str = "en";

/// The words of all languages a theme speaks.
#[derive(Debug, Clone, Default)]
pub struct Languages(BTreeMap<String, Words>);

impl Languages {
    /// The words files of a theme, the built-in ones (`base`) below its own.
    ///
    /// # Errors
    /// A diagnostic for each file that is no table of texts.
    pub fn read(base: &Files, own: &Files) -> Result<Self, Vec<Diagnostic>> {
        let mut languages: BTreeMap<String, Words> = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, source) in base.iter().chain(own) {
            let tag = name.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml"));
            let Some(tag) = tag else { continue };
            match toml::from_str::<Words>(source.text()) {
                Ok(words) => languages.entry(tag.to_lowercase()).or_default().extend(words),
                Err(error) => {
                    let span = error.span().map(Span::from).unwrap_or_default();
                    let message = error.message().lines().next().unwrap_or_default().to_owned();
                    problems.push(
                        Diagnostic::error("theme-words", source.path(), span, message)
                            .help("a words file is a list of `key = \"text\"`"),
                    );
                }
            }
        }
        let english = languages.get(BASE).cloned().unwrap_or_default();
        for words in languages.values_mut() {
            for (key, text) in &english {
                words.entry(key.clone()).or_insert_with(|| text.clone());
            }
        }
        if problems.is_empty() { Ok(Self(languages)) } else { Err(problems) }
    }

    /// The words for a BCP 47 tag: of `pt-BR`, else of `pt`, else English.
    pub fn words(&self, tag: &str) -> &Words {
        static NONE: Words = Words::new();
        let tag = tag.to_lowercase();
        let shorter = tag.match_indices('-').rev().map(|(at, _)| tag.get(..at).unwrap_or_default());
        std::iter::once(tag.as_str())
            .chain(shorter)
            .chain([BASE])
            .find_map(|tag| self.0.get(tag))
            .unwrap_or(&NONE)
    }
}

/// `ltr` or `rtl`, by the language or the script that a tag names.
pub fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 12] =
        ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr", "arc"];
    let tag = tag.to_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    let rtl = match script {
        Some(script) => ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm"].contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    };
    if rtl { "rtl" } else { "ltr" }
}

/// The text of `key` with `{name}`s filled in; the key itself if the words lack it.
pub fn fill(words: &Words, key: &str, values: &[(&str, &str)]) -> String {
    let mut text = words.get(key).cloned().unwrap_or_else(|| key.to_owned());
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// `3 steps`: the form of `key` (`steps_one`, `steps_few`, … else `steps_other`) that the number takes.
pub fn count(words: &Words, lang: &str, key: &str, number: usize) -> String {
    let form = format!("{key}_{}", plural(lang, number));
    let form = if words.contains_key(&form) { form } else { format!("{key}_other") };
    fill(words, &form, &[("count", &number.to_string())])
}

/// The plural category of a whole number (CLDR), as far as the languages of the built-in theme differ.
fn plural(lang: &str, number: usize) -> &'static str {
    match (lang.split('-').next().unwrap_or_default(), number) {
        ("ar", 0) => "zero",
        ("ar", 2) => "two",
        ("ar", number) if (3..=10).contains(&(number % 100)) => "few",
        ("ar", number) if number % 100 >= 11 => "many",
        ("fr", 0) | (_, 1) => "one",
        _ => "other",
    }
}

/// A day as people of the words' language write it.
pub fn date(words: &Words, date: Date) -> String {
    let month = fill(words, &format!("month_{}", date.month), &[]);
    let (year, day) = (date.year.to_string(), date.day.to_string());
    fill(words, "date", &[("year", &year), ("month", &month), ("day", &day)])
}
