//! Every guide can be played from cover to end by one means alone.

use crate::support::{Look, Server, Site, Stage, site};
use guidemark::browser::Touch;

/// The step and state, to see that something has changed.
const PLACE: &str = "(() => { const it = document.querySelector('guidemark-player');
    return `${it.getAttribute('state')} ${it.getAttribute('step')}` })()";

fn next_place(step: usize, total: usize) -> (&'static str, usize) {
    if step < total { ("paused", step + 1) } else { ("ended", total) }
}

#[test]
fn by_keyboard_alone() {
    for slug in Site::own().slugs() {
        let mut stage = Stage::own(&slug, Look::still());
        let total = stage.total();
        let mut tabs = 0;
        while stage.evaluate("document.activeElement.matches('.gm-start')").expect("asked") != true {
            stage.press("Tab").expect("pressed");
            tabs += 1;
            assert!(tabs < 60, "Start is never reached");
        }
        stage.press("Enter").expect("pressed");
        for step in 1..=total {
            stage.expect("paused", step);
            let inside = stage.evaluate("document.activeElement.closest('guidemark-player') !== null");
            assert_eq!(inside.expect("asked"), true, "the focus stays in the stage at step {step} of {slug}");
            stage.press(["ArrowRight", " ", "Enter"][step % 3]).expect("pressed");
            let (status, next) = next_place(step, total);
            stage.expect(status, next);
        }
        assert_eq!(stage.events(), Stage::whole_play(total), "{slug}");
    }
}

#[test]
fn by_hotspot_alone() {
    for slug in Site::own().slugs() {
        let mut stage = Stage::own(&slug, Look::still());
        let total = stage.total();
        stage.click(".gm-start").expect("clicked");
        for step in 1..=total {
            stage.expect("paused", step);
            // A step that only shows something has nothing to click but its card.
            let target = if stage.has_hotspot() { ".gm-hot" } else { ".gm-next" };
            stage.click(target).expect("clicked");
            let (status, next) = next_place(step, total);
            stage.expect(status, next);
        }
        assert_eq!(stage.events(), Stage::whole_play(total), "{slug}");
    }
}

#[test]
fn by_touch_alone() {
    for slug in Site::own().slugs() {
        let mut stage = Stage::own(&slug, Look::phone());
        let total = stage.total();
        stage.tap(".gm-start").expect("tapped");
        for step in 1..=total {
            stage.expect("paused", step);
            if step % 2 == 0 && stage.has_hotspot() {
                stage.tap(".gm-hot").expect("tapped");
            } else {
                swipe(&mut stage);
            }
            let (status, next) = next_place(step, total);
            stage.expect(status, next);
        }
        assert_eq!(stage.events(), Stage::whole_play(total), "{slug}");
    }
}

#[test]
fn by_messages_from_another_origin() {
    let inner = Server::of_folder(Site::own().root());
    let heard = "globalThis.heard = [];
        addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }));";
    for slug in Site::own().slugs() {
        // The host's policy allows the frame and nothing else.
        let (origin, address) = (inner.url(""), inner.url(&format!("/{slug}/?view=player")));
        let outer = Server::of_page(&format!(
            "<!doctype html><title>O</title>
            <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; frame-src {origin}\">
            <iframe width=900 height=700 src='{address}'></iframe>"
        ));
        let mut open = Look::still().blank();
        open.before_each_document(heard).expect("set");
        open.allow(&inner.url("/"));
        open.go(&outer.url("/"));
        open.wait_for("heard.some(each => each.type === 'load')").expect("it loads");
        let total = open.number("heard.find(each => each.type === 'load').total") as usize;
        let next = "frames[0].postMessage({ target: 'guidemark', command: 'next' }, '*')";
        for step in 1..=total {
            open.evaluate(next).expect("said");
            let there = format!("heard.findLast(each => each.type === 'step')?.step === {step}");
            open.wait_for(&there).expect("it goes on");
        }
        open.evaluate(next).expect("said");
        open.wait_for("heard.some(each => each.type === 'complete')").expect("it ends");
        let events =
            "heard.filter(each => each.type !== 'resize').map(each => `${each.type} ${each.step}`).join()";
        assert_eq!(open.text(events), Stage::whole_play(total).join(","), "{slug}");
        let from = open.text("[...new Set(heard.map(each => `${each.source} ${each.origin}`))].join()");
        assert_eq!(from, format!("guidemark {origin}"), "{slug}");
    }
}

/// A swipe to the left over the card, which is where a picture that can be panned does not take it.
fn swipe(stage: &mut Stage) {
    let script = "(() => {
        const card = document.querySelector('.gm-card');
        card.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const box = card.getBoundingClientRect();
        return { x: box.x, y: box.y + Math.min(40, box.height / 2), width: box.width };
    })()";
    let card = stage.evaluate(script).expect("asked");
    let (x, y) = (card["x"].as_f64().expect("x"), card["y"].as_f64().expect("y"));
    let width = card["width"].as_f64().expect("width");
    stage.swipe(Touch { x: x + width * 0.85, y }, Touch { x: x + width * 0.2, y }).expect("swiped");
}

#[test]
fn a_click_beside_the_target_leads_back_to_it() {
    let mut stage = Stage::own(crate::support::site::REAL[0], Look::still());
    stage.click(".gm-start").expect("clicked");
    stage.evaluate("document.querySelector('guidemark-player').go(4)").expect("goes");
    stage.expect("paused", 4);
    assert!(stage.has_hotspot());
    let corner = stage
        .evaluate("(() => { const box = document.querySelector('.gm-screen').getBoundingClientRect(); return [box.right - 5, box.top + 5]; })()")
        .expect("asked");
    stage.click_at(corner[0].as_f64().expect("x"), corner[1].as_f64().expect("y")).expect("clicked");
    assert_eq!(stage.text(PLACE), "paused 4");
    stage
        .wait_for("document.querySelector('.gm-hot').getAnimations().length")
        .expect("the target shows itself");
}

#[test]
fn it_plays_by_itself_to_the_end() {
    let mut stage = Stage::own(crate::support::site::REAL[1], Look::still());
    let total = stage.total();
    stage.evaluate(&format!("document.querySelector('guidemark-player').go({})", total - 1)).expect("goes");
    stage.evaluate("document.querySelector('guidemark-player').play()").expect("plays");
    stage.expect("playing", total - 1);
    stage.expect("playing", total);
    stage.expect("ended", total);
}

/// Substeps, each with a sentence and a picture; a picture without a sentence; a sentence behind the last.
const SUBSTEPS: &str = "# How to sign in

1. Sign in:

   1. Open the **menu**.

      ![The menu](1.png)
      <!-- @click 1240,16 24x24 -->

   2. Write your name.

      ![The form](2.png)
      <!-- @type 10,100 200x30 \"sam\" -->

      ![The form again](3.png)

   You are nearly there.

2. Look around.

   ![The page](1.png)
";

#[test]
fn pictures_of_a_step_come_with_their_own_sentences() {
    let [one, two, three] = [1, 2, 3].map(site::screenshot);
    let site = Site::with_files(&[
        ("guides/in/index.md", SUBSTEPS.as_bytes()),
        ("guides/in/1.png", &one),
        ("guides/in/2.png", &two),
        ("guides/in/3.png", &three),
    ]);
    let mut stage = Stage::at(&site.guide_url("in"), Look::still()).ready("cover", 1);
    stage.click(".gm-start").expect("clicked");
    let seen = "(() => {
        const part = name => document.querySelector(`.gm-${name}`);
        const text = part('text').innerText.replace(/\\s+/g, ' ').trim();
        return `${part('count').textContent} | ${text} | ${part('top').ariaLabel} | ${part('live').textContent.includes(text.slice(-9))}`;
    })()";
    let mut expect = |button: &str, count: &str, words: &[&str], alt: &str| {
        if !button.is_empty() {
            stage.click(button).expect("clicked");
        }
        let shows = format!("{seen}.startsWith('{count}') && {seen}.includes('{alt} | true')");
        stage.wait_for(&shows).unwrap_or_else(|_| panic!("{count} {alt}: {}", stage.text(seen)));
        let text = stage.text(seen);
        let all = ["Sign in:", "Open the menu", "Write your name", "nearly there", "Look around"];
        let shown: Vec<&str> = all.into_iter().filter(|each| text.contains(each)).collect();
        assert_eq!(shown, words, "{text}");
    };
    expect("", "1 / 2", &["Sign in:", "Open the menu"], "The menu");
    // The hotspot leads to the next substep, and not past it.
    expect(".gm-hot", "1 / 2", &["Write your name", "nearly there"], "The form again");
    expect(".gm-back", "1 / 2", &["Sign in:", "Open the menu"], "The menu");
    expect(".gm-next", "1 / 2", &["Write your name", "nearly there"], "The form again");
    expect(".gm-next", "2 / 2", &["Look around"], "The page");
    assert_eq!(stage.events(), ["load 1", "start 1", "step 1", "step 1", "step 1", "step 1", "step 2"]);
    stage.evaluate("document.querySelector('guidemark-player').go(1)").expect("goes");
    stage.expect("paused", 1);
    stage.settle();
    assert!(stage.text(seen).contains("Open the menu"), "a step begins with its first text");
    let length = stage.number("document.querySelector('guidemark-player').duration(1)");
    assert!(length >= 5000.0, "each text has its time: {length}");
    stage.click(".gm-play").expect("clicked");
    stage.expect("ended", 2);
}

#[test]
fn chapters_open_with_slides_where_the_guide_says_so() {
    let guide = "---\ntitle: How to write\nchapters: slides\n---\n\n## Log in\n\nTokens belong to **people**.\n\nMore of it.\n\n1. Look at the form.\n\n   ![The form](1.png)\n\n## Write\n\n1. Write.\n\n2. Read.\n";
    let site = Site::with_files(&[
        ("guides/in/index.md", guide.as_bytes()),
        ("guides/in/1.png", &site::screenshot(1)),
    ]);
    let mut stage = Stage::at(&site.guide_url("in"), Look::still()).ready("cover", 1);
    let seen = "(() => {
        const part = name => document.querySelector(`.gm-${name}`);
        const text = part('text').innerText.replace(/\\s+/g, ' ').trim();
        return `${part('count').textContent} | ${part('chapter').textContent} | ${text} | ${location.hash}`;
    })()";
    for (button, shown) in [
        (".gm-start", "1 / 3 |  | Log in Tokens belong to people. | #log-in"),
        (".gm-next", "1 / 3 | Log in | Look at the form. | #look-at-the-form"),
        (".gm-next", "2 / 3 |  | Write | #write"),
        (".gm-next", "2 / 3 | Write | Write. | #write-1"),
        (".gm-back", "2 / 3 |  | Write | #write"),
        (".gm-next", "2 / 3 | Write | Write. | #write-1"),
        (".gm-next", "3 / 3 | Write | Read. | #read"),
    ] {
        stage.click(button).expect("clicked");
        let waited = stage.wait_for(&format!("{seen} === '{shown}'"));
        waited.unwrap_or_else(|_| panic!("{shown}: {}", stage.text(seen)));
    }
    // The article says all of it once, and its contents lead to the chapters.
    let heading = "(() => { const [first] = document.querySelectorAll('article .chapter');
        return `${first.textContent} ${first.closest('#log-in') !== null} ${document.querySelector('article').innerText.match(/More of it/g).length}`; })()";
    assert_eq!(stage.text(heading), "Log in true 1");
}
