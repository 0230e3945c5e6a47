//! A page: opening addresses, running scripts in it, waiting for what should become true.

use super::connection::{Connection, Event, Incoming};
use super::frames::Frames;
use super::paused::Paused;
use super::trace::Trace;
use super::watch::WATCH;
use super::{Browser, BrowserError, Seen, seen};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How often a condition is asked for.
const POLL: Duration = Duration::from_millis(8);

/// An open page. Dropping it closes its browser context.
pub struct Page {
    browser: Browser,
    context: String,
    connection: Connection,
    main_frame: String,
    frames: Frames,
    seen: Seen,
    pub(super) trace: Trace,
    /// Loaders of the main frame that have finished.
    loaded: Vec<String>,
    crashed: bool,
    patience: Duration,
    /// Whether requests are answered by us.
    pub(super) answers: bool,
    /// Requests that wait for an answer.
    pub(super) paused: Vec<Paused>,
}

impl Browser {
    /// Opens an empty page in a browser context of its own: no cookie, storage or cache is shared.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser has ended or refuses.
    pub fn new_page(&self) -> Result<Page, BrowserError> {
        let context = self.command("Target.createBrowserContext", &json!({ "disposeOnDetach": true }))?;
        let context = text(&context, "browserContextId");
        let page = json!({ "url": "about:blank", "browserContextId": context });
        let target = text(&self.command("Target.createTarget", &page)?, "targetId");
        let connection = self.connect(&target)?;
        Page::attach(self.clone(), context, connection)
    }
}

impl Page {
    pub(super) fn attach(
        browser: Browser,
        context: String,
        connection: Connection,
    ) -> Result<Self, BrowserError> {
        let mut page = Self {
            browser,
            context,
            connection,
            main_frame: String::new(),
            frames: Frames::default(),
            seen: Seen::default(),
            trace: Trace::default(),
            loaded: Vec::new(),
            crashed: false,
            patience: Duration::from_secs(20),
            answers: false,
            paused: Vec::new(),
        };
        for (method, params) in enabling() {
            page.command(method, &params)?;
        }
        // A page in the background would get no focus and no animation frames.
        page.command("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        let tree = page.command("Page.getFrameTree", &json!({}))?;
        page.main_frame = tree["frameTree"]["frame"]["id"].as_str().unwrap_or_default().to_owned();
        Ok(page)
    }

    /// How long everything that waits may wait; 20 s unless set.
    pub fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// Opens an address and waits until it is loaded. A change of the fragment alone loads nothing and is
    /// not waited for.
    ///
    /// # Errors
    /// [`BrowserError::Navigation`] if it cannot be opened, [`BrowserError::Timeout`] if it does not load.
    pub fn navigate(&mut self, url: &str) -> Result<(), BrowserError> {
        let answer = self.command("Page.navigate", &json!({ "url": url }))?;
        if let Some(reason) = answer["errorText"].as_str() {
            let (url, reason) = (url.to_owned(), reason.to_owned());
            return Err(BrowserError::Navigation { url, reason });
        }
        match answer["loaderId"].as_str() {
            Some(loader) => self.wait_until_loaded(loader, url),
            None => Ok(()),
        }
    }

    /// Loads the page again and waits until it is loaded.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if it does not load.
    pub fn reload(&mut self) -> Result<(), BrowserError> {
        let before = self.loaded.len();
        self.command("Page.reload", &json!({}))?;
        self.pump_until("the page to load again", |page| page.loaded.len() > before)
    }

    /// Goes back in the page's history, as the browser's own button does.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] if there is nothing to go back to.
    pub fn go_back(&mut self) -> Result<(), BrowserError> {
        let history = self.command("Page.getNavigationHistory", &json!({}))?;
        let entry = history["currentIndex"].as_u64().and_then(|index| {
            let index = usize::try_from(index.checked_sub(1)?).ok()?;
            history["entries"].get(index)?["id"].as_i64()
        });
        self.command("Page.navigateToHistoryEntry", &json!({ "entryId": entry.unwrap_or(-1) }))?;
        Ok(())
    }

    /// The value of an expression in the page; a promise is awaited. What JSON can't say is `null`.
    ///
    /// # Errors
    /// [`BrowserError::Script`] if it throws.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value, BrowserError> {
        self.run(None, expression)
    }

    /// The value of an expression in the frame whose address contains `frame`, wherever that frame lives.
    /// Waits for the frame to appear.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if there is no such frame, [`BrowserError::Script`] if it throws.
    pub fn evaluate_in(&mut self, frame: &str, expression: &str) -> Result<Value, BrowserError> {
        let main = self.main_frame.clone();
        let what = format!("a frame of `{frame}`");
        self.pump_until(&what, |page| page.frames.find(frame, &main).is_some())?;
        match self.frames.find(frame, &main) {
            Some(context) => self.run(Some((context.session, context.id)), expression),
            None => Err(BrowserError::Script(format!("there is no frame of `{frame}`"))),
        }
    }

    /// Waits until an expression is truthy and returns its value. While the page is being loaded, a script
    /// that fails counts as not yet.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] with the expression's last value.
    pub fn wait_for(&mut self, expression: &str) -> Result<Value, BrowserError> {
        self.wait(expression, |page| page.evaluate(expression))
    }

    /// [`wait_for`](Self::wait_for) in the frame whose address contains `frame`.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] with the expression's last value.
    pub fn wait_for_in(&mut self, frame: &str, expression: &str) -> Result<Value, BrowserError> {
        self.wait(expression, |page| page.evaluate_in(frame, expression))
    }

    /// Runs a script in every document before its own, from now on.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn before_each_document(&mut self, script: &str) -> Result<(), BrowserError> {
        self.command("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))?;
        Ok(())
    }

    /// Lets pages do what a reader would be asked for, `clipboardReadWrite` for one.
    ///
    /// # Errors
    /// [`BrowserError::Refused`] if there is no such permission.
    pub fn grant(&mut self, permissions: &[&str]) -> Result<(), BrowserError> {
        let params = json!({ "permissions": permissions, "browserContextId": self.context });
        self.command("Browser.grantPermissions", &params)?;
        Ok(())
    }

    /// What the page said and asked for so far.
    ///
    /// # Errors
    /// [`BrowserError::Crashed`] if its process did.
    pub fn seen(&mut self) -> Result<&Seen, BrowserError> {
        // Events come in order, so those before this reply are all in.
        self.command("Runtime.getIsolateId", &json!({}))?;
        Ok(&self.seen)
    }

    /// Sends a command and waits for its reply.
    pub(super) fn command(&mut self, method: &str, params: &Value) -> Result<Value, BrowserError> {
        self.command_in(None, method, params)
    }

    /// Sends a command several times at once and waits for the reply to the last.
    pub(super) fn commands(&mut self, method: &str, mut params: Vec<Value>) -> Result<(), BrowserError> {
        let last = params.pop();
        for params in &params {
            self.connection.send(None, method, params)?;
        }
        last.map_or(Ok(()), |last| self.command(method, &last).map(drop))
    }

    fn command_in(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, BrowserError> {
        let sent = self.connection.send(session, method, params)?;
        let until = Instant::now() + self.patience;
        while let Some(incoming) = self.connection.receive(until)? {
            match incoming {
                Incoming::Reply { id, result } if id == sent => {
                    return result
                        .map_err(|message| BrowserError::Refused { method: method.to_owned(), message });
                }
                // The reply to something no user waits for.
                Incoming::Reply { .. } => {}
                Incoming::Event(event) => self.note(&event)?,
            }
            if self.crashed {
                return Err(BrowserError::Crashed);
            }
        }
        Err(self.timeout(&format!("the reply to `{method}` {params:.200}"), "nothing"))
    }

    fn run(&mut self, place: Option<(Option<String>, i64)>, expression: &str) -> Result<Value, BrowserError> {
        let mut params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let (session, context) = place.map_or((None, None), |(session, context)| (session, Some(context)));
        if let Some(context) = context {
            params["contextId"] = context.into();
        }
        let mut answer = self.command_in(session.as_deref(), "Runtime.evaluate", &params)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(BrowserError::Script(seen::exception(details))),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    fn wait(
        &mut self,
        what: &str,
        mut ask: impl FnMut(&mut Self) -> Result<Value, BrowserError>,
    ) -> Result<Value, BrowserError> {
        let until = Instant::now() + self.patience;
        loop {
            let seen = match ask(self) {
                Ok(value) if is_truthy(&value) => return Ok(value),
                Ok(value) => value.to_string(),
                Err(error @ (BrowserError::Script(_) | BrowserError::Refused { .. })) => error.to_string(),
                Err(error) => return Err(error),
            };
            if Instant::now() >= until {
                return Err(self.timeout(&format!("`{what}`"), &seen));
            }
            self.pump(POLL)?;
        }
    }

    fn wait_until_loaded(&mut self, loader: &str, url: &str) -> Result<(), BrowserError> {
        let what = format!("`{url}` to load");
        self.pump_until(&what, |page| page.loaded.iter().any(|loaded| loaded == loader))
    }

    /// Takes events until something is so.
    pub(super) fn pump_until(
        &mut self,
        what: &str,
        done: impl Fn(&Self) -> bool,
    ) -> Result<(), BrowserError> {
        let until = Instant::now() + self.patience;
        while !done(self) {
            if Instant::now() >= until {
                return Err(self.timeout(what, "nothing"));
            }
            self.pump(POLL)?;
        }
        Ok(())
    }

    /// How many documents of the main frame have loaded.
    pub(super) fn loads(&self) -> usize {
        self.loaded.len()
    }

    /// When to give up waiting.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + self.patience
    }

    /// Takes what comes in next.
    pub(super) fn pump_before(&mut self, until: Instant, what: &str) -> Result<(), BrowserError> {
        if Instant::now() >= until {
            return Err(self.timeout(&format!("`{what}` to load"), "nothing"));
        }
        self.pump(POLL)
    }

    /// Sends a command whose reply no user waits for.
    pub(super) fn send(&mut self, method: &str, params: &Value) -> Result<(), BrowserError> {
        self.send_in(None, method, params)
    }

    /// [`send`](Self::send) in a session.
    pub(super) fn send_in(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<(), BrowserError> {
        self.connection.send(session, method, params).map(drop)
    }

    /// Takes what comes in within a time, or the first of it.
    fn pump(&mut self, time: Duration) -> Result<(), BrowserError> {
        match self.connection.receive(Instant::now() + time)? {
            Some(Incoming::Event(event)) => self.note(&event),
            Some(Incoming::Reply { .. }) | None => Ok(()),
        }?;
        if self.crashed { Err(BrowserError::Crashed) } else { Ok(()) }
    }

    fn note(&mut self, event: &Event) -> Result<(), BrowserError> {
        self.seen.note(event);
        self.frames.note(event);
        self.trace.note(event);
        self.paused.extend(Paused::read(event));
        let params = &event.params;
        match event.method.as_str() {
            "Target.attachedToTarget" => self.welcome(params["sessionId"].as_str())?,
            "Page.javascriptDialogOpening" => {
                let accept = json!({ "accept": true });
                self.connection.send(event.session.as_deref(), "Page.handleJavaScriptDialog", &accept)?;
            }
            "Page.lifecycleEvent" if params["name"] == "load" && params["frameId"] == *self.main_frame => {
                self.loaded.extend(params["loaderId"].as_str().map(str::to_owned));
            }
            "Inspector.targetCrashed" => self.crashed = true,
            _ => {}
        }
        Ok(())
    }

    /// Looks at a frame of another process as at the page itself, and lets it go on.
    fn welcome(&mut self, session: Option<&str>) -> Result<(), BrowserError> {
        for (method, params) in enabling() {
            self.connection.send(session, method, &params)?;
        }
        if self.answers {
            self.connection.send(session, "Fetch.enable", &json!({}))?;
        }
        self.connection.send(session, "Runtime.runIfWaitingForDebugger", &json!({}))?;
        Ok(())
    }

    fn timeout(&self, what: &str, seen: &str) -> BrowserError {
        let mut seen = seen.to_owned();
        for error in &self.seen.errors {
            seen.push_str(&format!("; page error: {error}"));
        }
        for message in self.seen.console_errors() {
            seen.push_str(&format!("; console: {}", message.text));
        }
        seen.push_str(&format!("; frames: {}", self.frames.urls().join(", ")));
        BrowserError::Timeout { what: what.to_owned(), after: self.patience, seen }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.browser.dispose(&self.context);
    }
}

/// What is reported in every session.
fn enabling() -> [(&'static str, Value); 9] {
    let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
    [
        ("Page.enable", json!({})),
        ("Page.setLifecycleEventsEnabled", json!({ "enabled": true })),
        ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })),
        ("Network.enable", json!({})),
        ("Log.enable", json!({})),
        ("Audits.enable", json!({})),
        ("Performance.enable", json!({})),
        ("Target.setAutoAttach", attach),
        ("Runtime.enable", json!({})),
    ]
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
