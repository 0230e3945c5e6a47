//! What a redaction covers is gone.

use crate::layers::lossless;
use crate::support::{Book, page, paint, rect};
use guidemark::guide::RedactStyle;
use guidemark::shot::{Purpose, ShotOptions, cover};
use guidemark::source::Span;
use image::{Rgba, RgbaImage};

const STYLES: [RedactStyle; 3] = [RedactStyle::Solid, RedactStyle::Blur, RedactStyle::Pixelate];

/// The page with something else in a rectangle of 60 × 20 at 40, 50.
fn with_secret(seed: u32) -> RgbaImage {
    let mut image = page(320, 200, 1);
    // No part of the page around it.
    let secret = page(60, 20, seed + 500);
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

/// Letters of strokes, the same at any density: what stands at a place of the page in points.
fn ink(x: f64, y: f64, seed: u32) -> f64 {
    let (column, row) = ((x / 8.0).floor(), ((y - 4.0) / 20.0).floor());
    let (x, y) = (x - column * 8.0 - 1.0, y - 4.0 - row * 20.0);
    let mut noise = (column as u32).wrapping_mul(0x9e37_79b1)
        ^ (row as u32).wrapping_mul(0x85eb_ca6b)
        ^ seed.wrapping_mul(0xc2b2_ae35);
    noise = (noise ^ (noise >> 15)).wrapping_mul(0x2c1b_3c6d);
    noise ^= noise >> 13;
    if noise.is_multiple_of(7) {
        return 0.0;
    }
    let near = |at: f64, line: f64| (at - line).abs() < 0.8;
    let inside = (0.0..6.0).contains(&x) && (2.0..12.0).contains(&y);
    let strokes = [near(x, 0.8), near(x, 5.0), near(y, 2.8), near(y, 7.0), near(y, 11.0), near(x, y / 2.0)];
    let drawn = strokes.into_iter().enumerate().any(|(at, stroke)| stroke && noise >> (at * 3 + 4) & 3 < 2);
    if inside && drawn { 1.0 } else { 0.0 }
}

/// A page of such letters with these, another text, in a field at 40, 64.
fn printed(density: u32, seed: u32, secret: u32, place: (f64, f64)) -> RgbaImage {
    RgbaImage::from_fn(320 * density, 200 * density, |x, y| {
        let mut sum = 0.0;
        for (dx, dy) in (0..4).flat_map(|dx| (0..4).map(move |dy| (dx, dy))) {
            let at = |pixel: u32, part: u32| {
                (f64::from(pixel) + (f64::from(part) + 0.5) / 4.0) / f64::from(density)
            };
            let (x, y) = (at(x, dx), at(y, dy));
            let (left, top) = (x - place.0, y - place.1);
            let within = (0.0..120.0).contains(&left) && (0.0..18.0).contains(&top);
            sum += if within { ink(left, top + 4.0 + 400.0, secret) } else { ink(x, y, seed) };
        }
        let tone = (250.0 - sum / 16.0 * 215.0) as u8;
        Rgba([tone, tone, tone, 255])
    })
}

fn jpeg(image: &RgbaImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    image::DynamicImage::from(image.clone()).to_rgb8().write_with_encoder(encoder).unwrap();
    bytes
}

/// How many leaks are reported of a picture beside one in which the secret is redacted.
fn leak_count(redacted: (&str, Vec<u8>), other: (&str, Vec<u8>)) -> usize {
    let book = Book::new()
        .file(redacted.0, redacted.1)
        .redact(rect(40.0, 64.0, 120.0, 18.0), RedactStyle::Solid)
        .file(other.0, other.1);
    let found = book.compose(&ShotOptions::default()).diagnostics;
    assert!(found.iter().all(|found| found.code == "leaked-redaction"), "{found:?}");
    found.len()
}

#[test]
fn the_same_text_is_found_at_another_density_and_saved_with_loss() {
    const FIELD: (f64, f64) = (40.0, 64.0);
    let png = crate::support::png;
    let sharp = |secret, place| png(&printed(2, 7, secret, place));
    let plain = |secret, place| png(&printed(1, 7, secret, place));
    for (what, redacted, other) in [
        ("a sharp one redacted", ("a@2x.png", sharp(1, FIELD)), ("b.png", plain(1, FIELD))),
        ("a plain one redacted", ("a.png", plain(1, FIELD)), ("b@2x.png", sharp(1, FIELD))),
        ("sharp, and not named so", ("a.png", plain(1, FIELD)), ("b.png", sharp(1, FIELD))),
        ("a JPEG", ("a.png", plain(1, FIELD)), ("b.jpg", jpeg(&printed(1, 7, 1, FIELD), 60))),
        ("a JPEG redacted", ("a.jpg", jpeg(&printed(1, 7, 1, FIELD), 75)), ("b.png", plain(1, FIELD))),
        ("a sharp JPEG", ("a.png", plain(1, FIELD)), ("b@2x.jpg", jpeg(&printed(2, 7, 1, FIELD), 70))),
        (
            "elsewhere in a JPEG",
            ("a.png", plain(1, FIELD)),
            ("b.jpg", jpeg(&printed(1, 7, 1, (151.0, 123.0)), 80)),
        ),
        ("elsewhere in a sharp one", ("a.png", plain(1, FIELD)), ("b@2x.png", sharp(1, (150.0, 120.0)))),
    ] {
        assert_eq!(leak_count(redacted, other), 1, "{what}");
    }
}

#[test]
fn the_same_text_is_found_light_on_dark_and_another_is_not() {
    // As pages look in dark: not quite black, not quite white.
    let dark = |secret, place| {
        let mut page = printed(1, 7, secret, place);
        page.pixels_mut().for_each(|pixel| {
            let tone = 27 + (250 - pixel[0].min(250)) / 10 * 9;
            *pixel = Rgba([tone, tone, tone, 255]);
        });
        page
    };
    let found = |secret, place| {
        let mut book = Book::new()
            .picture("a.png", &printed(1, 7, 1, (40.0, 64.0)))
            .redact(rect(40.0, 64.0, 120.0, 18.0), RedactStyle::Solid)
            .picture("dark/a.png", &dark(secret, place))
            .redact(rect(40.0, 64.0, 120.0, 18.0), RedactStyle::Solid);
        book.resolved.dark.insert(0, 1);
        book.compose(&ShotOptions::default()).diagnostics
    };
    assert_eq!(found(1, (40.0, 64.0)), []);
    let leaked = found(1, (150.0, 120.0));
    assert!(matches!(leaked.as_slice(), [leak] if leak.code == "leaked-redaction"), "{leaked:?}");
    assert!(leaked[0].message.starts_with("`dark/a.png` shows at `1"), "{leaked:?}");
    for secret in 2..8 {
        assert_eq!(found(secret, (150.0, 120.0)), [], "text {secret}");
    }
}

#[test]
fn another_text_is_not_taken_for_it() {
    const FIELD: (f64, f64) = (40.0, 64.0);
    let png = crate::support::png;
    for secret in 2..8 {
        let others = [
            ("b@2x.png", png(&printed(2, 7, secret, FIELD))),
            ("b.jpg", jpeg(&printed(1, 7, secret, FIELD), 70)),
            ("b.png", png(&printed(1, 7, secret, FIELD))),
            ("b@2x.jpg", jpeg(&printed(2, 9, secret, FIELD), 70)),
        ];
        for (name, bytes) in others {
            let found = leak_count(("a.png", png(&printed(1, 7, 1, FIELD))), (name, bytes));
            assert_eq!(found, 0, "{name} with text {secret}");
        }
    }
}

#[test]
fn shades_lines_and_dots_are_no_secret() {
    let ornament = RgbaImage::from_fn(320, 200, |x, y| {
        let line = y % 40 == 20 || x % 60 == 30;
        let dots = y % 40 > 28 && y % 40 < 32 && x % 6 < 3;
        let shade = 250 - (x / 16 + y / 16) as u8;
        let tone = if dots {
            60
        } else if line {
            170
        } else {
            shade
        };
        Rgba([tone, tone, shade, 255])
    });
    for at in [rect(40.0, 50.0, 100.0, 20.0), rect(10.0, 10.0, 200.0, 60.0), rect(100.0, 66.0, 80.0, 8.0)] {
        let book = Book::new()
            .picture("1.png", &ornament)
            .redact(at, RedactStyle::Solid)
            .picture("2.png", &ornament);
        assert_eq!(book.compose(&ShotOptions::default()).diagnostics, [], "{at:?}");
    }
}

/// A world in which a picture is away when it is read for the first time, or the second, and so on.
struct Flickering<'a> {
    world: &'a guidemark::source::MemoryWorld,
    away: usize,
    asked: std::sync::atomic::AtomicUsize,
}

impl guidemark::source::World for Flickering<'_> {
    fn read(
        &self,
        path: &guidemark::source::ProjectPath,
        limit: u64,
    ) -> Result<Vec<u8>, guidemark::source::ReadError> {
        let turn = self.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if turn == self.away {
            Err(guidemark::source::ReadError::Missing)
        } else {
            self.world.read(path, limit)
        }
    }

    fn list(
        &self,
        folder: &guidemark::source::ProjectPath,
    ) -> Result<Vec<guidemark::source::ProjectPath>, guidemark::source::ReadError> {
        self.world.list(folder)
    }
}

#[test]
fn a_picture_that_is_away_for_a_moment_is_told_of_and_hides_no_leak() {
    let at = rect(40.0, 50.0, 60.0, 20.0);
    let book = Book::new()
        .picture("1.png", &pasted(101, 77))
        .picture("2.png", &with_secret(1))
        .redact(at, RedactStyle::Solid);
    for purpose in [Purpose::Publish, Purpose::Preview] {
        for away in 0..3 {
            let world = Flickering { world: &book.world, away, asked: 0.into() };
            let options = ShotOptions { purpose, ..ShotOptions::default() };
            let composition = guidemark::shot::compose(&book.resolved, &options, &world);
            assert!(composition.sheet.is_none() && !composition.diagnostics.is_empty(), "{purpose:?} {away}");
        }
    }
    let world = Flickering { world: &book.world, away: 0, asked: 0.into() };
    assert_eq!(cover(&book.resolved, &ShotOptions::default(), &world).unwrap_err().code, "broken-picture");
}
