//! Files that a guide links to and that go with its page.

use super::Context;
use crate::guide::Attachment;
use crate::guide::paths::path_of;
use crate::source::{Measured, ProjectPath, ReadError, Span};

/// What goes with a page, by the ending of its name, and its media type. Documents for readers: no pictures (what is
/// redacted in them would be published as it was), nothing that a browser runs, and nothing that holds settings.
const KINDS: [(&str, &str); 11] = [
    ("csv", "text/csv"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
];

/// Most bytes of a file that goes with a page.
const MAX_FILE: u64 = 50 << 20;

/// The file that an address in a guide of `folder` names if it is one that goes with the page: in that folder or below,
/// not hidden, of a kind that is published.
fn attached(target: &str, folder: &ProjectPath) -> Option<(ProjectPath, &'static str)> {
    if target.starts_with(['#', '?', '/']) {
        return None;
    }
    let path = path_of(target, folder).ok()?;
    let mime = published_kind(&path, folder)?;
    Some((path, mime))
}

/// The media type of a file that goes with the page of a guide in `folder` which links to it; `None` for other files.
pub(super) fn published_kind(path: &ProjectPath, folder: &ProjectPath) -> Option<&'static str> {
    let below = path.as_str().strip_prefix(folder.as_str())?;
    let is_hidden = below.split('/').any(|part| part.starts_with('.'));
    if !path.is_below(folder) || is_hidden {
        return None;
    }
    let ending = path.extension().to_ascii_lowercase();
    KINDS.iter().find(|(kind, _)| *kind == ending).map(|(_, mime)| *mime)
}

impl Context<'_> {
    /// Notes the file that a link leads to if it goes with the page. That it is not there is found here and nowhere
    /// else: a file that is away for this one look must not be left out of the site in silence.
    pub fn attach(&mut self, target: &str, at: Span) {
        let folder = self.guide.path.parent();
        let Some((path, mime)) = attached(target, &folder) else { return };
        if self.attachments.iter().any(|known| known.path == path) {
            return;
        }
        let mut measure = |bytes: &[u8]| {
            let hash = *blake3::hash(bytes).as_bytes();
            Some(Measured { width: 0, height: 0, bytes: bytes.len() as u64, hash })
        };
        match self.world.measure(&path, MAX_FILE, &mut measure) {
            Ok(Some(Measured { bytes, hash, .. })) => {
                let below = path.as_str().strip_prefix(folder.as_str()).unwrap_or(path.as_str());
                let file = format!("files/{}", below.trim_start_matches('/'));
                self.attachments.push(Attachment { path, file, mime, bytes, hash, at });
            }
            Err(error @ ReadError::TooLarge(_)) => {
                let help = "make the file smaller, or link to where it is published: `https://…`";
                self.error("too-large", at, error.about(&path), help);
            }
            Err(error @ ReadError::Failed(_)) => {
                let help = "let the file be read";
                self.error("cannot-read", at, error.about(&path), help);
            }
            Ok(None) | Err(ReadError::Missing | ReadError::Outside | ReadError::NotAFile) => {
                let message = format!("the link `{target}` goes nowhere");
                let help = format!(
                    "there is no `{path}`; write the way to it from the folder of `{}`",
                    self.guide.path
                );
                self.error("broken-link", at, message, help);
            }
        }
    }
}
