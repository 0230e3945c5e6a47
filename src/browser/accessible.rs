//! What a screen reader says of an element.

use super::{BrowserError, Page};
use serde_json::{Value, json};

/// Role and name of an element, computed by the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accessible {
    /// The role, in the browser's words: `button`, `textbox`, `DisclosureTriangle`; empty for none.
    pub role: String,
    /// The name; empty for none.
    pub name: String,
}

impl Page {
    /// What a screen reader says of the element that an expression gives.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses; an expression that gives no element has neither role nor name.
    pub fn accessible(&mut self, expression: &str) -> Result<Accessible, BrowserError> {
        let found = self.command("Runtime.evaluate", &json!({ "expression": expression }))?;
        let Some(object) = found["result"]["objectId"].as_str() else { return Ok(Accessible::default()) };
        let params = json!({ "objectId": object, "fetchRelatives": false });
        let tree = self.command("Accessibility.getPartialAXTree", &params)?;
        let node = &tree["nodes"][0];
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().trim().to_owned();
        Ok(Accessible { role: text(&node["role"]), name: text(&node["name"]) })
    }
}
