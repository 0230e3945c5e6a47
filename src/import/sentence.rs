//! Sentences of steps, from what there is to make them of.

use crate::edit::plain_markdown;
use crate::guide::lints::PLACEHOLDER;

/// Words that cameras and screenshot tools write, and no author.
const GENERIC: [&str; 22] = [
    "screenshot",
    "screen",
    "shot",
    "screenshots",
    "image",
    "img",
    "picture",
    "pic",
    "photo",
    "capture",
    "ecran",
    "écran",
    "bildschirmfoto",
    "captura",
    "pantalla",
    "de",
    "from",
    "at",
    "um",
    "snip",
    "untitled",
    "copy",
];

/// The sentence that a picture's name says: `03-open the settings` → `Open the settings.`
pub fn of_name(stem: &str) -> String {
    let stem = stem.strip_suffix("@2x").unwrap_or(stem);
    let words: Vec<&str> = stem.split(|c: char| c.is_whitespace() || "-_.,()[]".contains(c)).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let first = words.iter().position(|word| !is_number(word)).unwrap_or(words.len());
    let label = words.get(first..).unwrap_or_default();
    let means = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() > 1;
    let generic = |word: &&str| GENERIC.contains(&word.to_lowercase().as_str());
    if !label.iter().any(|word| means(word) && !generic(word))
        || label.iter().all(|word| !means(word) || generic(word))
    {
        return PLACEHOLDER.to_owned();
    }
    let text = label.join(" ");
    let mut chars = text.chars();
    let text: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    plain_markdown(&format!("{text}."))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit()) || word.eq_ignore_ascii_case("step")
}

/// The words of another tool as we write them: `Click "Create"` → `Click **Create**.`
pub fn of_tool(markdown: &str) -> String {
    let text = markdown.trim();
    if text.contains('\n') || text.contains(['`', '*', '[', '<']) {
        return text.to_owned();
    }
    let mut parts = text.split('"');
    let mut written = parts.next().unwrap_or_default().to_owned();
    let quoted: Vec<&str> = parts.collect();
    // A quote that does not close is a sign like others: inches.
    if !quoted.len().is_multiple_of(2) {
        return ended(text);
    }
    let is_typed = text.starts_with("Type ");
    for pair in quoted.chunks(2) {
        if let [name, rest] = pair {
            let mark = if is_typed { "`" } else { "**" };
            let name = name.trim();
            written += &if name.is_empty() { "\"\"".to_owned() } else { format!("{mark}{name}{mark}") };
            written += rest;
        }
    }
    ended(&written)
}

/// With a stop at its end.
fn ended(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', ':', '…', '。', '؟', ')']);
    if ends || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::{PLACEHOLDER, of_name, of_tool};

    #[test]
    fn names_of_pictures_are_read() {
        for (name, sentence) in [
            ("03-open the settings", "Open the settings."),
            ("1. Log_in", "Log in."),
            ("step 4 choose a plan@2x", "Choose a plan."),
            ("Screenshot 2026-11-27 at 10.11.12", PLACEHOLDER),
            ("Bildschirmfoto 2026-11-27 um 10.11.12", PLACEHOLDER),
            ("IMG_1234", PLACEHOLDER),
            ("image (3)", PLACEHOLDER),
            ("04", PLACEHOLDER),
            ("", PLACEHOLDER),
        ] {
            assert_eq!(of_name(name), sentence, "{name}");
        }
    }

    #[test]
    fn sentences_of_other_tools_are_written_as_ours() {
        for (found, written) in [
            ("Click \"Create\"", "Click **Create**."),
            ("Click this icon.", "Click this icon."),
            ("Type \"slice\"", "Type `slice`."),
            ("Select 24\" from the list", "Select 24\" from the list."),
            ("Click [here](https://a.example)", "Click [here](https://a.example)"),
        ] {
            assert_eq!(of_tool(found), written);
        }
    }
}
