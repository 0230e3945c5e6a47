//! Logins: a guide that logs in is replayed once, and what the browser keeps of it serves all others.

use super::{Refreshing, work};
use crate::capture::State;
use crate::diagnostic::Failure;
use crate::refresh::{Job, ReplayOptions, Setting, Verdict};
use crate::source::in_words;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long what a browser keeps of a login serves.
const SERVES: Duration = Duration::from_secs(8 * 60 * 60);

/// Why a login fails: what is wrong, and what to do.
type Wrong = (String, String);

/// What a browser keeps of a login, and whether that is from an earlier run.
pub type Login = (State, bool);

/// The logins of a run, by where they are kept.
#[derive(Debug, Default)]
pub struct Logins {
    known: Mutex<BTreeMap<String, Result<State, Wrong>>>,
}

impl Logins {
    /// Forgets one that has ended.
    pub fn forget(&self, setting: &Setting) {
        if let Some(key) = key(setting) {
            self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
            if let Some(file) = file(&key) {
                // One that has gone already is no loss.
                let _ = std::fs::remove_file(file);
            }
        }
    }
}

/// One login at one address.
fn key(setting: &Setting) -> Option<String> {
    let (name, guide) = setting.login.as_ref()?;
    let whole = format!("{}\n{name}\n{guide}", setting.origins.first()?);
    Some(blake3::hash(whole.as_bytes()).to_hex().chars().take(32).collect())
}

fn file(key: &str) -> Option<PathBuf> {
    Some(work::users_cache()?.join("logins").join(format!("state-{key}.json")))
}

impl Refreshing<'_> {
    /// What the browser keeps of the login of a guide, and whether that is from an earlier run.
    pub(super) fn login(&self, setting: &Setting) -> Result<Result<Option<Login>, Wrong>, Failure> {
        let Some(key) = key(setting) else { return Ok(Ok(None)) };
        let mut known = self.run.logins.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&key) {
            return Ok(known.clone().map(|state| Some((state, false))));
        }
        if let Some(state) = load(&key) {
            return Ok(Ok(Some((state, true))));
        }
        let made = self.log_in(setting)?;
        if let Ok(state) = &made {
            keep(&key, state)?;
        }
        known.insert(key, made.clone());
        Ok(made.map(|state| Some((state, false))))
    }

    fn log_in(&self, setting: &Setting) -> Result<Result<State, Wrong>, Failure> {
        let Some((name, path)) = &setting.login else { return Ok(Ok(State::default())) };
        self.run.detail(&format!("logging in as `{name}`"));
        let failed = |why: String, help: String| Ok(Err((format!("the login `{name}` failed: {why}"), help)));
        // One login serves all sets of pictures.
        let asked = ReplayOptions {
            url: setting.origins.first().cloned(),
            origins: self.asked.origins.clone(),
            ..ReplayOptions::default()
        };
        let read = Refreshing { asked: &asked, ..*self }.read(path)?;
        self.run.add(&read.plan, self.settings);
        let own = match read.setting {
            // One login does not need another.
            Ok(mut own) => {
                own.login = None;
                own
            }
            Err((why, help)) => return failed(why, help),
        };
        let job = Job {
            source: &read.source,
            plan: read.plan,
            setting: own,
            lock: read.lock,
            world: &self.target.world,
            is_compared: false,
        };
        let tools = self.browser(&job)?;
        let (run, state) = job.run(tools, None, &work::variable_text, true);
        if let Some((why, help)) = run.failure {
            return failed(why, help);
        }
        let broken = run.steps.iter().find(|step| step.verdict() >= Verdict::Broken);
        if let Some(step) = broken {
            let why =
                format!("step {} of `{}`: {}", step.number, self.target.shown(path.as_str()), step.why());
            return failed(why, step.help.clone().unwrap_or_default());
        }
        Ok(state
            .ok_or_else(|| (format!("the login `{name}` left nothing"), "run the command again".to_owned())))
    }
}

fn load(key: &str) -> Option<State> {
    let file = file(key)?;
    let age = std::fs::metadata(&file).ok()?.modified().ok()?.elapsed().ok()?;
    let text = std::fs::read_to_string(&file).ok().filter(|_| age < SERVES)?;
    serde_json::from_str(&text).ok()
}

/// Keeps a login in a file that only its owner can read.
fn keep(key: &str, state: &State) -> Result<(), Failure> {
    // Without a cache folder, it serves this run.
    let Some(file) = file(key) else { return Ok(()) };
    let folder = file.parent().map(std::path::Path::to_owned).unwrap_or_default();
    work::private_folder(&folder)?;
    let text = serde_json::to_string(state).unwrap_or_default();
    // A temporary file is its owner's alone.
    let written = tempfile::NamedTempFile::new_in(&folder).and_then(|mut new| {
        new.write_all(text.as_bytes())?;
        new.persist(&file).map(drop).map_err(|error| error.error)
    });
    written.map_err(|error| Failure::new(format!("cannot write `{}`: {}", file.display(), in_words(&error))))
}
