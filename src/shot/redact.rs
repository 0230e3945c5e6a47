//! Destroying pixels. What stands in their place depends on the rectangles and on the pixels outside them,
//! never on what they covered.

use super::surface::Surface;
use super::{Area, Canvas, Pixel};
use crate::guide::{RedactStyle, Redaction};

/// What `solid` leaves.
pub const SOLID: Pixel = [0x2b, 0x30, 0x3b, 255];

/// The redacted parts of one picture in pixels.
#[derive(Debug, Clone, Default)]
pub struct Redactions {
    parts: Vec<(Area, RedactStyle)>,
    density: u32,
}

impl Redactions {
    /// The whole pixels that redactions given in points touch.
    pub fn new(redactions: &[Redaction], density: u32, whole: Area) -> Self {
        let part = |redaction: &Redaction| {
            let Redaction { at, style } = *redaction;
            (Area::covering(at, density).within(whole), style)
        };
        Self { parts: redactions.iter().map(part).collect(), density: density.max(1) }
    }

    /// Their areas, in the order written.
    pub fn areas(&self) -> impl Iterator<Item = Area> + '_ {
        self.parts.iter().map(|(area, _)| *area)
    }

    /// Destroys the pixels.
    pub fn apply(&self, canvas: &mut Canvas) {
        // Wiped first, all of them: whatever is painted then, no covered pixel is left to be read.
        self.areas().for_each(|area| paint(canvas, area, |_, _| SOLID));
        let surfaces: Vec<Surface> =
            self.areas().map(|area| Surface::around(canvas, area, |x, y| self.covers(x, y))).collect();
        for (&(area, style), surface) in self.parts.iter().zip(&surfaces) {
            match style {
                RedactStyle::Solid => paint(canvas, area, |_, _| SOLID),
                RedactStyle::Blur => paint(canvas, area, |x, y| surface.smudge(x, y, self.density)),
                RedactStyle::Pixelate => paint(canvas, area, |x, y| surface.square(x, y, self.density)),
            }
        }
    }

    fn covers(&self, x: u32, y: u32) -> bool {
        self.areas().any(|area| area.holds(x, y))
    }
}

fn paint(canvas: &mut Canvas, area: Area, color: impl Fn(u32, u32) -> Pixel) {
    for y in area.y..area.bottom() {
        for (pixel, x) in canvas.row_mut(area, y).chunks_exact_mut(4).zip(area.x..) {
            pixel.copy_from_slice(&color(x, y));
        }
    }
}
