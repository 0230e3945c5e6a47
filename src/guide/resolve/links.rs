//! Links written in a guide.

use super::Context;
use super::attached::published_kind;
use crate::guide::markdown::target_span;
use crate::guide::paths::path_of;
use crate::guide::{Body, Prose, Resolved, Section};
use crate::project::url;
use crate::source::{ProjectPath, Span, Spanned};
use pulldown_cmark::{Event, Tag};

/// A relative link written in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written.
    pub target: String,
    /// The file it names; `None`: the page itself.
    pub path: Option<ProjectPath>,
    /// What follows `#`.
    pub anchor: Option<String>,
    /// Whether it names a document that goes with the page. One that is not there is reported where the guide is read.
    pub is_document: bool,
}

/// The links of a guide that stay in the project, in order, each at the whole link's place.
pub fn links_of(resolved: &Resolved) -> Vec<Spanned<Link>> {
    let folder = resolved.path.parent();
    let in_steps = resolved.steps.iter().flat_map(|step| step.body.iter()).filter_map(|part| match part {
        Body::Prose(prose) => Some(prose),
        Body::Scene(_) => None,
    });
    let in_sections = resolved.sections.iter().filter_map(|section| match section {
        Section::Prose(prose) | Section::Chapter { content: prose, .. } => Some(prose),
        Section::Steps(_) => None,
    });
    let in_text = in_steps.chain(in_sections).flat_map(targets).filter_map(|(target, span)| {
        let link = link_of(target, &folder)?;
        let is_document = link.path.as_ref().is_some_and(|path| published_kind(path, &folder).is_some());
        Some(Spanned::new(Link { is_document, ..link }, span))
    });
    let cta = resolved.cta.iter().filter(|cta| cta.from == resolved.path);
    let cta = cta.filter_map(|cta| Some(Spanned::new(link_of(&cta.url, &folder)?, cta.at)));
    let mut links: Vec<_> = in_text.chain(cta).collect();
    links.sort_by_key(|link| link.span);
    links
}

fn targets(prose: &Prose) -> impl Iterator<Item = (&str, Span)> {
    prose.events.iter().filter_map(|(event, span)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((&**dest_url, *span)),
        _ => None,
    })
}

/// What an address written in a file of `folder` names in the project; `None` for addresses elsewhere.
pub fn link_of(target: &str, folder: &ProjectPath) -> Option<Link> {
    let elsewhere = target.starts_with('/') || target.is_empty() || url::scheme(target).is_some();
    if elsewhere {
        return None;
    }
    let anchor =
        target.split_once('#').map(|(_, anchor)| anchor.to_owned()).filter(|anchor| !anchor.is_empty());
    let path = if target.starts_with(['#', '?']) { None } else { Some(path_of(target, folder).ok()?) };
    Some(Link { target: target.to_owned(), path, anchor, is_document: false })
}

impl Context<'_> {
    /// Tells of links that would run code or lead out of the project, and notes the files that go with the page.
    pub fn check_links(&mut self, prose: &Prose) {
        let folder = self.guide.path.parent();
        for (target, span) in targets(prose) {
            let place = target_span(self.source, span, target);
            self.check_address(target, place, &folder);
            self.attach(target, place);
        }
    }

    /// Reports an address of a call to action that leads out of the project.
    pub fn check_cta(&mut self) {
        if let Some(cta) = self.guide.front.cta.clone() {
            self.check_address(&cta.url, cta.at, &self.guide.path.parent());
        }
    }

    fn check_address(&mut self, target: &str, place: Span, folder: &ProjectPath) {
        if url::is_unsafe(target) {
            let message = format!("the link `{}` would run code", crate::guide::text::cut(target, 60));
            self.error("unsafe-link", place, message, "link to a page: `https://…` or `other.md`");
        } else if url::scheme(target).is_none()
            && !target.starts_with('/')
            && path_of(target, folder).is_err()
        {
            let message = format!("the link `{target}` leads out of the project");
            self.error("path-outside", place, message, "link to a page of the project, or to `https://…`");
        }
    }
}
