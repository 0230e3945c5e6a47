//! How large the page is drawn that becomes a film: small films are drawn larger and made small, so that their words stand
//! beside what they explain, as in any other window. A browser that is asked to draw two thirds of a pixel a point draws letters
//! in one way or another as it has time; two pixels a point, made small by us, are the same every time.

use crate::browser::Viewport;

/// On a stage that is no wider the words stand in a sheet below the picture, as on a phone.
const NARROW: u32 = 640;
/// How wide the page of a small film is.
const DRAWN: u32 = 660;
/// How high the sheet is with what stands around it, and how high a picture above it is for its width.
const SHEET: (f64, f64) = (308.0, 0.83);
/// How high letters of cards are on such a page, in pixels.
const LETTERS: f64 = 17.0;
/// Smaller letters are hard to read.
const LEGIBLE: f64 = 9.5;

/// The window in which a film of so many pixels is drawn.
pub fn window((width, height): (u32, u32)) -> Viewport {
    let whole = Viewport { width, height, density: 1.0, mobile: false };
    let (sheet, picture) = SHEET;
    if width > NARROW || f64::from(height) >= sheet + picture * f64::from(width) {
        return whole;
    }
    let part = f64::from(width) / f64::from(DRAWN);
    let high = (f64::from(height) / part).round();
    Viewport {
        width: DRAWN,
        height: u32::try_from(super::whole(high)).unwrap_or(height),
        density: 2.0,
        ..whole
    }
}

/// How high the letters of cards are in pixels, if that is hard to read.
pub fn small_letters(size: (u32, u32)) -> Option<u64> {
    let letters = LETTERS * f64::from(size.0) / f64::from(window(size).width);
    (letters < LEGIBLE).then(|| super::whole(letters.round()))
}

#[cfg(test)]
mod tests {
    use super::{small_letters, window};

    #[test]
    fn small_films_are_drawn_larger_unless_they_are_as_high_as_a_phone() {
        let drawn = |size| (window(size).width, window(size).height);
        for (size, expected) in [
            ((1280, 800), (1280, 800)),
            ((641, 400), (641, 400)),
            ((640, 400), (660, 413)),
            ((320, 200), (660, 413)),
            ((400, 400), (660, 660)),
            // A phone, upright.
            ((360, 640), (360, 640)),
            ((1080, 1920), (1080, 1920)),
        ] {
            assert_eq!(drawn(size), expected, "{size:?}");
        }
        assert_eq!((small_letters((300, 200)), small_letters((400, 280))), (Some(8), None));
    }
}
