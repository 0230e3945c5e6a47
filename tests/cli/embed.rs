use super::{Sandbox, expect};

#[test]
fn the_code_names_the_sites_address() {
    let sandbox = Sandbox::starter();
    sandbox.write(
        "guidemark.toml",
        "base_url = \"https://guides.example.com\"\n[apps.datasette]\nname = \"Datasette\"\n",
    );
    let code = "<iframe src=\"https://guides.example.com/log-in/?view=player\" title=\"How to log in to Datasette\" \
                width=\"100%\" height=\"640\" frameborder=\"0\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>\n";
    let said = "or, with events and a height that fits:\n<script async src=\"https://guides.example.com/embed.js\"></script>\n\
                <guidemark-embed guide=\"log-in\"></guidemark-embed>\n";
    expect(sandbox.run(&["embed", "log-in"]), 0, code, said);
}

#[test]
fn without_an_address_the_code_comes_with_a_note() {
    let sandbox = Sandbox::starter();
    let ran = sandbox.run(&["embed", "log-in"]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.stdout.starts_with("<iframe src=\"log-in/?view=player\""), "{}", ran.stdout);
    let said = "note: the project has no `base_url`, so the code works only on a page of the same site\n";
    assert_eq!(ran.stderr, said);
    assert_eq!(sandbox.run(&["embed", "log-in", "--quiet"]).stderr, "");
}

#[test]
fn a_slug_that_is_nearly_right_is_recognised() {
    let sandbox = Sandbox::starter();
    let said = "error: there is no guide `login`\nhelp: did you mean `log-in`?\n";
    expect(sandbox.run(&["embed", "login"]), 2, "", said);
    let said = "error: there is no guide `something-else`\nhelp: the guides are `log-in`\n";
    expect(sandbox.run(&["embed", "something-else"]), 2, "", said);
}

#[test]
fn many_guides_are_not_all_named() {
    let sandbox = Sandbox::new();
    for number in 10..22 {
        sandbox.write(&format!("guides/guide-{number}.md"), super::GUIDE);
    }
    let named: Vec<String> = (10..20).map(|number| format!("`guide-{number}`")).collect();
    let said = format!("error: there is no guide `zz`\nhelp: there are {} and 2 more\n", named.join(", "));
    expect(sandbox.run(&["embed", "zz"]), 2, "", &said);
}

#[test]
fn a_project_file_with_an_error_is_told() {
    let sandbox = Sandbox::starter();
    sandbox.write("guidemark.toml", "title =");
    let said = "error: `guidemark.toml` has an error, so no guide has an address\n\
                help: `guidemark check` shows where\n";
    expect(sandbox.run(&["embed", "log-in"]), 2, "", said);
}
