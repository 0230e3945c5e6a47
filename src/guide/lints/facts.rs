//! What lints may look at.

use crate::guide::{Body, Guide, Index, Prose, Resolved, Scene, Section, Shot, Step};
use crate::project::{Project, Settings};
use crate::source::{ProjectPath, Source, Span, World};

/// One guide by itself.
#[derive(Clone, Copy)]
pub struct GuideFacts<'a> {
    /// As written.
    pub guide: &'a Guide,
    /// As meant.
    pub resolved: &'a Resolved,
    /// Its text.
    pub source: &'a Source,
    /// The project's settings.
    pub settings: &'a Settings,
    /// The project's files.
    pub world: &'a dyn World,
}

/// A project and all its guides.
#[derive(Clone, Copy)]
pub struct ProjectFacts<'a> {
    /// All guides that can be meant, drafts included.
    pub index: &'a Index,
    /// The same guides.
    pub guides: &'a [(&'a Guide, &'a Resolved, &'a Source)],
    /// The project.
    pub project: &'a Project,
    /// Its other guides, where one alone is read.
    pub others: Others<'a>,
    /// The project's files.
    pub world: &'a dyn World,
}

/// The guides of a project that are not read.
#[derive(Debug, Clone, Copy)]
pub enum Others<'a> {
    /// One guide alone is checked: what it says of them is right as long as they are there.
    Unread(&'a [ProjectPath]),
    /// One guide alone is built: they have no page beside its own.
    Unbuilt(&'a [ProjectPath]),
}

impl Others<'_> {
    /// All guides are read.
    pub const NONE: Self = Self::Unread(&[]);
}

/// A guide and the page it became.
#[derive(Clone, Copy)]
pub struct PageFacts<'a> {
    /// As written.
    pub guide: &'a Guide,
    /// As meant.
    pub resolved: &'a Resolved,
    /// Size of the page in bytes.
    pub bytes: usize,
}

/// Where a finding about a whole guide stands: at its title, else at its start.
pub(super) fn head(guide: &Guide) -> Span {
    let heading = guide.blocks.iter().find_map(|block| match block {
        crate::guide::Block::Heading { level: 1, span, .. } => Some(*span),
        _ => None,
    });
    guide.front.title.as_ref().map(|title| title.span).or(heading).unwrap_or_default()
}

/// All text of a guide, in no order that matters.
pub(super) fn texts(resolved: &Resolved) -> impl Iterator<Item = &Prose> {
    let sections = resolved.sections.iter().filter_map(|section| match section {
        Section::Prose(prose) | Section::Chapter { content: prose, .. } => Some(prose),
        Section::Steps(_) => None,
    });
    let bodies = resolved.steps.iter().flat_map(|step| &step.body);
    sections.chain(bodies.filter_map(|body| match body {
        Body::Prose(prose) => Some(prose),
        Body::Scene(_) => None,
    }))
}

/// The screenshots of a guide where they are written, in order.
pub(super) fn screenshots(resolved: &Resolved) -> impl Iterator<Item = (&Scene, &Shot)> {
    let written = resolved.steps.iter().flat_map(|step: &Step| &step.scenes).filter(|scene| !scene.inherited);
    written.filter_map(|scene| Some((scene, resolved.shots.get(scene.shot?)?)))
}
