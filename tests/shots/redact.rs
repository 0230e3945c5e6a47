//! What a redaction covers is gone.

use crate::layers::lossless;
use crate::support::{Book, page, paint, rect};
use guidemark::guide::RedactStyle;
use guidemark::shot::{ShotOptions, cover};
use image::{Rgba, RgbaImage};

const STYLES: [RedactStyle; 3] = [RedactStyle::Solid, RedactStyle::Blur, RedactStyle::Pixelate];

/// The page with something else in a rectangle of 60 × 20 at 40, 50.
fn with_secret(seed: u32) -> RgbaImage {
    let mut image = page(320, 200, 1);
    let secret = page(60, 20, seed);
    for (x, y, pixel) in secret.enumerate_pixels() {
        let [r, g, b, _] = pixel.0;
        image.put_pixel(40 + x, 50 + y, Rgba([r ^ seed as u8, g, b.wrapping_add(seed as u8), 255]));
    }
    image
}

fn book(image: &RgbaImage, style: RedactStyle) -> Book {
    let later = {
        let mut later = image.clone();
        (0..30).for_each(|x| later.put_pixel(200 + x, 100, Rgba([255, 0, 0, 255])));
        later
    };
    let at = rect(40.2, 50.5, 59.0, 19.0);
    Book::new().picture("1.png", image).redact(at, style).picture("2.png", &later).redact(at, style)
}

#[test]
fn what_is_written_is_the_same_whatever_was_covered() {
    for style in STYLES {
        let (one, other) = (book(&with_secret(1), style), book(&with_secret(99), style));
        assert_eq!(one.sheet(&lossless()), other.sheet(&lossless()), "{style:?}");
        let options = ShotOptions::default();
        assert_eq!(one.sheet(&options), other.sheet(&options), "{style:?}");
        let thumbnail = |book: &Book| cover(&book.resolved, &options, &book.world).unwrap();
        assert_eq!(thumbnail(&one), thumbnail(&other), "{style:?}");
    }
}

#[test]
fn a_redaction_reaches_every_pixel_it_touches_and_no_other() {
    let image = with_secret(1);
    let shown = paint(&book(&image, RedactStyle::Solid).sheet(&lossless()), 0, 1);
    for (x, y, pixel) in image.enumerate_pixels() {
        let covered = (40..100).contains(&x) && (50..70).contains(&y);
        if covered {
            assert_eq!(shown.get_pixel(x, y), shown.get_pixel(40, 50), "{x},{y}");
        } else {
            assert_eq!(shown.get_pixel(x, y), pixel, "{x},{y}");
        }
    }
}

#[test]
fn points_of_a_dense_screenshot_are_two_pixels() {
    let image = page(320, 200, 1);
    let book =
        Book::new().picture("1@2x.png", &image).redact(rect(10.0, 10.0, 20.0, 5.0), RedactStyle::Solid);
    let shown = paint(&book.sheet(&lossless()), 0, 2);
    let differs = |x, y| shown.get_pixel(x, y) != image.get_pixel(x, y);
    assert!((20..60).all(|x| (20..30).all(|y| differs(x, y))));
    assert!(!differs(19, 20) && !differs(60, 20) && !differs(20, 19) && !differs(20, 30));
}
