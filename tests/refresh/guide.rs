//! A guide that was recorded once, and copies of it for each test.

use super::site::Site;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const STEPS: &str = r#"{"title": "How to save", "steps": [
    {"do": "type", "on": "field \"Name\"", "text": "Ada"},
    {"do": "click", "on": "button \"Save\""},
    {"do": "look"}
]}"#;

/// The guide in its folder, recorded on a site of its own.
fn recorded() -> &'static Path {
    static RECORDED: OnceLock<tempfile::TempDir> = OnceLock::new();
    RECORDED
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            record(&Site::serve(), STEPS, &folder.path().join("guide"));
            folder
        })
        .path()
}

/// Records a guide into a folder that is not there yet.
fn record(site: &Site, steps: &str, to: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("steps.json");
    std::fs::write(&file, steps).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_guidemark"))
        .args(["record", &site.url("/"), "--headless", "--scale", "1", "--viewport", "900x600", "--steps"])
        .arg(&file)
        .arg("-o")
        .arg(to)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A project with a guide.
pub struct Guide {
    pub folder: tempfile::TempDir,
    pub cache: tempfile::TempDir,
}

/// What a run said.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Guide {
    /// The recorded one.
    pub fn recorded() -> Self {
        let guide = Self::written("");
        let from = recorded().join("guide");
        for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
            let to = guide.path("").join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&to).unwrap();
            } else {
                std::fs::copy(entry.path(), &to).unwrap();
            }
        }
        guide
    }

    /// One of some steps on a site.
    pub fn recorded_on(site: &Site, steps: &str) -> Self {
        let guide = Self::written("");
        std::fs::remove_dir_all(guide.path("")).unwrap();
        record(site, steps, &guide.path(""));
        guide
    }

    /// One of this text.
    pub fn written(text: &str) -> Self {
        let guide = Self { folder: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(guide.path("")).unwrap();
        guide.write("index.md", text);
        guide
    }

    /// Another project of the same files.
    pub fn copied(&self) -> Self {
        let guide = Self::written("");
        for (path, bytes) in self.files() {
            let to = guide.folder.path().join(path);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::write(to, bytes).unwrap();
        }
        guide
    }

    /// A file beside the guide.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("guides/save").join(name)
    }

    pub fn text(&self) -> String {
        std::fs::read_to_string(self.path("index.md")).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Puts a text in the place of another that must be there.
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.text();
        assert!(text.contains(from), "{from} is not in\n{text}");
        self.write("index.md", &text.replacen(from, to, 1));
    }

    /// What all files of the project hold, by path.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let all = walkdir::WalkDir::new(self.folder.path()).sort_by_file_name();
        let files = all.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        let read = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(self.folder.path()).unwrap();
            (path.display().to_string(), std::fs::read(entry.path()).unwrap())
        };
        files.map(read).collect()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidemark"));
        command.args(["refresh", "guides/save/index.md"]).args(args).current_dir(self.folder.path());
        command.env("XDG_CACHE_HOME", self.cache.path()).env("HOME", self.cache.path());
        command
    }

    pub fn refresh(&self, args: &[&str]) -> Ran {
        self.refresh_with(args, &[])
    }

    pub fn refresh_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        let output = self.command(args).envs(variables.iter().copied()).output().unwrap();
        Ran::new(&output)
    }

    /// The verdicts of a check: steps by their number.
    pub fn verdicts(&self, args: &[&str]) -> Vec<String> {
        let ran = self.refresh(&[args, &["--check", "--format", "json"]].concat());
        ran.verdicts()
    }
}

impl Ran {
    pub fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            status: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    fn steps(&self) -> impl Iterator<Item = serde_json::Value> {
        let lines = self.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter(|line| !line["verdict"].is_null())
    }

    pub fn verdicts(&self) -> Vec<String> {
        self.steps().map(|line| line["verdict"].as_str().unwrap().to_owned()).collect()
    }

    /// A line for each step: its number, its verdict and what it says.
    pub fn summary(&self) -> String {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        self.steps()
            .map(|line| format!("{} {}: {}\n", line["step"], text(&line["verdict"]), text(&line["title"])))
            .collect()
    }
}
