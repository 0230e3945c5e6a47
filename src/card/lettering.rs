//! Words drawn into pictures, in the one face that comes along.

use crate::shot::Canvas;
use ab_glyph::{Font, FontRef, GlyphId, PxScale, ScaleFont, point};

/// Inter, semi-bold: Latin, Greek and Cyrillic letters (see `fonts/LICENSE.txt`).
static FACE: &[u8] = include_bytes!("fonts/InterDisplay-SemiBold.subset.otf");
/// Smallest share of the height of a line that lies above the next.
const LEADING: f32 = 1.14;

/// Longer texts, in bytes, are not looked at word by word.
const MOST: usize = 2_000;

/// The face at a size.
pub struct Lettering {
    face: FontRef<'static>,
    scale: PxScale,
}

impl Lettering {
    /// The face so that an em is `size` pixels.
    pub fn new(size: f32) -> Option<Self> {
        let face = FontRef::try_from_slice(FACE).ok()?;
        let em = face.units_per_em()?;
        let scale = PxScale::from(size * face.height_unscaled() / em);
        Some(Self { face, scale })
    }

    /// Whether the face has every letter of the text.
    pub fn can_write(&self, text: &str) -> bool {
        text.chars().take(MOST).all(|letter| self.face.glyph_id(letter) != GlyphId(0))
    }

    /// Width of a text in pixels.
    pub fn width(&self, text: &str) -> f32 {
        let face = self.face.as_scaled(self.scale);
        text.chars().map(|letter| face.h_advance(face.glyph_id(letter))).sum()
    }

    /// Distance between the baselines of two lines in pixels.
    pub fn line(&self) -> f32 {
        self.face.as_scaled(self.scale).height() * LEADING / 1.21
    }

    /// The text in at most `most` lines no wider than `width`, as even as they can be; `None` if it
    /// doesn't fit.
    pub fn wrap(&self, text: &str, width: f32, most: usize) -> Option<Vec<String>> {
        // No text of so many letters fits, however small.
        if text.len() > MOST {
            return None;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let lines = self.fill(&words, width)?;
        if lines.len() > most {
            return None;
        }
        // The narrowest column that needs no more lines is the most even one.
        let narrower = (1..40).map(|step| width * (1.0 - step as f32 / 40.0));
        let even =
            narrower.map_while(|width| self.fill(&words, width).filter(|even| even.len() == lines.len()));
        Some(even.last().unwrap_or(lines))
    }

    fn fill(&self, words: &[&str], width: f32) -> Option<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            if self.width(word) > width {
                return None;
            }
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push((*word).to_owned()),
            }
        }
        Some(lines)
    }

    /// As much of the text as fits the width, with `…` where it is cut.
    pub fn cut(&self, text: &str, width: f32) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let face = self.face.as_scaled(self.scale);
        let mut room = width - self.width("…");
        let fits = |letter: &char| {
            room -= face.h_advance(face.glyph_id(*letter));
            room >= 0.0
        };
        let short: String = text.chars().take_while(fits).collect();
        format!("{}…", short.trim_end())
    }

    /// Draws one line, its upper-left corner at a place.
    pub fn draw(&self, canvas: &mut Canvas, text: &str, x: f32, y: f32, color: [u8; 3]) {
        let face = self.face.as_scaled(self.scale);
        let mut along = x;
        for letter in text.chars() {
            let id = face.glyph_id(letter);
            let glyph = id.with_scale_and_position(self.scale, point(along, y + face.ascent()));
            along += face.h_advance(id);
            let Some(outline) = face.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, cover| {
                let place = (corner.x as i64 + i64::from(dx), corner.y as i64 + i64::from(dy));
                if let (Ok(x), Ok(y)) = (u32::try_from(place.0), u32::try_from(place.1)) {
                    canvas.blend(x, y, color, cover);
                }
            });
        }
    }
}
