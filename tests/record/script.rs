//! `record --steps`, and what is kept when something ends.

use super::person::Person;
use super::recording::Recording;
use super::site::{Site, kitchen};
use std::process::Command;

const TOKEN: &str = "dstok_eyJhIjoiYWxleCIsInQiOjE3OTU4MDcyNTZ9xY";

fn shop(path: &str, _: u16) -> (&'static str, String) {
    let page = match path {
        "/done" => format!("<title>Your key</title><h1>Your key</h1><p id=key>{TOKEN}</p><div contenteditable aria-label='Access token'>amber <b>lantern</b></div><button>Copy</button><iframe src=/inner></iframe>"),
        "/inner" => format!("<p>{TOKEN}</p><p>ada@corp.example</p>"),
        _ => "<title>Shop</title><h1>Sign up</h1><form action=/done method=post><label>Name <input name=who></label>
              <label>Password <input type=password name=pw></label><label>Recovery <input name=recovery></label>
              <label>Plan <select name=plan><option>Free<option>Team</select></label>
              <h2>News</h2><label><input type=checkbox> Weekly</label><h2>Offers</h2><label><input type=checkbox> Weekly</label>
              <button>Sign up</button></form>"
            .to_owned(),
    };
    ("text/html", format!("<!doctype html><html lang=en><meta charset=utf-8>{page}"))
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

const STEPS: &str = r#"{"title": "How to sign up", "steps": [
    {"do": "type", "on": "field \"Name\"", "text": "Ada"},
    {"do": "type", "on": "field \"Password\"", "text": "$SHOP_PASSWORD"},
    {"do": "type", "on": "field \"Recovery\"", "text": "$SHOP_RECOVERY"},
    {"do": "select", "on": "list \"Plan\"", "option": "Team"},
    {"do": "click", "on": "checkbox \"Weekly\" under \"Offers\""},
    {"do": "click", "on": "button \"Sign up\"", "say": "Send the form."},
    {"do": "await", "text": "Your"},
    {"do": "click", "on": "button \"Copy\""}
]}"#;

#[test]
fn steps_are_done_and_recorded_and_nothing_secret_is_written() {
    let site = Site::serve(shop);
    let steps = file(STEPS);
    let args = ["--steps", steps.path().to_str().unwrap()];
    let variables = [("SHOP_PASSWORD", "sesam-4711"), ("SHOP_RECOVERY", "violet-horse")];
    let mut recording = Recording::start(&site.url("/?session=abc123secret"), &args, &variables);
    assert_eq!(recording.wait(), Some(0), "{:#?}", recording.lines);
    let steps = recording.steps();
    let sentences: Vec<&str> = steps.iter().map(|step| &*step.sentence).collect();
    assert_eq!(
        sentences[1..],
        [
            "Type Ada in Name.",
            "Fill in Password.",
            "Fill in Recovery.",
            "Choose Team in Plan.",
            "Select Weekly.",
            "Send the form.",
            "Click Copy."
        ]
    );
    let said: Vec<&str> = steps.iter().flat_map(|step| step.said.iter().map(|said| &**said)).collect();
    let says = |part: &str| said.iter().any(|said| said.contains(part));
    assert!(says("\"••••\" value=$SHOP_RECOVERY on field \"Recovery\""), "{said:#?}");
    assert!(says("on checkbox \"Weekly\" under \"Offers\""), "{said:#?}");
    assert!(says("\"Team\" on list \"Plan\""), "{said:#?}");
    assert!(says("@redact"), "{said:#?}");
    // What is typed from a variable is covered on every picture that shows its field.
    let after = steps.iter().filter(|step| step.said.iter().any(|said| said.starts_with("@redact"))).count();
    assert!(after >= 3, "{}", recording.markdown());
    for file in recording.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for secret in ["sesam-4711", "violet-horse", "amber", "lantern", TOKEN, "abc123secret"] {
            assert!(!text.contains(secret), "{} holds {secret}: {text}", file.display());
        }
    }
    // Those of the page, of a field in it that is no form's, and of the frame in it.
    let last = steps.last().unwrap();
    assert!(last.said.iter().filter(|said| said.starts_with("@redact")).count() >= 3, "{last:?}");
    let lock = std::fs::read_to_string(recording.folder().join("capture.json")).unwrap();
    assert!(lock.contains("\"font\":[13.3333,\""), "the letters of fields: {lock}");
    assert!(lock.contains("\"proposals\":[[\"email\","), "{lock}");
    assert!(recording.lines.iter().any(|line| line.contains("e-mail addresses")), "{:#?}", recording.lines);
    // Nobody has decided yet whether readers may see the address.
    assert!(recording.markdown().contains("\ndraft: true\n"), "{}", recording.markdown());
    let built = recording.build();
    assert!(built.starts_with("exit status: 0"), "{built}");
}

#[test]
fn an_element_that_is_not_there_is_told_with_what_is() {
    let site = Site::serve(shop);
    let steps = file(
        r#"{"steps": [{"do": "type", "on": "field \"Name\"", "text": "Ada"}, {"do": "click", "on": "button \"Sign-up\""}]}"#,
    );
    let mut recording = Recording::start(&site.url("/"), &["--steps", steps.path().to_str().unwrap()], &[]);
    assert_eq!(recording.wait(), Some(2));
    let said = recording.lines.join("\n");
    assert!(said.contains("error: entry 2 of the file: `button \"Sign-up\"` is not on the page"), "{said}");
    assert!(said.contains("help: did you mean `button \"Sign up\"`?"), "{said}");
    // What was done until then is kept, and published by nobody's will.
    assert!(said.contains("; what was recorded until then is a draft in `"), "{said}");
    assert!(recording.markdown().contains("\ndraft: true\n"), "{}", recording.markdown());
    assert!(recording.steps().iter().any(|step| step.sentence == "Type Ada in Name."));
}

#[test]
fn what_was_recorded_is_kept_when_the_program_is_killed() {
    let site = kitchen();
    let mut recording = Recording::start(&site.url("/"), &[], &[]);
    let address = recording.address();
    let mut person = Person::at(&address, &site.url("/"));
    person.rest(600);
    person.click("cl");
    recording.line("Click Create token.");
    person.rest(900);
    person.click("md");
    recording.line("Click Press me.");
    recording.kill();
    let steps = recording.steps();
    assert!(steps.iter().any(|step| step.sentence == "Click Create token."), "{}", recording.markdown());
    assert!(steps.iter().all(|step| step.picture.as_ref().is_none_or(|picture| picture.is_file())));
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.md"), "mine").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_guidemark"))
        .args(["record", "http://127.0.0.1:9/", "--headless", "-o"])
        .arg(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("holds something already"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("index.md")).unwrap(), "mine");
}

#[test]
fn without_a_browser_it_is_said_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_guidemark"))
        .args(["record", "http://127.0.0.1:9/", "--headless", "-o"])
        .arg(folder.path().join("guide"))
        .env("GUIDEMARK_CHROMIUM", folder.path().join("none"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("no Chromium found") && said.contains("help: install one"), "{said}");
}

#[test]
fn the_schema_of_steps_is_json() {
    let run = Command::new(env!("CARGO_BIN_EXE_guidemark")).args(["schema", "steps"]).output().unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(schema.to_string().contains("double-click"));
}

/// A recording of Chrome's DevTools is done again: clicks that only bring the focus are no steps, and a password that stands
/// in the file is in nothing that is written.
#[test]
fn a_recording_of_devtools_is_done_again() {
    let site = Site::serve(shop);
    let recorded = r##"{"title": "How to sign up", "steps": [
        {"type": "setViewport", "width": 900, "height": 700},
        {"type": "navigate", "url": "URL"},
        {"type": "click", "selectors": [["aria/Name"], ["input[name=who]"]]},
        {"type": "change", "value": "Ada", "selectors": [["aria/Name"], ["input[name=who]"]]},
        {"type": "change", "value": "correct horse", "selectors": [["input[name=pw]"]]},
        {"type": "change", "value": "Team", "selectors": [["form > div > select"], ["aria/Plan"]]},
        {"type": "waitForElement", "selectors": [["button"]]},
        {"type": "click", "selectors": [["aria/Sign up"], ["form > button"]]},
        {"type": "click", "selectors": [["text/Copy"]]}
    ]}"##;
    let folder = tempfile::tempdir().unwrap();
    let (file, guide) = (folder.path().join("recorder.json"), folder.path().join("guide"));
    std::fs::write(&file, recorded.replace("URL", &site.url("/"))).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidemark"));
    command.arg("import").arg(&file).arg("-o").arg(&guide).args(["--scale", "1"]);
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    assert!(said.contains("note: left out step 7 of the recording, `waitForElement`"), "{said}");
    let text = std::fs::read_to_string(guide.join("index.md")).unwrap();
    for part in [
        "title: How to sign up\n",
        "Type `Ada` in **Name**.",
        "\"••••\" value=$PASSWORD on field \"Password\"",
        "\"Team\" on list \"Plan\"",
        "Click **Sign up**.",
        "Click **Copy**.",
        "@redact",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("input[name") && !text.contains("correct horse"), "{text}");
    let lock = std::fs::read_to_string(guide.join("capture.json")).unwrap();
    assert!(!lock.contains("correct horse"), "{lock}");
}
