//! Screenshots for somebody who waits: larger, but the same to look at.

use crate::layers::recorded;
use crate::support::{Book, assert_same, page, paint, rect};
use guidemark::cache::{Cache, DEFAULT_LIMIT};
use guidemark::guide::RedactStyle;
use guidemark::shot::{Purpose, ShotOptions};
use image::RgbaImage;
use std::path::Path;

fn quick() -> ShotOptions {
    ShotOptions { purpose: Purpose::Preview, ..ShotOptions::default() }
}

fn cached(folder: &Path, purpose: Purpose) -> ShotOptions {
    ShotOptions {
        cache: Some(Cache::new(folder.to_owned(), DEFAULT_LIMIT)),
        purpose,
        ..ShotOptions::default()
    }
}

#[test]
fn quick_screenshots_have_every_pixel() {
    let (book, sources) = recorded("datasette-api-token");
    let sheet = book.sheet(&quick());
    for (index, source) in sources.iter().enumerate() {
        assert_same(&paint(&sheet, index, 1), source, &format!("{}", index + 1));
    }
}

#[test]
fn quick_screenshots_are_cropped_dense_tall_clear_and_amid_text() {
    let (tall, sharp) = (page(800, 6_000, 3), page(320, 200, 4));
    let clear =
        RgbaImage::from_fn(64, 64, |x, y| image::Rgba([x as u8, y as u8, 9, if x < 32 { 0 } else { 128 }]));
    let mut shown = clear.clone();
    shown.pixels_mut().filter(|pixel| pixel.0[3] == 0).for_each(|pixel| pixel.0 = [0; 4]);
    let book = Book::new()
        .picture("tall.png", &tall)
        .picture("sharp@2x.png", &sharp)
        .crop(rect(10.0, 20.0, 100.0, 50.0))
        .picture("clear.png", &clear)
        .picture("sharp@2x.png", &sharp)
        .picture("small.png", &page(40, 30, 5))
        .crop(rect(10.0, 10.0, 20.0, 20.0))
        .inline();
    let sheet = book.sheet(&quick());
    assert_same(&paint(&sheet, 0, 1), &tall, "tall");
    let cut = image::imageops::crop_imm(&sharp, 20, 40, 200, 100).to_image();
    assert_same(&paint(&sheet, 1, 2), &cut, "cropped");
    assert_same(&paint(&sheet, 2, 1), &shown, "clear");
    assert_same(&paint(&sheet, 3, 2), &sharp, "whole");
    let inline = &sheet.pieces[sheet.inline[0]];
    assert_eq!((inline.width, inline.height), (20, 20));
}

#[test]
fn a_screenshot_that_is_shown_again_is_carried_once() {
    let (one, two) = (page(320, 200, 1), page(320, 200, 2));
    let sheet =
        Book::new().picture("1.png", &one).picture("2.png", &two).picture("1.png", &one).sheet(&quick());
    assert_eq!(sheet.pieces.len(), 2);
    assert_same(&paint(&sheet, 2, 1), &one, "again");
}

#[test]
fn quick_screenshots_hold_nothing_that_is_redacted() {
    let with = |secret: u8| {
        let mut image = page(320, 200, 1);
        (40..100).for_each(|x| image.put_pixel(x, 60, image::Rgba([secret, 0, 0, 255])));
        Book::new().picture("1.png", &image).redact(rect(40.0, 60.0, 60.0, 1.0), RedactStyle::Blur)
    };
    assert_eq!(with(1).sheet(&quick()), with(200).sheet(&quick()));
    let folder = tempfile::tempdir().unwrap();
    let options = cached(folder.path(), Purpose::Preview);
    assert_eq!(with(1).sheet(&options), with(200).sheet(&options), "nor does the cache");
}

#[test]
fn what_is_wrong_is_told_in_haste_too() {
    let mut secret = page(320, 200, 1);
    (40..100).for_each(|x| (50..70).for_each(|y| secret.put_pixel(x, y, noise(x, y))));
    let book = Book::new()
        .picture("1.png", &secret)
        .redact(rect(40.0, 50.0, 60.0, 20.0), RedactStyle::Solid)
        .file("broken.png", b"no picture".to_vec())
        .picture("3.png", &secret)
        .file("gone.gif", b"nor this".to_vec())
        .inline();
    let finished = book.compose(&ShotOptions::default());
    assert!(finished.diagnostics.len() >= 3, "{:?}", finished.diagnostics);
    let folder = tempfile::tempdir().unwrap();
    for options in [quick(), cached(folder.path(), Purpose::Preview), cached(folder.path(), Purpose::Preview)]
    {
        let composition = book.compose(&options);
        assert_eq!(composition.diagnostics, finished.diagnostics);
        assert_eq!(composition.sheet, None);
    }
}

#[test]
fn a_redaction_that_comes_later_finds_what_the_cache_holds_already() {
    let mut secret = page(320, 200, 1);
    (40..100).for_each(|x| {
        (50..70).for_each(|y| secret.put_pixel(x, y, noise(x, y)));
    });
    let folder = tempfile::tempdir().unwrap();
    let options = cached(folder.path(), Purpose::Preview);
    Book::new().picture("1.png", &secret).picture("2.png", &secret).sheet(&options);
    let at = rect(40.0, 50.0, 60.0, 20.0);
    let later =
        Book::new().picture("1.png", &secret).redact(at, RedactStyle::Solid).picture("2.png", &secret);
    let found = later.compose(&options).diagnostics;
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["leaked-redaction"]);
}

#[test]
fn what_the_cache_holds_finished_is_shown_finished() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::new().picture("1.png", &page(640, 400, 1)).picture("2.png", &page(640, 400, 2));
    let finished = book.sheet(&cached(folder.path(), Purpose::Publish));
    assert_ne!(book.sheet(&quick()), finished);
    assert_eq!(book.sheet(&cached(folder.path(), Purpose::Preview)), finished);
}

#[test]
fn what_was_made_in_haste_is_never_taken_for_finished() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::new().picture("1.png", &page(640, 400, 1)).picture("2.png", &page(640, 400, 2));
    book.sheet(&cached(folder.path(), Purpose::Preview));
    assert_eq!(book.sheet(&cached(folder.path(), Purpose::Publish)), book.sheet(&ShotOptions::default()));
}

#[test]
fn a_replaced_screenshot_shows_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let with =
        |seed: u32| Book::new().picture("1.png", &page(320, 200, 1)).picture("2.png", &page(320, 200, seed));
    with(2).sheet(&cached(folder.path(), Purpose::Preview));
    let sheet = with(3).sheet(&cached(folder.path(), Purpose::Preview));
    assert_same(&paint(&sheet, 0, 1), &page(320, 200, 1), "stays");
    assert_same(&paint(&sheet, 1, 1), &page(320, 200, 3), "replaced");
}

/// Pixels that say something.
fn noise(x: u32, y: u32) -> image::Rgba<u8> {
    let mixed = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0x2c1b_3c6d);
    let tone = if mixed.count_ones().is_multiple_of(2) { 20 } else { 240 };
    image::Rgba([tone, tone, 7, 255])
}
