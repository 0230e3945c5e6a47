//! What the pages look like, kept small: a change of looks is seen in review.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test browser looks` draws the stored pictures anew. They hold for the
//! fonts they were drawn with; on a machine with others nothing is compared.

use crate::support::picture::{self, difference};
use crate::support::{Look, Open, Site, Stage, site};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbImage};
use std::path::{Path, PathBuf};

/// Stored pictures are this many times smaller than the screen.
const SMALLER: u32 = 4;
/// The most of a page that is kept, in pixels of the screen.
const TALLEST: u32 = 2400;

fn folder() -> PathBuf {
    site::repository().join("tests/snapshots")
}

/// Looks of one kind, at three widths, light and dark.
fn check(kind: &str, mut take: impl FnMut(Look) -> (String, Vec<u8>)) {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut faults = Vec::new();
    for look in Look::widths().into_iter().flat_map(|look| [look, look.dark()]) {
        let (fonts, png) = take(look);
        let shade = if look.media.dark { "dark" } else { "light" };
        let name = format!("{kind}-{}-{shade}.jpg", look.viewport.width);
        let now = smaller(&picture::decode(&png));
        if update {
            store(&name, &now, &fonts);
        } else if stored_fonts() != fonts {
            println!("{name}: not compared, stored with other fonts or not yet");
        } else {
            faults.extend(compare(&name, &now));
        }
    }
    assert!(faults.is_empty(), "{}\n`UPDATE_SNAPSHOTS=1` takes them as they are", faults.join("\n"));
}

fn smaller(picture: &RgbImage) -> RgbImage {
    let height = picture.height().min(TALLEST);
    let top = imageops::crop_imm(picture, 0, 0, picture.width(), height).to_image();
    imageops::resize(&top, picture.width() / SMALLER, height / SMALLER, FilterType::Triangle)
}

fn store(name: &str, picture: &RgbImage, fonts: &str) {
    std::fs::create_dir_all(folder()).expect("made");
    let file = std::fs::File::create(folder().join(name)).expect("made");
    DynamicImage::from(picture.clone())
        .write_with_encoder(JpegEncoder::new_with_quality(file, 80))
        .expect("written");
    std::fs::write(folder().join("fonts.txt"), fonts).expect("written");
}

fn stored_fonts() -> String {
    std::fs::read_to_string(folder().join("fonts.txt")).unwrap_or_default()
}

/// What is wrong with a picture; it is then put where it can be looked at.
fn compare(name: &str, now: &RgbImage) -> Option<String> {
    let file = folder().join(name);
    let fault = if !file.is_file() {
        "is not stored".to_owned()
    } else {
        let stored = picture::read(&file);
        if stored.dimensions() != now.dimensions() {
            format!("was {:?} and is {:?}", stored.dimensions(), now.dimensions())
        } else {
            let differs = difference(&stored, now);
            if differs.mean <= 3.0 && differs.far <= 0.02 {
                return None;
            }
            format!("differs by {differs:?}")
        }
    };
    let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks").join(name).with_extension("png");
    std::fs::create_dir_all(seen.parent().expect("a parent")).expect("made");
    std::fs::write(&seen, picture::png(now)).expect("written");
    Some(format!("{name} {fault}: see {}", seen.display()))
}

/// A measure of the fonts a page is drawn with.
fn fonts(open: &mut Open) -> String {
    open.text(
        "(() => {
            const context = document.createElement('canvas').getContext('2d');
            return ['system-ui', 'serif', 'ui-monospace, monospace'].map(font => {
                context.font = `40px ${font}`;
                return context.measureText('Guidemark 0123 Wäg').width.toFixed(2);
            }).join(' ');
        })()",
    )
}

fn taken(open: &mut Open, selector: &str) -> (String, Vec<u8>) {
    // Whatever the pointer rests on would look pointed at.
    open.move_mouse(0.0, 0.0).expect("moved");
    open.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .expect("two frames");
    (fonts(open), open.screenshot_of(selector).expect("taken"))
}

#[test]
fn the_cover() {
    check("cover", |look| taken(&mut Stage::own(site::REAL[0], look), "guidemark-player"));
}

#[test]
fn three_steps() {
    for step in [4, 8, 17] {
        check(&format!("step-{step}"), |look| {
            let mut stage = Stage::own(site::REAL[0], look);
            stage.evaluate(&format!("document.querySelector('guidemark-player').go({step})")).expect("goes");
            stage.settle();
            taken(&mut stage, "guidemark-player")
        });
    }
}

#[test]
fn the_end() {
    check("end", |look| {
        let mut stage = Stage::own(site::REAL[0], look);
        let total = stage.total();
        stage.evaluate(&format!("document.querySelector('guidemark-player').go({total})")).expect("goes");
        stage.settle();
        stage.evaluate("document.querySelector('guidemark-player').next()").expect("ends");
        stage.expect("ended", total);
        taken(&mut stage, "guidemark-player")
    });
}

#[test]
fn the_article() {
    check("article", |look| {
        let mut stage = Stage::own(site::REAL[0], look);
        // More than the browser draws at once would be cut off anyway.
        let cut = format!(
            "Object.assign(document.querySelector('article.column').style, {{ height: '{TALLEST}px', overflow: 'clip' }})"
        );
        stage.evaluate(&format!("{cut}; null")).expect("cut");
        taken(&mut stage, "article.column")
    });
}

#[test]
fn the_library() {
    check("library", |look| {
        let mut open = look.blank();
        open.allow(&Site::own().url(""));
        open.go(&Site::own().url("index.html"));
        // Those below the window too.
        open.evaluate("[...document.images].forEach(each => { each.loading = 'eager'; })")
            .expect("asked for");
        open.wait_for("[...document.images].every(each => each.complete)").expect("the covers load");
        taken(&mut open, "body")
    });
}
