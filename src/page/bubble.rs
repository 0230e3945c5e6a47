//! Where the note of a callout stands on a screenshot of the article.

use crate::guide::{Rect, Side};

/// Width of a letter of a note, height of its lines, and its margins, in CSS pixels.
const LETTER: f64 = 7.0;
const LINE: f64 = 19.0;
const MARGIN: f64 = 24.0;
/// Widest note, in CSS pixels.
const WIDEST: f64 = 230.0;
/// Distance between a note and what it points at, in CSS pixels.
const GAP: f64 = 16.0;

/// Where a note stands, clear of some other regions; `None` if it has no room beside its own: then its
/// letter alone stands there.
pub fn place(text: &str, at: Rect, side: Side, part: Rect, unit: f64, clear: &[Rect]) -> Option<Rect> {
    let (w, h) = size(text);
    let (w, h) = (w * unit, h * unit);
    let sides = match side {
        Side::Auto => [Side::Right, Side::Left, Side::Bottom, Side::Top],
        Side::Right => [Side::Right, Side::Left, Side::Bottom, Side::Top],
        Side::Left => [Side::Left, Side::Right, Side::Bottom, Side::Top],
        Side::Bottom => [Side::Bottom, Side::Top, Side::Right, Side::Left],
        Side::Top => [Side::Top, Side::Bottom, Side::Right, Side::Left],
    };
    sides
        .into_iter()
        .map(|side| beside(at, side, w, h, part, unit))
        .find(|&note| within(note, part) && !clear.iter().any(|&other| overlap(note, other)))
}

/// Size of a note in CSS pixels, from the length of its text: generous, since fonts differ.
fn size(text: &str) -> (f64, f64) {
    let wide = |c: char| {
        if c.is_ascii() {
            1.0
        } else if c > '\u{2E7F}' {
            2.0
        } else {
            1.1
        }
    };
    let length: f64 = text.chars().map(wide).sum::<f64>() * LETTER;
    let width = (length + MARGIN).clamp(60.0, WIDEST);
    // Words that don't fit leave the end of a line empty.
    let lines = if length + MARGIN <= WIDEST { 1.0 } else { (length * 1.12 / (WIDEST - MARGIN)).ceil() };
    (width, lines * LINE + MARGIN * 0.75)
}

fn beside(at: Rect, side: Side, w: f64, h: f64, part: Rect, unit: f64) -> Rect {
    let gap = GAP * unit;
    let (middle_x, middle_y) = (at.x + at.w / 2.0 - w / 2.0, at.y + at.h / 2.0 - h / 2.0);
    let edge = 6.0 * unit;
    let x = middle_x.min(part.x + part.w - w - edge).max(part.x + edge);
    let y = middle_y.min(part.y + part.h - h - edge).max(part.y + edge);
    match side {
        Side::Right | Side::Auto => Rect { x: at.x + at.w + gap, y, w, h },
        Side::Left => Rect { x: at.x - gap - w, y, w, h },
        Side::Bottom => Rect { x, y: at.y + at.h + gap, w, h },
        Side::Top => Rect { x, y: at.y - gap - h, w, h },
    }
}

fn within(note: Rect, part: Rect) -> bool {
    note.x >= part.x
        && note.y >= part.y
        && note.x + note.w <= part.x + part.w
        && note.y + note.h <= part.y + part.h
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.w
        && other.x < one.x + one.w
        && one.y < other.y + other.h
        && other.y < one.y + one.h
}

/// The line from a note to its region: from the middle of one to the nearest point of the other.
pub fn line(note: Rect, at: Rect) -> ((f64, f64), (f64, f64)) {
    let near = |value: f64, start: f64, length: f64| value.clamp(start, start + length);
    let (x, y) = (note.x + note.w / 2.0, note.y + note.h / 2.0);
    let to = (near(x, at.x, at.w), near(y, at.y, at.h));
    ((near(to.0, note.x, note.w), near(to.1, note.y, note.h)), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: Rect = Rect { x: 100.0, y: 50.0, w: 1280.0, h: 800.0 };

    #[test]
    fn a_note_never_covers_its_region_and_never_leaves_the_picture() {
        let text = "Leave it empty for a token that never ends, or write the number of days.";
        for x in (100..1300).step_by(90) {
            for y in (50..800).step_by(70) {
                for side in [Side::Auto, Side::Top, Side::Right, Side::Bottom, Side::Left] {
                    let at = Rect { x: f64::from(x), y: f64::from(y), w: 60.0, h: 30.0 };
                    let note = place(text, at, side, PART, 2.0, &[]).unwrap();
                    assert!(within(note, PART), "{note:?} of {at:?}");
                    assert!(!overlap(note, at), "{note:?} covers {at:?}");
                }
            }
        }
    }

    #[test]
    fn the_side_that_is_asked_for_is_taken_if_there_is_room() {
        let at = Rect { x: 700.0, y: 400.0, w: 60.0, h: 30.0 };
        let note = |side| place("Note", at, side, PART, 2.0, &[]).unwrap();
        assert!(note(Side::Left).x < at.x && note(Side::Right).x > at.x);
        assert!(note(Side::Top).y < at.y && note(Side::Bottom).y > at.y);
    }

    #[test]
    fn a_note_keeps_clear_of_rings() {
        let at = Rect { x: 700.0, y: 400.0, w: 60.0, h: 30.0 };
        let ring = Rect { x: 780.0, y: 380.0, w: 100.0, h: 60.0 };
        let note = place("Note", at, Side::Right, PART, 2.0, &[ring]).unwrap();
        assert!(!overlap(note, ring) && note.x < at.x);
    }

    #[test]
    fn a_note_without_room_is_not_drawn() {
        let small = Rect { x: 0.0, y: 0.0, w: 100.0, h: 40.0 };
        assert_eq!(place("A note of many words indeed", small, Side::Auto, small, 0.5, &[]), None);
    }
}
