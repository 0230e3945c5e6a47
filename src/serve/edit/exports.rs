//! Exports that the author asks for in the browser: one is made at a time, and the last few can be fetched.

use super::desk::{Desk, lock};
use super::refused::Refused;
use crate::browser::{Browser, LaunchOptions};
use crate::cache::Cache;
use crate::export::{self, ExportError, ExportOptions, NotReady, Ready, Scheme};
use crate::serve::secret::Secret;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// How many are kept to be fetched.
const KEPT: usize = 4;

/// What is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// `pdf`.
    form: String,
    #[serde(default)]
    dark: bool,
}

/// The exports of this run.
#[derive(Debug, Default)]
pub struct Exports {
    browser: Option<LaunchOptions>,
    cache: Option<Cache>,
    made: Mutex<Vec<Made>>,
}

#[derive(Debug)]
struct Made {
    /// Nobody knows it but who asked.
    id: String,
    slug: String,
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Working {
        done: usize,
        all: usize,
    },
    /// With the links that became text.
    Ready {
        name: String,
        bytes: Arc<Vec<u8>>,
        lost: Vec<String>,
    },
    Failed(String),
}

impl Exports {
    /// With the browser that draws, if there is one.
    pub fn new(browser: Option<LaunchOptions>, cache: Option<Cache>) -> Self {
        Self { browser, cache, made: Mutex::default() }
    }

    /// Begins an export, and tells what to ask for it by.
    ///
    /// # Errors
    /// [`Refused`] if there is no such guide or form, or another one is being made.
    pub fn start(
        self: &Arc<Self>,
        desk: &Arc<Desk>,
        slug: &str,
        asked: &ExportRequest,
    ) -> Result<Value, Refused> {
        let form = export::form(&asked.form)
            .ok_or_else(|| Refused::Edit(format!("there is no form `{}`", asked.form)))?;
        let listed = desk.known_guide(slug)?;
        let scheme = if asked.dark && export::has_scheme(form) { Scheme::Dark } else { Scheme::Light };
        let options = ExportOptions { scheme, ..ExportOptions::new(form) };
        let id = Secret::new().map_err(|error| Refused::Failed(error.to_string()))?.text().to_owned();
        {
            let mut made = lock(&self.made);
            if made.iter().any(|made| matches!(made.state, State::Working { .. })) {
                return Err(Refused::Edit("another export is being made: wait until it is done".to_owned()));
            }
            let old = (made.len() + 1).saturating_sub(KEPT);
            made.drain(..old);
            let state = State::Working { done: 0, all: 0 };
            made.push(Made { id: id.clone(), slug: slug.to_owned(), state });
        }
        let (exports, desk, own) = (Arc::clone(self), Arc::clone(desk), id.clone());
        let work = move || {
            let state = exports.make(&desk, &listed.path, &options, &own);
            exports.set(&own, state.unwrap_or_else(State::Failed));
        };
        let started = std::thread::Builder::new().name("export".to_owned()).spawn(work);
        if let Err(error) = started {
            self.set(&id, State::Failed(error.to_string()));
        }
        Ok(json!({ "id": id }))
    }

    fn make(
        &self,
        desk: &Desk,
        path: &crate::source::ProjectPath,
        options: &ExportOptions,
        id: &str,
    ) -> Result<State, String> {
        let ready =
            Ready::make(desk.world(), path, 0, self.cache.clone(), None).map_err(|why| match why {
                NotReady::Wrong(_) => "the guide has errors: fix them first".to_owned(),
                NotReady::Failed(why) => why,
            })?;
        let browser = match (&self.browser, export::needs_browser(options.form)) {
            (_, false) => None,
            (None, true) if export::may_be_undrawn(options) => None,
            (None, true) => return Err(NO_BROWSER.to_owned()),
            (Some(found), true) => Some(Browser::launch(found).map_err(|error| error.to_string())?),
        };
        let exporting = ready.exporting(desk.world());
        let mut progress = |done, all| self.set(id, State::Working { done, all });
        let exported = export::export(exporting, options, browser.as_ref(), &mut progress);
        let one = exported.and_then(|exported| export::as_one(exported, exporting.slug));
        let (name, bytes) = one.map_err(|error| match error {
            ExportError::NoBrowser => NO_BROWSER.to_owned(),
            error => error.to_string(),
        })?;
        let lost = if export::has_links(options.form) { ready.lost_links() } else { Vec::new() };
        let lost = lost.into_iter().map(str::to_owned).collect();
        Ok(State::Ready { name, bytes: Arc::new(bytes), lost })
    }

    fn set(&self, id: &str, state: State) {
        if let Some(made) = lock(&self.made).iter_mut().find(|made| made.id == id) {
            made.state = state;
        }
    }

    fn state(&self, slug: &str, id: &str) -> Result<State, Refused> {
        let made = lock(&self.made);
        let found = made.iter().find(|made| made.slug == slug && made.id == id);
        found.map(|made| made.state.clone()).ok_or(Refused::Missing)
    }

    /// How far an export is.
    ///
    /// # Errors
    /// [`Refused::Missing`] if there is none of that id.
    pub fn tell(&self, slug: &str, id: &str) -> Result<Value, Refused> {
        Ok(match self.state(slug, id)? {
            State::Working { done, all } => json!({ "state": "working", "done": done, "all": all }),
            State::Ready { name, bytes, lost } => {
                json!({ "state": "ready", "name": name, "bytes": bytes.len(), "lost": lost })
            }
            State::Failed(why) => json!({ "state": "failed", "message": why }),
        })
    }

    /// The name and the bytes of one that is done.
    ///
    /// # Errors
    /// [`Refused::Missing`] if there is none of that id.
    pub fn file(&self, slug: &str, id: &str) -> Result<(String, Arc<Vec<u8>>), Refused> {
        match self.state(slug, id)? {
            State::Ready { name, bytes, .. } => Ok((name, bytes)),
            State::Working { .. } | State::Failed(_) => Err(Refused::Missing),
        }
    }
}

const NO_BROWSER: &str = "this form is drawn by a browser: install Chromium or Chrome, or name one in \
                          `GUIDEMARK_CHROMIUM`, and start the server again";
