//! The library: every guide as a card, with search and filters.

use super::head::{self, Page};
use super::logo::Noting;
use super::neighbours;
use super::{escape, search_index};
use crate::diagnostic::Diagnostic;
use crate::guide::{Entry, Index};
use crate::project::{PROJECT_FILE, Settings};
use crate::source::{ProjectPath, World};
use crate::theme::Theme;
use crate::theme::context::{CardView, FilterView, GroupView, LibraryPage};
use crate::theme::words::Words;
use std::collections::BTreeMap;

/// Size of a guide's thumbnail, `cover.webp` beside its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// All that the library is made from.
#[derive(Clone, Copy)]
pub struct LibraryInput<'a> {
    /// The guides.
    pub index: &'a Index,
    /// Thumbnails by slug; a guide without one gets none.
    pub covers: &'a BTreeMap<String, Cover>,
    /// The project's theme.
    pub theme: &'a Theme,
    /// The project's settings.
    pub settings: &'a Settings,
    /// Who reads the brand's logo.
    pub world: &'a dyn World,
}

/// The library as one HTML document; its thumbnails are loaded from beside it.
///
/// # Errors
/// Diagnostics about the theme's templates, or of a logo that went meanwhile.
pub fn library(input: &LibraryInput<'_>) -> Result<String, Vec<Diagnostic>> {
    let world = Noting::new(input.world);
    let context = library_context(&LibraryInput { world: &world, ..*input });
    if let Some(problem) = world.problem(&ProjectPath::new(PROJECT_FILE).unwrap_or_default()) {
        return Err(vec![problem]);
    }
    let html = input.theme.render("library.html", &context).map_err(|problem| vec![problem])?;
    Ok(input.theme.library_dress(input.settings).fit(&html))
}

/// What the library's template gets.
pub fn library_context(input: &LibraryInput<'_>) -> LibraryPage {
    let LibraryInput { index, theme, settings, world, .. } = *input;
    let words = theme.words(&settings.lang);
    let entries: Vec<&Entry> = index.in_order().collect();
    let page = Page {
        lang: &settings.lang,
        title: settings.title.clone(),
        description: &settings.description,
        path: "",
        image: None,
        // Beside the page: the file scheme is no origin of its own.
        pictures: " 'self' file:",
        stage: false,
        beacon: None,
    };
    LibraryPage {
        page: head::head(page, &theme.library_dress(settings), settings),
        site: head::site(settings, world, None),
        groups: groups(input, &entries, words),
        apps: filters(entries.iter().filter_map(|entry| entry.app.as_ref()).map(|app| app.name.as_str())),
        tags: filters(entries.iter().flat_map(|entry| &entry.tags).map(String::as_str)),
        total: entries.len(),
        search_html: escape::json(&search_index::make(&entries)),
        words: words.clone(),
    }
}

fn groups(input: &LibraryInput<'_>, entries: &[&Entry], words: &Words) -> Vec<GroupView> {
    let name = |entry: &Entry| entry.app.as_ref().map(|app| app.name.clone()).unwrap_or_default();
    entries
        .chunk_by(|one, other| name(one) == name(other))
        .map(|chunk| GroupView {
            name: chunk.first().map(|entry| name(entry)).unwrap_or_default(),
            cards: chunk.iter().map(|entry| card(input, entry, words)).collect(),
        })
        .collect()
}

fn card(input: &LibraryInput<'_>, entry: &Entry, words: &Words) -> CardView {
    let cover = input.covers.get(&entry.slug);
    CardView {
        slug: entry.slug.clone(),
        title: entry.title.clone(),
        title_html: escape::title(&entry.title),
        href: format!("{}/", entry.slug),
        cover: cover.map(|_| format!("{}/cover.webp", entry.slug)),
        cover_width: cover.map_or(0, |cover| cover.width),
        cover_height: cover.map_or(0, |cover| cover.height),
        summary: neighbours::summary(words, &input.settings.lang, entry.steps.len(), entry.seconds),
        app: entry.app.as_ref().map(|app| app.name.clone()),
        tags: entry.tags.clone(),
        draft: entry.draft,
    }
}

/// Names with how often each stands there, the most frequent first.
fn filters<'a>(names: impl Iterator<Item = &'a str>) -> Vec<FilterView> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut filters: Vec<FilterView> =
        counts.into_iter().map(|(name, count)| FilterView { name: name.to_owned(), count }).collect();
    filters.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.name.cmp(&other.name)));
    filters
}
