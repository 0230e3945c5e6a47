//! A link that goes nowhere.

use super::{Check, Findings, Lint, ProjectFacts};
use crate::diagnostic::Severity;
use crate::guide::{Entry, Link, link_of};
use crate::project::near;
use crate::source::{ProjectPath, ReadError, World};
use std::collections::{BTreeMap, BTreeSet};

pub(super) static LINT: Lint = Lint {
    code: "broken-link",
    severity: Severity::Error,
    summary: "a link to a file or to an `#anchor` goes nowhere",
    check: Check::Project(check),
};

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let mut places = Places::new(facts);
    for entry in &facts.index.entries {
        for link in entry.links.iter().filter(|link| !link.value.is_document) {
            if let Some((message, help)) = places.problem(&entry.path, &link.value) {
                found.at(&entry.path, link.span, message, help);
            }
        }
    }
    if let Some(cta) = &facts.project.settings.cta
        && let Some(link) = link_of(&cta.url, &cta.from.parent())
        && let Some((message, help)) = places.problem(&cta.from, &link)
    {
        found.at(&cta.from, cta.at, message, help);
    }
}

/// What a relative link leads to.
pub(super) enum Destination<'a> {
    /// A guide of the project.
    Guide(&'a Entry),
    /// A guide that cannot be read: what is wrong with it is reported at its place.
    Unread,
    /// A file that is no guide.
    File(ProjectPath),
    /// Nothing.
    Nowhere,
}

/// Where links may lead. Looks at every guide and every file once.
pub(super) struct Places<'a> {
    guides: BTreeMap<&'a ProjectPath, &'a Entry>,
    /// All guides, those that cannot be meant included: what is wrong with them is reported elsewhere.
    known: BTreeSet<&'a ProjectPath>,
    anchors: BTreeMap<&'a ProjectPath, BTreeSet<&'a str>>,
    files: BTreeMap<ProjectPath, bool>,
    world: &'a dyn World,
}

impl<'a> Places<'a> {
    pub(super) fn new(facts: &ProjectFacts<'a>) -> Self {
        Self {
            guides: facts.index.entries.iter().map(|entry| (&entry.path, entry)).collect(),
            known: facts.project.guides.iter().collect(),
            anchors: BTreeMap::new(),
            files: BTreeMap::new(),
            world: facts.world,
        }
    }

    /// What is wrong with a link written in `from`, and what to do.
    fn problem(&mut self, from: &ProjectPath, link: &Link) -> Option<(String, String)> {
        let path = link.path.as_ref().unwrap_or(from);
        let guide = match self.destination(path) {
            Destination::Guide(guide) => guide,
            Destination::Unread | Destination::File(_) => return None,
            Destination::Nowhere => {
                let message = format!("the link `{}` goes nowhere", link.target);
                return Some((message, self.file_help(from, path)));
            }
        };
        let anchor = link.anchor.as_deref().filter(|anchor| !is_top(anchor))?;
        let anchors = self
            .anchors
            .entry(&guide.path)
            .or_insert_with(|| guide.anchors.iter().map(String::as_str).collect());
        if anchors.contains(anchor) {
            return None;
        }
        let help = match near::nearest(anchor, anchors.iter().copied()) {
            Some(meant) => format!("did you mean `#{meant}`?"),
            None => "link to a heading, or to a step's `@id`".to_owned(),
        };
        Some((format!("`{}` has no place `#{anchor}`", guide.path), help))
    }

    /// What a link to a path leads to.
    pub(super) fn destination(&mut self, path: &ProjectPath) -> Destination<'a> {
        // What has another ending is meant as it is written.
        let pages = if path.extension().is_empty() { path.pages() } else { vec![path.clone()] };
        if let Some(guide) = pages.iter().find_map(|page| self.guides.get(page)) {
            return Destination::Guide(guide);
        }
        if self.known.contains(path) {
            return Destination::Unread;
        }
        match pages.into_iter().find(|file| self.exists(file)) {
            Some(file) if self.known.contains(&file) => Destination::Unread,
            Some(file) => Destination::File(file),
            None => Destination::Nowhere,
        }
    }

    fn file_help(&self, from: &ProjectPath, path: &ProjectPath) -> String {
        let folder = path.parent();
        let siblings = self
            .guides
            .keys()
            .filter(|guide| guide.parent() == folder && **guide != from)
            .map(|guide| guide.name());
        match near::nearest(path.name(), siblings) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there is no `{path}`; write the way to it from the folder of `{from}`"),
        }
    }

    /// Whether there is such a file. A folder is none: no page stands for it.
    fn exists(&mut self, path: &ProjectPath) -> bool {
        let world = self.world;
        *self.files.entry(path.clone()).or_insert_with(|| match world.read(path, 0) {
            // A file of more than no bytes is too large for a limit of none, and isn't read.
            Ok(_) | Err(ReadError::TooLarge(_) | ReadError::Failed(_)) => true,
            Err(ReadError::Missing | ReadError::Outside | ReadError::NotAFile) => false,
        })
    }
}

/// Browsers go to the top of a page for these.
fn is_top(anchor: &str) -> bool {
    anchor.is_empty() || anchor.eq_ignore_ascii_case("top")
}
