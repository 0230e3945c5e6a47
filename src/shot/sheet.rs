//! What the screenshots of one guide become: pieces, and shots built from them.

use super::Field;
use crate::guide::Rect;

/// The type of every piece.
pub(super) const MIME: &str = "image/webp";

/// The pictures of one guide as its page carries them: each piece once, each shot a stack of pieces.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Encoded pictures in the order of need: those of the first shot first.
    pub pieces: Vec<Piece>,
    /// One for each of `Resolved::shots`, in the same order.
    pub shots: Vec<Composed>,
    /// For each of `Resolved::inline`, its index in `pieces`.
    pub inline: Vec<usize>,
    /// For each of `shots`, how much there is to see in each part of it: 240 cells in 120 hexadecimal digits.
    pub maps: Vec<String>,
    /// Every field the walkthrough types into or chooses in.
    pub fields: Vec<Field>,
}

impl Sheet {
    /// The colour of a field, if the walkthrough types into it or chooses in it.
    pub fn ground(&self, shot: Option<usize>, at: Rect) -> Option<[u8; 3]> {
        let found = self.fields.iter().find(|field| Some(field.shot) == shot && field.at == at);
        found.map(|field| field.ground)
    }
}

/// One encoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// `image/webp`.
    pub mime: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A shot as a stack: another shot below (a key picture has none), then layers from bottom to top.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composed {
    /// Index in [`Sheet::shots`] of the shot it changes; smaller than its own.
    pub base: Option<usize>,
    /// What is drawn over it. Empty for a shot that equals its base.
    pub layers: Vec<Layer>,
    /// Left edge of the part that is shown, in points of the original (0 without a crop).
    pub x: f64,
    /// Upper edge of the part that is shown, in points.
    pub y: f64,
    /// Width of the part that is shown, in points.
    pub width: f64,
    /// Height of the part that is shown, in points.
    pub height: f64,
}

/// A piece at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layer {
    /// Index in [`Sheet::pieces`].
    pub piece: usize,
    /// Left edge in points of the original.
    pub x: f64,
    /// Upper edge in points.
    pub y: f64,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What is shown of it, in points of the original; `None`: all of it. A piece of an earlier shot may reach beyond what
    /// both show.
    pub part: Option<Rect>,
}
