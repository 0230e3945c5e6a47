//! The walls of the house: a room under `src` uses only rooms below it, and in a room no modules use each other in circles.

#[path = "rooms/circles.rs"]
mod circles;
#[path = "rooms/modules.rs"]
mod modules;
#[path = "rooms/tokens.rs"]
mod tokens;

use std::fs;
use std::path::Path;

/// Lowest first.
const ROOMS: [&str; 19] = [
    "source",
    "author",
    "cache",
    "diagnostic",
    "project",
    "guide",
    "edit",
    "shot",
    "card",
    "theme",
    "page",
    "site",
    "browser",
    "capture",
    "refresh",
    "import",
    "export",
    "serve",
    "cli",
];

#[test]
fn a_room_uses_only_rooms_below_it() {
    let mut broken = Vec::new();
    for (height, room) in ROOMS.iter().enumerate() {
        for file in sources(room) {
            let text = fs::read_to_string(&file).unwrap();
            let above = ROOMS.iter().skip(height + 1).filter(|above| uses(&text, above));
            broken.extend(above.map(|above| format!("{} uses `{above}`", file.display())));
        }
    }
    assert!(broken.is_empty(), "these rooms use rooms above them:\n{}", broken.join("\n"));
}

#[test]
fn every_room_has_its_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let known = ROOMS.contains(&name.as_str()) || ["lib.rs", "main.rs"].contains(&name.as_str());
        assert!(known, "`src/{name}` is no room of this test: say how high it lies");
    }
}

#[test]
fn the_program_only_opens_the_door() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 30, "`src/main.rs` is for arguments in and exit code out");
}

#[test]
fn what_is_written_about_the_code_names_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut gone = Vec::new();
    for page in ["CONTRIBUTING.md", "docs/architecture.md"] {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let named = text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.starts_with("src/") || name.starts_with("editor/"));
        gone.extend(named.filter(|name| !root.join(name).exists()).map(|name| format!("{page}: `{name}`")));
    }
    assert!(gone.is_empty(), "these have gone or have another name:\n{}", gone.join("\n"));
}

fn sources(room: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).map(|entry| entry.into_path());
    files.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

/// Whether a text names a room: `crate::site::…` or `use crate::{site, …}`.
fn uses(text: &str, room: &str) -> bool {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| {
        line.match_indices("crate::").any(|(at, found)| {
            let rest = line[at + found.len()..].trim_start_matches('{');
            rest.split([',', '}', ';']).any(|part| {
                let name = part.trim().split([':', ' ', '(', '<']).next().unwrap_or_default();
                name == room && (rest.starts_with(name) || line.contains("crate::{"))
            })
        })
    })
}
