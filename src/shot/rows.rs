//! A picture as fingerprints of short stretches of its rows, so that what has moved up or down is found again, at whatever
//! distance, long after the pixels are gone.

use super::tiles::fold;
use super::{Area, Canvas};

/// Width of a stretch in points, if that makes no more than `MOST` in a row.
const WIDTH: u32 = 32;
/// Most stretches in a row: what looks for rectangles takes time by their square.
const MOST: u32 = 64;

/// The fingerprints of what is shown of a picture: rows from the top, stretches from the left.
#[derive(Debug, Clone)]
pub struct Rows {
    visible: Area,
    density: u32,
    step: u32,
    columns: u32,
    prints: Vec<u64>,
}

impl Rows {
    /// The stretches of `canvas`, of which only `visible` is ever shown.
    pub fn new(canvas: &Canvas, visible: Area, density: u32) -> Self {
        let widest = visible.width.div_ceil(MOST).next_multiple_of(super::tiles::TILE);
        let step = (WIDTH * density.max(1)).max(widest).max(1);
        let columns = visible.width.div_ceil(step);
        let rows = (visible.y..visible.bottom()).map(|y| canvas.row(visible, y));
        let prints = rows.flat_map(|row| row.chunks(step as usize * 4)).map(fingerprint).collect();
        Self { visible, density, step, columns, prints }
    }

    /// The part that is shown, in pixels of the picture.
    pub fn visible(&self) -> Area {
        self.visible
    }

    /// Stretches in a row.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Width of a stretch in pixels.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// All fingerprints.
    pub fn prints(&self) -> &[u64] {
        &self.prints
    }

    /// The fingerprints of a row, counted from the first that is shown; empty where there is none.
    pub fn row(&self, row: i64) -> &[u64] {
        let columns = self.columns as usize;
        let start = usize::try_from(row).ok().and_then(|row| row.checked_mul(columns));
        start.and_then(|start| self.prints.get(start..start + columns)).unwrap_or_default()
    }

    /// A number that two pictures share whose stretches lie at the same places in a row.
    pub fn grid(&self) -> u64 {
        let Area { x, width, .. } = self.visible;
        fold(u64::from(x) << 32 | u64::from(width), 0xa076_1d64_78bd_642f ^ u64::from(self.density))
    }

    /// Which fingerprints an area of pixels touches.
    pub fn touched(&self, area: Area) -> impl Iterator<Item = usize> {
        let area = area.within(self.visible);
        let left = |x: u32| x.saturating_sub(self.visible.x);
        let x = left(area.x) / self.step;
        let width = left(area.right()).div_ceil(self.step).saturating_sub(x);
        self.cells(Area { x, width, y: area.y.saturating_sub(self.visible.y), height: area.height })
    }

    /// Which fingerprints stand in these columns and rows, counted from what is shown.
    pub fn cells(&self, cells: Area) -> impl Iterator<Item = usize> {
        let columns = self.columns as usize;
        (cells.y..cells.bottom())
            .flat_map(move |y| (cells.x..cells.right()).map(move |x| y as usize * columns + x as usize))
    }

    /// The pixels of columns and rows.
    pub fn pixels(&self, cells: Area) -> Area {
        let Area { x, y, width, height } = cells;
        let (x, y) = (self.visible.x + x * self.step, self.visible.y + y);
        Area { x, y, width: width * self.step, height }.within(self.visible)
    }
}

/// Whether a stretch with this fingerprint has one colour.
pub fn is_flat(print: u64) -> bool {
    print & 1 == 1
}

/// 63 bits of the pixels of a stretch, and whether they are all the same.
fn fingerprint(stretch: &[u8]) -> u64 {
    let first = stretch.get(..4).unwrap_or_default();
    let (mut print, mut is_flat) = (stretch.len() as u64, true);
    let mut pairs = stretch.chunks_exact(8);
    for pair in pairs.by_ref() {
        let (one, other) = pair.split_at(4);
        is_flat &= one == first && other == first;
        print = fold(print ^ word(pair), 0xe703_7ed1_a0b4_28db).wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
    let rest = pairs.remainder();
    is_flat &= rest.is_empty() || rest == first;
    fold(print ^ word(rest), 0xa076_1d64_78bd_642f) & !1 | u64::from(is_flat)
}

fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(word)
}
