//! What a build uses of the words on screenshots. A project may have a thousand guides, all of them in memory: so this is
//! little, whatever stands on the pictures.

use super::telling::{phrases, print, prints, telling};
use super::{Screens, Word, grown, lettering};
use crate::guide::seen::{Covered, Seen};
use crate::guide::{Rect, Shot, Step};
use crate::source::ProjectPath;
use std::collections::{BTreeMap, BTreeSet};

/// Most words of a guide that a search gets from its screenshots: they take about 200 bytes of the library's page, twice
/// what the words of its steps take.
const MOST: usize = 60;
/// A text of more words is no label.
const LABEL: usize = 4;
/// Most letters of a word: more are no word that anybody types.
const LONGEST: usize = 30;
/// Points around a target in which words belong to it: its label, what a field wants, what is said of it.
const BESIDE: f64 = 120.0;
/// Of fewer pictures none can be known to be what all of them show.
const SEVERAL: usize = 3;

impl Seen {
    /// Of the shots of these steps. `said`: all that the guide says in its own words, in lower case.
    pub fn new(screens: &Screens, shots: &[Shot], steps: &[Step], text: impl FnOnce() -> String) -> Self {
        let shown: BTreeSet<u64> =
            shots.iter().flat_map(|shot| screens.shown(shot)).flat_map(|word| prints(&word.text)).collect();
        Self {
            words: words(screens, shots),
            covered: covered(screens, shots, text),
            shown: shown.into_iter().collect(),
            beside: beside(screens, shots, steps),
            lettering: lettering::known(screens, steps),
        }
    }
}

/// What redactions cover that identifies somebody or something. What the guide says itself in several words is no secret.
fn covered(screens: &Screens, shots: &[Shot], text: impl FnOnce() -> String) -> Vec<Covered> {
    let words_of = |(shot, all): (usize, &Shot)| -> Vec<(usize, Word)> {
        screens.covered(all).map(|word| (shot, word.clone())).collect()
    };
    let words: Vec<(usize, Word)> = shots.iter().enumerate().flat_map(words_of).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let text = text();
    let mut covered = Vec::new();
    for (shot, word) in &words {
        let unsaid = phrases(&word.text).into_iter().filter(|words| !text.contains(&words.to_lowercase()));
        let texts = telling(&word.text).map(str::to_owned).chain(unsaid);
        covered.extend(texts.map(|text| Covered { print: print(&text), shot: *shot }));
    }
    covered
}

/// The words beside the targets of each shot.
fn beside(screens: &Screens, shots: &[Shot], steps: &[Step]) -> Vec<(usize, Rect)> {
    let scenes = steps.iter().flat_map(|step| &step.scenes);
    let targets: Vec<(usize, Rect)> = scenes
        .filter_map(|scene| Some((scene.shot?, &scene.actions)))
        .flat_map(|(shot, actions)| {
            actions.iter().flat_map(|action| action.kind.targets()).map(move |at| (shot, at))
        })
        .collect();
    let near = |shot: usize, word: Rect| {
        targets.iter().any(|(on, target)| *on == shot && grown(*target, BESIDE).meets(&word))
    };
    let words_near = |(at, shot)| {
        let words = screens.shown(shot).map(|word| word.at);
        words.filter(move |word| near(at, *word)).map(move |word| (at, word)).collect::<Vec<_>>()
    };
    shots.iter().enumerate().flat_map(words_near).collect()
}

/// How much a word tells: less if all pictures show it, or running text alone says it. Then the order of the pictures.
#[derive(Debug, Default)]
struct Fragment<'a> {
    pictures: BTreeSet<&'a ProjectPath>,
    is_label: bool,
    first: usize,
}

fn words(screens: &Screens, shots: &[Shot]) -> String {
    let hidden: BTreeSet<String> =
        shots.iter().flat_map(|shot| screens.touched(shot)).flat_map(|word| parts(&word.text)).collect();
    let mut fragments: BTreeMap<String, Fragment<'_>> = BTreeMap::new();
    let mut pictures = BTreeSet::new();
    for shot in shots {
        for word in screens.shown(shot).filter(|word| !screens.is_doubtful(shot, word.at)) {
            pictures.insert(&shot.picture.path);
            let is_label = word.text.split_whitespace().nth(LABEL).is_none();
            for part in parts(&word.text).filter(|part| !hidden.contains(part)) {
                let first = fragments.len();
                let known = fragments.entry(part).or_insert(Fragment { first, ..Fragment::default() });
                known.pictures.insert(&shot.picture.path);
                known.is_label |= is_label;
            }
        }
    }
    let all = pictures.len();
    let mut ranked: Vec<(&String, &Fragment<'_>)> = fragments.iter().collect();
    ranked
        .sort_by_key(|(_, part)| (all >= SEVERAL && part.pictures.len() == all, !part.is_label, part.first));
    let words: Vec<&str> = ranked.into_iter().take(MOST).map(|(word, _)| word.as_str()).collect();
    words.join(" ")
}

/// The words of a text that somebody may look for, in lower case: no numbers, and no e-mail addresses, which a list
/// of words would hand to anybody who collects them.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let whole = text.split_whitespace().filter(|word| !word.contains('@'));
    let parts = whole.flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    parts.map(str::to_lowercase).filter(|part| {
        let letters = part.chars().count();
        let is_plain = !part.is_empty() && part.chars().all(|c| !c.is_numeric());
        is_plain && letters <= LONGEST && (letters > 2 || !part.is_ascii())
    })
}
