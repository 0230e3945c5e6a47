//! Pages of a trace, drawn by the browser: no script of theirs runs, and nothing but the trace is asked for anything.

use super::super::ImportError;
use super::super::archive::Archive;
use super::events::{Action, Found, Snapshot, Trace};
use super::html::{FRAMES, Writer, frame_name};
use super::resources;
use crate::browser::{Browser, BrowserError, Page, Response, Viewport};
use crate::capture::{PAGE_SCRIPT, Picture, Place, Target, Words};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::time::Duration;

const RESTORE: &str = include_str!("restore.js");
const TARGET: &str = include_str!("target.js");
/// Whether fonts and pictures are there: some are only asked for once the document is restored.
const AT_REST: &str = "document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete || image.loading === 'lazy')";
/// How long a page may take to be drawn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where a document lies whose own address a page can't have.
const NOWHERE: &str = "https://page.guidemark.invalid/";
/// What a document of a trace may do: show itself.
const POLICY: &str = "script-src 'none'; object-src 'none'; base-uri *; form-action 'none'";

/// Pixels a point of the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    One,
    Two,
}

/// A drawn page.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// What it looks like.
    pub picture: Picture,
    /// What the action went to.
    pub target: Option<Target>,
    /// The page's address, title and size.
    pub place: Place,
    /// What is written on it.
    pub words: Words,
}

/// Draws pages, one after the other.
pub struct Artist<'a> {
    trace: &'a Trace,
    writers: BTreeMap<&'a str, Writer<'a>>,
    archive: Archive,
    page: Page,
    /// Of all pictures.
    pub density: Density,
    /// What went wrong, once each.
    pub notes: Vec<String>,
}

impl<'a> Artist<'a> {
    pub fn new(
        trace: &'a Trace,
        archive: Archive,
        browser: &Browser,
        density: Density,
    ) -> Result<Self, ImportError> {
        let mut page = browser.new_page().map_err(failed)?;
        page.set_patience(PATIENCE);
        page.disable_javascript().map_err(failed)?;
        page.answer_all().map_err(failed)?;
        let writers = trace.frames.iter().map(|(frame, list)| (frame.as_str(), Writer::new(list))).collect();
        Ok(Self { trace, writers, archive, page, density, notes: Vec::new() })
    }

    /// A page at a moment. `action`: what went to it, whose target is looked for.
    ///
    /// # Errors
    /// [`ImportError`] if the browser fails; a page that can't be drawn is `None`, with a note.
    pub fn draw(&mut self, found: &Found, action: Option<&Action>) -> Result<Option<Drawing>, ImportError> {
        let Some(snapshot) = self.trace.at(found) else { return Ok(None) };
        let Some(html) = self.document(found) else {
            self.note(format!(
                "left out a picture of `{}`: its page is larger than the limits",
                snapshot.url
            ));
            return Ok(None);
        };
        match self.show(found, snapshot, html, action) {
            Ok(drawing) => Ok(Some(drawing)),
            Err(error @ (BrowserError::Connection(_) | BrowserError::Crashed)) => Err(failed(error)),
            Err(error) => {
                let reason = match error {
                    BrowserError::Timeout { .. } => "it takes too long to draw".to_owned(),
                    error => error.to_string(),
                };
                self.note(format!("left out a picture of `{}`: {reason}", snapshot.url));
                Ok(None)
            }
        }
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn document(&mut self, found: &Found) -> Option<String> {
        self.writers.get_mut(found.frame.as_str())?.document(found.at)
    }

    fn show(
        &mut self,
        found: &Found,
        snapshot: &Snapshot,
        html: String,
        action: Option<&Action>,
    ) -> Result<Drawing, BrowserError> {
        let (width, height) = self.trace.window_of(Some(snapshot));
        let density = if self.density == Density::Two { 2.0 } else { 1.0 };
        let viewport = Viewport { width, height, density, mobile: false };
        self.page.set_viewport(viewport)?;
        let is_web = snapshot.url.starts_with("http://") || snapshot.url.starts_with("https://");
        let url = if is_web { snapshot.url.as_str() } else { NOWHERE };
        self.load(found, url, html)?;
        self.page.evaluate(PAGE_SCRIPT)?;
        let mut place: Place = self.ask("guidemark.place()")?.unwrap_or_default();
        place.url.clone_from(&snapshot.url);
        let words = self.ask("guidemark.words()")?.unwrap_or_default();
        let target = action.map(|action| self.target(action)).transpose()?.flatten();
        let picture = Picture::new(self.page.screenshot()?);
        Ok(Drawing { picture, target, place, words })
    }

    /// What the script says that recordings ask, too.
    fn ask<T: DeserializeOwned>(&mut self, expression: &str) -> Result<Option<T>, BrowserError> {
        Ok(serde_json::from_value(self.page.evaluate(expression)?).ok())
    }

    /// Opens the document; everything that it asks for comes from the trace.
    fn load(&mut self, found: &Found, url: &str, html: String) -> Result<(), BrowserError> {
        let Self { trace, writers, archive, page, .. } = self;
        let own = url.split('#').next().unwrap_or(url).to_owned();
        let mut document = Some(html);
        let mut answer = |asked: &str| {
            let asked = asked.split('#').next().unwrap_or(asked);
            if let Some(name) = asked.strip_prefix(FRAMES) {
                return frame(trace, writers, found, name).map(page_of);
            }
            if asked == own
                && let Some(html) = document.take()
            {
                return Some(page_of(html));
            }
            resources::find(trace, archive, found, asked)
        };
        page.navigate_answered(url, &mut answer)?;
        page.evaluate(RESTORE)?;
        page.wait_answered(AT_REST, &mut answer)
    }

    fn target(&mut self, action: &Action) -> Result<Option<Target>, BrowserError> {
        let point = action.point.map_or("null".to_owned(), |(x, y)| format!("[{x},{y}]"));
        let call = serde_json::Value::from(action.call.as_str());
        self.ask(&format!("{TARGET}({call}, {point})"))
    }
}

/// The last document of a frame before a page's snapshot.
fn frame(
    trace: &Trace,
    writers: &mut BTreeMap<&str, Writer<'_>>,
    page: &Found,
    name: &str,
) -> Option<String> {
    let time = trace.at(page)?.time;
    let (id, list) = trace.frames.iter().find(|(id, _)| frame_name(id) == name)?;
    // Frames are looked at right after the page that they lie in.
    let near = |snapshot: &Snapshot| snapshot.time <= time + 200.0;
    let at = list.iter().rposition(near)?;
    writers.get_mut(id.as_str())?.document(at)
}

fn page_of(html: String) -> Response {
    Response {
        status: 200,
        kind: "text/html; charset=utf-8".to_owned(),
        policy: Some(POLICY),
        body: html.into_bytes(),
    }
}

fn failed(error: BrowserError) -> ImportError {
    ImportError::new(
        format!("the browser failed: {error}"),
        "try again; a Chromium of this year draws traces best",
    )
}
