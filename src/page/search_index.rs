//! What the library's search looks through beside what its cards show: the words of the steps, and those on the
//! screenshots.
//!
//! Guides of one project share most of their words, so each word stands once and a guide is a list of
//! numbers: about 100 bytes instead of 500.

use crate::guide::Entry;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Of this many guides, a word that most show on their screenshots tells them apart no more.
const MANY: usize = 8;

/// The words of all steps and screenshots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchIndex {
    /// All words in lower case, parted by spaces, the most frequent first.
    pub words: String,
    /// For each card in order, the numbers of its words: ascending, each less the one before, in base
    /// 36, parted by spaces.
    pub guides: Vec<String>,
    /// The same of what stands on their screenshots alone; empty if that is known of no guide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub screens: Vec<String>,
}

/// The index of the guides in the order of their cards.
pub fn make(entries: &[&Entry]) -> SearchIndex {
    let steps: Vec<BTreeSet<String>> = entries.iter().map(|entry| words_of(entry)).collect();
    let screens = screens(entries, &steps);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in steps.iter().flatten().map(String::as_str).chain(screens.iter().flatten().copied()) {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<&str> = counts.keys().copied().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(counts.get(word).copied()), *word));
    let numbers: BTreeMap<&str, usize> = words.iter().enumerate().map(|(at, word)| (*word, at)).collect();
    let numbered = |set: &mut dyn Iterator<Item = &str>| {
        let mut list: Vec<usize> = set.filter_map(|word| numbers.get(word).copied()).collect();
        list.sort_unstable();
        steps_between(&list)
    };
    let guides = steps.iter().map(|set| numbered(&mut set.iter().map(String::as_str))).collect();
    let is_known = screens.iter().any(|set| !set.is_empty());
    let screens = screens.iter().filter(|_| is_known).map(|set| numbered(&mut set.iter().copied()));
    SearchIndex { guides, screens: screens.collect(), words: words.join(" ") }
}

/// What stands on the screenshots of each guide and neither in its title nor in its steps.
fn screens<'a>(entries: &[&'a Entry], steps: &[BTreeSet<String>]) -> Vec<BTreeSet<&'a str>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in entries.iter().flat_map(|entry| entry.seen.split_whitespace()) {
        *counts.entry(word).or_default() += 1;
    }
    let tells = |word: &str| entries.len() < MANY || counts.get(word).is_none_or(|n| n * 2 <= entries.len());
    let words_of_screens = |(entry, steps): (&&'a Entry, &BTreeSet<String>)| {
        let title: BTreeSet<String> = parts(&entry.title).collect();
        let words = entry.seen.split_whitespace().filter(|word| tells(word));
        words.filter(|word| !steps.contains(*word) && !title.contains(*word)).collect()
    };
    entries.iter().zip(steps).map(words_of_screens).collect()
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    let lower = text.to_lowercase();
    let parts: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    parts.into_iter()
}

fn words_of(entry: &Entry) -> BTreeSet<String> {
    let shown: BTreeSet<String> = parts(&entry.title).collect();
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
