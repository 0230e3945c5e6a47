//! A guide from its cover to its end in each engine.

use super::chromium::Chromium;
use super::engine::Engine;
use super::firefox::Firefox;
use super::webkit::WebKit;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use image::RgbImage;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Blocks of so many pixels are compared: text has another shape in each engine, and the same place.
const BLOCK: u32 = 16;

/// A recording with text between its screenshots, and one with slides: both play at once.
///
/// The share of blocks that may differ: where a line of text breaks elsewhere, the card has another height; a slide is large text.
const GUIDES: [(&str, f64); 2] = [("datasette-api-token", 0.04), ("first-guide", 0.06)];
/// How long a picture may take to be the one that is wanted: an engine may paint later than its scripts go on.
const PAINTED: Duration = Duration::from_secs(10);

#[test]
fn firefox_shows_what_chromium_shows() {
    compare("firefox", || Box::new(Firefox::start()));
}

#[test]
fn webkit_shows_what_chromium_shows() {
    compare("webkit", || Box::new(WebKit::start()));
}

/// Plays guides in an engine and compares each step at rest, the cover and the end.
fn compare(name: &str, start: impl Fn() -> Box<dyn Engine> + Sync) {
    let start = &start;
    let far: Vec<PathBuf> = std::thread::scope(|scope| {
        let playing = GUIDES.map(|(guide, far)| scope.spawn(move || plays(guide, far, name, &mut *start())));
        playing.into_iter().flat_map(|one| one.join().expect("it plays")).collect()
    });
    assert!(far.is_empty(), "unlike Chromium's: {far:#?}");
}

/// The pictures that are far from Chromium's.
fn plays(guide: &str, most: f64, name: &str, engine: &mut dyn Engine) -> Vec<PathBuf> {
    let (wanted, mut far, mut number) = (pictures_of_chromium(guide), Vec::new(), 0);
    play(engine, guide, |engine| {
        let until = Instant::now() + PAINTED;
        let mut picture = stage(engine);
        while differing(&wanted[number], &picture) > most && Instant::now() < until {
            picture = stage(engine);
        }
        let share = differing(&wanted[number], &picture);
        println!("{name} {guide} {number}: {share:.4}");
        if share > most {
            keep(&wanted[number], &format!("{name}-{guide}-{number}-wanted"));
            far.push(keep(&picture, &format!("{name}-{guide}-{number}")));
        }
        number += 1;
    });
    assert_eq!(number, wanted.len(), "{guide}");
    far
}

/// What Chromium shows of a guide; whoever asks first waits for it.
fn pictures_of_chromium(guide: &str) -> Arc<Vec<RgbImage>> {
    type Slot = Arc<OnceLock<Arc<Vec<RgbImage>>>>;
    static PICTURES: Mutex<BTreeMap<String, Slot>> = Mutex::new(BTreeMap::new());
    let slot = PICTURES.lock().expect("no one has failed").entry(guide.to_owned()).or_default().clone();
    let made = slot.get_or_init(|| {
        let mut pictures = Vec::new();
        play(&mut Chromium::start(), guide, |engine| pictures.push(stage(engine)));
        Arc::new(pictures)
    });
    made.clone()
}

/// Goes through a guide; `seen` is called at the cover, at each step and at the end.
fn play(engine: &mut dyn Engine, guide: &str, mut seen: impl FnMut(&mut dyn Engine)) {
    engine.open(&format!("file://{}/{guide}/index.html", site().display()));
    engine.value(font());
    engine.wait_for("[...document.fonts].every(face => face.status === 'loaded')");
    // Where Start would scroll to, smoothly and in each engine in another way.
    engine.value("document.querySelector('guidemark-player').scrollIntoView({ block: 'center' }) ?? true");
    engine.rest("cover 1");
    let total = engine.value("Number(document.querySelector('guidemark-player').getAttribute('total'))");
    let total = total.as_u64().expect("a number of steps");
    seen(engine);
    engine.value("globalThis.__still = 0");
    engine.click(".gm-start");
    for step in 1..=total {
        engine.rest(&format!("paused {step}"));
        seen(engine);
        // What comes up at once is not painted at once.
        engine.value("(document.querySelector('guidemark-player').next(), globalThis.__still = 0, true)");
    }
    engine.rest(&format!("ended {total}"));
    seen(engine);
    assert_eq!(
        engine.value("globalThis.__faults"),
        Value::Array(Vec::new()),
        "errors and violations of the policy"
    );
}

/// Gives a page the repository's own font, so that lines break in the same places.
fn font() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src/card/fonts/InterDisplay-SemiBold.subset.otf");
        let bytes = BASE64_STANDARD.encode(std::fs::read(file).expect("the font"));
        format!(
            "(['Inter', 'SF Mono'].forEach(family => {{
                const letters = Uint8Array.from(atob('{bytes}'), each => each.charCodeAt(0));
                const face = new FontFace(family, letters, {{ weight: '100 900' }});
                document.fonts.add(face);
                face.load();
            }}), true)"
        )
    })
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

/// The folder with the pages of all guides of this repository.
fn site() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("engines");
        let built = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .args(["build", "--quiet", "--out"])
            .arg(&folder)
            .arg(env!("CARGO_MANIFEST_DIR"))
            .output();
        let built = built.expect("it runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        folder
    })
}
