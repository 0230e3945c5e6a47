//! The browser of a guide: one of those that were named, or one of its own.

use super::Refreshing;
use crate::browser::{BrowserError, Devtools, Dialogs};
use crate::cli::chromium;
use crate::diagnostic::Failure;
use crate::refresh::Job;
use std::sync::atomic::Ordering;

impl Refreshing<'_> {
    /// A browser for a guide.
    pub(super) fn browser(&self, job: &Job<'_>) -> Result<Devtools, Failure> {
        if !self.run.args.browser.is_empty() {
            return self.shared();
        }
        let (width, height) = job.viewport();
        let what = "the guide can't be replayed";
        let mut options = chromium::found().map_err(|error| chromium::failed(what, &error))?;
        options.extra = vec![
            format!("--force-device-scale-factor={}", job.scale()),
            format!("--window-size={width},{}", height + 100),
            "--site-per-process".to_owned(),
        ];
        Devtools::launch(&options, Dialogs::Accepted).map_err(|error| chromium::failed(what, &error))
    }

    /// The next of the browsers that were named; one that does not answer is passed over, and said so.
    fn shared(&self) -> Result<Devtools, Failure> {
        let all = &self.run.args.browser;
        let turn = self.run.turn.fetch_add(1, Ordering::Relaxed);
        let first = turn.checked_rem(all.len()).unwrap_or_default();
        let mut last = None;
        for address in all.iter().cycle().skip(first).take(all.len()) {
            match Devtools::connect(address) {
                Ok(mut tools) => {
                    tools.set_dialogs(Dialogs::Accepted);
                    return Ok(tools);
                }
                Err(error) => {
                    self.run.detail(&format!("`{address}` is passed over: {error}"));
                    last = Some(error);
                }
            }
        }
        let message = last.as_ref().map_or_else(String::new, BrowserError::to_string);
        let help = "write the address that the browser prints, `ws://127.0.0.1:9222/devtools/browser/…`";
        Err(Failure::new(message).help(help))
    }
}
