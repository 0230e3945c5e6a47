//! `capture.json` beside a guide: what else is known of what it acts on, and of its pictures.

pub use crate::guide::capture_path as path_of;

use super::compare::Part;
use crate::capture::{Evidence, Zone};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Largest file that is read.
pub const LARGEST: u64 = 32 << 20;

/// What is known. What can't be read of it is left out: the guide replays without it, too.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    /// All of it that is no target and no picture.
    rest: BTreeMap<String, Value>,
    /// By the page's path and the anchor.
    targets: BTreeMap<String, BTreeMap<String, Value>>,
    pictures: BTreeMap<String, Value>,
}

/// What is known of a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The address of the page that it shows.
    pub address: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How far it was scrolled.
    pub scroll: Option<(f64, f64)>,
    /// What of it is not compared.
    pub masks: Vec<Part>,
}

/// What may have to be redacted, as a recording proposes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The picture, as the guide writes it.
    pub picture: String,
    /// `email` or `random`.
    pub why: String,
    /// Where on it.
    pub part: Part,
    /// What it stands on.
    pub on: Option<String>,
}

impl Lock {
    /// Reads one.
    pub fn read(text: &str) -> Self {
        let mut lock = Self::default();
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { return lock };
        for (key, value) in fields {
            match (key.as_str(), value) {
                ("targets", Value::Object(pages)) => {
                    for (page, targets) in pages {
                        if let Value::Object(targets) = targets {
                            lock.targets.insert(page, targets.into_iter().collect());
                        }
                    }
                }
                ("pictures", Value::Object(pictures)) => lock.pictures = pictures.into_iter().collect(),
                (_, value) => {
                    lock.rest.insert(key, value);
                }
            }
        }
        lock
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty() && self.targets.is_empty() && self.pictures.is_empty()
    }

    /// Width and height of the page when the pictures were taken.
    pub fn viewport(&self) -> Option<(u32, u32)> {
        let sides = self.rest.get("viewport")?.as_array()?;
        let side = |at: usize| u32::try_from(sides.get(at)?.as_u64()?).ok();
        Some((side(0)?, side(1)?))
    }

    /// Pixels a point of the pictures.
    pub fn scale(&self) -> Option<u32> {
        let scale = self.rest.get("scale")?.as_u64().filter(|scale| (1..=2).contains(scale));
        scale.and_then(|scale| u32::try_from(scale).ok())
    }

    /// How long a replay took, in seconds.
    pub fn seconds(&self) -> Option<f64> {
        self.rest.get("seconds")?.as_f64().filter(|seconds| (0.0..=86_400.0).contains(seconds))
    }

    /// How letters were drawn.
    pub fn fonts(&self) -> Option<&str> {
        self.rest.get("fonts")?.as_str().filter(|fonts| !fonts.is_empty())
    }

    /// The same without what is known of letters.
    pub fn without_fonts(mut self) -> Self {
        self.rest.remove("fonts");
        self
    }

    /// What is known of what an anchor stood for on a page; on another, if it stood on one alone.
    pub fn evidence(&self, page: &str, anchor: &str) -> Option<Evidence> {
        let own = self.targets.get(page).and_then(|targets| targets.get(anchor));
        let found = own.or_else(|| {
            let mut others = self.targets.values().filter_map(|targets| targets.get(anchor));
            let first = others.next();
            first.filter(|_| others.next().is_none())
        })?;
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        let ways = found["ways"].as_object().into_iter().flatten();
        let ways = ways.filter_map(|(kind, way)| Some((kind.clone(), way.as_str()?.to_owned()))).collect();
        let zone = part(&found["box"]).map(|Part { x, y, w, h }| Zone { x, y, w, h });
        Some(Evidence { tag: text("tag"), role: text("role"), name: text("name"), ways, zone })
    }

    /// What is known of a picture, by the path that the guide writes.
    pub fn picture(&self, written: &str) -> Option<Known> {
        let found = self.pictures.get(written)?;
        let text = |key: &str| found[key].as_str().map(str::to_owned);
        let scroll = found["scroll"].as_array().and_then(|scroll| {
            let number = |at: usize| scroll.get(at)?.as_f64().filter(|number| number.is_finite());
            Some((number(0)?, number(1)?))
        });
        let masks = found["masks"].as_array().into_iter().flatten().filter_map(part).collect();
        Some(Known { address: text("address"), title: text("title"), scroll, masks })
    }

    /// What may have to be redacted.
    pub fn proposals(&self) -> Vec<Proposal> {
        let proposals_of = |(picture, known): (&String, &Value)| -> Vec<Proposal> {
            let all = known["proposals"].as_array().into_iter().flatten();
            all.filter_map(|entry| proposal(picture, entry)).collect()
        };
        self.pictures.iter().flat_map(proposals_of).collect()
    }

    /// Takes a proposal away that the author has decided on; whether there was one.
    pub fn drop_proposal(&mut self, dropped: &Proposal) -> bool {
        let known = self.pictures.get_mut(&dropped.picture);
        let Some(all) = known.and_then(|known| known["proposals"].as_array_mut()) else { return false };
        let before = all.len();
        all.retain(|entry| {
            proposal(&dropped.picture, entry)
                .is_none_or(|known| known.why != dropped.why || known.part.off(dropped.part) > 0.5)
        });
        all.len() != before
    }

    /// Adds what another one knows. `renamed`: paths of its pictures, and what they are called here.
    pub fn add(&mut self, other: Self, renamed: &BTreeMap<String, String>) {
        for (key, value) in other.rest {
            self.rest.entry(key).or_insert(value);
        }
        for (page, targets) in other.targets {
            self.targets.entry(page).or_default().extend(targets);
        }
        for (path, picture) in other.pictures {
            let path = renamed.get(&path).cloned().unwrap_or(path);
            self.pictures.insert(path, picture);
        }
    }

    /// Adds what another one knows of things that this one does not know: how they are found, and how far pages are scrolled.
    /// Where they lie, what pages are called and how letters are drawn may be otherwise here.
    pub fn learn(&mut self, other: &Self) {
        for (page, targets) in &other.targets {
            let own = self.targets.entry(page.clone()).or_default();
            for (anchor, target) in targets {
                let mut target = target.clone();
                target.as_object_mut().map(|fields| fields.remove("box"));
                own.entry(anchor.clone()).or_insert(target);
            }
        }
        for (path, picture) in &other.pictures {
            let fields = ["scroll", "masks"].into_iter().filter(|field| !picture[*field].is_null());
            let learnt: serde_json::Map<String, Value> =
                fields.map(|field| (field.to_owned(), picture[field].clone())).collect();
            self.pictures.entry(path.clone()).or_insert(Value::Object(learnt));
        }
    }

    /// Sets what is known once.
    pub fn set(&mut self, key: &str, value: Value) {
        self.rest.insert(key.to_owned(), value);
    }

    /// Sets what is known of a target.
    pub fn set_target(&mut self, page: &str, anchor: &str, value: Value) {
        self.targets.entry(page.to_owned()).or_default().insert(anchor.to_owned(), value);
    }

    /// Takes away what was known of an anchor that nothing stands on any more.
    pub fn drop_target(&mut self, anchor: &str) {
        for targets in self.targets.values_mut() {
            targets.remove(anchor);
        }
        self.targets.retain(|_, targets| !targets.is_empty());
    }

    /// Sets what is known of a picture.
    pub fn set_picture(&mut self, written: &str, value: Value) {
        self.pictures.insert(written.to_owned(), value);
    }

    /// As a file: one target and one picture a line, sorted.
    pub fn text(&self) -> String {
        let lines = |map: &BTreeMap<String, Value>, margin: &str| {
            let lines = map.iter().map(|(key, value)| format!("{margin}{}: {value}", json!(key)));
            lines.collect::<Vec<_>>().join(",\n")
        };
        let mut parts = Vec::new();
        let known = ["version", "viewport", "scale", "lang", "browser", "fonts"];
        let first = known.into_iter().filter(|key| self.rest.contains_key(*key));
        let others = self.rest.keys().map(String::as_str).filter(|key| !known.contains(key));
        for key in first.chain(others) {
            parts.extend(self.rest.get(key).map(|value| format!("  {}: {}", json!(key), spaced(value))));
        }
        let targets = self
            .targets
            .iter()
            .map(|(page, targets)| format!("    {}: {{\n{}\n    }}", json!(page), lines(targets, "      ")));
        parts.push(format!("  \"targets\": {{\n{}\n  }}", targets.collect::<Vec<_>>().join(",\n")));
        parts.push(format!("  \"pictures\": {{\n{}\n  }}", lines(&self.pictures, "    ")));
        format!("{{\n{}\n}}\n", parts.join(",\n"))
    }
}

/// A list with room between its values, as recordings write it.
fn spaced(value: &Value) -> String {
    match value.as_array() {
        Some(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("[{}]", values.join(", "))
        }
        None => value.to_string(),
    }
}

/// `["email", [x, y, w, h], "anchor"]`, the last perhaps.
fn proposal(picture: &str, entry: &Value) -> Option<Proposal> {
    let entry = entry.as_array()?;
    let text = |at: usize| entry.get(at).and_then(Value::as_str).map(str::to_owned);
    let part = part(entry.get(1)?)?;
    Some(Proposal { picture: picture.to_owned(), why: text(0)?, part, on: text(2) })
}

fn part(value: &Value) -> Option<Part> {
    let sides = value.as_array()?;
    let side = |at: usize| sides.get(at)?.as_f64().filter(|side| side.is_finite() && side.abs() < 1e6);
    Some(Part { x: side(0)?, y: side(1)?, w: side(2)?, h: side(3)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ProjectPath;

    const TEXT: &str = r#"{
  "version": 1,
  "viewport": [1280, 800],
  "scale": 2,
  "targets": {
    "/a": {
      "button \"Save\"": {"box":[1,2,3,4],"name":"Save","role":"button","tag":"button","ways":{"id":"save"}}
    }
  },
  "pictures": {
    "shots/a.png": {"address":"http://a/a","masks":[[1,2,3,4]],"scroll":[0,40],"title":"A"}
  }
}
"#;

    #[test]
    fn what_is_read_is_written_the_same() {
        assert_eq!(Lock::read(TEXT).text(), TEXT);
    }

    #[test]
    fn an_anchor_is_known_on_its_page_and_elsewhere_if_it_stands_there_alone() {
        let lock = Lock::read(TEXT);
        let known = lock.evidence("/a", "button \"Save\"").unwrap();
        assert_eq!((known.name.as_str(), known.ways["id"].as_str()), ("Save", "save"));
        assert_eq!(lock.evidence("/b", "button \"Save\""), Some(known));
        assert_eq!(lock.evidence("/a", "button \"Other\""), None);
        let picture = lock.picture("shots/a.png").unwrap();
        assert_eq!((picture.scroll, picture.masks.len()), (Some((0.0, 40.0)), 1));
    }

    #[test]
    fn a_lock_of_a_stranger_breaks_nothing() {
        for text in [
            "",
            "[]",
            "{\"targets\": 3}",
            "{\"targets\": {\"a\": {\"b\": 7}}}",
            "{\"viewport\": [-1, 1e99]}",
            "{\"pictures\": {\"x\": {\"scroll\": [null], \"masks\": [[1e308, 0, 0, 0], 4]}}}",
            "{\"scale\": 900, \"seconds\": -1}",
        ] {
            let lock = Lock::read(text);
            assert_eq!((lock.viewport(), lock.scale(), lock.seconds()), (None, None, None), "{text}");
            let _ = (lock.evidence("a", "b"), lock.picture("x"));
        }
    }

    #[test]
    fn a_lock_lies_beside_its_guide() {
        let lock_path = |path: &str| path_of(&ProjectPath::new(path).unwrap()).as_str().to_owned();
        assert_eq!(lock_path("guides/a/index.md"), "guides/a/capture.json");
        assert_eq!(lock_path("guides/a.md"), "guides/a.capture.json");
    }
}
