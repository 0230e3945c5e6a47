//! What a build remembers for the next one in the same process: only what changed is made again.

use super::Planned;
use super::asking::{Asking, Reads};
use super::themes::Themes;
use crate::diagnostic::Diagnostic;
use crate::guide::Index;
use crate::page::Cover;
use crate::source::{ProjectPath, World};
use std::collections::{BTreeMap, BTreeSet};

/// More changes than this are not looked at one by one.
const MANY: usize = 256;

/// Guides as they were read and meant, themes, and what was reported of pages. It is right as long as it hears
/// of every file that changes.
#[derive(Debug, Default)]
pub struct Memory {
    /// The project's settings that the rest was made with.
    settings: String,
    guides: BTreeMap<ProjectPath, Planned>,
    /// What the guides of the build before may know of each other.
    pub(super) index: Index,
    themes: Option<(Themes, Reads)>,
    pub(super) pages: Pages,
    /// What the library was made from, if it was made without a finding.
    pub(super) library: Option<Listed>,
}

/// The pages of the build before.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Hash of all that a page takes from outside its guide.
    pub around: String,
    /// What was reported of each page that was made.
    pub reported: BTreeMap<ProjectPath, Vec<Diagnostic>>,
}

/// What a library lists.
#[derive(Debug)]
pub(super) struct Listed {
    pub around: String,
    pub index: Index,
    pub covers: BTreeMap<String, Cover>,
}

impl Listed {
    /// Whether a library of this would be the same.
    pub fn is(&self, around: &str, index: &Index, covers: &BTreeMap<String, Cover>) -> bool {
        self.around == around && self.index == *index && self.covers == *covers
    }
}

impl Memory {
    /// The guides of the last build that can be meant.
    pub fn guides(&self) -> &Index {
        &self.index
    }

    /// These files or folders are no longer what they were: new, changed or gone.
    pub fn forget(&mut self, changed: &[ProjectPath]) {
        if changed.len() > MANY {
            return self.forget_all();
        }
        self.guides.retain(|_, planned| !touched(&planned.asked, changed));
        if self.themes.as_ref().is_some_and(|(_, asked)| touched(asked, changed)) {
            self.themes = None;
        }
    }

    /// Any file may have changed.
    pub fn forget_all(&mut self) {
        self.guides.clear();
        self.themes = None;
    }

    /// The guides that are known and have not changed, taken out.
    pub(super) fn take(&mut self, settings: String) -> BTreeMap<ProjectPath, Planned> {
        let known = std::mem::take(&mut self.guides);
        if self.settings == settings {
            return known;
        }
        self.settings = settings;
        BTreeMap::new()
    }

    /// The guides of this build, and pages that are none, for the next one.
    pub(super) fn keep(&mut self, guides: impl Iterator<Item = Planned>, index: Index) {
        self.index = index;
        let known = |planned: Planned| {
            (planned.resolved.path.clone(), Planned { known: true, blocked: false, ..planned })
        };
        self.guides.extend(guides.map(known));
    }

    /// The themes of these names.
    pub(super) fn themes(&mut self, world: &dyn World, names: &BTreeSet<&str>) -> Themes {
        match self.themes.take() {
            Some((themes, asked)) if themes.are(names) => {
                self.themes = Some((Themes::default(), asked));
                themes
            }
            _ => {
                let asking = Asking::new(world);
                let themes = Themes::load(&asking, names.iter().copied());
                self.themes = Some((Themes::default(), asking.asked()));
                themes
            }
        }
    }

    /// Gives the themes back.
    pub(super) fn keep_themes(&mut self, themes: Themes) {
        if let Some((slot, _)) = &mut self.themes {
            *slot = themes;
        }
    }
}

/// A change of a folder touches all in it, and a change in a folder touches who listed it.
fn touched(asked: &Reads, changed: &[ProjectPath]) -> bool {
    let touches =
        |changed: &ProjectPath| asked.iter().any(|path| path.is_below(changed) || changed.is_below(path));
    changed.iter().any(touches)
}
