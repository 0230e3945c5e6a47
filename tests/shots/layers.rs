//! Shots put back together from their pieces equal their sources.

use crate::support::{Book, assert_same, page, paint, rect};
use guidemark::project::Quality;
use guidemark::shot::{Sheet, ShotOptions};
use image::{Rgba, RgbaImage};
use proptest::prelude::*;
use std::path::Path;

pub fn lossless() -> ShotOptions {
    ShotOptions { quality: Quality::Lossless, ..ShotOptions::default() }
}

pub fn bytes(sheet: &Sheet) -> usize {
    sheet.pieces.iter().map(|piece| piece.bytes.len()).sum()
}

fn filled(image: &RgbaImage, x: u32, y: u32, w: u32, h: u32, color: [u8; 4]) -> RgbaImage {
    let mut image = image.clone();
    for y in y..(y + h).min(image.height()) {
        for x in x..(x + w).min(image.width()) {
            image.put_pixel(x, y, Rgba(color));
        }
    }
    image
}

/// A guide of this project, and its screenshots as they are.
pub fn recorded(guide: &str) -> (Book, Vec<RgbaImage>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides").join(guide).join("shots");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut book = Book::new();
    let mut sources = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "png")) {
        let bytes = std::fs::read(file).unwrap();
        sources.push(image::load_from_memory(&bytes).unwrap().into_rgba8());
        book = book.file(file.file_name().unwrap().to_str().unwrap(), bytes);
    }
    assert!(sources.len() > 10);
    (book, sources)
}

#[test]
fn recorded_shots_come_back_pixel_by_pixel_and_small() {
    // The most that the pieces may take of their PNGs, in percent.
    for (guide, most) in [("datasette-api-token", 15), ("actual-transaction", 25)] {
        let (book, sources) = recorded(guide);
        let composition = book.compose(&lossless());
        let sheet = composition.sheet.unwrap();
        for (index, source) in sources.iter().enumerate() {
            assert_same(&paint(&sheet, index, 1), source, &format!("{guide} {}", index + 1));
        }
        let before = composition.statistics.source_bytes;
        assert_eq!(composition.statistics.bytes, bytes(&sheet) as u64);
        let after = composition.statistics.bytes;
        assert!(after * 100 <= before * most, "{guide}: {after} bytes of {before}");
    }
}

#[test]
fn what_auto_loses_stays_invisible() {
    let (book, sources) = recorded("actual-transaction");
    let composition = book.compose(&ShotOptions::default());
    let sheet = composition.sheet.unwrap();
    for (index, source) in sources.iter().enumerate() {
        let shown = paint(&sheet, index, 1);
        let errors = || shown.as_raw().iter().zip(source.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let squares: u64 = errors().map(|error| error * error).sum();
        let decibels = 10.0 * (65_025.0 * shown.as_raw().len() as f64 / squares.max(1) as f64).log10();
        assert!(decibels >= 42.0, "shot {index}: {decibels} dB");
        assert!(errors().all(|error| error <= 20), "shot {index}");
    }
    let (before, after) = (composition.statistics.source_bytes, composition.statistics.bytes);
    assert!(after * 6 <= before, "{after} bytes of {before}");
    let small = book.sheet(&ShotOptions { quality: Quality::Small, ..ShotOptions::default() });
    assert!(bytes(&small) < bytes(&sheet));
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let book = Book::new().picture("1.png", &page(320, 200, 1)).picture("2.png", &page(320, 200, 2));
    let sheets: Vec<Sheet> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| book.sheet(&ShotOptions::default()))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert!(sheets.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_shot_that_changes_nothing_costs_nothing() {
    let first = page(320, 200, 1);
    let second = filled(&first, 200, 100, 40, 20, [9, 9, 9, 255]);
    let book = Book::new().picture("1.png", &first).picture("2.png", &second).picture("3.png", &first);
    let sheet = book.sheet(&lossless());
    assert_eq!(sheet.shots[2].base, Some(0));
    assert_eq!(sheet.shots[2].layers, []);
    assert_eq!(sheet.pieces.len(), 2);
    assert_same(&paint(&sheet, 2, 1), &first, "third");
}

#[test]
fn the_nearest_shot_is_the_base_wherever_it_stands() {
    let (home, form) = (page(640, 400, 1), page(640, 400, 77));
    let home_menu = filled(&home, 500, 20, 100, 80, [1, 2, 3, 255]);
    let form_filled = filled(&form, 100, 100, 60, 12, [4, 5, 6, 255]);
    let book = Book::new()
        .picture("1.png", &home)
        .picture("2.png", &form)
        .picture("3.png", &home_menu)
        .picture("4.png", &form_filled);
    let sheet = book.sheet(&lossless());
    assert_eq!(sheet.shots[2].base, Some(0));
    assert_eq!(sheet.shots[3].base, Some(1));
    assert!(
        bytes(&sheet)
            < bytes(&Book::new().picture("1.png", &home).picture("2.png", &form).sheet(&lossless())) * 5 / 4
    );
}

#[test]
fn a_patch_has_a_margin_of_unchanged_pixels() {
    let first = page(320, 200, 1);
    let second = filled(&first, 160, 96, 16, 16, [9, 9, 9, 255]);
    let sheet = Book::new().picture("1.png", &first).picture("2.png", &second).sheet(&lossless());
    let [patch] = sheet.shots[1].layers[..] else { panic!("one patch: {:?}", sheet.shots[1]) };
    assert!(patch.x <= 152.0 && patch.y <= 88.0, "{patch:?}");
    assert!(patch.x + patch.width >= 184.0 && patch.y + patch.height >= 120.0, "{patch:?}");
    assert!(patch.width * patch.height <= 64.0 * 64.0, "{patch:?}");
}

#[test]
fn another_size_or_density_gets_a_picture_of_its_own() {
    let (wide, tall) = (page(320, 200, 1), page(320, 240, 1));
    let book = Book::new().picture("1.png", &wide).picture("2.png", &tall).picture("3@2x.png", &wide);
    let sheet = book.sheet(&lossless());
    assert!(sheet.shots.iter().all(|shot| shot.base.is_none()));
    assert_same(&paint(&sheet, 1, 1), &tall, "taller");
    assert_same(&paint(&sheet, 2, 2), &wide, "denser");
    assert_eq!((sheet.shots[2].width, sheet.shots[2].height), (160.0, 100.0));
    // The same pixels at another density are the same piece.
    assert_eq!(sheet.pieces.len(), 2);
}

#[test]
fn a_crop_is_a_view_in_points_of_the_original_and_nothing_else_is_written() {
    let image = page(320, 200, 5);
    let crop = rect(50.25, 40.0, 100.5, 60.0);
    let sheet = Book::new().picture("1.png", &image).crop(crop).sheet(&lossless());
    let shot = &sheet.shots[0];
    assert_eq!((shot.x, shot.y, shot.width, shot.height), (50.0, 40.0, 101.0, 60.0));
    let wanted = image::imageops::crop_imm(&image, 50, 40, 101, 60).to_image();
    assert_same(&paint(&sheet, 0, 1), &wanted, "cropped");
    assert_eq!((sheet.pieces[0].width, sheet.pieces[0].height), (101, 60));
}

#[test]
fn a_crop_of_an_earlier_shot_is_free_and_the_whole_of_a_cropped_one_is_right() {
    let image = page(320, 200, 5);
    let crop = rect(32.0, 40.0, 160.0, 80.0);
    let cut = image::imageops::crop_imm(&image, 32, 40, 160, 80).to_image();
    let sheet = Book::new().picture("1.png", &image).picture("1.png", &image).crop(crop).sheet(&lossless());
    assert_eq!((sheet.shots[1].base, sheet.shots[1].layers.len()), (Some(0), 0));
    assert_same(&paint(&sheet, 1, 1), &cut, "whole, then cropped");
    let sheet = Book::new().picture("1.png", &image).crop(crop).picture("1.png", &image).sheet(&lossless());
    assert_same(&paint(&sheet, 0, 1), &cut, "cropped");
    assert_same(&paint(&sheet, 1, 1), &image, "cropped, then whole");
}

#[test]
fn transparent_pixels_are_never_drawn_over_others() {
    let first = filled(&page(320, 200, 5), 0, 0, 160, 200, [0, 0, 255, 255]);
    let second = filled(&first, 40, 40, 80, 80, [255, 0, 0, 128]);
    let third = filled(&second, 200, 40, 80, 80, [0, 0, 0, 0]);
    let book = Book::new().picture("1.png", &first).picture("2.png", &second).picture("3.png", &third);
    let sheet = book.sheet(&lossless());
    for (index, wanted) in [first, second, third].iter().enumerate() {
        assert_same(&paint(&sheet, index, 1), wanted, &format!("shot {index}"));
    }
}

#[test]
fn a_picture_too_tall_for_one_piece_is_several() {
    let opaque = page(40, 20_000, 5);
    let clear = filled(&opaque, 0, 9_950, 40, 100, [200, 0, 0, 128]);
    for image in [opaque, clear] {
        let sheet = Book::new().picture("1.png", &image).sheet(&lossless());
        assert!(sheet.pieces.iter().all(|piece| piece.height <= 16_383));
        assert_same(&paint(&sheet, 0, 1), &image, "tall");
    }
}

#[test]
fn a_picture_amid_text_is_one_piece() {
    let image = page(60, 40, 2);
    let sheet = Book::new()
        .picture("1.png", &page(320, 200, 5))
        .picture("icon.png", &image)
        .inline()
        .sheet(&lossless());
    let piece = &sheet.pieces[sheet.inline[0]];
    let shown = image::load_from_memory(&piece.bytes).unwrap().into_rgba8();
    assert_same(&shown, &image, "inline");
}

#[test]
fn the_first_shots_pieces_come_first() {
    let book = Book::new().picture("1.png", &page(320, 200, 1)).picture("2.png", &page(320, 200, 2));
    let sheet = book.sheet(&lossless());
    assert_eq!(sheet.shots[0].layers[0].piece, 0);
    assert_eq!(sheet.shots[1].layers[0].piece, 1);
}

#[derive(Debug, Clone)]
struct Change {
    from: usize,
    at: (u32, u32, u32, u32),
    color: [u8; 4],
    crop: Option<(u32, u32, u32, u32)>,
}

fn area() -> impl Strategy<Value = (u32, u32, u32, u32)> {
    (0..150u32, 0..90u32, 1..150u32, 1..90u32)
}

fn change() -> impl Strategy<Value = Change> {
    let alpha = prop_oneof![4 => Just(255u8), 1 => any::<u8>()];
    let color =
        (any::<[u8; 3]>(), alpha).prop_map(|([r, g, b], a)| if a == 0 { [0; 4] } else { [r, g, b, a] });
    (any::<prop::sample::Index>(), area(), color, prop::option::weighted(0.2, area()))
        .prop_map(|(from, at, color, crop)| Change { from: from.index(1000), at, color, crop })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn layers_compose_back_to_their_sources(changes in prop::collection::vec(change(), 1..8), density in 1..3u32) {
        let mut sources = vec![page(150, 90, 3)];
        let name = |index: usize| format!("{index}{}.png", if density == 2 { "@2x" } else { "" });
        let mut book = Book::new().picture(&name(0), &sources[0]);
        for change in &changes {
            let (x, y, w, h) = change.at;
            let image = filled(&sources[change.from % sources.len()], x, y, w, h, change.color);
            book = book.picture(&name(sources.len()), &image);
            if let Some((x, y, w, h)) = change.crop {
                let points = |pixels: u32| f64::from(pixels) / f64::from(density);
                book = book.crop(rect(points(x), points(y), points(w.min(150 - x)), points(h.min(90 - y))));
            }
            sources.push(image);
        }
        let sheet = book.sheet(&lossless());
        prop_assert_eq!(&sheet, &book.sheet(&lossless()), "the same guide, the same bytes");
        for (index, source) in sources.iter().enumerate() {
            let (x, y, w, h) = index.checked_sub(1).and_then(|at| changes[at].crop).unwrap_or((0, 0, 150, 90));
            let wanted = image::imageops::crop_imm(source, x, y, w, h).to_image();
            assert_same(&paint(&sheet, index, density), &wanted, &format!("shot {index}"));
        }
    }
}
