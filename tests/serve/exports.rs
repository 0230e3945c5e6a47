//! Guides exported from the browser.

use super::support::{Editor, PATIENCE, Project, Served, clean};
use guidemark::browser::LaunchOptions;
use guidemark::serve::ServeOptions;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Instant;

fn drawing() -> ServeOptions {
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    let browser = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref());
    ServeOptions { browser: Some(browser.unwrap()), ..ServeOptions::default() }
}

/// Begins an export and waits for its end.
fn exported(served: &Served, editor: &Editor<'_>, form: &str) -> (String, Value) {
    let begun = editor.post("export", &json!({ "form": form }));
    assert_eq!(begun.status, 200, "{}", begun.body);
    let begun: Value = serde_json::from_str(&begun.body).unwrap();
    let id = begun["id"].as_str().unwrap().to_owned();
    let request = format!(
        "GET {} HTTP/1.1\r\n{}Connection: close\r\n\r\n",
        editor.path(&format!("export/{id}")),
        editor.headers()
    );
    let until = Instant::now() + PATIENCE;
    loop {
        let export: Value = serde_json::from_str(&served.ask(&request).body).unwrap();
        if export["state"] != "working" {
            return (id, export);
        }
        assert!(Instant::now() < until, "{export}");
        std::thread::yield_now();
    }
}

#[test]
fn an_author_exports_a_guide_in_the_editor_and_from_the_list() {
    let project = Project::new();
    let served = project.serve_with(&drawing());
    for (path, button) in [
        ("/.guidemark/edit/invite/", "guidemark-editor [aria-label=Export]"),
        ("/.guidemark/guides/", "[aria-label=\"Export Invite a colleague\"]"),
    ] {
        let mut page = served.open(path);
        page.wait_for(&format!("document.querySelector('{button}')")).unwrap();
        page.evaluate(&format!("document.querySelector('{button}').click()")).unwrap();
        page.wait_for("document.querySelector('dialog.export-guide[open] h2').textContent === 'Export “Invite a colleague”'")
            .unwrap();
        page.evaluate("document.querySelector('dialog.export-guide [type=submit]').click()").unwrap();
        // The link has the focus when it is there, and what is going on was told.
        page.wait_for("document.activeElement.textContent.startsWith('Save invite.pdf (')").unwrap();
        assert_eq!(page.evaluate("document.querySelector('.export-status').textContent").unwrap(), "Done");
        let start = "fetch(document.activeElement.href).then((answer) => answer.text()).then((text) => text.slice(0, 5))";
        assert_eq!(page.evaluate(start).unwrap(), "%PDF-");
        clean(&mut page);
    }
}

#[test]
fn several_files_come_packed_and_a_form_without_a_browser_needs_none() {
    let project = Project::new();
    let served = project.serve_with(&drawing());
    let editor = served.editor("invite");
    let (id, export) = exported(&served, &editor, "md");
    assert_eq!((&export["state"], &export["name"]), (&json!("ready"), &json!("invite.zip")), "{export}");
    let file = served.get(&editor.path(&format!("export/{id}/file")));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename*=UTF-8''invite.zip"));
    assert!(file.body.starts_with("PK") && file.body.contains("invite/images/step-01.png"));
    // A server that knows no browser.
    let served = project.serve();
    let editor = served.editor("invite");
    assert_eq!(exported(&served, &editor, "scorm").1["state"], "ready");
    let export = exported(&served, &editor, "pdf").1;
    assert_eq!(export["state"], "failed");
    assert!(export["message"].as_str().unwrap().contains("install Chromium or Chrome"), "{export}");
    project.write("guides/invite.md", "---\ntitle: Wrong\n---\n\n1. Do it.\n\n   ![A](missing.png)\n");
    let export = exported(&served, &editor, "scorm").1;
    assert_eq!(export["message"], "the guide has errors: fix them first");
}

#[test]
fn nobody_else_exports_or_fetches_what_was_exported() {
    let project = Project::new();
    project.write("guides/other.md", "---\ntitle: Other\n---\n\n1. Do it.\n");
    let served = project.serve();
    let editor = served.editor("invite");
    let body = json!({ "form": "scorm" }).to_string();
    let address = served.address();
    let cookie = &served.cookie;
    for headers in [
        // Another user of the machine, another site's page, and a page without the secret.
        format!("Host: {address}\r\nX-Guidemark-Secret: {}\r\nOrigin: http://{address}\r\n", editor.secret),
        format!(
            "Host: {address}\r\nCookie: {cookie}\r\nX-Guidemark-Secret: {}\r\nOrigin: http://evil.test\r\n",
            editor.secret
        ),
        format!("Host: {address}\r\nCookie: {cookie}\r\nOrigin: http://{address}\r\n"),
    ] {
        assert_eq!(editor.post_with("export", &headers, body.as_bytes()).status, 403, "{headers}");
    }
    assert_eq!(editor.post("export", &json!({ "form": "exe" })).status, 422);
    assert_eq!(served.editor("invite").post("export", &json!({ "form": "pdf", "path": "/etc" })).status, 400);
    let (id, _) = exported(&served, &editor, "scorm");
    let path = editor.path(&format!("export/{id}/file"));
    assert_eq!(served.get(&path).status, 200);
    assert_eq!(served.get_as(&path, "").status, 403, "without the author's cookie");
    assert_eq!(served.get(&path.replace("invite", "other")).status, 404);
    assert_eq!(served.get(&editor.path(&format!("export/{}/file", "0".repeat(64)))).status, 404);
    assert_eq!(served.get(&editor.path(&format!("export/{id}"))).status, 403, "without the secret");
}
