//! Listens to a browser while the user works in it, and tells [`Steps`] what happens.

// An edge: waiting for a browser takes a clock.
#![allow(clippy::disallowed_methods)]

use super::PAGE_SCRIPT;
use super::conditions::Conditions;
use super::draft::Recorded;
use super::event::{Doubt, PageEvent, Place, Target, Text, Words};
use super::frames::{Frames, Picture};
use super::steps::{Noted, Step, StepKind, Steps, Where};
use super::traffic::Traffic;
use crate::browser::{BrowserError, Devtools, Event};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The world of our script, and what it calls.
const WORLD: &str = "guidemark";
const TELL: &str = "guidemarkTell";
/// Largest message of a page.
const LARGEST: usize = 4 << 20;
/// How long what only makes a place exact may take: a page with a dialog answers nothing.
const BRIEF: Duration = Duration::from_millis(1_500);
/// How long a page may be busy with its own scripts.
const BUSY: Duration = Duration::from_secs(15);
/// How long a frame may take to say what is written in it, and how many are asked.
const GLANCE: Duration = Duration::from_millis(400);
const MOST_FRAMES: usize = 6;
/// A tab that comes up so soon after a click was opened by it, in milliseconds.
const FOLLOWS: f64 = 2_500.0;

/// How to record.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to begin with; `None`: what is open.
    pub url: Option<String>,
    /// Whether our own window asks for the address if there is none.
    pub asks: bool,
    /// Width and height of the page.
    pub viewport: (u32, u32),
    /// Pixels a point.
    pub scale: u32,
    /// What the pages are shown in.
    pub window: Window,
    /// Whether pictures are taken all the time.
    pub watch: Watch,
    /// What the pages are to be like.
    pub conditions: Conditions,
    /// The application, as a key of the project.
    pub app: Option<String>,
    /// Whether the pages are kept apart from all others of the browser.
    pub is_apart: bool,
}

/// Whether pictures are taken all the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// All the time: an action can come at any moment.
    Always,
    /// Only on request: a replay knows when.
    OnRequest,
}

/// What pages are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Nothing: they get their size by emulation.
    None,
    /// A window that gets the size that is wanted.
    Ours,
    /// The user's window, which stays as it is.
    Theirs,
}

/// What came of listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// There are steps that were not there, or other ones.
    Steps,
    /// Nothing that matters.
    Nothing,
    /// The last window was closed, or the browser has ended.
    Closed,
}

/// Why recording ends.
#[derive(Debug)]
pub enum RecordError {
    /// The browser does not do what it should.
    Browser(BrowserError),
    /// An element is not to be found: the anchor, and what there is instead.
    NotFound(String, String),
    /// A step can't be done: why, and what to write.
    Step(String, String),
}

impl From<BrowserError> for RecordError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

/// A tab.
#[derive(Debug, Default)]
pub(super) struct Tab {
    pub(super) session: String,
    /// The target, which is its main frame, too.
    target: String,
    /// From 1 in the order in which they were opened.
    number: u32,
    pub(super) frames: Frames,
    /// What its main document says of itself, as far as it is known.
    place: Place,
    pub(super) loading: bool,
    closed: bool,
    /// It shows what a click asked for, and no address was typed yet.
    follows: bool,
}

/// A frame of another process has a session of its own.
#[derive(Debug, Clone)]
struct Child {
    target: String,
    parent: String,
}

/// Listens to a browser.
pub struct Recorder {
    pub(super) tools: Devtools,
    pub(super) options: Options,
    pub(super) tabs: Vec<Tab>,
    children: BTreeMap<String, Child>,
    /// The frame of each of our worlds, by session and context, and the context's name in the whole browser: numbers come again
    /// in another process.
    worlds: BTreeMap<(String, i64), (String, String)>,
    /// Addresses of frames.
    urls: BTreeMap<String, String>,
    /// Frames that asked for another address by themselves.
    asked: BTreeSet<String>,
    pub(super) steps: Steps,
    /// Which tab was used last.
    pub(super) current: u32,
    /// Scripts that failed.
    pub(super) failures: Vec<String>,
    /// What the pages wait for.
    pub(super) traffic: Traffic,
    /// The browser's own words about itself, for what it is to say of a language.
    agent: String,
    /// A hash of how letters are drawn.
    pub(super) fonts: String,
    /// The part of the browser that is ours; `None`: all of it.
    pub(super) context: Option<String>,
    /// What the user points at.
    pub(super) picked: Option<(Target, Where)>,
    /// Whether the first tab shows what to do.
    pub(super) is_at_start: bool,
}

impl Recorder {
    /// Listens to all tabs of a browser from now on, and opens the address to begin with.
    ///
    /// # Errors
    /// [`RecordError::Browser`].
    pub fn start(tools: Devtools, options: Options) -> Result<Self, RecordError> {
        let mut recorder = Self {
            tools,
            options,
            tabs: Vec::new(),
            children: BTreeMap::new(),
            worlds: BTreeMap::new(),
            urls: BTreeMap::new(),
            asked: BTreeSet::new(),
            steps: Steps::default(),
            current: 1,
            failures: Vec::new(),
            traffic: Traffic::default(),
            agent: String::new(),
            fonts: String::new(),
            context: None,
            picked: None,
            is_at_start: false,
        };
        recorder.begin()?;
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        recorder.tools.call(None, "Target.setAutoAttach", &attach)?;
        if let Some(context) = recorder.context.clone() {
            let page = json!({ "url": "about:blank", "browserContextId": context });
            recorder.tools.call(None, "Target.createTarget", &page)?;
        }
        let until = Instant::now() + Duration::from_secs(20);
        while recorder.tabs.is_empty() && Instant::now() < until {
            recorder.turn(until)?;
        }
        let Some(session) = recorder.tabs.first().map(|tab| tab.session.clone()) else {
            return Err(RecordError::Step("the browser has no tab".to_owned(), "open one in it".to_owned()));
        };
        // A page that is sent elsewhere while it is only being made may crash.
        let until = Instant::now() + Duration::from_secs(3);
        let ready = |recorder: &Self| {
            let asked = recorder.options.watch == Watch::OnRequest;
            recorder.tab(1).is_some_and(|tab| asked || tab.frames.last().is_some())
                && !recorder.worlds.is_empty()
        };
        while !ready(&recorder) && Instant::now() < until {
            recorder.turn(Instant::now() + Duration::from_millis(50))?;
        }
        if recorder.options.window == Window::Ours {
            // A window manager may know better.
            let _ = recorder.fit(&session);
        }
        if recorder.options.asks
            || (recorder.options.window == Window::Ours && recorder.options.url.is_some())
        {
            recorder.show_start(&session)?;
        }
        if let Some(url) = recorder.options.url.clone() {
            recorder.navigate(&session, &url)?;
        }
        Ok(recorder)
    }

    /// What must be known or set before the first page.
    fn begin(&mut self) -> Result<(), RecordError> {
        let conditions = self.options.conditions.clone();
        if conditions.locale.is_some() {
            self.agent = text(&self.tools.call(None, "Browser.getVersion", &json!({}))?, "userAgent");
        }
        if let Some(origins) = conditions.origins {
            self.tools.keep_to(origins);
        }
        if self.options.is_apart {
            let apart = json!({ "disposeOnDetach": true });
            let context = self.tools.call(None, "Target.createBrowserContext", &apart)?;
            self.context = Some(text(&context, "browserContextId"));
        }
        Ok(())
    }

    /// Which browser it is.
    ///
    /// # Errors
    /// [`RecordError::Browser`].
    pub fn browser(&mut self) -> Result<String, RecordError> {
        Ok(text(&self.tools.call(None, "Browser.getVersion", &json!({}))?, "product"))
    }

    /// Gives the window the size at which the page has its own.
    fn fit(&mut self, session: &str) -> Result<(), RecordError> {
        let target = self.tabs.first().map(|tab| tab.target.clone()).unwrap_or_default();
        let window = self.tools.call(None, "Browser.getWindowForTarget", &json!({ "targetId": target }))?;
        let around = json!({ "expression": "[outerWidth - innerWidth, outerHeight - innerHeight]", "returnByValue": true });
        let around = self.tools.call(Some(session), "Runtime.evaluate", &around)?;
        let around = |at: usize| around["result"]["value"][at].as_u64().unwrap_or_default();
        let (width, height) = self.options.viewport;
        let bounds =
            json!({ "width": u64::from(width) + around(0), "height": u64::from(height) + around(1) });
        let params = json!({ "windowId": window["windowId"], "bounds": bounds });
        self.tools.call(None, "Browser.setWindowBounds", &params)?;
        Ok(())
    }

    /// Opens an address in a tab.
    pub(super) fn navigate(&mut self, session: &str, url: &str) -> Result<(), RecordError> {
        let answer = self.tools.call(Some(session), "Page.navigate", &json!({ "url": url }))?;
        if let Some(reason) = answer["errorText"].as_str().filter(|reason| *reason != "net::ERR_ABORTED") {
            let (url, reason) = (url.to_owned(), reason.to_owned());
            return Err(BrowserError::Navigation { url, reason }.into());
        }
        Ok(())
    }

    /// Where other programs reach the browser.
    pub fn address(&self) -> &str {
        self.tools.address()
    }

    /// The steps so far.
    pub fn steps(&self) -> &[Step] {
        self.steps.all()
    }

    /// Takes the next thing that happens before `until`. A browser that has ended is no error: a person closes it.
    ///
    /// # Errors
    /// [`RecordError::Browser`] for what is no end of the browser.
    pub fn turn(&mut self, until: Instant) -> Result<Heard, RecordError> {
        match self.hear(until) {
            Err(RecordError::Browser(BrowserError::Connection(_))) => Ok(Heard::Closed),
            heard => heard,
        }
    }

    /// Takes the next thing that happens before `until`.
    ///
    /// # Errors
    /// [`RecordError::Browser`], also if the browser has ended or can't be reached any more.
    pub(super) fn hear(&mut self, until: Instant) -> Result<Heard, RecordError> {
        let Some(event) = self.tools.next(until)? else { return Ok(Heard::Nothing) };
        let before = self.steps.all().len();
        let last = self.steps.all().last().cloned();
        self.note(&event)?;
        if !self.tabs.is_empty() && self.tabs.iter().all(|tab| tab.closed) {
            return Ok(Heard::Closed);
        }
        let changed = self.steps.all().len() != before || self.steps.all().last() != last.as_ref();
        Ok(if changed { Heard::Steps } else { Heard::Nothing })
    }

    /// Ends: what is typed is a step, and the page is shown as it is.
    pub fn finish(&mut self) -> Option<(Place, Picture, Words)> {
        let worlds: Vec<(String, i64)> = self.worlds.keys().cloned().collect();
        for (session, context) in worlds {
            let _ = self.evaluate(&session, context, "guidemark.flush()");
        }
        while let Ok(Some(event)) = self.tools.next(Instant::now() + Duration::from_millis(60)) {
            if self.note(&event).is_err() {
                break;
            }
        }
        let number = self.steps.all().last().map_or(self.current, |step| step.at.page);
        let (place, words) = self.seen(number).unwrap_or_default();
        let tab = self.tab(number).or_else(|| self.tabs.iter().find(|tab| !tab.closed))?;
        let picture = tab.frames.last()?;
        let place = if place.url.is_empty() { tab.place.clone() } else { place };
        self.steps.finish(&place, Some(&picture), &words);
        Some((place, picture, words))
    }

    /// All that is written of it.
    pub fn recorded<'a>(
        &'a self,
        start: &'a str,
        (title, lang): (Option<&'a str>, &'a str),
        browser: &'a str,
        end: Option<(Place, Picture, Words)>,
    ) -> Recorded<'a> {
        let Options { viewport, scale, .. } = self.options;
        let (fonts, app) = (&*self.fonts, self.options.app.as_deref());
        Recorded {
            steps: self.steps.all(),
            end,
            start,
            title,
            lang,
            viewport,
            scale,
            browser,
            fonts,
            app,
            is_draft: false,
        }
    }

    /// What scripts of ours failed at.
    pub fn failures(&self) -> &[String] {
        &self.failures
    }

    pub(super) fn tab(&self, number: u32) -> Option<&Tab> {
        self.tabs.iter().find(|tab| tab.number == number && !tab.closed)
    }

    fn tab_of(&mut self, session: &str) -> Option<&mut Tab> {
        self.tabs.iter_mut().find(|tab| tab.session == session)
    }

    /// The session of the tab that a frame's session belongs to.
    fn page_of<'a>(&'a self, session: &'a str) -> &'a str {
        let mut at = session;
        for _ in 0..16 {
            match self.children.get(at) {
                Some(child) => at = &child.parent,
                None => break,
            }
        }
        at
    }

    fn note(&mut self, event: &Event) -> Result<(), RecordError> {
        let params = &event.params;
        let session = event.session.clone().unwrap_or_default();
        match event.method.as_str() {
            "Target.attachedToTarget" => self.attached(params, &session)?,
            "Target.detachedFromTarget" => self.detached(&text(params, "sessionId")),
            "Runtime.executionContextCreated" => self.world_made(&session, &params["context"]),
            "Runtime.executionContextDestroyed" => {
                let unique = text(params, "executionContextUniqueId");
                self.worlds.retain(|_, (_, known)| *known != unique);
            }
            "Runtime.executionContextsCleared" => self.worlds.retain(|(own, _), _| *own != session),
            "Runtime.bindingCalled" if params["name"] == TELL => self.hear_event(&session, params),
            "Page.screencastFrame" => self.shown(&session, params),
            "Page.frameRequestedNavigation" => {
                self.asked.insert(text(params, "frameId"));
            }
            "Page.frameNavigated" => self.navigated(&session, &params["frame"]),
            "Page.frameStartedLoading" | "Page.frameStoppedLoading" => {
                let loading = event.method == "Page.frameStartedLoading";
                let frame = text(params, "frameId");
                self.tab_of(&session)
                    .filter(|tab| tab.target == frame)
                    .into_iter()
                    .for_each(|tab| tab.loading = loading);
            }
            // The person sees the page again; what was done on it stays recorded.
            "Inspector.targetCrashed" => {
                self.failures.push("a page crashed, and was loaded again".to_owned());
                self.tools.send(Some(&session), "Page.reload", &json!({}))?;
            }
            method if method.starts_with("Network.") => self.traffic.note(method, &session, params, now()),
            "Page.javascriptDialogClosed" if !session.is_empty() => {
                self.steps.dialog(params["result"].as_bool().unwrap_or(false));
            }
            _ => {}
        }
        Ok(())
    }

    fn attached(&mut self, params: &Value, parent: &str) -> Result<(), RecordError> {
        let session = text(params, "sessionId");
        let info = &params["targetInfo"];
        let target = text(info, "targetId");
        match info["type"].as_str() {
            // It belongs to another client.
            Some(_)
                if parent.is_empty()
                    && self.context.as_ref().is_some_and(|own| info["browserContextId"] != own.as_str()) =>
            {
                self.tools.send(Some(&session), "Runtime.runIfWaitingForDebugger", &json!({}))?;
                self.tools.send(None, "Target.detachFromTarget", &json!({ "sessionId": session }))?;
            }
            Some("page") => {
                let number = u32::try_from(self.tabs.len()).unwrap_or(u32::MAX).saturating_add(1);
                let recent = self.steps.all().last().is_some_and(|step| now() - step.t < FOLLOWS);
                let follows = info["openerId"].is_string() || recent;
                let tab = Tab { session: session.clone(), target, number, follows, ..Tab::default() };
                self.tabs.push(tab);
                self.listen(&session, true)?;
            }
            Some("iframe") => {
                self.children.insert(session.clone(), Child { target, parent: parent.to_owned() });
                self.listen(&session, false)?;
            }
            _ => {
                self.tools.send(Some(&session), "Runtime.runIfWaitingForDebugger", &json!({}))?;
            }
        }
        Ok(())
    }

    /// Lets a document be heard and seen before it runs. Commands are carried out in order: none is waited for.
    fn listen(&mut self, session: &str, is_page: bool) -> Result<(), RecordError> {
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        let conditions = self.options.conditions.clone();
        let source = format!("{PAGE_SCRIPT};{}", conditions.script());
        let script = json!({ "source": source, "worldName": WORLD, "runImmediately": true });
        let mut commands = vec![
            ("Inspector.enable", json!({})),
            ("Page.enable", json!({})),
            ("DOM.enable", json!({})),
            ("Runtime.enable", json!({})),
            ("Runtime.addBinding", json!({ "name": TELL, "executionContextName": WORLD })),
            ("Page.addScriptToEvaluateOnNewDocument", script),
            ("Target.setAutoAttach", attach),
        ];
        commands.extend(conditions.commands(&self.agent));
        if self.options.watch == Watch::OnRequest {
            commands.push(("Network.enable", json!({})));
        }
        if is_page {
            if self.options.window == Window::None {
                let (width, height) = self.options.viewport;
                let size = json!({ "width": width, "height": height, "deviceScaleFactor": self.options.scale, "mobile": false });
                commands.push(("Emulation.setDeviceMetricsOverride", size));
                commands.push(("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })));
            }
            if self.options.watch == Watch::Always {
                commands.push(("Page.startScreencast", json!({ "format": "png", "everyNthFrame": 1 })));
            }
        }
        commands.push(("Runtime.runIfWaitingForDebugger", json!({})));
        for (method, params) in commands {
            self.tools.send(Some(session), method, &params)?;
        }
        Ok(())
    }

    fn detached(&mut self, session: &str) {
        self.children.remove(session);
        self.worlds.retain(|(own, _), _| own != session);
        if let Some(tab) = self.tab_of(session) {
            tab.closed = true;
        }
    }

    fn world_made(&mut self, session: &str, context: &Value) {
        if context["name"] == WORLD
            && let Some(id) = context["id"].as_i64()
        {
            let known = (text(&context["auxData"], "frameId"), text(context, "uniqueId"));
            self.worlds.insert((session.to_owned(), id), known);
        }
    }

    fn shown(&mut self, session: &str, params: &Value) {
        let Some(data) = params["data"].as_str() else { return };
        let Ok(png) = STANDARD.decode(data) else { return };
        let t = params["metadata"]["timestamp"].as_f64().unwrap_or_default() * 1000.0;
        if let Some(tab) = self.tab_of(session) {
            tab.frames.push(t, Picture::new(png));
        }
    }

    fn navigated(&mut self, session: &str, frame: &Value) {
        let (id, url) = (text(frame, "id"), text(frame, "url"));
        self.urls.insert(id.clone(), url.clone());
        let by_itself = self.asked.remove(&id);
        let Some(tab) = self.tab_of(session) else { return };
        if frame["parentId"].is_string() || url.starts_with("about:") || url.starts_with("chrome") {
            return;
        }
        let (number, follows) = (tab.number, std::mem::take(&mut tab.follows));
        tab.place = Place { url: url.clone(), ..Place::default() };
        let begins = number == 1 && self.begins(&url);
        if begins || (!by_itself && !follows) {
            let at = Where { page: number, frame: None };
            self.current = number;
            self.steps.opened(&url, now(), at);
        }
    }

    fn hear_event(&mut self, session: &str, params: &Value) {
        let payload = params["payload"].as_str().filter(|payload| payload.len() <= LARGEST);
        let Some(event) = payload.and_then(|payload| serde_json::from_str::<PageEvent>(payload).ok()) else {
            return;
        };
        if let PageEvent::Failed { message, .. } = &event {
            self.failures.push(message.clone());
            return;
        }
        let context = params["executionContextId"].as_i64().unwrap_or_default();
        let frame = self
            .worlds
            .get(&(session.to_owned(), context))
            .map(|(frame, _)| frame.clone())
            .unwrap_or_default();
        let page = self.page_of(session).to_owned();
        let Some(tab) = self.tabs.iter().find(|tab| tab.session == page) else { return };
        if self.is_at_start && tab.number == 1 {
            return;
        }
        let (number, main) = (tab.number, tab.target.clone());
        let picture = tab.frames.before(event.time());
        self.current = number;
        if let PageEvent::Picked { target, .. } = event {
            let is_page = frame == main || frame.is_empty();
            let frame = (!is_page).then(|| self.part_of(&frame));
            self.note_picked(target, Where { page: number, frame });
            return;
        }
        if frame == main || frame.is_empty() {
            let at = Where { page: number, frame: None };
            let mut event = event;
            if let Some(words) = event.words_mut() {
                self.add_frames(number, words);
            }
            self.steps.hear(Noted { event, at, picture });
            return;
        }
        let offset = self.offset(session, &frame, 0);
        let at = Where { page: number, frame: Some(self.part_of(&frame)) };
        let mut event = event.moved(offset);
        // A step of a frame is a step on the page around it.
        if let Some((place, _)) = self.seen(number) {
            in_page(&mut event, &place);
        }
        self.steps.hear(Noted { event, at, picture });
    }

    /// What is written in the frames of a page is on its picture, too.
    pub(super) fn add_frames(&mut self, number: u32, words: &mut Words) {
        let frames = self.worlds_of(number).into_iter().filter(|(_, _, frame)| !self.is_main(frame));
        for (session, context, frame) in frames.take(MOST_FRAMES).collect::<Vec<_>>() {
            let params =
                json!({ "expression": "guidemark.words()", "contextId": context, "returnByValue": true });
            let answer = self.tools.call_within(GLANCE, Some(&session), "Runtime.evaluate", &params);
            let value = answer.map(|mut answer| answer["result"]["value"].take()).unwrap_or_default();
            let Ok(inner) = serde_json::from_value::<Words>(value) else { continue };
            if inner.texts.is_empty() && inner.secrets.is_empty() {
                continue;
            }
            let offset = self.offset(&session, &frame, 0);
            words
                .texts
                .extend(inner.texts.into_iter().map(|text| Text { zone: text.zone.moved(offset), ..text }));
            words.secrets.extend(inner.secrets.into_iter().map(|zone| zone.moved(offset)));
            words.doubts.extend(inner.doubts.into_iter().map(|doubt| Doubt {
                zone: doubt.zone.moved(offset),
                anchor: None,
                ..doubt
            }));
        }
    }

    /// The part of a frame's address that tells it from the others.
    fn part_of(&self, frame: &str) -> String {
        let url = self.urls.get(frame).map(String::as_str).unwrap_or_default();
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
        let others = || self.urls.iter().filter(|(id, _)| *id != frame).map(|(_, url)| url);
        let unique = path.len() > 1 && !others().any(|url| url.contains(path));
        if unique { path.to_owned() } else { rest.to_owned() }
    }

    /// Where a frame lies on its page.
    pub(super) fn offset(&mut self, session: &str, frame: &str, depth: usize) -> (f64, f64) {
        let child = self.children.get(session).cloned();
        let is_root = child.as_ref().is_none_or(|child| child.target == frame)
            && (child.is_some() || self.tabs.iter().any(|tab| tab.target == frame));
        let owner = match (&child, is_root) {
            (Some(child), true) => child.parent.clone(),
            (None, true) => return (0.0, 0.0),
            (_, false) => session.to_owned(),
        };
        let Some((x, y)) = self.box_of(&owner, frame).filter(|_| depth < 8) else { return (0.0, 0.0) };
        // The place is that in the owner's process, whose own root may be a frame.
        let outer = match self.children.get(&owner).cloned() {
            Some(child) => self.offset(&owner, &child.target, depth + 1),
            None => (0.0, 0.0),
        };
        (x + outer.0, y + outer.1)
    }

    fn box_of(&mut self, session: &str, frame: &str) -> Option<(f64, f64)> {
        let owner = self.brief(session, "DOM.getFrameOwner", &json!({ "frameId": frame })).ok()?;
        let node = json!({ "backendNodeId": owner["backendNodeId"] });
        let model = self.brief(session, "DOM.getBoxModel", &node).ok()?;
        let content = model["model"]["content"].as_array()?;
        Some((content.first()?.as_f64()?, content.get(1)?.as_f64()?))
    }

    fn brief(&mut self, session: &str, method: &str, params: &Value) -> Result<Value, BrowserError> {
        self.tools.call_within(BRIEF, Some(session), method, params)
    }

    /// The value of an expression in one of our worlds.
    pub(super) fn evaluate(
        &mut self,
        session: &str,
        context: i64,
        expression: &str,
    ) -> Result<Value, RecordError> {
        let params = json!({ "expression": expression, "contextId": context, "returnByValue": true });
        // A replay waits for a busy page. A recording does not: it would hold up the author.
        let time = if self.options.watch == Watch::OnRequest { BUSY } else { BRIEF };
        let answer = self.tools.call_within(time, Some(session), "Runtime.evaluate", &params)?;
        if answer["exceptionDetails"].is_object() {
            let why = answer["exceptionDetails"]["exception"]["description"].as_str().unwrap_or("unknown");
            return Err(BrowserError::Script(why.to_owned()).into());
        }
        Ok(answer["result"]["value"].clone())
    }

    /// Our worlds in a tab: session, context and frame, the page's own first.
    pub(super) fn worlds_of(&self, number: u32) -> Vec<(String, i64, String)> {
        let Some(tab) = self.tab(number) else { return Vec::new() };
        let of_tab = self.worlds.iter().filter(|((session, _), _)| self.page_of(session) == tab.session);
        let mut worlds: Vec<_> = of_tab
            .map(|((session, context), (frame, _))| (session.clone(), *context, frame.clone()))
            .collect();
        worlds.sort_by_key(|(_, context, frame)| (*frame != tab.target, std::cmp::Reverse(*context)));
        worlds
    }

    /// The address of a frame.
    pub(super) fn url_of(&self, frame: &str) -> &str {
        self.urls.get(frame).map(String::as_str).unwrap_or_default()
    }

    /// Whether a frame is the page itself.
    pub(super) fn is_main(&self, frame: &str) -> bool {
        self.tabs.iter().any(|tab| tab.target == frame)
    }

    /// What the main document of a tab says of itself.
    pub(super) fn seen(&mut self, number: u32) -> Option<(Place, Words)> {
        #[derive(Deserialize)]
        struct Seen {
            place: Place,
            words: Words,
        }
        let (session, context, _) = self.worlds_of(number).into_iter().next()?;
        let expression = "({ place: guidemark.place(), words: guidemark.words() })";
        let value = self.evaluate(&session, context, expression).ok()?;
        serde_json::from_value::<Seen>(value).ok().map(|seen| (seen.place, seen.words))
    }

    /// Whether the last step is that.
    pub(super) fn last_is(&self, is: impl Fn(&StepKind) -> bool) -> bool {
        self.steps.all().last().is_some_and(|step| is(&step.kind))
    }
}

/// What is reported of a frame, as of the page around it.
fn in_page(event: &mut PageEvent, page: &Place) {
    match event {
        PageEvent::Down { place, .. }
        | PageEvent::Rest { place, .. }
        | PageEvent::Key { place, .. }
        | PageEvent::Typed { place, .. }
        | PageEvent::Chosen { place, .. }
        | PageEvent::Files { place, .. }
        | PageEvent::Scrolled { place, .. }
        | PageEvent::Mark { place, .. } => *place = page.clone(),
        PageEvent::Up { .. }
        | PageEvent::Drop { .. }
        | PageEvent::Dragging { .. }
        | PageEvent::Double { .. }
        | PageEvent::Menu { .. }
        | PageEvent::Undo { .. }
        | PageEvent::Picked { .. }
        | PageEvent::Failed { .. } => {}
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// Milliseconds since 1970, as pages count them.
pub(super) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0
}
