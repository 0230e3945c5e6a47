//! Thirty kinds of gesture: each does what it does without a recorder, is the step that it should be, and is shown by what the
//! page looked like before.

use super::person::Person;
use super::recording::{self, Recording, pixel};
use super::site;
use serde_json::Value;

struct Gesture {
    name: &'static str,
    act: fn(&mut Person),
    /// What each step begins with, and a part of its annotation.
    steps: &'static [(&'static str, &'static str)],
}

const fn gesture(
    name: &'static str,
    act: fn(&mut Person),
    steps: &'static [(&'static str, &'static str)],
) -> Gesture {
    Gesture { name, act, steps }
}

const GESTURES: &[Gesture] = &[
    gesture("mousedown button", |p| p.click("md"), &[("Click Press me.", "@click")]),
    gesture("click button", |p| p.click("cl"), &[("Click Create token.", "on button \"Create token\"")]),
    gesture(
        "double click",
        |p| p.click_with("dbl", "left", 2, 0),
        &[("Double-click Rename.", "@double-click")],
    ),
    gesture(
        "right click",
        |p| p.click_with("ctx", "right", 1, 0),
        &[("Right-click Row actions.", "@right-click")],
    ),
    gesture("middle click", |p| p.click_with("aux", "middle", 1, 0), &[("Click Middle.", "@click")]),
    gesture(
        "stopped on the window",
        |p| p.click("document.getElementById('stop')"),
        &[("Click Stopper.", "@click")],
    ),
    gesture("alert", |p| p.click("al"), &[("Click Alert, and confirm the message.", "@click")]),
    gesture("confirm", |p| p.click("cf"), &[("Click Delete, and confirm the message.", "@click")]),
    gesture(
        "hover menu",
        |p| {
            let at = p.middle("hmt");
            p.go(at);
            p.rest(450);
            p.click("hmi");
        },
        &[("Point at Products.", "@hover"), ("Click Pricing.", "@click")],
    ),
    gesture(
        "menu closed by a press outside",
        |p| {
            p.click("ddb");
            p.rest(400);
            p.click("ddi");
        },
        &[("Click Options.", "@click"), ("Click Archive.", "@click")],
    ),
    gesture(
        "pointer capture",
        |p| {
            let (x, y) = p.middle("sl");
            p.drag((x, y), (x + 20.0, y));
        },
        &[("Drag slide to the marked place.", "@drag")],
    ),
    gesture(
        "drag and drop",
        |p| {
            let (from, to) = (p.middle("dr"), p.middle("drop"));
            // A browser takes its time for things that are dragged: a person waits until they hang on the pointer.
            p.value("drop.addEventListener('dragover', () => { globalThis.isOver = true; }, { once: true })");
            p.carry(from, to, "log.includes('dragstart')", "globalThis.isOver === true");
            p.until("log.includes('drop')");
        },
        &[("Drag card to drop.", "@drag")],
    ),
    gesture(
        "range",
        |p| {
            let (x, y) = p.middle("rg");
            let at = (x - 45.0, y);
            p.drag(at, (at.0 + 50.0, y));
        },
        &[("Drag Volume to the marked place.", "on slider \"Volume\" to")],
    ),
    gesture(
        "text selection",
        |p| {
            let place =
                p.value("(() => { const b = par.getBoundingClientRect(); return [b.x + 2, b.y + 8]; })()");
            let at = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
            p.drag(at, (at.0 + 160.0, at.1));
        },
        &[("Drag", "@drag")],
    ),
    gesture(
        "shadow tree",
        |p| p.click("document.querySelector('x-card').shadowRoot.querySelector('button')"),
        &[("Click Shadow save.", "on button \"Shadow save\"")],
    ),
    gesture("canvas", |p| p.click("cv"), &[("Click the marked place.", "@click")]),
    gesture(
        "frame of the same site",
        |p| {
            let place =
                p.value("(() => { const b = same.getBoundingClientRect(); return [b.x + 50, b.y + 22]; })()");
            p.click_at((place[0].as_f64().unwrap(), place[1].as_f64().unwrap()), "left", 1, 0);
        },
        &[("Click Send invite.", "on button \"Send invite\" frame=\"127.0.0.1")],
    ),
    gesture(
        "frame of another site",
        |p| {
            let place = p
                .value("(() => { const b = cross.getBoundingClientRect(); return [b.x + 50, b.y + 22]; })()");
            p.click_at((place[0].as_f64().unwrap(), place[1].as_f64().unwrap()), "left", 1, 0);
        },
        &[("Click Send invite.", "on button \"Send invite\" frame=\"localhost")],
    ),
    gesture("check box", |p| p.click("ck"), &[("Select Send news.", "on checkbox \"Send news\"")]),
    gesture(
        "field",
        |p| {
            p.click("nm");
            p.type_text("Ada");
            p.key("Tab", "Tab", 9, 0, None);
        },
        &[("Type Ada in Name.", "\"Ada\" on field \"Name\"")],
    ),
    gesture(
        "password",
        |p| {
            p.click("pw");
            p.type_text("sesam");
            p.key("Tab", "Tab", 9, 0, None);
        },
        &[("Fill in Password.", "\"••••\" value=$PASSWORD on field \"Password\"")],
    ),
    gesture(
        "editable text",
        |p| {
            p.click("ce");
            p.type_text("hey");
            p.key("Tab", "Tab", 9, 0, None);
        },
        &[("Type hey in Comment.", "\"hey\" on field \"Comment\"")],
    ),
    gesture(
        "Enter on a button",
        |p| {
            p.value("cl.focus()");
            p.rest(200);
            p.key("Enter", "Enter", 13, 0, Some("\r"));
        },
        &[("Press Enter.", "@press \"Enter\"")],
    ),
    gesture(
        "Space on a button",
        |p| {
            p.value("cl.focus()");
            p.rest(200);
            p.key(" ", "Space", 32, 0, Some(" "));
        },
        &[("Press Space.", "@press \"Space\"")],
    ),
    gesture("shortcut", |p| p.key("s", "KeyS", 83, 2, None), &[("Press Ctrl+S.", "@press \"Ctrl+S\"")]),
    gesture(
        "touch",
        |p| {
            let at = p.middle("cl");
            p.tap(at);
        },
        &[("Click Create token.", "@click")],
    ),
    gesture(
        "wheel",
        |p| {
            p.go((640.0, 700.0));
            for _ in 0..5 {
                let params = serde_json::json!({ "type": "mouseWheel", "x": 640, "y": 700, "deltaX": 0, "deltaY": 300 });
                p.call("Input.dispatchMouseEvent", params);
                p.rest(100);
            }
            p.until("far.getBoundingClientRect().bottom < innerHeight");
            p.rest(400);
            p.click("far");
            p.rest(200);
            p.value("scrollTo(0, 0)");
            p.rest(400);
        },
        &[("Scroll to Far button.", "@scroll down"), ("Click Far button.", "@click")],
    ),
    gesture(
        "new tab",
        |p| {
            p.click("blank");
            p.close_others();
        },
        &[("Scroll to Open report.", "@scroll up"), ("Click Open report.", "on link \"Open report\"")],
    ),
    gesture(
        "click with Ctrl",
        |p| {
            p.click_with("ctl", "left", 1, 2);
            p.close_others();
        },
        &[("Open Docs in a new tab.", "on link \"Docs\"")],
    ),
    gesture("download", |p| p.click("dl"), &[("Click Download.", "on link \"Download\"")]),
];

/// What each gesture did to the page, and the colour of its corner before.
fn work(person: &mut Person) -> Vec<(Value, Value)> {
    person.until("typeof log === 'object' && document.querySelector('x-card').shadowRoot !== null");
    person.rest(600);
    let before = std::env::var("GUIDEMARK_REST").ok().and_then(|ms| ms.parse().ok()).unwrap_or(350);
    let mut seen = Vec::new();
    for gesture in GESTURES {
        person.value("(() => { log.length = 0; getSelection().removeAllRanges(); })()");
        person.rest(before);
        let corner = person.value("getComputedStyle(st).backgroundColor");
        (gesture.act)(person);
        person.rest(500);
        seen.push((person.value("JSON.stringify(log)"), corner));
    }
    seen
}

/// `GUIDEMARK_REST` says how long somebody rests before each gesture, in milliseconds; `GUIDEMARK_WINDOW` lets all of it happen in
/// windows on a screen.
#[test]
fn thirty_gestures_do_what_they_do_and_are_recorded() {
    assert_eq!(GESTURES.len(), 30);
    let site = site::kitchen();
    let url = site.url("/");
    let alone = {
        let browser = recording::browser();
        work(&mut Person::alone(&browser, &url))
    };
    let window = std::env::var_os("GUIDEMARK_WINDOW").map(|_| recording::browser());
    let (mut recording, address) = match &window {
        Some(browser) => (Recording::start_in(browser, &url), browser.address().to_owned()),
        None => {
            let mut recording = Recording::start(&url, &[], &[]);
            let address = recording.address();
            (recording, address)
        }
    };
    let at = if window.is_some() { Person::before_a_window } else { Person::at };
    let recorded = work(&mut at(&address, &url));
    assert_eq!(recording.interrupt(), Some(0), "{:#?}", recording.lines);

    let mut wrong = Vec::new();
    for ((gesture, alone), recorded) in GESTURES.iter().zip(&alone).zip(&recorded) {
        if alone.0 != recorded.0 {
            wrong.push(format!("{}: the page saw {} instead of {}", gesture.name, recorded.0, alone.0));
        }
    }
    let steps = recording.steps();
    let mut at = 1;
    for (gesture, (_, before)) in GESTURES.iter().zip(&recorded) {
        for (number, (sentence, said)) in gesture.steps.iter().enumerate() {
            let Some(step) = steps.get(at) else { continue };
            at += 1;
            let has_line = step.said.iter().any(|line| line.contains(said));
            if !step.sentence.starts_with(sentence) || !has_line {
                wrong.push(format!("{}: `{}` {:?}", gesture.name, step.sentence, step.said));
            }
            let corner = step.picture.as_ref().map(|picture| pixel(picture, 5, 5));
            // Of a gesture of two steps, the first alone begins at what it began with; one that is scrolled shows no corner.
            if number == 0 && corner.as_deref() != before.as_str() {
                wrong.push(format!("{}: the picture shows {corner:?} instead of {before}", gesture.name));
            }
        }
    }
    assert!(wrong.is_empty() && at + 1 >= steps.len(), "{}\n{}", wrong.join("\n"), recording.markdown());

    for file in recording.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains("sesam"), "{} holds the password", file.display());
    }
    let built = recording.build();
    assert!(built.starts_with("exit status: 0"), "{built}");
}
