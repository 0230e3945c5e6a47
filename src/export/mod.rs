//! A guide for places where a page can't go: documents, pictures, films, courses.
//!
//! ```text
//! page + guide ──export──▶ Exported (path → bytes) ──▶ a file or a folder
//! ```
//!
//! Everything is made from the built page, which holds nothing of what a guide redacts. What is drawn is drawn by the
//! browser, in the page's own player and article.

mod document;
mod docx;
mod drawn;
mod film;
mod links;
mod markdown;
mod packed;
mod png_file;
mod ready;
mod scorm;
mod shown;
mod stills;
mod zipped;

pub use film::{FilmOptions, Motion};
pub use links::Leads;
pub use ready::{NAMED, NotReady, Ready, form};
pub use scorm::ScormVersion;
pub use shown::Scheme;

use crate::browser::{Browser, BrowserError};
use crate::guide::Guide;
use crate::source::{Source, World};
use crate::theme::words::Words;
use std::ops::RangeInclusive;

/// What a guide becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A document with bookmarks and structure.
    Pdf,
    /// The screenshots of the article, with their marks.
    Png,
    /// Markdown with pictures, for wikis.
    Markdown(Flavour),
    /// A document of word processors.
    Docx,
    /// A film in H.264, with its captions beside it.
    Mp4,
    /// A film in VP9, with its captions beside it.
    Webm,
    /// An animation, for places that show pictures alone.
    Gif,
    /// The same, far smaller.
    Webp,
    /// A course for a learning management system.
    Scorm(ScormVersion),
}

/// What the Markdown is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// GitHub, GitLab and most others: pictures within the steps.
    #[default]
    Github,
    /// Confluence: steps as headings, since its lists can't hold pictures.
    Confluence,
    /// Notion: the same, and pictures behind the text.
    Notion,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// What the guide becomes.
    pub form: Form,
    /// Width and height of a film or an animation in pixels; what is usual for the form without it.
    pub size: Option<(u32, u32)>,
    /// Light or dark.
    pub scheme: Scheme,
    /// The steps that an animation shows, by number; all without it.
    pub steps: Option<RangeInclusive<usize>>,
    /// How films and animations are made.
    pub film: FilmOptions,
}

impl ExportOptions {
    /// A form as it is if nothing else is said.
    pub fn new(form: Form) -> Self {
        Self { form, size: None, scheme: Scheme::Light, steps: None, film: FilmOptions::default() }
    }
}

/// The guide to export.
#[derive(Clone, Copy)]
pub struct Exporting<'a> {
    /// Its page.
    pub page: &'a [u8],
    /// The last part of its address: it names the files.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The script of its theme that makes a film of the walkthrough.
    pub film: &'a str,
    /// The language of its text, a BCP 47 tag.
    pub lang: &'a str,
    /// What its theme says in that language.
    pub words: &'a Words,
    /// Its text.
    pub source: &'a Source,
    /// Where its links lead for readers who have it alone.
    pub leads: &'a Leads,
    /// The guide as written.
    pub guide: &'a Guide,
    /// Where its pictures are read from.
    pub world: &'a dyn World,
}

/// As one file: its name and its bytes. Several are packed.
///
/// # Errors
/// [`ExportError`] if they can't be packed.
pub fn as_one(mut exported: Exported, slug: &str) -> Result<(String, Vec<u8>), ExportError> {
    if exported.len() == 1 && !exported.iter().any(|(path, _)| path.contains('/')) {
        return exported.pop().ok_or_else(|| ExportError::Nothing("nothing was made".to_owned()));
    }
    let files = exported.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    Ok((format!("{slug}.zip"), zipped::zipped(files)?))
}

/// Files by their paths, with `/` between the parts.
pub type Exported = Vec<(String, Vec<u8>)>;

/// Makes the files of a guide. `progress` gets how much is done, and of how much.
///
/// # Errors
/// [`ExportError`] if the browser fails, or the guide has nothing of what is asked for.
pub fn export(
    exporting: Exporting<'_>,
    options: &ExportOptions,
    browser: Option<&Browser>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Exported, ExportError> {
    if let Form::Scorm(version) = options.form {
        return Ok(vec![(format!("{}.zip", exporting.slug), scorm::package(exporting, version)?)]);
    }
    let Some(browser) = browser else { return undrawn(exporting, options) };
    if options.form == Form::Pdf {
        return Ok(vec![(format!("{}.pdf", exporting.slug), document::pdf(browser, exporting)?)]);
    }
    let mut shown = shown::Shown::open(browser, exporting.page, options.scheme)?;
    match options.form {
        Form::Mp4 | Form::Webm | Form::Gif | Form::Webp => {
            film::export(exporting, &mut shown, options, progress)
        }
        Form::Png | Form::Markdown(_) | Form::Docx => {
            let stills = stills::by_step(&mut shown, progress)?;
            illustrated(exporting, options.form, stills)
        }
        Form::Pdf | Form::Scorm(_) => Ok(Vec::new()),
    }
}

/// What is made of the stills of the article.
fn illustrated(
    exporting: Exporting<'_>,
    form: Form,
    stills: Vec<Vec<stills::Still>>,
) -> Result<Exported, ExportError> {
    match form {
        Form::Png => stills::pictures(stills, exporting.slug),
        Form::Markdown(flavour) => markdown::folder(exporting, flavour, stills),
        _ => docx::file(exporting, markdown::folder(exporting, Flavour::Github, stills)?),
    }
}

/// What can be made without a browser.
fn undrawn(exporting: Exporting<'_>, options: &ExportOptions) -> Result<Exported, ExportError> {
    if !may_be_undrawn(options) {
        return Err(ExportError::NoBrowser);
    }
    let stills = drawn::by_step(exporting)?.ok_or(ExportError::NoBrowser)?;
    illustrated(exporting, options.form, stills)
}

/// Whether a form needs no browser for guides whose figures are simple.
pub fn may_be_undrawn(options: &ExportOptions) -> bool {
    matches!(options.form, Form::Png | Form::Markdown(_) | Form::Docx) && options.scheme == Scheme::Light
}

/// Whether a form can be dark: pictures and films. What people print or change stands on white, and a course follows the
/// reader's system.
pub fn has_scheme(form: Form) -> bool {
    moves(form) || matches!(form, Form::Png | Form::Markdown(_) | Form::Docx)
}

/// Whether a form is a document whose links are followed outside of the guide's folder.
pub fn has_links(form: Form) -> bool {
    matches!(form, Form::Pdf | Form::Markdown(_) | Form::Docx)
}

/// Whether a form is a film or another animation.
pub fn moves(form: Form) -> bool {
    matches!(form, Form::Mp4 | Form::Webm | Form::Gif | Form::Webp)
}

/// How high the letters of cards are in the pixels of a film or an animation, if that is hard to read.
pub fn small_letters(options: &ExportOptions) -> Option<u64> {
    moves(options.form).then(|| film::small_letters(film::size(options))).flatten()
}

/// Whether a form is made by a browser.
pub fn needs_browser(form: Form) -> bool {
    !matches!(form, Form::Scorm(_))
}

/// Why a guide can't be exported.
#[derive(Debug)]
pub enum ExportError {
    /// The form needs a browser, and there is none.
    NoBrowser,
    /// The browser failed.
    Browser(BrowserError),
    /// The guide has nothing of what is asked for.
    Nothing(String),
    /// Something could not be written.
    Failed(String),
}

impl From<BrowserError> for ExportError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoBrowser => write!(f, "there is no browser"),
            Self::Browser(error) => write!(f, "the browser failed: {error}"),
            Self::Nothing(what) | Self::Failed(what) => write!(f, "{what}"),
        }
    }
}
