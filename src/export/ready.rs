//! A guide on its way out: its page built, and read for what else is known of it.

use super::{Exporting, Form, Leads};
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::guide::{self, Guide};
use crate::project;
use crate::site::{self, BuildOptions, MemorySink, Outcome, Silent};
use crate::source::{ProjectPath, Source, World};
use crate::theme::{self, ExportParts, words::Words};

/// What exports of a guide are made from.
#[derive(Debug)]
pub struct Ready {
    page: Vec<u8>,
    slug: String,
    title: String,
    lang: String,
    words: Words,
    film: String,
    source: Source,
    leads: Leads,
    guide: Guide,
}

/// Why there is nothing to export.
#[derive(Debug)]
pub enum NotReady {
    /// The guide has errors: what its page would hide might show.
    Wrong(Box<Outcome>),
    /// It could not be built.
    Failed(String),
}

impl Ready {
    /// Builds the page of a guide, a draft too, and reads what is reported beside it. `lang` is its language, whatever it says
    /// itself.
    ///
    /// # Errors
    /// [`NotReady`] if the guide has errors or can't be built.
    pub fn make(
        world: &dyn World,
        path: &ProjectPath,
        jobs: usize,
        cache: Option<Cache>,
        lang: Option<&str>,
    ) -> Result<Self, NotReady> {
        let sink = MemorySink::new();
        let only = Some(path.clone());
        let asked_lang = lang.map(str::to_owned);
        let build = BuildOptions {
            only,
            drafts: true,
            jobs,
            cache,
            lang: asked_lang.clone(),
            ..BuildOptions::default()
        };
        let outcome = site::build(world, &build, &sink, &Silent);
        if outcome.failure.is_some() || outcome.has_errors() {
            return Err(NotReady::Wrong(Box::new(outcome)));
        }
        let page = sink.files().into_iter().find(|(name, _)| name.ends_with(".html")).map(|(_, bytes)| bytes);
        let (Some(page), Some(slug)) = (page, outcome.guides.into_keys().next()) else {
            return Err(NotReady::Failed(format!("`{path}` makes no page")));
        };
        let source = guide::read(world, path).map_err(|found| NotReady::Failed(found.message))?;
        let settings = project::load(world, Some(path)).project.settings;
        let mut guide = guide::parse(&source).guide;
        guide.front.lang = asked_lang.or(guide.front.lang);
        let resolved = guide::resolve(&guide, &source, &settings, world).resolved;
        let (title, theme, lang) = resolved.map_or_else(
            || (slug.clone(), settings.theme, settings.lang),
            |resolved| (resolved.title, resolved.theme, resolved.lang),
        );
        let wrong = |found: Vec<Diagnostic>| {
            NotReady::Failed(found.into_iter().map(|found| found.message).collect::<Vec<_>>().join("; "))
        };
        let ExportParts { film, words } = theme::export_parts(world, &theme, &lang).map_err(wrong)?;
        let leads = Leads::new(world, &source);
        Ok(Self { page, slug, title, lang, words, film, source, leads, guide })
    }

    /// The links that are text in a document, as they are written.
    pub fn lost_links(&self) -> Vec<&str> {
        self.leads.lost().collect()
    }

    /// To be exported; its pictures are read from `world`.
    pub fn exporting<'a>(&'a self, world: &'a dyn World) -> Exporting<'a> {
        let Self { page, slug, title, lang, words, film, source, leads, guide } = self;
        Exporting { page, slug, title, film, lang, words, source, leads, guide, world }
    }
}

/// Forms by the names that people give them.
pub const NAMED: [(&str, Form); 10] = [
    ("pdf", Form::Pdf),
    ("png", Form::Png),
    ("md", Form::Markdown(super::Flavour::Github)),
    ("docx", Form::Docx),
    ("mp4", Form::Mp4),
    ("webm", Form::Webm),
    ("gif", Form::Gif),
    ("webp", Form::Webp),
    ("scorm", Form::Scorm(super::ScormVersion::V1_2)),
    ("scorm2004", Form::Scorm(super::ScormVersion::V2004)),
];

/// The form of a name.
pub fn form(name: &str) -> Option<Form> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
}
