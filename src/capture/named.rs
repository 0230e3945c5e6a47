//! Elements by what sentences call them.

use super::event::Target;
use super::recorder::Recorder;
use serde_json::json;

impl Recorder {
    /// What can be acted on in the page and is called by one of some names.
    pub fn named(&mut self, names: &[String]) -> Vec<Target> {
        let Some((session, context, _)) = self.worlds_of(self.newest()).into_iter().next() else {
            return Vec::new();
        };
        let found = self.evaluate(&session, context, &format!("guidemark.named({})", json!(names)));
        // A page that has gone has none.
        found.ok().and_then(|found| serde_json::from_value(found).ok()).unwrap_or_default()
    }
}
