//! Steps that are recorded by themselves: a file in JSON, for test suites and assistants.

use crate::guide::anchor::Anchor;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Most steps of a file.
const MOST: usize = 500;

/// What is to be recorded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    /// Title of the guide.
    pub title: Option<String>,
    /// BCP 47 tag of its language.
    pub lang: Option<String>,
    /// What is done, and the sentence for it, if one is written.
    pub steps: Vec<(Task, Option<String>)>,
    /// What a step does instead, in order, if its element is not found: by the step's index.
    pub others: BTreeMap<usize, Vec<Task>>,
    /// Which entry of its file each step is, from 1, where the file has entries that are no steps.
    pub entries: Vec<usize>,
}

/// What is wrong with a file of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    /// Which step, from 1; `None`: the file.
    pub step: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// The file as its schema shows it.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct File {
    /// Title of the guide.
    title: Option<String>,
    /// BCP 47 tag of the language that the sentences are written in.
    lang: Option<String>,
    /// What is done, in order.
    steps: Vec<Entry>,
}

/// One step.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Entry {
    /// What is done.
    #[serde(flatten)]
    task: Task,
    /// The step's sentence, as Markdown, instead of the recorder's own.
    say: Option<String>,
}

/// One thing to do. Elements are named by anchors, as behind `on` in a guide: `button "Save" in dialog "Share"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Task {
    /// Opens an address; a path is of the site that was started on.
    Open {
        /// The address.
        url: String,
    },
    /// Clicks an element.
    Click {
        /// Its anchor.
        on: String,
    },
    /// Clicks an element twice.
    DoubleClick {
        /// Its anchor.
        on: String,
    },
    /// Clicks an element with the second button.
    RightClick {
        /// Its anchor.
        on: String,
    },
    /// Lets the pointer rest on an element.
    Hover {
        /// Its anchor.
        on: String,
    },
    /// Types a text into a field, instead of what it holds.
    Type {
        /// The field's anchor.
        on: String,
        /// The text; `$NAME`: what the variable of the environment holds, which is written nowhere.
        text: String,
    },
    /// Chooses an option of a list.
    Select {
        /// The list's anchor.
        on: String,
        /// The option's label.
        option: String,
    },
    /// Presses keys.
    Press {
        /// `Enter`, `Ctrl+S`.
        keys: String,
    },
    /// Drags an element to another.
    Drag {
        /// Anchor of what is dragged.
        on: String,
        /// Anchor of where it goes.
        to: String,
    },
    /// Turns the wheel.
    Scroll {
        /// Which way.
        direction: Way,
    },
    /// Waits until a text is there.
    Await {
        /// The text.
        text: String,
    },
    /// Waits until a text is gone.
    AwaitGone {
        /// The text.
        text: String,
    },
    /// Shows the page without doing anything.
    Look {},
}

/// A way to scroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Towards the bottom.
    Down,
    /// Towards the top.
    Up,
}

impl Script {
    /// Which entry of its file the step of an index is, from 1.
    pub fn entry(&self, index: usize) -> usize {
        self.entries.get(index).copied().unwrap_or(index + 1)
    }

    /// Reads a file of steps.
    ///
    /// # Errors
    /// [`ScriptError`] at the first that is wrong.
    pub fn read(text: &str) -> Result<Self, ScriptError> {
        let wrong = |message: String| {
            ScriptError {
            step: None,
            message,
            help: "write `{\"steps\": [{\"do\": \"click\", \"on\": \"button \\\"Save\\\"\"}]}`; `guidemark schema steps` prints the schema"
                .to_owned(),
        }
        };
        let mut file: Value =
            serde_json::from_str(text).map_err(|error| wrong(format!("this is no JSON: {error}")))?;
        let Some(fields) = file.as_object_mut() else {
            return Err(wrong("the file is not an object".to_owned()));
        };
        let mut script = Self {
            title: word(fields.remove("title")),
            lang: word(fields.remove("lang")),
            steps: Vec::new(),
            others: BTreeMap::new(),
            entries: Vec::new(),
        };
        let Some(Value::Array(steps)) = fields.remove("steps") else {
            return Err(wrong("the file has no list `steps`".to_owned()));
        };
        if let Some(key) = fields.keys().next() {
            return Err(wrong(format!("unknown key `{key}`")));
        }
        if steps.len() > MOST {
            return Err(wrong(format!("more than {MOST} steps")));
        }
        for (at, step) in steps.into_iter().enumerate() {
            script.steps.push(entry(step).map_err(|error| ScriptError { step: Some(at + 1), ..error })?);
        }
        Ok(script)
    }

    /// The variables of the environment that it types.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|(task, _)| match task {
            Task::Type { text, .. } => variable(text),
            _ => None,
        })
    }
}

/// The name behind the `$` of a text that is a variable.
pub fn variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (good && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}

fn word(value: Option<Value>) -> Option<String> {
    value.and_then(|value| value.as_str().map(str::to_owned))
}

fn entry(mut step: Value) -> Result<(Task, Option<String>), ScriptError> {
    let say = step.as_object_mut().and_then(|fields| word(fields.remove("say")));
    let task: Task = serde_json::from_value(step).map_err(|error| ScriptError {
        step: None,
        message: error.to_string(),
        help: "`guidemark schema steps` prints what there is".to_owned(),
    })?;
    for anchor in anchors(&task) {
        Anchor::parse(anchor).map_err(|problem| ScriptError {
            step: None,
            message: problem.message,
            help: problem.help,
        })?;
    }
    Ok((task, say))
}

fn anchors(task: &Task) -> Vec<&str> {
    match task {
        Task::Click { on }
        | Task::DoubleClick { on }
        | Task::RightClick { on }
        | Task::Hover { on }
        | Task::Type { on, .. }
        | Task::Select { on, .. } => vec![on],
        Task::Drag { on, to } => vec![on, to],
        Task::Open { .. }
        | Task::Press { .. }
        | Task::Scroll { .. }
        | Task::Await { .. }
        | Task::AwaitGone { .. }
        | Task::Look {} => Vec::new(),
    }
}

/// The schema of a file of steps.
pub fn schema() -> String {
    let schema = schemars::schema_for!(File);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_and_what_is_wrong_is_told_with_its_step() {
        let read = |text: &str| Script::read(text);
        let script = read(
            r#"{"title": "T", "steps": [{"do": "open", "url": "/x"}, {"do": "type", "on": "field \"Name\"", "text": "$NAME", "say": "Say it."}]}"#,
        );
        let script = script.unwrap();
        assert_eq!(script.variables().collect::<Vec<_>>(), ["NAME"]);
        assert_eq!(script.steps[1].1.as_deref(), Some("Say it."));
        assert_eq!(
            read(r#"{"steps": [{"do": "click", "on": "buton \"A\""}]}"#).unwrap_err().help,
            "did you mean `button`?"
        );
        assert_eq!(
            read(r#"{"steps": [{"do": "look"}, {"do": "clik", "on": "x"}]}"#).unwrap_err().step,
            Some(2)
        );
        assert!(read(r#"{"steps": [{"do": "click", "on": "button", "of": 1}]}"#).is_err());
        assert!(read("[]").is_err() && read("{").is_err() && read(r#"{"steps": [], "stepps": []}"#).is_err());
    }

    #[test]
    fn the_schema_names_every_thing_to_do() {
        let schema = schema();
        for word in ["open", "click", "double-click", "type", "await-gone", "look", "say"] {
            assert!(schema.contains(&format!("\"{word}\"")), "{word}");
        }
    }
}
