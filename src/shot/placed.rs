//! Pieces at their places in a shot, and those of them that a part of it consists of.

use super::Area;
use super::moves::Move;

/// A piece where it is drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which piece it is.
    pub piece: usize,
    /// Left edge; less than 0 if it begins beyond the picture.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// What is shown of it, in pixels of the shot; `None`: all of it.
    pub part: Option<Area>,
}

impl Placed {
    /// A piece that fills an area.
    pub fn filling(area: Area, piece: usize) -> Self {
        let Area { x, y, width, height } = area;
        Self { piece, x: x.into(), y: y.into(), width, height, part: None }
    }

    /// What of it lies in an area.
    fn within(&self, area: Area) -> Area {
        let side = |from: i64, size: u32| {
            let [from, end] =
                [from, from + i64::from(size)].map(|at| u32::try_from(at.max(0)).unwrap_or(u32::MAX));
            (from, end - from)
        };
        let ((x, width), (y, height)) = (side(self.x, self.width), side(self.y, self.height));
        let all = Area { x, y, width, height }.within(area);
        self.part.map_or(all, |part| all.within(part))
    }
}

/// The pieces of an earlier shot, lowest first, that show in a part of another of which `visible` is shown.
pub fn moved(below: &[Placed], part: &Move, visible: Area) -> Vec<Placed> {
    let up = |y: u32| u32::try_from((i64::from(y) - part.offset.down).max(0)).unwrap_or(u32::MAX);
    let from = Area { y: up(part.area.y), ..part.area };
    let mut found: Vec<(Placed, Area)> = Vec::new();
    for placed in below.iter().rev() {
        let seen = placed.within(from);
        // What lies above is opaque there, or it would not show the same.
        if !seen.is_empty() && !found.iter().any(|(_, above)| above.contains(seen)) {
            found.push((*placed, seen));
        }
    }
    let down = |y: u32| u32::try_from(i64::from(y) + part.offset.down).unwrap_or_default();
    let moved = found.into_iter().rev().map(|(placed, seen)| {
        let shown = Placed { y: placed.y + part.offset.down, part: None, ..placed };
        let seen = Area { y: down(seen.y), ..seen };
        // What lies beyond what is shown of the shot is not seen anyway.
        Placed { part: (shown.within(visible) != seen).then_some(seen), ..shown }
    });
    moved.collect()
}
