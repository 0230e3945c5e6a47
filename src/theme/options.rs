//! `theme.toml`: what a theme is made of, and its options.

use crate::diagnostic::Diagnostic;
use crate::project::Color;
use crate::source::{Source, Span};
use serde::Deserialize;
use toml::Spanned;

/// The file's name.
pub const FILE: &str = "theme.toml";

/// `theme.toml` as written. What is absent comes from the theme it extends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Raw {
    /// The theme it stands on.
    pub extends: Option<Spanned<String>>,
    guide: RawParts,
    library: RawParts,
    options: RawOptions,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawParts {
    style: Option<Vec<String>>,
    script: Option<Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawOptions {
    color: Option<HexColor>,
    font: Option<String>,
    radius: Option<u16>,
    text_width: Option<u16>,
    stage_width: Option<u16>,
    contents: Option<usize>,
    related: Option<usize>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct HexColor(Color);

impl TryFrom<String> for HexColor {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a colour; write six hexadecimal digits, `#5746e4`");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let value = u32::from_str_radix(digits.ok_or_else(wrong)?, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self(Color { red, green, blue }))
    }
}

/// What the `theme.toml`s of a theme and of those it extends say together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// What a guide's page is made of.
    pub guide: Parts,
    /// What the library is made of.
    pub library: Parts,
    /// The options.
    pub options: Options,
}

/// What a page is made of beside its template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// Style sheets in order, without `style/` and `.css`; a final `*` stands for any that begin so.
    pub style: Vec<String>,
    /// Modules to start from, in order; those they import come before them.
    pub script: Vec<String>,
}

/// The options of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Buttons, rings and links of projects that name no `brand.color`.
    pub color: Color,
    /// A font family put before the system's where the project names no `brand.font`.
    pub font: Option<String>,
    /// Radius of corners in CSS pixels.
    pub radius: u16,
    /// Width of the column of text in CSS pixels.
    pub text_width: u16,
    /// Largest width of the stage in CSS pixels.
    pub stage_width: u16,
    /// A guide of at least this many steps and two chapters gets a table of chapters.
    pub contents: usize,
    /// Most related guides shown.
    pub related: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            color: Color { red: 0x57, green: 0x46, blue: 0xe4 },
            font: None,
            radius: 12,
            text_width: 720,
            stage_width: 1120,
            contents: 8,
            related: 3,
        }
    }
}

impl Manifest {
    /// Lays what `raw` says over what was said before.
    pub fn take(&mut self, raw: Raw) {
        let Raw { extends: _, guide, library, options } = raw;
        self.guide.take(guide);
        self.library.take(library);
        self.options.take(options);
    }
}

impl Parts {
    fn take(&mut self, raw: RawParts) {
        let RawParts { style, script } = raw;
        replace(&mut self.style, style);
        replace(&mut self.script, script);
    }
}

impl Options {
    fn take(&mut self, raw: RawOptions) {
        let RawOptions { color, font, radius, text_width, stage_width, contents, related } = raw;
        replace(&mut self.color, color.map(|HexColor(color)| color));
        replace(&mut self.font, font.map(|font| Some(font).filter(|font| !font.is_empty())));
        replace(&mut self.radius, radius);
        replace(&mut self.text_width, text_width);
        replace(&mut self.stage_width, stage_width);
        replace(&mut self.contents, contents);
        replace(&mut self.related, related);
    }
}

fn replace<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// What a `theme.toml` says.
///
/// # Errors
/// A diagnostic with the place of what is no TOML, is unknown or has the wrong type.
pub fn read(source: &Source) -> Result<Raw, Diagnostic> {
    toml::from_str(source.text()).map_err(|error| {
        let message = error.message().lines().next().unwrap_or("this is no TOML").to_owned();
        match error.span() {
            Some(span) => Diagnostic::error("theme-options", source.path(), Span::from(span), message),
            None => Diagnostic::file_error("theme-options", source.path(), message),
        }
        .help("see the reference of themes for the options there are")
    })
}
