//! The page that the recorder's own browser shows first: what to do, and where to begin if nobody has said so yet.

use super::address;
use super::recorder::{RecordError, Recorder};
use serde_json::json;

const PAGE: &str = include_str!("page/start.html");

/// The page as it is shown before `url`; empty: it asks for the address.
fn page(url: &str) -> String {
    // In a script, what would end it is written otherwise.
    let address = json!(address::shown(url)).to_string().replace('<', "\\u003c");
    PAGE.replacen("ADDRESS", &address, 1)
}

impl Recorder {
    /// Shows what to do in a tab that shows nothing yet. What is done there is no step.
    pub(super) fn show_start(&mut self, session: &str) -> Result<(), RecordError> {
        let html = json!(page(self.options.url.as_deref().unwrap_or_default()));
        let write = format!("document.open(); document.write({html}); document.close();");
        self.tools.call(Some(session), "Runtime.evaluate", &json!({ "expression": write }))?;
        self.is_at_start = true;
        Ok(())
    }

    /// The address that the recording began with, once there is one.
    pub fn begun_at(&self) -> Option<&str> {
        self.options.url.as_deref()
    }

    /// Whether an address is the one to begin with, because nobody has said another.
    pub(super) fn begins(&mut self, url: &str) -> bool {
        self.is_at_start = false;
        let begins = self.options.asks && self.options.url.is_none();
        if begins {
            self.options.url = Some(url.to_owned());
        }
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn an_address_does_not_end_the_script_or_let_anybody_in() {
        let shown = page("https://me:secret@a.example/</script><img>?token=abc");
        assert!(shown.contains(r#"const address = "https://a.example/\u003c/script>\u003cimg>?token=…""#));
        assert!(!shown.contains("secret") && !shown.contains("abc"));
        assert!(page("").contains("const address = \"\""));
    }
}
