//! The browser that draws for a command.

use super::work;
use crate::browser::{Browser, BrowserError, LaunchOptions};
use crate::diagnostic::Failure;
use std::path::PathBuf;

/// Starts the browser that `GUIDEMARK_CHROMIUM` names, or one that is found. `what` can't be done without it.
///
/// # Errors
/// [`Failure`] with what to do.
pub fn launch(what: &str) -> Result<Browser, Failure> {
    found().and_then(|options| Browser::launch(&options)).map_err(|error| failed(what, &error))
}

/// The browser that `GUIDEMARK_CHROMIUM` names, else one of those on the `PATH`.
///
/// # Errors
/// [`BrowserError::NotFound`] if there is none.
pub fn found() -> Result<LaunchOptions, BrowserError> {
    let named = work::variable("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    LaunchOptions::find(named.as_deref(), work::variable("PATH").as_deref())
}

/// What is said when the browser fails.
pub fn failed(what: &str, error: &BrowserError) -> Failure {
    unusable(format!("{what}: {error}"))
}

/// A failure of the browser in these words, with how to get one that works.
pub fn unusable(message: String) -> Failure {
    Failure::new(message)
        .help("install Chromium or Chrome, or name one: `GUIDEMARK_CHROMIUM=/path/to/chrome`")
}
