//! The style and the script of a page: joined, squeezed, coloured, hashed.

use super::assets;
use super::files::Assets;
use super::files::Files;
use super::fonts::Fonts;
use super::options::{Options, Parts};
use super::{color, modules, squeeze};
use crate::diagnostic::Diagnostic;
use crate::project::{Brand, Settings};
use crate::source::{ProjectPath, Source, Span};
use base64::Engine as _;
use sha2::Digest as _;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// Style and script of a kind of page before a project gives its colours.
#[derive(Debug)]
pub struct Bare {
    style: String,
    script: Arc<str>,
    script_hash: Arc<str>,
    fonts: Arc<Fonts>,
}

/// Style and script of a kind of page in the colours of one project.
#[derive(Debug, Clone)]
pub struct Dress {
    brand: Brand,
    fonts: Arc<Fonts>,
    /// The content of `<style>`.
    pub style: Arc<str>,
    /// `'sha256-…'` of it.
    pub style_hash: Arc<str>,
    /// The content of `<script type="module">`.
    pub script: Arc<str>,
    /// `'sha256-…'` of it.
    pub script_hash: Arc<str>,
    /// The brand's colour, `#rrggbb`.
    pub brand_color: String,
    /// The page's colour in light mode, `#rrggbb`.
    pub page: String,
    /// The page's colour in dark mode.
    pub page_dark: String,
}

impl Dress {
    /// The same with more style behind it.
    pub fn and(&self, style: &str) -> Self {
        let style: Arc<str> = format!("{}{style}", self.style).into();
        Self { style_hash: hash(&style), style, ..self.clone() }
    }

    /// A page in this dress, without style and glyphs for what it does not hold; its policy names the style that is left.
    pub fn trim(&self, html: &str) -> String {
        self.changed(html, |page| self.fonts.fitted(&squeeze::used(&self.style, page), page))
    }

    /// A page in this dress, without glyphs for what it does not hold.
    pub fn fit(&self, html: &str) -> String {
        self.changed(html, |page| self.fonts.fitted(&self.style, page))
    }

    /// A page with the style that `change` makes for the rest of it.
    fn changed(&self, html: &str, change: impl Fn(&str) -> String) -> String {
        let Some((before, after)) = html.split_once(&*self.style) else { return html.to_owned() };
        let style = change(&format!("{before}{after}"));
        if *style == *self.style {
            return html.to_owned();
        }
        // As templates print it in an attribute.
        let printed = |hash: &str| {
            let mut out = Vec::new();
            // Writing to memory cannot fail.
            let _ = tera::escape_html(hash, &mut out);
            String::from_utf8(out).unwrap_or_default()
        };
        let before = before.replace(&printed(&self.style_hash), &printed(&hash(&style)));
        format!("{before}{style}{after}")
    }
}

impl Bare {
    /// Joins and squeezes what a kind of page is made of.
    ///
    /// # Errors
    /// Diagnostics for missing files, modules that cannot be joined, and what would end the inline
    /// element early.
    pub fn make(
        files: &Files,
        assets: &Assets,
        parts: &Parts,
        fonts: &Arc<Fonts>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let style = squeeze::css(&sheets(files, assets, &parts.style)?);
        let script = modules::join(files, &parts.script)?;
        let script = squeeze::js(&script, squeeze::Kind::Module).map_err(|error| vec![unjoined(&error)])?;
        let mut problems = Vec::new();
        for (text, code) in [(&style, "theme-style"), (&script, "theme-script")] {
            problems.extend(squeeze::unsafe_inline(text).map(|bad| early_end(files, bad, code)));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let script_hash = hash(&script);
        Ok(Self { style, script: script.into(), script_hash, fonts: fonts.clone() })
    }

    /// The same in a project's colours. The first project's dress is kept in `cell`: a build has one.
    pub fn dress(&self, cell: &OnceLock<Dress>, options: &Options, settings: &Settings) -> Dress {
        let dress = cell.get_or_init(|| self.color(options, &settings.brand));
        if dress.brand == settings.brand { dress.clone() } else { self.color(options, &settings.brand) }
    }

    fn color(&self, options: &Options, brand: &Brand) -> Dress {
        let own = brand.color.unwrap_or(options.color);
        let (light, dark) = (color::light(own), color::dark(own));
        let style: Arc<str> = format!(
            ":root{{{}{}}}{}",
            color::declarations(&light, &dark),
            measures(options, brand),
            self.style
        )
        .into();
        Dress {
            brand: brand.clone(),
            fonts: self.fonts.clone(),
            style_hash: hash(&style),
            style,
            script: self.script.clone(),
            script_hash: self.script_hash.clone(),
            brand_color: color::hex(light.brand),
            page: color::hex(light.page),
            page_dark: color::hex(dark.page),
        }
    }
}

/// What is no colour.
fn measures(options: &Options, brand: &Brand) -> String {
    let Options { color: _, font, radius, text_width, stage_width, contents: _, related: _ } = options;
    let mut out = format!("--radius:{radius}px;--text-width:{text_width}px;--stage-width:{stage_width}px;");
    let font = brand.font.as_ref().or(font.as_ref());
    let font = font.map(|font| font_name(font)).unwrap_or_default();
    let _ = write!(out, "--font:{font}{SYSTEM_FONTS};");
    out
}

const SYSTEM_FONTS: &str = "Inter,system-ui,sans-serif";

/// A font family in quotes; what could end the quotes is left out.
fn font_name(font: &str) -> String {
    let safe: String = font.chars().filter(|&c| c.is_alphanumeric() || " -_.".contains(c)).collect();
    if safe.trim().is_empty() { String::new() } else { format!("\"{}\",", safe.trim()) }
}

/// The style sheets that the patterns name, in order, each once.
fn sheets(files: &Files, assets: &Assets, patterns: &[String]) -> Result<String, Vec<Diagnostic>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut problems = Vec::new();
    for pattern in patterns {
        let found: Vec<&str> = match pattern.strip_suffix('*') {
            Some(start) => files.keys().map(String::as_str).filter(|name| is_sheet(name, start)).collect(),
            None => {
                let name = format!("style/{pattern}.css");
                let known = files.get_key_value(&name).map(|(name, _)| name.as_str());
                if known.is_none() {
                    problems.push(missing(&name));
                }
                known.into_iter().collect()
            }
        };
        for name in found {
            if !taken.contains(&name) {
                taken.push(name);
            }
        }
    }
    let sheets: Vec<(&str, &Source)> =
        taken.iter().filter_map(|name| Some((*name, files.get(*name)?))).collect();
    problems.extend(sheets.iter().filter_map(|(_, sheet)| unbalanced(sheet)));
    if !problems.is_empty() {
        return Err(problems);
    }
    let whole = sheets.iter().map(|(name, source)| assets::inlined(name, source, assets));
    Ok(whole.collect::<Vec<_>>().join("\n"))
}

fn unbalanced(sheet: &Source) -> Option<Diagnostic> {
    let at = squeeze::unbalanced(sheet.text())?;
    let (sign, wrong, help) = match sheet.text().get(at..) {
        Some(rest) if rest.starts_with("/*") => ("/*", "never closed", "end the comment with `*/`"),
        Some(rest) if rest.starts_with('{') => ("{", "never closed", "end the rule with `}`"),
        _ => ("}", "closed twice", "remove it, or write the `{` that it closes"),
    };
    let span = Span::new(at, at + sign.len());
    let message = format!("`{sign}` is {wrong}");
    Some(Diagnostic::error("theme-style", sheet.path(), span, message).help(help))
}

/// Modules that are scripts one by one and not together.
fn unjoined(error: &squeeze::SyntaxError) -> Diagnostic {
    let message = format!("the modules of the theme do not make one script: {}", error.message);
    Diagnostic::file_error("theme-script", &ProjectPath::root(), message)
        .help("modules share one scope: give what stands at the top level of each a name of its own")
}

fn is_sheet(name: &str, start: &str) -> bool {
    name.strip_prefix("style/").is_some_and(|name| name.starts_with(start) && name.ends_with(".css"))
}

fn missing(name: &str) -> Diagnostic {
    let path = ProjectPath::new(name).unwrap_or_default();
    Diagnostic::file_error("theme-style", &path, format!("the theme has no style sheet `{name}`"))
        .help("name a file of the theme's `style` folder in `style` of its `theme.toml`")
}

/// A diagnostic for the file that holds what it must not: the project's own come first.
fn early_end(files: &Files, bad: &str, code: &'static str) -> Diagnostic {
    let squeeze = |text: &str| match code {
        "theme-style" => squeeze::css(text),
        _ => squeeze::js(text, squeeze::Kind::Module).unwrap_or_default(),
    };
    let end = if code == "theme-style" { ".css" } else { ".js" };
    let mut holds: Vec<&ProjectPath> = files
        .values()
        .filter(|source| source.path().name().ends_with(end))
        .filter(|source| squeeze(source.text()).to_ascii_lowercase().contains(bad))
        .map(|source| source.path())
        .collect();
    holds.sort_by_key(|path| path.as_str().starts_with("themes/default/"));
    let path = holds.first().map_or_else(ProjectPath::root, |&path| path.clone());
    Diagnostic::file_error(code, &path, format!("`{bad}` would end the page's own element"))
        .help("write it in two strings")
}

/// `'sha256-…'` of an inline script or style.
pub fn hash(text: &str) -> Arc<str> {
    let digest = sha2::Sha256::digest(text.as_bytes());
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(digest)).into()
}
