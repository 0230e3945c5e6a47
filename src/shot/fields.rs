//! The ground of the fields that a walkthrough types into, so that letters can stand on it instead of on a
//! placeholder, a caret or a selection.

use super::{Area, Canvas};
use crate::guide::{Rect, Resolved};
use std::collections::BTreeMap;

/// A field of a shot and the colour most of it has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Index in `Resolved::shots`.
    pub shot: usize,
    /// The field, in points.
    pub at: Rect,
    /// Red, green, blue.
    pub ground: [u8; 3],
}

/// The fields that are typed into or chosen in, with the shot each stands on, in light and in dark.
pub fn named(resolved: &Resolved) -> impl Iterator<Item = (usize, Rect)> + '_ {
    let dark = |(shot, at)| Some((*resolved.dark.get(&shot)?, at));
    light(resolved).chain(light(resolved).filter_map(dark))
}

fn light(resolved: &Resolved) -> impl Iterator<Item = (usize, Rect)> + '_ {
    resolved.steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| {
        let actions = scene.shot.map(|shot| scene.actions.iter().map(move |action| (shot, action)));
        actions.into_iter().flatten().filter_map(|(shot, action)| Some((shot, action.kind.field()?)))
    })
}

/// The colour most pixels within `at` have; the darkest of several as frequent ones. `None` if the field
/// has no pixel.
pub fn ground(canvas: &Canvas, at: Rect, density: u32) -> Option<[u8; 3]> {
    let area = Area::covering(at, density).within(canvas.whole());
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for y in area.y..area.bottom() {
        for &[red, green, blue, _] in canvas.row(area, y).as_chunks().0 {
            *counts.entry([red, green, blue]).or_default() += 1;
        }
    }
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(color, _)| color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_what_most_of_the_field_shows_not_the_selection_in_it() {
        let mut canvas = Canvas::filled(100, 40, [255, 255, 255]);
        canvas.fill(Area { x: 60, y: 5, width: 35, height: 20 }, [40, 80, 200]);
        let at = Rect { x: 10.0, y: 4.0, w: 86.0, h: 22.0 };
        assert_eq!(ground(&canvas, at, 1), Some([255, 255, 255]));
    }

    #[test]
    fn a_field_off_the_picture_has_none() {
        let canvas = Canvas::filled(10, 10, [1, 2, 3]);
        assert_eq!(ground(&canvas, Rect { x: 50.0, y: 50.0, w: 5.0, h: 5.0 }, 1), None);
    }
}
