//! Requests of a page that we answer ourselves, so that it asks no server for anything.

use super::paused::Paused;
use super::{BrowserError, Page};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// What a page gets for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status, 200 for one that is there.
    pub status: u64,
    /// Its `Content-Type`; empty: none.
    pub kind: String,
    /// Its `Content-Security-Policy`.
    pub policy: Option<&'static str>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Page {
    /// Lets no request of the page reach the network from now on: [`Page::navigate_answered`] answers them, and where it
    /// has no answer, they fail.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn answer_all(&mut self) -> Result<(), BrowserError> {
        self.answers = true;
        self.command("Network.setCacheDisabled", &json!({ "cacheDisabled": true }))?;
        self.command("Fetch.enable", &json!({}))?;
        Ok(())
    }

    /// Opens an address and waits until it is loaded, each request answered by `answer`, which gets its address. `None`
    /// lets a request fail.
    ///
    /// # Errors
    /// [`BrowserError`] if the page does not load in time.
    pub fn navigate_answered(
        &mut self,
        url: &str,
        answer: &mut dyn FnMut(&str) -> Option<Response>,
    ) -> Result<(), BrowserError> {
        let before = self.loads();
        self.send("Page.navigate", &json!({ "url": url }))?;
        let until = self.deadline();
        while self.loads() == before {
            self.reply_all(answer)?;
            self.pump_before(until, url)?;
        }
        self.reply_all(answer)
    }

    /// Waits until an expression is true, requests answered as before.
    ///
    /// # Errors
    /// [`BrowserError`] if it does not come true in time.
    pub fn wait_answered(
        &mut self,
        expression: &str,
        answer: &mut dyn FnMut(&str) -> Option<Response>,
    ) -> Result<(), BrowserError> {
        let until = self.deadline();
        while self.evaluate(expression)? != true {
            self.reply_all(answer)?;
            self.pump_before(until, expression)?;
        }
        self.reply_all(answer)
    }

    fn reply_all(&mut self, answer: &mut dyn FnMut(&str) -> Option<Response>) -> Result<(), BrowserError> {
        for request in std::mem::take(&mut self.paused) {
            self.reply(&request, answer(&request.url))?;
        }
        Ok(())
    }

    fn reply(&mut self, request: &Paused, answer: Option<Response>) -> Result<(), BrowserError> {
        let session = request.session.as_deref();
        let Some(Response { status, kind, policy, body }) = answer else {
            let params = json!({ "requestId": request.id, "errorReason": "BlockedByClient" });
            return self.send_in(session, "Fetch.failRequest", &params);
        };
        let mut headers = vec![json!({ "name": "Access-Control-Allow-Origin", "value": "*" })];
        if !kind.is_empty() {
            headers.push(json!({ "name": "Content-Type", "value": kind }));
        }
        if let Some(policy) = policy {
            headers.push(json!({ "name": "Content-Security-Policy", "value": policy }));
        }
        let params = json!({
            "requestId": request.id, "responseCode": status, "responseHeaders": headers, "body": STANDARD.encode(body),
        });
        self.send_in(session, "Fetch.fulfillRequest", &params)
    }
}
