//! The browser that draws for a command.

use super::failure::Failure;
use crate::browser::{Browser, BrowserError, LaunchOptions};
use std::path::PathBuf;

/// Starts the browser that `GUIDEMARK_CHROMIUM` names, or one that is found. `what` can't be done without it.
///
/// # Errors
/// [`Failure`] with what to do.
pub fn launch(what: &str) -> Result<Browser, Failure> {
    let named = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH");
    let options = LaunchOptions::find(named.as_deref(), path.as_deref());
    options.and_then(|options| Browser::launch(&options)).map_err(|error| failed(what, &error))
}

/// What is said when the browser fails.
pub fn failed(what: &str, error: &BrowserError) -> Failure {
    Failure::new(
        format!("{what}: {error}"),
        "install Chromium or Chrome, or name one: `GUIDEMARK_CHROMIUM=/path/to/chrome`",
    )
}
