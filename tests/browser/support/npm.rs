//! What `tests/package-lock.json` names, installed where the build writes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The path of a file of a package.
pub fn installed(file: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(install).join("node_modules").join(file)
}

/// Installs the packages, unless they are there.
fn install() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let same = |name: &str| std::fs::read(folder.join(name)).ok() == std::fs::read(tests.join(name)).ok();
    if folder.join("node_modules").is_dir() && same("package-lock.json") {
        return folder;
    }
    std::fs::create_dir_all(&folder).expect("made");
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(tests.join(name), folder.join(name)).expect("copied");
    }
    let installed = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .output()
        .expect("npm is installed");
    assert!(installed.status.success(), "npm ci failed:\n{}", String::from_utf8_lossy(&installed.stderr));
    folder
}
