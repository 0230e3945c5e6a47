//! A picture as a grid of fingerprints, so that shots can be compared long after their pixels are gone.

use super::{Area, Canvas};

/// Side of a tile in pixels.
pub const TILE: u32 = 8;

/// The fingerprints of a picture's tiles, rows from the top.
#[derive(Debug, Clone)]
pub struct Tiles {
    whole: Area,
    visible: Area,
    density: u32,
    columns: u32,
    prints: Vec<u128>,
}

impl Tiles {
    /// The tiles of `canvas`, of which only `visible` is ever shown.
    pub fn new(canvas: &Canvas, visible: Area, density: u32) -> Self {
        let whole = canvas.whole();
        let (columns, tiles) = tiles(whole);
        let prints = tiles.map(|area| fingerprint(canvas, area)).collect();
        Self { whole, visible, density, columns, prints }
    }

    /// The part that is shown.
    pub fn visible(&self) -> Area {
        self.visible
    }

    /// The tiles of this shot that are shown and not already there where `base` was drawn. `None` if the
    /// pictures are of different sizes, so that one can't be drawn over the other.
    pub fn changes(&self, base: &Tiles) -> Option<Changes> {
        if self.whole != base.whole || self.density != base.density {
            return None;
        }
        let changed = self.prints.iter().zip(&base.prints).zip(0u32..);
        let cells = changed.map(|((mine, other), index)| {
            let shown = self.tile(index).within(self.visible);
            !shown.is_empty() && (mine != other || !base.visible.contains(shown))
        });
        Some(Changes { columns: self.columns, cells: cells.collect() })
    }

    fn tile(&self, index: u32) -> Area {
        let (column, row) = (index % self.columns.max(1), index / self.columns.max(1));
        Area { x: column * TILE, y: row * TILE, width: TILE, height: TILE }.within(self.whole)
    }
}

/// How many tiles a row of a picture has, and all of them, rows from the top.
pub fn tiles(whole: Area) -> (u32, impl Iterator<Item = Area>) {
    let (columns, rows) = (whole.width.div_ceil(TILE), whole.height.div_ceil(TILE));
    let tile =
        move |column, row| Area { x: column * TILE, y: row * TILE, width: TILE, height: TILE }.within(whole);
    (columns, (0..rows).flat_map(move |row| (0..columns).map(move |column| tile(column, row))))
}

/// Which tiles of a grid changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Tiles in a row.
    pub columns: u32,
    /// One for each tile, rows from the top.
    pub cells: Vec<bool>,
}

impl Changes {
    /// Whether nothing changed in the tiles that an area of pixels touches.
    pub fn is_unchanged(&self, area: Area) -> bool {
        let columns = area.x / TILE..area.right().div_ceil(TILE).min(self.columns);
        let mut rows = area.y / TILE..area.bottom().div_ceil(TILE);
        rows.all(|row| {
            let start = row as usize * self.columns as usize;
            let cells = self.cells.get(start + columns.start as usize..start + columns.end as usize);
            cells.is_none_or(|cells| !cells.contains(&true))
        })
    }

    /// Number of tiles that changed.
    pub fn count(&self) -> usize {
        self.cells.iter().filter(|cell| **cell).count()
    }
}

/// 128 bits of the pixels in `area`. Not meant to withstand an attacker: who can make two tiles collide can
/// draw a wrong tile in his own guide.
fn fingerprint(canvas: &Canvas, area: Area) -> u128 {
    let mut lanes = [0x9e37_79b9_7f4a_7c15_u64, 0xd6e8_feb8_6659_fd93];
    let mut mix = |word: u64| {
        let [left, right] = &mut lanes;
        *left = fold(*left ^ word, 0xa076_1d64_78bd_642f);
        *right = fold(right.wrapping_add(word), 0xe703_7ed1_a0b4_28db);
    };
    mix(u64::from(area.width) << 32 | u64::from(area.height));
    for y in area.y..area.bottom() {
        for pair in canvas.row(area, y).chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(pair).for_each(|(to, from)| *to = *from);
            mix(u64::from_le_bytes(word));
        }
    }
    let [left, right] = lanes;
    u128::from(left) << 64 | u128::from(right)
}

/// A full product, its halves folded onto each other.
pub fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}
