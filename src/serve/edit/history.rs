//! What was changed from the browser, so that it can be taken back, and the texts that windows may still show.

use crate::edit::{Replacement, apply, invert, rebase};
use std::collections::VecDeque;
use std::sync::Arc;

/// Changes that can be taken back.
const MOST_CHANGES: usize = 1_000;
/// Texts of a guide that are held for windows that show them.
const MOST_TEXTS: usize = 100;
/// Bytes of one guide's texts that are held.
const MOST_BYTES: usize = 32 << 20;

/// The past of one guide's text, in this run.
#[derive(Debug, Default)]
pub struct History {
    undo: VecDeque<Change>,
    redo: Vec<Change>,
    texts: VecDeque<(String, Arc<str>)>,
}

/// What leads from a text to the one before or after it.
#[derive(Debug, Clone)]
struct Change {
    on: Arc<str>,
    replacements: Vec<Replacement>,
}

/// A text of a guide, and its name.
pub fn version(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

impl History {
    /// How many changes can be taken back, and made again.
    pub fn depth(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    /// Holds a text that a window is shown; returns its version.
    pub fn hold(&mut self, text: &str) -> String {
        let name = version(text);
        if let Some(at) = self.texts.iter().position(|(known, _)| *known == name) {
            // It is shown again: others go first.
            self.texts.swap(at, self.texts.len() - 1);
            return name;
        }
        self.texts.push_back((name.clone(), text.into()));
        let_go(&mut self.texts, MOST_TEXTS, |(_, text)| text.len());
        name
    }

    /// The text of a version, if it is still held.
    pub fn text(&self, version: &str) -> Option<Arc<str>> {
        self.texts.iter().find(|(known, _)| known == version).map(|(_, text)| Arc::clone(text))
    }

    /// `replacements` were made on `before`.
    pub fn made(&mut self, before: &str, replacements: &[Replacement]) {
        self.redo.clear();
        self.push(Change::back(before, replacements));
    }

    /// What takes back the last change on the text as it is `now`; `Err`: the text it would have given, where the
    /// file has changed at the same place. `None`: there is nothing to take back.
    pub fn undo(&self, now: &str) -> Option<Result<Vec<Replacement>, String>> {
        self.undo.back().map(|change| change.on_text(now))
    }

    /// The change that [`History::undo`] spoke of was taken back on `before`.
    pub fn undone(&mut self, before: &str, replacements: &[Replacement]) {
        self.undo.pop_back();
        self.redo.push(Change::back(before, replacements));
    }

    /// What makes the change again that was taken back last, as [`History::undo`].
    pub fn redo(&self, now: &str) -> Option<Result<Vec<Replacement>, String>> {
        self.redo.last().map(|change| change.on_text(now))
    }

    /// The change that [`History::redo`] spoke of was made again on `before`.
    pub fn redone(&mut self, before: &str, replacements: &[Replacement]) {
        self.redo.pop();
        self.push(Change::back(before, replacements));
    }

    fn push(&mut self, change: Change) {
        self.undo.push_back(change);
        let_go(&mut self.undo, MOST_CHANGES, |change| change.on.len());
    }
}

/// Lets the oldest go until no more than `most` are held, nor more bytes than [`MOST_BYTES`]; the newest stays.
fn let_go<T>(held: &mut VecDeque<T>, most: usize, bytes: impl Fn(&T) -> usize) {
    while held.len() > most || (held.len() > 1 && held.iter().map(&bytes).sum::<usize>() > MOST_BYTES) {
        held.pop_front();
    }
}

impl Change {
    fn back(before: &str, replacements: &[Replacement]) -> Self {
        Self { on: apply(before, replacements).into(), replacements: invert(before, replacements) }
    }

    fn on_text(&self, now: &str) -> Result<Vec<Replacement>, String> {
        if *self.on == *now {
            return Ok(self.replacements.clone());
        }
        rebase(&self.on, now, &self.replacements).ok_or_else(|| apply(&self.on, &self.replacements))
    }
}
