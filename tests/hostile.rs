//! Bad input through the real program. Whatever it is: a clear error with its place, or harmless text; soon,
//! in little memory; the other guides are built and nothing of the user's is lost.

#[path = "hostile/guides.rs"]
mod guides;
#[path = "hostile/leaks.rs"]
mod leaks;
#[path = "hostile/limits.rs"]
mod limits;
#[path = "hostile/outputs.rs"]
mod outputs;
#[path = "hostile/outside.rs"]
mod outside;
#[path = "hostile/pictures.rs"]
mod pictures;
#[path = "cli/sandbox.rs"]
mod sandbox;
#[path = "hostile/texts.rs"]
mod texts;

use sandbox::{Ran, Sandbox};
use std::process::Command;
use std::time::{Duration, Instant};

/// A second is meant for a release build on a machine with nothing else to do; what this must catch takes minutes.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 3 });
/// Address space in kB, which is more than the memory used.
const MEMORY: &str = "500000";

const GOOD: &str = "---\ntitle: Good\ndescription: A good guide.\n---\n\nText.\n\n1. Do it.\n";

/// A project with one good guide.
fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "title = \"Hostile\"\n").write("guides/good.md", GOOD);
    sandbox
}

/// Builds within the limits.
#[track_caller]
fn build(sandbox: &Sandbox, args: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v $0; exec \"$@\"", MEMORY, env!("CARGO_BIN_EXE_guidemark"), "build"]);
    command.args(["--jobs", "2", "--no-cache"]).args(args);
    // Each thread would reserve 64 MB of addresses for itself.
    command.env("MALLOC_ARENA_MAX", "1");
    let start = Instant::now();
    let ran = sandbox.ran(&mut sandbox.at(command));
    let took = start.elapsed();
    let last = ran.stderr.lines().last().unwrap_or_default().to_owned();
    assert!(ran.status.is_some(), "killed by a signal: {last}");
    assert!(took < SOON, "took {took:?}: {last}");
    for bad in ["panicked", "RUST_BACKTRACE", "memory allocation of", "overflowed its stack"] {
        assert!(!ran.stderr.contains(bad), "{}", ran.stderr);
    }
    ran
}

/// A guide that has to be refused: with this code, at this place, and no other guide with it.
#[track_caller]
fn refused(sandbox: &Sandbox, code: &str, place: &str) {
    let before = sandbox.files("guides");
    let ran = build(sandbox, &[]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("error[{code}]: ")), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("--> {place}")), "{}", ran.stderr);
    assert!(sandbox.has("public/good/index.html"), "the other guide is built");
    assert!(!sandbox.has("public/bad"), "nothing of the bad one is");
    assert!(sandbox.files("guides") == before, "what the user wrote is as it was");
}

/// A guide that is strange and can be built. Its page.
#[track_caller]
fn harmless(sandbox: &Sandbox) -> String {
    let ran = build(sandbox, &[]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(sandbox.has("public/good/index.html"), "the other guide is built");
    sandbox.read("public/bad/index.html")
}
