//! How far what a shot shows has moved since it was seen first.

use super::rows::{Rows, is_flat};
use super::tiles::fold;
use std::collections::HashMap;

/// Stretches that are looked up together.
const TOGETHER: usize = 4;
/// An offset is worth a look if so many of them have moved by it.
const WORTH_A_LOOK: usize = 24;
/// How many offsets are looked at.
const OFFSETS: usize = 4;

/// A distance from an earlier shot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Offset {
    /// Index of the earlier shot.
    pub from: usize,
    /// How much further down the same is shown, in pixels of the pictures; less than 0 for further up.
    pub down: i64,
}

/// The rows of all shots so far, and where each was seen first.
#[derive(Debug, Default)]
pub struct Offsets {
    shots: Vec<Rows>,
    places: HashMap<u64, (u32, u32)>,
}

impl Offsets {
    /// Adds the rows of the next shot.
    pub fn add(&mut self, rows: Rows) {
        let shot = u32::try_from(self.shots.len()).unwrap_or(u32::MAX);
        for (key, y) in keys(&rows) {
            self.places.entry(key).or_insert((shot, y));
        }
        self.shots.push(rows);
    }

    /// The rows of an earlier shot.
    pub fn rows(&self, shot: usize) -> Option<&Rows> {
        self.shots.get(shot)
    }

    /// The offsets by which most has moved; what stands still has not.
    pub fn common(&self, rows: &Rows) -> Vec<Offset> {
        let mut counts: HashMap<Offset, usize> = HashMap::new();
        for (key, y) in keys(rows) {
            let Some((from, first)) = self.places.get(&key) else { continue };
            let offset = Offset { from: *from as usize, down: i64::from(y) - i64::from(*first) };
            *counts.entry(offset).or_default() += 1;
        }
        let mut counts: Vec<(usize, Offset)> = counts
            .into_iter()
            .filter(|(offset, count)| offset.down != 0 && *count >= WORTH_A_LOOK)
            .map(|(offset, count)| (count, offset))
            .collect();
        // Sorted by all there is, so that nothing depends on the order of a map.
        counts.sort_by(|(count, offset), (other, second)| other.cmp(count).then(offset.cmp(second)));
        counts.into_iter().take(OFFSETS).map(|(_, offset)| offset).collect()
    }
}

/// What is looked up of each row, with its place in the picture; nothing of what has one colour.
fn keys(rows: &Rows) -> impl Iterator<Item = (u64, u32)> {
    let grid = rows.grid();
    let columns = (rows.columns() as usize).max(1);
    let all = rows.prints().chunks(columns).zip(rows.visible().y..);
    all.flat_map(move |(row, y)| {
        let groups = row.chunks(TOGETHER).zip(0_u64..);
        let textured = groups.filter(|(group, _)| !group.iter().all(|print| is_flat(*print)));
        textured.map(move |(group, column)| {
            let start = grid.wrapping_add(column);
            (group.iter().fold(start, |key, print| fold(key ^ print, 0xd6e8_feb8_6659_fd93)), y)
        })
    })
}
