use super::{GUIDE, Sandbox, WRONG, expect};

#[test]
fn a_sound_project_has_no_problems() {
    let sandbox = Sandbox::starter();
    let said = "checked 1 guide: no problems found\n";
    for format in ["human", "github"] {
        expect(sandbox.run(&["check", "--format", format]), 0, "", said);
    }
    let figures = "{\"kind\":\"summary\",\"file\":\"guides/log-in/index.md\",\"steps\":3,\"screenshots\":3,\"articleOnly\":0}\n";
    expect(sandbox.run(&["check", "--format", "json"]), 0, figures, said);
    expect(sandbox.run(&["check", "--quiet"]), 0, "", "");
    assert!(!sandbox.has("public"), "checking writes nothing");
}

#[test]
fn actions_without_an_anchor_are_counted_where_a_replay_is_meant() {
    let sandbox = Sandbox::starter();
    let path = "guides/log-in/index.md";
    let starts =
        sandbox.read(path).replacen("app: datasette\n", "app: datasette\ncapture: { start: / }\n", 1);
    sandbox.write(path, &starts);
    let sound = "checked 1 guide: no problems found\n";
    let counted = "3 of 3 actions have no anchor for `refresh` to find it by; `--verbose` lists them\n";
    expect(sandbox.run(&["check"]), 0, "", &format!("{sound}{counted}"));
    sandbox.write(path, starts.replacen("\"Log in\" -->", "\"Log in\" on button \"Log in\" -->", 1));
    let ran = sandbox.run(&["check", "--verbose"]);
    for line in [16, 21] {
        assert!(ran.stderr.contains(&format!("{path}:{line}: `@type` has no anchor\n")), "{}", ran.stderr);
    }
    assert!(
        ran.stderr.ends_with("2 of 3 actions have no anchor for `refresh` to find it by\n"),
        "{}",
        ran.stderr
    );
    let ran = sandbox.run(&["check", "--format", "json"]);
    assert!(ran.stdout.contains("\"articleOnly\":0,\"actions\":3,\"unanchored\":2}"), "{}", ran.stdout);
}

#[test]
fn findings_are_data() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/wrong.md", WRONG);
    let ran = sandbox.run(&["check"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), "1 error\n"));
    assert!(ran.stdout.contains("guides/wrong.md:8:"), "{}", ran.stdout);
    assert!(ran.stdout.contains("![Nothing](none.png)"), "the line is shown: {}", ran.stdout);
}

#[test]
fn a_program_gets_one_object_a_line() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/wrong.md", WRONG);
    let ran = sandbox.run(&["check", "--format", "json", "--quiet"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
    let [line, summary] = ran.stdout.lines().collect::<Vec<_>>()[..] else { panic!("{}", ran.stdout) };
    assert!(summary.starts_with("{\"kind\":\"summary\""), "{summary}");
    let found: serde_json::Value = serde_json::from_str(line).unwrap();
    let field = |name: &str| found[name].clone();
    assert_eq!((field("file"), field("line")), ("guides/wrong.md".into(), 8.into()));
    assert_eq!(field("severity"), "error");
    for name in ["column", "endLine", "endColumn", "code", "message", "help"] {
        assert!(found.get(name).is_some(), "{name} is missing in {line}");
    }
}

#[test]
fn github_gets_workflow_commands_with_paths_it_can_mark() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/guides/wrong.md", WRONG);
    let ran = sandbox.run(&["check", "docs", "--format", "github"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.starts_with("::error file=docs/guides/wrong.md,line=8,"), "{}", ran.stdout);
}

#[test]
fn warnings_make_a_strict_check_fail() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/one.md", GUIDE.replace("description:", "descripton:"));
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stdout);
    assert!(ran.stdout.contains("did you mean `description`"), "{}", ran.stdout);
    assert_eq!(sandbox.run(&["check", "--strict"]).status, Some(1));
}

#[test]
fn drafts_are_checked_too() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/one.md", GUIDE);
    sandbox.write("guides/draft.md", WRONG.replace("---\n\n", "draft: true\n---\n\n"));
    assert_eq!(sandbox.run(&["check"]).status, Some(1));
    expect(sandbox.run(&["build"]), 0, "", "built 1 guide into `public`\nopen `public/index.html`\n");
}

#[test]
fn a_theme_that_is_not_there_is_told_where_it_is_asked_for() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "title = \"T\"\ntheme = \"dark\"\n");
    let themed = super::GUIDE.replace("title: One thing", "title: One thing\ntheme: lihgt");
    sandbox.write("guides/one.md", &themed);
    // An error of its own keeps nothing else of a guide from being told.
    let wrong = super::WRONG.replace("title: Wrong", "title: Wrong\ntheme: lihgt");
    sandbox.write("guides/wrong.md", &wrong);
    sandbox.write("themes/light/footer.html", "");
    let ran = sandbox.run(&["check", "--format", "json"]);
    let places: Vec<(String, u64, u64, String)> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|found| found["kind"] != "summary")
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
            (text("file"), found["line"].as_u64().unwrap(), found["column"].as_u64().unwrap(), text("help"))
        })
        .collect();
    let at = |file: &str, line, column, help: &str| (file.to_owned(), line, column, help.to_owned());
    let near = "did you mean `light`?";
    let help = "put its files into `themes/dark/`, or use one of: default, light";
    assert_eq!(
        places[..3],
        [
            at("guidemark.toml", 2, 9, help),
            at("guides/one.md", 3, 8, near),
            at("guides/wrong.md", 3, 8, near)
        ]
    );
    assert_eq!(places.len(), 4, "{}", ran.stdout);
    assert_eq!(ran.status, Some(1));
}

#[test]
fn many_findings_of_a_kind_are_counted_for_people_and_listed_for_programs() {
    let sandbox = Sandbox::new();
    let images: String = (1..=9).map(|at| format!("{at}. Look.\n\n   ![It](none-{at}.png)\n\n")).collect();
    sandbox.write("guides/many.md", format!("---\ntitle: Many\ndescription: Much.\n---\n\n{images}"));
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.stdout.matches("error[missing-image]").count(), 3, "{}", ran.stdout);
    assert!(ran.stdout.contains("\n... and 6 more `missing-image` in guides/many.md; "), "{}", ran.stdout);
    assert_eq!(ran.stderr, "9 errors\n");
    let json = sandbox.run(&["check", "--format", "json"]).stdout;
    assert_eq!(json.matches("\"missing-image\"").count(), 9);
}

#[test]
fn a_broken_path_is_told_of_before_the_picture_that_nothing_uses_for_it() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("guides/a/shots/home.png");
    let text = "---\ntitle: T\ndescription: D.\n---\n\n1. Look.\n\n   ![The page](shots/hom.png)\n";
    sandbox.write("guides/a/zebra.md", text);
    let found = sandbox.run(&["check"]).stdout;
    assert!(found.find("missing-image") < found.find("unused-image"), "{found}");
    assert!(found.contains("did you mean `shots/home.png`?"), "{found}");
}

#[test]
fn pages_without_steps_are_left_out_of_a_docs_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "guides = \"docs\"\n");
    sandbox
        .write("docs/one.md", GUIDE)
        .write("docs/about.md", "# About\n\nText with ![no picture](none.png).\n");
    sandbox.write("docs/wrong.md", "# Wrong\n\n<!-- @click 1,1 -->\n");
    let ran = sandbox.run(&["check"]);
    assert!(ran.stderr.starts_with("left out 1 page without steps: `docs/about.md`\n"), "{}", ran.stderr);
    assert!(!ran.stdout.contains("about.md"), "{}", ran.stdout);
    assert!(ran.stdout.contains("error[no-steps]") && ran.stdout.contains("docs/wrong.md"), "{}", ran.stdout);
    let strict = sandbox.run(&["check", "--strict"]);
    assert!(
        strict.stdout.contains("warning[no-steps]: the page has no steps, and is left out"),
        "{}",
        strict.stdout
    );
    let alone = sandbox.run(&["check", "docs/about.md"]);
    assert!(alone.stdout.contains("error[no-steps]"), "{}", alone.stdout);
}

#[test]
fn patterns_say_which_files_are_guides() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "include = [\"docs/how-to/**\"]\nexclude = [\"**/old-*.md\"]\n");
    for path in ["docs/how-to/a/one.md", "docs/how-to/old-two.md", "docs/reference.md", "guides/three.md"] {
        sandbox.write(path, GUIDE);
    }
    let json = sandbox.run(&["check", "--format", "json"]).stdout;
    assert!(json.contains("docs/how-to/a/one.md"), "{json}");
    assert_eq!(json.matches("\"summary\"").count(), 1, "{json}");
    sandbox.write("guidemark.toml", "include = [\"docs/[\"]\n");
    let wrong = sandbox.run(&["check"]).stdout;
    assert!(wrong.contains("error[bad-value]: `docs/[` is not a valid pattern"), "{wrong}");
}

#[test]
fn what_has_one_right_answer_is_fixed_once() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("guides/shots/my home.png").starter_picture("guides/shots/a.png");
    let text = "# How to look\r\n\r\nAt it.\r\n\r\n1. Look *here*.\r\n\r\n![It](shots/my home.png)\r\n<!-- @click 1,1 -->\r\n\r\n\
                2. Then.\r\n\r\n  <img src=\"shots/a.png\" alt=\"There\" width=\"30\">\r\n\r\n   !!! tip\r\n       Be quick.\r\n\r\n\
                3. Rest.\r\n\r\n   ![It](Shots/A.png)\r\n";
    sandbox.write("guides/a.md", text);
    let shown = sandbox.run(&["check", "--fix", "--dry-run"]);
    assert!(shown.stdout.contains("-![It](shots/my home.png)"), "{}", shown.stdout);
    assert!(shown.stderr.ends_with("1 guide would be changed\n"), "{}", shown.stderr);
    assert_eq!(sandbox.read("guides/a.md"), text, "nothing is written");
    sandbox.run(&["check", "--fix"]);
    let fixed = "# How to look\r\n\r\nAt it.\r\n\r\n1. Look *here*.\r\n\r\n   ![It](<shots/my home.png>)\r\n   <!-- @click 1,1 -->\r\n\r\n\
                 2. Then.\r\n\r\n   ![There](shots/a.png)\r\n\r\n   > [!TIP]\r\n   > Be quick.\r\n\r\n\
                 3. Rest.\r\n\r\n   ![It](shots/a.png)\r\n";
    assert_eq!(sandbox.read("guides/a.md"), fixed);
    assert!(sandbox.run(&["check", "--fix"]).stderr.starts_with("nothing to fix\n"));
    assert_eq!(sandbox.read("guides/a.md"), fixed, "twice is once");
}

#[test]
fn of_one_file_alone_it_is_not_said_what_others_use() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("img/a.png").starter_picture("img/b.png");
    for name in ["a", "b"] {
        sandbox.write(
            &format!("{name}.md"),
            format!("# How to {name}\n\nAt it.\n\n1. Look.\n\n   ![It](img/{name}.png)\n"),
        );
    }
    for args in [&["check", "a.md"][..], &["build", "a.md"]] {
        let ran = sandbox.run(args);
        assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("unused-image"), "{ran:?}");
    }
    sandbox.write("b.md", "# How to b\n\nAt it.\n\n1. Look.\n");
    assert!(sandbox.run(&["check"]).stdout.contains("unused-image"));
}

#[test]
fn of_one_file_alone_its_links_to_other_guides_are_right() {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "");
    let linked = "See [the other](../b/index.md), [its folder](../b/) and [the notes](../../notes.md).";
    sandbox.write("guides/a/index.md", format!("# How to a\n\n{linked}\n\n1. Look.\n"));
    sandbox.write("guides/b/index.md", "# How to b\n\nAt it.\n\n1. Look.\n");
    sandbox.write("notes.md", "# Notes\n");
    let notes = "`notes.md` is not a guide: readers cannot follow the link";
    for args in [&["check", "guides/a/index.md"][..], &["check"]] {
        let said = sandbox.run(args).stdout;
        assert!(said.contains(notes) && said.matches("unpublished-link").count() == 1, "{said}");
    }
    // The page that is built alone leads to no other.
    let said = sandbox.run(&["build", "guides/a/index.md"]).stderr;
    assert!(said.contains(notes), "{said}");
    let beside =
        "`guides/b/index.md` has no page beside one that is built alone: readers cannot follow the link";
    assert_eq!(said.matches(beside).count(), 2, "{said}");
}

#[test]
fn a_persons_home_is_no_project_of_a_file_below_it() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("private.png").starter_picture("a/b/near.png");
    sandbox.write("a/b/guide.md", "# How to look\n\nAt it.\n\n1. Look.\n\n   ![It](../../private.png)\n");
    let home = sandbox.path(".");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_guidemark"));
    command.args(["check", "a/b/guide.md"]).current_dir(&home);
    let said =
        |command: &mut std::process::Command| String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(!said(command.env("HOME", sandbox.path("a"))).contains("path-outside"));
    let said = said(command.env("HOME", &home));
    assert!(said.contains("error[path-outside]: `../../private.png` leads out of the project"), "{said}");
}

#[test]
fn an_embed_is_fixed_to_the_file_that_it_means() {
    let sandbox = Sandbox::new();
    for folder in ["en/files", "de/files", "guides/here"] {
        sandbox.starter_picture(&format!("guides/{folder}/list.png"));
    }
    sandbox.starter_picture("guides/en/my files/form.png");
    let text = "# How to look\n\nAt it.\n\n1. Look.\n\n   ![[list.png#interface]]\n\n2. Then.\n\n   ![[form.png|The form]]\n";
    sandbox.write("guides/en/how/a.md", text);
    let said = sandbox.run(&["build"]);
    assert!(said.shown.starts_with("`guides/en/how/a.md`: 2 steps, 2 screenshots\n"), "{}", said.shown);
    sandbox.run(&["check", "--fix"]);
    let fixed = text.replace("![[list.png#interface]]", "![](../files/list.png)");
    let fixed = fixed.replace("![[form.png|The form]]", "![The form](<../my files/form.png>)");
    assert_eq!(sandbox.read("guides/en/how/a.md"), fixed);
    let said = sandbox.run(&["build"]);
    assert!(said.shown.starts_with("`guides/en/how/a.md`: 2 steps, 2 screenshots\n"), "{}", said.shown);
    // Two in folders as near as each other: neither is plainly meant.
    sandbox.write("guides/b.md", "# How to see\n\nSee.\n\n1. Look.\n\n   ![[list.png]]\n");
    let said = sandbox.run(&["check"]).stdout;
    assert!(said.contains("error[missing-image]: there is no file `guides/list.png`"), "{said}");
}
