//! The program while it records.

use guidemark::browser::{Devtools, Dialogs, LaunchOptions};
use guidemark::guide::{self, Part};
use guidemark::source::{ProjectPath, Source};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

pub struct Recording {
    child: Child,
    said: Receiver<String>,
    pub lines: Vec<String>,
    folder: tempfile::TempDir,
}

/// A browser that nobody records.
pub fn browser() -> Devtools {
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH");
    let mut options = LaunchOptions::find(given.as_deref(), path.as_deref()).unwrap();
    options.extra = vec!["--window-size=1280,900".to_owned(), "--site-per-process".to_owned()];
    options.headless = std::env::var_os("GUIDEMARK_WINDOW").is_none();
    Devtools::launch(&options, Dialogs::Accepted).unwrap()
}

impl Recording {
    pub fn start(url: &str, args: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::spawn(&[&["record", url, "--headless"], args].concat(), variables)
    }

    /// In a browser that runs already.
    pub fn start_in(browser: &Devtools, url: &str) -> Self {
        let mut recording = Self::spawn(&["record", url, "--browser", browser.address(), "--no-open"], &[]);
        recording.line("recording:");
        recording
    }

    fn spawn(args: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("guidemark-record").tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .args(args)
            .args(["--scale", "1", "-o"])
            .arg(folder.path().join("guide"))
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, said) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, said, lines: Vec::new(), folder }
    }

    /// Waits for a line that holds a text.
    pub fn line(&mut self, text: &str) -> String {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = self
                .said
                .recv_timeout(left)
                .unwrap_or_else(|_| panic!("no line `{text}` in {:#?}", self.lines));
            self.lines.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
    }

    /// The address by which the browser is driven.
    pub fn address(&mut self) -> String {
        let line = self.line("driven at ws://");
        line[line.find("ws://").unwrap()..].trim().to_owned()
    }

    /// Presses Ctrl-C, as a person at the terminal does; the status.
    pub fn interrupt(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.wait()
    }

    pub fn wait(&mut self) -> Option<i32> {
        let status = self.child.wait().unwrap().code();
        self.lines.extend(self.said.iter());
        status
    }

    /// Ends at once, without a word.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("guide")
    }

    pub fn markdown(&self) -> String {
        std::fs::read_to_string(self.folder().join("index.md")).unwrap()
    }

    /// Each step: its text, its annotations as written, and the picture that it shows.
    pub fn steps(&self) -> Vec<Shown> {
        let source = Source::new(ProjectPath::new("index.md").unwrap(), self.markdown());
        let parsed = guide::parse(&source);
        assert!(parsed.diagnostics.is_empty(), "{:#?}\n{}", parsed.diagnostics, source.text());
        let mut picture = None;
        let of_step = |step: &guide::WrittenStep| {
            let mut shown = Shown::default();
            for part in &step.parts {
                match part {
                    Part::Prose(events) => shown.sentence += &guide::plain(events),
                    Part::Screenshot(image) => picture = Some(self.folder().join(&image.target.value)),
                    Part::Annotation(said) => shown.said.push(source.slice(said.span).to_owned()),
                }
            }
            Shown { picture: picture.clone(), ..shown }
        };
        parsed.guide.steps.iter().map(of_step).collect()
    }

    /// Every file that was written.
    pub fn files(&self) -> Vec<PathBuf> {
        let files = walkdir::WalkDir::new(self.folder()).into_iter().map(|entry| entry.unwrap().into_path());
        files.filter(|path| path.is_file()).collect()
    }

    /// Builds the guide; what it says.
    pub fn build(&self) -> String {
        let built = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .args(["build", "index.md", "--no-cache", "-o"])
            .arg(self.folder.path().join("page.html"))
            .current_dir(self.folder())
            .output()
            .unwrap();
        format!("{} {}", built.status, String::from_utf8_lossy(&built.stderr))
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug, Default, Clone)]
pub struct Shown {
    pub sentence: String,
    pub said: Vec<String>,
    pub picture: Option<PathBuf>,
}

/// A pixel of a picture, `rgb(1, 2, 3)`.
pub fn pixel(picture: &Path, x: u32, y: u32) -> String {
    let [r, g, b] = image::open(picture).unwrap().to_rgb8().get_pixel(x, y).0;
    format!("rgb({r}, {g}, {b})")
}
