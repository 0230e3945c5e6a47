//! Tells the program what it was built from, so that pages made by another one are made again.

use std::fs;
use std::path::{Path, PathBuf};

/// Everything that decides what a page looks like.
const PAGES: [&str; 3] = ["src", "themes/default", "Cargo.lock"];
/// Everything that decides the bytes of pictures; `geometry.rs` rounds what a guide says to what they hold.
const PICTURES: [&str; 5] = ["src/cache", "src/card", "src/guide/geometry.rs", "src/shot", "Cargo.lock"];

fn main() {
    // The editor's page is in the program, too, and decides no page of a guide.
    for part in PAGES.iter().chain(&["editor"]) {
        println!("cargo:rerun-if-changed={part}");
    }
    println!("cargo:rustc-env=GUIDEMARK_BUILT_FROM={:016x}", hash(&PAGES));
    println!("cargo:rustc-env=GUIDEMARK_PICTURES_BUILT_FROM={:016x}", hash(&PICTURES));
}

/// Of the names and contents of all files in these parts.
fn hash(parts: &[&str]) -> u64 {
    let mut files = Vec::new();
    parts.iter().for_each(|part| collect(Path::new(part), &mut files));
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for file in &files {
        hash = fnv(hash, file.to_string_lossy().as_bytes());
        hash = fnv(hash, &fs::read(file).unwrap_or_default());
    }
    hash
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

/// FNV-1a: nobody attacks it, and it needs no dependency.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
