//! Over a slow line the first screenshot is seen long before the page is whole.

use crate::support::picture::{self, difference};
use crate::support::{Look, Server, Site, Stage, site};
use image::imageops::{FilterType, resize};
use image::{Rgb, RgbImage};
use std::time::{Duration, Instant};

/// How alike the first screenshot and its file are: the browser scales otherwise than we do.
const ALIKE: f64 = 3.0;

#[test]
fn the_first_screenshot_shows_when_a_fifth_of_the_page_is_there() {
    let html = Site::own().guide_html(site::REAL[0]);
    let still = html.find("class=\"gm-still\"").expect("the picture under the cover");
    let cut = still + html[still..].find("</svg>").expect("its end") + "</svg>".len();
    assert!(cut * 5 < html.len(), "{cut} bytes of {} are needed", html.len());

    let (server, rest) = Server::of_slow_page(&html, cut);
    let mut stage = Stage::arriving(&server.url("/"), Look::still());
    stage.wait_for("document.querySelector('.gm-still use')").expect("the beginning arrives");
    shows_first(&mut stage);
    assert_eq!(stage.text("document.readyState"), "loading");
    assert_eq!(stage.text("document.querySelector('.gm-start, article') === null"), "true");

    rest.send(()).expect("the server waits");
    let mut stage = stage.ready("cover", 1);
    let total = stage.total();
    stage.push("Start");
    for step in 1..=total {
        stage.expect("paused", step);
        stage.press("ArrowRight").expect("pressed");
    }
    assert_eq!(stage.events(), Stage::whole_play(total));
}

#[test]
fn the_walkthrough_answers_while_the_rest_is_on_its_way() {
    let html = Site::own().guide_html(site::REAL[0]);
    let (cut, _) = html.match_indices("class=\"step\"").nth(4).expect("a fifth step");
    assert!(cut * 2 < html.len(), "{cut} bytes of {} are needed", html.len());
    let (server, rest) = Server::of_slow_page(&html, cut);
    let mut stage = Stage::arriving(&server.url("/"), Look::still()).ready("cover", 1);
    assert_eq!(stage.text("document.readyState"), "loading");
    stage.push("Start");
    for step in 1..=3 {
        stage.expect("paused", step);
        stage
            .wait_for("!!document.querySelector('.gm-top use')?.getBoundingClientRect().width")
            .expect("its picture");
        assert!(!stage.text(CARD).contains(COMING), "step {step} is there: {}", stage.text(CARD));
        stage.press("ArrowRight").expect("pressed");
    }
    // The cut goes through the fifth step: the fourth is there, but whether it is all of it nobody knows yet.
    stage.evaluate("void document.querySelector('guidemark-player').go(8)").expect("asked");
    stage.expect("paused", 8);
    stage.wait_for(&format!("{CARD}.includes('{COMING}')")).expect("it says that it is on its way");

    rest.send(()).expect("the server waits");
    stage
        .wait_for(&format!("!{CARD}.includes('{COMING}') && document.readyState === 'complete'"))
        .expect("it comes");
    stage
        .wait_for("!!document.querySelector('.gm-top use')?.getBoundingClientRect().width")
        .expect("its picture");
    // With all that it lies on, which was not there either.
    let stack = "(() => {
        const uses = [...document.querySelectorAll('.gm-top use')].map(use => use.getAttribute('href'));
        const ids = [];
        for (let at = document.querySelector(uses.at(-1)); at; at = document.getElementById(at.dataset.base)) ids.unshift(`#${at.id}`);
        return ids.length > 1 && `${ids}` === `${uses}`;
    })()";
    stage.wait_for(stack).expect("all of its picture");
    let whole = "document.querySelectorAll('.step')[7].querySelector('.step-text').textContent";
    assert!(stage.text(CARD).contains(&stage.text(whole)), "{}", stage.text(CARD));
}

/// The words of the card.
const CARD: &str = "document.querySelector('.gm-text').textContent";
const COMING: &str = "Loading the screenshot";

/// Waits until what is seen of the stage is the first screenshot.
fn shows_first(stage: &mut Stage) {
    let first = site::resolved(site::REAL[0]).shots[0].picture.path.clone();
    let file = picture::read(&site::repository().join(first.as_str()));
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let seen = picture::decode(&stage.screenshot_of(".gm-still").expect("taken"));
        let (width, height) = seen.dimensions();
        let wanted = resize(&file, width, height, FilterType::Triangle);
        let blank = RgbImage::from_pixel(width, height, Rgb([255; 3]));
        assert!(difference(&blank, &wanted).mean > 2.0 * ALIKE, "the screenshot is no blank page");
        let differs = difference(&seen, &wanted);
        if differs.mean < ALIKE {
            return;
        }
        assert!(Instant::now() < until, "the first screenshot does not show: {differs:?}");
    }
}
