//! Pages that are scrolled: what was shown before costs nothing, wherever it stands now.

use crate::layers::{bytes, lossless};
use crate::support::{Book, assert_same, page, paint, rect};
use guidemark::guide::RedactStyle;
use guidemark::shot::{Sheet, ShotOptions};
use image::{Rgba, RgbaImage, imageops};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 400;

/// What a window shows of a long page that was scrolled; above it a bar, beside it a list, both of which stay.
fn scrolled(whole: &RgbaImage, down: u32, bar: u32, list: u32) -> RgbaImage {
    let mut seen = imageops::crop_imm(whole, 0, down, WIDTH, HEIGHT).to_image();
    let still = page(WIDTH, HEIGHT, 977);
    for (x, y, pixel) in still.enumerate_pixels().filter(|(x, y, _)| *x < list || *y < bar) {
        let line = x + 1 == list && y >= bar || y + 1 == bar;
        seen.put_pixel(x, y, if line { Rgba([90, 90, 90, 255]) } else { *pixel });
    }
    seen
}

fn book(shots: &[RgbaImage]) -> Book {
    shots.iter().enumerate().fold(Book::new(), |book, (at, shot)| book.picture(&format!("{at}.png"), shot))
}

/// What the shots must look like, and what they may take: a picture of the whole page and of all that stands still, and so
/// many percent more.
fn within(shots: &[RgbaImage], ideal: usize, more: usize) {
    let sheet = book(shots).sheet(&lossless());
    for (at, shot) in shots.iter().enumerate() {
        assert_same(&paint(&sheet, at, 1), shot, &format!("shot {at}"));
    }
    let taken = bytes(&sheet);
    assert!(taken * 100 <= ideal * (100 + more), "{taken} bytes, {ideal} would do");
}

/// Soft waves of colours.
fn photograph(on: &mut RgbaImage, left: u32, top: u32, width: u32, height: u32) {
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let wave =
            |a: f64, b: f64| (128.0 + 90.0 * (f64::from(x) / a).sin() * (f64::from(y) / b).cos()) as u8;
        on.put_pixel(left + x, top + y, Rgba([wave(37.0, 51.0), wave(71.0, 29.0), wave(43.0, 83.0), 255]));
    }
}

/// How many pieces are lossy.
fn lossy(sheet: &Sheet) -> usize {
    sheet.pieces.iter().filter(|piece| piece.bytes.windows(4).any(|kind| kind == b"VP8 ")).count()
}

fn alone(shot: &RgbaImage) -> usize {
    bytes(&Book::new().picture("1.png", shot).sheet(&lossless()))
}

#[test]
fn a_scrolled_page_costs_what_is_new_on_it() {
    let whole = page(WIDTH, 2_400, 5);
    let shots: Vec<RgbaImage> =
        [0, 131, 300, 617, 900, 1_203, 1_500, 1_801, 2_000].map(|down| scrolled(&whole, down, 0, 0)).to_vec();
    // The first as it is, and of each other the rows that are new on it.
    let strip = |from: u32, to: u32| {
        alone(&imageops::crop_imm(&whole, 0, from + HEIGHT, WIDTH, to - from).to_image())
    };
    let downs = [0, 131, 300, 617, 900, 1_203, 1_500, 1_801, 2_000];
    let new: usize = downs.windows(2).map(|pair| strip(pair[0], pair[1])).sum();
    within(&shots, alone(&shots[0]) + new, 20);
}

#[test]
fn what_stands_still_beside_it_costs_less_than_pictures_of_it() {
    let whole = page(WIDTH, 2_400, 5);
    let downs = [0, 131, 300, 617, 900, 1_203, 1_500, 1_801, 2_000];
    let shots = downs.map(|down| scrolled(&whole, down, 57, 150)).to_vec();
    within(&shots, shots.iter().map(alone).sum(), 0);
}

#[test]
fn an_article_that_scrolls_below_a_bar_and_beside_a_list_costs_what_is_new_on_it() {
    // Margins of even ground around the words, as articles have.
    let mut whole = page(WIDTH, 2_400, 5);
    for (x, _, pixel) in whole.enumerate_pixels_mut() {
        if !(190..600).contains(&x) {
            *pixel = Rgba([250, 251, 252, 255]);
        }
    }
    let downs = [0, 131, 300, 617, 900, 1_203, 1_500, 1_801, 2_000];
    let shots = downs.map(|down| scrolled(&whole, down, 57, 150)).to_vec();
    let strip = |from: u32, to: u32| {
        alone(&imageops::crop_imm(&whole, 150, from + HEIGHT, WIDTH - 150, to - from).to_image())
    };
    let new: usize = downs.windows(2).map(|pair| strip(pair[0], pair[1])).sum();
    within(&shots, alone(&shots[0]) + new, 30);
}

#[test]
fn words_that_are_new_beside_each_other_share_a_file() {
    let before = RgbaImage::from_pixel(WIDTH, HEIGHT, Rgba([250, 251, 252, 255]));
    let mut after = before.clone();
    let words = page(WIDTH, HEIGHT, 5);
    // Lines of different lengths with even ground between them.
    for line in 0..8 {
        let (y, width) = (40 + line * 40, 120 + (line * 173) % 400);
        imageops::replace(&mut after, &*imageops::crop_imm(&words, 0, y, width, 16), 40, y.into());
    }
    let sheet = book(&[before, after.clone()]).sheet(&lossless());
    assert_same(&paint(&sheet, 1, 1), &after, "the lines");
    assert_eq!(sheet.pieces.len(), 2, "the ground, and all lines");
}

#[test]
fn a_photograph_beside_new_words_stays_lossy() {
    let before = page(WIDTH, HEIGHT, 5);
    let mut after = before.clone();
    photograph(&mut after, 16, 8, 420, 384);
    for line in 0..9 {
        let words = page(WIDTH, HEIGHT, 70 + line);
        let y = 40 + line * 36;
        imageops::replace(
            &mut after,
            &*imageops::crop_imm(&words, 452, y, 90 + (line * 67) % 90, 14),
            452,
            y.into(),
        );
    }
    let sheet = book(&[before.clone(), after]).sheet(&ShotOptions::default());
    let mut alone = before.clone();
    photograph(&mut alone, 16, 8, 420, 384);
    let photo = book(&[before, alone]).sheet(&ShotOptions::default());
    assert_eq!(lossy(&photo), 1);
    assert_eq!(lossy(&sheet), 1, "beside words as well");
}

#[test]
fn a_page_that_is_scrolled_back_costs_nothing() {
    let whole = page(WIDTH, 1_400, 5);
    let there = [0, 250, 601, 1_000].map(|down| scrolled(&whole, down, 0, 0));
    let back = [700, 333, 100, 50].map(|down| scrolled(&whole, down, 0, 0));
    let once = bytes(&book(&there).sheet(&lossless()));
    let both = [there, back].concat();
    within(&both, once, 10);
}

#[test]
fn no_shot_of_a_long_page_lies_on_many_others() {
    let whole = page(WIDTH, 12_000, 5);
    let shots: Vec<RgbaImage> = (0..40).map(|at| scrolled(&whole, at * 261, 56, 0)).collect();
    let sheet = book(&shots).sheet(&lossless());
    for (at, shot) in sheet.shots.iter().enumerate() {
        let below = std::iter::successors(Some(at), |shot| sheet.shots[*shot].base);
        assert!(below.count() <= 5, "shot {at}");
        assert!(shot.layers.len() <= 12, "shot {at}: {} layers", shot.layers.len());
    }
}

#[test]
fn a_banner_moves_what_lies_below_it() {
    let before = page(WIDTH, HEIGHT, 5);
    let mut after = RgbaImage::from_pixel(WIDTH, HEIGHT, Rgba([255, 240, 180, 255]));
    imageops::replace(&mut after, &before, 0, 47);
    within(&[before.clone(), after], alone(&before), 8);
}

#[test]
fn what_is_cropped_away_is_never_shown_again() {
    let whole = page(WIDTH, 1_000, 5);
    let (first, second) = (scrolled(&whole, 0, 0, 0), scrolled(&whole, 100, 0, 0));
    let crop = rect(0.0, 0.0, f64::from(WIDTH), 200.0);
    let sheet = Book::new().picture("1.png", &first).crop(crop).picture("2.png", &second).sheet(&lossless());
    assert_same(&paint(&sheet, 0, 1), &imageops::crop_imm(&first, 0, 0, WIDTH, 200).to_image(), "cropped");
    assert_same(&paint(&sheet, 1, 1), &second, "whole");
}

#[test]
fn what_is_redacted_stays_so_wherever_it_moves() {
    let whole = page(WIDTH, 1_000, 5);
    let (first, second) = (scrolled(&whole, 0, 0, 0), scrolled(&whole, 120, 0, 0));
    let (at, moved) = (rect(96.0, 240.0, 200.0, 32.0), rect(96.0, 120.0, 200.0, 32.0));
    for style in [RedactStyle::Solid, RedactStyle::Blur, RedactStyle::Pixelate] {
        let covered = |image: &RgbaImage, at| {
            let sheet = Book::new().picture("1.png", image).redact(at, style).sheet(&lossless());
            paint(&sheet, 0, 1)
        };
        let wanted = [covered(&first, at), covered(&second, moved)];
        let book = Book::new().picture("1.png", &first).redact(at, style);
        let sheet = book.picture("2.png", &second).redact(moved, style).sheet(&lossless());
        for (index, wanted) in wanted.iter().enumerate() {
            assert_same(&paint(&sheet, index, 1), wanted, &format!("{style:?} {index}"));
        }
        // Nothing that was under it is in any piece.
        let hidden = imageops::crop_imm(&first, 96, 240, 200, 32).to_image();
        for piece in &sheet.pieces {
            let piece = image::load_from_memory(&piece.bytes).unwrap().into_rgba8();
            let rows = || {
                (0..piece.height().saturating_sub(31))
                    .flat_map(|y| (0..piece.width().saturating_sub(199)).map(move |x| (x, y)))
            };
            let same = |x: u32, y: u32| {
                hidden.enumerate_pixels().all(|(dx, dy, pixel)| piece.get_pixel(x + dx, y + dy) == pixel)
            };
            assert!(!rows().any(|(x, y)| same(x, y)), "{style:?}");
        }
    }
}

#[test]
fn moved_parts_of_a_lossy_picture_are_as_near_as_it_is() {
    // A photograph amid words, further up each time.
    let mut whole = page(WIDTH, 1_400, 5);
    photograph(&mut whole, 100, 300, 420, 400);
    let shots = [0, 203, 318, 530].map(|down| scrolled(&whole, down, 0, 0));
    let sheet = book(&shots).sheet(&ShotOptions::default());
    for (at, shot) in shots.iter().enumerate() {
        let shown = paint(&sheet, at, 1);
        let errors = || shown.as_raw().iter().zip(shot.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let squares: u64 = errors().map(|error| error * error).sum();
        let decibels = 10.0 * (65_025.0 * shown.as_raw().len() as f64 / squares.max(1) as f64).log10();
        assert!(decibels >= 42.0, "shot {at}: {decibels} dB");
        assert!(errors().all(|error| error <= 20), "shot {at}");
    }
    assert!(lossy(&sheet) >= 1, "the photograph is lossy");
}
