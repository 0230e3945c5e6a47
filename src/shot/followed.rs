//! Where a part of a picture is found in another picture of the same page.

use super::likeness::{CLOSE, Likeness};
use super::tones::Tones;
use super::{Area, Canvas};
use crate::guide::Rect;

/// Where what `part` shows in `before` is in `after`, in points; `None` if that is not sure: it is nowhere, or in several
/// places.
pub fn followed(before: &Canvas, after: &Canvas, density: u32, part: Rect) -> Option<Rect> {
    let (old, new) = (Tones::new(before, density), Tones::new(after, density));
    let area = Area::covering(part, 1).within(old.whole());
    let likeness = Likeness::new(&old, area)?;
    let visible = new.whole();
    if likeness.shows_at(&new, (area.x, area.y), visible, CLOSE) {
        return Some(part);
    }
    let found = likeness.find(&new, visible, CLOSE)?;
    let below = Area {
        y: found.y + area.height / 2 + 1,
        height: visible.height.saturating_sub(found.y + area.height / 2 + 1),
        ..visible
    };
    let left = found.x + area.width / 2 + 1;
    let beside = Area { x: left, width: visible.width.saturating_sub(left), ..visible };
    let again = [below, beside].into_iter().any(|rest| likeness.find(&new, rest, CLOSE).is_some());
    let moved = |from: u32, to: u32| f64::from(to) - f64::from(from);
    (!again).then(|| Rect { x: part.x + moved(area.x, found.x), y: part.y + moved(area.y, found.y), ..part })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with letters of no language at some places.
    fn picture(at: &[(u32, u32)]) -> Canvas {
        let mut canvas = Canvas::filled(200, 120, [255, 255, 255]);
        for (x, y) in at {
            for (number, dx) in (0..60).step_by(6).enumerate() {
                let height = 4 + (number as u32 * 7) % 12;
                canvas.fill(Area { x: x + dx, y: *y, width: 3, height }, [20, 20, 20]);
            }
        }
        canvas
    }

    #[test]
    fn a_part_is_followed_if_it_is_there_once() {
        let part = Rect { x: 8.0, y: 8.0, w: 66.0, h: 22.0 };
        let before = picture(&[(10, 10)]);
        assert_eq!(followed(&before, &before, 1, part), Some(part));
        let moved = followed(&before, &picture(&[(90, 60)]), 1, part).unwrap();
        assert!((moved.x - 88.0).abs() <= 1.0 && (moved.y - 58.0).abs() <= 1.0, "{moved:?}");
        assert_eq!(followed(&before, &picture(&[(90, 20), (90, 80)]), 1, part), None);
        assert_eq!(followed(&before, &picture(&[]), 1, part), None);
    }
}
