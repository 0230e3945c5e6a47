//! The browser that the user records in.

use super::recorder::Window;
use crate::browser::{BrowserError, Devtools, Dialogs, LaunchOptions};

/// What is said where there is no screen.
pub const NO_SCREEN: &str = "there is no screen to show a window on";

impl Window {
    /// Whether the person or the program answers the dialogs of pages: without a window they cannot be seen.
    pub fn dialogs(self) -> Dialogs {
        if self == Window::None { Dialogs::Accepted } else { Dialogs::Person }
    }
}

/// Starts a browser whose page gets a size in points, and so many pixels a point.
///
/// # Errors
/// [`BrowserError`] if it does not start.
pub fn open(
    mut options: LaunchOptions,
    window: Window,
    (width, height): (u32, u32),
    scale: u32,
) -> Result<Devtools, BrowserError> {
    options.headless = window == Window::None;
    options.extra.extend([
        format!("--force-device-scale-factor={scale}"),
        format!("--window-size={width},{}", height + 100),
        "--window-position=0,0".to_owned(),
        "--site-per-process".to_owned(),
    ]);
    Devtools::launch(&options, window.dialogs())
}

/// How one gets a browser on this system. `command`: what is run with it.
pub fn how_to_get_one(command: &str) -> String {
    let named = format!("or name one: `GUIDEMARK_CHROMIUM=/path/to/it {command}`");
    if cfg!(target_os = "macos") {
        format!("install one, `brew install --cask chromium`, {named}")
    } else if cfg!(windows) {
        "install Chrome, Edge or Chromium, or name one in the variable `GUIDEMARK_CHROMIUM`".to_owned()
    } else {
        format!("install one, `sudo apt install chromium` or what your system has, {named}")
    }
}
