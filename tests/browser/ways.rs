//! Each step can be reached in each way there is.

use crate::support::{Look, Server, Site, Stage, site};
use serde_json::{Value, json};

fn ids(slug: &str) -> Vec<String> {
    let stage = Site::own().stage(slug);
    let steps = stage["steps"].as_array().expect("steps");
    steps.iter().map(|step| step["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn buttons_lead_forth_and_back() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    let total = stage.total();
    stage.push("Start");
    for step in 1..=total {
        stage.expect("paused", step);
        stage.push("Next");
    }
    stage.expect("ended", total);
    assert_eq!(stage.events(), Stage::whole_play(total));
    stage.push("Restart");
    for step in 1..=total {
        stage.expect("paused", step);
        stage.push("Next");
    }
    stage.expect("ended", total);
    stage.push("Restart");
    stage.evaluate(&format!("document.querySelector('guidemark-player').go({total})")).expect("goes");
    for step in (1..total).rev() {
        stage.push("Back");
        stage.expect("paused", step);
    }
}

#[test]
fn keys_lead_forth_and_back() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    let total = stage.total();
    stage.push("Start");
    for (step, key) in (2..=total).zip(["ArrowRight", "ArrowRight"].iter().cycle()) {
        stage.press(key).expect("pressed");
        stage.expect("paused", step);
    }
    for step in (1..total).rev() {
        stage.press("ArrowLeft").expect("pressed");
        stage.expect("paused", step);
    }
    stage.press("End").expect("pressed");
    stage.expect("paused", total);
    stage.press("Home").expect("pressed");
    stage.expect("paused", 1);
    stage.press("p").expect("pressed");
    stage.expect("playing", 1);
    stage.press("p").expect("pressed");
    stage.expect("paused", 1);
}

#[test]
fn keys_are_not_stolen_from_the_page() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    stage.push("Start");
    stage.expect("paused", 1);
    stage
        .evaluate(
            "(() => {
                const field = document.body.appendChild(document.createElement('input'));
                field.focus({ preventScroll: true });
            })()",
        )
        .expect("set");
    for key in ["ArrowRight", " ", "Enter", "End", "p"] {
        stage.press(key).expect("pressed");
    }
    stage.evaluate("document.activeElement.blur()").expect("set");
    stage.press("ArrowRight").expect("pressed");
    // What was pressed has been handled once the page answers.
    stage.expect("paused", 1);
    assert_eq!(stage.events().len(), 3, "{:?}", stage.events());
}

#[test]
fn addresses_open_their_step() {
    let slug = site::REAL[0];
    let mut stage = Stage::own(slug, Look::still());
    for (index, id) in ids(slug).iter().enumerate().rev() {
        stage.evaluate(&format!("location.hash = {}", Value::from(id.as_str()))).expect("set");
        stage.expect("paused", index + 1);
    }
    let ids = ids(slug);
    for index in [0, ids.len() / 2, ids.len() - 1] {
        let url = format!("{}#{}", Site::own().guide_url(slug), ids[index]);
        drop(Stage::at(&url, Look::still()).ready("paused", index + 1));
    }
}

#[test]
fn the_address_follows_and_the_back_button_works() {
    let slug = site::REAL[0];
    let ids = ids(slug);
    let mut stage = Stage::own(slug, Look::still());
    stage.push("Start");
    stage.push("Next");
    stage.expect("paused", 2);
    stage.wait_for(&format!("location.hash === '#{}'", ids[1])).expect("the address follows");
    stage.evaluate(&format!("location.hash = '{}'", ids[7])).expect("set");
    stage.expect("paused", 8);
    stage.go_back().expect("back");
    stage.expect("paused", 2);
}

#[test]
fn a_page_around_it_can_lead_it() {
    for slug in site::REAL {
        let inner = Server::of_folder(Site::own().root());
        let address = inner.url(&format!("/{slug}/?view=player"));
        let outer = Server::of_page(&format!(
            "<!doctype html><title>O</title><iframe id=frame width=900 height=700 src='{address}'></iframe><script>
            globalThis.heard = [];
            addEventListener('message', event => heard.push(event.data));
            globalThis.say = (command, step) => frame.contentWindow.postMessage({{ target: 'guidemark', command, step }}, '*');
            </script>"
        ));
        let mut open = Look::still().blank();
        open.allow(&inner.url("/"));
        open.go(&outer.url("/"));
        let at = |status: &str, step: usize| {
            format!(
                "heard.findLast(each => each.source === 'guidemark' && each.step)?.step === {step} &&
                '{status}' in {{ cover: 1, paused: 1, playing: 1, ended: 1 }}"
            )
        };
        open.wait_for("heard.some(each => each.type === 'load')").expect("it loads");
        open.wait_for("heard.some(each => each.type === 'resize' && each.height > 100)")
            .expect("it tells its height");
        let ids = ids(slug);
        for (index, id) in ids.iter().enumerate() {
            let to = if index % 2 == 0 { json!(index + 1) } else { json!(id) };
            open.evaluate(&format!("say('go', {to})")).expect("said");
            open.wait_for(&at("paused", index + 1)).expect("it goes there");
            let event = open.evaluate("heard.findLast(each => each.step)").expect("asked");
            assert_eq!((event["id"].as_str(), event["guide"].as_str()), (Some(id.as_str()), Some(slug)));
        }
        for (command, status, step) in [
            ("back", "paused", ids.len() - 1),
            ("restart", "paused", 1),
            ("next", "paused", 2),
            ("play", "playing", 2),
        ] {
            open.evaluate(&format!("say('{command}')")).expect("said");
            let state = format!(
                "(() => {{ const it = document.querySelector('guidemark-player');
                return it.getAttribute('state') === '{status}' && it.getAttribute('step') === '{step}' }})()"
            );
            open.wait_for_in(slug, &state).expect("it obeys");
        }
    }
}

#[test]
fn messages_from_elsewhere_are_ignored() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    stage
        .evaluate(
            "new Promise(done => {
                const frame = document.createElement('iframe');
                document.body.append(frame);
                addEventListener('message', () => done());
                // From the page itself, and from a frame in it: neither is the parent.
                postMessage({ target: 'guidemark', command: 'go', step: 3 }, '*');
                frame.contentWindow.parent.postMessage({ target: 'guidemark', command: 'next' }, '*');
            })",
        )
        .expect("said");
    stage.evaluate("new Promise(done => setTimeout(done))").expect("a turn later");
    stage.expect("cover", 1);
    assert_eq!(stage.events(), ["load 1"]);
}

#[test]
fn keys_are_told_at_the_first_one_until_another_is_used() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    let keys_shown = "String(!!document.querySelector('.gm-keys')?.checkVisibility())";
    stage.push("Start");
    stage.expect("paused", 1);
    assert_eq!(stage.text(keys_shown), "false", "whoever has a mouse is not bothered");
    stage.press("ArrowRight").expect("pressed");
    stage.expect("paused", 2);
    assert_eq!(stage.text(keys_shown), "true");
    let words = stage.text("document.querySelector('.gm-keys').innerText.replace(/\\s+/g, ' ')");
    assert_eq!(words, "\u{2192} Next \u{2190} Back P Play F Full screen");
    // It stays while the reader goes about with Tab.
    stage.press("Tab").expect("pressed");
    assert_eq!(stage.text(keys_shown), "true");
    stage.press("ArrowLeft").expect("pressed");
    stage.expect("paused", 1);
    assert_eq!(stage.text(keys_shown), "false");
}

#[test]
fn segments_tell_the_titles_of_their_steps() {
    let slug = site::REAL[0];
    let title = Site::own().stage(slug)["steps"][2]["title"].as_str().expect("a title").to_owned();
    let mut stage = Stage::own(slug, Look::still());
    // Where the pointer rests, and the edges of what can be clicked.
    for down in [1, 18, 34] {
        let tooltip = format!(
            "(() => {{
                const bar = document.querySelector('.gm-segs').getBoundingClientRect();
                const seg = document.querySelectorAll('.gm-segs > i')[2].getBoundingClientRect();
                return document.elementFromPoint(seg.x + seg.width / 2, bar.y + {down}).closest('[title]')?.title;
            }})()"
        );
        assert_eq!(stage.text(&tooltip), format!("3. {title}"), "{down} px below");
    }
}
