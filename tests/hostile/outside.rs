//! Nothing outside what a command writes is written, followed or removed, whatever lies in its folders: a repository
//! that is checked out may bring them.
#![cfg(unix)]

use super::{GOOD, Ran, Sandbox, build, project};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn pipe(sandbox: &Sandbox, path: &str) {
    let to = sandbox.path(path);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(to).status().unwrap().success());
}

/// Nothing below these is touched by a build, and it does not wait for anybody.
#[track_caller]
fn builds_beside(sandbox: &Sandbox, others: &[&str]) -> Ran {
    let before: Vec<_> = others.iter().map(|other| sandbox.files(other)).collect();
    let ran = build(sandbox, &[]);
    for (other, before) in others.iter().zip(before) {
        assert!(sandbox.files(other) == before, "`{other}` is as it was: {}", ran.stderr);
    }
    ran
}

#[test]
fn a_manifest_deletes_nothing_outside_nor_what_it_does_not_know() {
    let own = hash("mine");
    // With the hash of what is there, a file of the site is what an earlier build wrote, and may go.
    let (outside, inside) = (
        ["../src/main.rs", "/etc/hosts", "./notes.txt", "x/../notes.txt", "link/main.rs", "..\\src\\main.rs"],
        ["notes.txt", "CNAME"],
    );
    for (hash, with_inside) in [(String::new(), true), (hash("other"), true), (own, false)] {
        let sandbox = project();
        sandbox.write("src/main.rs", "mine").write("public/notes.txt", "mine").write("public/CNAME", "mine");
        symlink(sandbox.path("src"), sandbox.path("public/link")).unwrap();
        let files: serde_json::Map<String, serde_json::Value> = outside
            .iter()
            .chain(inside.iter().filter(|_| with_inside))
            .map(|path| ((*path).to_owned(), serde_json::json!({ "hash": hash })))
            .collect();
        let text = serde_json::json!({ "version": 1, "files": files, "guides": {} }).to_string();
        sandbox.write("public/.guidemark/manifest.json", text);
        let ran = builds_beside(&sandbox, &["src", "guides"]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        for path in ["notes.txt", "CNAME", "link/main.rs"] {
            assert_eq!(sandbox.read(&format!("public/{path}")), "mine");
        }
        let said = "warning: `public/.guidemark/manifest.json` lists `../src/main.rs`, which no build writes";
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        let said = "warning: `public/CNAME` stays: it is not as Guidemark wrote it";
        assert_eq!(ran.stderr.contains(said), with_inside, "{}", ran.stderr);
    }
}

#[test]
fn a_guide_of_a_manifest_reads_nothing_outside() {
    let sandbox = project();
    sandbox.write("src/main.rs", "mine");
    let record = r#"{"slug":"..","files":["../src/main.rs"],"cover":null}"#;
    let text = format!(
        r#"{{"version":1,"files":{{"../src/main.rs":{{"hash":"{}"}}}},"guides":{{"guides/bad.md":{record},"guides/good.md":{record}}}}}"#,
        hash("mine")
    );
    sandbox.write("public/.guidemark/manifest.json", text).write("guides/bad.md", "---\ntitle: [\n---\n");
    let ran = builds_beside(&sandbox, &["src", "guides"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(!sandbox.read("public/.guidemark/manifest.json").contains("../src"), "it is forgotten");
    assert!(sandbox.has("public/good/index.html"));
}

#[test]
fn what_is_ours_in_the_output_is_no_link_and_no_pipe() {
    for name in [".guidemark", ".guidemark/lock", ".guidemark/manifest.json", ".guidemark/tmp"] {
        for kind in ["link", "nowhere", "pipe"] {
            let sandbox = project();
            sandbox.write("other/tmp/mine.txt", "mine").write("other/manifest.json", "{}");
            let at = format!("public/{name}");
            fs::create_dir_all(sandbox.path(&at).parent().unwrap()).unwrap();
            match kind {
                "link" => symlink(sandbox.path("other"), sandbox.path(&at)).unwrap(),
                "nowhere" => symlink(sandbox.path("made"), sandbox.path(&at)).unwrap(),
                _ => pipe(&sandbox, &at),
            }
            let ran = builds_beside(&sandbox, &["other", "guides"]);
            let said = format!("error: `public/{name}` is in the way: Guidemark did not write it\n");
            assert_eq!(ran.status, Some(2), "{name} as {kind}: {}", ran.stderr);
            assert!(ran.stderr.starts_with(&said), "{name} as {kind}: {}", ran.stderr);
            assert!(!sandbox.has("made"), "{name} as {kind}: nothing is made where it leads");
        }
    }
}

#[test]
fn a_folder_of_our_own_keeps_what_somebody_put_there() {
    let sandbox = project();
    sandbox
        .write("public/.guidemark/tmp/notes/mine.txt", "mine")
        .write("public/.guidemark/tmp/.guidemark-half", "half");
    symlink(sandbox.path("guides"), sandbox.path("public/.guidemark/tmp/.guidemark-link")).unwrap();
    let ran = builds_beside(&sandbox, &["guides"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(sandbox.read("public/.guidemark/tmp/notes/mine.txt"), "mine");
    assert!(!sandbox.has("public/.guidemark/tmp/.guidemark-half"), "what a killed build left is gone");
}

#[test]
fn a_cache_holds_and_removes_its_own_files_alone() {
    let sandbox = project();
    let shot = "---\ntitle: Shot\ndescription: One.\n---\n\n1. Look.\n\n   ![A window](shot.png)\n";
    sandbox.write("guides/shot.md", shot);
    image::RgbaImage::from_fn(64, 40, |x, y| image::Rgba([x as u8 * 3, y as u8 * 5, 9, 255]))
        .save(sandbox.path("guides/shot.png"))
        .unwrap();
    sandbox.write("other/mine.txt", "mine").write("kept/ab/mine.txt", "mine").write("kept/notes/x", "mine");
    for digit in "0123456789abcdef".chars() {
        for other in "0123456789abcdef".chars().filter(|other| (digit, *other) != ('a', 'b')) {
            symlink(sandbox.path("other"), sandbox.path(&format!("kept/{digit}{other}"))).unwrap();
        }
    }
    symlink(sandbox.path("other/mine.txt"), sandbox.path("kept/pruned")).unwrap();
    let before = sandbox.files("other");
    let ran = sandbox.run(&["build", "--cache", "kept"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(sandbox.files("other") == before, "nothing is written through a link");
    let cache = guidemark::cache::Cache::new(sandbox.path("kept"), 0);
    cache.prune();
    assert_eq!(
        (sandbox.read("kept/ab/mine.txt"), sandbox.read("kept/notes/x")),
        ("mine".into(), "mine".into())
    );
    assert!(sandbox.files("other") == before, "nor removed");
}

#[test]
fn a_new_theme_is_not_written_through_a_link() {
    let sandbox = project();
    sandbox.write("other/mine.txt", "mine");
    symlink(sandbox.path("other"), sandbox.path("themes")).unwrap();
    let ran = sandbox.run(&["theme", "new", "ours"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: cannot write `themes/ours/theme.toml`: "), "{}", ran.stderr);
    assert!(!sandbox.has("other/ours"));
}

#[test]
fn a_new_project_is_not_written_over_anything() {
    let sandbox = Sandbox::new();
    sandbox.write("other/mine.txt", "mine");
    fs::create_dir(sandbox.path("new")).unwrap();
    symlink(sandbox.path("other/mine.txt"), sandbox.path("new/guidemark.toml")).unwrap();
    assert_eq!(sandbox.run(&["new", "new"]).status, Some(2));
    assert_eq!(sandbox.read("other/mine.txt"), "mine");
}

#[test]
fn a_page_alone_takes_the_place_of_a_link_and_not_of_what_it_names() {
    let sandbox = project();
    sandbox.write("other.html", "<p>mine</p>");
    symlink(sandbox.path("other.html"), sandbox.path("page.html")).unwrap();
    assert_eq!(sandbox.run(&["build", "guides/good.md", "-o", "page.html"]).status, Some(2));
    fs::remove_file(sandbox.path("page.html")).unwrap();
    pipe(&sandbox, "page.html");
    assert_eq!(sandbox.run(&["build", "guides/good.md", "-o", "page.html"]).status, Some(2));
    assert_eq!(sandbox.read("other.html"), "<p>mine</p>");
    assert!(GOOD.contains("Good"));
}
