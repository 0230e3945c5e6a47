//! A guide as a document of word processors (ECMA-376, transitional): made from its Markdown, with the pictures in it.

mod body;
mod parts;

use super::zipped::zipped;
use super::{ExportError, Exported, Exporting};
use std::collections::BTreeMap;

/// `SLUG.docx`, of the files that Markdown for wikis consists of.
pub fn file(exporting: Exporting<'_>, wiki: Exported) -> Result<Exported, ExportError> {
    let slug = exporting.slug;
    let prefix = format!("{slug}/");
    let mut text = String::new();
    let mut pictures = BTreeMap::new();
    for (path, bytes) in wiki {
        let path = path.strip_prefix(&prefix).unwrap_or(&path).to_owned();
        match path.strip_suffix(".md") {
            Some(_) => text = String::from_utf8_lossy(&bytes).into_owned(),
            None => drop(pictures.insert(path, bytes)),
        }
    }
    let body = body::body(&text, &pictures, exporting.words);
    let made = parts::parts(exporting, &body);
    let media =
        body.media.iter().filter_map(|(name, path)| Some((name.as_str(), pictures.get(path)?.as_slice())));
    let texts = made.iter().map(|(name, text)| (*name, text.as_bytes()));
    Ok(vec![(format!("{slug}.docx"), zipped(texts.chain(media))?)])
}
