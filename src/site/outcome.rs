//! What came of a build.

use super::SinkError;
use crate::diagnostic::{Diagnostic, Sources};
use crate::source::ProjectPath;
use std::collections::BTreeMap;

/// All that a build has to tell.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong or weak.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics speak of.
    pub sources: Sources,
    /// Numbers.
    pub summary: Summary,
    /// The file of each guide that can be meant, with or without errors, by its slug.
    pub guides: BTreeMap<String, ProjectPath>,
    /// What kept the site from being written, outside the guides.
    pub failure: Option<SinkError>,
}

impl Outcome {
    /// Whether a guide has an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Numbers of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Guides with a page in the site, older pages that stand included.
    pub guides: usize,
    /// Guides whose page was rendered in this build.
    pub rendered: usize,
    /// Files with other bytes than before.
    pub written: usize,
    /// Screenshots of the rendered guides.
    pub shots: usize,
    /// How many of these came from the cache.
    pub cached_shots: usize,
    /// Bytes of the files these screenshots came from.
    pub source_bytes: u64,
    /// Bytes that these screenshots became.
    pub shot_bytes: u64,
}
