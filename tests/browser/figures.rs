//! The article's screenshots open large.

use crate::support::{Look, Site, Stage, axe, site};
use guidemark::browser::Media;

const LARGE: &str = ".large:popover-open";
const BUTTON: &str = "article .zoom";

/// Figures are drawn when they come near.
const NEAR: &str = "(() => {
    const zoom = document.querySelector('article .zoom');
    zoom.scrollIntoView({ block: 'center', behavior: 'instant' });
    return !!document.getElementById(zoom.getAttribute('popovertarget'));
})()";

/// The dialog fills the window, and shows the screenshot larger than the article has room for.
const SEEN: &str = "(() => {
    const dialog = document.querySelector('.large:popover-open');
    if (!dialog) return null;
    const width = element => element.getBoundingClientRect().width;
    const small = document.querySelector('article figure.shot svg:has(> g)'), large = dialog.querySelector('svg');
    const [drawn, before] = [large, small].map(svg => svg.viewBox.baseVal.width * Math.min(
        svg.clientWidth / svg.viewBox.baseVal.width, svg.clientHeight / svg.viewBox.baseVal.height));
    return { whole: width(dialog) === innerWidth && dialog.getBoundingClientRect().height === innerHeight, drawn, before,
        // All of the figure, marks included, and all of the screenshot.
        parts: large.querySelector('use').getAttribute('href') === `#${small.querySelector(':scope > g').id}`
            && large.viewBox.baseVal.width >= small.viewBox.baseVal.width };
})()";

fn check_large(stage: &mut Stage, slug: &str, width: u32) {
    let seen = stage.wait_for(SEEN).expect("it opens");
    let drawn = |name: &str| seen[name].as_f64().expect("a width");
    assert_eq!(
        (&seen["whole"], &seen["parts"]),
        (&true.into(), &true.into()),
        "{slug} at {width} px: {seen}"
    );
    // On a phone a page is as wide as its window already.
    assert!(
        drawn("drawn") > 100.0 && drawn("drawn") >= drawn("before") * 0.9,
        "{slug} at {width} px: {seen}"
    );
}

#[test]
fn by_click_and_by_keyboard() {
    for look in [Look::phone(), Look::still()] {
        for slug in Site::own().slugs() {
            let mut stage = Stage::own(&slug, look);
            if stage.evaluate("document.querySelector('article figure.shot') === null").expect("asked")
                == true
            {
                continue;
            }
            stage.wait_for(NEAR).expect("the figure is drawn once it is near");
            stage.click(BUTTON).expect("clicked");
            check_large(&mut stage, &slug, look.viewport.width);
            stage.press("Escape").expect("pressed");
            let shut = format!("!document.querySelector('{LARGE}')");
            stage.wait_for(&shut).expect("Escape closes it");
            let back = format!("document.activeElement.matches('{BUTTON}')");
            stage.wait_for(&back).expect("the focus is back at the picture");
            stage.press("Enter").expect("pressed");
            check_large(&mut stage, &slug, look.viewport.width);
            stage.click(&format!("{LARGE} button")).expect("clicked");
            stage.wait_for(&shut).expect("its button closes it");
            stage.wait_for(&back).expect("the focus is back at the picture");
            // The walkthrough has heard none of these keys.
            stage.expect("cover", 1);
        }
    }
}

#[test]
fn an_open_one_is_accessible() {
    for look in [Look::phone(), Look::phone().dark(), Look::still(), Look::still().dark()] {
        let mut stage = Stage::own(site::REAL[0], look);
        stage.wait_for(NEAR).expect("the figure is drawn once it is near");
        stage.click(BUTTON).expect("clicked");
        stage.wait_for(&format!("document.querySelector('{LARGE}')")).expect("it opens");
        let found = axe::violations(&mut stage, LARGE);
        assert!(found.is_empty(), "at {} px: {}", look.viewport.width, found.join("\n"));
    }
}

#[test]
fn annotations_keep_a_colour_of_the_system() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    stage.set_media(Media { forced_colors: true, ..Media::default() }).expect("set");
    stage.evaluate("void dispatchEvent(new Event('beforeprint'))").expect("all are drawn");
    let others = "(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = 'Highlight';
        const wanted = getComputedStyle(probe).color;
        const drawn = [...document.querySelectorAll('article :is(.ring, .noted, .drag)')];
        if (!drawn.length) return 'nothing is drawn';
        return drawn.map(each => getComputedStyle(each).stroke).filter(stroke => stroke !== wanted).join();
    })()";
    assert_eq!(stage.text(others), "");
}
