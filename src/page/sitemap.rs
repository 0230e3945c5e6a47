//! `sitemap.xml`: the site's pages for search engines.

use super::escape;
use super::json_ld::iso;
use crate::guide::Index;
use crate::project::Settings;
use std::fmt::Write as _;

/// The sitemap; `None` without a `base_url`. Drafts are not in it.
pub fn sitemap(index: &Index, settings: &Settings) -> Option<String> {
    let base = escape::html(settings.base_url.as_ref()?);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let _ = writeln!(xml, "<url><loc>{base}</loc></url>");
    for entry in index.entries.iter().filter(|entry| !entry.draft) {
        let day = entry.updated.or(entry.created);
        let day = day.map(|day| format!("<lastmod>{}</lastmod>", iso(day))).unwrap_or_default();
        let _ = writeln!(xml, "<url><loc>{base}{}/</loc>{day}</url>", escape::html(&entry.slug));
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}
