//! `oembed.json`: how wikis and chats that are given a guide's address show the guide itself.

use super::embed;
use crate::guide::Entry;
use crate::project::Settings;
use serde::Serialize;

#[derive(Serialize)]
struct OEmbed<'a> {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    provider_name: &'a str,
    provider_url: &'a str,
    html: String,
    width: u32,
    height: u32,
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
}

#[derive(Serialize)]
struct Thumbnail {
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

/// A guide's oEmbed answer; `None` without a `base_url`. `card`: whether `card.png` stands beside it.
pub fn oembed(entry: &Entry, settings: &Settings, card: bool) -> Option<String> {
    let base = settings.base_url.as_deref()?;
    let (width, height) = embed::size(entry.stage);
    let answer = OEmbed {
        version: "1.0",
        kind: "rich",
        title: &entry.title,
        provider_name: settings.brand.name.as_deref().unwrap_or(&settings.title),
        provider_url: base,
        html: embed::embed_code(entry, settings),
        width,
        height,
        thumbnail: card.then(|| Thumbnail {
            thumbnail_url: format!("{base}{}/card.png", entry.slug),
            thumbnail_width: 1200,
            thumbnail_height: 630,
        }),
    };
    let mut json = serde_json::to_string(&answer).unwrap_or_default();
    json.push('\n');
    Some(json)
}
