//! What others may try at the calls that write.

use super::support::{Editor, Project, elsewhere};
use serde_json::{Value, json};
use std::fs;

fn undo_after_one_edit(editor: &Editor<'_>) -> Value {
    let shown = editor.guide();
    let edit = json!({ "op": "text", "step": 0, "run": 0, "markdown": "Begin here." });
    assert_eq!(editor.edit(&shown, &edit).status, 200);
    json!({})
}

/// A call with the right headers works; with any of them missing or wrong it does not, and changes nothing.
#[test]
fn whoever_lacks_the_secret_or_the_origin_changes_nothing() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let body = undo_after_one_edit(&editor).to_string();
    let before = fs::read(project.path("guides/invite.md")).unwrap();
    let address = served.address();
    let cookie = format!("Cookie: {}\r\n", served.cookie);
    let (host, origin) = (format!("Host: {address}\r\n{cookie}"), format!("Origin: http://{address}\r\n"));
    let secret = format!("X-Guidemark-Secret: {}\r\n", editor.secret);
    let port = address.rsplit(':').next().unwrap();
    for (what, headers) in [
        ("no secret", format!("{host}{origin}")),
        ("no origin", format!("{host}{secret}")),
        ("another secret", format!("{host}{origin}X-Guidemark-Secret: {}\r\n", "0".repeat(64))),
        ("half the secret", format!("{host}{origin}X-Guidemark-Secret: {}\r\n", &editor.secret[..32])),
        ("another origin", format!("{host}{secret}Origin: https://evil.example\r\n")),
        (
            "an origin that looks like ours",
            format!("{host}{secret}Origin: http://{address}.evil.example\r\n"),
        ),
        ("our origin by another scheme", format!("{host}{secret}Origin: https://{address}\r\n")),
        ("our origin at another port", format!("{host}{secret}Origin: http://127.0.0.1:1\r\n")),
        ("no origin to speak of", format!("{host}{secret}Origin: null\r\n")),
        (
            "a name made to lead here",
            format!("Host: evil.example:{port}\r\n{cookie}{secret}Origin: http://evil.example:{port}\r\n"),
        ),
        ("no cookie", format!("Host: {address}\r\n{origin}{secret}")),
        (
            "another cookie",
            format!("Host: {address}\r\nCookie: guidemark-{port}={}\r\n{origin}{secret}", "0".repeat(64)),
        ),
    ] {
        for call in ["undo", "redo", "fix", "edit", "preview", "upload"] {
            let answer = editor.post_with(call, &headers, body.as_bytes());
            assert_eq!(answer.status, 403, "{what}: {call}");
        }
        assert_eq!(fs::read(project.path("guides/invite.md")).unwrap(), before, "{what}");
    }
    assert_eq!(editor.post("undo", &json!({})).status, 200);
}

#[test]
fn a_guide_is_read_with_the_secret_alone() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let answer = served.get(&editor.path("guide"));
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains("Third thing"));
}

#[test]
fn the_editors_page_is_shown_in_no_frame_and_runs_nothing_of_others() {
    let project = Project::new();
    let served = project.serve();
    let policy = served.get("/.guidemark/edit/invite/").header("content-security-policy").unwrap().to_owned();
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for path in ["/.guidemark/edit/invite/", "/.guidemark/editor/main.js"] {
        let answer = served.get(path);
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}");
    }
}

#[test]
fn no_call_names_a_file() {
    let project = Project::new();
    project.write("secret.md", "# The secret\n\n1. One\n");
    project.write("guides/.hidden.md", "# The secret\n\n1. One\n");
    let served = project.serve();
    for slug in [
        "secret",
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "guides/invite.md",
        "invite%00",
        "",
        ".hidden",
        "%ff",
    ] {
        let answer = served.get(&format!("/.guidemark/edit/{slug}/"));
        assert_eq!(answer.status, 404, "{slug}");
        assert!(!answer.body.contains("The secret"), "{slug}");
    }
    for name in ["../edit/mod.rs", "..%2flive.js", "main.js/..", "", "nothing.css", "../../../Cargo.toml"] {
        let answer = served.get(&format!("/.guidemark/editor/{name}"));
        assert_eq!(answer.status, 404, "{name}");
    }
    for hash in ["", "..", "0", "shot.png", "../../guides/shot.png", &"0".repeat(64)] {
        let answer = served.get(&format!("/.guidemark/edit/invite/picture/{hash}"));
        assert_eq!(answer.status, 404, "{hash}");
    }
}

/// The editor writes paths into the guide; none of them makes the server read or write another file.
#[test]
fn a_path_in_an_edit_leads_to_no_file_outside() {
    let project = Project::new();
    let outside = project.path("").parent().unwrap().join("guidemark-outside.png");
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    let edit = json!({ "op": "screenshot", "step": 0, "scene": 0, "path": "../../guidemark-outside.png" });
    let answer = editor.edit(&shown, &edit);
    if answer.status == 200 {
        let guide: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(guide["outline"]["steps"][0]["scenes"][0]["picture"], Value::Null);
        assert_eq!(guide["problems"][0]["code"], "path-outside");
    }
    assert!(!outside.exists());
}

#[test]
fn only_pictures_are_saved_and_only_under_our_names() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let listing = || -> Vec<_> {
        let files = walkdir::WalkDir::new(project.path("")).into_iter().flatten();
        files
            .map(walkdir::DirEntry::into_path)
            .filter(|path| !path.starts_with(project.path(".cache")))
            .collect()
    };
    let before = listing();
    for (what, bytes) in [
        ("text", &b"#!/bin/sh\nrm -rf ~"[..]),
        ("nothing", b""),
        ("a page", b"<!doctype html><script>alert(1)</script>"),
        ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("half a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ] {
        let answer = editor.post_with("upload?name=../../evil.png", &editor.headers(), bytes);
        assert_eq!(answer.status, 415, "{what}: {}", answer.body);
    }
    assert_eq!(listing(), before);
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let answer = editor.post_with("upload?name=../../evil.png", &editor.headers(), bytes.get_ref());
    assert_eq!(answer.status, 200);
    let new: Vec<_> = listing().into_iter().filter(|path| !before.contains(path) && path.is_file()).collect();
    assert!(matches!(new.as_slice(), [one] if one.starts_with(project.path("guides"))), "{new:?}");
}

#[test]
fn a_folder_that_a_link_puts_elsewhere_gets_no_picture() {
    let project = Project::new();
    let elsewhere = tempfile::tempdir().unwrap();
    project.write("guides/text.md", "# Text only\n\n1. One.\n");
    std::os::unix::fs::symlink(elsewhere.path(), project.path("guides/shots")).unwrap();
    let served = project.serve();
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let editor = served.editor("text");
    let answer = editor.post_with("upload", &editor.headers(), bytes.get_ref());
    assert_eq!(answer.status, 500, "{}", answer.body);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn what_is_too_large_is_not_read() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let head = format!(
        "POST {} HTTP/1.1\r\n{}Content-Length: 99999999999\r\nConnection: close\r\n\r\n",
        editor.path("edit"),
        editor.headers()
    );
    assert_eq!(served.ask(head).status, 413);
    let large = vec![b' '; (8 << 20) + 1];
    assert_eq!(editor.post_with("edit", &editor.headers(), &large).status, 413);
}

/// A page of another origin in the author's browser can neither learn the secret nor make the browser send a call
/// that is obeyed.
#[test]
fn a_page_of_another_origin_edits_nothing() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    undo_after_one_edit(&editor);
    let before = fs::read(project.path("guides/invite.md")).unwrap();
    let mut page = elsewhere();
    let url = format!("{}.guidemark/edit/invite", served.url());
    let read = page
        .evaluate(&format!("fetch('{url}/').then(answer => answer.text()).catch(() => 'refused')"))
        .unwrap();
    assert_eq!(read, "refused");
    // Even if it knew the secret: the header asks for leave first, and the origin is told.
    let secret = &editor.secret;
    for options in [
        "{method: 'POST', mode: 'no-cors', body: '{}'}".to_owned(),
        format!("{{method: 'POST', headers: {{'X-Guidemark-Secret': '{secret}'}}, body: '{{}}'}}"),
        "{method: 'POST', mode: 'no-cors', headers: {'Content-Type': 'text/plain'}, body: '{}'}".to_owned(),
    ] {
        page.evaluate(&format!("fetch('{url}/undo', {options}).then(() => 'sent', () => 'refused')"))
            .unwrap();
    }
    page.evaluate(&format!(
        "new Promise(done => {{ const frame = document.createElement('iframe'); frame.name = 'evil'; document.body.append(frame); \
         const form = document.createElement('form'); form.method = 'post'; form.action = '{url}/undo'; form.target = 'evil'; \
         document.body.append(form); frame.onload = () => done(true); form.submit(); }})"
    ))
    .unwrap();
    assert_eq!(fs::read(project.path("guides/invite.md")).unwrap(), before);
    assert_eq!(editor.guide()["undo"], json!(1), "nothing was undone");
}
