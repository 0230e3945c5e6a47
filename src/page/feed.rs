//! `feed.xml`: what is new, for feed readers.

use super::escape;
use super::json_ld::iso;
use crate::guide::{Date, Entry, Index};
use crate::project::Settings;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// Guides in a feed: readers ask for it often, and for the newest.
const MOST: usize = 50;

/// The newest guides as an Atom feed; `None` without a `base_url`. Guides without a date and drafts are
/// not in it: a build knows no other time than what is written.
pub fn feed(index: &Index, settings: &Settings) -> Option<String> {
    let base = escape::html(settings.base_url.as_ref()?);
    let mut dated: Vec<(Date, &Entry)> = index
        .entries
        .iter()
        .filter(|entry| !entry.draft)
        .filter_map(|entry| Some((entry.updated.or(entry.created)?, entry)))
        .collect();
    dated.sort_by_key(|&(day, entry)| (Reverse(day), &entry.slug));
    dated.truncate(MOST);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escape::html(&settings.lang)
    );
    element(&mut xml, "title", &settings.title);
    if !settings.description.is_empty() {
        element(&mut xml, "subtitle", &settings.description);
    }
    let _ = writeln!(
        xml,
        "<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>"
    );
    // Atom wants a time; a feed of nothing was never changed.
    let newest = dated.first().map_or_else(|| "1970-01-01".to_owned(), |&(day, _)| iso(day));
    let _ = writeln!(xml, "<updated>{newest}T00:00:00Z</updated>");
    let owner = settings.brand.name.as_deref().unwrap_or(&settings.title);
    let _ = writeln!(xml, "<author><name>{}</name></author>", plain(owner));
    for (day, entry) in dated {
        item(&mut xml, &base, day, entry);
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn item(xml: &mut String, base: &str, day: Date, entry: &Entry) {
    let address = format!("{base}{}/", escape::html(&entry.slug));
    let _ = writeln!(xml, "<entry>");
    element(xml, "title", &entry.title);
    let _ = writeln!(
        xml,
        "<id>{address}</id>\n<link href=\"{address}\" hreflang=\"{}\"/>",
        escape::html(&entry.lang)
    );
    let _ = writeln!(xml, "<updated>{}T00:00:00Z</updated>", iso(day));
    if let Some(day) = entry.created {
        let _ = writeln!(xml, "<published>{}T00:00:00Z</published>", iso(day));
    }
    if !entry.description.is_empty() {
        element(xml, "summary", &entry.description);
    }
    for tag in &entry.tags {
        let _ = writeln!(xml, "<category term=\"{}\"/>", plain(tag));
    }
    let _ = writeln!(xml, "</entry>");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", plain(text));
}

/// Text for XML, which knows no control characters, not even escaped.
fn plain(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    escape::html(&text.chars().filter(allowed).collect::<String>())
}
