//! A recording under way, as the editor sees it.

use super::problem::Problem;
use crate::serve::edit::lock;
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a recording is.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The browser is started.
    Starting,
    /// The steps before are done: which one, of how many.
    Replaying(usize, usize),
    /// They could not be done, and the author brings the page where it is to be.
    Waiting(Problem),
    /// What the author does becomes steps.
    Recording,
    /// The author points at an element.
    Picking,
    /// What was recorded is written into the guide.
    Writing,
    /// It has ended, with this.
    Done(Value),
    /// It could not be made.
    Failed(Problem),
}

/// A recording.
#[derive(Debug)]
pub struct Running {
    /// Nobody knows it but who asked.
    pub id: String,
    what: &'static str,
    slug: String,
    progress: Mutex<Progress>,
    stopped: AtomicBool,
    goes_on: AtomicBool,
}

#[derive(Debug)]
struct Progress {
    phase: Phase,
    /// The steps so far.
    lines: Vec<String>,
    /// What else is to be said.
    note: Problem,
    /// Where other programs reach a browser without a window.
    browser: Option<String>,
}

impl Running {
    /// One that begins.
    pub fn new(id: String, what: &'static str, slug: String) -> Self {
        let progress =
            Progress { phase: Phase::Starting, lines: Vec::new(), note: Problem::default(), browser: None };
        let (stopped, goes_on) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { id, what, slug, progress: Mutex::new(progress), stopped, goes_on }
    }

    /// The name of the folder in which its steps lie until they are in a guide.
    pub fn folder(&self) -> String {
        self.id.chars().take(16).collect()
    }

    pub fn set(&self, phase: Phase) {
        lock(&self.progress).phase = phase;
    }

    pub fn set_lines(&self, lines: Vec<String>) {
        lock(&self.progress).lines = lines;
    }

    pub fn note(&self, note: Problem) {
        lock(&self.progress).note = note;
    }

    pub fn set_browser(&self, address: &str) {
        lock(&self.progress).browser = Some(address.to_owned());
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        matches!(lock(&self.progress).phase, Phase::Done(_) | Phase::Failed(_))
    }

    /// The user wants it to end.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The page is where the author wants it.
    pub fn go_on(&self) {
        self.goes_on.store(true, Ordering::Relaxed);
    }

    pub fn may_go_on(&self) -> bool {
        self.goes_on.load(Ordering::Relaxed)
    }

    /// For the editor.
    pub fn tell(&self) -> Value {
        let Progress { phase, lines, note, browser } = &*lock(&self.progress);
        let (word, problem) = match phase {
            Phase::Starting => ("starting", note),
            Phase::Replaying(..) => ("replaying", note),
            Phase::Waiting(problem) => ("waiting", problem),
            Phase::Recording => ("recording", note),
            Phase::Picking => ("picking", note),
            Phase::Writing => ("writing", note),
            Phase::Done(_) => ("done", note),
            Phase::Failed(problem) => ("failed", problem),
        };
        let (done, all) = if let Phase::Replaying(done, all) = phase { (*done, *all) } else { (0, 0) };
        json!({
            "id": self.id, "what": self.what, "slug": self.slug, "phase": word, "done": done, "all": all,
            "steps": lines, "message": problem.message, "help": problem.help, "browser": browser,
            "result": if let Phase::Done(result) = phase { result.clone() } else { Value::Null },
        })
    }
}
