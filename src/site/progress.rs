//! What a build says while it works.

use crate::source::ProjectPath;

/// Hears how far a build is, from several threads at once.
pub trait Progress: Sync {
    /// So many guides are going to be rendered.
    fn planned(&self, guides: usize);
    /// This one is done, well or not.
    fn done(&self, guide: &ProjectPath);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn planned(&self, _guides: usize) {}
    fn done(&self, _guide: &ProjectPath) {}
}
