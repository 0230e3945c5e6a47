//! Guides of many steps: what a page costs grows with its steps, and no faster.

use crate::support::picture::{self, difference};
use crate::support::{Look, Site, Stage};
use crate::weight::packed;
use image::{GrayImage, Luma};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

const STEPS: u32 = 60;
/// How many shots may lie over each other.
const DEEPEST: usize = 8;
/// Nodes of a page beside those of its steps, and of each step.
const NODES: (u64, u64) = (1_200, 32);

/// Bytes that a step may add, compressed, to what has to arrive before the walkthrough answers.
const STEP_AHEAD: usize = 100;

/// A form to which each step adds one field.
fn form(steps: u32) -> Vec<(String, Vec<u8>)> {
    let mut screen = GrayImage::from_pixel(1280, 800, Luma([250]));
    let mut text = "# A form\n\nLong.\n\n".to_owned();
    let mut files = Vec::new();
    for step in 0..steps {
        let (left, top) = (20 + step % 8 * 155, 50 + step / 8 * 40);
        let mut png = Cursor::new(Vec::new());
        screen.write_to(&mut png, image::ImageFormat::Png).expect("written");
        files.push((format!("guides/shots/{step}.png"), png.into_inner()));
        text += &format!(
            "{}. Fill in **field {step}**.\n\n   ![The form with {step} fields](shots/{step}.png)\n   <!-- @click {left},{top} 140x28 -->\n\n",
            step + 1
        );
        for (x, y) in (0..130_u32).flat_map(|x| (0..24_u32).map(move |y| (x, y))) {
            let ink = (x * 7 + y * 13 + step * 31) % 11 < 4;
            screen.put_pixel(left + x, top + y, Luma([if ink { 40 } else { 255 }]));
        }
    }
    files.push(("guides/form.md".to_owned(), text.into_bytes()));
    files
}

#[test]
fn a_long_form_stays_light() {
    let files = form(STEPS);
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let site = Site::with_files(&files);
    let html = site.guide_html("form");

    let below: BTreeMap<&str, Option<&str>> = html.split("<g id=\"gm-shot-").skip(1).map(shot).collect();
    assert_eq!(below.len(), STEPS as usize);
    for shot in below.keys() {
        let stack = std::iter::successors(Some(*shot), |shot| below.get(shot).copied().flatten());
        let depth = stack.count() - 1;
        assert!(depth <= DEEPEST, "shot {shot} lies on {depth} others");
    }
    let pictures: Vec<&str> = html
        .split("<image")
        .skip(1)
        .filter_map(|image| image.split("href=\"").nth(1)?.split('"').next())
        .collect();
    let different: BTreeSet<&&str> = pictures.iter().collect();
    assert_eq!(pictures.len(), different.len(), "a picture's bytes stand in the page twice");

    let mut stage = Stage::at(&site.guide_url("form"), Look::still()).ready("cover", 1);
    let nodes = stage.memory().expect("asked").nodes;
    assert!(nodes <= NODES.0 + NODES.1 * u64::from(STEPS), "{nodes} nodes for {STEPS} steps");
    let walk = "(async () => {
        const player = document.querySelector('guidemark-player');
        for (let step = 1; step <= player.total; step++) {
            player.go(step);
            await new Promise(requestAnimationFrame);
        }
        player.go(1);
    })()";
    stage.evaluate(walk).expect("walked");
    let walked = stage.memory().expect("asked").nodes;
    assert!(walked <= NODES.0 + NODES.1 * u64::from(STEPS), "{walked} nodes after {STEPS} steps");

    // Every figure is drawn for paper, and those that come near on the screen.
    let drawn = "document.querySelectorAll('article .ring').length";
    assert!(stage.number(drawn) < f64::from(STEPS) / 2.0, "figures far away are not drawn");
    stage.evaluate("document.querySelectorAll('.step')[40].scrollIntoView()").expect("scrolled");
    stage
        .wait_for("!!document.querySelectorAll('.step')[40].querySelector('.ring')")
        .expect("it is drawn when it is near");
    stage.evaluate("void dispatchEvent(new Event('beforeprint'))").expect("printed");
    assert!((stage.number(drawn) - f64::from(STEPS)).abs() < 0.5);
}

#[test]
fn a_screenshot_looks_the_same_wherever_the_reader_comes_from() {
    let files = form(STEPS);
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut stage = Stage::at(&Site::with_files(&files).guide_url("form"), Look::still()).ready("cover", 1);
    let mut seen = |way: &[usize]| {
        for step in way {
            stage
                .evaluate(&format!("void document.querySelector('guidemark-player').go({step})"))
                .expect("asked");
            stage.expect("paused", *step);
            stage.settle();
        }
        picture::decode(&stage.screenshot_of(".gm-top").expect("taken"))
    };
    let first = seen(&[20]);
    for way in [&[19, 20][..], &[60, 20], &[1, 33, 20]] {
        let differs = difference(&first, &seen(way));
        assert_eq!(differs.most, 0, "by {way:?}: {differs:?}");
    }
}

#[test]
fn the_walkthrough_of_a_long_guide_starts_as_soon_as_that_of_a_short_one() {
    let [short, long] = [20, STEPS].map(|steps| {
        let files = form(steps);
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let html = Site::with_files(&files).guide_html("form");
        let until = |sign: &str, end: &str| {
            let at = html.find(sign).expect("its beginning");
            at + html[at..].find(end).expect("its end")
        };
        let script = until("<script type=\"module\"", "</script>");
        (until("class=\"gm-still\"", "</svg>"), packed(&html[..script]))
    });
    let more = usize::try_from(STEPS - 20).expect("small");
    assert!(long.0 < short.0 + 500, "the first screenshot ends at {short:?}, then at {long:?}");
    assert!(long.1 < short.1 + more * STEP_AHEAD, "the script ends at {short:?}, then at {long:?}");
}

/// A shot's number, and that of the shot it lies on.
fn shot(text: &str) -> (&str, Option<&str>) {
    let number = text.split('"').next().unwrap_or_default();
    let tag = text.split('>').next().unwrap_or_default();
    (number, tag.split("data-base=\"gm-shot-").nth(1).and_then(|base| base.split('"').next()))
}
