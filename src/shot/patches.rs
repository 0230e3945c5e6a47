//! Changed tiles as few rectangles.

use super::edges::settle;
use super::tiles::{Changes, TILE};
use super::{Area, Canvas};

/// What one more patch costs in the page, in tiles that could be encoded instead.
const PATCH_COST: usize = 64;
/// How often a rectangle is cut in two: at most 2⁶ patches.
const DEPTH: u32 = 6;

/// Rectangles that together hold every changed tile of `canvas` and a margin around it, inside `visible`.
/// Cut apart where that leaves out enough unchanged tiles. From the top down.
pub fn patches(changes: &Changes, canvas: &Canvas, visible: Area) -> Vec<Area> {
    let mut areas: Vec<Area> =
        apart(changes).into_iter().map(|tiles| settled(tiles, canvas, visible)).collect();
    areas.sort_unstable_by_key(|area| (area.y, area.x));
    areas
}

/// The same in tiles, without the margin, in no order.
pub fn apart(changes: &Changes) -> Vec<Area> {
    let rows = changes.cells.len().div_ceil(changes.columns.max(1) as usize);
    let grid = Area { x: 0, y: 0, width: changes.columns, height: u32::try_from(rows).unwrap_or(u32::MAX) };
    let mut tiles = Vec::new();
    if let Some(bounds) = bounds(changes, grid) {
        cut(changes, bounds, DEPTH, &mut tiles);
    }
    tiles
}

/// A rectangle of tiles as pixels, with edges that do not show.
pub fn settled(tiles: Area, canvas: &Canvas, visible: Area) -> Area {
    settle(canvas, to_pixels(tiles, visible), visible)
}

fn to_pixels(tiles: Area, visible: Area) -> Area {
    let Area { x, y, width, height } = tiles;
    Area { x: x * TILE, y: y * TILE, width: width * TILE, height: height * TILE }.within(visible)
}

/// Cuts `area`, the bounds of its changes, where it saves most.
fn cut(changes: &Changes, area: Area, depth: u32, into: &mut Vec<Area>) {
    match best_cut(changes, area).filter(|_| depth > 0) {
        Some((first, second)) => {
            cut(changes, first, depth - 1, into);
            cut(changes, second, depth - 1, into);
        }
        None => into.push(area),
    }
}

fn best_cut(changes: &Changes, area: Area) -> Option<(Area, Area)> {
    let rows: Vec<Area> = (area.y..area.bottom())
        .map(|y| Area { y, height: 1, ..area })
        .filter_map(|row| bounds(changes, row))
        .collect();
    let columns: Vec<Area> = (area.x..area.right())
        .map(|x| Area { x, width: 1, ..area })
        .filter_map(|part| bounds(changes, part))
        .collect();
    let pairs = splits(&rows).into_iter().chain(splits(&columns));
    let (first, second) = pairs.min_by_key(|(first, second)| first.pixels() + second.pixels())?;
    (first.pixels() + second.pixels() + PATCH_COST <= area.pixels()).then_some((first, second))
}

/// Every way to part a row of areas in two, each part as one rectangle.
fn splits(parts: &[Area]) -> Vec<(Area, Area)> {
    let before = joined(parts.iter());
    let mut after = joined(parts.iter().rev());
    after.reverse();
    before.into_iter().zip(after.into_iter().skip(1)).collect()
}

/// The areas joined from the first on: one, two, … all.
fn joined<'a>(parts: impl Iterator<Item = &'a Area>) -> Vec<Area> {
    parts
        .scan(None, |sum: &mut Option<Area>, part| {
            let joint = sum.map_or(*part, |sum| sum.join(*part));
            *sum = Some(joint);
            Some(joint)
        })
        .collect()
}

/// The smallest rectangle of tiles that holds all changes in `area`.
fn bounds(changes: &Changes, area: Area) -> Option<Area> {
    let columns = changes.columns.max(1) as usize;
    let mut found: Option<Area> = None;
    for y in area.y..area.bottom() {
        let start = y as usize * columns;
        let row =
            changes.cells.get(start + area.x as usize..start + area.right() as usize).unwrap_or_default();
        let (Some(first), Some(last)) =
            (row.iter().position(|cell| *cell), row.iter().rposition(|cell| *cell))
        else {
            continue;
        };
        let part = Area { x: area.x + first as u32, y, width: (last - first) as u32 + 1, height: 1 };
        found = Some(found.map_or(part, |found| found.join(part)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(rows: &[&str]) -> Changes {
        let columns = rows.first().map_or(0, |row| row.len()) as u32;
        Changes { columns, cells: rows.iter().flat_map(|row| row.bytes().map(|byte| byte == b'#')).collect() }
    }

    /// The patches of a white picture that is shown whole.
    fn all(changes: &Changes) -> Vec<Area> {
        let rows = changes.cells.len() as u32 / changes.columns;
        let canvas = Canvas::filled(changes.columns * TILE, rows * TILE, [255; 3]);
        patches(changes, &canvas, canvas.whole())
    }

    #[test]
    fn nothing_changed_needs_no_patch() {
        let changes = changes(&["....", "...."]);
        assert_eq!(all(&changes), []);
    }

    #[test]
    fn a_patch_has_a_margin_inside_the_picture() {
        let changes = changes(&["#...", "...."]);
        assert_eq!(all(&changes), [Area { x: 0, y: 0, width: 16, height: 16 }]);
    }

    #[test]
    fn near_changes_share_a_patch_and_far_ones_do_not() {
        let near = changes(&["#.#..", "....."]);
        assert_eq!(all(&near).len(), 1);
        let mut rows = vec![".".repeat(100); 60];
        rows[2].replace_range(3..6, "###");
        rows[50].replace_range(90..95, "#####");
        let far = changes(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(all(&far).len(), 2);
    }

    #[test]
    fn an_angle_is_cut_in_two() {
        let mut rows = vec![format!("####{}", ".".repeat(56)); 40];
        rows[0] = "#".repeat(60);
        let angle = changes(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        let areas = all(&angle);
        assert_eq!(areas.len(), 2);
        assert!(areas.iter().map(|area| area.pixels()).sum::<usize>() < 60 * 40 * 64 / 5);
    }
}
