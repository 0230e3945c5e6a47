//! What pages have asked for and not got yet: a page that waits for an answer is not ready.

use serde_json::Value;
use std::collections::BTreeSet;

/// Requests under way.
#[derive(Debug, Default)]
pub struct Traffic {
    open: BTreeSet<(String, String)>,
    /// When that changed last, in milliseconds since 1970.
    since: f64,
}

impl Traffic {
    /// Handles an event of the browser's network.
    pub fn note(&mut self, method: &str, session: &str, params: &Value, now: f64) {
        let Some(id) = params["requestId"].as_str() else { return };
        let key = (session.to_owned(), id.to_owned());
        let changed = match method {
            // A stream never ends, and a picture of ours is none that the page waits for.
            "Network.requestWillBeSent" if is_awaited(params) => self.open.insert(key),
            "Network.loadingFinished" | "Network.loadingFailed" => self.open.remove(&key),
            _ => false,
        };
        if changed {
            self.since = now;
        }
    }

    /// Whether nothing was asked for or answered for so long, in milliseconds.
    pub fn is_quiet(&self, now: f64, rest: f64) -> bool {
        self.open.is_empty() && now - self.since >= rest
    }

    /// Something was done that a page may ask for something after.
    pub fn touch(&mut self, now: f64) {
        self.since = now;
    }

    /// Forgets what is under way: what was asked before another page is opened may never be answered.
    pub fn forget(&mut self) {
        self.open.clear();
    }
}

fn is_awaited(params: &Value) -> bool {
    let stream = matches!(params["type"].as_str(), Some("EventSource" | "WebSocket" | "Ping" | "Media"));
    !stream && !params["request"]["url"].as_str().unwrap_or_default().starts_with("data:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_is_quiet_some_time_after_the_last_answer() {
        let mut traffic = Traffic::default();
        let request =
            |kind: &str| json!({ "requestId": "1", "type": kind, "request": { "url": "http://a/" } });
        traffic.note("Network.requestWillBeSent", "s", &request("Fetch"), 100.0);
        assert!(!traffic.is_quiet(5_000.0, 500.0));
        traffic.note("Network.loadingFinished", "other", &json!({ "requestId": "1" }), 200.0);
        assert!(!traffic.is_quiet(5_000.0, 500.0));
        traffic.note("Network.loadingFailed", "s", &json!({ "requestId": "1" }), 300.0);
        assert!(!traffic.is_quiet(700.0, 500.0) && traffic.is_quiet(800.0, 500.0));
        traffic.note("Network.requestWillBeSent", "s", &request("EventSource"), 900.0);
        assert!(traffic.is_quiet(900.0, 500.0));
    }
}
