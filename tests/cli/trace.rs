//! Traces of browser tests, imported. The pages are drawn by Chromium.

use super::Sandbox;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn lines(events: &[Value]) -> Vec<u8> {
    events.iter().map(|event| format!("{event}\n")).collect::<String>().into_bytes()
}

const FIELD: &str = "position:absolute;left:40px;top:60px;width:200px;height:30px;box-sizing:border-box";

/// A page with a field and a button at fixed places. `target` marks the field.
fn page(target: Option<&str>, value: &str) -> Value {
    let mut field = json!({ "style": FIELD, "aria-label": "Name", "__playwright_value_": value });
    if let Some(target) = target {
        field["__playwright_target__"] = target.into();
    }
    json!(["HTML", {}, ["HEAD", {}, ["TITLE", {}, "The form"], ["SCRIPT", {}, "document.title='ran'"]], ["BODY", {
        "onload": "document.title='ran'" }, ["INPUT", field], ["BUTTON", { "style": "position:absolute;left:300px;top:60px;\
        width:80px;height:30px", "onclick": "x()" }, "Save"], ["IMG", { "src": "/a.png", "onerror": "document.title='ran'" }],
        ["IFRAME", { "srcdoc": "<script>parent.document.title='ran'</script>" }]]])
}

fn snapshot(call: &str, phase: &str, name: Option<&str>, html: Value) -> Value {
    let mut snapshot = json!({ "callId": call, "pageId": "p", "frameId": "f", "frameUrl": "http://app.invalid/form?token=abc",
        "doctype": "html", "html": html, "viewport": { "width": 600, "height": 400 }, "timestamp": 1, "resourceOverrides": [],
        "isMainFrame": true });
    match name {
        Some(name) => snapshot["snapshotName"] = name.into(),
        None => snapshot["phase"] = phase.into(),
    }
    json!({ "type": "frame-snapshot", "snapshot": snapshot })
}

fn options(version: u64) -> Value {
    json!({ "version": version, "type": "context-options", "options": { "viewport": { "width": 600, "height": 400 } },
        "title": "tests/form.spec.ts:3 › How to save" })
}

#[test]
fn every_step_of_a_real_trace_is_there() {
    let sandbox = Sandbox::new();
    sandbox.write("trace.zip", include_bytes!("traces/datasette.zip"));
    let ran = sandbox.run(&["import", "trace.zip", "-o", "guide"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let guide = sandbox.read("guide/index.md");
    let sentences: Vec<&str> = guide
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|line| line.split_once(". "))
        .map(|(_, text)| text)
        .collect();
    let expected = [
        "Open **127.0.0.1:8101/-/login**.",
        "Type `alex` in **Username**.",
        "Fill in **Password**.",
        "Click **Log in**.",
        "Open **Menu**.",
        "Close **Menu**.",
        "Open **127.0.0.1:8101/-/create-token**.",
        "Choose **Expires after X days**.",
        "Type `30` in **days**.",
        "Open **Restrict actions that can be performed using this token**.",
        "Select **view-instance**.",
        "Select **view-database**.",
        "Select **view-table**.",
        "Scroll to **Create token**.",
        "Click **Create token**.",
        "Click **Copy to clipboard**.",
        "Open **Token details**.",
        "Done: you see **Create an API token**.",
    ];
    assert_eq!(sentences, expected);
    assert!(guide.contains("on checkbox \"view-table\" under \"All databases and tables\""), "{guide}");
    assert!(guide.contains("\"••••\" value=$PASSWORD on field \"Password\""), "{guide}");
    // The key that the page shows is covered on each picture of it, and stands in no text.
    assert_eq!(guide.matches("@redact 14,206 ").count(), 3, "{guide}");
    assert!(!guide.contains("dstok_") && !sandbox.read("guide/capture.json").contains("dstok_"));
    for (name, bytes) in sandbox.files("guide") {
        let found = bytes.windows(13).any(|part| part == b"correct horse");
        assert!(!found, "the password is in `{name}`");
    }
    assert_eq!(sandbox.run(&["build", "guide/index.md"]).status, Some(0));
}

#[test]
fn the_places_are_those_of_the_page_in_old_and_new_versions() {
    let old = [
        options(7),
        json!({ "type": "before", "callId": "c1", "apiName": "locator.fill", "class": "Frame", "method": "fill", "beforeSnapshot": "before@c1",
            "params": { "selector": "input", "value": "Ann \"-->\" <b>" } }),
        snapshot("c1", "", Some("before@c1"), page(None, "")),
        json!({ "type": "input", "callId": "c1", "inputSnapshot": "input@c1" }),
        snapshot("c1", "", Some("input@c1"), page(Some("c1"), "")),
        json!({ "type": "after", "callId": "c1", "afterSnapshot": "after@c1" }),
        snapshot("c1", "", Some("after@c1"), page(None, "Ann")),
    ];
    let new = [
        options(10),
        json!({ "type": "before", "callId": "c1", "class": "Frame", "method": "fill", "params": { "selector": "input", "value": "Ann \"-->\" <b>" } }),
        json!({ "type": "input", "callId": "c1", "box": { "x": 40, "y": 60, "width": 200, "height": 30 } }),
        snapshot("c1", "action", None, page(Some(""), "")),
        json!({ "type": "after", "callId": "c1" }),
        snapshot("c1", "after", None, page(None, "Ann")),
    ];
    for events in [&old[..], &new[..]] {
        let sandbox = Sandbox::new();
        sandbox.write("trace.zip", zip(&[("trace.trace", lines(events)), ("trace.network", Vec::new())]));
        let ran = sandbox.run(&["import", "trace.zip", "-o", "guide"]);
        assert_eq!((ran.status, ran.stderr.contains("note")), (Some(0), false), "{}", ran.stderr);
        let guide = sandbox.read("guide/index.md");
        assert!(guide.starts_with("---\ntitle: How to save\n"), "{guide}");
        assert!(guide.contains("1. Type `Ann \"-->\" <b>` in **Name**."), "{guide}");
        // No script ran, and what looks like a key is not in the address.
        assert!(
            guide.contains("![The form, Name]") && guide.contains("@url \"http://app.invalid/form?token=…\""),
            "{guide}"
        );
        assert!(guide.contains("@type 40,60 200x30 \"Ann \\\"→\\\" <b>\" on field \"Name\""), "{guide}");
        assert_eq!(sandbox.files("guide/shots").len(), 2);
    }
}

#[test]
fn what_can_t_be_read_is_said_and_the_rest_goes_on() {
    let deep = format!("{}\"x\"{}", "[\"P\",{},".repeat(3000), "]".repeat(3000));
    let mut trace = lines(&[options(10)]);
    trace.extend(
        format!(
            "{{\"type\":\"frame-snapshot\",\"snapshot\":{{\"frameId\":\"f\",\"html\":{deep}}}}}\nnonsense\n"
        )
        .bytes(),
    );
    let click =
        json!({ "type": "before", "callId": "c1", "class": "Frame", "method": "click", "params": {} });
    trace.extend(lines(&[click, snapshot("c1", "action", None, page(Some(""), ""))]));
    // A great many calls that a person can't do.
    for at in 0..100_000 {
        trace.extend(format!("{{\"type\":\"before\",\"callId\":\"e{at}\",\"class\":\"Frame\",\"method\":\"expect\",\"params\":{{}}}}\n").bytes());
    }
    let sandbox = Sandbox::new();
    sandbox.write("trace.zip", zip(&[("../../trace.trace", trace), ("/etc/passwd", b"x".to_vec())]));
    let ran = sandbox.run(&["import", "trace.zip", "-o", "guide"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("note: left out 2 lines of the trace that can't be read"), "{}", ran.stderr);
    assert!(sandbox.read("guide/index.md").contains("1. Click **Name**."));
    assert_eq!(sandbox.files(".").iter().filter(|(name, _)| !name.starts_with("guide/")).count(), 1);
}

#[test]
fn what_is_no_trace_is_refused() {
    let sandbox = Sandbox::new();
    let newer = lines(&[options(11)]);
    for (bytes, said) in [
        (b"PK nothing".to_vec(), "cannot read `trace.zip`"),
        (zip(&[("a.txt", b"x".to_vec())]), "the archive holds no trace"),
        (zip(&[("trace.trace", newer)]), "the trace is of version 11, and versions 6 to 10 are read"),
        (zip(&[("trace.trace", lines(&[options(9)]))]), "holds nothing that a person could do"),
    ] {
        sandbox.write("trace.zip", bytes);
        let ran = sandbox.run(&["import", "trace.zip", "-o", "guide"]);
        assert_eq!(ran.status, Some(2), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(!sandbox.has("guide"));
    }
}

/// A part of 0.6 MB that would take 600.
#[test]
fn a_bomb_is_not_unpacked() {
    let sandbox = Sandbox::new();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("trace.trace", SimpleFileOptions::default()).unwrap();
    let chunk = vec![b'\n'; 1 << 20];
    for _ in 0..600 {
        writer.write_all(&chunk).unwrap();
    }
    sandbox.write("trace.zip", writer.finish().unwrap().into_inner());
    let ran = sandbox.run(&["import", "trace.zip", "-o", "guide"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
}
