//! A theme: templates, style and player modules, and the typed context its templates get.
//!
//! A project overrides any file of the built-in theme by one of the same name in `themes/NAME`.

mod assets;
mod blocked;
pub mod color;
pub mod context;
mod fields;
mod files;
mod fonts;
mod limits;
mod modules;
mod num;
mod options;
mod spare;
pub mod squeeze;
pub mod stage;
mod style;
mod templates;
mod uncut;
pub mod words;

pub use files::{BUILT_IN, Files, built_in};
pub use num::Num;
pub use options::{Options, Parts};
pub use style::{Dress, hash as inline_hash};

use crate::diagnostic::Diagnostic;
use crate::project::Settings;
use crate::source::World;
use serde::Serialize;
use std::sync::{Arc, OnceLock};
use syntect::parsing::SyntaxSet;

/// A theme, ready to render pages: shared by all threads of a build.
#[derive(Debug)]
pub struct Theme {
    fingerprint: String,
    options: Options,
    templates: templates::Templates,
    languages: words::Languages,
    guide: style::Bare,
    library: style::Bare,
    embed: String,
    warnings: Vec<Diagnostic>,
    guide_dress: OnceLock<Dress>,
    library_dress: OnceLock<Dress>,
    syntaxes: OnceLock<SyntaxSet>,
}

impl Theme {
    /// The theme `name`: the built-in one, or `themes/NAME` of the project over those it extends.
    ///
    /// # Errors
    /// Diagnostics with the places of everything wrong in its files.
    pub fn load(world: &dyn World, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let files::Collected { files, own, manifest } = files::collect(world, name)?;
        let fonts = Arc::new(fonts::Fonts::default());
        let (assets, mut warnings) = assets::read(world, &files, &own, &fonts)?;
        let fingerprint = files::fingerprint(&files, &assets, &manifest);
        warnings.extend(blocked::check(&files));
        warnings.extend(spare::check(&files, &own, &manifest));
        warnings.extend(uncut::check(&files));
        let mut problems = Vec::new();
        let mut keep = |found: Vec<Diagnostic>| problems.extend(found);
        let languages = words::Languages::read(&built_in(), &files).map_err(&mut keep).ok();
        let english = languages.as_ref().map(|languages| languages.words(words::BASE));
        let templates = templates::Templates::compile(&files, english).map_err(&mut keep).ok();
        let guide = style::Bare::make(&files, &assets, &manifest.guide, &fonts).map_err(&mut keep).ok();
        let library = style::Bare::make(&files, &assets, &manifest.library, &fonts).map_err(&mut keep).ok();
        let embed = embed_script(&files).map_err(|wrong| keep(vec![wrong])).ok();
        match (templates, languages, guide, library, embed) {
            (Some(templates), Some(languages), Some(guide), Some(library), Some(embed)) => Ok(Self {
                fingerprint,
                options: manifest.options,
                templates,
                languages,
                guide,
                library,
                embed,
                warnings,
                guide_dress: OnceLock::new(),
                library_dress: OnceLock::new(),
                syntaxes: OnceLock::new(),
            }),
            // The library and the guides share files.
            _ => Err(unique(problems)),
        }
    }

    /// A hash of everything it consists of, in hex.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What is weak in its files.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The theme's options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The interface's words for a BCP 47 tag.
    pub fn words(&self, lang: &str) -> &words::Words {
        self.languages.words(lang)
    }

    /// Style and script of a guide's page in the colours of a project.
    pub fn guide_dress(&self, settings: &Settings) -> Dress {
        self.guide.dress(&self.guide_dress, &self.options, settings)
    }

    /// Style and script of the library in the colours of a project.
    pub fn library_dress(&self, settings: &Settings) -> Dress {
        self.library.dress(&self.library_dress, &self.options, settings)
    }

    /// The script that embeds guides in any page: `embed.js`, squeezed.
    pub fn embed(&self) -> &str {
        &self.embed
    }

    /// The languages that code is highlighted in; read from the program at the first code block.
    pub fn syntaxes(&self) -> &SyntaxSet {
        self.syntaxes.get_or_init(SyntaxSet::load_defaults_newlines)
    }

    /// A page made by the template `name`.
    ///
    /// # Errors
    /// A diagnostic with the place in the template that cannot be rendered.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, Diagnostic> {
        self.templates.render(name, context)
    }
}

/// What exports need of a theme beside its pages.
#[derive(Debug)]
pub struct ExportParts {
    /// The script that makes a film of a walkthrough, for pages that are drawn: no page has it.
    pub film: String,
    /// The interface's words.
    pub words: words::Words,
}

/// What exports need of the theme `name` in a language, a BCP 47 tag.
///
/// # Errors
/// Diagnostics with the places of everything wrong in its files.
pub fn export_parts(world: &dyn World, name: &str, lang: &str) -> Result<ExportParts, Vec<Diagnostic>> {
    let files = files::collect(world, name)?.files;
    let script = modules::join(&files, &["player/film.js".to_owned()])?;
    let words = words::Languages::read(&built_in(), &files)?.words(lang).clone();
    Ok(ExportParts { film: format!("(() => {{\n{script}\n}})()"), words })
}

/// `embed.js`, squeezed; nothing in a theme without.
fn embed_script(files: &files::Files) -> Result<String, Diagnostic> {
    let Some(source) = files.get("embed.js") else { return Ok(String::new()) };
    let script = squeeze::js(source.text(), squeeze::Kind::Classic);
    script.map(|script| ascii(&script)).map_err(|error| modules::not_a_script(source, &error))
}

/// A script in letters that every character set has: pages that name none load it too.
fn ascii(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut units = [0; 2];
    for c in script.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

fn unique(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut distinct: Vec<Diagnostic> = Vec::new();
    for problem in problems {
        if !distinct.contains(&problem) {
            distinct.push(problem);
        }
    }
    distinct
}

/// The nearest of some names to one that is none of them, if it is near.
pub(crate) fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|&(distance, name)| distance <= 1 + name.chars().count() / 4)
        .min()
        .map(|(_, name)| name)
}
