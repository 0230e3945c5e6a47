//! A running browser.

use super::connection::{Connection, Incoming};
use super::process::{FirstWindow, Process};
use super::{BrowserError, LaunchOptions};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the browser may take over a command of its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running Chromium. Cloning is cheap and names the same one; it ends when the last clone and the last
/// page are dropped.
#[derive(Clone)]
pub struct Browser {
    running: Arc<Running>,
}

struct Running {
    options: LaunchOptions,
    control: Mutex<Connection>,
    port: u16,
    /// Dropped last: ends the process.
    process: Process,
}

impl Browser {
    /// Starts a browser with an empty profile of its own.
    ///
    /// # Errors
    /// [`BrowserError::Launch`] if it does not start, [`BrowserError::Connection`] if it cannot be talked to.
    pub fn launch(options: &LaunchOptions) -> Result<Self, BrowserError> {
        let first = if options.headless { FirstWindow::None } else { FirstWindow::Open };
        let (process, endpoint) = Process::start(options, first)?;
        let control = Mutex::new(Connection::open(endpoint.port, &endpoint.path)?);
        let options = options.clone();
        Ok(Self { running: Arc::new(Running { options, control, port: endpoint.port, process }) })
    }

    /// One for work whose result must not depend on how many processors there are, and on which is busy: the same program,
    /// on one of them, with an empty profile. Where a system has no word for that, this one.
    ///
    /// # Errors
    /// As [`Self::launch`].
    pub fn on_one_core(&self) -> Result<Self, BrowserError> {
        if !cfg!(target_os = "linux") {
            return Ok(self.clone());
        }
        Self::launch(&LaunchOptions { one_core: true, profile: None, ..self.running.options.clone() })
    }

    /// Connects to a page that is open.
    ///
    /// # Errors
    /// [`BrowserError::Connection`] if there is none.
    pub(super) fn connect(&self, target: &str) -> Result<Connection, BrowserError> {
        Connection::open(self.running.port, &format!("/devtools/page/{target}"))
    }

    /// Number of the browser's process.
    pub fn process_id(&self) -> u32 {
        self.running.process.id()
    }

    /// Folder of the browser's profile.
    pub fn profile(&self) -> &Path {
        self.running.process.profile()
    }

    /// Closes everything that was opened in a context.
    pub(super) fn dispose(&self, context: &str) {
        let _ = self.command("Target.disposeBrowserContext", &json!({ "browserContextId": context }));
    }

    /// What the browser answers to a command of its own.
    ///
    /// # Errors
    /// [`BrowserError`] if it has ended, refuses or takes too long.
    pub(super) fn command(&self, method: &str, params: &Value) -> Result<Value, BrowserError> {
        let mut control = self.running.control.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = control.send(None, method, params)?;
        let until = Instant::now() + PATIENCE;
        while let Some(incoming) = control.receive(until)? {
            match incoming {
                Incoming::Reply { id, result } if id == sent => {
                    return result
                        .map_err(|message| BrowserError::Refused { method: method.to_owned(), message });
                }
                Incoming::Reply { .. } | Incoming::Event(_) => {}
            }
        }
        Err(BrowserError::Timeout {
            what: format!("the reply to `{method}`"),
            after: PATIENCE,
            seen: "nothing".to_owned(),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let control = self.control.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = control.send(None, "Browser.close", &json!({}));
    }
}
