//! Traces of Playwright, versions 7 to 10: what a test did becomes steps, and the pages it did it on are drawn anew.
//!
//! A trace holds no sharp picture, but the document of each page before and after each action, as a tree whose parts
//! refer to trees before it, with the files that it showed. [`html`] writes such a tree as a page without a script,
//! [`draw`] lets the browser show it and measures the target.

mod draw;
mod events;
mod html;
mod resources;
mod steps;

pub use draw::Density;
use events::Trace;
pub use steps::Wanted;

use super::archive::Archive;
use super::{ImportError, ImportNote, Imported};
use crate::browser::Browser;
use std::path::Path;

/// A guide from the trace at `path`. Its pictures are drawn by `browser`, in the density of the trace unless
/// another is asked for: lines of text may break elsewhere then.
///
/// # Errors
/// [`ImportError`] if the file is no trace, holds no action, or the browser fails.
pub fn trace(
    path: &Path,
    browser: &Browser,
    density: Option<Density>,
    wanted: Wanted<'_>,
) -> Result<Imported, ImportError> {
    let mut archive = Archive::open(path)?;
    let mut notes = Vec::new();
    let trace = Trace::read(&mut archive, &mut notes)?;
    let gestures = steps::gestures(&trace);
    if gestures.is_empty() {
        return Err(ImportError::new(
            format!("`{}` holds nothing that a person could do", path.display()),
            "record the test with `trace: 'on'`, snapshots included",
        ));
    }
    let own = if trace.density >= 1.5 { Density::Two } else { Density::One };
    let density = density.unwrap_or(own);
    let mut artist = draw::Artist::new(&trace, archive, browser, density)?;
    let mut imported = steps::write(&trace, gestures, &mut artist, wanted)?;
    imported.notes.splice(0..0, notes);
    imported.notes.extend(artist.notes.into_iter().map(ImportNote::new));
    Ok(imported)
}
