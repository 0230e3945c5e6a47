//! Screenshots that are others where the reader's page is dark.

use crate::support::{Look, Site, Stage, picture};
use image::{Rgb, RgbImage};

const RED: Rgb<u8> = Rgb([220, 0, 0]);

/// A screenshot on this ground, with something red that is redacted, and a mark in the second.
fn screen(ground: u8, is_marked: bool) -> Vec<u8> {
    picture::png(&RgbImage::from_fn(800, 500, |x, y| match (x, y) {
        (100..300, 100..140) => RED,
        (400..440, 300..340) if is_marked => Rgb([ground / 2 + 60; 3]),
        _ => Rgb([ground; 3]),
    }))
}

fn site() -> Site {
    let steps = "1. Open it.\n\n   ![The menu](shots/1.png)\n   <!-- @redact 100,100 200x40\n        @click 500,400 40x20 -->\n\n2. Look.\n\n   ![The form](shots/2.png)\n   <!-- @redact 100,100 200x40 -->\n";
    let guide = format!("---\ntitle: How to open it\ndescription: It opens.\n---\n\n{steps}");
    Site::with_files(&[
        ("guides/in/index.md", guide.as_bytes()),
        ("guides/in/shots/1.png", &screen(240, false)),
        ("guides/in/shots/2.png", &screen(240, true)),
        ("guides/in/shots/dark/1.png", &screen(24, false)),
    ])
}

/// The middle brightness of what is seen, in which nothing is red.
fn brightness(stage: &mut Stage, selector: &str) -> f64 {
    let frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
    stage.evaluate(frames).expect("two frames");
    let seen = picture::decode(&stage.screenshot_of(selector).expect("taken"));
    let red = seen.pixels().filter(|pixel| pixel[0] > 150 && pixel[1] < 60 && pixel[2] < 60).count();
    assert_eq!(red, 0, "{selector} shows what is redacted");
    seen.pixels().map(|pixel| f64::from(pixel[1])).sum::<f64>() / f64::from(seen.width() * seen.height())
}

#[test]
fn a_dark_page_shows_the_dark_screenshots_and_the_light_one_where_there_is_none() {
    let site = site();
    for (look, is_dark) in [(Look::still(), false), (Look::still().dark(), true)] {
        let mut stage = Stage::at(&site.guide_url("in"), look).ready("cover", 1);
        let is_right = |light: f64| if is_dark { light < 90.0 } else { light > 150.0 };
        for part in [".gm-still", ".step:nth-of-type(1) .shot .frame"] {
            let light = brightness(&mut stage, part);
            assert!(is_right(light), "{part}, dark {is_dark}: {light}");
        }
        stage.push("Start");
        stage.expect("paused", 1);
        stage.settle();
        let light = brightness(&mut stage, ".gm-top");
        assert!(is_right(light), "step 1, dark {is_dark}: {light}");
        stage.push("Next");
        stage.expect("paused", 2);
        stage.settle();
        let light = brightness(&mut stage, ".gm-top");
        assert!(light > 130.0, "step 2 has one picture: {light}");
    }
}
