//! Which frames a page has, and where a script for each of them is to be sent.

use super::connection::Event;
use serde_json::Value;
use std::collections::BTreeMap;

/// The frames of a page. A frame of another site lives in another process and has a session of its own.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// Addresses by frame.
    urls: BTreeMap<String, String>,
    contexts: Vec<ScriptContext>,
}

/// Where scripts of a frame run.
#[derive(Debug, Clone)]
pub(super) struct ScriptContext {
    /// `None`: the page's own session.
    pub(super) session: Option<String>,
    /// Its number in that session.
    pub(super) id: i64,
    frame: String,
}

impl Frames {
    /// Keeps what an event tells.
    pub(super) fn note(&mut self, event: &Event) {
        let params = &event.params;
        match event.method.as_str() {
            "Page.frameNavigated" => self.named(&params["frame"]),
            "Page.navigatedWithinDocument" => {
                self.urls.insert(string(&params["frameId"]), string(&params["url"]));
            }
            "Runtime.executionContextCreated" => self.contexts.extend(created(event)),
            "Runtime.executionContextDestroyed" => {
                let id = params["executionContextId"].as_i64();
                self.contexts.retain(|context| context.session != event.session || Some(context.id) != id);
            }
            "Runtime.executionContextsCleared" => self.forget(event.session.as_deref()),
            "Target.detachedFromTarget" => self.forget(params["sessionId"].as_str()),
            _ => {}
        }
    }

    /// The frame, other than the page itself, whose address contains `part`.
    pub(super) fn find(&self, part: &str, main: &str) -> Option<ScriptContext> {
        let fits = |context: &&ScriptContext| {
            context.frame != main && self.urls.get(&context.frame).is_some_and(|url| url.contains(part))
        };
        self.contexts.iter().rev().find(fits).cloned()
    }

    /// Addresses of all frames.
    pub(super) fn urls(&self) -> Vec<&str> {
        self.urls.values().map(String::as_str).collect()
    }

    fn named(&mut self, frame: &Value) {
        let url = format!("{}{}", string(&frame["url"]), string(&frame["urlFragment"]));
        self.urls.insert(string(&frame["id"]), url);
    }

    fn forget(&mut self, session: Option<&str>) {
        self.contexts.retain(|context| context.session.as_deref() != session);
    }
}

fn created(event: &Event) -> Option<ScriptContext> {
    let context = &event.params["context"];
    // Others belong to extensions and tools.
    context["auxData"]["isDefault"].as_bool().filter(|is_default| *is_default)?;
    Some(ScriptContext {
        session: event.session.clone(),
        id: context["id"].as_i64()?,
        frame: string(&context["auxData"]["frameId"]),
    })
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
