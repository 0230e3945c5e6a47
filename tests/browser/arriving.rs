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
    assert_eq!(stage.told(), Stage::whole_play(total));
}

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
