//! What stands for a guide on its cover, and behind the frame.

use crate::support::{Look, Site, Stage, picture, site};
use image::{Rgb, RgbImage};

const RED: Rgb<u8> = Rgb([200, 20, 30]);
const GREEN: Rgb<u8> = Rgb([20, 140, 60]);

fn flat(color: Rgb<u8>) -> Vec<u8> {
    picture::png(&RgbImage::from_pixel(800, 500, color))
}

/// A guide of two steps with more lines of front matter.
fn guide(more: &str) -> String {
    let steps = "1. Open it.\n\n   ![The menu](1.png)\n   <!-- @click 1240,16 24x24 -->\n\n2. Look.\n\n   ![The form](2.png)\n";
    format!("---\ntitle: How to open it\ndescription: It opens.\n{more}\n---\n\n{steps}")
}

/// The guide with its pictures, and the red and the green one.
fn site(more: &str) -> Site {
    Site::with_files(&[
        ("guides/in/index.md", guide(more).as_bytes()),
        ("guides/in/1.png", &site::screenshot(1)),
        ("guides/in/2.png", &site::screenshot(4)),
        ("guides/in/red.png", &flat(RED)),
        ("guides/in/green.png", &flat(GREEN)),
    ])
}

/// Which share of a part of the page has about a colour.
fn share(stage: &mut Stage, selector: &str, color: Rgb<u8>) -> f64 {
    stage.move_mouse(0.0, 0.0).expect("moved");
    stage
        .evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .expect("two frames");
    let seen = picture::decode(&stage.screenshot_of(selector).expect("taken"));
    let near = |pixel: &&Rgb<u8>| pixel.0.iter().zip(color.0).all(|(a, b)| a.abs_diff(b) < 12);
    seen.pixels().filter(near).count() as f64 / (seen.width() * seen.height()) as f64
}

#[test]
fn a_picture_of_its_own_is_the_cover_and_no_step() {
    let site = site("cover: red.png");
    for look in Look::widths() {
        let mut stage = Stage::at(&site.guide_url("in"), look).ready("cover", 1);
        assert!(share(&mut stage, ".gm-screen", RED) > 0.3, "the cover is the picture");
        stage.click(".gm-start").expect("clicked");
        stage.expect("paused", 1);
        stage.settle();
        assert!(share(&mut stage, ".gm-screen", RED) < 0.01, "a step has its own");
        for (status, step) in [("paused", 2), ("ended", 2)] {
            stage.evaluate("document.querySelector('guidemark-player').next()").expect("goes");
            stage.expect(status, step);
        }
        assert!(share(&mut stage, ".gm-screen", RED) < 0.01, "nor does the end show it");
    }
    let library = std::fs::read_to_string(site.root().join("index.html")).expect("the library");
    let cover = library.split('"').find(|text| text.ends_with("cover.webp")).expect("its cover");
    let shown = picture::read(&site.root().join(cover.trim_start_matches("./")));
    let middle = shown.get_pixel(shown.width() / 2, shown.height() / 2);
    assert!(middle.0.iter().zip(RED.0).all(|(a, b)| a.abs_diff(b) < 12), "{middle:?} in the library");
}

#[test]
fn a_step_is_the_cover_when_the_guide_says_so() {
    let ids = "[...document.querySelectorAll('.gm-still > use')].at(-1).getAttribute('href')";
    let first = Stage::at(&site("").guide_url("in"), Look::still()).ready("cover", 1).text(ids);
    let second = Stage::at(&site("cover: 2").guide_url("in"), Look::still()).ready("cover", 1).text(ids);
    assert_ne!(first, second);
    // Whoever starts sees the first step, not what the cover shows.
    let mut stage = Stage::at(&site("cover: look").guide_url("in"), Look::still()).ready("cover", 1);
    assert_eq!(stage.text(ids), second);
    stage.click(".gm-start").expect("clicked");
    stage.settle();
    let shown = stage.text("document.querySelector('.gm-top').ariaLabel");
    assert_eq!(shown, "The menu");
}

#[test]
fn what_stands_behind_the_frame_is_what_the_guide_says() {
    let ground = "getComputedStyle(document.querySelector('.gm-stage')).backgroundColor";
    for look in [Look::still(), Look::wide(1440), Look::wide(1440).dark()] {
        let mut stage = Stage::at(&site("backdrop: green.png").guide_url("in"), look).ready("cover", 1);
        assert!(share(&mut stage, ".gm-stage", GREEN) > 0.05, "the picture is seen around the frame");
        let mut stage = Stage::at(&site("backdrop: \"#148c3c\"").guide_url("in"), look).ready("cover", 1);
        assert_eq!(stage.text(ground), "rgb(20, 140, 60)");
        let mut stage = Stage::at(&site("backdrop: plain").guide_url("in"), look).ready("cover", 1);
        let image = stage.text("getComputedStyle(document.querySelector('.gm-stage')).backgroundImage");
        assert_eq!(image, "none");
    }
}
