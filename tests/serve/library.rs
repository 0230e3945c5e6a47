//! The guides as their author keeps them: made, repeated, renamed, published, deleted, brought back.

use super::support::{Answer, Editor, Project, Served};
use serde_json::{Value, json};
use std::fs;

/// The page with all guides, without a browser.
struct Guides<'a> {
    served: &'a Served,
    secret: String,
}

impl<'a> Guides<'a> {
    fn new(served: &'a Served) -> Self {
        let page = served.page("/.guidemark/guides/");
        let secret = page.split("name=\"guidemark-secret\" content=\"").nth(1).unwrap();
        Self { served, secret: secret.split('"').next().unwrap().to_owned() }
    }

    fn headers(&self) -> String {
        let address = self.served.address();
        let (cookie, secret) = (&self.served.cookie, &self.secret);
        format!(
            "Host: {address}\r\nCookie: {cookie}\r\nOrigin: http://{address}\r\nX-Guidemark-Secret: {secret}\r\n"
        )
    }

    fn post_with(&self, call: &str, headers: &str, body: &str) -> Answer {
        self.served.ask(format!(
            "POST /.guidemark/guides/{call} HTTP/1.1\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    fn post(&self, call: &str, body: &Value) -> Answer {
        self.post_with(call, &self.headers(), &body.to_string())
    }

    #[track_caller]
    fn does(&self, call: &str, body: &Value) -> Value {
        let answer = self.post(call, body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    #[track_caller]
    fn refuses(&self, call: &str, body: &Value) -> String {
        let answer = self.post(call, body);
        assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.body);
        let said: Value = serde_json::from_str(&answer.body).unwrap();
        said["message"].as_str().unwrap().to_owned()
    }

    fn list(&self) -> Value {
        let request =
            format!("GET /.guidemark/guides/list HTTP/1.1\r\n{}Connection: close\r\n\r\n", self.headers());
        serde_json::from_str(&self.served.ask(request).body).unwrap()
    }

    /// Slugs in the list.
    fn slugs(&self) -> Vec<String> {
        let list = self.list();
        let slugs =
            list["guides"].as_array().unwrap().iter().map(|guide| guide["slug"].as_str().unwrap().to_owned());
        let mut slugs: Vec<String> = slugs.collect();
        slugs.sort();
        slugs
    }
}

#[test]
fn from_an_empty_folder_a_guide_is_made_and_edited_at_once() {
    let project = Project::empty();
    let served = project.serve();
    let start = served.get("/");
    assert_eq!((start.status, start.header("location")), (307, Some("/.guidemark/guides/")));
    assert_eq!(served.get_as("/", "").status, 200, "a reader is shown the site as it is");
    let guides = Guides::new(&served);
    assert_eq!(guides.list()["guides"], json!([]));
    let made = guides.does("new", &json!({ "title": "Invite: a colleague", "app": { "name": "Shop & Co" } }));
    assert_eq!(made["slug"], "invite-a-colleague");
    let file = "guides/invite-a-colleague/index.md";
    let text = fs::read_to_string(project.path(file)).unwrap();
    assert_eq!(text, "---\ntitle: \"Invite: a colleague\"\napp: shop-co\ndraft: true\n---\n");
    let settings = fs::read_to_string(project.path("guidemark.toml")).unwrap();
    assert_eq!(settings, "[apps.shop-co]\nname = \"Shop & Co\"\n");
    // The next build need not have happened.
    let editor = served.editor("invite-a-colleague");
    let shown = editor.guide();
    assert_eq!(shown["outline"]["steps"], json!([]));
    let steps = json!([{ "markdown": "Open it.", "path": "shots/a.png" }, { "markdown": "Close it." }]);
    let answer = editor.edit(&shown, &json!({ "op": "add-steps", "after": null, "steps": steps }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let after = fs::read_to_string(project.path(file)).unwrap();
    assert_eq!(after, format!("{text}\n1. Open it.\n\n   ![](shots/a.png)\n\n2. Close it.\n"));
    assert_eq!(editor.post("undo", &json!({})).status, 200);
    assert_eq!(fs::read_to_string(project.path(file)).unwrap(), text, "undone as one change");
}

#[test]
fn a_new_guide_goes_where_the_project_has_its_guides_and_takes_nobodys_place() {
    let project = Project::new();
    let served = project.serve();
    let guides = Guides::new(&served);
    let slug =
        |title: &str| guides.does("new", &json!({ "title": title }))["slug"].as_str().unwrap().to_owned();
    assert_eq!(slug("Invite"), "invite-2", "`guides/invite.md` is there");
    assert_eq!(slug("Invite"), "invite-3");
    assert_eq!(slug("../../etc/passwd"), "etc-passwd");
    assert_eq!(slug("日本語"), "日本語");
    assert_eq!(slug("con"), "guide-con");
    assert!(project.path("guides/etc-passwd/index.md").is_file());
    let long = slug(&"very long words ".repeat(40));
    assert!(long.len() <= 100 && project.path(&format!("guides/{long}/index.md")).is_file());
    assert_eq!(guides.refuses("new", &json!({ "title": "  " })), "a guide needs a title");
    let unknown = json!({ "title": "A", "app": { "key": "none" } });
    assert_eq!(guides.refuses("new", &unknown), "`guidemark.toml` has no app `none`");
}

#[test]
fn what_the_project_file_says_of_guides_holds_for_new_ones() {
    let project = Project::empty();
    project
        .write("guidemark.toml", "include = [\"docs/**/*.md\"]\n")
        .write("docs/a.md", super::support::guide("A", "x"));
    project.picture("docs/shot.png", [1, 2, 3]);
    let served = project.serve();
    let said = Guides::new(&served).refuses("new", &json!({ "title": "New" }));
    assert!(said.ends_with("would not be listed: `guidemark.toml` leaves it out"), "{said}");
    project.write("guidemark.toml", "guides = \"docs\"\n");
    served.until("the folder is known", |served| Guides::new(served).slugs() == ["a"]);
    let made = Guides::new(&served).does("new", &json!({ "title": "New" }));
    assert_eq!(made["slug"], "new");
    assert!(project.path("docs/new/index.md").is_file());
}

#[test]
fn an_app_is_added_and_renamed_with_the_bytes_around_it_untouched() {
    let project = Project::new();
    let text = "\u{feff}title = 'Shelf'   # ours\r\n\r\n[apps.shop]\r\nname = 'Shop' # as on the door\r\nindustry = \"Retail\"\r\n\r\n[brand]\r\ncolor = \"#123456\"\r\n";
    project.write("guidemark.toml", text);
    let served = project.serve();
    let guides = Guides::new(&served);
    let read = || fs::read_to_string(project.path("guidemark.toml")).unwrap();
    guides.does("app", &json!({ "key": "shop", "name": "Store", "website": "https://store.example" }));
    let after = text.replace("name = 'Shop' #", "website = \"https://store.example\"\r\nname = 'Store' #");
    assert_eq!(read(), after);
    guides.does("app", &json!({ "name": "Till" }));
    assert_eq!(read(), format!("{after}\r\n[apps.till]\r\nname = \"Till\"\r\n"));
    // The website goes when its field is emptied, and stays where nothing is said of it.
    guides.does("app", &json!({ "key": "shop", "name": "Store" }));
    assert!(read().starts_with(&after));
    guides.does("app", &json!({ "key": "shop", "name": "Store", "website": "" }));
    let without = after.replace("website = \"https://store.example\"\r\n", "");
    assert!(read().starts_with(&without), "{}", read());
    let before = read();
    let said =
        guides.refuses("app", &json!({ "key": "shop", "name": "Store", "website": "javascript:alert(1)" }));
    assert!(said.contains("javascript:alert(1)"), "{said}");
    guides.refuses("app", &json!({ "name": " " }));
    assert_eq!(read(), before);
}

#[test]
fn a_guide_is_repeated_with_its_pictures_as_a_draft() {
    let project = Project::empty();
    project.write(
        "guides/ask/index.md",
        super::support::guide("Ask", "x").replace("---\n\nWhy", "slug: asking\n---\n\nWhy"),
    );
    project.picture("guides/ask/shot.png", [1, 2, 3]).picture("guides/ask/more/other.png", [3, 2, 1]);
    project.write("guides/flat.md", super::support::guide("Flat", "x")).picture("guides/shot.png", [4, 5, 6]);
    let served = project.serve();
    let guides = Guides::new(&served);
    let made = guides.does("duplicate", &json!({ "slug": "asking" }));
    assert_eq!(made["slug"], "asking-copy");
    let copy = fs::read_to_string(project.path("guides/asking-copy/index.md")).unwrap();
    assert!(copy.starts_with("---\ntitle: Ask (copy)\n") && copy.contains("\ndraft: true\n"), "{copy}");
    assert!(!copy.contains("slug:"), "two guides would have one address: {copy}");
    let bytes = |path: &str| fs::read(project.path(path)).unwrap();
    for picture in ["shot.png", "more/other.png"] {
        assert_eq!(bytes(&format!("guides/asking-copy/{picture}")), bytes(&format!("guides/ask/{picture}")));
    }
    assert_eq!(guides.does("duplicate", &json!({ "slug": "flat" }))["slug"], "flat-copy");
    assert!(project.path("guides/flat-copy.md").is_file());
    assert_eq!(guides.slugs(), ["asking", "asking-copy", "flat", "flat-copy"]);
}

#[test]
fn a_guide_is_renamed_and_keeps_its_address_unless_asked() {
    let project = Project::new();
    let served = project.serve();
    let guides = Guides::new(&served);
    let read = || fs::read_to_string(project.path("guides/invite.md")).unwrap();
    let before = read();
    guides.does("rename", &json!({ "slug": "invite", "title": "Ask: a friend" }));
    assert_eq!(read(), before.replace("title: Invite a colleague", "title: \"Ask: a friend\""));
    let made =
        guides.does("rename", &json!({ "slug": "invite", "title": "Ask", "address": "Ask a friend!" }));
    assert_eq!(made["slug"], "ask-a-friend");
    assert!(read().contains("\nslug: ask-a-friend\n"), "{}", read());
    served.until("the page has moved", |served| served.get("/ask-a-friend/").status == 200);
    assert_eq!(guides.slugs(), ["ask-a-friend"]);
    // Back at the address of the file, no key is needed; undo in the editor gives the bytes before.
    let back = json!({ "slug": "ask-a-friend", "title": "Ask", "address": "invite" });
    served.until("the guide goes by its new address", |_| guides.post("rename", &back).status == 200);
    let quoted = before.replace("title: Invite a colleague", "title: \"Ask\"");
    assert_eq!(read(), quoted, "in the quotes it has by now");
    // Each undo may move the page back.
    for (slug, address) in
        [("invite", "/invite/"), ("ask-a-friend", "/ask-a-friend/"), ("invite", "/invite/")]
    {
        served.until("the page has moved back", |served| served.get(address).status == 200);
        let editor = format!("/.guidemark/edit/{slug}/");
        served.until("so has its editor", |served| served.get(&editor).status == 200);
        assert_eq!(served.editor(slug).post("undo", &json!({})).status, 200);
    }
    assert_eq!(read(), before);
    project.write("guides/other.md", super::support::guide("Other", "x"));
    served.until("the other is there", |served| served.get("/other/").status == 200);
    let said = guides.refuses("rename", &json!({ "slug": "other", "title": "Other", "address": "invite" }));
    assert_eq!(said, "another guide has the address `invite`");
}

#[test]
fn a_draft_is_published_and_made_one_again() {
    let project = Project::new();
    let served = project.serve();
    let guides = Guides::new(&served);
    let read = || fs::read_to_string(project.path("guides/invite.md")).unwrap();
    let before = read();
    guides.does("publish", &json!({ "slug": "invite", "draft": true }));
    assert_eq!(read(), before.replace("step by step.\n---", "step by step.\ndraft: true\n---"));
    assert_eq!(guides.list()["guides"][0]["draft"], true);
    guides.does("publish", &json!({ "slug": "invite", "draft": false }));
    assert_eq!(read(), before);
}

#[test]
fn a_deleted_guide_comes_back_with_its_pictures() {
    let project = Project::new();
    project
        .write("guides/ask/index.md", super::support::guide("Ask", "x"))
        .picture("guides/ask/shot.png", [1, 2, 3]);
    let served = project.serve();
    let guides = Guides::new(&served);
    let text = fs::read(project.path("guides/ask/index.md")).unwrap();
    let gone = guides.does("delete", &json!({ "slug": "ask" }));
    assert!(!project.path("guides/ask").exists());
    assert_eq!(guides.slugs(), ["invite"]);
    served.until("the page is gone", |served| served.get("/ask/").status == 404);
    assert_eq!(fs::read_to_string(project.path(".guidemark/.gitignore")).unwrap(), "*\n");
    let trash = &guides.list()["trash"];
    assert_eq!(*trash, json!([{ "id": gone["id"], "title": "Ask", "path": "guides/ask" }]));
    // Of a file beside others only the file goes.
    guides.does("delete", &json!({ "slug": "invite" }));
    assert!(!project.path("guides/invite.md").exists() && project.path("guides/shot.png").is_file());
    guides.does("restore", &json!({ "id": gone["id"] }));
    assert_eq!(fs::read(project.path("guides/ask/index.md")).unwrap(), text);
    assert!(project.path("guides/ask/shot.png").is_file());
    served.until("the page is back", |served| served.get("/ask/").status == 200);
    assert_eq!(guides.list()["trash"].as_array().unwrap().len(), 1);
    project.write("guides/invite.md", "another\n");
    let answer = guides.post("restore", &json!({ "id": "invite" }));
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("something else lies at `guides/invite.md`"), "{}", answer.body);
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), "another\n");
}

#[test]
fn nothing_outside_the_guides_is_made_moved_or_brought_back() {
    let project = Project::new();
    project
        .write("secret.txt", "ours")
        .write(".guidemark/trash/evil/entry.json", r#"{"title":"E","path":"../../up"}"#);
    project
        .write(".guidemark/trash/evil/was/up", "x")
        .write("outside.md", super::support::guide("Outside", "x"));
    let served = project.serve();
    let guides = Guides::new(&served);
    for id in ["evil", "../..", "..", ".", "", "../../guides", "none"] {
        let answer = guides.post("restore", &json!({ "id": id }));
        assert!(answer.status == 404, "{id}: {} {}", answer.status, answer.body);
    }
    for slug in ["../secret", "outside", "..", "", "guides/invite"] {
        for call in ["delete", "duplicate"] {
            assert_eq!(guides.post(call, &json!({ "slug": slug })).status, 404, "{call} {slug}");
        }
        assert_eq!(guides.post("publish", &json!({ "slug": slug, "draft": true })).status, 404, "{slug}");
    }
    assert_eq!(guides.slugs(), ["invite"]);
    assert!(project.path("secret.txt").is_file() && project.path("outside.md").is_file());
}

#[cfg(unix)]
#[test]
fn no_guide_is_made_or_deleted_through_a_link() {
    let outside = tempfile::tempdir().unwrap();
    let project = Project::empty();
    std::os::unix::fs::symlink(outside.path(), project.path("guides")).unwrap();
    let served = project.serve();
    let answer = Guides::new(&served).post("new", &json!({ "title": "New" }));
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("leads through a link"), "{}", answer.body);
    fs::remove_file(project.path("guides")).unwrap();
    project.write("guides/a.md", super::support::guide("A", "x")).picture("guides/shot.png", [1, 2, 3]);
    std::os::unix::fs::symlink(outside.path(), project.path(".guidemark")).unwrap();
    served.until("the guide is there", |served| served.get("/a/").status == 200);
    let answer = Guides::new(&served).post("delete", &json!({ "slug": "a" }));
    assert_eq!(answer.status, 500, "{}", answer.body);
    assert!(project.path("guides/a.md").is_file());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn only_pages_of_ours_that_the_author_opened_keep_guides() {
    let project = Project::new();
    let served = project.serve();
    let guides = Guides::new(&served);
    let address = served.address();
    let (cookie, secret) =
        (format!("Cookie: {}\r\n", served.cookie), format!("X-Guidemark-Secret: {}\r\n", guides.secret));
    let (host, origin) = (format!("Host: {address}\r\n"), format!("Origin: http://{address}\r\n"));
    let bodies = [
        ("new", json!({ "title": "New" })),
        ("duplicate", json!({ "slug": "invite" })),
        ("rename", json!({ "slug": "invite", "title": "X" })),
        ("publish", json!({ "slug": "invite", "draft": true })),
        ("delete", json!({ "slug": "invite" })),
        ("restore", json!({ "id": "invite" })),
        ("app", json!({ "name": "X" })),
    ];
    for (what, headers) in [
        ("no cookie", format!("{host}{origin}{secret}")),
        ("no secret", format!("{host}{origin}{cookie}")),
        ("no origin", format!("{host}{cookie}{secret}")),
        ("another origin", format!("{host}{cookie}{secret}Origin: https://evil.example\r\n")),
        ("another host", format!("Host: evil.example\r\n{cookie}{secret}Origin: http://evil.example\r\n")),
    ] {
        for (call, body) in &bodies {
            assert_eq!(guides.post_with(call, &headers, &body.to_string()).status, 403, "{what}: {call}");
        }
    }
    assert_eq!(served.get_as("/.guidemark/guides/", "").status, 403, "a reader sees no list of drafts");
    assert_eq!(served.get("/.guidemark/guides/list").status, 403, "the list takes the secret");
    assert_eq!(served.get("/.guidemark/guides/new").status, 404, "nothing is made by a link");
    let files: Vec<_> = fs::read_dir(project.path("guides")).unwrap().collect();
    assert_eq!(files.len(), 2);
    for bad in ["", "{}", "[]", r#"{"title":1}"#, r#"{"title":"A","more":1}"#, "\u{fffd}"] {
        assert_eq!(guides.post_with("new", &guides.headers(), bad).status, 400, "{bad}");
    }
}

#[test]
fn pictures_keep_their_names_cleaned() {
    let project = Project::new();
    let served = project.serve();
    let editor = served.editor("invite");
    let bytes = fs::read(project.path("guides/shot.png")).unwrap();
    let upload = |query: &str| name_of(&editor, query, &bytes);
    assert_eq!(upload("name=Log%20in.PNG"), "log-in.png");
    assert_eq!(upload("name=log-in.jpeg"), "log-in-2.png", "by what it holds, and over nothing");
    assert_eq!(upload("name=..%2F..%2Fevil.png"), "evil.png");
    assert_eq!(upload("name=menu@2x.png"), "menu@2x.png");
    assert_eq!(
        upload("name=menu.png"),
        "menu-2.png",
        "`menu.png` would be the same picture as `menu@2x.png`"
    );
    assert_eq!(upload("name=Screenshot%20from%202026.png&title=Open%20the%20menu"), "open-the-menu.png");
    assert_eq!(upload("name=image.png"), "screenshot-1.png");
    assert_eq!(upload(""), "screenshot-2.png");
}

fn name_of(editor: &Editor<'_>, query: &str, bytes: &[u8]) -> String {
    let answer = editor.post_with(&format!("upload?{query}"), &editor.headers(), bytes);
    let said: Value = serde_json::from_str(&answer.body).unwrap();
    said["path"].as_str().unwrap().to_owned()
}

#[test]
fn a_new_guide_in_the_place_of_a_deleted_one_has_no_past() {
    let project = Project::empty();
    let served = project.serve();
    let guides = Guides::new(&served);
    guides.does("new", &json!({ "title": "Ask" }));
    let editor = served.editor("ask");
    let edit = json!({ "op": "add-step", "after": null, "markdown": "Open it." });
    assert_eq!(editor.edit(&editor.guide(), &edit).status, 200);
    guides.does("delete", &json!({ "slug": "ask" }));
    assert_eq!(guides.does("new", &json!({ "title": "Ask" }))["slug"], "ask");
    let shown = served.editor("ask").guide();
    assert_eq!((&shown["undo"], &shown["outline"]["steps"]), (&json!(0), &json!([])));
}

#[test]
fn on_a_phone_the_list_of_guides_leads_nowhere_sideways() {
    let project = Project::empty();
    project.write("guides/invite.md", "# Invite\n\nOnce.\n\n1. Open it.\n");
    let served = project.serve();
    let mut page = served.open("/.guidemark/guides/");
    page.set_viewport(guidemark::browser::Viewport::desktop(375, 700)).unwrap();
    page.wait_for("document.querySelector('.card-title')").unwrap();
    let fits = "document.documentElement.scrollWidth <= innerWidth && ['new', 'record'].every(name => { \
        const box = document.querySelector(`[data-focus=${name}]`).getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth; })";
    page.wait_for(fits).unwrap();
}
