//! What a shot shows of an earlier one, further up or down: a page that was scrolled, what gave way to a banner.

use super::offsets::{Offset, Offsets};
use super::rectangle::heaviest;
use super::rows::{Rows, is_flat};
use super::tiles::{Changes, TILE, tiles};
use super::{Area, Canvas};

/// How many parts are looked for.
const PARTS: usize = 3;
/// What a stretch of a row weighs that a part would show rightly and nothing did before, and, less than nothing, one that is
/// right now and would not be.
const WRITTEN: i32 = 8;
/// The same of one that has a single colour.
const FLAT: i32 = 1;
/// What a part must weigh: about a long line of text.
const WORTH: i32 = 256 * WRITTEN;
/// And how many rows it must have.
const LOWEST: u32 = 3 * TILE;
/// How far to both sides of a part's edge a browser mixes what it shows with what lies below, in pixels.
const REACH: u32 = TILE / 2;

/// A part of a shot that is shown as it stands in an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Where it was.
    pub offset: Offset,
    /// Where it is, in pixels.
    pub area: Area,
}

/// What a shot is made of beside new pixels.
#[derive(Debug, Clone)]
pub struct Moves {
    /// Drawn in this order over the base.
    pub parts: Vec<Move>,
    /// Tiles that must be drawn over them.
    pub changes: Changes,
}

impl Moves {
    /// The tiles that must be drawn if there is no shot below.
    pub fn without_base(&self, whole: Area, visible: Area) -> Changes {
        let (columns, tiles) = tiles(whole);
        let is_moved = |tile: Area| self.parts.iter().any(|part| part.area.contains(tile));
        let cells = tiles.zip(&self.changes.cells).map(|(tile, changed)| {
            let shown = tile.within(visible);
            *changed || !shown.is_empty() && !is_moved(shown)
        });
        Changes { columns, cells: cells.collect() }
    }
}

/// The parts of a shot that are found at another height in earlier ones; `None` if there are none. `base` are the tiles
/// that differ from the shot below, if there is one.
pub fn moves(canvas: &Canvas, rows: &Rows, offsets: &Offsets, base: Option<&Changes>) -> Option<Moves> {
    let common = offsets.common(rows);
    let mut shown = Shown::new(rows, canvas.whole(), base);
    let mut parts = Vec::new();
    while parts.len() < PARTS {
        let made = common.iter().filter_map(|offset| Some((*offset, shown.same(offsets, *offset)?)));
        let Some((offset, same)) = made.max_by_key(|(_, same)| shown.gain(same)) else { break };
        let Some(area) = shown.part(&same).filter(|area| canvas.is_opaque(*area)) else { break };
        shown.draw(&same, area);
        parts.push(Move { offset, area });
    }
    (!parts.is_empty()).then_some(Moves { parts, changes: shown.changes })
}

/// What is right so far.
struct Shown<'a> {
    rows: &'a Rows,
    /// Of each stretch, whether it is.
    right: Vec<bool>,
    /// Of each tile, whether it must be drawn.
    changes: Changes,
    /// What is shown of the tiles.
    tiles: Vec<Area>,
}

impl<'a> Shown<'a> {
    fn new(rows: &'a Rows, whole: Area, base: Option<&Changes>) -> Self {
        let (columns, tiles) = tiles(whole);
        let tiles: Vec<Area> = tiles.map(|tile| tile.within(rows.visible())).collect();
        let cells = match base {
            Some(base) => base.cells.clone(),
            None => tiles.iter().map(|tile| !tile.is_empty()).collect(),
        };
        let mut right = vec![true; rows.prints().len()];
        for (tile, _) in tiles.iter().zip(&cells).filter(|(_, changed)| **changed) {
            for at in rows.touched(*tile) {
                right.get_mut(at).into_iter().for_each(|right| *right = false);
            }
        }
        Self { rows, right, changes: Changes { columns, cells }, tiles }
    }

    /// Which stretches would be right if an earlier shot were drawn at an offset; `None` if the two can't be compared.
    fn same(&self, offsets: &Offsets, offset: Offset) -> Option<Vec<bool>> {
        let from = offsets.rows(offset.from).filter(|from| from.grid() == self.rows.grid())?;
        let first = i64::from(self.rows.visible().y) - offset.down - i64::from(from.visible().y);
        let mut same = Vec::with_capacity(self.right.len());
        for (row, y) in self.rows.prints().chunks(self.columns()).zip(first..) {
            let end = same.len() + row.len();
            same.extend(row.iter().zip(from.row(y)).map(|(one, other)| one == other));
            same.resize(end, false);
        }
        Some(same)
    }

    fn columns(&self) -> usize {
        (self.rows.columns() as usize).max(1)
    }

    /// What each stretch weighs if all that is the same were drawn.
    fn weights<'b>(&'b self, same: &'b [bool]) -> impl Iterator<Item = i32> + 'b {
        let cells = self.right.iter().zip(same).zip(self.rows.prints());
        cells.map(|((right, same), print)| {
            let weight = if is_flat(*print) { FLAT } else { WRITTEN };
            match (*same, *right) {
                (true, false) => weight,
                (true, true) => 0,
                (false, true) => -2 * weight,
                (false, false) => -(weight + 1) / 2,
            }
        })
    }

    /// What would be gained if only that were drawn which gains.
    fn gain(&self, same: &[bool]) -> i64 {
        self.weights(same).map(|weight| i64::from(weight.max(0))).sum()
    }

    /// The rectangle that gains most, with edges where nothing changes if that is so beside them.
    fn part(&self, same: &[bool]) -> Option<Area> {
        let weights: Vec<i32> = self.weights(same).collect();
        let (weight, found) = heaviest(&weights, self.columns());
        let both = self.both(same);
        let area = (weight >= WORTH && found.height >= LOWEST).then(|| self.settled(found, &both));
        area.filter(|area| !area.is_empty())
    }

    /// The pixels of columns and rows, with edges amid what looks the same (`both`) with what is drawn and without.
    fn settled(&self, found: Area, both: &[bool]) -> Area {
        let whole = Area { x: 0, y: 0, width: self.rows.columns(), height: self.rows.visible().height };
        let alike = |cells: Area| whole.contains(cells) && all(both, self.rows.cells(cells));
        let height = |far: u32| (1..=TILE.min(far)).rev();
        let above = |far: &u32| alike(Area { y: found.y - far, height: *far, ..found });
        let below = |far: &u32| alike(Area { y: found.bottom(), height: *far, ..found });
        let up = height(found.y).find(above).map_or(0, |far| beside(far, found.y));
        let room = whole.height - found.bottom().min(whole.height);
        let down = height(room).find(below).map_or(0, |far| beside(far, room));
        let found = Area { y: found.y - up, height: found.height + up + down, ..found };
        let column = |x: u32| alike(Area { x, width: 1, ..found });
        let (first, last) = (found.x, found.right().saturating_sub(1));
        let area = self.rows.pixels(found);
        let Area { x, y, width, height } = area;
        let half = self.rows.step() / 2;
        // As much as this more on the left and on the right.
        let more = |edge: u32, outer: bool, inner: bool| {
            let beside = Area { x: edge.saturating_sub(TILE), width: 2 * TILE, ..area };
            if self.changes.is_unchanged(beside) {
                0
            } else if outer {
                i64::from(half)
            } else {
                -i64::from(half) * i64::from(inner)
            }
        };
        let left = if first == 0 { 0 } else { more(x, column(first - 1), column(first)) };
        let right =
            if last + 1 == whole.width { 0 } else { more(area.right(), column(last + 1), column(last)) };
        let moved = |at: u32, by: i64| at.saturating_add_signed(i32::try_from(by).unwrap_or_default());
        let (x, right) = (moved(x, -left), moved(x + width, right));
        Area { x, y, width: right.saturating_sub(x), height }.within(self.rows.visible())
    }

    /// Which stretches are right and would stay so.
    fn both(&self, same: &[bool]) -> Vec<bool> {
        self.right.iter().zip(same).map(|(right, same)| *right && *same).collect()
    }

    /// Draws a part of what is the same.
    fn draw(&mut self, same: &[bool], area: Area) {
        let both = self.both(same);
        for at in self.rows.touched(area) {
            let drawn = same.get(at).copied().unwrap_or_default();
            self.right.get_mut(at).into_iter().for_each(|right| *right = drawn);
        }
        let before = self.changes.clone();
        for (tile, changed) in self.tiles.iter().zip(&mut self.changes.cells) {
            let inner = tile.within(area);
            if !inner.is_empty() {
                // Of a tile that is not covered whole, an edge that shows still does.
                let was = *changed && inner != *tile;
                *changed = was || !all(&self.right, self.rows.touched(*tile));
            }
            let mut edges = edges(area, *tile, self.rows.visible());
            *changed |= edges.any(|edge| !before.is_unchanged(edge) && !all(&both, self.rows.touched(edge)));
        }
    }
}

/// How far beyond what is found an edge lies if so many rows there look the same: amid them, or with the end of what is shown.
fn beside(alike: u32, room: u32) -> u32 {
    if alike == room {
        room
    } else if alike == TILE {
        REACH
    } else {
        0
    }
}

/// What lies across the edges of a part of which this tile is the first beyond; nothing where the part ends with what is shown.
fn edges(part: Area, tile: Area, visible: Area) -> impl Iterator<Item = Area> {
    let Area { x, y, width, height } = part;
    let above = (y > visible.y).then(|| Area { x, y: y - 1, width, height: 1 });
    let below = (part.bottom() < visible.bottom()).then(|| Area { x, y: part.bottom(), width, height: 1 });
    let left = (x > visible.x).then(|| Area { x: x - 1, y, width: 1, height });
    let right = (part.right() < visible.right()).then(|| Area { x: part.right(), y, width: 1, height });
    let beyond = [above, below, left, right].into_iter().flatten().map(move |line| line.within(tile));
    beyond.filter(|line| !line.is_empty()).map(move |line| line.grow(REACH, visible))
}

fn all(cells: &[bool], mut which: impl Iterator<Item = usize>) -> bool {
    which.all(|at| cells.get(at).copied().unwrap_or_default())
}
