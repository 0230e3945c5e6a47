use super::{Sandbox, expect};

#[test]
fn a_new_theme_changes_the_pages_at_once() {
    let sandbox = Sandbox::starter();
    let said = "wrote `themes/ours/theme.toml`\nwrote `themes/ours/style/custom.css`\n\
                to use it, write `theme = \"ours\"` in `guidemark.toml`; \
                `guidemark theme show` lists what else it may override\n";
    expect(sandbox.run(&["theme", "new", "ours"]), 0, "", said);
    let project = sandbox.read("guidemark.toml");
    sandbox.write("guidemark.toml", format!("theme = \"ours\"\n{project}"));
    expect(sandbox.run(&["check", "--strict"]), 0, "", "checked 1 guide: no problems found\n");
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert!(sandbox.read("public/log-in/index.html").contains("--ink-soft:#4d4f5e"));
}

#[test]
fn a_theme_is_never_written_over() {
    let sandbox = Sandbox::starter();
    sandbox.write("themes/ours/theme.toml", "extends = \"default\"\n");
    let said = "error: `themes/ours` is there already\nhelp: choose another name, or change that theme\n";
    expect(sandbox.run(&["theme", "new", "ours"]), 2, "", said);
    let said =
        "error: `default` is the built-in theme\nhelp: choose another name: `guidemark theme new ours`\n";
    expect(sandbox.run(&["theme", "new", "default"]), 2, "", said);
    let said = "error: `../ours` can't be the name of a theme\n\
                help: use letters, digits, `-` and `_`: `guidemark theme new ours`\n";
    expect(sandbox.run(&["theme", "new", "../ours"]), 2, "", said);
}

#[test]
fn the_built_in_theme_can_be_read() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["theme", "show"]);
    assert_eq!(ran.status, Some(0));
    for file in ["guide.html", "library.html", "style/tokens.css", "theme.toml"] {
        assert!(ran.stdout.lines().any(|line| line == file), "{file} is missing in\n{}", ran.stdout);
        let ran = sandbox.run(&["theme", "show", file]);
        let path = format!("{}/themes/default/{file}", env!("CARGO_MANIFEST_DIR"));
        let expected = std::fs::read_to_string(path).unwrap();
        assert_eq!((ran.status, ran.stdout, ran.stderr), (Some(0), expected, String::new()));
    }
    let said = "error: the built-in theme has no file `guid.html`\nhelp: did you mean `guide.html`?\n";
    expect(sandbox.run(&["theme", "show", "guid.html"]), 2, "", said);
}
