//! A real application and its upgrade: Datasette, installed by `tests/refresh/tools`.

use super::guide::{Guide, Ran};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const OLD: &str = "datasette==0.64.8";
const NEW: &str = "datasette==1.0a19";
/// Points that a region may be off one that was recorded anew.
const OFF: f64 = 4.0;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Datasette {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Datasette {
    /// Starts a version; it must be installed.
    fn start(version: &str) -> Self {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let programs = root().join(target).join("tools").join(version.replace("==", "-")).join("bin");
        let folder = tempfile::Builder::new().prefix("guidemark-upgrade").tempdir().unwrap();
        let shop = folder.path().join("shop.db");
        let make = root().join("tests/refresh/upgrade/shop.py");
        let made = Command::new(programs.join("python")).arg(make).arg(&shop).status().unwrap();
        assert!(made.success());
        let mut child = Command::new(programs.join("datasette"))
            .arg(&shop)
            .args(["--port", "0", "--secret", "s"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("running on http")).expect("Datasette starts");
        let address = line.split("running on ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        // What it goes on to say is read, or it would stop.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, _folder: folder }
    }

    /// The guide, recorded on this version.
    fn recorded(&self) -> Guide {
        let guide = Guide::written("");
        std::fs::remove_dir_all(guide.path("")).unwrap();
        let ran = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .args([
                "record",
                &self.address,
                "--headless",
                "--scale",
                "1",
                "--viewport",
                "1000x700",
                "--steps",
            ])
            .arg(root().join("tests/refresh/upgrade/steps.json"))
            .arg("-o")
            .arg(guide.path(""))
            .env("XDG_CACHE_HOME", guide.cache.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        guide
    }

    fn refresh(&self, guide: &Guide, args: &[&str]) -> Ran {
        guide.refresh(&[&["--url", &self.address], args].concat())
    }
}

impl Drop for Datasette {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn install(versions: &[&str]) {
    let installed = Command::new(root().join("tests/refresh/tools")).args(versions).status().unwrap();
    assert!(installed.success(), "tests/refresh/tools installs Datasette");
}

/// The regions of actions, in order.
fn regions(guide: &Guide) -> Vec<(String, [f64; 4])> {
    let part_of = |line: &str| {
        let mut words = line.trim().trim_start_matches("<!-- ").split_whitespace();
        let verb = words.next().filter(|word| word.starts_with('@'))?;
        let at = words.next()?.split_once(',')?;
        let size = words.next()?.split_once('x')?;
        let region = [at.0, at.1, size.0, size.1].map(|side| side.parse().unwrap());
        Some((verb.to_owned(), region))
    };
    guide.text().lines().filter_map(part_of).collect()
}

#[test]
fn an_upgrade_is_told_step_by_step_and_renewed() {
    install(&[]);
    let (old, new) = (Datasette::start(OLD), Datasette::start(NEW));
    let guide = old.recorded();
    let before = guide.files();
    for round in 0..5 {
        let ran = old.refresh(&guide, &["--strict"]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "round {round}: {ran:#?}");
        assert!(guide.files() == before, "round {round}: a file has changed");
    }
    let ran = old.refresh(&guide, &["--check", "--format", "json"]);
    let steps = ran.verdicts().len();
    assert_eq!(ran.verdicts(), vec!["same"; steps]);

    let host = old.address.trim_start_matches("http://");
    let summary = new.refresh(&guide, &["--check", "--format", "json"]).summary().replace(host, "HOST");
    let golden = root().join("tests/refresh/upgrade/verdicts.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&golden, &summary).unwrap();
    }
    assert_eq!(summary, std::fs::read_to_string(golden).unwrap());
    assert!(guide.files() == before, "a check wrote something");

    let ran = new.refresh(&guide, &[]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    let renewed = guide.files();
    let ran = new.refresh(&guide, &["--strict"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:#?}");
    assert!(guide.files() == renewed, "a second run wrote something");
    same_places(&guide, &new.recorded(), OLD, NEW);
}

/// What was found in an upgrade is what a recording acts on there.
fn same_places(renewed: &Guide, recorded: &Guide, from: &str, to: &str) {
    let (ours, theirs) = (regions(renewed), regions(recorded));
    assert_eq!(ours.len(), theirs.len(), "{from} to {to}");
    assert!(ours.len() >= 5, "{ours:?}");
    for ((verb, one), (_, other)) in ours.iter().zip(&theirs) {
        let off = one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        assert!(off <= OFF, "{from} to {to}: `{verb}` is at {one:?} instead of {other:?}");
    }
}

/// For every ordered pair of versions, what is acted on is what a recording there acts on. `GUIDEMARK_VERSIONS` names more of them,
/// as in `datasette==0.63.3 datasette==0.65.2`.
#[test]
fn the_right_element_is_found_in_every_other_version() {
    let more = std::env::var("GUIDEMARK_VERSIONS").unwrap_or_default();
    let versions: Vec<&str> = [NEW, OLD].into_iter().chain(more.split_whitespace()).collect();
    install(&versions);
    let served: Vec<(&str, Datasette)> =
        versions.iter().map(|version| (*version, Datasette::start(version))).collect();
    let recorded: Vec<Guide> = served.iter().map(|(_, app)| app.recorded()).collect();
    for (from, (before, _)) in served.iter().enumerate() {
        for (to, (after, app)) in served.iter().enumerate() {
            // The other direction of the first two is that of the upgrade.
            if from == to || (*before, *after) == (OLD, NEW) {
                continue;
            }
            let guide = recorded[from].copied();
            let ran = app.refresh(&guide, &[]);
            assert_eq!(ran.status, 0, "{before} to {after}: {ran:#?}");
            same_places(&guide, &recorded[to], before, after);
        }
    }
}
