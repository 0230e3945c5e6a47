//! The same word typed twice.

use super::facts::texts;
use super::text::runs;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::MarkKind;
use std::ops::Range;

pub(super) static LINT: Lint = Lint {
    code: "repeated-word",
    severity: Severity::Warning,
    summary: "the same word is typed twice",
    check: Check::Guide(check),
};

/// Words that good sentences repeat: "all that that had had", "die, die die Datei öffnen", "nous nous".
const MAY_REPEAT: [&str; 9] = ["that", "had", "die", "das", "der", "sie", "nous", "vous", "blah"];

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let path = &facts.resolved.path;
    let help = "type it once";
    for run in texts(facts.resolved).flat_map(|prose| runs(&prose.events)) {
        for range in repeated(&run.text) {
            let message =
                format!("`{}`: the same word twice", run.text.get(range.clone()).unwrap_or_default());
            found.at(path, run.place(range), message, help);
        }
    }
    let marks = facts.resolved.steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| &scene.marks);
    for mark in marks {
        let MarkKind::Callout { text, .. } = &mark.kind else { continue };
        for range in repeated(text) {
            let message = format!("`{}`: the same word twice", text.get(range).unwrap_or_default());
            found.at(path, mark.span, message, help);
        }
    }
}

/// The pairs of equal words with nothing but white space between them.
fn repeated(text: &str) -> Vec<Range<usize>> {
    let mut pairs = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for word in words(text) {
        if let Some(first) = &before {
            let between = text.get(first.end..word.start).unwrap_or_default();
            let parted = !between.is_empty() && between.chars().all(char::is_whitespace);
            let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
            if parted && is_slip(slice(first), slice(&word)) {
                pairs.push(first.start..word.end);
            }
        }
        before = Some(word);
    }
    pairs
}

/// Whether two neighbours are one word typed twice. Numbers aren't words, and a second capital is a
/// name: "Walla Walla".
fn is_slip(first: &str, second: &str) -> bool {
    let (first, lower) = (first.to_lowercase(), second.to_lowercase());
    first == lower
        && first.chars().all(|c| c.is_alphabetic() || is_joint(c))
        && !second.starts_with(char::is_uppercase)
        && !MAY_REPEAT.contains(&lower.as_str())
}

/// Where the words stand: between white space, and between punctuation that touches them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_part)?;
        let rest = text.get(start..)?;
        let end = start + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        at = end;
        Some(start..end)
    })
}

/// Combining marks belong to the letter before them.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_joint(c) || matches!(c, '_' | '\u{300}'..='\u{36f}')
}

fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '-')
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn finds_slips_and_no_sentences() {
        let found = |text: &str| -> Vec<String> {
            repeated(text).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(found("Open the the menu"), ["the the"]);
        assert_eq!(found("The the\u{a0}menu  menu."), ["The the", "menu  menu"]);
        assert_eq!(found("it it it"), ["it it", "it it"]);
        assert_eq!(found("don't don't état état"), ["don't don't", "état état"]);
        for fine in [
            "No, no.",
            "Click. Click",
            "10 10",
            "v2 v2",
            "Walla Walla",
            "that that",
            "nous nous",
            "the theme",
            "x-x",
            "a/a",
            "(the) the",
            "",
            "設定 設定を",
            "the “the”",
        ] {
            assert_eq!(found(fine), [""; 0], "{fine}");
        }
    }
}
