//! What a trace tells, line by line. Fields that other versions write otherwise are read in all their forms.

use super::super::archive::Archive;
use super::super::natural_order;
use super::super::{ImportError, ImportNote};
use serde_json::Value;
use std::collections::BTreeMap;

/// The versions that are read.
const VERSIONS: std::ops::RangeInclusive<u64> = 6..=10;

/// All of a trace but the bytes of its files.
#[derive(Debug, Default)]
pub struct Trace {
    /// What the test is called.
    pub title: Option<String>,
    /// What the page's window measures, in CSS pixels.
    pub window: Option<(f64, f64)>,
    /// Pixels a point of that window.
    pub density: f64,
    /// What was done, in order.
    pub actions: Vec<Action>,
    /// The documents of each frame, in order: each may refer to those before it.
    pub frames: BTreeMap<String, Vec<Snapshot>>,
    /// The snapshots of pages themselves by what they belong to.
    pages: BTreeMap<(String, Phase), Found>,
    /// The same by the names that versions before 9 give them.
    named: BTreeMap<String, Found>,
    /// Files that were received.
    pub resources: Vec<Resource>,
}

/// When a snapshot was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Before,
    Action,
    After,
}

/// Which snapshot of which frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub frame: String,
    pub at: usize,
}

/// A call of the test.
#[derive(Debug, Clone, Default)]
pub struct Action {
    pub call: String,
    pub class: String,
    pub method: String,
    pub params: Value,
    /// Where the pointer went, in CSS pixels.
    pub point: Option<(f64, f64)>,
    /// What it went to: x, y, width, height. Since version 10.
    pub area: Option<[f64; 4]>,
    pub failed: bool,
    names: BTreeMap<Phase, String>,
}

/// The document of a frame.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub url: String,
    pub doctype: Option<String>,
    pub html: Value,
    pub window: Option<(f64, f64)>,
    pub time: f64,
    /// Files that a script had changed: address, file, how many snapshots before this one.
    pub changed: Vec<(String, Option<String>, usize)>,
}

/// A file that was received.
#[derive(Debug, Clone)]
pub struct Resource {
    pub url: String,
    pub frame: Option<String>,
    pub status: u64,
    pub kind: String,
    /// Its name in the archive.
    pub file: Option<String>,
    pub time: f64,
}

impl Trace {
    /// Reads a trace.
    ///
    /// # Errors
    /// [`ImportError`] if the archive holds none, or one of a version that is not read.
    pub fn read(archive: &mut Archive, notes: &mut Vec<ImportNote>) -> Result<Self, ImportError> {
        let mut names: Vec<String> = archive.names();
        names.retain(|name| name.ends_with(".trace") || name.ends_with(".network"));
        names.sort_by(|a, b| natural_order(a, b));
        if !names.iter().any(|name| name.ends_with(".trace")) {
            return Err(ImportError::new(
                "the archive holds no trace",
                "name a `trace.zip` as Playwright writes it",
            ));
        }
        let mut trace = Self::default();
        let mut unread = 0;
        for name in &names {
            match archive.read(name) {
                Ok(Some(bytes)) => unread += trace.lines(&bytes)?,
                Ok(None) => {}
                Err(reason) => notes.push(ImportNote::new(format!("left out `{name}`: it {reason}"))),
            }
        }
        if unread > 0 {
            notes.push(ImportNote::new(format!("left out {unread} lines of the trace that can't be read")));
        }
        trace.resources.sort_by(|a, b| a.time.total_cmp(&b.time));
        Ok(trace)
    }

    /// Reads lines; returns how many can't be read.
    fn lines(&mut self, bytes: &[u8]) -> Result<usize, ImportError> {
        let mut calls: BTreeMap<String, usize> = BTreeMap::new();
        let mut unread = 0;
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice::<Value>(line) {
                Ok(event) => self.event(&event, &mut calls)?,
                Err(_) => {
                    unread += 1;
                    self.missing(line);
                }
            }
        }
        Ok(unread)
    }

    /// Keeps the count of a frame's snapshots right where one can't be read: others refer to it by its distance.
    fn missing(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line.get(..2000).unwrap_or(line));
        let frame = text.split_once("\"frameId\":\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((frame, _)) = frame.filter(|_| text.contains("frame-snapshot")) {
            self.frames.entry(frame.to_owned()).or_default().push(Snapshot::default());
        }
    }

    fn event(&mut self, event: &Value, calls: &mut BTreeMap<String, usize>) -> Result<(), ImportError> {
        match event["type"].as_str().unwrap_or_default() {
            "context-options" => self.options(event)?,
            "before" | "action" => {
                let action = action(event);
                calls.insert(action.call.clone(), self.actions.len());
                self.actions.push(action);
                self.ended(event, calls);
            }
            "input" | "after" => self.ended(event, calls),
            "frame-snapshot" => self.snapshot(&event["snapshot"]),
            "resource-snapshot" => self.resources.extend(resource(&event["snapshot"])),
            _ => {}
        }
        Ok(())
    }

    fn options(&mut self, event: &Value) -> Result<(), ImportError> {
        let version = event["version"].as_u64().unwrap_or(6);
        if !VERSIONS.contains(&version) {
            return Err(ImportError::new(
                format!(
                    "the trace is of version {version}, and versions {} to {} are read",
                    VERSIONS.start(),
                    VERSIONS.end()
                ),
                "record it with a Playwright of this time, 1.44 or later",
            ));
        }
        self.title = self.title.take().or_else(|| string(&event["title"]).filter(|title| !title.is_empty()));
        self.density = self.density.max(event["options"]["deviceScaleFactor"].as_f64().unwrap_or(1.0));
        self.window = self.window.or_else(|| size(&event["options"]["viewport"]));
        Ok(())
    }

    /// What is reported of a call later.
    fn ended(&mut self, event: &Value, calls: &BTreeMap<String, usize>) {
        let call = event["callId"].as_str().and_then(|call| calls.get(call));
        let Some(action) = call.and_then(|at| self.actions.get_mut(*at)) else { return };
        let point = &event["point"];
        action.point = action.point.or_else(|| point["x"].as_f64().zip(point["y"].as_f64()));
        let area = ["x", "y", "width", "height"].map(|key| event["box"][key].as_f64());
        if let [Some(x), Some(y), Some(w), Some(h)] = area {
            action.area = Some([x, y, w, h]);
        }
        action.failed |= event["error"].is_object();
        let names = [
            ("beforeSnapshot", Phase::Before),
            ("inputSnapshot", Phase::Action),
            ("afterSnapshot", Phase::After),
        ];
        for (key, phase) in names {
            action.names.extend(string(&event[key]).map(|name| (phase, name)));
        }
    }

    fn snapshot(&mut self, found: &Value) {
        let frame = string(&found["frameId"]).unwrap_or_default();
        let list = self.frames.entry(frame.clone()).or_default();
        let here = Found { frame, at: list.len() };
        let changed = found["resourceOverrides"].as_array().into_iter().flatten();
        list.push(Snapshot {
            url: string(&found["frameUrl"]).unwrap_or_default(),
            doctype: string(&found["doctype"]),
            html: found["html"].clone(),
            window: size(&found["viewport"]),
            time: found["timestamp"].as_f64().unwrap_or_default(),
            changed: changed.filter_map(changed_file).collect(),
        });
        if found["isMainFrame"] != true {
            return;
        }
        if let Some(name) = string(&found["snapshotName"]) {
            self.named.entry(name).or_insert_with(|| here.clone());
        }
        let phase = match found["phase"].as_str() {
            Some("before") => Phase::Before,
            Some("action") => Phase::Action,
            Some("after") => Phase::After,
            _ => return,
        };
        let call = string(&found["callId"]).unwrap_or_default();
        self.pages.entry((call, phase)).or_insert(here);
    }

    /// The page at a moment of an action.
    pub fn page(&self, action: &Action, phase: Phase) -> Option<&Found> {
        let named = action.names.get(&phase).and_then(|name| self.named.get(name));
        named.or_else(|| self.pages.get(&(action.call.clone(), phase)))
    }

    /// Width and height of the window in CSS pixels: that of a snapshot, else that of the whole trace.
    pub fn window_of(&self, snapshot: Option<&Snapshot>) -> (u32, u32) {
        let own = snapshot.and_then(|snapshot| snapshot.window);
        let (width, height) = own.or(self.window).unwrap_or((1280.0, 720.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to what a window can be
        let side = |length: f64| length.clamp(100.0, 4000.0) as u32;
        (side(width), side(height))
    }

    /// A snapshot.
    pub fn at(&self, found: &Found) -> Option<&Snapshot> {
        self.frames.get(&found.frame)?.get(found.at)
    }
}

fn action(event: &Value) -> Action {
    Action {
        call: string(&event["callId"]).unwrap_or_default(),
        class: string(&event["class"]).unwrap_or_default(),
        method: string(&event["method"]).unwrap_or_default(),
        params: event["params"].clone(),
        ..Action::default()
    }
}

fn changed_file(found: &Value) -> Option<(String, Option<String>, usize)> {
    let back = found["ref"].as_u64().and_then(|back| usize::try_from(back).ok()).unwrap_or(0);
    Some((string(&found["url"])?, file(found), back))
}

fn resource(found: &Value) -> Option<Resource> {
    Some(Resource {
        url: string(&found["request"]["url"])?,
        frame: string(&found["_frameref"]),
        status: found["response"]["status"].as_u64().unwrap_or(200),
        kind: string(&found["response"]["content"]["mimeType"]).unwrap_or_default(),
        file: file(&found["response"]["content"]),
        time: found["_monotonicTime"].as_f64().unwrap_or_default(),
    })
}

/// A file's name in the archive, as each version writes it.
fn file(found: &Value) -> Option<String> {
    let old =
        ["sha1", "_sha1"].iter().find_map(|key| string(&found[*key])).map(|hash| format!("resources/{hash}"));
    old.or_else(|| string(&found["file"])).or_else(|| string(&found["_file"]))
}

fn size(found: &Value) -> Option<(f64, f64)> {
    found["width"].as_f64().zip(found["height"].as_f64())
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
