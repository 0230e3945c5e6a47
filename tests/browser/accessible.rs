//! axe finds nothing.

use crate::support::{Look, Open, Site, Stage, axe, site};

fn looks() -> [Look; 4] {
    let (phone, desk) = (Look::phone(), Look::wide(1440));
    [phone, phone.dark(), desk, desk.dark()]
}

fn check(open: &mut Open, selector: &str, what: &str, look: Look) {
    let found = axe::violations(open, selector);
    let (width, dark) = (look.viewport.width, look.media.dark);
    assert!(found.is_empty(), "{what} at {width} px, dark: {dark}:\n{}", found.join("\n"));
}

#[test]
fn the_library() {
    for look in looks() {
        let mut open = look.blank();
        open.allow(&Site::own().url(""));
        open.go(&Site::own().url("index.html"));
        check(&mut open, "html", "the library", look);
    }
}

#[test]
fn a_guide_at_its_cover() {
    for look in looks() {
        let mut stage = Stage::own(site::REAL[0], look);
        check(&mut stage, "html", "the page at its cover", look);
    }
}

#[test]
fn the_stage_amid_and_at_its_end() {
    for look in looks() {
        let mut stage = Stage::own(site::REAL[0], look);
        stage.push("Start");
        stage.evaluate("document.querySelector('guidemark-player').go(7)").expect("goes");
        stage.expect("paused", 7);
        check(&mut stage, "guidemark-player", "the stage amid", look);
        let last = stage.total();
        stage.evaluate(&format!("document.querySelector('guidemark-player').go({last})")).expect("goes");
        stage.push("Next");
        stage.expect("ended", last);
        check(&mut stage, "guidemark-player", "the stage at its end", look);
    }
}

#[test]
fn a_step_without_a_screenshot() {
    for look in looks() {
        let mut stage = Stage::own("first-guide", look);
        stage.evaluate("document.querySelector('guidemark-player').go(10)").expect("goes");
        stage.expect("paused", 10);
        assert_eq!(stage.text("document.querySelector('.gm-stage').classList.contains('gm-bare')"), "true");
        check(&mut stage, "guidemark-player", "a card", look);
    }
}
