//! The work of a recording, in a thread of its own.

use super::insert::{Behind, insert};
use super::prepare::{Prepared, prepare};
use super::problem::Problem;
use super::request::RecordRequest;
use super::running::{Phase, Running};
use super::unfinished::FOLDER;
use crate::browser::{Dialogs, LaunchOptions};
use crate::capture::{
    self, Heard, Keeper, Language, Options, Picture, Place, Recorder, Watch, Window, Words, spoken, written,
};
use crate::refresh::Verdict;
use crate::serve::Screen;
use crate::serve::edit::{Desk, Listed};
use crate::source::{ProjectPath, real_folders};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often it is looked whether the user wants to end.
const LOOK: Duration = Duration::from_millis(200);
/// Keeps it out of the author's repository.
const IGNORE: &str = ".guidemark/.gitignore";

/// What it takes.
pub struct Work<'a> {
    pub desk: &'a Desk,
    pub running: &'a Running,
    pub browser: LaunchOptions,
    pub screen: Screen,
    pub lookup: fn(&str) -> Option<String>,
}

/// What the page looks like in the end.
type End = Option<(Place, Picture, Words)>;

impl Work<'_> {
    /// Does it; what is reported of it in the end.
    ///
    /// # Errors
    /// [`Problem`]
    pub fn run(&self, asked: &RecordRequest) -> Result<Value, Problem> {
        let prepared = prepare(self.desk, asked, self.lookup)?;
        match asked {
            RecordRequest::Guide { title, .. } => self.new_guide(title, &prepared),
            RecordRequest::Steps { slug, after, .. } => self.steps(slug, *after, &prepared),
            RecordRequest::Pick { .. } => self.pick(&prepared),
        }
    }

    fn window(&self) -> Window {
        if self.screen == Screen::Hidden { Window::None } else { Window::Ours }
    }

    fn recorder(&self, prepared: &Prepared) -> Result<Recorder, Problem> {
        let window = self.window();
        let tools = capture::open(self.browser.clone(), window, prepared.viewport, prepared.scale)?;
        let begins = prepared.replays.is_empty();
        let options = Options {
            url: begins.then(|| prepared.start.clone()),
            asks: false,
            viewport: prepared.viewport,
            scale: prepared.scale,
            window,
            watch: Watch::Always,
            conditions: prepared.conditions.clone(),
            app: prepared.app.clone(),
            is_apart: false,
        };
        let mut recorder = Recorder::start(tools, options)?;
        if window == Window::None {
            self.running.set_browser(recorder.address());
        }
        self.replay(&mut recorder, prepared)?;
        Ok(recorder)
    }

    /// Does the steps before.
    fn replay(&self, recorder: &mut Recorder, prepared: &Prepared) -> Result<(), Problem> {
        if prepared.replays.is_empty() {
            return Ok(());
        }
        recorder.answer_dialogs(Dialogs::Accepted);
        let mut problem = None;
        for replayed in &prepared.replays {
            let all = replayed.plan.steps.len();
            let goes_on = |number: usize| {
                self.running.set(Phase::Replaying(number, all));
                !self.running.is_stopped()
            };
            let run = replayed.job(self.desk.world()).replay(recorder, &self.lookup, &goes_on);
            let broken = run.steps.iter().find(|step| step.verdict() >= Verdict::Broken);
            let broken = broken.map(|step| {
                let why = format!("step {} can't be done again: {}", step.number, step.why());
                (why, step.help.clone().unwrap_or_default())
            });
            problem = run.failure.or(broken).map(Problem::from);
            if problem.is_some() {
                break;
            }
        }
        recorder.begin_anew(self.window().dialogs());
        match problem {
            Some(problem) => self.wait(recorder, problem),
            None => Ok(()),
        }
    }

    /// Lets the author bring the page where it is to be.
    fn wait(&self, recorder: &mut Recorder, problem: Problem) -> Result<(), Problem> {
        self.running.set(Phase::Waiting(problem.clone()));
        while !self.running.may_go_on() {
            if self.running.is_stopped() || recorder.turn(Instant::now() + LOOK)? == Heard::Closed {
                return Err(problem);
            }
        }
        recorder.begin_anew(self.window().dialogs());
        Ok(())
    }

    fn new_guide(&self, title: &str, prepared: &Prepared) -> Result<Value, Problem> {
        let title = title.trim();
        let host = prepared.start.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        let name = if title.is_empty() { host.unwrap_or("recording") } else { title };
        let (slug, path) = {
            let _one = self.desk.one_at_a_time();
            self.desk.place(&name.to_lowercase(), None)?
        };
        if path.name() != "index.md" {
            let help = "let `guidemark.toml` include folders, such as `**/index.md`";
            return Err(Problem::new("a recording needs a folder of its own", help));
        }
        let mut recorder = self.recorder(prepared)?;
        let folder = self.folder(&path.parent())?;
        let keeper = Keeper::new(&folder, Vec::new())?;
        let mut session = self.session(&mut recorder, prepared, keeper, Some(title))?;
        session.is_draft = true;
        session.listen()?;
        let steps = session.end()?;
        if steps == 0 {
            // Only if nothing was written.
            let _ = std::fs::remove_dir(&folder);
            return Err(nothing());
        }
        let title = if title.is_empty() { slug.clone() } else { title.to_owned() };
        self.desk.add(&slug, Listed { path, title, draft: true, steps, app: None });
        Ok(json!({ "slug": slug, "steps": steps }))
    }

    fn steps(&self, slug: &str, after: Option<usize>, prepared: &Prepared) -> Result<Value, Problem> {
        let behind = Behind::new(&self.desk.source(slug)?, after);
        let mut recorder = self.recorder(prepared)?;
        // It may be there already, and then it is the author's.
        let ignore = ProjectPath::new(IGNORE).unwrap_or_default();
        let _ = crate::author::create(self.desk.world(), &ignore, b"*\n");
        let place = ProjectPath::new(&format!("{FOLDER}/{}", self.running.folder())).unwrap_or_default();
        let folder = self.folder(&place)?;
        let keeper = Keeper::new(&folder, self.secrets(prepared))?;
        let mut session = self.session(&mut recorder, prepared, keeper, None)?;
        session.listen()?;
        let steps = session.end()?;
        drop(session);
        drop(recorder);
        if steps == 0 {
            let _ = std::fs::remove_dir(&folder);
            return Err(nothing());
        }
        self.running.set(Phase::Writing);
        let (first, count) = insert(self.desk, slug, &behind, &place).map_err(|problem| {
            let help = format!("what was recorded lies in `{place}`: **Record steps here** offers it");
            Problem { help, ..problem }
        })?;
        Ok(json!({ "first": first, "steps": count }))
    }

    fn pick(&self, prepared: &Prepared) -> Result<Value, Problem> {
        let mut recorder = self.recorder(prepared)?;
        self.running.set(Phase::Picking);
        while !self.running.is_stopped() {
            recorder.offer_picking();
            if recorder.turn(Instant::now() + LOOK)? == Heard::Closed {
                break;
            }
            match recorder.picked() {
                Some(Some(anchor)) => return Ok(json!({ "anchor": anchor.to_string() })),
                Some(None) => self.running.note(Problem::new(
                    "nothing finds that element again",
                    "click one with a name, such as a button, a link or a field",
                )),
                None => {}
            }
        }
        Err(Problem::new("nothing was picked", ""))
    }

    /// A real folder of the project, made if there is none.
    fn folder(&self, path: &ProjectPath) -> Result<PathBuf, Problem> {
        let root = self.desk.world().root();
        real_folders(root, Path::new(path.as_str())).map_err(|error| {
            Problem::new(
                format!("cannot make the folder `{path}`: {error}"),
                "it must not lead through a link",
            )
        })?;
        Ok(root.join(path.as_str()))
    }

    /// The variables that a replay has typed, and what they hold.
    fn secrets(&self, prepared: &Prepared) -> Vec<(String, String)> {
        let names = prepared.replays.iter().flat_map(|replayed| replayed.plan.variables());
        capture::secrets(names, self.lookup)
    }

    fn session<'a>(
        &'a self,
        recorder: &'a mut Recorder,
        prepared: &'a Prepared,
        keeper: Keeper,
        title: Option<&'a str>,
    ) -> Result<Session<'a>, Problem> {
        let browser = recorder.browser()?;
        let title = title.filter(|title| !title.is_empty());
        Ok(Session { running: self.running, recorder, prepared, keeper, title, browser, is_draft: false })
    }
}

fn nothing() -> Problem {
    Problem::new("nothing was recorded", "do in the window what the guide is to show, then close it")
}

/// What the author does, as it is written.
struct Session<'a> {
    running: &'a Running,
    recorder: &'a mut Recorder,
    prepared: &'a Prepared,
    keeper: Keeper,
    title: Option<&'a str>,
    browser: String,
    is_draft: bool,
}

impl Session<'_> {
    fn listen(&mut self) -> Result<(), Problem> {
        self.running.set(Phase::Recording);
        while !self.running.is_stopped() {
            match self.recorder.turn(Instant::now() + LOOK)? {
                Heard::Steps => self.keep(None)?,
                Heard::Nothing => {}
                Heard::Closed => break,
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<usize, Problem> {
        // What the last step led to is shown, too; a browser that was closed shows nothing.
        let _ = self.recorder.settle();
        self.recorder.fonts();
        let end = self.recorder.finish();
        if self.recorder.steps().is_empty() {
            return Ok(0);
        }
        self.keep(end)?;
        Ok(self.recorder.steps().len())
    }

    /// Writes what there is, and tells of it.
    fn keep(&mut self, end: End) -> Result<(), Problem> {
        let is_end = end.is_some();
        let about = (self.title, &*self.prepared.lang);
        let mut recorded = self.recorder.recorded(&self.prepared.start, about, &self.browser, end);
        recorded.is_draft = self.is_draft;
        let language = Language::from_tag(&self.prepared.lang);
        let lines = recorded.steps.iter().map(|step| spoken(&language.sentence(step))).collect();
        match written(&recorded) {
            Ok(written) => self.keeper.keep(&written)?,
            // What was written before stays, and the next step may be sayable again.
            Err(refusal) if !is_end => self.running.note(Problem::new(refusal.message, "")),
            Err(refusal) => return Err(Problem::new(refusal.message, "")),
        }
        self.running.set_lines(lines);
        Ok(())
    }
}
