//! A guide as written into a guide as meant.

mod article;
mod attached;
mod backdrop;
mod cover;
mod files;
mod finder;
mod ids;
mod links;
mod marks;
mod meta;
mod nosteps;
mod pictures;
mod place;
mod scenes;
mod sets;

pub use finder::PictureFinder;
pub use links::{Link, link_of, links_of};
pub use meta::slug_of;
pub use pictures::{MAX_FILE as MAX_PICTURE, MAX_PIXELS, MAX_SIDE};

use super::fix::Fix;
use super::written::Guide;
use super::{Attachment, Body, Resolved, Screens, Section, Seen, Shot, Size, Step, text};
use crate::diagnostic::Diagnostic;
use crate::project::Settings;
use crate::source::{Source, Span, World};
use article::Article;

/// A guide as meant and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The guide, whenever it can be meant at all; what is wrong is left out of it.
    pub resolved: Option<Resolved>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// What of them has one right answer.
    pub fixes: Vec<Fix>,
}

/// The stage of a guide without screenshots.
const CARD_STAGE: Size = Size { width: 1280.0, height: 800.0 };

/// Decides everything a guide leaves open, and measures its pictures.
pub fn resolve(guide: &Guide, source: &Source, settings: &Settings, world: &dyn World) -> Resolution {
    let mut context = Context::new(guide, source, settings, world);
    let resolved = if guide.broken { None } else { Some(context.resolve()) };
    let mut diagnostics = context.found;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Resolution { resolved, diagnostics, fixes: context.fixes }
}

/// What every part of resolving needs.
struct Context<'a> {
    guide: &'a Guide,
    source: &'a Source,
    settings: &'a Settings,
    world: &'a dyn World,
    found: Vec<Diagnostic>,
    fixes: Vec<Fix>,
    attachments: Vec<Attachment>,
}

impl<'a> Context<'a> {
    /// Nothing found yet.
    fn new(guide: &'a Guide, source: &'a Source, settings: &'a Settings, world: &'a dyn World) -> Self {
        let (found, fixes, attachments) = (Vec::new(), Vec::new(), Vec::new());
        Self { guide, source, settings, world, found, fixes, attachments }
    }
}

impl Context<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(code, self.source.path(), span, message).help(help));
    }

    fn resolve(&mut self) -> Resolved {
        let (title, heading) = self.title();
        let article = Article::read(self, heading, &title);
        if article.steps.is_empty() {
            let at = self.start();
            let help = nosteps::help(self.guide, self.source);
            self.error("no-steps", at, "the guide has no steps", help);
        }
        let Article {
            sections,
            chapters,
            steps,
            shots,
            dark,
            firsts,
            inline,
            cover,
            backdrop,
            footnotes,
            words,
            first_paragraph,
        } = article;
        self.check_cta();
        let seen = self.seen(&title, &sections, &steps, &shots);
        let front = &self.guide.front;
        let value = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|t| t.value.clone());
        Resolved {
            path: self.guide.path.clone(),
            slug: self.slug(),
            title,
            description: value(&front.description).unwrap_or_else(|| meta::description(&first_paragraph)),
            app: self.app(),
            tags: front.tags.iter().map(|tag| tag.value.clone()).collect(),
            authors: front.authors.iter().map(|author| author.value.clone()).collect(),
            created: front.created.map(|date| date.value),
            updated: front.updated.map(|date| date.value),
            lang: front.lang.clone().unwrap_or_else(|| self.settings.lang.clone()),
            draft: front.draft.is_some_and(|draft| draft.value),
            cursor: self.cursor(),
            frame: front.frame.map(|frame| frame.value).unwrap_or_default(),
            backdrop,
            auto_zoom: front.auto_zoom.is_none_or(|zoom| zoom.value),
            order: front.order.map(|order| order.value),
            chapter_opening: front.chapters.map(|opening| opening.value).unwrap_or_default(),
            cta: front.cta.clone().or_else(|| self.settings.cta.clone()),
            theme: front
                .theme
                .as_ref()
                .map_or_else(|| self.settings.theme.clone(), |theme| theme.value.clone()),
            stage: scenes::stage(&steps, &shots).unwrap_or(CARD_STAGE),
            chapters,
            sections,
            steps,
            shots,
            dark,
            firsts,
            cover,
            inline,
            attachments: std::mem::take(&mut self.attachments),
            footnotes,
            words,
            seen,
        }
    }

    /// What the words on the screenshots are good for. A guide is built without them, too.
    fn seen(&mut self, title: &str, sections: &[Section], steps: &[Step], shots: &[Shot]) -> Seen {
        if shots.is_empty() {
            return Seen::default();
        }
        match Screens::read(self.world, self.source.path()) {
            Ok(screens) => Seen::new(&screens, shots, steps, || guide_text(title, sections, steps)),
            Err(why) => {
                let help = "restore the file, or delete it: the guide is built without it, but the search does not know the words on its screenshots";
                let found = Diagnostic::file_warning("unread-capture", self.source.path(), why);
                self.found.push(found.help(help));
                Seen::default()
            }
        }
    }
}

/// All that a guide says in its own words, in lower case.
fn guide_text(title: &str, sections: &[Section], steps: &[Step]) -> String {
    let sections = sections.iter().filter_map(|section| match section {
        Section::Prose(prose) | Section::Chapter { content: prose, .. } => Some(prose),
        Section::Steps(_) => None,
    });
    let bodies = steps.iter().flat_map(|step| &step.body).filter_map(|body| match body {
        Body::Prose(prose) => Some(prose),
        Body::Scene(_) => None,
    });
    let texts = sections.chain(bodies).map(|prose| text::plain(&prose.events));
    std::iter::once(title.to_owned()).chain(texts).collect::<Vec<_>>().join("\n").to_lowercase()
}
