//! Which browser to start.

use super::BrowserError;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

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

/// Whether we are root, known by the owner of our own entry in `/proc`; elsewhere the sandbox stays.
#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}
