//! Destroying pixels. What stands in their place depends on the rectangles and on the pixels outside them,
//! never on what they covered.

use super::{Area, Canvas, Pixel};
use crate::guide::{RedactStyle, Redaction};

/// What `solid` leaves.
const SOLID: Pixel = [0x2b, 0x30, 0x3b, 255];

/// The redacted parts of one picture in pixels.
#[derive(Debug, Clone, Default)]
pub struct Redactions {
    parts: Vec<(Area, RedactStyle)>,
}

impl Redactions {
    /// The whole pixels that redactions given in points touch.
    pub fn new(redactions: &[Redaction], density: u32, whole: Area) -> Self {
        let part = |redaction: &Redaction| {
            let Redaction { at, style } = *redaction;
            (Area::covering(at, density).within(whole), style)
        };
        Self { parts: redactions.iter().map(part).collect() }
    }

    /// Their areas, in the order written.
    pub fn areas(&self) -> impl Iterator<Item = Area> + '_ {
        self.parts.iter().map(|(area, _)| *area)
    }

    /// Whether a pixel is covered by any of them.
    pub fn covers(&self, x: u32, y: u32) -> bool {
        self.parts.iter().any(|(area, _)| area.holds(x, y))
    }

    /// Destroys the pixels.
    pub fn apply(&self, canvas: &mut Canvas) {
        for &(area, style) in &self.parts {
            match style {
                RedactStyle::Solid | RedactStyle::Blur | RedactStyle::Pixelate => fill(canvas, area, SOLID),
            }
        }
    }
}

fn fill(canvas: &mut Canvas, area: Area, color: Pixel) {
    for y in area.y..area.bottom() {
        for pixel in canvas.row_mut(area, y).chunks_exact_mut(4) {
            pixel.copy_from_slice(&color);
        }
    }
}
