//! The texts that diagnostics point into.

use crate::source::{ProjectPath, Source};
use std::collections::BTreeMap;

/// Texts by path. A file that is not here is reported without lines and columns.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    by_path: BTreeMap<ProjectPath, Source>,
}

impl Sources {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text, or replaces the one of the same path.
    pub fn insert(&mut self, source: Source) {
        self.by_path.insert(source.path().clone(), source);
    }

    /// The text at `path`.
    pub fn get(&self, path: &ProjectPath) -> Option<&Source> {
        self.by_path.get(path)
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Self {
        let mut all = Self::new();
        sources.into_iter().for_each(|source| all.insert(source));
        all
    }
}

impl Extend<Source> for Sources {
    fn extend<I: IntoIterator<Item = Source>>(&mut self, sources: I) {
        sources.into_iter().for_each(|source| self.insert(source));
    }
}
