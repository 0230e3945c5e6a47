//! The recording of this run that was asked for last.

use super::insert::{Behind, insert};
use super::problem::Problem;
use super::request::{PutIn, RecordRequest};
use super::running::{Phase, Running};
use super::unfinished::{Unfinished, discard, unfinished};
use super::work::Work;
use crate::browser::LaunchOptions;
use crate::capture::NO_SCREEN;
use crate::serve::edit::{Desk, lock};
use crate::serve::secret::Secret;
use crate::serve::{Screen, ServeOptions};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Recordings, one at a time.
#[derive(Debug)]
pub struct Recordings {
    browser: Option<LaunchOptions>,
    screen: Screen,
    lookup: fn(&str) -> Option<String>,
    last: Mutex<Option<Arc<Running>>>,
}

impl Recordings {
    /// With what the server has.
    pub fn new(options: &ServeOptions) -> Self {
        let lookup = options.lookup.unwrap_or(|_| None);
        Self { browser: options.browser.clone(), screen: options.screen, lookup, last: Mutex::default() }
    }

    /// Begins one, and tells of it.
    ///
    /// # Errors
    /// [`Problem`] if there is no browser or no screen, or another one is being made.
    pub fn start(&self, desk: &Arc<Desk>, asked: RecordRequest) -> Result<Value, Problem> {
        let browser = self.browser.clone().ok_or_else(Problem::no_browser)?;
        if self.screen == Screen::Missing {
            let help = "start `guidemark serve` on a machine with a screen, or record with `guidemark record --headless --steps FILE`";
            return Err(Problem::new(NO_SCREEN, help));
        }
        let id = Secret::new().map_err(|error| Problem::new(error.to_string(), ""))?.text().to_owned();
        let running = Arc::new(Running::new(id, asked.what(), asked.slug().to_owned()));
        {
            let mut last = lock(&self.last);
            if last.as_ref().is_some_and(|last| !last.is_over()) {
                return Err(Problem::new("something is being recorded already", "end that first"));
            }
            *last = Some(Arc::clone(&running));
        }
        let (desk, own, screen, lookup) = (Arc::clone(desk), Arc::clone(&running), self.screen, self.lookup);
        let work = move || {
            let work = Work { desk: &desk, running: &own, browser, screen, lookup };
            own.set(work.run(&asked).map_or_else(Phase::Failed, Phase::Done));
        };
        let started = std::thread::Builder::new().name("record".to_owned()).spawn(work);
        if let Err(error) = started {
            running.set(Phase::Failed(Problem::new(error.to_string(), "")));
        }
        Ok(running.tell())
    }

    /// What is reported of the last one.
    pub fn tell(&self) -> Value {
        lock(&self.last).as_ref().map_or_else(|| json!({ "phase": "none" }), |last| last.tell())
    }

    /// Ends the one of that id, and lets it be written.
    pub fn end(&self, id: &str) -> Value {
        if let Some(running) = self.running(id) {
            running.stop();
        }
        self.tell()
    }

    /// Lets the one of that id go on from where the page is.
    pub fn go_on(&self, id: &str) -> Value {
        if let Some(running) = self.running(id) {
            running.go_on();
        }
        self.tell()
    }

    /// Steps of earlier recordings that are in no guide.
    pub fn unfinished(&self, desk: &Desk) -> Vec<Unfinished> {
        let running = lock(&self.last).clone().filter(|last| !last.is_over());
        unfinished(desk.world(), running.map(|running| running.folder()).as_deref())
    }

    /// Puts such steps into a guide, behind the step of that index.
    ///
    /// # Errors
    /// [`Problem`]; they stay where they are then.
    pub fn put_in(&self, desk: &Desk, asked: &PutIn) -> Result<Value, Problem> {
        let found = self.find(desk, &asked.id)?;
        let behind = Behind::new(&desk.source(&asked.slug)?, asked.after);
        let (first, steps) = insert(desk, &asked.slug, &behind, &found.folder)?;
        Ok(json!({ "first": first, "steps": steps }))
    }

    /// Removes such steps.
    ///
    /// # Errors
    /// [`Problem`]
    pub fn discard(&self, desk: &Desk, id: &str) -> Result<Value, Problem> {
        discard(desk.world(), &self.find(desk, id)?.folder)?;
        Ok(json!({}))
    }

    fn find(&self, desk: &Desk, id: &str) -> Result<Unfinished, Problem> {
        let found = self.unfinished(desk).into_iter().find(|one| one.id == id);
        found.ok_or_else(|| Problem::new("that recording is no longer there", "load the page again"))
    }

    /// Ends whatever is recorded.
    pub fn stop(&self) {
        if let Some(running) = &*lock(&self.last) {
            running.stop();
        }
    }

    fn running(&self, id: &str) -> Option<Arc<Running>> {
        lock(&self.last).clone().filter(|running| running.id == id)
    }
}
