//! Patches close to each other as one: a file less, and letters that were written once are written once.

use super::patches::{apart, settled};
use super::tiles::{Changes, TILE, tiles};
use super::{Area, Canvas};
use std::cell::OnceCell;

/// What one more patch costs, in tiles of several colours that could be encoded instead.
const PATCH_COST: i64 = 12;

/// A part of a shot that has to be encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// All of it.
    pub area: Area,
    /// Several that together hold all that changed in it; empty if it is none of several.
    pub parts: Vec<Area>,
}

impl Patch {
    /// An area that is not parted.
    pub fn whole(area: Area) -> Self {
        Self { area, parts: Vec::new() }
    }
}

/// Finds the patches of a shot, whatever it is drawn over.
pub struct Joiner<'a> {
    canvas: &'a Canvas,
    visible: Area,
    /// The same for all that is tried; a shot of single patches needs none.
    costs: OnceCell<Costs>,
}

impl<'a> Joiner<'a> {
    /// For `canvas`, of which `visible` is shown.
    pub fn new(canvas: &'a Canvas, visible: Area) -> Self {
        Self { canvas, visible, costs: OnceCell::new() }
    }

    /// The patches that `patches` finds, those joined that cost less so as far as is known before anything is encoded. From
    /// the top down.
    pub fn patches(&self, changes: &Changes) -> Vec<Patch> {
        let mut groups: Vec<(Area, Vec<Area>)> =
            apart(changes).into_iter().map(|area| (area, vec![area])).collect();
        if groups.len() > 1 {
            join(&mut groups, self.costs.get_or_init(|| Costs::new(self.canvas)));
        }
        let mut found: Vec<Patch> = groups.into_iter().flat_map(|group| self.settled(group)).collect();
        found.sort_unstable_by_key(|patch| (patch.area.y, patch.area.x));
        found
    }

    /// A group in pixels.
    fn settled(&self, (area, parts): (Area, Vec<Area>)) -> Vec<Patch> {
        let settled = |area: Area| settled(area, self.canvas, self.visible);
        let (area, parts): (Area, Vec<Area>) = (settled(area), parts.into_iter().map(settled).collect());
        match parts.len() {
            0 | 1 => vec![Patch::whole(area)],
            // What shines through can't be drawn over another shot; a part of it may be opaque.
            _ if !self.canvas.is_opaque(area) => parts.into_iter().map(Patch::whole).collect(),
            _ => vec![Patch { area, parts }],
        }
    }
}

/// Joins two at a time, those first that gain most, as long as any do.
fn join(groups: &mut Vec<(Area, Vec<Area>)>, costs: &Costs) {
    let gain = |one: Area, other: Area| costs.cost(one) + costs.cost(other) - costs.cost(one.join(other));
    loop {
        let pairs = groups.iter().enumerate().flat_map(|(at, (one, _))| {
            let before = groups.iter().take(at).enumerate();
            before.map(move |(first, (other, _))| (gain(*one, *other), first, at))
        });
        let Some((_, first, at)) = pairs.filter(|pair| pair.0 > 0).max_by_key(|pair| pair.0) else { return };
        let (area, parts) = groups.remove(at);
        if let Some(group) = groups.get_mut(first) {
            group.0 = group.0.join(area);
            group.1.extend(parts);
        }
    }
}

/// What rectangles of tiles cost.
struct Costs {
    grid: Area,
    /// Of each corner of a tile, how many tiles of several colours lie to the left of it and above.
    sums: Vec<i64>,
}

impl Costs {
    fn new(canvas: &Canvas) -> Self {
        let (columns, tiles) = tiles(canvas.whole());
        let height = canvas.height().div_ceil(TILE);
        let width = columns as usize + 1;
        let mut sums = vec![0; width];
        let cells: Vec<i64> = tiles.map(|tile| i64::from(!canvas.is_flat(tile))).collect();
        for row in cells.chunks(columns.max(1) as usize) {
            let above = sums.len() - width;
            sums.push(0);
            let mut sum = 0;
            for (cell, at) in row.iter().zip(above + 1..) {
                sum += cell;
                sums.push(sum + sums.get(at).copied().unwrap_or_default());
            }
        }
        Self { grid: Area { x: 0, y: 0, width: columns, height }, sums }
    }

    /// Of a rectangle and the margin around it.
    fn cost(&self, area: Area) -> i64 {
        let area = area.grow(1, self.grid);
        let at = |x: u32, y: u32| {
            let at = y as usize * (self.grid.width as usize + 1) + x as usize;
            self.sums.get(at).copied().unwrap_or_default()
        };
        let (right, bottom) = (area.right(), area.bottom());
        PATCH_COST + at(right, bottom) + at(area.x, area.y) - at(right, area.y) - at(area.x, bottom)
    }
}
