//! A guide from its cover to its end in each engine.

use super::chromium::Chromium;
use super::engine::Engine;
use super::firefox::Firefox;
use super::webkit::WebKit;
use image::RgbImage;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Blocks of so many pixels are compared: text has another shape in each engine, and the same place.
const BLOCK: u32 = 16;

#[test]
fn firefox_shows_what_chromium_shows() {
    plays(&mut Firefox::start(), "firefox");
}

#[test]
fn webkit_shows_what_chromium_shows() {
    plays(&mut WebKit::start(), "webkit");
}

/// Plays the guide in the engine and compares each step at rest, the cover and the end.
fn plays(engine: &mut dyn Engine, name: &str) {
    let wanted = pictures_of_chromium();
    let mut far = Vec::new();
    let mut number = 0;
    play(engine, |picture| {
        let share = differing(&wanted[number], &picture);
        println!("{name} {number}: {share:.4}");
        // Where a line of text breaks elsewhere, the card has another height.
        if share > 0.04 {
            keep(&wanted[number], &format!("{name}-{number}-wanted"));
            far.push(keep(&picture, &format!("{name}-{number}")));
        }
        number += 1;
    });
    assert_eq!(number, wanted.len());
    assert!(far.is_empty(), "unlike Chromium's: {far:#?}");
}

fn pictures_of_chromium() -> &'static [RgbImage] {
    static PICTURES: OnceLock<Vec<RgbImage>> = OnceLock::new();
    PICTURES.get_or_init(|| {
        let mut pictures = Vec::new();
        play(&mut Chromium::start(), |picture| pictures.push(picture));
        pictures
    })
}

/// Goes through the guide; `seen` gets the walkthrough at the cover, at each step and at the end.
fn play(engine: &mut dyn Engine, mut seen: impl FnMut(RgbImage)) {
    engine.open(&page());
    // Where Start would scroll to, smoothly and in each engine in another way.
    engine.value("document.querySelector('guidemark-player').scrollIntoView({ block: 'center' }) ?? true");
    engine.rest("cover 1");
    let total = engine.value("Number(document.querySelector('guidemark-player').getAttribute('total'))");
    let total = total.as_u64().expect("a number of steps");
    seen(stage(engine));
    engine.click(".gm-start");
    for step in 1..=total {
        engine.rest(&format!("paused {step}"));
        seen(stage(engine));
        engine.value("document.querySelector('guidemark-player').next() ?? true");
    }
    engine.rest(&format!("ended {total}"));
    seen(stage(engine));
    assert_eq!(
        engine.value("globalThis.__faults"),
        Value::Array(Vec::new()),
        "errors and violations of the policy"
    );
}

/// The picture of the walkthrough: how far the page is scrolled differs by some points.
fn stage(engine: &mut dyn Engine) -> RgbImage {
    let place = engine.value(
        "(() => { const box = document.querySelector('guidemark-player').getBoundingClientRect();
            return [box.left, box.top, box.width, box.height].map(Math.round); })()",
    );
    let number =
        |at: usize| u32::try_from(place[at].as_i64().expect("a number").max(0)).expect("in the window");
    let picture = engine.picture();
    image::imageops::crop_imm(&picture, number(0), number(1), number(2), number(3)).to_image()
}

/// The share of blocks whose mean colours are far from each other.
fn differing(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.width(), other.width(), "the windows have one size");
    let (columns, rows) = (one.width() / BLOCK, one.height().min(other.height()) / BLOCK);
    let blocks = (0..rows).flat_map(|row| (0..columns).map(move |column| (column * BLOCK, row * BLOCK)));
    let far = blocks.filter(|at| {
        let (a, b) = (mean(one, *at), mean(other, *at));
        a.iter().zip(b).any(|(a, b)| (a - b).abs() > 32.0)
    });
    far.count() as f64 / f64::from(columns * rows)
}

fn mean(picture: &RgbImage, (x, y): (u32, u32)) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for pixel in (0..BLOCK * BLOCK).map(|each| picture.get_pixel(x + each % BLOCK, y + each / BLOCK)) {
        sum.iter_mut().zip(pixel.0).for_each(|(sum, channel)| *sum += f64::from(channel));
    }
    sum.map(|sum| sum / f64::from(BLOCK * BLOCK))
}

fn keep(picture: &RgbImage, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    picture.save(&path).expect("saved");
    path
}

/// The address of the guide's page.
fn page() -> String {
    static PAGE: OnceLock<PathBuf> = OnceLock::new();
    let page = PAGE.get_or_init(|| {
        let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("engines.html");
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides/datasette-api-token/index.md");
        let built = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .arg("build")
            .arg(guide)
            .arg("-o")
            .arg(&page)
            .output();
        let built = built.expect("it runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        page
    });
    format!("file://{}", page.display())
}
