//! Recordings that are asked for in the editor: a person works in the recorder's browser, and the guide is there.

use super::editor::axe;
use super::support::{Project, Served, clean};
use guidemark::browser::Viewport;
use guidemark::serve::{Screen, ServeOptions};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[path = "../record/person.rs"]
#[allow(dead_code)]
mod person;
#[path = "../record/site.rs"]
#[allow(dead_code)]
mod site;

use person::Person;
use site::Site;

/// A shop of two pages: names are added to a list, and opened.
fn shop() -> Site {
    Site::serve(|path, _| match path {
        "/plans" => ("text/html", PLANS.to_owned()),
        _ => ("text/html", FRONT.to_owned()),
    })
}

const FRONT: &str = "<!doctype html><title>Shop</title><h1>Shop</h1><a href=/plans>Plans</a> <button onclick=\"document.body.append('Opened')\">Open the menu</button>";
const PLANS: &str = "<!doctype html><title>Plans</title><h1>Plans</h1><button id=team onclick=\"document.body.append('You are on Team')\">Choose Team</button> <p>Mail maria@example.com</p>";

fn serve(project: &Project, screen: Screen) -> Served {
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    let found =
        guidemark::browser::LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref());
    let lookup: fn(&str) -> Option<String> = |_| None;
    let options =
        ServeOptions { browser: found.ok(), screen, lookup: Some(lookup), ..ServeOptions::default() };
    project.serve_with(&options)
}

/// The state of a recording, once it is in a phase.
fn state_in(served: &Served, secret: &str, phase: &str) -> Value {
    let until = Instant::now() + super::support::PATIENCE;
    loop {
        let state: Value = serde_json::from_str(&ask(served, secret, "now", None).1).unwrap();
        if state["phase"] == phase {
            return state;
        }
        assert!(Instant::now() < until && state["phase"] != "failed", "never {phase}: {state}");
        std::thread::yield_now();
    }
}

fn ask(served: &Served, secret: &str, call: &str, body: Option<&Value>) -> (u16, String) {
    let address = served.address();
    let own = format!(
        "Host: {address}\r\nCookie: {}\r\nOrigin: http://{address}\r\nX-Guidemark-Secret: {secret}\r\nConnection: close\r\n",
        served.cookie
    );
    let request = match body {
        Some(body) => {
            let body = body.to_string();
            format!(
                "POST /.guidemark/record/{call} HTTP/1.1\r\n{own}Content-Length: {}\r\n\r\n{body}",
                body.len()
            )
        }
        None => format!("GET /.guidemark/record/{call} HTTP/1.1\r\n{own}\r\n"),
    };
    let answer = served.ask(request);
    (answer.status, answer.body)
}

/// A guide that is recorded from the library, more steps in its editor, and an anchor that is picked: all in the windows that
/// an author has.
#[test]
fn a_guide_is_recorded_in_the_editors_places() {
    let site = shop();
    let project = Project::empty();
    project.write("guidemark.toml", "title = \"Shelf\"\n");
    let served = serve(&project, Screen::Hidden);
    let mut page = served.open("/.guidemark/guides/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    let secret = page.evaluate("document.querySelector('meta[name=guidemark-secret]').content").unwrap();
    let secret = secret.as_str().unwrap().to_owned();

    page.wait_for("document.querySelector('[data-focus=record]') !== null").unwrap();
    page.click("[data-focus=record]").unwrap();
    page.evaluate(&format!(
        "document.querySelector('#record-title').value = 'Choose a plan'; document.querySelector('#record-url').value = {}",
        json!(site.url("/"))
    ))
    .unwrap();
    page.click("dialog.record .primary").unwrap();
    let recording = state_in(&served, &secret, "recording");
    let mut person = Person::at(recording["browser"].as_str().unwrap(), &site.url("/"));
    person.click("document.querySelector('button')");
    // Each step comes as it is done.
    page.wait_for("document.querySelector('.record-steps')?.textContent.includes('Open the menu')").unwrap();
    page.click(".record-progress footer .primary:not([hidden])").unwrap();
    page.wait_for("location.pathname.includes('/edit/choose-a-plan/') && document.querySelector('.step-list .step') !== null").unwrap();
    let file = project.path("guides/choose-a-plan/index.md");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("draft: true") && text.contains("on button \"Open the menu\""), "{text}");

    // Steps in the middle, after those before were done.
    let choose = "document.querySelectorAll('.step-list .step')[1].click()";
    let chosen = "document.querySelectorAll('.step-list .step')[1].getAttribute('aria-current') === 'step' && document.querySelector('.shot img')?.naturalWidth > 0";
    page.evaluate(choose).unwrap();
    page.wait_for(chosen).unwrap();
    page.click("[data-focus=record]").unwrap();
    page.click("dialog.record .primary").unwrap();
    let recording = state_in(&served, &secret, "recording");
    let mut person = Person::at(recording["browser"].as_str().unwrap(), &site.url("/"));
    // What the step before does was done.
    person.until("document.body.textContent.includes('Opened')");
    person.click("document.querySelector('a')");
    person.until("document.title === 'Plans' && document.readyState === 'complete'");
    person.click("document.querySelector('#team')");
    page.wait_for("document.querySelector('.record-steps')?.textContent.includes('Choose Team')").unwrap();
    page.click(".record-progress footer .primary:not([hidden])").unwrap();
    page.wait_for("document.querySelectorAll('.step-list .step').length === 6").unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"));
    assert!(
        place("Open the menu") < place("link \"Plans\"") && place("link \"Plans\"") < place("Choose Team")
    );
    // What stands beside the guide is written after it.
    let until = Instant::now() + Duration::from_secs(20);
    let beside = || fs::read_to_string(project.path("guides/choose-a-plan/capture.json")).unwrap();
    let is_whole =
        |lock: &str| lock.contains("button \\\"Choose Team\\\"") && lock.contains("shots/plans@2x.png");
    while !is_whole(&beside()) {
        assert!(Instant::now() < until, "{}", beside());
    }
    // What they were recorded into goes once they are in the guide.
    let until = Instant::now() + Duration::from_secs(20);
    while project.path(".guidemark/recordings").read_dir().unwrap().any(|_| true) {
        assert!(Instant::now() < until, "the recording is left behind");
        std::thread::yield_now();
    }

    // It is one change.
    page.wait_for("document.querySelector('.toast button')?.textContent === 'Undo'").unwrap();
    page.evaluate("document.querySelector('.toast button').click()").unwrap();
    page.wait_for("document.querySelectorAll('.step-list .step').length === 3").unwrap();

    // The element that an annotation stands on.
    page.evaluate(choose).unwrap();
    page.wait_for(chosen).unwrap();
    page.evaluate("document.querySelector('.annotation-list .row-main').click()").unwrap();
    page.wait_for("document.querySelector('[data-focus=\"pick on\"]') !== null").unwrap();
    page.evaluate("document.querySelector('[data-focus=\"pick on\"]').click()").unwrap();
    page.click("dialog.record .primary").unwrap();
    let picking = state_in(&served, &secret, "picking");
    let mut person = Person::at(picking["browser"].as_str().unwrap(), &site.url("/"));
    person.until("document.title === 'Shop'");
    // What shows the element is there: from now on nothing is done by a press.
    person.until("document.documentElement.lastElementChild.style.zIndex === '2147483647'");
    person.click("document.querySelector('a')");
    assert_eq!(state_in(&served, &secret, "done")["result"]["anchor"], "link \"Plans\"");
    page.wait_for("document.querySelector('.anchor-field input')?.value === 'link \"Plans\"'").unwrap();
    served.until("the anchor in the file", |_| {
        fs::read_to_string(&file).unwrap().contains("on link \"Plans\"")
    });
    clean(&mut page);
}

/// What the steps before can't do, the author does, and the recording begins there.
#[test]
fn a_recording_goes_on_where_the_author_brings_the_page() {
    let site = Site::serve(|path, _| match path {
        "/plans" => ("text/html", PLANS.to_owned()),
        _ => ("text/html", format!("{FRONT}<label>Name <input></label>")),
    });
    let project = Project::empty();
    let step = "1. Type your name.\n\n   ![Shop](shot.png)\n   <!-- @type 20,20 80x30 \"••••\" value=$SHOP_NAME on field \"Name\" -->\n";
    let front = format!("---\ntitle: Choose a plan\ncapture:\n  start: {}\n---\n\n", site.url("/"));
    project.write("guides/plan/index.md", format!("{front}{step}"));
    project.picture("guides/plan/shot.png", [200, 220, 240]);
    let served = serve(&project, Screen::Hidden);
    let mut page = served.open("/.guidemark/edit/plan/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    let secret = page.evaluate("document.querySelector('meta[name=guidemark-secret]').content").unwrap();
    let secret = secret.as_str().unwrap().to_owned();
    page.wait_for("document.querySelector('.step-list .step') !== null").unwrap();
    page.evaluate("document.querySelector('.step-list .step').click()").unwrap();
    page.wait_for("document.querySelector('[data-focus=record]') !== null").unwrap();
    page.click("[data-focus=record]").unwrap();
    page.click("dialog.record .primary").unwrap();
    let waiting = state_in(&served, &secret, "waiting");
    assert!(
        waiting["message"].as_str().unwrap().contains("`SHOP_NAME` of the environment is not set"),
        "{waiting}"
    );
    let go = "[...document.querySelectorAll('.record-progress footer button')].find((each) => each.textContent === 'Go on here' && !each.hidden)";
    page.wait_for(&format!("{go} !== undefined")).unwrap();
    let mut person = Person::at(waiting["browser"].as_str().unwrap(), &site.url("/"));
    // On the way there nothing is recorded.
    person.click("document.querySelector('a')");
    person.until("document.title === 'Plans' && document.readyState === 'complete'");
    page.evaluate(&format!("{go}.click()")).unwrap();
    state_in(&served, &secret, "recording");
    person.click("document.querySelector('#team')");
    page.wait_for("document.querySelector('.record-steps')?.textContent.includes('Choose Team')").unwrap();
    page.click(".record-progress footer .primary:not([hidden])").unwrap();
    served.until("the step in the file", |_| {
        let text = fs::read_to_string(project.path("guides/plan/index.md")).unwrap();
        text.contains("on button \"Choose Team\"") && !text.contains("link \"Plans\"")
    });
    clean(&mut page);
}

/// What a server that was killed left of a recording.
fn cut_off(project: &Project, name: &str, picture: &str) {
    let folder = format!(".guidemark/recordings/{name}");
    let step = |title: &str, picture: &str| {
        format!(
            "{title}.\n\n   ![The page]({picture})\n\n   <!-- @click 40,40 200x60 on button \"Save\" -->\n"
        )
    };
    let text = format!(
        "---\ntitle: Cut off\n---\n\n1. {}\n2. {}",
        step("Save it", picture),
        step("Save it again", "shots/b.png")
    );
    project.write(&format!("{folder}/index.md"), text);
    project.picture(&format!("{folder}/shots/a.png"), [10, 20, 30]);
    project.picture(&format!("{folder}/shots/b.png"), [40, 50, 60]);
    project.write(&format!("{folder}/capture.json"), "{\"version\": 1}");
}

#[test]
fn steps_of_a_recording_that_was_cut_off_can_still_come_in() {
    let project = Project::new();
    cut_off(&project, "first", "shots/a.png");
    cut_off(&project, "second", "shots/a.png");
    let served = serve(&project, Screen::Hidden);
    let mut page = served.open("/.guidemark/edit/invite/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    page.wait_for("document.querySelectorAll('.step-list .step').length === 4").unwrap();
    page.evaluate("document.querySelectorAll('.step-list .step')[1].click()").unwrap();
    page.wait_for("document.querySelectorAll('.step-list .step')[1].getAttribute('aria-current') === 'step'")
        .unwrap();
    page.click("[data-focus=record]").unwrap();
    page.wait_for("document.querySelectorAll('.unfinished section').length === 2").unwrap();
    let text = "document.querySelector('.unfinished section').textContent.includes('2 steps of it are in no guide.Save it.Save it again.Put them in here')";
    page.wait_for(text).unwrap();
    page.click(".unfinished section button").unwrap();
    page.wait_for("document.querySelectorAll('.step-list .step').length === 6").unwrap();
    let text = fs::read_to_string(project.path("guides/invite.md")).unwrap();
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"));
    assert!(place("Second thing") < place("Save it.") && place("Save it again") < place("Third thing"));
    assert!(text.contains("on button \"Save\""), "{text}");
    page.wait_for("!document.querySelector('dialog.record').open").unwrap();
    assert!(!project.path(".guidemark/recordings/first").exists(), "it is in the guide");
    clean(&mut page);
    // The other one is not wanted: one press is not enough.
    page.click("[data-focus=record]").unwrap();
    page.wait_for("document.querySelectorAll('.unfinished section').length === 1").unwrap();
    axe::no_barrier(&mut page, "a recording that was cut off");
    page.click(".unfinished section .ways button:last-child").unwrap();
    page.wait_for("document.querySelector('.unfinished .danger')?.textContent === 'Delete for good'")
        .unwrap();
    assert!(project.path(".guidemark/recordings/second/index.md").exists());
    page.click(".unfinished .danger").unwrap();
    page.wait_for("document.querySelector('.unfinished').hidden").unwrap();
    assert!(!project.path(".guidemark/recordings/second").exists());
}

/// A project of a stranger may bring such a folder.
#[test]
fn a_recording_of_a_stranger_reads_and_removes_nothing_else() {
    let project = Project::new();
    cut_off(&project, "climbs", "../../../guides/shot.png");
    #[cfg(unix)]
    {
        let link = |to: &str, from: &str| std::os::unix::fs::symlink(to, project.path(from)).unwrap();
        link("../../guides", ".guidemark/recordings/linked");
    }
    let served = serve(&project, Screen::Hidden);
    let secret = served.editor("invite").secret;
    let (_, listed) = ask(&served, &secret, "unfinished", None);
    assert!(listed.contains("\"climbs\"") && !listed.contains("linked"), "{listed}");
    let before = fs::read_to_string(project.path("guides/invite.md")).unwrap();
    let put = |id: &str| {
        let asked = json!({ "id": id, "slug": "invite", "after": 0 });
        ask(&served, &secret, "put-in", Some(&asked))
    };
    let (status, body) = put("climbs");
    assert!(status == 422 && body.contains("what was recorded can't be read"), "{status} {body}");
    for id in ["linked", "../../guides", "", ".", "nothing"] {
        assert_eq!(put(id).0, 422, "{id}");
        assert_eq!(ask(&served, &secret, "discard", Some(&json!({ "id": id }))).0, 422, "{id}");
    }
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), before);
    assert!(project.path("guides/shot.png").exists());
}

#[test]
fn only_the_authors_own_pages_record() {
    let project = Project::new();
    let served = serve(&project, Screen::Hidden);
    let secret = served.editor("invite").secret;
    let body = json!({ "what": "guide", "url": "http://127.0.0.1:1/" }).to_string();
    let address = served.address();
    let (cookie, origin) =
        (format!("Cookie: {}\r\n", served.cookie), format!("Origin: http://{address}\r\n"));
    let key = format!("X-Guidemark-Secret: {secret}\r\n");
    for (what, headers) in [
        ("no cookie", format!("{origin}{key}")),
        ("no origin", format!("{cookie}{key}")),
        ("no secret", format!("{cookie}{origin}")),
        ("another origin", format!("{cookie}{key}Origin: https://evil.example\r\n")),
    ] {
        for call in ["start", "stop", "go", "put-in", "discard"] {
            let answer = served.ask(format!(
                "POST /.guidemark/record/{call} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            ));
            assert_eq!(answer.status, 403, "{what}: {call}");
        }
    }
    let read = served.get_as("/.guidemark/record/now", &cookie);
    assert_eq!(read.status, 403, "the secret is asked for");
    assert_eq!(ask(&served, &secret, "now", None).1, "{\"phase\":\"none\"}");
}

#[test]
fn what_is_missing_is_told_in_plain_words() {
    let project = Project::new();
    let served = serve(&project, Screen::Missing);
    let secret = served.editor("invite").secret;
    let start = |asked: &Value| ask(&served, &secret, "start", Some(asked));
    let (status, body) = start(&json!({ "what": "guide", "url": "http://127.0.0.1:1/" }));
    assert_eq!(status, 422);
    assert!(body.contains("there is no screen to show a window on"), "{body}");
    let served = project.serve();
    let secret = served.editor("invite").secret;
    let (status, body) =
        ask(&served, &secret, "start", Some(&json!({ "what": "guide", "url": "http://127.0.0.1:1/" })));
    assert_eq!(status, 422);
    assert!(
        body.contains("there is no browser on this machine") && body.contains("GUIDEMARK_CHROMIUM"),
        "{body}"
    );
    // A guide that does not say where it begins.
    let served = serve(&project, Screen::Hidden);
    let secret = served.editor("invite").secret;
    let asked = json!({ "what": "steps", "slug": "invite", "after": 0, "replay": true });
    assert_eq!(ask(&served, &secret, "start", Some(&asked)).0, 200);
    let until = Instant::now() + super::support::PATIENCE;
    loop {
        let state: Value = serde_json::from_str(&ask(&served, &secret, "now", None).1).unwrap();
        if state["phase"] == "failed" {
            assert_eq!(state["message"], "the guide does not say where it starts");
            break;
        }
        assert!(Instant::now() < until, "{state}");
    }
}

/// A proposal is taken with one click, left with one, and none is passed over when the guide is published.
#[test]
fn what_may_be_private_is_decided_on_before_publishing() {
    let project = Project::new();
    project.write(
        "guides/invite.md",
        super::support::guide("Invite a colleague", "Third thing").replacen("---\n", "---\ndraft: true\n", 1),
    );
    let lock = r#"{"version": 1, "targets": {}, "pictures": {"shot.png": {"proposals": [["email", [100, 200, 180, 20]], ["random", [300, 300, 120, 20]]], "words": []}, "gone.png": {"proposals": [["email", [1, 1, 9, 9]]]}}}"#;
    project.write("guides/invite.capture.json", lock);
    let served = project.serve();
    let editor = served.editor("invite");
    assert_eq!(editor.guide()["proposals"].as_array().unwrap().len(), 2);
    // The list of all guides does not pass over them.
    let asked = json!({ "slug": "invite", "draft": false }).to_string();
    let answer = served.ask(format!(
        "POST /.guidemark/guides/publish HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{asked}",
        editor.headers(),
        asked.len()
    ));
    assert!(answer.status == 422 && answer.body.contains("2 places on its screenshots"), "{}", answer.body);

    let mut page = served.open("/.guidemark/edit/invite/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    page.wait_for("document.querySelectorAll('.shot .proposal').length === 2").unwrap();
    // One after another: what asks of one never covers another.
    page.wait_for("[...document.querySelectorAll('.proposal-tools')].map(each => each.checkVisibility() && each.textContent).join() === 'E-mail address? 1 of 2RedactLeave,false'").unwrap();
    page.click(".proposal .primary").unwrap();
    page.wait_for("document.querySelectorAll('.shot .proposal').length === 1 && document.activeElement.matches('.proposal .primary')").unwrap();
    served.until("the redaction in the file", |_| {
        fs::read_to_string(project.path("guides/invite.md")).unwrap().contains("@redact 98,198 184x24")
    });
    page.click("[data-focus=publish]").unwrap();
    page.wait_for("document.querySelector('dialog.before-publishing')?.open && document.querySelectorAll('.proposal-list li').length === 1").unwrap();
    clean(&mut page);
    axe::no_barrier(&mut page, "before publishing");
    page.click(".proposal-list li button:not(.primary)").unwrap();
    page.wait_for("document.querySelectorAll('.proposal-list li').length === 0").unwrap();
    let left = fs::read_to_string(project.path("guides/invite.capture.json")).unwrap();
    assert!(!left.contains("random") && left.contains("gone.png"), "{left}");
    page.click(".before-publishing footer .primary").unwrap();
    served.until("a guide that is no draft", |_| {
        !fs::read_to_string(project.path("guides/invite.md")).unwrap().contains("draft: true")
    });
    // axe puts styles into the page that its policy keeps out.
    assert!(page.seen().unwrap().errors.is_empty());
}
