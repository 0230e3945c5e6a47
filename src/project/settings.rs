//! The settings of a project as meant.

use super::{AppCapture, Color};
use crate::source::{ProjectPath, Span};
use std::collections::BTreeMap;

/// What `guidemark.toml` says, with every default decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Title of the library.
    pub title: String,
    /// One sentence about the library; may be empty.
    pub description: String,
    /// Where the site will stand, `http` or `https`, with a final `/`.
    pub base_url: Option<String>,
    /// Where pages of guides post their events, `http` or `https`; off by default.
    pub beacon: Option<String>,
    /// BCP 47 tag of guides that name none.
    pub lang: String,
    /// The folder of the guides.
    pub guides: ProjectPath,
    /// Patterns of the paths that may be guides, relative to the root; empty: all.
    pub include: Vec<String>,
    /// Patterns of the paths that are no guides.
    pub exclude: Vec<String>,
    /// Folders in which addresses that start with `/` lie, in the order in which they are looked through.
    pub statics: Vec<ProjectPath>,
    /// Theme of guides that name none.
    pub theme: String,
    /// Who publishes.
    pub brand: Brand,
    /// Name on the cursor of guides that name none.
    pub cursor_name: Option<String>,
    /// Colour of the cursor of guides that name none.
    pub cursor_color: Option<Color>,
    /// Call to action of guides that have none.
    pub cta: Option<Cta>,
    /// Applications by key.
    pub apps: BTreeMap<String, App>,
    /// How pictures of the applications are taken, by the same keys.
    pub captures: BTreeMap<String, AppCapture>,
    /// What stands behind the frame on the stage of guides that don't say.
    pub backdrop: Backdrop,
    /// How screenshots are encoded.
    pub quality: Quality,
    /// Files that the page of each guide offers, in order.
    pub downloads: Vec<Download>,
}

/// A file that a guide's page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Download {
    /// A document to print.
    Pdf,
    /// A document of word processors.
    Docx,
    /// A film.
    Mp4,
    /// A film.
    Webm,
    /// An animation.
    Gif,
    /// An animation.
    Webp,
    /// A course.
    Scorm,
    /// A course.
    Scorm2004,
}

impl Download {
    /// All by their names.
    pub const NAMED: [(&str, Self); 8] = [
        ("pdf", Self::Pdf),
        ("docx", Self::Docx),
        ("mp4", Self::Mp4),
        ("webm", Self::Webm),
        ("gif", Self::Gif),
        ("webp", Self::Webp),
        ("scorm", Self::Scorm),
        ("scorm2004", Self::Scorm2004),
    ];

    /// The name it is asked for by.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word",
            Self::Mp4 => "MP4",
            Self::Webm => "WebM",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Scorm => "SCORM 1.2",
            Self::Scorm2004 => "SCORM 2004",
        }
    }

    /// The name of the file of a guide.
    pub fn file(self, slug: &str) -> String {
        match self {
            Self::Scorm => format!("{slug}.scorm.zip"),
            Self::Scorm2004 => format!("{slug}.scorm2004.zip"),
            _ => format!("{slug}.{}", self.name()),
        }
    }
}

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brand {
    /// Shown at the top of the library and in page titles.
    pub name: Option<String>,
    /// A picture of the project, SVG included.
    pub logo: Option<ProjectPath>,
    /// Buttons, rings, links.
    pub color: Option<Color>,
    /// A font family readers may have; put before the system's.
    pub font: Option<String>,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cta {
    /// The words.
    pub label: String,
    /// `http`, `https`, `mailto` or relative.
    pub url: String,
    /// The file that says so: a relative address starts there.
    pub from: ProjectPath,
    /// Where it says so.
    pub at: Span,
}

/// An application that guides are about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct App {
    /// Key in `[apps]`; empty for one written in a guide.
    pub key: String,
    /// Shown in its card.
    pub name: String,
    /// One sentence.
    pub description: Option<String>,
    /// `http` or `https`.
    pub website: Option<String>,
    /// A word or two.
    pub industry: Option<String>,
    /// A picture of the project, SVG included.
    pub logo: Option<ProjectPath>,
}

/// How screenshots are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quality {
    /// Every pixel as in the source.
    Lossless,
    /// Lossy where no eye could tell and it is smaller.
    #[default]
    Auto,
    /// Lossy wherever it is smaller.
    Small,
}

/// What stands behind the frame on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Backdrop {
    /// Tints of the brand's colour.
    #[default]
    Brand,
    /// A quiet grey.
    Plain,
    /// One colour.
    Color(Color),
    /// A picture of the project.
    Picture(ProjectPath),
}
