use super::{Sandbox, expect};
use std::process::Stdio;

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_right() {
    let sandbox = Sandbox::new();
    let said = |arguments: &[&str], said: &str| expect(sandbox.run(arguments), 2, "", said);
    said(&["build", "--draft"], "error: there is no option `--draft` here\nhelp: did you mean `--drafts`?\n");
    said(&["biuld"], "error: there is no command `biuld`\nhelp: did you mean `build`?\n");
    said(&["paint"], "error: there is no command `paint`\nhelp: `guidemark --help` lists the commands\n");
    said(
        &["build", "--jobs", "0"],
        "error: `--jobs` can't be `0`\nhelp: write how many guides at once, 1 or more: `--jobs 2`\n",
    );
    said(
        &["serve", "--port", "70000"],
        "error: `--port` can't be `70000`\n\
         help: write a number up to 65535, or 0 for any port that is free: `--port 4747`\n",
    );
    said(
        &["check", "--format", "xml"],
        "error: `--format` can't be `xml`\nhelp: use `human`, `json` or `github`\n",
    );
    said(&["check", "--format", "jsn"], "error: `--format` can't be `jsn`\nhelp: did you mean `json`?\n");
    said(&["check", "--format"], "error: `--format` needs a value\nhelp: use `human`, `json` or `github`\n");
    said(
        &["completions", "perl"],
        "error: the shell can't be `perl`\nhelp: use `bash`, `elvish`, `fish`, `powershell` or `zsh`\n",
    );
    said(&["new"], "error: `<DIR>` is missing\nhelp: write `guidemark new <DIR>`; `--help` says more\n");
    said(
        &["build", ".", "more"],
        "error: `more` is one word too many\n\
         help: write `guidemark build [OPTIONS] [PATH]`; `--help` says more\n",
    );
    said(
        &["build", "--out", "a", "-o", "b"],
        "error: `--out` and `-o` don't go together\n\
         help: write `guidemark build --out <DIR> [PATH]`; `--help` says more\n",
    );
}

#[test]
fn help_and_version_are_data() {
    let sandbox = Sandbox::new();
    expect(sandbox.run(&["--version"]), 0, "guidemark [VERSION]\n", "");
    let help = sandbox.run(&["--help"]);
    assert_eq!((help.status, help.stderr.as_str()), (Some(0), ""));
    for command in ["new", "build", "serve", "check", "embed", "theme", "completions", "man"] {
        assert!(help.stdout.contains(&format!("\n  {command} ")), "{command} is missing in\n{}", help.stdout);
    }
    assert_eq!(sandbox.run(&[]).status, Some(2));
}

#[test]
fn colours_are_for_terminals_unless_told() {
    let sandbox = Sandbox::new();
    sandbox.write("guides/wrong.md", super::WRONG);
    assert!(!sandbox.run(&["check"]).stdout.contains('\x1b'));
    assert!(sandbox.run(&["check", "--color", "always"]).stdout.contains('\x1b'));
    assert!(sandbox.run(&["build", "nowhere", "--color", "always"]).stderr.contains('\x1b'));
    let ran = sandbox.ran(sandbox.command().args(["check", "--color", "always"]).env("NO_COLOR", "1"));
    assert!(ran.stdout.contains('\x1b'), "what is typed wins over the environment");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command()
        .args(["theme", "show"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn data_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = sandbox.command();
    let ran = sandbox.ran(command.args(["completions", "bash"]).stdout(full));
    expect(ran, 2, "", "error: cannot write to standard output: no space left on device\n");
}
