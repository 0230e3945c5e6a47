//! A guide as a course for a learning management system, in SCORM 1.2 or 2004: the page as it is, and beside it a page
//! that shows it in a frame and reports progress, completion and the place to go on from.

use super::zipped::zipped;
use super::{ExportError, Exporting};
use crate::page::escape;
use crate::theme::words;

const COURSE: &str = include_str!("scorm/index.html");
const SCRIPT: &str = include_str!("scorm/course.js");
const MANIFEST_12: &str = include_str!("scorm/manifest-1.2.xml");
const MANIFEST_2004: &str = include_str!("scorm/manifest-2004.xml");

/// Most letters of a title in a manifest.
const TITLE: usize = 200;

/// Versions of SCORM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScormVersion {
    /// 1.2, which every system reads.
    V1_2,
    /// 2004, third edition.
    V2004,
}

/// The package. Its bytes depend on the guide alone.
pub fn package(exporting: Exporting<'_>, version: ScormVersion) -> Result<Vec<u8>, ExportError> {
    let manifest = match version {
        ScormVersion::V1_2 => MANIFEST_12,
        ScormVersion::V2004 => MANIFEST_2004,
    };
    let title: String = exporting.title.chars().take(TITLE).collect();
    let title = escape::xml(&title);
    let id: String =
        exporting.slug.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let (lang, direction) = (escape::xml(exporting.lang), words::direction(exporting.lang));
    // The title last: what stands in it is nothing to be filled.
    let filled = |text: &str| {
        let text = text.replace("{id}", &id).replace("{lang}", &lang).replace("{direction}", direction);
        text.replace("{title}", &title)
    };
    let files = [
        ("imsmanifest.xml", filled(manifest).into_bytes()),
        ("index.html", filled(COURSE).into_bytes()),
        ("course.js", SCRIPT.as_bytes().to_vec()),
        ("guide.html", exporting.page.to_vec()),
    ];
    zipped(files.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}
