//! The picture of a shot, from its file to what may be shown.

use super::decode::{self, MAX_FILE};
use super::redact::Redactions;
use super::{Area, Canvas};
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Resolved, Shot};
use crate::source::{ReadError, World};

/// A picture ready to be shown: redacted, whole, with the part that is shown.
pub struct Loaded {
    /// All pixels; those redacted are gone.
    pub canvas: Canvas,
    /// The part that is shown.
    pub visible: Area,
    /// Whether the file was saved with loss.
    pub lossy: bool,
}

/// Reads, decodes and redacts a shot's picture.
///
/// # Errors
/// [`Problem`] if it cannot be read, is no picture, or is not the file that was measured.
pub fn load(shot: &Shot, world: &dyn World) -> Result<Loaded, Problem> {
    let Opened { mut canvas, lossy } = open(&shot.picture, world)?;
    Redactions::new(&shot.redactions, shot.picture.density, canvas.whole()).apply(&mut canvas);
    Ok(Loaded { canvas, visible: visible(shot), lossy })
}

/// A shot's picture as readers see it: redacted, and only the part that is shown. `None` if it can't be read.
pub fn shown(shot: &Shot, world: &dyn World) -> Option<Canvas> {
    let Loaded { canvas, visible, lossy: _ } = load(shot, world).ok()?;
    Some(canvas.cut(visible))
}

/// The part of a shot's picture that is shown, in pixels.
pub fn visible(shot: &Shot) -> Area {
    let Picture { width, height, density, .. } = shot.picture;
    let whole = Area { x: 0, y: 0, width, height };
    shot.crop.map_or(whole, |crop| Area::covering(crop, density).within(whole))
}

/// A picture as it is in its file.
pub struct Opened {
    /// All pixels.
    pub canvas: Canvas,
    /// Whether the file was saved with loss.
    pub lossy: bool,
}

/// Reads and decodes a picture, nothing destroyed yet.
///
/// # Errors
/// As [`load`].
pub fn open(picture: &Picture, world: &dyn World) -> Result<Opened, Problem> {
    let bytes = world.read(&picture.path, MAX_FILE).map_err(|error| Problem::unreadable(picture, &error))?;
    let changed = || Problem::new(picture, "changed while it was being read", "build again");
    if *blake3::hash(&bytes).as_bytes() != picture.hash {
        return Err(changed());
    }
    let canvas =
        decode::decode(&bytes).map_err(|broken| Problem::new(picture, &broken.message, broken.help))?;
    let same = (canvas.width(), canvas.height()) == (picture.width, picture.height);
    if same { Ok(Opened { canvas, lossy: decode::is_lossy(&bytes) }) } else { Err(changed()) }
}

/// Why a picture can't be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    message: String,
    help: &'static str,
}

impl Problem {
    /// `words` follow the path of the picture.
    fn new(picture: &Picture, words: &str, help: &'static str) -> Self {
        Self { message: format!("`{}` {words}", picture.path), help }
    }

    fn unreadable(picture: &Picture, error: &ReadError) -> Self {
        Self { message: error.about(&picture.path), help: "put the screenshot there, or correct its path" }
    }

    /// The problem at the place where the guide names the picture.
    pub fn at(self, resolved: &Resolved, shot: &Shot) -> Diagnostic {
        Diagnostic::error("broken-picture", &resolved.path, shot.span, self.message).help(self.help)
    }
}

/// What is reported of a shot that no memory was left for.
pub fn unwritable(resolved: &Resolved, shot: &Shot) -> Diagnostic {
    // No piece of a page has more than 16,383 pixels a side; one amid text is one piece.
    let words = "could not be encoded: it is too long to stand amid text, or memory ran out";
    Problem::new(&shot.picture, words, "use a smaller screenshot").at(resolved, shot)
}
