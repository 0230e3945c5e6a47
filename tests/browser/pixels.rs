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

#[test]
fn the_tokens_pixels_are_gone() {
    let guide = site::resolved(site::REAL[0]);
    let redacted = guide.shots.iter().filter(|shot| !shot.redactions.is_empty()).count();
    assert!(redacted >= 3, "the guide redacts the token wherever it shows it");
}
