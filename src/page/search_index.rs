//! What the library's search looks through beside what its cards show: the words of the steps.
//!
//! Guides of one project share most of their words, so each word stands once and a guide is a list of
//! numbers: about 100 bytes instead of 500.

use crate::guide::Entry;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The words of all steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchIndex {
    /// All words in lower case, parted by spaces, the most frequent first.
    pub words: String,
    /// For each card in order, the numbers of its words: ascending, each less the one before, in base
    /// 36, parted by spaces.
    pub guides: Vec<String>,
}

/// The index of the guides in the order of their cards.
pub fn make(entries: &[&Entry]) -> SearchIndex {
    let sets: Vec<BTreeSet<String>> = entries.iter().map(|entry| words_of(entry)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in sets.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<&str> = counts.keys().copied().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(counts.get(word).copied()), *word));
    let numbers: BTreeMap<&str, usize> = words.iter().enumerate().map(|(at, word)| (*word, at)).collect();
    let guides = sets.iter().map(|set| {
        let mut list: Vec<usize> =
            set.iter().filter_map(|word| numbers.get(word.as_str()).copied()).collect();
        list.sort_unstable();
        steps_between(&list)
    });
    SearchIndex { guides: guides.collect(), words: words.join(" ") }
}

fn words_of(entry: &Entry) -> BTreeSet<String> {
    let parts = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let shown: BTreeSet<String> = parts(&entry.title).into_iter().collect();
    let steps = entry.steps.iter().flat_map(|step| parts(&step.title));
    // A letter or two finds nothing worth finding, unless the script writes words without spaces.
    let worth = |word: &String| word.chars().count() > 2 || !word.is_ascii();
    steps.filter(worth).filter(|word| !shown.contains(word)).collect()
}

fn steps_between(numbers: &[usize]) -> String {
    let mut last = 0;
    let mut out = Vec::with_capacity(numbers.len());
    for &number in numbers {
        out.push(base36(number - last));
        last = number;
    }
    out.join(" ")
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}
