//! What the pages look like, kept small: a change of looks is seen in review.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test browser looks` draws the pictures in `tests/snapshots` anew. They are a
//! quarter of the screen's size, and words are written in a font of this repository, so that machines with
//! other fonts draw nearly the same; what still differs stays within the tolerance.

use crate::support::picture::{self, difference};
use crate::support::{Look, Open, Site, Stage, site};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbImage};
use std::path::{Path, PathBuf};

/// Stored pictures are this many times smaller than the screen.
const SMALLER: u32 = 4;
/// The most of a page that is kept, in pixels of the screen.
const TALLEST: u32 = 2400;
/// Mean difference that is tolerated, of 255: the edges of letters.
const MEAN: f64 = 3.0;
/// Share of pixels that may differ much: a word that is typed in the system's font.
const FAR: f64 = 0.02;

fn folder() -> PathBuf {
    site::repository().join("tests/snapshots")
}

/// Looks of one kind, at three widths, light and dark.
fn check(kind: &str, mut take: impl FnMut(Look) -> Vec<u8>) {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut faults = Vec::new();
    for look in Look::widths().into_iter().flat_map(|look| [look, look.dark()]) {
        let mut png = take(look);
        let shade = if look.media.dark { "dark" } else { "light" };
        let name = format!("{kind}-{}-{shade}.jpg", look.viewport.width);
        let mut now = smaller(&picture::decode(&png));
        if update {
            store(&name, &now);
            continue;
        }
        // Where frames are skipped, the card may rest elsewhere: the look must come up in one of six tries.
        let mut fault = compare(&name, &now);
        for _ in 0..5 {
            if fault.is_none() {
                break;
            }
            png = take(look);
            now = smaller(&picture::decode(&png));
            fault = compare(&name, &now);
        }
        faults.extend(fault);
    }
    assert!(faults.is_empty(), "{}\n`UPDATE_SNAPSHOTS=1` takes them as they are", faults.join("\n"));
}

fn smaller(picture: &RgbImage) -> RgbImage {
    let height = picture.height().min(TALLEST);
    let top = imageops::crop_imm(picture, 0, 0, picture.width(), height).to_image();
    imageops::resize(&top, picture.width() / SMALLER, height / SMALLER, FilterType::Triangle)
}

fn store(name: &str, picture: &RgbImage) {
    std::fs::create_dir_all(folder()).expect("made");
    let file = std::fs::File::create(folder().join(name)).expect("made");
    DynamicImage::from(picture.clone())
        .write_with_encoder(JpegEncoder::new_with_quality(file, 80))
        .expect("written");
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
            if differs.mean <= MEAN && differs.far <= FAR {
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

/// Gives a page the repository's own font under the names that its style asks for first.
fn font() -> String {
    let file = site::repository().join("src/card/fonts/InterDisplay-SemiBold.subset.otf");
    let bytes = STANDARD.encode(std::fs::read(file).expect("the font"));
    format!(
        "for (const family of ['Inter', 'SF Mono'])
            document.fonts.add(new FontFace(family, Uint8Array.from(atob('{bytes}'), each => each.charCodeAt(0)), {{ weight: '100 900' }}));"
    )
}

fn stage(look: Look) -> Stage {
    stage_at(&Site::own().guide_url(site::REAL[0]), look)
}

fn stage_at(url: &str, look: Look) -> Stage {
    let mut stage = Stage::prepared(url, look, &font()).ready("cover", 1);
    // Before a card is measured.
    stage
        .evaluate("Promise.all([...document.fonts].map(each => each.load())).then(() => null)")
        .expect("loaded");
    stage
}

fn taken(open: &mut Open, selector: &str) -> Vec<u8> {
    // Whatever the pointer rests on would look pointed at.
    open.move_mouse(0.0, 0.0).expect("moved");
    open.wait_for("document.fonts.status === 'loaded'").expect("the font is there");
    open.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .expect("two frames");
    open.screenshot_of(selector).expect("taken")
}

#[test]
fn the_cover() {
    check("cover", |look| taken(&mut stage(look), "guidemark-player"));
}

#[test]
fn three_steps() {
    for step in [4, 8, 17] {
        check(&format!("step-{step}"), |look| {
            let mut stage = stage(look);
            stage.evaluate(&format!("document.querySelector('guidemark-player').go({step})")).expect("goes");
            stage.settle();
            taken(&mut stage, "guidemark-player")
        });
    }
}

/// Moments of a walkthrough one below the other, each a step and the milliseconds since it began; below 0: before its end.
fn strip(name: &str, url: &str, moments: &[(usize, i32)]) {
    let mut stage = stage_at(url, Look::wide(1440).moving());
    let mut film: Option<RgbImage> = None;
    for (step, ms) in moments {
        let seek = format!(
            "(() => {{
                const player = document.querySelector('guidemark-player');
                player.seek({step}, {ms} < 0 ? player.duration({step}) + {ms} : {ms});
            }})()"
        );
        stage.evaluate(&seek).expect("sought");
        let now = smaller(&picture::decode(&taken(&mut stage, "guidemark-player")));
        let before = film.unwrap_or_else(|| RgbImage::new(now.width(), 0));
        let mut longer = RgbImage::new(now.width(), before.height() + now.height());
        imageops::replace(&mut longer, &before, 0, 0);
        imageops::replace(&mut longer, &now, 0, before.height().into());
        film = Some(longer);
    }
    let (name, film) = (format!("{name}.jpg"), film.expect("moments"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        store(&name, &film);
    } else if let Some(fault) = compare(&name, &film) {
        panic!("{fault}\n`UPDATE_SNAPSHOTS=1` takes it as it is");
    }
}

#[test]
fn a_click_and_a_typed_step_on_film() {
    // Pressed on the page it leaves, then the next page as it was framed, then something moves.
    let url = Site::own().guide_url(site::REAL[0]);
    let click = [(4, -140), (4, -70), (5, 0), (5, 60), (5, 120), (5, 160), (5, 240), (5, 400), (5, 800)];
    strip("film-click", &url, &click);
    strip("film-type", &url, &[(8, 0), (8, 240), (8, 700), (8, 900), (8, 2000)]);
}

const DRAG: &str = "---\ntitle: A board\ndescription: Move a card.\n---\n
1. Drag the card to the other list.

   ![Two lists, a card in the first](before.png)
   <!-- @drag 120,200 300x80 to 760,200 300x80 -->

2. It lies there now.

   ![Two lists, a card in the second](after.png)
";

/// A board of two lists with a card in one of them.
fn board(left: u32) -> Vec<u8> {
    let shade = |x: u32, y: u32| {
        let within =
            |at: u32, top: u32, w: u32, h: u32| (at..at + w).contains(&x) && (top..top + h).contains(&y);
        let list = within(90, 120, 360, 560) || within(730, 120, 360, 560);
        match (within(left, 200, 300, 80), within(left + 20, 230, 180, 14), list) {
            (_, true, _) => image::Rgb([70, 76, 96]),
            (true, ..) => image::Rgb([255, 214, 120]),
            (.., true) => image::Rgb([255, 255, 255]),
            _ => image::Rgb([226, 230, 240]),
        }
    };
    picture::png(&RgbImage::from_fn(1280, 800, shade))
}

#[test]
fn a_drag_on_film() {
    let files = [
        ("guides/board/index.md", DRAG.as_bytes().to_vec()),
        ("guides/board/before.png", board(120)),
        ("guides/board/after.png", board(760)),
    ];
    let site = Site::with_files(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));
    let moments = [(1, 0), (1, 300), (1, 600), (1, 900), (1, 1200), (1, 1500), (1, 2400), (2, 60), (2, 800)];
    strip("film-drag", &site.guide_url("board"), &moments);
}

const VERBS: &str = "---\ntitle: A board\ndescription: See each verb.\n---\n
1. Choose how often.

   ![Two lists](before.png)
   <!-- @select 120,300 300x40 \"Every week\" -->

2. Open the card.
   <!-- @double-click 120,200 300x80 -->

3. Open the menu of the card.
   <!-- @right-click 120,200 300x80 -->
";

#[test]
fn what_is_chosen_and_clicked_in_another_way_on_film() {
    let files =
        [("guides/board/index.md", VERBS.as_bytes().to_vec()), ("guides/board/before.png", board(120))];
    let site = Site::with_files(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())));
    let moments = [(1, 800), (1, 1100), (1, 1400), (1, 2400), (2, 1500), (3, 1500)];
    strip("film-verbs", &site.guide_url("board"), &moments);
}

#[test]
fn the_end() {
    check("end", |look| {
        let mut stage = stage(look);
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
        let mut stage = stage(look);
        // Those below the window too.
        stage.evaluate("void dispatchEvent(new Event('beforeprint'))").expect("drawn");
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
        open.before_each_document(&font()).expect("set");
        open.allow(&Site::own().url(""));
        open.go(&Site::own().url("index.html"));
        // Those below the window too.
        let all = "[...document.images].forEach(each => { each.loading = 'eager'; });
            [...document.querySelectorAll('.cards li')].forEach(each => { each.style.contentVisibility = 'visible'; })";
        open.evaluate(all).expect("asked for");
        open.wait_for("[...document.images].every(each => each.complete)").expect("the covers load");
        taken(&mut open, "body")
    });
}
