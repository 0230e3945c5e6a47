//! Commands on the pages: run, and their output compared.
//!
//! In a block of `console`, a line `$ guidemark …` is run in a folder that all blocks of the page share, empty
//! at first; `$ cd DIR` goes on from there. What follows is the output as a terminal shows it, where `...`
//! stands for anything, on a line of its own for any lines. Other commands are not run.

use super::blocks::Page;
use super::sandbox::Sandbox;
use std::path::Path;
use std::process::Command;

/// What is wrong with the commands of a page; empty if nothing is.
pub fn problems(page: &Page) -> String {
    let sandbox = Sandbox::new();
    let mut folder = sandbox.path("");
    let mut problems = String::new();
    for block in page.blocks().iter().filter(|block| block.lang == "console") {
        for (command, expected) in commands(&block.text) {
            if let Some(to) = command.strip_prefix("cd ") {
                folder = folder.join(to);
            } else if command.starts_with("guidemark ") {
                let found = run(&sandbox, &folder, command);
                if !matches(&lines(&expected), &lines(&found)) {
                    problems.push_str(&format!("{}: `{command}` says\n{found}\n", page.name));
                }
            }
        }
    }
    problems
}

fn run(sandbox: &Sandbox, folder: &Path, line: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_guidemark")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{line} 2>&1")]);
    let output = sandbox.at(shell).env("PATH", path).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Each command with the output below it.
fn commands(text: &str) -> Vec<(&str, String)> {
    let mut commands: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            commands.push((command, String::new()));
        } else if let Some((_, output)) = commands.last_mut() {
            output.push_str(line);
            output.push('\n');
        }
    }
    commands
}

fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

fn matches(expected: &[&str], found: &[&str]) -> bool {
    match expected.split_first() {
        None => found.is_empty(),
        Some((&"...", rest)) => (0..=found.len()).any(|skipped| matches(rest, &found[skipped..])),
        Some((line, rest)) => {
            found.split_first().is_some_and(|(first, found)| is_like(line, first) && matches(rest, found))
        }
    }
}

fn is_like(expected: &str, found: &str) -> bool {
    let mut parts = expected.split("...");
    let Some(mut rest) = found.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, parts)) = parts.split_last() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn dots_stand_for_anything() {
    for (expected, found, like) in [
        ("a\nb", "a\nb", true),
        ("a\n...\nc", "a\nb\nb\nc", true),
        ("...", "", true),
        ("wrote ... in ... ms", "wrote 3 kB in 12 ms", true),
        ("wrote ... in ... ms", "wrote 3 kB in 12 s", false),
        ("a", "a\nb", false),
        ("a\nb", "a", false),
        ("", "", true),
    ] {
        assert_eq!(matches(&lines(expected), &lines(found)), like, "{expected:?} {found:?}");
    }
}
