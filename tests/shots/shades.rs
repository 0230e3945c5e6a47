//! Screenshots with gradients and photographs in them: few bytes, and nothing that an eye could tell.

use crate::layers::lossless;
use crate::support::{Book, paint};
use guidemark::shot::{Sheet, ShotOptions};
use image::{Rgba, RgbaImage};

const SIZE: (u32, u32) = (960, 640);

fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

/// A gradient over all of it, as dashboards and sign-in pages have one.
fn gradient(x: u32, y: u32) -> Rgba<u8> {
    let (across, down) = (f64::from(x) / 960.0, f64::from(y) / 640.0);
    let far = (across - 0.7).hypot(down - 0.25).min(1.0);
    Rgba([byte(90.0 + 60.0 * (across + down)), byte(60.0 + 90.0 * far), byte(230.0 - 90.0 * far * down), 255])
}

/// Something like a photograph: slow waves, and the grain of a sensor.
fn photo(x: u32, y: u32) -> Rgba<u8> {
    let mut grain = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b);
    grain = (grain ^ (grain >> 15)).wrapping_mul(0x2c1b_3c6d);
    let grain = f64::from(grain >> 16 & 7) * 0.5 - 1.75;
    let (x, y) = (f64::from(x), f64::from(y));
    let light =
        128.0 + 60.0 * (x / 37.0 + (y / 23.0).sin()).sin() + 40.0 * (y / 19.0 + x / 91.0).cos() + grain;
    Rgba([byte(light), byte(light * 0.8 + 20.0), byte(200.0 - light * 0.5), 255])
}

/// Lines of "letters" on white.
fn words(x: u32, y: u32) -> Rgba<u8> {
    let mut dice = (x / 7).wrapping_mul(0x9e37_79b1) ^ (y / 16).wrapping_mul(0x85eb_ca6b);
    dice = (dice ^ (dice >> 15)).wrapping_mul(0x2c1b_3c6d);
    let ink = y % 16 < 9 && (x % 7 + y % 16 * 3 + (dice >> 8 & 7)) % 5 < 2 && dice & 3 != 0;
    if ink { Rgba([40, 42, 60, 255]) } else { Rgba([255, 255, 255, 255]) }
}

/// One look within a rectangle, another around it.
fn amid(
    (left, top, right, bottom): (u32, u32, u32, u32),
    inside: fn(u32, u32) -> Rgba<u8>,
    around: fn(u32, u32) -> Rgba<u8>,
) -> RgbaImage {
    RgbaImage::from_fn(SIZE.0, SIZE.1, |x, y| {
        let is_inside = (left..right).contains(&x) && (top..bottom).contains(&y);
        if is_inside { inside(x, y) } else { around(x, y) }
    })
}

fn bytes(sheet: &Sheet) -> usize {
    sheet.pieces.iter().map(|piece| piece.bytes.len()).sum()
}

/// What `auto` shows of a picture, in how many bytes, and in how many without loss.
fn shown(picture: &RgbaImage) -> (RgbaImage, usize, usize) {
    let book = Book::new().picture("1.png", picture);
    let auto = book.sheet(&ShotOptions::default());
    (paint(&auto, 0, 1), bytes(&auto), bytes(&book.sheet(&lossless())))
}

/// No square of 8 × 8 pixels is below 37 dB, no channel off by more than 20.
#[track_caller]
fn nobody_can_tell(shown: &RgbaImage, picture: &RgbaImage) {
    for (left, top) in (0..SIZE.1).step_by(8).flat_map(|y| (0..SIZE.0).step_by(8).map(move |x| (x, y))) {
        let pixels = (top..top + 8).flat_map(|y| (left..left + 8).map(move |x| (x, y)));
        let off = pixels.flat_map(|(x, y)| {
            let (one, other) = (shown.get_pixel(x, y).0, picture.get_pixel(x, y).0);
            [0, 1, 2].map(|channel| u32::from(one[channel].abs_diff(other[channel])))
        });
        let off: Vec<u32> = off.collect();
        let squares: u32 = off.iter().map(|off| off * off).sum();
        assert!(off.iter().all(|off| *off <= 20), "a channel at {left},{top} is off by more than 20");
        assert!(squares <= 12 * 192, "the square at {left},{top} has an error of {}", squares / 192);
    }
}

#[track_caller]
fn exact(shown: &RgbaImage, picture: &RgbaImage, (left, top, right, bottom): (u32, u32, u32, u32)) {
    let places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
    let wrong = places.filter(|(x, y)| shown.get_pixel(*x, *y) != picture.get_pixel(*x, *y)).count();
    assert_eq!(wrong, 0, "pixels of letters that are not as they were");
}

#[test]
fn a_gradient_around_a_card_of_words_is_a_fraction_and_the_words_are_exact() {
    let card = (240, 120, 720, 520);
    let picture = amid(card, words, gradient);
    let (shown, auto, lossless) = shown(&picture);
    println!("gradient around words: {auto} of {lossless}");
    nobody_can_tell(&shown, &picture);
    exact(&shown, &picture, card);
    let alone = amid((0, 0, 0, 0), words, gradient);
    let (seen, smooth, whole) = self::shown(&alone);
    println!("gradient alone: {smooth} of {whole}");
    nobody_can_tell(&seen, &alone);
    assert!(smooth * 4 <= whole, "a gradient takes {smooth} bytes, without loss {whole}");
    assert!(auto * 10 <= lossless * 7, "with words {auto} bytes, without loss {lossless}");
}

#[test]
fn a_photograph_amid_words_is_a_fraction_and_the_words_are_exact() {
    let frame = (320, 160, 800, 480);
    let picture = amid(frame, photo, words);
    let (shown, auto, lossless) = shown(&picture);
    println!("photograph amid words: {auto} of {lossless}");
    nobody_can_tell(&shown, &picture);
    exact(&shown, &picture, (0, 0, 960, 150));
    exact(&shown, &picture, (0, 500, 960, 640));
    assert!(auto * 10 <= lossless * 7, "{auto} bytes, without loss {lossless}");
}

#[test]
fn words_charts_and_maps_stay_as_they_are() {
    let chart = |x: u32, y: u32| match (x / 60 % 2, y > 600 - x / 60 * 37 % 400) {
        (0, true) => Rgba([40, 110, 220, 255]),
        _ if y.is_multiple_of(80) => Rgba([225, 228, 232, 255]),
        _ => Rgba([255, 255, 255, 255]),
    };
    let map = |x: u32, y: u32| match ((x * 3 + y * 2) / 90 % 5, (x + y * 3) % 140 < 4) {
        (_, true) => Rgba([255, 220, 130, 255]),
        (0, _) => Rgba([170, 210, 240, 255]),
        (1 | 2, _) => Rgba([200, 224, 190, 255]),
        _ => Rgba([240, 236, 228, 255]),
    };
    for (what, look) in [("words", words as fn(u32, u32) -> Rgba<u8>), ("chart", chart), ("map", map)] {
        let picture = RgbaImage::from_fn(SIZE.0, SIZE.1, look);
        let (shown, ..) = shown(&picture);
        crate::support::assert_same(&shown, &picture, what);
    }
}
