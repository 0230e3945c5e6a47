use super::{Sandbox, expect};
use std::process::Stdio;

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_right() {
    let sandbox = Sandbox::new();
    let said = "error: unexpected argument '--draft' found\n\n  tip: a similar argument exists: '--drafts'\n\n\
                Usage: guidemark build --drafts [PATH]\n\nFor more information, try '--help'.\n";
    expect(sandbox.run(&["build", "--draft"]), 2, "", said);
    let said = "error: unrecognized subcommand 'biuld'\n\n  tip: a similar subcommand exists: 'build'\n\n\
                Usage: guidemark [OPTIONS] <COMMAND>\n\nFor more information, try '--help'.\n";
    expect(sandbox.run(&["biuld"]), 2, "", said);
    let said = "error: invalid value '0' for '--jobs <N>': number would be zero for non-zero type\n\n\
                For more information, try '--help'.\n";
    expect(sandbox.run(&["build", "--jobs", "0"]), 2, "", said);
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
