//! A page under watch: at its end it must have been clean.

use super::browser;
use guidemark::browser::Page;
use std::ops::{Deref, DerefMut};

/// An open page. When it is dropped, the test fails if the page threw, wrote an error to the console, broke
/// its Content-Security-Policy, opened a dialog, or asked for anything but what it was opened with.
pub struct Open {
    page: Page,
    /// Beginnings of addresses it may ask for.
    allowed: Vec<String>,
    forgiven: bool,
}

impl Open {
    /// An empty page, to be set up and then navigated.
    pub fn blank() -> Self {
        Self { page: browser().new_page().expect("a page opens"), allowed: Vec::new(), forgiven: false }
    }

    /// The page at an address, which is all that it may ask for.
    pub fn at(url: &str) -> Self {
        let mut open = Self::blank();
        open.go(url);
        open
    }

    /// Opens an address, and allows the request for it.
    pub fn go(&mut self, url: &str) {
        let document = url.split('#').next().unwrap_or(url);
        self.allowed.push(document.to_owned());
        self.page.navigate(url).expect("the page opens");
    }

    /// Allows requests for addresses that begin like this.
    pub fn allow(&mut self, prefix: &str) {
        self.allowed.push(prefix.to_owned());
    }

    /// Waits for that many violations of the policy, which a test has tried on purpose, and forgives them.
    pub fn expect_violations(&mut self, count: usize) {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while self.page.seen().expect("seen").violations.len() < count {
            assert!(std::time::Instant::now() < until, "{:?}", self.page.seen().expect("seen").violations);
        }
        self.forgive();
    }

    /// Takes back the watch: for tests of pages that are not clean on purpose.
    pub fn forgive(&mut self) {
        self.forgiven = true;
    }

    /// The text of an expression's value.
    pub fn text(&mut self, expression: &str) -> String {
        let value = self.page.evaluate(expression).expect("the script runs");
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// The number an expression gives.
    pub fn number(&mut self, expression: &str) -> f64 {
        self.page.evaluate(expression).expect("the script runs").as_f64().expect("a number")
    }

    /// What the page did that it should not have.
    pub fn faults(&mut self) -> Vec<String> {
        let allowed = &self.allowed;
        let seen = match self.page.seen() {
            Ok(seen) => seen.clone(),
            Err(error) => return vec![error.to_string()],
        };
        let asked = seen.requests.iter().filter(|request| {
            request.url != "about:blank"
                && !allowed.iter().any(|prefix| request.url.starts_with(prefix.as_str()))
        });
        let mut faults: Vec<String> =
            seen.errors.iter().map(|error| format!("page error: {error}")).collect();
        faults.extend(seen.console_errors().map(|line| format!("console error: {}", line.text)));
        faults.extend(seen.violations.iter().map(|line| format!("policy violation: {line}")));
        faults.extend(seen.dialogs.iter().map(|line| format!("dialog: {line}")));
        faults.extend(asked.map(|request| format!("request: {} {}", request.kind, request.url)));
        faults
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // A test that fails already says why.
        if !self.forgiven && !std::thread::panicking() {
            let faults = self.faults();
            assert!(faults.is_empty(), "the page was not clean:\n{}", faults.join("\n"));
        }
    }
}

impl Deref for Open {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl DerefMut for Open {
    fn deref_mut(&mut self) -> &mut Page {
        &mut self.page
    }
}
