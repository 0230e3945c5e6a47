//! What a build does to the folder it writes to, and never does.

use super::{GUIDE, Sandbox, expect};
use std::fs;

const BUILT: &str = "built 1 guide into `public`\nopen `public/index.html`\n";

fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "").write("guides/one.md", GUIDE);
    sandbox
}

#[track_caller]
fn refused(sandbox: &Sandbox, out: &str, what: &str) {
    let before = sandbox.files("");
    let said = format!(
        "error: the output folder `{out}` {what}\n\
         help: name another folder with `--out`, for example `--out public`\n"
    );
    expect(sandbox.run(&["build", "--out", out]), 2, "", &said);
    assert_eq!(sandbox.files(""), before, "nothing is touched");
}

#[test]
fn a_project_is_never_written_over() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "guides = \"docs/guides\"\n").write("docs/guides/one.md", GUIDE);
    sandbox.write("file", "mine");
    refused(&sandbox, ".", "is the project itself");
    refused(&sandbox, "docs", "holds the guides");
    refused(&sandbox, "docs/guides", "holds the guides");
    refused(&sandbox, "docs/guides/out", "lies among the guides");
    refused(&sandbox, "file", "is a file");
    let ran = sandbox.run(&["build", "--out", ".."]);
    assert!(ran.stderr.starts_with("error: the output folder `..` holds the project\n"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_out() {
    let sandbox = project();
    sandbox.write("other/index.html", "mine");
    std::os::unix::fs::symlink(sandbox.path("other"), sandbox.path("public")).unwrap();
    refused(&sandbox, "public", "is a link");
    fs::remove_file(sandbox.path("public")).unwrap();
    fs::create_dir(sandbox.path("public")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("other"), sandbox.path("public/one")).unwrap();
    let said = "error: `public/one` is in the way: Guidemark did not write it\n\
                help: move it away, or name another folder with `--out`; nothing was changed\n";
    expect(sandbox.run(&["build"]), 2, "", said);
    assert_eq!(sandbox.read("other/index.html"), "mine");
}

#[test]
fn somebodys_file_is_neither_replaced_nor_removed() {
    let sandbox = project();
    sandbox.write("public/index.html", "mine").write("public/notes.txt", "mine");
    let said = "error: `public/index.html` is in the way: Guidemark did not write it\n\
                help: move it away, or name another folder with `--out`; nothing was changed\n";
    expect(sandbox.run(&["build"]), 2, "", said);
    assert_eq!(sandbox.read("public/index.html"), "mine");
    assert!(!sandbox.has("public/one"));
    fs::remove_file(sandbox.path("public/index.html")).unwrap();
    expect(sandbox.run(&["build"]), 0, "", BUILT);
    sandbox.write("public/one/mine.txt", "mine");
    fs::rename(sandbox.path("guides/one.md"), sandbox.path("guides/two.md")).unwrap();
    expect(sandbox.run(&["build"]), 0, "", BUILT);
    let names: Vec<String> = sandbox.files("public").into_iter().map(|(name, _)| name).collect();
    let own = [
        "embed.js",
        "guides.json",
        "index.html",
        "notes.txt",
        "one/mine.txt",
        "two/card.png",
        "two/index.html",
    ];
    assert_eq!(names[1..], own, "the page of the guide that is gone is gone, and nothing else");
}

#[test]
fn a_file_that_did_not_change_is_not_written_again() {
    let sandbox = project();
    sandbox.write("guides/two.md", GUIDE.replace("One thing", "Another thing"));
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let files: Vec<String> = sandbox.files("public").into_iter().map(|(name, _)| name).collect();
    for name in files.iter().filter(|name| !name.starts_with('.')) {
        let file = fs::File::options().append(true).open(sandbox.path("public").join(name)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    sandbox.write("guides/two.md", GUIDE.replace("One thing", "Another thing").replace("Why", "How"));
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    let touched =
        |name: &str| fs::metadata(sandbox.path("public").join(name)).unwrap().modified().unwrap() != long_ago;
    assert!(touched("two/index.html"));
    assert!(!touched("one/index.html"), "a page without a change has been written again");
}

#[test]
fn a_page_that_was_lost_or_changed_comes_back() {
    let sandbox = project();
    expect(sandbox.run(&["build"]), 0, "", BUILT);
    let whole = sandbox.files("public");
    fs::remove_file(sandbox.path("public/one/index.html")).unwrap();
    sandbox.write("public/index.html", "changed by hand");
    expect(sandbox.run(&["build"]), 0, "", BUILT);
    assert_eq!(sandbox.files("public"), whole);
}

#[test]
fn a_damaged_manifest_is_not_guessed_at() {
    let sandbox = project();
    expect(sandbox.run(&["build"]), 0, "", BUILT);
    sandbox.write("public/.guidemark/manifest.json", "{");
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.status, Some(2));
    let start = "error: cannot understand `public/.guidemark/manifest.json`: ";
    assert!(ran.stderr.starts_with(start), "{}", ran.stderr);
    let help = "help: it lists what Guidemark wrote: restore it, or build into an empty folder\n";
    assert!(ran.stderr.ends_with(help), "{}", ran.stderr);
}

#[test]
fn one_file_replaces_only_a_page_of_ours() {
    let sandbox = project();
    sandbox.write("mine.html", "<p>mine</p>");
    let said = "error: `mine.html` is in the way: Guidemark did not write it\n\
                help: move it away, or name another file with `-o`; nothing was changed\n";
    expect(sandbox.run(&["build", "guides/one.md", "-o", "mine.html"]), 2, "", said);
    assert_eq!(sandbox.read("mine.html"), "<p>mine</p>");
    let said = "error: `guides` is a folder\nhelp: name a file: `-o guides/guide.html`\n";
    expect(sandbox.run(&["build", "guides/one.md", "-o", "guides"]), 2, "", said);
    assert_eq!(sandbox.run(&["build", "guides/one.md", "-o", "page.html"]).status, Some(0));
    sandbox.write("guides/one.md", GUIDE.replace("Do it", "Do it now"));
    assert_eq!(sandbox.run(&["build", "guides/one.md", "-o", "page.html"]).status, Some(0));
    assert!(sandbox.read("page.html").contains("Do it now"));
}

#[test]
fn two_guides_never_share_an_address() {
    let sandbox = project();
    sandbox.write("guides/two.md", GUIDE.replace("---\n\n", "slug: one\n---\n\n"));
    assert_eq!(sandbox.run(&["build"]).status, Some(1));
    assert!(sandbox.has("public/index.html"));
    // A name of the site's own makes room.
    sandbox.write("guides/two.md", GUIDE).write("guides/index.html.md", GUIDE);
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert!(sandbox.has("public/index-html/index.html"));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let sandbox = project();
    for number in 0..20 {
        sandbox
            .write(&format!("guides/g{number}.md"), GUIDE.replace("One thing", &format!("Thing {number}")));
    }
    sandbox.run(&["new", "starter"]);
    fs::rename(sandbox.path("starter/guides/log-in"), sandbox.path("guides/log-in")).unwrap();
    sandbox.write("guidemark.toml", "[apps.datasette]\nname = \"Datasette\"\n");
    for (out, jobs) in [("a", "1"), ("b", "8"), ("c", "8")] {
        assert_eq!(sandbox.run(&["build", "--out", out, "--jobs", jobs]).status, Some(0));
    }
    assert_eq!(
        sandbox.run(&["build", "--out", "a", "--jobs", "3"]).status,
        Some(0),
        "a second build over the first"
    );
    let one = sandbox.files("a");
    assert!(one.len() > 20);
    assert_eq!(one, sandbox.files("b"));
    assert_eq!(one, sandbox.files("c"));
}
