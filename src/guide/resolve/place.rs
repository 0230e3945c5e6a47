//! Regions as written into points of a screenshot.

use crate::guide::region::{Length, Region};
use crate::guide::{Rect, Size};

/// Recorders round: a region may pass the edge by this many points, and is cut there.
const SLACK: f64 = 0.5;

impl Rect {
    /// The smallest rectangle around two.
    pub fn around(self, other: Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, low) =
            ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Rect { x, y, w: right - x, h: low - y }
    }

    /// No size, at the corner.
    pub const CORNER: Rect = Rect { x: 0.0, y: 0.0, w: 0.0, h: 0.0 };

    /// Whether two rectangles have a point in common.
    pub fn meets(&self, other: &Rect) -> bool {
        self.x <= other.x + other.w
            && other.x <= self.x + self.w
            && self.y <= other.y + other.h
            && other.y <= self.y + self.h
    }
}

/// The region in points, cut to the screenshot; `None` if it doesn't lie on it.
pub fn place(region: &Region, on: Size) -> Option<Rect> {
    let rect = measure(region, on);
    let right = rect.x + rect.w;
    let bottom = rect.y + rect.h;
    let inside =
        rect.x >= -SLACK && rect.y >= -SLACK && right <= on.width + SLACK && bottom <= on.height + SLACK;
    if !inside {
        return None;
    }
    let x = rect.x.clamp(0.0, on.width);
    let y = rect.y.clamp(0.0, on.height);
    Some(Rect { x, y, w: right.min(on.width) - x, h: bottom.min(on.height) - y }).map(|cut| Rect {
        w: cut.w.max(0.0),
        h: cut.h.max(0.0),
        ..cut
    })
}

/// The region in points, wherever it lies.
pub fn measure(region: &Region, on: Size) -> Rect {
    let points = |length, whole: f64| match length {
        Length::Points(number) => number,
        Length::Percent(number) => number * whole / 100.0,
    };
    let (w, h) = region.size.map_or((0.0, 0.0), |(w, h)| (points(w, on.width), points(h, on.height)));
    Rect { x: points(region.x, on.width), y: points(region.y, on.height), w, h }
}
