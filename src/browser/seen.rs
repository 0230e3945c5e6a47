//! What a page did while we looked.

use super::connection::Event;
use serde_json::Value;

/// All that a page said and asked for, since it was opened.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// What was written to the console, by the page or by the browser.
    pub console: Vec<Message>,
    /// Exceptions nobody caught, with their place.
    pub errors: Vec<String>,
    /// What the page and its frames asked for, `data:` addresses left out.
    pub requests: Vec<Request>,
    /// Violations of a Content-Security-Policy: the directive and what it blocked.
    pub violations: Vec<String>,
    /// Texts of `alert`, `confirm` and `prompt`; each was answered at once.
    pub dialogs: Vec<String>,
}

/// A line of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `log`, `info`, `warning`, `error`, …
    pub level: String,
    /// The text.
    pub text: String,
}

/// Something that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// `Document`, `Image`, `Script`, `Fetch`, …
    pub kind: String,
}

impl Seen {
    /// Errors of the console: what the page or the browser called one.
    pub fn console_errors(&self) -> impl Iterator<Item = &Message> {
        self.console.iter().filter(|message| matches!(message.level.as_str(), "error" | "assert"))
    }

    /// Keeps what an event tells.
    pub(super) fn note(&mut self, event: &Event) {
        let params = &event.params;
        match event.method.as_str() {
            "Runtime.consoleAPICalled" => self.console.push(Message {
                level: string(&params["type"]),
                text: params["args"].as_array().map(|args| spoken(args)).unwrap_or_default(),
            }),
            "Log.entryAdded" => self.console.push(log_entry(&params["entry"])),
            "Runtime.exceptionThrown" => self.errors.push(exception(&params["exceptionDetails"])),
            "Page.javascriptDialogOpening" => self.dialogs.push(string(&params["message"])),
            "Network.requestWillBeSent" => self.request(&params["request"]["url"], &params["type"]),
            "Network.webSocketCreated" => self.request(&params["url"], &Value::from("WebSocket")),
            "Audits.issueAdded" => self.violations.extend(violation(&params["issue"])),
            _ => {}
        }
    }

    fn request(&mut self, url: &Value, kind: &Value) {
        let url = string(url);
        if !url.starts_with("data:") {
            self.requests.push(Request { url, kind: string(kind) });
        }
    }
}

/// The arguments of a console call as one line.
fn spoken(args: &[Value]) -> String {
    let words = args.iter().map(|arg| match (&arg["value"], &arg["description"]) {
        (Value::String(text), _) | (Value::Null, Value::String(text)) => text.clone(),
        (Value::Null, _) => string(&arg["type"]),
        (value, _) => value.to_string(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn log_entry(entry: &Value) -> Message {
    let (text, url) = (string(&entry["text"]), string(&entry["url"]));
    let text = if url.is_empty() { text } else { format!("{text} ({url})") };
    Message { level: string(&entry["level"]), text }
}

/// The words of an exception and where it was thrown.
pub(super) fn exception(details: &Value) -> String {
    let thrown = &details["exception"];
    let words = thrown["description"].as_str().map(str::to_owned).unwrap_or_else(|| match &thrown["value"] {
        Value::Null => string(&details["text"]),
        value => format!("{} {value}", string(&details["text"])),
    });
    let line = details["lineNumber"].as_u64().unwrap_or(0) + 1;
    let column = details["columnNumber"].as_u64().unwrap_or(0) + 1;
    format!("{words} ({}:{line}:{column})", string(&details["url"]))
}

fn violation(issue: &Value) -> Option<String> {
    let details = &issue["details"]["contentSecurityPolicyIssueDetails"];
    let directive = details["violatedDirective"].as_str()?;
    let blocked = details["blockedURL"].as_str().unwrap_or("inline");
    let place = &details["sourceCodeLocation"];
    let line = place["lineNumber"].as_u64().unwrap_or(0) + 1;
    Some(format!("`{directive}` blocked {blocked} ({}:{line})", string(&place["url"])))
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(method: &str, params: Value) -> Seen {
        let mut seen = Seen::default();
        seen.note(&Event { method: method.to_owned(), session: None, params });
        seen
    }

    #[test]
    fn console_arguments_become_one_line() {
        let args = json!([{ "type": "string", "value": "a" }, { "type": "number", "value": 2 },
            { "type": "undefined" }, { "type": "object", "description": "Object" }]);
        let seen = seen("Runtime.consoleAPICalled", json!({ "type": "error", "args": args }));
        assert_eq!(
            seen.console_errors().map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["a 2 undefined Object"]
        );
    }

    #[test]
    fn data_addresses_are_no_requests() {
        let request = |url: &str| seen("Network.requestWillBeSent", json!({ "request": { "url": url } }));
        assert!(request("data:image/png;base64,AA").requests.is_empty());
        assert_eq!(request("http://a.test/").requests.len(), 1);
    }

    #[test]
    fn other_issues_are_no_violations() {
        let issue = json!({ "issue": { "code": "QuirksModeIssue", "details": {} } });
        assert!(seen("Audits.issueAdded", issue).violations.is_empty());
    }
}
