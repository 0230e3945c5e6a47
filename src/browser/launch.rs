//! Finding and starting a browser.

use super::connection::{Connection, Incoming};
use super::process::Process;
use super::{BrowserError, Page};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Names that Chromium goes by, the freest first.
const NAMES: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "brave-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

/// Where systems put it that have no folders of programs, or others.
const PLACES: [&str; 13] = [
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/opt/brave.com/brave/brave",
    "/opt/microsoft/msedge/msedge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\BraveSoftware\Brave-Browser\Application\brave.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];

fn installed() -> Option<PathBuf> {
    PLACES.iter().map(PathBuf::from).find(|file| file.is_file())
}

/// How long the browser may take over a command of its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which browser to start, and how.
#[derive(Debug, Clone)]
pub struct LaunchOptions {
    /// The program.
    pub program: PathBuf,
    /// Without a window.
    pub headless: bool,
    /// Without the sandbox around pages: Chromium refuses to start with it as root.
    pub no_sandbox: bool,
    /// Folder of the profile, which is kept; `None`: an empty one, which is removed.
    pub profile: Option<PathBuf>,
    /// On one processor of the system, if that can be said there (Linux).
    pub one_core: bool,
    /// Further arguments.
    pub extra: Vec<String>,
}

impl LaunchOptions {
    /// The Chromium to use: `given` if there is one (the value of `GUIDEMARK_CHROMIUM`), else the first of
    /// the known names in the folders of `path` (the value of `PATH`). Headless, and with the sandbox
    /// unless we are root.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`] with the names looked for.
    pub fn find(given: Option<&Path>, path: Option<&OsStr>) -> Result<Self, BrowserError> {
        let program = match given {
            Some(given) => {
                Some(given.to_owned()).filter(|given| given.is_file() || on_path(path, given).is_some())
            }
            None => NAMES.iter().find_map(|name| on_path(path, Path::new(name))).or_else(installed),
        };
        let names = || match given {
            Some(given) => vec![given.display().to_string()],
            None => NAMES.map(str::to_owned).to_vec(),
        };
        let program = program.ok_or_else(|| BrowserError::NotFound(names()))?;
        Ok(Self {
            program,
            headless: true,
            no_sandbox: is_root(),
            profile: None,
            one_core: false,
            extra: Vec::new(),
        })
    }

    /// The command line, without the profile.
    pub(super) fn arguments(&self) -> Vec<String> {
        let fixed = [
            "--remote-debugging-port=0",
            "--no-first-run",
            "--no-default-browser-check",
            // Nothing may leave the machine but what a page asks for.
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-client-side-phishing-detection",
            "--disable-default-apps",
            "--disable-domain-reliability",
            "--disable-extensions",
            "--disable-quic",
            "--disable-sync",
            "--disable-breakpad",
            "--metrics-recording-only",
            "--no-pings",
            // Several pages at once must each behave as if it were in front.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--disable-hang-monitor",
            "--disable-popup-blocking",
            // The same pixels on every machine.
            "--disable-gpu",
            "--disable-lcd-text",
            "--font-render-hinting=none",
            "--force-color-profile=srgb",
            "--hide-scrollbars",
            // A screenshot has all its pictures, however busy the machine is.
            "--disable-checker-imaging",
            "--mute-audio",
            "--password-store=basic",
            "--use-mock-keychain",
            // Small containers have a tiny /dev/shm.
            "--disable-dev-shm-usage",
        ];
        let switches = [(self.headless, "--headless"), (self.no_sandbox, "--no-sandbox")];
        fixed
            .into_iter()
            .chain(switches.into_iter().filter_map(|(on, switch)| on.then_some(switch)))
            .map(str::to_owned)
            .chain(self.extra.iter().cloned())
            .collect()
    }
}

fn on_path(path: Option<&OsStr>, name: &Path) -> Option<PathBuf> {
    std::env::split_paths(path?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Whether we are root, told by the owner of our own entry in `/proc`; elsewhere the sandbox stays.
#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

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
        let (process, endpoint) = Process::start(options)?;
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

    /// Opens an empty page in a browser context of its own: no cookie, storage or cache is shared.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser has ended or refuses.
    pub fn new_page(&self) -> Result<Page, BrowserError> {
        let context = self.command("Target.createBrowserContext", &json!({ "disposeOnDetach": true }))?;
        let context = text(&context, "browserContextId");
        let page = json!({ "url": "about:blank", "browserContextId": context });
        let target = text(&self.command("Target.createTarget", &page)?, "targetId");
        let connection = Connection::open(self.running.port, &format!("/devtools/page/{target}"))?;
        Page::attach(self.clone(), context, connection)
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

    fn command(&self, method: &str, params: &Value) -> Result<Value, BrowserError> {
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

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
