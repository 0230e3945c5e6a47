//! What becomes of a guide's file when it can't be written to its end.

use super::Sandbox;
use std::process::{Command, Output};

/// A guide of 64 kB with something to fix.
fn long() -> String {
    let prose = "Why one does it, in many words. ".repeat(2_000);
    format!("# How to look\n\n{prose}\n\n1. Look.\n\n![It](shots/my home.png)\n<!-- @click 1,1 -->\n")
}

/// Fixes the guide where no file may become larger than 8 kB; `first` goes before.
fn fix(sandbox: &Sandbox, first: &str) -> Output {
    let script = format!("{first} ulimit -f 16; exec '{}' check --fix", env!("CARGO_BIN_EXE_guidemark"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]);
    sandbox.at(shell).output().unwrap()
}

fn names(sandbox: &Sandbox) -> Vec<String> {
    let entries = std::fs::read_dir(sandbox.path("guides")).unwrap().map(Result::unwrap);
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn on_a_full_disk_a_guide_stays_as_it_was() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("guides/shots/my home.png").write("guides/a.md", long());
    let output = fix(&sandbox, "trap '' XFSZ;");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("cannot write `guides/a.md`: "), "{said}");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(sandbox.read("guides/a.md"), long());
    assert_eq!(names(&sandbox).len(), 2, "nothing is left beside it: {:?}", names(&sandbox));
}

#[test]
fn whoever_is_killed_while_writing_leaves_a_guide_as_it_was() {
    let sandbox = Sandbox::new();
    sandbox.starter_picture("guides/shots/my home.png").write("guides/a.md", long());
    let output = fix(&sandbox, "");
    assert_eq!(output.status.code(), None, "it was killed");
    assert_eq!(sandbox.read("guides/a.md"), long());
    let left = names(&sandbox);
    assert!(left.iter().any(|name| name.starts_with(".guidemark-")), "it was killed in the middle: {left:?}");
    sandbox.run(&["check", "--fix"]);
    assert!(
        sandbox
            .read("guides/a.md")
            .ends_with("1. Look.\n\n   ![It](<shots/my home.png>)\n   <!-- @click 1,1 -->\n")
    );
}
