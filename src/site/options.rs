//! What a build is asked to do.

use super::downloads::Downloads;
use crate::cache::Cache;
use crate::page::Scope;
use crate::shot::Purpose;
use crate::source::ProjectPath;
use std::sync::Arc;

/// What a build is asked to do.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The one guide to build, its page standing alone: no library and nothing else beside it.
    pub only: Option<ProjectPath>,
    /// Drafts too. A draft that is named by `only` is always built.
    pub drafts: bool,
    /// How many guides at once; 0 counts as 1.
    pub jobs: usize,
    /// Every page is rendered again, whether it would be the same or not.
    pub fresh: bool,
    /// What the pages are for. A preview is there as soon as it can be.
    pub purpose: Purpose,
    /// Where finished screenshots are kept between builds.
    pub cache: Option<Cache>,
    /// Who makes the files that pages offer; `None`: pages offer none.
    pub downloads: Option<Arc<dyn Downloads>>,
    /// The language of the guides that are built, whatever they say themselves.
    pub lang: Option<String>,
}

impl BuildOptions {
    /// What the pages of the build have beside them.
    pub fn scope(&self) -> Scope {
        match self.only {
            Some(_) => Scope::Alone,
            None => Scope::Site,
        }
    }
}
