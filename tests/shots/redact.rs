//! What a redaction covers is gone.

use crate::layers::lossless;
use crate::support::{Book, page, paint, rect};
use guidemark::guide::RedactStyle;
use guidemark::shot::{ShotOptions, cover};
use guidemark::source::Span;
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

/// `picture` with the secret of [`with_secret`] at another place.
fn pasted(x: u32, y: u32) -> RgbaImage {
    let mut image = page(320, 200, 44);
    let secret = image::imageops::crop_imm(&with_secret(1), 40, 50, 60, 20).to_image();
    image::imageops::replace(&mut image, &secret, i64::from(x), i64::from(y));
    image
}

#[test]
fn what_is_redacted_in_one_shot_must_not_show_in_another() {
    let at = rect(40.0, 50.0, 60.0, 20.0);
    let wrong = |other: RgbaImage| {
        let book = Book::new()
            .picture("1.png", &other)
            .picture("2.png", &with_secret(1))
            .redact(at, RedactStyle::Solid);
        let composition = book.compose(&ShotOptions::default());
        assert_eq!(composition.sheet.is_none(), !composition.diagnostics.is_empty());
        composition.diagnostics
    };
    assert_eq!(wrong(page(320, 200, 1)), []);
    let in_place = wrong(pasted(40, 50));
    let [problem] = &in_place[..] else { panic!("one error: {in_place:?}") };
    assert_eq!(
        (problem.code, problem.is_error(), problem.span),
        ("leaked-redaction", true, Some(Span::at(0)))
    );
    assert_eq!(problem.message, "`1.png` shows at `40,50 60x20` what is redacted in `2.png`");
    assert_eq!(problem.help.as_deref(), Some("add `@redact 40,50 60x20` below this screenshot"));
    let elsewhere = wrong(pasted(101, 77));
    assert_eq!(elsewhere.len(), 1, "{elsewhere:?}");
    // A caret blinks in the field.
    let mut nearly = pasted(40, 50);
    (52..68).for_each(|y| nearly.put_pixel(70, y, Rgba([0, 0, 0, 255])));
    assert_eq!(wrong(nearly).len(), 1);
}

#[test]
fn a_redacted_part_shown_twice_in_one_picture_is_found() {
    let mut image = with_secret(1);
    let secret = image::imageops::crop_imm(&image, 40, 50, 60, 20).to_image();
    image::imageops::replace(&mut image, &secret, 200, 120);
    let first = rect(40.0, 50.0, 60.0, 20.0);
    let book = Book::new().picture("1.png", &image).redact(first, RedactStyle::Blur);
    assert_eq!(book.compose(&ShotOptions::default()).diagnostics.len(), 1);
    let book = book.redact(rect(200.0, 120.0, 60.0, 20.0), RedactStyle::Blur);
    assert_eq!(book.compose(&ShotOptions::default()).diagnostics, []);
}

#[test]
fn a_crop_that_leaves_the_part_out_leaks_nothing() {
    let at = rect(40.0, 50.0, 60.0, 20.0);
    let book = Book::new()
        .picture("1.png", &pasted(40, 50))
        .crop(rect(0.0, 80.0, 320.0, 120.0))
        .picture("2.png", &with_secret(1))
        .redact(at, RedactStyle::Solid);
    assert_eq!(book.compose(&ShotOptions::default()).diagnostics, []);
}

#[test]
fn an_empty_field_is_no_secret() {
    let mut field = RgbaImage::from_pixel(320, 200, Rgba([255, 255, 255, 255]));
    for (x, y) in (40..140).flat_map(|x| (50..80).map(move |y| (x, y))) {
        let corner = (x == 40 || x == 139) && (y == 50 || y == 79);
        let edge = x == 40 || x == 139 || y == 50 || y == 79;
        let color = if corner { [200, 200, 220, 255] } else { [90, 90, 200, 255] };
        if edge {
            field.put_pixel(x, y, Rgba(color));
        }
    }
    let mut filled = field.clone();
    (60..70).for_each(|y| filled.put_pixel(50, y, Rgba([0, 0, 0, 255])));
    let book = Book::new()
        .picture("1.png", &field)
        .picture("2.png", &filled)
        .redact(rect(40.0, 50.0, 100.0, 30.0), RedactStyle::Solid);
    assert_eq!(book.compose(&ShotOptions::default()).diagnostics, []);
}
