//! The guides around a guide.

use super::escape;
use crate::guide::{Entry, Index, Resolved, link_of};
use crate::theme::Theme;
use crate::theme::context::CardLink;
use crate::theme::words::{self, Words};
use std::cmp::Reverse;

/// Whole minutes of playing, at least 1.
pub fn minutes(seconds: usize) -> usize {
    ((seconds + 30) / 60).max(1)
}

/// `12 steps · 2 min`.
pub fn summary(words: &Words, lang: &str, steps: usize, seconds: usize) -> String {
    let steps = words::count(words, lang, "steps", steps);
    let minutes = words::count(words, lang, "minutes", minutes(seconds));
    words::fill(words, "summary", &[("steps", &steps), ("minutes", &minutes)])
}

/// Guides about the same application or with tags in common, the nearest first.
pub fn related(resolved: &Resolved, index: &Index, most: usize) -> Vec<Entry> {
    let app = resolved.app.as_ref().map(|app| app.name.as_str());
    let (previous, next) = index.around(&resolved.path);
    // Those have links of their own, and a guide in another language is no help.
    let other = |entry: &Entry| {
        entry.path != resolved.path
            && entry.lang == resolved.lang
            && ![previous, next].iter().flatten().any(|beside| beside.path == entry.path)
    };
    let near = index.near(app, &resolved.tags).filter(|(_, entry)| other(entry));
    let mut near: Vec<(usize, &Entry)> = near.collect();
    // Among equals the order of the library stays.
    near.sort_by_key(|&(score, _)| Reverse(score));
    near.into_iter().take(most).map(|(_, entry)| entry.clone()).collect()
}

/// All that the page of a guide says of others: whatever else changes in the index, the page stays the same.
pub fn texts_of_others(resolved: &Resolved, theme: &Theme, index: &Index) -> Vec<String> {
    let related = related(resolved, index, theme.options().related);
    let (previous, next) = index.around(&resolved.path);
    let cards = related.iter().chain(previous).chain(next).map(|entry| {
        let (steps, minutes) = (entry.steps.len(), minutes(entry.seconds));
        format!("{} {steps} {minutes} {}", entry.slug, entry.title)
    });
    let own = index.get(&resolved.path).into_iter().flat_map(|entry| &entry.links);
    let linked = own.filter_map(|link| index.get(link.value.path.as_ref()?));
    // The project's call to action is no link of the guide.
    let called =
        resolved.cta.as_ref().and_then(|cta| index.get(&link_of(&cta.url, &cta.from.parent())?.path?));
    let linked = linked.chain(called);
    cards.chain(linked.map(|entry| format!("{} {}", entry.path, entry.slug))).collect()
}

/// All of a guide that pages of other guides can depend on.
pub fn known_to_others(entry: &Entry) -> String {
    let Entry { path, slug, title, app, tags, steps, seconds, lang, .. } = entry;
    let app = app.as_ref().map(|app| &app.name);
    format!("{path} {slug} {title:?} {app:?} {tags:?} {lang} {} {}", steps.len(), minutes(*seconds))
}

/// A guide as a link from the page of another.
pub fn link(words: &Words, lang: &str, entry: &Entry) -> CardLink {
    CardLink {
        title: entry.title.clone(),
        title_html: escape::title(&entry.title),
        href: format!("../{}/", entry.slug),
        summary: summary(words, lang, entry.steps.len(), entry.seconds),
    }
}
