//! What pages are to be like while pictures of them are taken: language, time, colours, and what is not shown.

use super::event::Find;
use crate::guide::anchor::Anchor;
use crate::project::Scheme;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What pages are to be like.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// Language of the page, and of what it asks for.
    pub locale: Option<String>,
    /// Its name in the IANA's list.
    pub timezone: Option<String>,
    /// What time it is when a page is opened: `2026-11-22T09:00:00Z`.
    pub clock: Option<String>,
    /// Light or dark.
    pub scheme: Option<Scheme>,
    /// Whether things move less.
    pub reduced_motion: bool,
    /// What is on no picture.
    pub hide: Vec<Anchor>,
    /// Texts, and what stands in their place.
    pub replace: Vec<(String, String)>,
    /// What pages find stored, by their origin.
    pub storage: BTreeMap<String, Vec<(String, String)>>,
    /// The origins that tabs may show; `None`: any.
    pub origins: Option<Vec<String>>,
}

impl Conditions {
    /// What our script gets in every document.
    pub(super) fn script(&self) -> String {
        let hide: Vec<Find> = self.hide.iter().map(Find::new).collect();
        let conditions = json!({ "hide": hide, "replace": self.replace, "storage": self.storage });
        format!("guidemark.prepare({conditions})")
    }

    /// What a session is set to before its document runs. `agent`: what the browser says of itself.
    pub(super) fn commands(&self, agent: &str) -> Vec<(&'static str, Value)> {
        let mut commands = Vec::new();
        if let Some(locale) = &self.locale {
            commands.push(("Emulation.setLocaleOverride", json!({ "locale": locale.replace('-', "_") })));
            let agent = json!({ "userAgent": agent, "acceptLanguage": locale });
            commands.push(("Emulation.setUserAgentOverride", agent));
        }
        if let Some(timezone) = &self.timezone {
            commands.push(("Emulation.setTimezoneOverride", json!({ "timezoneId": timezone })));
        }
        let mut features = Vec::new();
        if let Some(scheme) = self.scheme {
            let value = if scheme == Scheme::Dark { "dark" } else { "light" };
            features.push(json!({ "name": "prefers-color-scheme", "value": value }));
        }
        if self.reduced_motion {
            features.push(json!({ "name": "prefers-reduced-motion", "value": "reduce" }));
        }
        if !features.is_empty() {
            commands.push(("Emulation.setEmulatedMedia", json!({ "features": features })));
        }
        if let Some(clock) = &self.clock {
            let source = CLOCK.replace("CLOCK", &json!(clock).to_string());
            commands.push(("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })));
        }
        if self.origins.is_some() {
            let documents = json!({ "patterns": [{ "urlPattern": "*", "resourceType": "Document" }] });
            commands.push(("Fetch.enable", documents));
        }
        commands
    }
}

/// Gives a page another time, that goes on from there: timers that compare times still end.
const CLOCK: &str = "(() => {
  const Real = Date;
  const ahead = Real.parse(CLOCK) - Real.now();
  const now = () => Real.now() + ahead;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
})()";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_set() {
        assert!(Conditions::default().commands("").is_empty());
        let conditions = Conditions {
            locale: Some("en-GB".to_owned()),
            scheme: Some(Scheme::Dark),
            clock: Some("2026-11-22T09:00:00Z".to_owned()),
            ..Conditions::default()
        };
        let commands = format!("{:?}", conditions.commands("Agent"));
        for part in ["en_GB", "acceptLanguage", "prefers-color-scheme", "2026-11-22T09:00:00Z"] {
            assert!(commands.contains(part), "{part} is not in {commands}");
        }
    }
}
