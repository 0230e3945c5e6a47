//! A folder of its own for each test, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that is gone after the test.
pub struct Sandbox {
    dir: tempfile::TempDir,
}

/// What a run of the program gave. Paths of the sandbox are `[DIR]`, sizes `[SIZE]`, the version `[VERSION]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// What of each guide is shown, a line each; standard error without these lines is in `stderr`.
    pub shown: String,
}

#[allow(dead_code)] // two test programs share this file, and each uses what it needs
impl Sandbox {
    pub fn new() -> Self {
        Self { dir: tempfile::Builder::new().prefix("guidemark-test").tempdir().unwrap() }
    }

    /// With the project that `guidemark new` makes, in the sandbox itself.
    pub fn starter() -> Self {
        let sandbox = Self::new();
        assert_eq!(sandbox.run(&["new", "."]).status, Some(0));
        sandbox
    }

    /// A picture larger than an icon.
    pub fn starter_picture(&self, path: &str) -> &Self {
        self.write(path, include_bytes!("../../src/cli/starter/username.png"))
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let to = self.path(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// The program, ready to run in the sandbox, without anything of the tester's environment that it obeys.
    pub fn command(&self) -> Command {
        self.at(Command::new(env!("CARGO_BIN_EXE_guidemark")))
    }

    /// Another program in the same place.
    pub fn at(&self, mut command: Command) -> Command {
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "GUIDEMARK_CACHE", "TERM", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        // A cache of the tester's own would hide what the program does.
        command.env("XDG_CACHE_HOME", self.dir.path().join(".cache"));
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.command();
        command.args(args);
        self.ran(&mut command)
    }

    pub fn ran(&self, command: &mut Command) -> Ran {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| self.masked(&String::from_utf8(bytes).unwrap());
        let (shown, stderr) = shown(&text(output.stderr));
        Ran { status: output.status.code(), stdout: text(output.stdout), stderr, shown }
    }

    /// All files below a folder with their bytes, by path. The lock is no file of the site, nor is the cache.
    pub fn files(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        let root = self.path(below);
        let mut files: Vec<_> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_entry(|entry| entry.file_name() != ".cache")
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file() && entry.file_name() != "lock")
            .map(|entry| {
                let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    fn masked(&self, text: &str) -> String {
        let real = fs::canonicalize(self.dir.path()).unwrap();
        let shown = |path: &Path| path.display().to_string();
        let text = text.replace(&shown(&real), "[DIR]").replace(&shown(self.dir.path()), "[DIR]");
        sizes(&text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"))
    }
}

/// The lines that say what of each guide is shown, apart from the others: tests of their own hold them.
fn shown(text: &str) -> (String, String) {
    let is_shown = |line: &&str| line.starts_with('`') && line.contains(".md`: ") && line.contains(" step");
    text.split_inclusive('\n').partition(is_shown)
}

/// Sizes depend on the encoder, whose own tests hold them.
fn sizes(text: &str) -> String {
    let mut masked = text.to_owned();
    for unit in [" bytes", " kB", " MB"] {
        let mut parts = masked.split(unit).map(str::to_owned).collect::<Vec<_>>();
        let last = parts.pop().unwrap();
        masked = parts.into_iter().map(|part| without_number(&part, unit)).collect::<String>() + &last;
    }
    masked
}

/// `3.9` before ` MB` becomes `[SIZE]`; what has no number there stays.
fn without_number(part: &str, unit: &str) -> String {
    let rest = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.len() < part.len() { format!("{rest}[SIZE]") } else { format!("{part}{unit}") }
}
