//! What the other guides of a project may know of a guide: small, so that all of them fit in memory.

use super::resolve::links_of;
use super::{Body, Date, Resolved, Section, Size};
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

impl Index {
    /// The index of some guides, in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Self { entries }
    }

    /// The guide of a Markdown file.
    pub fn get(&self, path: &ProjectPath) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        self.entries.get(at)
    }
}

impl Resolved {
    /// What the other guides may know of this one.
    pub fn entry(&self) -> Entry {
        Entry {
            path: self.path.clone(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            app: self.app.clone(),
            tags: self.tags.clone(),
            created: self.created,
            updated: self.updated,
            lang: self.lang.clone(),
            draft: self.draft,
            stage: self.stage,
            steps: self
                .steps
                .iter()
                .map(|step| EntryStep { id: step.id.clone(), title: step.title.clone() })
                .collect(),
            words: self.words,
            anchors: self.anchors(),
            links: links_of(self),
        }
    }

    fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = self.chapters.iter().map(|chapter| chapter.id.clone()).collect();
        for section in &self.sections {
            match section {
                Section::Prose(prose) => anchors.extend(prose.heading_ids.iter().cloned()),
                Section::Chapter { .. } | Section::Steps(_) => {}
            }
        }
        for step in &self.steps {
            anchors.push(step.id.clone());
            for part in &step.body {
                match part {
                    Body::Prose(prose) => anchors.extend(prose.heading_ids.iter().cloned()),
                    Body::Scene(_) => {}
                }
            }
        }
        anchors
    }

    /// Index into [`Resolved::inline`] of the picture that an image amid text names.
    pub fn inline_index(&self, target: &str) -> Option<usize> {
        let path = super::resolve::path_of(target, &self.path.parent()).ok()?;
        self.inline.iter().position(|shot| shot.picture.path == path)
    }
}
