//! Reads `guidemark.toml` and finds the guides.

use super::fields::Fields;
use super::tables::{self, BackdropValue, WEB};
use super::{App, AppCapture, Backdrop, Brand, Download, Quality, Settings, capture, language, url};
use crate::diagnostic::Diagnostic;
use crate::source::data::{Value, parse_toml};
use crate::source::{ProjectPath, ReadError, Source, Span, Spanned, World};
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::BTreeMap;
use std::string::FromUtf8Error;

/// Name of the project file.
pub const PROJECT_FILE: &str = "guidemark.toml";
/// Largest project file, in bytes.
const MAX_FILE: u64 = crate::source::data::MAX_BYTES as u64;
/// What an address of `beacon` looks like, for `help`.
const BEACON: &str = "write the whole address in plain letters, as in `https://stats.example.com/guides`";
const DEFAULT_GUIDES: &str = "guides";
/// Markdown files that every repository has and that are no guides, in lower case.
const NO_GUIDES: [&str; 6] =
    ["readme", "changelog", "contributing", "license", "code_of_conduct", "security"];
/// Folders of the root that hold what is built and what it is built with. A world lists neither `target` nor
/// `node_modules`.
const NO_GUIDE_FOLDERS: [&str; 2] = ["public", "themes"];

/// A project: its settings and which guides it has.
#[derive(Debug, Clone)]
pub struct Project {
    /// What the project file says, with every default decided.
    pub settings: Settings,
    /// The text of `guidemark.toml`, if there is one.
    pub source: Option<Source>,
    /// The Markdown files of the guides, sorted.
    pub guides: Vec<ProjectPath>,
    /// Folders among them that can't be read: which guides lie there is not known.
    pub unreadable: Vec<ProjectPath>,
    /// Where the project file names its theme.
    pub theme_at: Option<Span>,
}

/// A project and what is wrong with its project file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The project; what could not be understood has its default.
    pub project: Project,
    /// Findings in `guidemark.toml`.
    pub diagnostics: Vec<Diagnostic>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            title: "Guides".to_owned(),
            description: String::new(),
            base_url: None,
            beacon: None,
            lang: "en".to_owned(),
            guides: ProjectPath::root(),
            include: Vec::new(),
            exclude: Vec::new(),
            statics: Vec::new(),
            theme: "default".to_owned(),
            brand: Brand::default(),
            cursor_name: None,
            cursor_color: None,
            cta: None,
            apps: BTreeMap::new(),
            captures: BTreeMap::new(),
            backdrop: Backdrop::default(),
            quality: Quality::default(),
            downloads: Vec::new(),
        }
    }
}

/// The project of `world`; with `only`, that Markdown file is its one guide.
pub fn load(world: &dyn World, only: Option<&ProjectPath>) -> Loaded {
    let mut found = Vec::new();
    let source = read(world, &mut found);
    let Written { mut settings, folder, logos, backdrop, theme_at } = match &source {
        Some(source) => settings(source, &mut found),
        None => Written::default(),
    };
    if let Some(source) = &source {
        for logo in &logos {
            super::logo::check(logo, source.path(), world, &mut found);
        }
        if let Some(picture) = &backdrop {
            super::logo::check_backdrop(picture, source.path(), world, &mut found);
        }
    }
    let mut unreadable = Vec::new();
    let guides = match only {
        Some(path) => vec![path.clone()],
        None => {
            let guides = guides(world, &mut settings, folder, &mut found);
            for (folder, error) in world.unreadable(&settings.guides) {
                let help = "let this user read it, or move it out of the folder of the guides";
                found.push(Diagnostic::file_error("cannot-read", &folder, error.about(&folder)).help(help));
                unreadable.push(folder);
            }
            guides
        }
    };
    Loaded { project: Project { settings, source, guides, unreadable, theme_at }, diagnostics: found }
}

fn read(world: &dyn World, found: &mut Vec<Diagnostic>) -> Option<Source> {
    let path = ProjectPath::new(PROJECT_FILE).ok()?;
    let (code, message) = match world.read(&path, MAX_FILE) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Some(Source::new(path, text)),
            Err(error) => {
                found.push(not_utf8(&path, &error));
                return None;
            }
        },
        Err(ReadError::Missing) => return None,
        Err(ReadError::TooLarge(limit)) => {
            ("too-large", format!("`{PROJECT_FILE}` is larger than {} kB", limit / 1024))
        }
        Err(error @ ReadError::Outside) => ("path-outside", error.about(&path)),
        Err(error @ (ReadError::NotAFile | ReadError::Failed(_))) => ("cannot-read", error.about(&path)),
    };
    found.push(Diagnostic::file_error(code, &path, message));
    None
}

/// A text that is none, at its first byte that stands for nothing. What it points into is the text with such
/// bytes replaced: up to there both are the same.
pub fn not_utf8(path: &ProjectPath, error: &FromUtf8Error) -> Diagnostic {
    let good = error.utf8_error().valid_up_to();
    let span = Span::new(good, good + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("`{path}` is not UTF-8 text");
    Diagnostic::error("not-utf8", path, span, message).help("save it as UTF-8")
}

/// What is wrong in a project file and was not in the one before.
pub fn wrong(before: &Source, after: &Source) -> Option<String> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    settings(before, &mut old);
    settings(after, &mut new);
    let is_new = |found: &&Diagnostic| old.iter().all(|known| known.message != found.message);
    new.iter().find(is_new).map(|found| found.message.clone())
}

/// What the project file says.
#[derive(Default)]
struct Written {
    settings: Settings,
    /// The folder of the guides, if it names one.
    folder: Option<Spanned<ProjectPath>>,
    /// All logos.
    logos: Vec<Spanned<ProjectPath>>,
    /// The picture behind stages.
    backdrop: Option<Spanned<ProjectPath>>,
    /// Where it names its theme.
    theme_at: Option<Span>,
}

fn settings(source: &Source, found: &mut Vec<Diagnostic>) -> Written {
    let bom = if source.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = match parse_toml(source.slice(Span::new(bom, source.text().len())), bom) {
        Ok(node) => node,
        Err(error) => {
            let message = format!("`{PROJECT_FILE}` is not valid TOML: {}", error.message);
            let help = "write `key = \"text\"`, with texts in quotes";
            found.push(Diagnostic::error("bad-project-file", source.path(), error.span, message).help(help));
            return Written::default();
        }
    };
    let mut fields = Fields::new(&node, "the project file", source.path(), found);
    let read = read_settings(&mut fields);
    fields.finish();
    read
}

fn read_settings(fields: &mut Fields<'_>) -> Written {
    let mut settings = Settings::default();
    let mut logos = Vec::new();
    let root = ProjectPath::root();
    set(&mut settings.title, fields.text("title").map(|text| text.value));
    set(&mut settings.description, fields.text("description").map(|text| text.value));
    settings.base_url = fields.url("base_url", url::web, WEB).and_then(|text| base_url(fields, text));
    settings.beacon = fields.url("beacon", url::beacon, BEACON).map(|text| text.value);
    set(&mut settings.lang, language(fields));
    let folder = fields.file("guides", &root);
    settings.include = globs(fields, "include");
    settings.exclude = globs(fields, "exclude");
    settings.statics = fields.files("static", &root);
    let theme = theme(fields);
    let theme_at = theme.as_ref().map(|theme| theme.span);
    set(&mut settings.theme, theme.map(|theme| theme.value));
    let mut picture = None;
    match tables::backdrop(fields).map(|backdrop| backdrop.value) {
        Some(BackdropValue::Known(known)) => settings.backdrop = known,
        Some(BackdropValue::Picture(_)) => {
            picture = fields.file("backdrop", &root);
            set(&mut settings.backdrop, picture.clone().map(|path| Backdrop::Picture(path.value)));
        }
        None => {}
    }
    settings.quality = quality(fields);
    settings.downloads = downloads(fields);
    if let Some(node) = fields.node("brand") {
        settings.brand = brand(fields.within(node, "`brand`"), &root, &mut logos);
    }
    if let Some(node) = fields.node("cursor") {
        let (name, color) = tables::cursor(fields.within(node, "`cursor`"));
        settings.cursor_name = name;
        settings.cursor_color = color;
    }
    settings.cta = fields.node("cta").and_then(|node| tables::cta(fields.within(node, "`cta`")));
    if let Some(node) = fields.node("apps") {
        settings.apps = apps(fields.within(node, "`apps`"), &root, &mut logos);
        settings.captures = captures(fields.within(node, "`apps`"), &root);
    }
    Written { settings, folder, logos, backdrop: picture, theme_at }
}

/// Files that pages offer, each once.
fn downloads(fields: &mut Fields<'_>) -> Vec<Download> {
    let mut all = Vec::new();
    for text in fields.texts("downloads") {
        match Download::NAMED.iter().find(|(name, _)| *name == text.value) {
            Some((_, download)) if all.contains(download) => {}
            Some((_, download)) => all.push(*download),
            None => {
                let names = Download::NAMED.map(|(name, _)| format!("`{name}`")).join(", ");
                let message = format!("no page can offer `{}`", text.value);
                fields.error("bad-value", text.span, message, format!("write some of {names}"));
            }
        }
    }
    all
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Patterns of paths, as `docs/**/*.md`.
fn globs(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let mut good = Vec::new();
    for text in fields.texts(key) {
        match Glob::new(&text.value) {
            Ok(_) => good.push(text.value),
            Err(error) => {
                let message = format!("`{}` is not a valid pattern: {}", text.value, error.kind());
                let help = "write a path with `*`, `**` or `?`, as in `docs/**/*.md`";
                fields.error("bad-value", text.span, message, help);
            }
        }
    }
    good
}

/// The paths that `include` and `exclude` leave.
fn chosen(files: Vec<ProjectPath>, settings: &Settings) -> Vec<ProjectPath> {
    let (include, exclude) = (matcher(&settings.include), matcher(&settings.exclude));
    let is_chosen = |path: &ProjectPath| {
        (settings.include.is_empty() || include.is_match(path.as_str())) && !exclude.is_match(path.as_str())
    };
    files.into_iter().filter(is_chosen).collect()
}

/// Whether a new file would be one of the guides of a project with these settings.
pub fn would_list(settings: &Settings, path: &ProjectPath) -> bool {
    let of_root = settings.guides != ProjectPath::root() || !is_no_guide(path);
    path.is_below(&settings.guides) && of_root && !chosen(markdown(vec![path.clone()]), settings).is_empty()
}

fn matcher(patterns: &[String]) -> GlobSet {
    let globs =
        patterns.iter().filter_map(|pattern| GlobBuilder::new(pattern).literal_separator(true).build().ok());
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}

fn base_url(fields: &mut Fields<'_>, text: Spanned<String>) -> Option<String> {
    if text.value.contains(['?', '#']) {
        let message = format!("`{}` has a query or a fragment", text.value);
        fields.error(
            "bad-url",
            text.span,
            message,
            "end it with the folder, as in `https://example.com/guides/`",
        );
        return None;
    }
    Some(format!("{}/", text.value.trim_end_matches('/')))
}

/// The key `theme`, of front matter and of the project file.
pub fn theme(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let text = fields.text("theme")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if text.value.chars().all(plain) {
        return Some(text);
    }
    let message = format!("`{}` can't be the name of a theme", text.value);
    fields.error(
        "bad-value",
        text.span,
        message,
        "use letters, digits, `-` and `_`: the name of a folder in `themes`",
    );
    None
}

fn quality(fields: &mut Fields<'_>) -> Quality {
    let words = [("lossless", Quality::Lossless), ("auto", Quality::Auto), ("small", Quality::Small)];
    fields.choice("quality", &words).map(|quality| quality.value).unwrap_or_default()
}

fn brand(mut fields: Fields<'_>, root: &ProjectPath, logos: &mut Vec<Spanned<ProjectPath>>) -> Brand {
    let name = fields.text("name").map(|text| text.value);
    let logo = fields.file("logo", root);
    logos.extend(logo.clone());
    let logo = logo.map(|path| path.value);
    let color = fields.color("color").map(|color| color.value);
    let font = font(&mut fields);
    fields.finish();
    Brand { name, logo, color, font }
}

/// A family goes into the style sheet as it is, so it may hold nothing that could end a value there.
fn font(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text("font")?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    if text.value.chars().all(plain) && text.value.chars().count() <= 60 {
        return Some(text.value);
    }
    let message = format!("`{}` can't be the name of a font", text.value);
    fields.error(
        "bad-value",
        text.span,
        message,
        "write one family in letters, digits and spaces, as in `Inter`",
    );
    None
}

fn apps(
    mut fields: Fields<'_>,
    root: &ProjectPath,
    logos: &mut Vec<Spanned<ProjectPath>>,
) -> BTreeMap<String, App> {
    let mut apps = BTreeMap::new();
    for field in fields.all() {
        let key = &field.key.value;
        let table = fields.within(&field.node, &format!("`apps.{key}`"));
        if let Some(app) = tables::app(table, key, root, logos) {
            apps.insert(key.clone(), app);
        }
    }
    apps
}

/// How pictures of each application are taken; what is no table was reported.
fn captures(mut fields: Fields<'_>, root: &ProjectPath) -> BTreeMap<String, AppCapture> {
    let mut captures = BTreeMap::new();
    for field in fields.all() {
        let Value::Table(_) = field.node.value else { continue };
        let key = &field.key.value;
        let mut table = fields.within(&field.node, key);
        let capture = table.node("capture");
        let logins = table.node("logins");
        let mut read = AppCapture::default();
        if let Some(node) = capture {
            read = capture::app_capture(table.within(node, &format!("`apps.{key}.capture`")));
        }
        if let Some(node) = logins {
            read.logins = capture::logins(table.within(node, &format!("`apps.{key}.logins`")), root);
        }
        captures.insert(key.clone(), read);
    }
    captures
}

/// Finds the guides, and says in the settings where they were found.
fn guides(
    world: &dyn World,
    settings: &mut Settings,
    folder: Option<Spanned<ProjectPath>>,
    found: &mut Vec<Diagnostic>,
) -> Vec<ProjectPath> {
    if let Some(folder) = folder {
        settings.guides = folder.value.clone();
        let files = world.list(&folder.value);
        if !files.as_ref().is_ok_and(|files| !files.is_empty()) {
            let path = ProjectPath::new(PROJECT_FILE).unwrap_or_default();
            let message = format!("the folder `{}` doesn't exist or is empty", folder.value);
            let help = "name the folder that holds the Markdown files of your guides";
            found.push(Diagnostic::error("missing-guides", &path, folder.span, message).help(help));
        }
        return chosen(markdown(files.unwrap_or_default()), settings);
    }
    let usual = ProjectPath::new(DEFAULT_GUIDES).unwrap_or_default();
    let below = markdown(world.list(&usual).unwrap_or_default());
    if !below.is_empty() && settings.include.is_empty() {
        settings.guides = usual;
        return chosen(below, settings);
    }
    settings.guides = ProjectPath::root();
    let all = markdown(world.list(&ProjectPath::root()).unwrap_or_default());
    chosen(all.into_iter().filter(|path| !is_no_guide(path)).collect(), settings)
}

fn markdown(files: Vec<ProjectPath>) -> Vec<ProjectPath> {
    let mut files: Vec<_> = files.into_iter().filter(ProjectPath::is_markdown).collect();
    files.sort();
    files
}

fn is_no_guide(path: &ProjectPath) -> bool {
    let folder = path.as_str().split_once('/').map_or("", |(folder, _)| folder);
    NO_GUIDES.contains(&path.stem().to_lowercase().as_str()) || NO_GUIDE_FOLDERS.contains(&folder)
}
