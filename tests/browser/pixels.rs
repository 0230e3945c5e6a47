//! The reader sees the screenshots that were taken: pixel for pixel at their own size, and the same when scaled.

use crate::support::picture::{self, difference};
use crate::support::{Open, Site, site};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guidemark::browser::{Media, Viewport};
use guidemark::guide::{Rect, Resolved, Shot};
use image::RgbImage;
use std::collections::BTreeMap;

/// What a solid redaction leaves.
const SOLID: image::Rgb<u8> = image::Rgb([0x2b, 0x30, 0x3b]);

/// A shot as it has to look: the file, less what is redacted, cropped.
fn wanted(shot: &Shot) -> RgbImage {
    let mut whole = picture::read(&site::repository().join(shot.picture.path.as_str()));
    let density = shot.picture.density;
    for redaction in &shot.redactions {
        let (left, top, right, bottom) = pixels(&redaction.at, density);
        for y in top..bottom.min(whole.height()) {
            for x in left..right.min(whole.width()) {
                whole.put_pixel(x, y, SOLID);
            }
        }
    }
    match &shot.crop {
        Some(crop) => {
            let (left, top, right, bottom) = pixels(crop, density);
            image::imageops::crop_imm(&whole, left, top, right - left, bottom - top).to_image()
        }
        None => whole,
    }
}

/// The whole pixels that a region touches: left, top, right, bottom.
fn pixels(at: &Rect, density: u32) -> (u32, u32, u32, u32) {
    let scale = f64::from(density);
    let (low, high) = (|edge: f64| (edge * scale).floor() as u32, |edge: f64| (edge * scale).ceil() as u32);
    (low(at.x), low(at.y), high(at.x + at.w), high(at.y + at.h))
}

/// A page on which single pictures can be laid over everything.
fn open(site: &Site, slug: &str, width: u32) -> Open {
    let mut open = Open::blank();
    open.set_viewport(Viewport::desktop(width.max(1300), 900)).expect("set");
    open.set_media(Media { reduced_motion: true, ..Media::default() }).expect("set");
    open.go(&site.guide_url(slug));
    open.evaluate(
        "globalThis.lay = async (content, view, width, height) => {
            document.getElementById('laid')?.remove();
            const make = name => document.createElementNS('http://www.w3.org/2000/svg', name);
            const laid = document.body.appendChild(make('svg'));
            laid.id = 'laid';
            laid.setAttribute('viewBox', view);
            Object.assign(laid.style, { position: 'absolute', left: 0, top: 0, width: width + 'px', height: height + 'px',
                maxWidth: 'none', zIndex: 1e6, background: '#fff' });
            if (content.startsWith('#')) {
                // A shot is drawn over those below it.
                for (let shot = document.querySelector(content); shot; shot = document.getElementById(shot.dataset.base)) {
                    const use = make('use');
                    use.setAttribute('href', `#${shot.id}`);
                    laid.prepend(use);
                }
            } else {
                const inner = laid.appendChild(make('image'));
                inner.setAttribute('href', content);
                const [x, y, w, h] = view.split(' ');
                for (const [name, value] of Object.entries({ x, y, width: w, height: h })) inner.setAttribute(name, value);
                const loaded = new Image();
                loaded.src = content;
                await loaded.decode();
            }
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }",
    )
    .expect("set");
    open
}

/// What is seen of a content (`#id` of a shot, or an address) in a box of the page.
fn seen(open: &mut Open, content: &str, view: &str, width: u32, height: f64) -> RgbImage {
    open.evaluate(&format!("lay('{content}', '{view}', {width}, {height})")).expect("laid");
    picture::decode(&open.screenshot_of("#laid").expect("taken"))
}

fn view(shot: &Shot) -> String {
    let whole = shot.picture.size();
    let all = Rect { x: 0.0, y: 0.0, w: whole.width, h: whole.height };
    let Rect { x, y, w, h } = shot.crop.unwrap_or(all);
    format!("{x} {y} {w} {h}")
}

/// The shots of a guide with the ids of their groups in its page.
fn shots<'a>(site: &Site, guide: &'a Resolved) -> Vec<(String, &'a Shot)> {
    let stage = site.stage(&guide.slug);
    let mut ids = BTreeMap::new();
    for (step, of_stage) in guide.steps.iter().zip(stage["steps"].as_array().expect("steps")) {
        for (scene, of_stage) in step.scenes.iter().zip(of_stage["scenes"].as_array().expect("scenes")) {
            if let (Some(shot), Some(id)) = (scene.shot, of_stage["shot"].as_str()) {
                ids.insert(shot, format!("#{id}"));
            }
        }
    }
    ids.into_iter().map(|(shot, id)| (id, &guide.shots[shot])).collect()
}

#[test]
fn at_their_own_size_every_pixel_is_the_sources() {
    for slug in site::REAL {
        let guide = site::resolved(slug);
        let mut open = open(Site::lossless(), slug, 1300);
        for (id, shot) in shots(Site::lossless(), &guide) {
            let wanted = wanted(shot);
            let seen = seen(&mut open, &id, &view(shot), wanted.width(), wanted.height().into());
            let differs = difference(&wanted, &seen);
            assert_eq!(differs.most, 0, "{slug} {id} {}: {differs:?}", shot.picture.path.as_str());
        }
    }
}

fn scaled(width: u32) {
    let mut faults = Vec::new();
    for slug in site::REAL {
        let guide = site::resolved(slug);
        let mut open = open(Site::own(), slug, width);
        for (id, shot) in shots(Site::own(), &guide) {
            let wanted = wanted(shot);
            let height = f64::from(width) * f64::from(wanted.height()) / f64::from(wanted.width());
            let whole = format!("data:image/png;base64,{}", STANDARD.encode(picture::png(&wanted)));
            let layered = seen(&mut open, &id, &view(shot), width, height);
            let alone = seen(&mut open, &whole, &view(shot), width, height);
            let differs = difference(&alone, &layered);
            if differs.mean > 2.0 || differs.far > 0.0005 {
                faults.push(format!("{slug} {id} {}: {differs:?}", shot.picture.path.as_str()));
            }
        }
    }
    assert!(faults.is_empty(), "at {width} px:\n{}", faults.join("\n"));
}

#[test]
fn on_a_phone_no_seam_shows() {
    scaled(375);
}

#[test]
fn on_a_tablet_no_seam_shows() {
    scaled(731);
}

#[test]
fn on_a_desk_no_seam_shows() {
    scaled(1000);
}

#[test]
fn on_a_large_screen_no_seam_shows() {
    scaled(1717);
}

/// A page as high as five screenshots in a window with a bar above it and a list beside it, scrolled.
fn scrolled(downs: &[u32]) -> (Site, Vec<RgbImage>) {
    let shots = site::repository().join("guides/actual-transaction/shots");
    let screen = |name: &str| picture::read(&shots.join(name));
    let mut page = RgbImage::new(1280, 5 * 800);
    for (name, y) in ["05.png", "06.png", "08.png", "11.png", "14.png"].into_iter().zip((0..).step_by(800)) {
        image::imageops::replace(&mut page, &screen(name), 0, y);
    }
    let still = picture::read(&site::repository().join("guides/actual-transaction/shots/05.png"));
    let window = |down: &u32| {
        let mut seen = image::imageops::crop_imm(&page, 0, *down, 1280, 800).to_image();
        for (x, y, pixel) in still.enumerate_pixels().filter(|(x, y, _)| *x < 210 || *y < 57) {
            seen.put_pixel(x, y, *pixel);
        }
        seen
    };
    let shown: Vec<RgbImage> = downs.iter().map(window).collect();
    let pngs: Vec<(String, Vec<u8>)> = shown
        .iter()
        .enumerate()
        .map(|(at, shot)| (format!("guides/scrolled/{at}.png"), picture::png(shot)))
        .collect();
    let steps = (0..pngs.len()).map(|at| format!("{}. Read on.\n\n   ![Part {at}]({at}.png)\n\n", at + 1));
    let text = format!("# A scrolled page\n\nLong.\n\n{}", steps.collect::<String>());
    let toml: &[u8] = b"quality = \"lossless\"\n";
    let mut files = vec![("guidemark.toml", toml), ("guides/scrolled/index.md", text.as_bytes())];
    files.extend(pngs.iter().map(|(name, png)| (name.as_str(), png.as_slice())));
    (Site::with_files(&files), shown)
}

/// The largest mean difference of a row.
fn worst_row(one: &RgbImage, other: &RgbImage) -> f64 {
    let row = |y: u32| {
        let cut = |image: &RgbImage| image::imageops::crop_imm(image, 0, y, image.width(), 1).to_image();
        difference(&cut(one), &cut(other)).mean
    };
    (0..one.height()).map(row).fold(0.0, f64::max)
}

#[test]
fn where_parts_of_a_scrolled_page_meet_no_seam_shows() {
    let (site, shown) = scrolled(&[0, 117, 300, 555, 784, 201]);
    let cuts = site.guide_html("scrolled").matches("<symbol").count();
    assert!(cuts > 0, "nothing is drawn again");
    for width in [375, 658, 731, 1_000, 1_280, 1_717] {
        let mut open = open(&site, "scrolled", width);
        for (at, wanted) in shown.iter().enumerate() {
            let height = f64::from(width) * 800.0 / 1280.0;
            let whole = format!("data:image/png;base64,{}", STANDARD.encode(picture::png(wanted)));
            let view = "0 0 1280 800";
            let layered = seen(&mut open, &format!("#gm-shot-{}", at + 1), view, width, height);
            let alone = seen(&mut open, &whole, view, width, height);
            if width == 1_280 {
                assert_eq!(difference(wanted, &layered).most, 0, "shot {at} at its own size");
                continue;
            }
            let size = (layered.width(), layered.height());
            let fine = image::imageops::resize(wanted, size.0, size.1, image::imageops::FilterType::Lanczos3);
            let (own, others) = (difference(&fine, &layered), difference(&fine, &alone));
            let rows = (worst_row(&fine, &layered), worst_row(&fine, &alone));
            assert!(
                own.mean <= others.mean + 0.2,
                "shot {at} at {width} px: {own:?}, as one picture {others:?}"
            );
            assert!(
                own.far <= others.far + 0.002,
                "shot {at} at {width} px: {own:?}, as one picture {others:?}"
            );
            assert!(rows.0 <= rows.1 + 4.0, "shot {at} at {width} px: a row differs by {rows:?}");
        }
    }
}

#[test]
fn the_tokens_pixels_are_gone() {
    let guide = site::resolved(site::REAL[0]);
    let redacted = guide.shots.iter().filter(|shot| !shot.redactions.is_empty()).count();
    assert!(redacted >= 3, "the guide redacts the token wherever it shows it");
}
