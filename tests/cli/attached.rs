//! Files that a guide links to go with its page.

use super::Sandbox;

/// A guide that links to files beside it and elsewhere.
fn project() -> Sandbox {
    let sandbox = Sandbox::starter();
    let text = "---\ntitle: Import a list\ndescription: It takes a minute.\n---\n\n\
        1. Download [the sample](lists/my%20sample.csv) and [the rules](<rules ü.pdf>).\n\
        2. Open **Import**, and choose [it](lists/my%20sample.csv).\n";
    sandbox.write("guides/import/index.md", text);
    sandbox.write("guides/import/lists/my sample.csv", "name,mail\n");
    sandbox.write("guides/import/rules ü.pdf", "%PDF-1.7\n");
    sandbox
}

fn page(sandbox: &Sandbox) -> String {
    sandbox.read("public/import/index.html")
}

#[test]
fn they_stand_beside_it_and_go_with_their_link() {
    let sandbox = project();
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert_eq!(sandbox.read("public/import/files/lists/my sample.csv"), "name,mail\n");
    assert_eq!(sandbox.read("public/import/files/rules ü.pdf"), "%PDF-1.7\n");
    assert_eq!(
        page(&sandbox).matches("<a href=\"files/lists/my%20sample.csv\">").count(),
        2,
        "{}",
        page(&sandbox)
    );
    assert!(page(&sandbox).contains("<a href=\"files/rules%20%C3%BC.pdf\">"));
    sandbox.write("guides/import/lists/my sample.csv", "name,mail,phone\n");
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert_eq!(sandbox.read("public/import/files/lists/my sample.csv"), "name,mail,phone\n");
    let text = sandbox.read("guides/import/index.md");
    sandbox.write("guides/import/index.md", text.replace(" and [the rules](<rules ü.pdf>)", ""));
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert!(!sandbox.path("public/import/files/rules ü.pdf").exists(), "nothing links to it any more");
    assert!(sandbox.path("public/import/files/lists/my sample.csv").exists());
}

#[test]
fn a_page_that_stands_alone_holds_them() {
    let sandbox = project();
    // Raw HTML is cleaned, and what the page itself put there stays.
    let text = sandbox.read("guides/import/index.md").replace("choose [it]", "<em>choose</em> [it]");
    sandbox.write("guides/import/index.md", text);
    let build = ["build", "guides/import/index.md", "-o", "page.html"];
    let ran = sandbox.run(&build);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let html = sandbox.read("page.html");
    let link = "href=\"data:text/csv;base64,bmFtZSxtYWlsCg==\" download=\"my sample.csv\"";
    assert_eq!(html.matches(link).count(), 2, "{html}");
    sandbox.write("guides/import/lists/my sample.csv", "a,b,c\n".repeat(200_000));
    let ran = sandbox.run(&build);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stderr.contains("error[too-large]: `guides/import/lists/my sample.csv` is too large"),
        "{}",
        ran.stderr
    );
    assert_eq!(sandbox.run(&["build"]).status, Some(0), "beside a page it may be larger");
}

#[test]
fn nothing_else_of_a_project_is_published() {
    let sandbox = project();
    let linked = [
        "../first-guide.txt",
        "../../notes.txt",
        ".env.txt",
        ".git/log.txt",
        "capture.json",
        "page.html",
        "keys.pem",
        "run.js",
        "shot.svg",
    ];
    let mut text = sandbox.read("guides/import/index.md");
    for (number, target) in linked.iter().enumerate() {
        text += &format!("{}. See [this]({target}).\n", number + 3);
        sandbox.write(&format!("guides/import/{target}"), "private");
    }
    sandbox.write("guides/import/index.md", text);
    sandbox.run(&["build"]);
    let public = sandbox.files("public");
    assert!(public.iter().any(|(name, _)| name.ends_with("my sample.csv")));
    for (name, bytes) in public {
        assert!(bytes != b"private", "`{name}` is published");
    }
}
