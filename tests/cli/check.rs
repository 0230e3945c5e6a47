use super::{GUIDE, Sandbox, WRONG, expect};

#[test]
fn a_sound_project_has_nothing_to_mend() {
    let sandbox = Sandbox::starter();
    let said = "checked 1 guide: nothing to mend\n";
    for format in ["human", "json", "github"] {
        expect(sandbox.run(&["check", "--format", format]), 0, "", said);
    }
    expect(sandbox.run(&["check", "--quiet"]), 0, "", "");
    assert!(!sandbox.has("public"), "checking writes nothing");
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
    let [line] = ran.stdout.lines().collect::<Vec<_>>()[..] else { panic!("{}", ran.stdout) };
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
