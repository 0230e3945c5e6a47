//! Recordings of Chrome's DevTools (the Recorder panel, as JSON): they hold no pictures, so they are done again and recorded.

use super::{ImportError, ImportNote};
use crate::capture::{Script, Task, Way};
use crate::guide::anchor::{Anchor, Way as Find};
use serde_json::Value;

/// The most steps of a recording.
const MOST: usize = 500;

/// A recording as steps to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Where it begins.
    pub url: String,
    /// Width and height of the window in CSS pixels, if it says so.
    pub viewport: Option<(u32, u32)>,
    /// What is done.
    pub script: Script,
    /// What was left out.
    pub notes: Vec<ImportNote>,
}

/// Reads a recording.
///
/// # Errors
/// [`ImportError`] if the text is none, or opens no page of the web.
pub fn recording(text: &str) -> Result<Recording, ImportError> {
    let wrong = |message: &str| {
        ImportError::new(message, "export it from the Recorder panel of Chrome's DevTools as JSON")
    };
    let file: Value =
        serde_json::from_str(text).map_err(|error| wrong(&format!("the file is no JSON: {error}")))?;
    let steps =
        file["steps"].as_array().ok_or_else(|| wrong("the file holds no recording: it has no `steps`"))?;
    if steps.len() > MOST {
        return Err(wrong(&format!("the recording has more than {MOST} steps")));
    }
    let title = file["title"].as_str().map(str::to_owned).filter(|title| !title.trim().is_empty());
    let mut reader = Reader { url: None, viewport: None, tasks: Vec::new(), notes: Vec::new() };
    steps.iter().enumerate().for_each(|(at, step)| reader.step(at + 1, step));
    let url = reader.url.ok_or_else(|| wrong("the recording opens no page of the web"))?;
    let mut script = Script { title, ..Script::default() };
    for (at, Read { entry, task, others }) in without_focus(reader.tasks).into_iter().enumerate() {
        script.steps.push((task, None));
        script.entries.push(entry);
        if !others.is_empty() {
            script.others.insert(at, others);
        }
    }
    Ok(Recording { url, viewport: reader.viewport, script, notes: reader.notes })
}

struct Reader {
    url: Option<String>,
    viewport: Option<(u32, u32)>,
    tasks: Vec<Read>,
    notes: Vec<ImportNote>,
}

/// A step that can be done.
struct Read {
    /// Which entry of the file's `steps` it is, from 1.
    entry: usize,
    task: Task,
    /// What is done instead if its element is not found.
    others: Vec<Task>,
}

impl Reader {
    fn step(&mut self, number: usize, step: &Value) {
        let kind = step["type"].as_str().unwrap_or_default();
        let text = |key: &str| step[key].as_str().unwrap_or_default().to_owned();
        let task = match kind {
            "setViewport" => return self.size(step),
            // What only checks or measures is nothing to do.
            "keyUp" | "emulateNetworkConditions" | "close" => return,
            "navigate" => match crate::project::url::web(&text("url")) {
                Ok(()) if self.url.is_none() => return self.url = Some(text("url")),
                Ok(()) => Some(Task::Open { url: text("url") }),
                Err(_) => None,
            },
            "keyDown" => Some(Task::Press { keys: text("key") }).filter(|_| !text("key").is_empty()),
            "scroll" => {
                let direction = if step["y"].as_f64().unwrap_or(0.0) > 0.0 { Way::Down } else { Way::Up };
                Some(Task::Scroll { direction })
            }
            "waitForElement" | "waitForExpression" | "customStep" => None,
            _ => None,
        };
        let others = element(step).into_iter().filter_map(|(on, is_list)| match kind {
            "click" if step["button"] == "secondary" => Some(Task::RightClick { on }),
            "click" => Some(Task::Click { on }),
            "doubleClick" => Some(Task::DoubleClick { on }),
            "hover" => Some(Task::Hover { on }),
            "change" if is_list => Some(Task::Select { on, option: text("value") }),
            "change" => Some(Task::Type { on, text: text("value") }),
            _ => None,
        });
        let mut ways = task.into_iter().chain(others);
        match ways.next() {
            Some(task) => self.tasks.push(Read { entry: number, task, others: ways.collect() }),
            None => {
                self.notes.push(ImportNote::new(format!("left out step {number} of the recording, `{kind}`")))
            }
        }
    }

    fn size(&mut self, step: &Value) {
        let side = |key: &str| step[key].as_u64().and_then(|side| u32::try_from(side).ok());
        let fits = |side: &u32| (200..=4000).contains(side);
        self.viewport = side("width").filter(fits).zip(side("height").filter(fits));
    }
}

/// The anchors of what a step acts on, in the order in which they are tried, and whether that is a list of the browser's own.
/// The recorder names each element in several ways: a CSS selector finds it exactly, a text is as good where there is none.
fn element(step: &Value) -> Vec<(String, bool)> {
    let ways = step["selectors"].as_array().into_iter().flatten();
    // One that leads through shadow roots has several parts: the last is the element's.
    let ways: Vec<&str> =
        ways.filter_map(|way| way.as_str().or_else(|| way.as_array()?.last()?.as_str())).collect();
    let is_css =
        |way: &&str| !["aria/", "xpath/", "text/", "pierce/"].iter().any(|start| way.starts_with(start));
    let css = ways.iter().copied().filter(is_css);
    let pierce = ways.iter().filter_map(|way| way.strip_prefix("pierce/"));
    let mut exact: Vec<&str> = css.chain(pierce).collect();
    let mut seen = std::collections::BTreeSet::new();
    exact.retain(|way| seen.insert(*way));
    let is_list = exact.iter().any(|way| {
        let last = way.rsplit([' ', '>']).next().unwrap_or_default();
        last.split([':', '[', '.', '#']).next() == Some("select")
    });
    let is_typed = step["type"] == "change";
    let named = ways.iter().filter_map(|way| way.strip_prefix("aria/")).map(|name| {
        let name = name.split("[role=").next().unwrap_or(name);
        (if is_typed { Find::Label } else { Find::Text }, name)
    });
    let texts = ways.iter().filter_map(|way| way.strip_prefix("text/")).map(|text| (Find::Text, text));
    let texts = texts.filter(|_| !is_typed || exact.is_empty());
    let all = exact.iter().map(|way| (Find::Css, *way)).chain(named).chain(texts);
    all.map(|(way, text)| (Anchor::by(way, text).to_string(), is_list)).collect()
}

/// Without the clicks that only bring the focus into a field that is typed into next.
fn without_focus(tasks: Vec<Read>) -> Vec<Read> {
    let mut needed: Vec<Read> = Vec::new();
    for task in tasks {
        if let Some(Task::Click { on: before }) = needed.last().map(|before| &before.task)
            && let Task::Type { on, .. } | Task::Select { on, .. } = &task.task
            && before == on
        {
            needed.pop();
        }
        needed.push(task);
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::recording;
    use crate::capture::{Task, Way};

    #[test]
    fn steps_are_read_and_what_is_none_is_said() {
        let text = r##"{"title": "How to", "steps": [
            {"type": "setViewport", "width": 1000, "height": 700},
            {"type": "navigate", "url": "http://127.0.0.1:8101/login"},
            {"type": "click", "selectors": [["aria/Name"], ["#name"], ["xpath//input"]]},
            {"type": "change", "value": "Ann \"-->\"", "selectors": [["aria/Name"], ["#name"]]},
            {"type": "change", "value": "days", "selectors": [["form > select:nth-of-type(2)"]]},
            {"type": "keyDown", "key": "Tab"}, {"type": "keyUp", "key": "Tab"},
            {"type": "scroll", "x": 0, "y": 300},
            {"type": "click", "button": "secondary", "selectors": ["text/Save"]},
            {"type": "waitForExpression", "expression": "steal()"},
            {"type": "navigate", "url": "javascript:alert(1)"},
            {"type": "navigate", "url": "http://127.0.0.1:8101/next"}
        ]}"##;
        let read = recording(text).unwrap();
        assert_eq!((read.url.as_str(), read.viewport), ("http://127.0.0.1:8101/login", Some((1000, 700))));
        // The others are tried in order where the first finds nothing.
        let others: Vec<&Task> = read.script.others.values().flatten().collect();
        let label = Task::Type { on: "label \"Name\"".into(), text: "Ann \"-->\"".into() };
        assert_eq!(others, [&label]);
        // An error names the entry as the file counts, with those that are no steps.
        assert_eq!(read.script.entries, [4, 5, 6, 8, 9, 12]);
        let tasks: Vec<Task> = read.script.steps.into_iter().map(|(task, _)| task).collect();
        let expected = [
            Task::Type { on: "css \"#name\"".into(), text: "Ann \"-->\"".into() },
            Task::Select { on: "css \"form > select:nth-of-type(2)\"".into(), option: "days".into() },
            Task::Press { keys: "Tab".into() },
            Task::Scroll { direction: Way::Down },
            Task::RightClick { on: "text \"Save\"".into() },
            Task::Open { url: "http://127.0.0.1:8101/next".into() },
        ];
        assert_eq!(tasks, expected);
        let notes: Vec<_> = read.notes.into_iter().map(|note| note.message).collect();
        assert_eq!(
            notes,
            [
                "left out step 10 of the recording, `waitForExpression`",
                "left out step 11 of the recording, `navigate`"
            ]
        );
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        for text in [
            "",
            "[]",
            "{\"steps\": 3}",
            "{\"steps\": []}",
            "{\"steps\": [{\"type\": \"navigate\", \"url\": \"file:///etc/hostname\"}]}",
        ] {
            assert!(recording(text).is_err(), "{text}");
        }
    }
}
