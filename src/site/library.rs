//! The files at the site's root.

use super::memory::Listed;
use super::plan::Plan;
use super::render::Press;
use super::{GuideRecord, Put, Sink};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Failure;
use crate::page::{self, Cover, LibraryInput};
use crate::project::Settings;
use crate::source::ProjectPath;
use std::collections::BTreeMap;

/// The library and what else lists all guides.
pub struct Library<'a> {
    pub press: &'a Press<'a>,
    pub plan: &'a Plan,
    /// All guides that have a page.
    pub records: &'a BTreeMap<ProjectPath, GuideRecord>,
}

impl Library<'_> {
    /// The files at the root of a site with these settings.
    pub fn files(settings: &Settings) -> impl Iterator<Item = &'static str> + use<> {
        let public = settings.base_url.is_some();
        let listed = ["sitemap.xml", "feed.xml"].into_iter().filter(move |_| public);
        ["index.html", "guides.json", "embed.js"].into_iter().chain(listed)
    }

    /// Writes them and returns how many have other bytes than before. Without a single guide to show,
    /// and not `complete`, what is there stays; and if it would list what it listed `before`.
    pub fn write(
        &self,
        sink: &dyn Sink,
        complete: bool,
        around: &str,
        before: &mut Option<Listed>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<usize, Failure> {
        let settings = self.press.settings;
        Self::files(settings).for_each(|path| sink.keep(path));
        let index = self.plan.index(|planned| self.records.contains_key(&planned.resolved.path));
        let theme = self.press.themes.get(&settings.theme);
        let Some(theme) = theme.filter(|_| complete || !index.entries.is_empty()) else { return Ok(0) };
        let covers = self.records.values().filter_map(|record| {
            record.cover.map(|(width, height)| (record.slug.clone(), Cover { width, height }))
        });
        let covers: BTreeMap<String, Cover> = covers.collect();
        if before.as_ref().is_some_and(|listed| listed.is(around, &index, &covers)) {
            return Ok(0);
        }
        *before = None;
        let input = LibraryInput { index: &index, covers: &covers, theme, settings, world: self.press.world };
        let html = match page::library(&input) {
            Ok(html) => html,
            Err(found) => {
                diagnostics.extend(found);
                return Ok(0);
            }
        };
        let mut written = 0;
        let mut put = |path: &str, text: &str| {
            written += usize::from(sink.put(path, text.as_bytes())? == Put::Written);
            Ok::<_, Failure>(())
        };
        put("guides.json", &page::guides_json(&index, settings))?;
        if let Some(text) = page::sitemap(&index, settings) {
            put("sitemap.xml", &text)?;
        }
        if let Some(text) = page::feed(&index, settings) {
            put("feed.xml", &text)?;
        }
        put("embed.js", theme.embed())?;
        put("index.html", &html)?;
        *before = Some(Listed { around: around.to_owned(), index: index.into_owned(), covers });
        Ok(written)
    }
}
