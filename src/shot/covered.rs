//! What a picture holds under its patches: nothing that takes bytes.

use super::tiles::TILE;
use super::{Area, Canvas};

/// How much of a patch's rim lies over what it shows itself, in pixels: a browser that makes pictures smaller mixes both.
const RIM: u32 = TILE;
/// How far from its place a lossy picture may show that something was left out, in pixels: a block of it, which is 16 wide.
pub const BLUR: u32 = 16;

/// The picture without what the patches cover, but for their rims and `blur` pixels more.
pub fn without(canvas: &Canvas, patches: &[Area], blur: u32) -> Canvas {
    let mut bare = canvas.clone();
    for patch in patches {
        let inner = inside(*patch, RIM + blur, canvas.whole());
        if !inner.is_empty() {
            bare.fill(inner, mean(canvas, inner));
        }
    }
    bare
}

/// An area without a rim, but where that is the picture's own edge.
fn inside(area: Area, rim: u32, whole: Area) -> Area {
    let less = |at_edge: bool| if at_edge { 0 } else { rim };
    let (left, top) = (less(area.x == whole.x), less(area.y == whole.y));
    let (right, bottom) = (less(area.right() == whole.right()), less(area.bottom() == whole.bottom()));
    Area {
        x: area.x + left,
        y: area.y + top,
        width: area.width.saturating_sub(left + right),
        height: area.height.saturating_sub(top + bottom),
    }
}

/// The mean of the colours at the corners.
fn mean(canvas: &Canvas, area: Area) -> [u8; 3] {
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    let places = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
    let corners = places.map(|(x, y)| canvas.pixel(x, y).unwrap_or_default());
    [0, 1, 2].map(|channel| {
        let sum: u16 =
            corners.iter().filter_map(|pixel| pixel.get(channel)).map(|value| u16::from(*value)).sum();
        u8::try_from(sum / 4).unwrap_or(u8::MAX)
    })
}
