//! A request of a page that waits for its answer.

use super::connection::Event;
use serde_json::Value;

/// A request that waits for its answer.
#[derive(Debug)]
pub(super) struct Paused {
    pub(super) session: Option<String>,
    pub(super) id: String,
    pub(super) url: String,
}

impl Paused {
    /// The request that an event tells of.
    pub(super) fn read(event: &Event) -> Option<Self> {
        if event.method != "Fetch.requestPaused" {
            return None;
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (id, url) = (text(&event.params["requestId"]), text(&event.params["request"]["url"]));
        Some(Self { session: event.session.clone(), id, url })
    }
}
