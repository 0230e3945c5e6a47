//! The browser's process and its profile: started, ended and cleaned up, whatever becomes of us.

use super::{BrowserError, LaunchOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a start may take; a cold start on a busy machine takes several seconds.
const START: Duration = Duration::from_secs(60);
/// How long the browser may take to end by itself.
const END: Duration = Duration::from_secs(3);

/// A running browser. Dropping it ends the process and removes the profile.
pub(super) struct Process {
    child: Child,
    reaper: Option<Child>,
    profile: Profile,
}

/// Whether a browser begins with a window, which shows an empty page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstWindow {
    /// Its page is used.
    Open,
    /// Every page opens one of its own: one more that nothing is shown in takes a second of a processor.
    None,
}

/// The folder in which a browser keeps what it knows.
enum Profile {
    /// Removed in the end.
    Temporary(TempDir),
    /// The user's: what is in it stays.
    Kept(PathBuf),
}

impl Profile {
    fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    fn new(options: &LaunchOptions) -> std::io::Result<Self> {
        let Some(folder) = &options.profile else {
            return tempfile::Builder::new().prefix("guidemark-browser-").tempdir().map(Self::Temporary);
        };
        std::fs::create_dir_all(folder)?;
        // That of the last time would be read as this one's.
        match std::fs::remove_file(folder.join(PORT_FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(Self::Kept(folder.clone())),
        }
    }
}

/// Starts a program. What a thread starts runs where it does itself.
fn spawned(mut command: Command, one_core: bool) -> std::io::Result<Child> {
    if !one_core {
        return command.spawn();
    }
    let work = move || {
        // Where it may not be said, it runs as others do.
        let _ = stay_on_one_core();
        command.spawn()
    };
    let ended = std::thread::Builder::new().name("launch".to_owned()).spawn(work)?.join();
    ended.unwrap_or_else(|_| Err(std::io::Error::other("the thread that starts it has ended")))
}

/// One of the processors that this thread may use: not the same for every process.
#[cfg(target_os = "linux")]
fn stay_on_one_core() -> std::io::Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let all = sched_getaffinity(None)?;
    let free: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| all.is_set(*core)).collect();
    let at = usize::try_from(std::process::id()).unwrap_or(0).checked_rem(free.len()).unwrap_or(0);
    let mut one = CpuSet::new();
    free.get(at).into_iter().for_each(|core| one.set(*core));
    Ok(sched_setaffinity(None, &one)?)
}

#[cfg(not(target_os = "linux"))]
fn stay_on_one_core() -> std::io::Result<()> {
    Ok(())
}

/// Where a browser says what it listens on.
const PORT_FILE: &str = "DevToolsActivePort";

/// Where a running browser listens.
pub(super) struct Endpoint {
    /// Port on this machine.
    pub(super) port: u16,
    /// Path of the browser's own target.
    pub(super) path: String,
}

impl Process {
    /// Starts the browser with a profile of its own and waits until it listens.
    pub(super) fn start(
        options: &LaunchOptions,
        first: FirstWindow,
    ) -> Result<(Self, Endpoint), BrowserError> {
        let failed = |reason: String| BrowserError::Launch { program: options.program.clone(), reason };
        let profile = Profile::new(options).map_err(|error| failed(error.to_string()))?;
        let errors = profile.path().join("stderr.txt");
        let stderr = std::fs::File::create(&errors).map_err(|error| failed(error.to_string()))?;
        let mut command = Command::new(&options.program);
        command
            .args(options.arguments())
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(match first {
                FirstWindow::Open => "about:blank",
                FirstWindow::None => "--no-startup-window",
            })
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr);
        let child = spawned(command, options.one_core).map_err(|error| failed(error.to_string()))?;
        let reaper = reaper(child.id(), &profile);
        let mut process = Self { child, reaper, profile };
        match process.wait_until_listening() {
            Ok(endpoint) => Ok((process, endpoint)),
            Err(reason) => Err(failed(format!("{reason}{}", last_lines(&errors)))),
        }
    }

    /// Its number.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its profile's folder.
    pub(super) fn profile(&self) -> &Path {
        self.profile.path()
    }

    fn wait_until_listening(&mut self) -> Result<Endpoint, String> {
        let file = self.profile.path().join(PORT_FILE);
        let until = Instant::now() + START;
        while Instant::now() < until {
            if let Some(endpoint) = std::fs::read_to_string(&file).ok().as_deref().and_then(read_endpoint) {
                return Ok(endpoint);
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("it ended with {status}"));
            }
            // No event tells of a new file on every system.
            std::thread::sleep(Duration::from_millis(15));
        }
        Err(format!("it did not listen within {} s", START.as_secs()))
    }

    fn wait_until_ended(&mut self) -> bool {
        let until = Instant::now() + END;
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The owner has asked it to close; a profile can be removed once nothing writes to it.
        if !self.wait_until_ended() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
        if let Some(mut reaper) = self.reaper.take() {
            let _ = reaper.kill();
            let _ = reaper.wait();
        }
    }
}

/// A process that waits for our end and then ends the browser and removes the profile: a browser kept in a
/// `static` is never dropped, and after Ctrl-C nothing is.
#[cfg(unix)]
fn reaper(browser: u32, profile: &Profile) -> Option<Child> {
    let leftover = match profile {
        Profile::Temporary(folder) => folder.path(),
        // A name of nothing: nothing is removed.
        Profile::Kept(_) => Path::new(""),
    };
    use std::os::unix::process::CommandExt;
    // `read` ends when our side of the pipe is closed, by whatever.
    let script = r#"read -r _; kill "$1"; n=0; while kill -0 "$1" && [ $n -lt 30 ]; do n=$((n+1)); sleep 0.1; done
        kill -9 "$1"; [ -n "$2" ] || exit; rm -rf -- "$2"; sleep 0.5; rm -rf -- "$2""#;
    Command::new("sh")
        .args(["-c", script, "guidemark-reaper"])
        .arg(browser.to_string())
        .arg(leftover)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .ok()
}

#[cfg(not(unix))]
fn reaper(_browser: u32, _profile: &Profile) -> Option<Child> {
    None
}

/// The file's two lines: port and path. It may be read before it is written whole.
fn read_endpoint(text: &str) -> Option<Endpoint> {
    let (port, path) = text.split_once('\n')?;
    let path = path.trim_end();
    (path.len() > "/devtools/browser/".len())
        .then(|| Some(Endpoint { port: port.trim().parse().ok()?, path: path.to_owned() }))?
}

fn last_lines(file: &Path) -> String {
    let mut text = String::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(1 << 20).read_to_string(&mut text));
    let lines: Vec<&str> = text.lines().rev().filter(|line| !line.trim().is_empty()).take(5).collect();
    match read {
        Ok(_) if !lines.is_empty() => {
            format!("; it wrote:\n{}", lines.into_iter().rev().collect::<Vec<_>>().join("\n"))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::read_endpoint;

    #[test]
    fn endpoint_is_read_only_when_whole() {
        let endpoint = read_endpoint("38213\n/devtools/browser/ab-cd").expect("whole");
        assert_eq!((endpoint.port, endpoint.path.as_str()), (38213, "/devtools/browser/ab-cd"));
        for half in ["", "382", "38213\n", "38213\n/devtools/browser/", "x\n/devtools/browser/ab-cd"] {
            assert!(read_endpoint(half).is_none(), "{half:?}");
        }
    }
}
