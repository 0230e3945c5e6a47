//! Where the edges of a patch lie.
//!
//! A browser that makes a picture smaller averages squares of 2, 4 or 8 pixels, counted from the picture's
//! corner, and has nothing to average with beyond its edge. So a patch starts and ends at the same squares
//! as the whole picture, and its edges cross as little as possible: where the picture is the same on both
//! sides, no reader sees that it is cut.

use super::tiles::TILE;
use super::{Area, Canvas};

/// Distances of a patch's edge from the changed tiles it holds, in pixels.
const DISTANCES: [u32; 3] = [TILE, 2 * TILE, 3 * TILE];
/// How far to both sides of an edge a browser may look, in pixels.
const REACH: u32 = 4;
/// Steps of a channel that no reader sees.
const FAINT: u8 = 8;

/// Noise along an edge that is not worth a larger patch: a word or two of small text.
const LITTLE: u64 = 2_000;

/// The smallest distance of an edge from a change, in pixels.
pub const MARGIN: u32 = TILE;

/// An area of changed tiles, grown to all sides up to edges that do not show.
pub fn settle(canvas: &Canvas, area: Area, visible: Area) -> Area {
    let plain = area.grow(MARGIN, visible);
    let Area { x, y, width, height } = area;
    let row = |y: u32| Area { x, y: y.saturating_sub(REACH), width, height: 2 * REACH };
    let up = quietest(y.saturating_sub(visible.y), |far| noise(canvas, row(y - far), true));
    let down = quietest(visible.bottom().saturating_sub(area.bottom()), |far| {
        noise(canvas, row(area.bottom() + far), true)
    });
    let (y, height) = (y - up, up + height + down);
    let column = |x: u32| Area { x: x.saturating_sub(REACH), y, width: 2 * REACH, height };
    let left = quietest(x.saturating_sub(visible.x), |far| noise(canvas, column(x - far), false));
    let right = quietest(visible.right().saturating_sub(area.right()), |far| {
        noise(canvas, column(area.right() + far), false)
    });
    let settled = Area { x: x - left, y, width: left + width + right, height };
    // What shines through can't be drawn over another shot: better an edge that shows.
    if canvas.is_opaque(settled) { settled } else { plain }
}

/// The nearest distance with little noise, or the one with the least. The picture's own edge, `room` away, has none.
fn quietest(room: u32, noise: impl Fn(u32) -> u64) -> u32 {
    let distances = DISTANCES.map(|distance| distance.min(room));
    let noise = |distance: &u32| if *distance == room { LITTLE } else { noise(*distance).max(LITTLE) };
    distances.into_iter().min_by_key(noise).unwrap_or(MARGIN.min(room))
}

/// How much the pixels across an edge differ, summed along it. `across` is the strip on both sides.
fn noise(canvas: &Canvas, across: Area, horizontal: bool) -> u64 {
    let across = across.within(canvas.whole());
    let first = canvas.row(across, across.y);
    let mut most = vec![0u8; across.width as usize];
    let mut sum = 0;
    for y in across.y..across.bottom() {
        let row = canvas.row(across, y);
        if horizontal {
            let pairs = row.chunks_exact(4).zip(first.chunks_exact(4));
            most.iter_mut().zip(pairs).for_each(|(most, (a, b))| *most = (*most).max(contrast(a, b)));
        } else {
            let first = row.get(..4).unwrap_or_default();
            sum += visible(row.chunks_exact(4).map(|pixel| contrast(pixel, first)).max().unwrap_or(0));
        }
    }
    sum + most.into_iter().map(visible).sum::<u64>()
}

fn contrast(one: &[u8], other: &[u8]) -> u8 {
    one.iter().zip(other).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

fn visible(contrast: u8) -> u64 {
    u64::from(contrast.saturating_sub(FAINT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VISIBLE: Area = Area { x: 0, y: 0, width: 160, height: 120 };
    const CHANGED: Area = Area { x: 64, y: 48, width: 16, height: 16 };

    fn white() -> Canvas {
        Canvas::filled(160, 120, [255; 3])
    }

    #[test]
    fn on_even_ground_edges_are_as_near_as_they_may() {
        let settled = settle(&white(), CHANGED, VISIBLE);
        assert_eq!(settled, Area { x: 56, y: 40, width: 32, height: 32 });
    }

    #[test]
    fn an_edge_keeps_away_from_lines() {
        let mut canvas = white();
        canvas.fill(Area { x: 0, y: 38, width: 160, height: 1 }, [0; 3]);
        canvas.fill(Area { x: 90, y: 0, width: 1, height: 120 }, [0; 3]);
        let settled = settle(&canvas, CHANGED, VISIBLE);
        assert_eq!(settled, Area { x: 56, y: 32, width: 40, height: 40 });
    }

    #[test]
    fn edges_stay_inside_what_is_shown() {
        let shown = Area { x: 60, y: 46, width: 30, height: 100 }.within(VISIBLE);
        let settled = settle(&white(), CHANGED, shown);
        assert_eq!(settled, Area { x: 60, y: 46, width: 28, height: 26 });
        assert_eq!(settle(&white(), VISIBLE, VISIBLE), VISIBLE);
    }

    #[test]
    fn edges_do_not_reach_for_what_shines_through() {
        let mut canvas = white();
        canvas.fill(Area { x: 0, y: 38, width: 160, height: 1 }, [0; 3]);
        canvas.row_mut(Area { x: 70, y: 34, width: 1, height: 1 }, 34).fill(0);
        assert_eq!(settle(&canvas, CHANGED, VISIBLE).y, 40);
    }
}
