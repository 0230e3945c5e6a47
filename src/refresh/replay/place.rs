//! Where something is that stands on a picture, and where its region lies from now on. Pure.

use crate::capture::Zone;
use crate::refresh::compare::Part;
use crate::refresh::verdict::{Reason, Verdict, of_box};

/// Points that a region may be off what it stands on.
const NEAR: f64 = 4.0;

/// What is said of the place of something, and where its region lies from now on.
pub(super) fn placed(
    called: &str,
    region: Option<Part>,
    known: Option<Part>,
    now: Part,
) -> (Reason, Option<Part>) {
    let Some(region) = region else {
        return (Reason::new(Verdict::Same, format!("{called} has no region yet")), Some(now));
    };
    if region.w <= 0.0 && region.h <= 0.0 {
        return point(called, region, now);
    }
    let nearest = match known {
        Some(known) if known.off(now) < region.off(now) => known,
        _ => region,
    };
    let reason = of_box(called, nearest, now);
    if reason.verdict == Verdict::Same {
        return (reason, None);
    }
    // A region that was drawn around more than the element stays as much larger.
    let moved = match known.filter(|known| known.off(region) > NEAR) {
        Some(known) => {
            let (left, top) = (now.x - known.x, now.y - known.y);
            let (w, h) = (region.w + now.w - known.w, region.h + now.h - known.h);
            Part { x: region.x + left, y: region.y + top, w: w.max(1.0), h: h.max(1.0) }
        }
        None => now,
    };
    (reason, Some(moved))
}

/// What is said of the place of something on a picture of a set, whose places the guide does not say, and where it is if it
/// has moved.
pub(super) fn placed_in_set(called: &str, known: Option<Part>, now: Part) -> (Reason, Option<Part>) {
    let Some(known) = known else {
        return (Reason::new(Verdict::Same, format!("{called} is not known in this set yet")), None);
    };
    let reason = of_box(called, known, now);
    let moved = (reason.verdict != Verdict::Same).then_some(now);
    (reason, moved)
}

/// A point stays as long as it lies on what it stands on.
fn point(called: &str, at: Part, now: Part) -> (Reason, Option<Part>) {
    let lies = (now.x - NEAR..=now.x + now.w + NEAR).contains(&at.x)
        && (now.y - NEAR..=now.y + now.h + NEAR).contains(&at.y);
    if lies {
        return (Reason::new(Verdict::Same, format!("{called} is where it was")), None);
    }
    let middle = Part { x: now.x + now.w / 2.0, y: now.y + now.h / 2.0, w: 0.0, h: 0.0 };
    (of_box(called, at, middle), Some(middle))
}

pub(super) fn part_of(zone: Zone) -> Part {
    Part { x: zone.x, y: zone.y, w: zone.w, h: zone.h }
}

/// What of a zone lies on the picture, in whole points.
pub(super) fn clipped(zone: Zone, (width, height): (f64, f64)) -> Part {
    let (left, top) = (zone.x.round().clamp(0.0, width), zone.y.round().clamp(0.0, height));
    let right = (zone.x + zone.w).round().clamp(left, width);
    let low = (zone.y + zone.h).round().clamp(top, height);
    Part { x: left, y: top, w: right - left, h: low - top }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(x: f64, y: f64, w: f64, h: f64) -> Part {
        Part { x, y, w, h }
    }

    #[test]
    fn a_region_goes_with_what_it_stands_on() {
        let (region, now) = (part(10.0, 10.0, 80.0, 30.0), part(10.0, 110.0, 90.0, 30.0));
        let (reason, moved) = placed("it", Some(region), Some(region), now);
        assert_eq!((reason.verdict, moved), (Verdict::Stale, Some(now)));
        // Drawn with room around it.
        let wide = part(0.0, 0.0, 100.0, 50.0);
        let (_, moved) = placed("it", Some(wide), Some(region), now);
        assert_eq!(moved, Some(part(0.0, 100.0, 110.0, 50.0)));
        // It never moved; the room around it is the author's.
        let (reason, moved) = placed("it", Some(wide), Some(region), region);
        assert_eq!((reason.verdict, moved), (Verdict::Same, None));
        assert_eq!(placed("it", None, None, now).1, Some(now));
    }

    #[test]
    fn a_point_stays_on_what_it_stands_on() {
        let at = part(20.0, 20.0, 0.0, 0.0);
        assert_eq!(placed("it", Some(at), None, part(10.0, 10.0, 80.0, 30.0)).1, None);
        let (reason, moved) = placed("it", Some(at), None, part(10.0, 110.0, 80.0, 30.0));
        assert_eq!((reason.verdict, moved), (Verdict::Stale, Some(part(50.0, 125.0, 0.0, 0.0))));
    }

    #[test]
    fn what_is_off_the_page_is_cut() {
        let zone = Zone { x: -10.0, y: 90.4, w: 50.0, h: 40.0 };
        assert_eq!(clipped(zone, (100.0, 100.0)), part(0.0, 90.0, 40.0, 10.0));
    }
}
