//! Guides changed through the server: what comes to stand in the author's file.

use super::support::{Editor, Project, Served, guide};
use serde_json::{Value, json};
use std::fs;

fn text(project: &Project) -> String {
    fs::read_to_string(project.path("guides/invite.md")).unwrap()
}

/// An annotation of a step.
fn first_annotation(guide: &Value, step: usize) -> &Value {
    &guide["outline"]["steps"][step]["scenes"][0]["annotations"][0]
}

fn body(answer: &super::support::Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn moved(guide: &Value, step: usize, x: i32) -> Value {
    json!({ "op": "set-region", "at": first_annotation(guide, step)["at"], "area": { "x": x, "y": 40, "w": 200, "h": 60 } })
}

#[test]
fn a_guide_is_told_as_it_is_written() {
    let project = Project::new();
    let served = project.serve();
    let guide = served.editor("invite").guide();
    assert_eq!(guide["path"], "guides/invite.md");
    assert_eq!(guide["outline"]["steps"].as_array().unwrap().len(), 4);
    assert_eq!(guide["outline"]["steps"][2]["runs"], json!(["Third thing."]));
    assert_eq!(first_annotation(&guide, 0)["region"], json!({ "x": 40.0, "y": 40.0, "w": 200.0, "h": 60.0 }));
    assert_eq!(guide["outline"]["pictures"][0]["width"], 640.0);
    assert_eq!((&guide["undo"], &guide["redo"]), (&json!(0), &json!(0)));
    assert!(guide["verbs"].as_array().unwrap().iter().any(|verb| verb["name"] == "redact"));
}

#[test]
fn a_moved_hotspot_changes_its_number_and_nothing_else() {
    let project = Project::new();
    let before = text(&project);
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    let after = body(&editor.edit(&shown, &moved(&shown, 1, 55)));
    let expected = {
        let (head, tail) = before.split_at(before.match_indices("@click 40,40").nth(1).unwrap().0);
        format!("{head}{}", tail.replacen("@click 40,40", "@click 55,40", 1))
    };
    assert_eq!(text(&project), expected);
    assert_eq!(
        (&after["undo"], first_annotation(&after, 1)["region"]["x"].as_f64()),
        (&json!(1), Some(55.0))
    );
    served.until("the page has it", |served| served.page("/invite/").contains("55"));
}

#[test]
fn undo_and_redo_give_back_the_same_bytes() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let mut texts = vec![text(&project)];
    for x in [50, 60, 70] {
        let shown = editor.guide();
        body(&editor.edit(&shown, &moved(&shown, 0, x)));
        texts.push(text(&project));
    }
    for before in texts.iter().rev().skip(1) {
        body(&editor.post("undo", &json!({})));
        assert_eq!(text(&project), *before);
    }
    assert_eq!(editor.post("undo", &json!({})).status, 422);
    for after in texts.iter().skip(1) {
        body(&editor.post("redo", &json!({})));
        assert_eq!(text(&project), *after);
    }
    assert_eq!(editor.post("redo", &json!({})).status, 422);
}

#[test]
fn an_edit_is_made_on_what_another_program_wrote_elsewhere() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    project.write("guides/invite.md", text(&project).replace("First thing", "The very first thing"));
    body(&editor.edit(&shown, &moved(&shown, 2, 77)));
    let now = text(&project);
    assert!(now.contains("The very first thing") && now.contains("@click 77,40"), "{now}");
    project.write("guides/invite.md", now.replace("Fourth", "Last"));
    body(&editor.post("undo", &json!({})));
    let now = text(&project);
    assert!(now.contains("Last thing") && now.contains("The very first") && !now.contains("77,40"), "{now}");
}

#[test]
fn an_edit_of_what_another_program_changed_is_refused_with_both_texts() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    let theirs = text(&project).replacen("@click 40,40", "@click 41,41", 1);
    project.write("guides/invite.md", &theirs);
    let answer = editor.edit(&shown, &moved(&shown, 0, 77));
    assert_eq!(answer.status, 409);
    let conflict: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(conflict["theirs"], json!(theirs));
    assert!(conflict["yours"].as_str().unwrap().contains("@click 77,40"));
    assert_eq!(conflict["guide"]["outline"]["steps"].as_array().unwrap().len(), 4);
    assert_eq!(text(&project), theirs);
}

#[test]
fn two_windows_edit_one_guide() {
    let project = Project::new();
    let served = project.serve();
    let (one, two) = (served.editor("invite"), served.editor("invite"));
    let (shown_one, shown_two) = (one.guide(), two.guide());
    body(&one.edit(&shown_one, &json!({ "op": "text", "step": 0, "run": 0, "markdown": "Begin here." })));
    body(&two.edit(&shown_two, &moved(&shown_two, 3, 99)));
    let now = text(&project);
    assert!(now.contains("Begin here.") && now.contains("@click 99,40"), "{now}");
    let late = one.edit(&shown_one, &json!({ "op": "text", "step": 0, "run": 0, "markdown": "Or here." }));
    assert_eq!(late.status, 409, "{}", late.body);
    assert!(text(&project).contains("Begin here."));
}

#[test]
fn an_edit_that_can_not_be_is_refused_in_words() {
    let project = Project::new();
    let before = text(&project);
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    let swallow = json!({ "op": "text", "step": 0, "run": 0, "markdown": "Begin ```" });
    assert_eq!(editor.edit(&shown, &swallow).status, 200);
    body(&editor.post("undo", &json!({})));
    let swallow = json!({ "op": "text", "step": 0, "run": 0, "markdown": "Begin\n\n<!-- and never end" });
    for edit in [
        swallow,
        json!({ "op": "delete", "step": 17 }),
        json!({ "op": "remove", "at": 3 }),
        json!({ "op": "annotate", "step": 0, "scene": 0, "fields": { "verb": "clack" } }),
        json!({ "op": "annotate", "step": 0, "scene": 0, "fields": { "verb": "redact" } }),
    ] {
        let answer = editor.edit(&shown, &edit);
        assert_eq!(answer.status, 422, "{edit}: {}", answer.body);
        assert!(answer.body.contains("message"), "{}", answer.body);
        assert_eq!(text(&project), before, "{edit}");
    }
    assert_eq!(editor.edit(&shown, &json!({ "op": "burn" })).status, 400);
    assert_eq!(editor.post("edit", &json!([])).status, 400);
}

#[test]
fn the_rights_of_a_file_stay() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    let path = project.path("guides/invite.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    body(&editor.edit(&shown, &moved(&shown, 0, 44)));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let beside: Vec<_> =
        fs::read_dir(project.path("guides")).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(beside.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{beside:?}");
}

#[test]
fn a_linked_file_stays_a_link() {
    let project = Project::new();
    fs::rename(project.path("guides/invite.md"), project.path("invite-text.md")).unwrap();
    std::os::unix::fs::symlink("../invite-text.md", project.path("guides/invite.md")).unwrap();
    project.write("guidemark.toml", "guides = \"guides\"\n");
    let only = guidemark::source::ProjectPath::new("guides/invite.md").ok();
    let options = guidemark::serve::ServeOptions { only, ..Default::default() };
    let served = project.serve_with(&options);
    let editor = served.editor("invite");
    let shown = editor.guide();
    body(&editor.edit(&shown, &moved(&shown, 0, 44)));
    assert!(fs::symlink_metadata(project.path("guides/invite.md")).unwrap().is_symlink());
    assert!(fs::read_to_string(project.path("invite-text.md")).unwrap().contains("@click 44,40"));
}

#[test]
fn a_guide_with_errors_can_be_edited() {
    let project = Project::new();
    project.write("guides/invite.md", guide("Invite a colleague", "Third").replacen("40,40", "4000,40", 1));
    let served = project.serve();
    let editor = served.editor("invite");
    let shown = editor.guide();
    assert_eq!(shown["problems"][0]["code"], "region-outside");
    let fixed = body(&editor.edit(&shown, &moved(&shown, 0, 44)));
    assert!(!fixed["problems"].as_array().unwrap().iter().any(|found| found["severity"] == "error"));
}

#[test]
fn a_problem_of_the_front_matter_names_its_key() {
    let yaml = "---\ntitle: Invite\nframe: roundish\ncursor:\n  color: teal\n---\n";
    let toml = "+++\ntitle = \"Invite\"\ncreated = \"2026-02-30\"\n[capture]\nscale = 9\n+++\n";
    for (front, keys) in [
        (yaml, [("bad-value", "frame"), ("bad-color", "cursor")]),
        (toml, [("bad-date", "created"), ("bad-value", "capture")]),
    ] {
        let project = Project::new();
        project.write("guides/invite.md", format!("{front}\nframe: none\n\n1. Open it it.\n"));
        let served = project.serve();
        let shown = served.editor("invite").guide();
        let found = shown["problems"].as_array().unwrap();
        let key = |code: &str| found.iter().find(|each| each["code"] == code).map(|each| each["key"].clone());
        for (code, wanted) in keys {
            assert_eq!(key(code), Some(wanted.into()), "{found:?}");
        }
        assert_eq!(key("repeated-word"), Some(serde_json::Value::Null), "{found:?}");
    }
}

fn upload(editor: &Editor<'_>, bytes: &[u8]) -> super::support::Answer {
    editor.post_with("upload", &editor.headers(), bytes)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([9, 120, 200]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_picture_is_saved_beside_the_guide_and_shown_in_a_new_step() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let path = body(&upload(&editor, &png(640, 400)))["path"].as_str().unwrap().to_owned();
    assert_eq!(fs::read(project.path("guides").join(&path)).unwrap(), png(640, 400));
    let again = body(&upload(&editor, &png(640, 400)))["path"].clone();
    assert_ne!(again, json!(path), "nothing is overwritten");
    let shown = editor.guide();
    let step = json!({ "op": "add-step", "after": 3, "markdown": "Look at it.", "path": path, "alt": "It" });
    let after = body(&editor.edit(&shown, &step));
    let added = &after["outline"]["steps"][4];
    assert_eq!(added["runs"], json!(["Look at it."]));
    let picture = usize::try_from(added["scenes"][0]["picture"].as_u64().unwrap()).unwrap();
    assert_eq!(after["outline"]["pictures"][picture]["path"], format!("guides/{path}"));
}

#[test]
fn a_text_is_previewed_without_what_could_run() {
    let project = Project::new();
    let served = project.serve();
    let preview =
        served.editor("invite").post("preview", &json!({ "markdown": "**Do** <b onclick=x>it</b>" }));
    let html = body(&preview)["html"].as_str().unwrap().to_owned();
    assert!(html.contains("<strong>Do</strong>") && !html.contains("onclick"), "{html}");
}

#[test]
fn the_guides_text_is_news_even_where_its_page_stays_the_same() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let mut page = served.open("/");
    let listen = "new Promise(done => { window.news = []; const source = new EventSource('/.guidemark/events?page=/invite/&edit=invite'); \
                  source.onmessage = ({data}) => { news.push(JSON.parse(data)); done(true); }; })";
    page.evaluate(listen).unwrap();
    assert_eq!(page.evaluate("news[0].source").unwrap(), editor.guide()["version"]);
    project.write("guides/invite.md", text(&project) + "\n<!-- a note to myself -->\n");
    page.wait_for(&format!("news.at(-1).source === {}", editor_version(&served))).unwrap();
}

fn editor_version(served: &Served) -> Value {
    served.editor("invite").guide()["version"].clone()
}

#[test]
fn what_has_one_right_answer_is_fixed_as_one_change() {
    let project = Project::new();
    project.picture("guides/my home.png", [1, 2, 3]);
    let wrong = "# Look\n\nWhy.\n\n1. Look.\n\n![It](my home.png)\n<!-- @click 1,1 -->\n";
    project.write("guides/invite.md", wrong);
    let served = project.serve();
    let editor = served.editor("invite");
    assert!(editor.guide()["fixes"].as_u64().unwrap() > 0, "{}", editor.guide()["fixes"]);
    let after = body(&editor.post("fix", &json!({})));
    assert_eq!(after["fixes"], 0);
    let fixed = "# Look\n\nWhy.\n\n1. Look.\n\n   ![It](<my home.png>)\n   <!-- @click 1,1 -->\n";
    assert_eq!(text(&project), fixed);
    body(&editor.post("undo", &json!({})));
    assert_eq!(text(&project), wrong);
}
