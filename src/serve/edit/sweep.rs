//! What killed servers left beside guides.

use crate::author::{self, HALF};
use crate::source::{DiskWorld, open_plain};
use std::fs::{self, File};
use std::path::Path;

/// Letters that follow the beginning of such a name.
const LETTERS: usize = 6;

/// Removes the files below `root` that were never moved to their place and that nothing holds. Links are not followed.
pub fn sweep(root: &Path) {
    // First what was to be moved together: then nothing of it is half.
    if let Ok(world) = DiskWorld::new(root) {
        // What can't be finished is reported by the next refresh.
        let _ = author::finish(&world);
    }
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let filled = name == "node_modules" || entry.path() == root.join("target");
        entry.depth() == 0 || !entry.file_type().is_dir() || !(name.starts_with('.') || filled)
    };
    for entry in walkdir::WalkDir::new(root).into_iter().filter_entry(visible).flatten() {
        let name = entry.file_name().to_string_lossy();
        let half = name.strip_prefix(HALF).is_some_and(|rest| {
            rest.len() == LETTERS && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if half && entry.file_type().is_file() {
            // Whoever writes one holds it: another server, or a build.
            let held =
                open_plain(entry.path(), File::options().read(true)).map(|file| file.try_lock().is_err());
            if held.is_ok_and(|held| !held) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
