//! What the other guides of a project may know of a guide: small, so that all of them fit in memory.

use super::{Date, Size};
use crate::project::App;
use crate::source::{ProjectPath, Spanned};

/// A guide as its neighbours, the library and the index see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The Markdown file.
    pub path: ProjectPath,
    /// Last part of its address.
    pub slug: String,
    /// Plain text, not empty.
    pub title: String,
    /// One sentence of plain text; may be empty.
    pub description: String,
    /// The application it is about.
    pub app: Option<App>,
    /// As written, in order.
    pub tags: Vec<String>,
    /// Day it was first published.
    pub created: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// BCP 47 tag.
    pub lang: String,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// Size of the stage in points.
    pub stage: Size,
    /// Its steps, in order.
    pub steps: Vec<EntryStep>,
    /// Words of all text, for the reading time.
    pub words: usize,
    /// Ids that an address can name: steps, chapters, headings.
    pub anchors: Vec<String>,
    /// Relative links written in it.
    pub links: Vec<Spanned<Link>>,
}

/// A step as others see it; its number is its place, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryStep {
    /// Anchor.
    pub id: String,
    /// First sentence.
    pub title: String,
}

/// A relative link written in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written.
    pub target: String,
    /// The file it names; `None`: the page itself.
    pub path: Option<ProjectPath>,
    /// What follows `#`.
    pub anchor: Option<String>,
}

/// All guides of a build, sorted by path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Index {
    /// The guides.
    pub entries: Vec<Entry>,
}
