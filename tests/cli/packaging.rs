use super::{Sandbox, expect};

#[test]
fn completions_for_every_shell() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = sandbox.run(&["completions", shell]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("guidemark") && ran.stdout.contains("drafts"), "{shell}");
    }
}

#[test]
fn manual_pages_for_the_program_and_its_commands() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["man"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains(".TH guidemark 1"), "{}", ran.stdout);
    let ran = sandbox.run(&["man", "build"]);
    assert!(ran.stdout.contains("\\-\\-drafts"), "{}", ran.stdout);
    let said = "error: there is no command `biuld`\nhelp: did you mean `build`?\n";
    expect(sandbox.run(&["man", "biuld"]), 2, "", said);
}
