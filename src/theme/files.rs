//! The files of a theme: the built-in ones, and those of the project laid over them by name.

use super::options::{self, Manifest};
use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, ReadError, Source, Span, World};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

/// The name of the built-in theme; every other theme stands on it.
pub const BUILT_IN: &str = "default";

/// Largest file a theme may have, in bytes.
const LIMIT: u64 = 1 << 20;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The files of one theme after all overriding, by their name inside the theme (`style/page.css`).
pub type Files = BTreeMap<String, Source>;

/// The paths of a project's files by their name inside the theme.
pub type Own = BTreeMap<String, ProjectPath>;

/// What the sheets of a theme name, as `data:` addresses, by name inside the theme (`fonts/ours.woff2`).
pub type Assets = BTreeMap<String, String>;

/// A theme's files and what its `theme.toml`s say together.
pub struct Collected {
    /// The files.
    pub files: Files,
    /// Where the files of the project lie, those that are no text included, by their name inside the theme.
    pub own: Own,
    /// What its `theme.toml`s say.
    pub manifest: Manifest,
}

/// The built-in theme's files, by name: what a project may override.
pub fn built_in() -> Files {
    let mut files = Files::new();
    gather(&DEFAULT, &mut files);
    files
}

fn gather(dir: &Dir<'static>, files: &mut Files) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if let (true, Some(text)) = (is_theme_file(&name), file.contents_utf8()) {
            files.insert(name.clone(), Source::new(path_of(BUILT_IN, &name), text.to_owned()));
        }
    }
    for below in dir.dirs() {
        gather(below, files);
    }
}

/// The files of the theme `name`: its own over those it extends, down to the built-in ones.
///
/// # Errors
/// A diagnostic for each unknown name, circle of `extends`, unreadable file or bad `theme.toml`.
pub fn collect(world: &dyn World, name: &str) -> Result<Collected, Vec<Diagnostic>> {
    let chain = chain(world, name)?;
    let mut files = built_in();
    let mut own = Own::new();
    let mut manifest = Manifest::default();
    let mut problems = Vec::new();
    if let Some(source) = files.get(options::FILE) {
        manifest.take(options::read(source).map_err(|problem| vec![problem])?);
    }
    for (name, raw) in chain.into_iter().rev() {
        manifest.take(raw);
        match listed(world, &name).and_then(|listed| Ok((texts(world, &listed)?, listed))) {
            Ok((texts, listed)) => {
                files.extend(texts);
                own.extend(listed);
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(Collected { files, own, manifest }) } else { Err(problems) }
}

/// A hash of a theme's files and options, in hex.
pub fn fingerprint(files: &Files, assets: &Assets, manifest: &Manifest) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(format!("{manifest:?}").as_bytes());
    for (name, source) in files {
        hash.update(format!("\n{name} {}\n", source.text().len()).as_bytes());
        hash.update(source.text().as_bytes());
    }
    for (name, asset) in assets {
        hash.update(format!("\n{name} {}\n", asset.len()).as_bytes());
        hash.update(asset.as_bytes());
    }
    hash.finalize().to_hex().to_string()
}

/// The themes of the project from `name` down, without the built-in one unless the project has files
/// for it.
fn chain(world: &dyn World, name: &str) -> Result<Vec<(String, options::Raw)>, Vec<Diagnostic>> {
    let mut chain: Vec<(String, options::Raw)> = Vec::new();
    let mut next = Some((name.to_owned(), None));
    while let Some((name, asked)) = next.take() {
        if chain.iter().any(|(seen, _)| *seen == name) {
            return Err(vec![circle(&chain, &name, asked)]);
        }
        let known = world.list(&path_of(&name, "")).is_ok_and(|files| !files.is_empty());
        if !known && name != BUILT_IN || !is_name(&name) {
            return Err(vec![unknown(world, &name, asked)]);
        }
        if !known {
            break;
        }
        let raw = own_options(world, &name).map_err(|problem| vec![problem])?;
        next = match &raw.extends {
            Some(base) if name != BUILT_IN => {
                let span = Span::from(base.span());
                let at = (path_of(&name, options::FILE), span);
                Some((base.get_ref().clone(), Some(at)))
            }
            _ if name == BUILT_IN => None,
            _ => Some((BUILT_IN.to_owned(), None)),
        };
        chain.push((name, raw));
    }
    Ok(chain)
}

fn own_options(world: &dyn World, name: &str) -> Result<options::Raw, Diagnostic> {
    let path = path_of(name, options::FILE);
    match world.read(&path, LIMIT) {
        Ok(bytes) => options::read(&text(&path, bytes)?),
        Err(ReadError::Missing) => Ok(options::Raw::default()),
        Err(error) => Err(unreadable(&path, &error)),
    }
}

/// The files in the folder of a theme.
fn listed(world: &dyn World, theme: &str) -> Result<Own, Vec<Diagnostic>> {
    let folder = path_of(theme, "");
    // It was there when the theme was looked for: gone now is a fault, too.
    let listed = world.list(&folder).map_err(|error| vec![unreadable(&folder, &error)])?;
    let hidden = world.unreadable(&folder);
    if !hidden.is_empty() {
        return Err(hidden.iter().map(|(folder, error)| unreadable(folder, error)).collect());
    }
    let named = |path: ProjectPath| {
        let name = path.as_str().strip_prefix(folder.as_str())?.trim_start_matches('/').to_owned();
        Some((name, path))
    };
    Ok(listed.into_iter().filter_map(named).collect())
}

/// Those that a theme is made of.
fn texts(world: &dyn World, listed: &Own) -> Result<Files, Vec<Diagnostic>> {
    let mut files = Files::new();
    let mut problems = Vec::new();
    for (name, path) in listed.iter().filter(|(name, _)| is_theme_file(name)) {
        let read = world.read(path, LIMIT).map_err(|error| unreadable(path, &error));
        match read.and_then(|bytes| text(path, bytes)) {
            Ok(source) => drop(files.insert(name.clone(), source)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

fn text(path: &ProjectPath, bytes: Vec<u8>) -> Result<Source, Diagnostic> {
    String::from_utf8(bytes)
        .map(|text| Source::new(path.clone(), text))
        .map_err(|_| Diagnostic::file_error("theme-file", path, "the file is not UTF-8"))
}

fn unreadable(path: &ProjectPath, error: &ReadError) -> Diagnostic {
    Diagnostic::file_error("theme-file", path, error.about(path))
}

fn unknown(world: &dyn World, name: &str, asked: Option<(ProjectPath, Span)>) -> Diagnostic {
    let message = format!("there is no theme `{name}`");
    let themes = themes(world);
    let near = crate::theme::near(name, themes.iter().map(String::as_str));
    let help = near.map_or_else(
        || format!("put its files into `themes/{name}/`, or use one of: {}", themes.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    match asked {
        Some((path, span)) => Diagnostic::error("theme-unknown", &path, span, message),
        None => Diagnostic::file_error("theme-unknown", &path_of(name, ""), message),
    }
    .help(help)
}

fn circle(chain: &[(String, options::Raw)], name: &str, asked: Option<(ProjectPath, Span)>) -> Diagnostic {
    let around: Vec<&str> = chain.iter().map(|(name, _)| name.as_str()).chain([name]).collect();
    let message = format!("the theme extends itself: {}", around.join(" → "));
    match asked {
        Some((path, span)) => Diagnostic::error("theme-circle", &path, span, message),
        None => Diagnostic::file_error("theme-circle", &path_of(name, ""), message),
    }
    .help(format!("remove one `extends`; a theme without it extends `{BUILT_IN}`"))
}

/// The names of the themes a guide of this project may use, sorted.
fn themes(world: &dyn World) -> Vec<String> {
    let folder = path_of("", "");
    let mut names: Vec<String> = world
        .list(&folder)
        .unwrap_or_default()
        .iter()
        .filter_map(|path| path.as_str().split('/').nth(1).map(str::to_owned))
        .chain([BUILT_IN.to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// Whether a theme is made of files of this name.
pub fn is_theme_file(name: &str) -> bool {
    [".html", ".css", ".js", ".toml"].iter().any(|end| name.ends_with(end))
}

/// Where a theme's file stands in a project.
fn path_of(theme: &str, name: &str) -> ProjectPath {
    ProjectPath::new(&format!("themes/{theme}/{name}")).unwrap_or_default()
}
