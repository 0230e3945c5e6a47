//! What the words on a guide's screenshots are good for.

use super::geometry::Rect;

/// What the words on a guide's screenshots are good for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// Words for a search, parted by spaces: the labels of the application that tell most first.
    pub words: String,
    /// What redactions cover and is known of.
    pub covered: Vec<Covered>,
    /// Hashes of readable words that identify somebody or something, sorted: no secret has to be kept to be found
    /// again.
    pub shown: Vec<u64>,
    /// Words beside what steps act on, each with the index of its shot: a card must not lie on them.
    pub beside: Vec<(usize, Rect)>,
    /// The letters of fields that steps write in.
    pub lettering: Vec<Lettering>,
}

/// What a redaction covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Hash of a word or several.
    pub print: u64,
    /// Index of the shot.
    pub shot: usize,
}

/// The letters of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Lettering {
    /// The field, in points.
    pub at: Rect,
    /// Size of the letters, in points.
    pub size: f64,
    /// The faces, as a style sheet lists them: `"Arial",sans-serif`.
    pub faces: String,
}
