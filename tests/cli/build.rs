use super::{GUIDE, Sandbox, WRONG, expect};

#[test]
fn a_project_becomes_a_site() {
    let sandbox = Sandbox::starter();
    let said =
        "built 1 guide into `public`: 3 screenshots, [SIZE] stored as [SIZE]\nopen `public/index.html`\n";
    expect(sandbox.run(&["build"]), 0, "", said);
    let names: Vec<String> = sandbox.files("public").into_iter().map(|(name, _)| name).collect();
    let expected = [
        ".guidemark/manifest.json",
        "embed.js",
        "guides.json",
        "index.html",
        "log-in/card.png",
        "log-in/cover.webp",
        "log-in/index.html",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_site_with_an_address_is_listed_and_embedded_elsewhere() {
    let sandbox = Sandbox::new();
    sandbox
        .write("guidemark.toml", "base_url = \"https://docs.example.com/\"\n")
        .write("guides/one.md", GUIDE.replacen("---\n", "---\nupdated: 2026-11-22\n", 1));
    expect(sandbox.run(&["build"]), 0, "", "built 1 guide into `public`\nopen `public/index.html`\n");
    for name in ["sitemap.xml", "feed.xml", "one/oembed.json"] {
        assert!(sandbox.read(&format!("public/{name}")).contains("https://docs.example.com/one/"), "{name}");
    }
    sandbox.write("guidemark.toml", "");
    expect(sandbox.run(&["build"]), 0, "", "built 1 guide into `public`\nopen `public/index.html`\n");
    assert!(!sandbox.has("public/feed.xml") && !sandbox.has("public/one/oembed.json"));
}

#[test]
fn the_summary_tells_what_came_from_the_cache() {
    let sandbox = Sandbox::starter();
    let build = |out: &str| sandbox.run(&["build", "--cache", "kept", "--out", out]);
    let open = |out: &str| format!("open `{out}/index.html`\n");
    let said = "built 1 guide into `one`: 3 screenshots, [SIZE] stored as [SIZE]\n";
    expect(build("one"), 0, "", &(said.to_owned() + &open("one")));
    let said = "built 1 guide into `two`: 3 screenshots, [SIZE] stored as [SIZE], all from the cache\n";
    expect(build("two"), 0, "", &(said.to_owned() + &open("two")));
    let shot = "1. Look.\n\n   ![A password](password.png)\n";
    sandbox.write("guides/log-in/look.md", GUIDE.replace("1. Do it.\n", shot));
    let said = "built 2 guides into `three`: 4 screenshots, [SIZE] stored as [SIZE], 3 from the cache\n";
    expect(build("three"), 0, "", &(said.to_owned() + &open("three")));
}

#[test]
fn quiet_says_nothing_and_does_all() {
    let sandbox = Sandbox::starter();
    expect(sandbox.run(&["build", "--quiet"]), 0, "", "");
    assert!(sandbox.has("public/log-in/index.html"));
}

#[test]
fn the_project_is_found_from_a_folder_in_it() {
    let sandbox = Sandbox::starter();
    let said = "built 1 guide into `../../public`: 3 screenshots, [SIZE] stored as [SIZE]\nopen `../../public/index.html`\n";
    let ran = sandbox.ran(sandbox.command().arg("build").current_dir(sandbox.path("guides/log-in")));
    expect(ran, 0, "", said);
    let said = "`public` stands as it was: 1 guide\nopen `public/index.html`\n";
    expect(sandbox.run(&["build", "guides"]), 0, "", said);
}

#[test]
fn a_folder_of_markdown_files_needs_no_project_file() {
    let sandbox = Sandbox::new();
    sandbox.write("one.md", GUIDE).write("README.md", "# No guide\n");
    expect(sandbox.run(&["build"]), 0, "", "built 1 guide into `public`\nopen `public/index.html`\n");
    assert!(sandbox.has("public/one/index.html"));
    assert!(!sandbox.has("public/readme/index.html"));
}

/// Jekyll and others write both endings.
#[test]
fn files_that_end_in_markdown_are_guides_too() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "docs/one.MARKDOWN",
        GUIDE.replace("1. Do it.", "1. Do [that](two) and [this](two.markdown)."),
    );
    sandbox.write("docs/two.markdown", GUIDE).write("Readme.markdown", "# Not a guide\n");
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("built 2 guides"), "{}", ran.stderr);
    assert!(sandbox.has("public/two/index.html"));
    assert!(sandbox.read("public/one/index.html").contains("href=\"../two/\""), "a link by the file's name");
}

#[test]
fn one_guide_becomes_one_file() {
    let sandbox = Sandbox::new();
    sandbox.write("one.md", GUIDE);
    let said = "built 1 guide into `page.html`\nopen `page.html`\n";
    expect(sandbox.run(&["build", "one.md", "-o", "page.html"]), 0, "", said);
    expect(sandbox.run(&["build", "one.md"]), 0, "", "built 1 guide into `one.html`\nopen `one.html`\n");
    assert_eq!(sandbox.read("page.html"), sandbox.read("one.html"));
    let names: Vec<String> = sandbox.files("").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["one.html", "one.md", "page.html"]);
}

#[test]
fn one_guide_of_a_project_has_the_projects_settings() {
    let sandbox = Sandbox::starter();
    let ran = sandbox.run(&["build", "guides/log-in/index.md", "-o", "page.html"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(sandbox.read("page.html").contains("Explore and publish data"));
    assert!(!sandbox.has("public"));
}

#[test]
fn a_draft_is_built_when_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/one.md", GUIDE);
    sandbox.write("guides/two.md", GUIDE.replace("---\n\n", "draft: true\n---\n\n"));
    let said = "built 1 guide into `public`\nopen `public/index.html`\n";
    expect(sandbox.run(&["build"]), 0, "", said);
    assert!(!sandbox.has("public/two"));
    assert_eq!(sandbox.run(&["build", "--drafts"]).status, Some(0));
    assert!(sandbox.has("public/two/index.html"));
    expect(sandbox.run(&["build"]), 0, "", said);
    assert!(!sandbox.has("public/two"), "the draft's page is taken away again");
}

#[test]
fn a_guide_with_an_error_keeps_the_others_from_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/one.md", GUIDE).write("guides/wrong.md", WRONG);
    let ran = sandbox.run(&["build"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("guides/wrong.md:8:"), "{}", ran.stderr);
    assert!(
        ran.stderr.ends_with(
            "1 error\nnot built: `guides/wrong.md`, which has errors\nbuilt 1 guide into `public`\nopen `public/index.html`\n"
        ),
        "{}",
        ran.stderr
    );
    assert!(sandbox.has("public/one/index.html"));
    assert!(!sandbox.has("public/wrong"));
}

#[test]
fn a_guide_that_breaks_keeps_its_old_page_and_its_card() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/one.md", GUIDE).write("guides/two.md", GUIDE.replace("One thing", "Another thing"));
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    let old = sandbox.read("public/two/index.html");
    sandbox.write("guides/two.md", WRONG.replace("Wrong", "Broken thing"));
    assert_eq!(sandbox.run(&["build"]).status, Some(1));
    assert_eq!(sandbox.read("public/two/index.html"), old);
    assert!(sandbox.read("public/index.html").contains("two/"), "the library still leads to it");
    // Not even its title can be read: the page stands, without a card.
    sandbox.write("guides/two.md", b"\xff\xfe");
    assert_eq!(sandbox.run(&["build"]).status, Some(1));
    assert_eq!(sandbox.read("public/two/index.html"), old);
}

#[test]
fn an_error_in_the_project_file_stops_everything() {
    let sandbox = Sandbox::starter();
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    let old = sandbox.files("public");
    sandbox.write("guidemark.toml", "title = 3\n").write("guides/two.md", GUIDE);
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("guidemark.toml:1:9"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("1 error\n"), "{}", ran.stderr);
    assert_eq!(sandbox.files("public"), old);
}

#[test]
fn out_is_for_projects_and_o_for_guides() {
    let sandbox = Sandbox::starter();
    let said = "error: `--out` is for the site of a project, and this is one guide\n\
                help: name the file for its page: `-o FILE`\n";
    expect(sandbox.run(&["build", "guides/log-in/index.md", "--out", "site"]), 2, "", said);
    let said = "error: `-o` is for the page of one guide, and this is a project\n\
                help: name a guide's Markdown file, or the folder for the site: `--out DIR`\n";
    expect(sandbox.run(&["build", "-o", "page.html"]), 2, "", said);
}

#[test]
fn a_path_must_be_a_project_or_a_guide() {
    let sandbox = Sandbox::new();
    sandbox.write("notes.txt", "");
    let said = "error: there is no `nowhere`\n\
                help: name a project's folder or a guide's Markdown file; `guidemark new DIR` makes a project\n";
    expect(sandbox.run(&["build", "nowhere"]), 2, "", said);
    let said = "error: `notes.txt` is not a Markdown file\n\
                help: name a project's folder, or a guide that ends in `.md`\n";
    expect(sandbox.run(&["build", "notes.txt"]), 2, "", said);
    sandbox.write("docs/guide.mdx", "# Tea\n\n1. Boil the water.\n");
    let said = "error: `docs/guide.mdx` is MDX, which is not read as it is\n\
                help: copy it to `docs/guide.md` and name that: its Markdown is read, and what is not is reported\n";
    expect(sandbox.run(&["build", "docs/guide.mdx"]), 2, "", said);
}

#[test]
fn a_build_says_what_of_each_guide_is_shown() {
    let sandbox = Sandbox::starter();
    assert_eq!(sandbox.run(&["build"]).shown, "`guides/log-in/index.md`: 3 steps, 3 screenshots\n");
    sandbox.starter_picture("guides/amid.md.png");
    let text = "---\ntitle: Amid\n---\n\n1. Look ![at it](amid.md.png) well.\n";
    sandbox.write("guides/amid.md", text);
    let shown = sandbox.run(&["build"]).shown;
    assert!(
        shown.starts_with("`guides/amid.md`: 1 step, 0 screenshots; 1 picture in the article only\n"),
        "{shown}"
    );
    assert_eq!(sandbox.run(&["build"]).shown, "", "nothing was built");
}
