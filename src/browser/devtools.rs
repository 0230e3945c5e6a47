//! A whole browser over one connection: all its tabs and frames, as recording needs them.

use super::connection::{Connection, Event, Incoming};
use super::process::{FirstWindow, Process};
use super::{BrowserError, LaunchOptions};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

/// How long a command may take. A page that shows a dialog answers none.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer of a browser that is asked for its address.
const LARGEST_ANSWER: u64 = 1 << 16;

/// A browser with all its tabs.
pub struct Devtools {
    connection: Connection,
    /// What came in while an answer was waited for.
    waiting: VecDeque<Event>,
    dialogs: Dialogs,
    address: String,
    /// Ends the browser when it is dropped; `None`: it is another program's.
    process: Option<Process>,
    /// The origins that tabs may show; `None`: any.
    origins: Option<Vec<String>>,
    /// Addresses that no tab was let to.
    refused: Vec<String>,
    /// The main frame of each tab, by session.
    tabs: BTreeMap<String, String>,
}

/// Who answers the dialogs of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialogs {
    /// The person who sees them.
    Person,
    /// Nobody sees them: they are accepted at once.
    Accepted,
}

impl Devtools {
    /// Starts a browser.
    ///
    /// # Errors
    /// [`BrowserError::Launch`] if it does not start, [`BrowserError::Connection`] if it cannot be talked to.
    pub fn launch(options: &LaunchOptions, dialogs: Dialogs) -> Result<Self, BrowserError> {
        let (process, endpoint) = Process::start(options, FirstWindow::Open)?;
        let connection = Connection::open(endpoint.port, &endpoint.path)?;
        let address = format!("ws://127.0.0.1:{}{}", endpoint.port, endpoint.path);
        Ok(Self::over(connection, dialogs, address, Some(process)))
    }

    /// Joins a browser on this machine that listens on a port.
    ///
    /// # Errors
    /// [`BrowserError::Connection`] if nothing listens there, or no browser.
    pub fn attach(port: u16) -> Result<Self, BrowserError> {
        let answer = asked(port).map_err(|error| BrowserError::Connection(error.to_string()))?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let found: Value = serde_json::from_str(body.trim()).unwrap_or_default();
        match found["webSocketDebuggerUrl"].as_str() {
            Some(address) => Self::connect(address),
            None => Err(BrowserError::Connection(format!("what listens on port {port} is not a browser"))),
        }
    }

    /// Joins a browser by its address, `ws://127.0.0.1:9222/devtools/browser/…`.
    ///
    /// # Errors
    /// [`BrowserError::Connection`] if the address is none, or nothing answers there.
    pub fn connect(address: &str) -> Result<Self, BrowserError> {
        let bad = || BrowserError::Connection(format!("`{address}` is not an address of a browser"));
        let rest = address.strip_prefix("ws://").ok_or_else(bad)?;
        let (place, path) = rest.find('/').and_then(|at| rest.split_at_checked(at)).ok_or_else(bad)?;
        let (host, port) = place.rsplit_once(':').ok_or_else(bad)?;
        let port = port.parse().map_err(|_| bad())?;
        let connection = Connection::open_at(host, port, path)?;
        Ok(Self::over(connection, Dialogs::Person, address.to_owned(), None))
    }

    fn over(connection: Connection, dialogs: Dialogs, address: String, process: Option<Process>) -> Self {
        let (waiting, refused, tabs) = (VecDeque::new(), Vec::new(), BTreeMap::new());
        Self { connection, waiting, dialogs, address, process, origins: None, refused, tabs }
    }

    /// Who answers dialogs from now on.
    pub fn set_dialogs(&mut self, dialogs: Dialogs) {
        self.dialogs = dialogs;
    }

    /// Lets tabs show pages of these origins alone. Each session that `Fetch.enable` holds for documents is asked.
    pub fn keep_to(&mut self, origins: Vec<String>) {
        self.origins = Some(origins);
    }

    /// Lets tabs show any page again.
    pub fn keep_to_any(&mut self) {
        self.origins = None;
    }

    /// Addresses that no tab was let to, since this was asked last.
    pub fn refused(&mut self) -> Vec<String> {
        std::mem::take(&mut self.refused)
    }

    /// Whether other clients use this browser too.
    pub fn is_shared(&self) -> bool {
        self.process.is_none()
    }

    /// Where other programs reach the same browser.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends a command and does not wait for its answer.
    ///
    /// # Errors
    /// [`BrowserError::Connection`] if the browser has ended.
    pub fn send(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<u64, BrowserError> {
        self.connection.send(session, method, params)
    }

    /// The answer to a command; what happens meanwhile waits for [`next`](Self::next).
    ///
    /// # Errors
    /// [`BrowserError::Refused`], [`BrowserError::Timeout`], [`BrowserError::Connection`].
    pub fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, BrowserError> {
        self.call_within(PATIENCE, session, method, params)
    }

    /// As [`call`](Self::call), with another patience.
    ///
    /// # Errors
    /// As there.
    pub fn call_within(
        &mut self,
        patience: Duration,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Result<Value, BrowserError> {
        let sent = self.connection.send(session, method, params)?;
        let until = Instant::now() + patience;
        while let Some(incoming) = self.connection.receive(until)? {
            match incoming {
                Incoming::Reply { id, result } if id == sent => {
                    return result
                        .map_err(|message| BrowserError::Refused { method: method.to_owned(), message });
                }
                Incoming::Reply { .. } => {}
                Incoming::Event(event) => {
                    self.at_once(&event)?;
                    self.waiting.push_back(event);
                }
            }
        }
        let (what, seen) = (format!("the reply to `{method}`"), "nothing".to_owned());
        Err(BrowserError::Timeout { what, after: patience, seen })
    }

    /// The next thing that happened, if it does before `until`.
    ///
    /// # Errors
    /// [`BrowserError::Connection`] if the browser has ended.
    pub fn next(&mut self, until: Instant) -> Result<Option<Event>, BrowserError> {
        if let Some(event) = self.waiting.pop_front() {
            return Ok(Some(event));
        }
        while let Some(incoming) = self.connection.receive(until)? {
            if let Incoming::Event(event) = incoming {
                self.at_once(&event)?;
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// What can't wait: a screencast goes on only once its frame is acknowledged, and a page with a dialog does nothing.
    fn at_once(&mut self, event: &Event) -> Result<(), BrowserError> {
        let session = event.session.as_deref();
        if event.method == "Page.screencastFrame" {
            let number = json!({ "sessionId": event.params["sessionId"] });
            self.connection.send(session, "Page.screencastFrameAck", &number)?;
        }
        if event.method == "Target.attachedToTarget" && event.params["targetInfo"]["type"] == "page" {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let target = text(&event.params["targetInfo"]["targetId"]);
            self.tabs.insert(text(&event.params["sessionId"]), target);
        }
        if event.method == "Fetch.requestPaused" {
            self.let_through(session, &event.params)?;
        }
        if event.method == "Page.javascriptDialogOpening" && self.dialogs == Dialogs::Accepted {
            self.connection.send(session, "Page.handleJavaScriptDialog", &json!({ "accept": true }))?;
        }
        Ok(())
    }

    /// Answers for a document that is asked for: what a tab is to show must be of an origin that is let.
    fn let_through(&mut self, session: Option<&str>, params: &Value) -> Result<(), BrowserError> {
        let url = params["request"]["url"].as_str().unwrap_or_default();
        let is_tab = session
            .and_then(|session| self.tabs.get(session))
            .is_some_and(|tab| params["frameId"] == tab.as_str());
        let lets =
            |origins: &Vec<String>| origins.iter().any(|origin| origin_of(url) == Some(origin.as_str()));
        if is_tab && !self.origins.as_ref().is_none_or(lets) {
            self.refused.push(url.to_owned());
            let refusal = json!({ "requestId": params["requestId"], "errorReason": "BlockedByClient" });
            self.connection.send(session, "Fetch.failRequest", &refusal)?;
        } else {
            let request = json!({ "requestId": params["requestId"] });
            self.connection.send(session, "Fetch.continueRequest", &request)?;
        }
        Ok(())
    }
}

/// Scheme, host and port of an address of the web.
fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let known = matches!(url.get(..start), Some("http://" | "https://"));
    let rest = url.get(start..).filter(|_| known)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    // What stands before an `@` is not a host.
    (!rest.get(..end)?.contains('@')).then(|| url.get(..start + end))?
}

impl Drop for Devtools {
    fn drop(&mut self) {
        if self.process.is_some() {
            let _ = self.connection.send(None, "Browser.close", &json!({}));
        }
    }
}

/// What a browser says of itself.
fn asked(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET /json/version HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    let mut stream = stream.take(LARGEST_ANSWER);
    loop {
        let read = stream.read(&mut buffer)?;
        answer.extend_from_slice(buffer.get(..read).unwrap_or_default());
        // Some browsers keep the connection open.
        if read == 0 || answer.ends_with(b"}") || answer.ends_with(b"}\n") {
            return Ok(String::from_utf8_lossy(&answer).into_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin_of("http://127.0.0.1:8001/a?b"), Some("http://127.0.0.1:8001"));
        assert_eq!(origin_of("https://a.example#x"), Some("https://a.example"));
        for none in ["file:///etc/passwd", "javascript:1", "data:text/html,x", "http://a@b/", "about:blank"] {
            assert_eq!(origin_of(none), None, "{none}");
        }
    }
}
