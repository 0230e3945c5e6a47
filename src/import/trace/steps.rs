//! What a test did, as steps.

use super::super::names::{Names, cleaned};
use super::super::{ImportError, ImportNote, Imported, ImportedPicture, MAX_PICTURES};
use super::draw::{Artist, Density, Drawing};
use super::events::{Action, Found, Phase, Trace};
use super::words;
use crate::edit::{DraftChapter, DraftPicture, DraftScene, DraftStep};
use serde_json::Value;

/// What a person would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Gesture {
    /// Goes to an address.
    Open,
    Click,
    DoubleClick,
    RightClick,
    Hover,
    /// Types into what the pointer goes to.
    Type(String),
    /// Types into what has the focus.
    Keys(String),
    /// Chooses entries by what they are called.
    Select(String),
    Press(String),
    Scroll(&'static str),
    /// Chooses files by their names.
    Upload(String),
}

/// An action and what it is to a person.
#[derive(Debug)]
pub struct Act<'a> {
    pub action: &'a Action,
    pub gesture: Gesture,
    /// The page that is shown of it.
    page: Found,
}

/// The actions that a person could have done, in order.
pub fn gestures(trace: &Trace) -> Vec<Act<'_>> {
    let done = trace.actions.iter().filter(|action| !action.failed);
    let all: Vec<_> = done.filter_map(|action| Some((action, gesture(action)?))).collect();
    let before = |action: &Action| {
        let phases = [Phase::Action, Phase::Before];
        phases.into_iter().find_map(|phase| trace.page(action, phase)).cloned()
    };
    let acts = all.iter().enumerate().filter_map(|(at, (action, gesture))| {
        let page = match gesture {
            // A page that has just been opened is often empty: what the next action finds is what a person waits for.
            Gesture::Open => {
                let next = all.get(at + 1).filter(|(_, next)| *next != Gesture::Open);
                next.and_then(|(next, _)| before(next)).or_else(|| trace.page(action, Phase::After).cloned())
            }
            _ => before(action),
        };
        Some(Act { action, gesture: gesture.clone(), page: page? })
    });
    acts.collect()
}

fn gesture(action: &Action) -> Option<Gesture> {
    let params = &action.params;
    let text = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
    let is_page =
        matches!(action.class.as_str(), "Frame" | "Page" | "ElementHandle" | "Locator" | "JSHandle");
    let gesture = match action.method.as_str() {
        _ if !is_page => return None,
        "goto" | "reload" | "goBack" | "goForward" => Gesture::Open,
        "click" | "mouseClick" | "tap" | "check" | "uncheck" => {
            match (params["button"].as_str(), params["clickCount"].as_u64()) {
                (Some("right"), _) => Gesture::RightClick,
                (_, Some(2)) => Gesture::DoubleClick,
                _ => Gesture::Click,
            }
        }
        "dblclick" => Gesture::DoubleClick,
        "hover" => Gesture::Hover,
        "fill" => Gesture::Type(text("value")),
        "type" => Gesture::Type(text("text")),
        "keyboardType" | "keyboardInsertText" => Gesture::Keys(text("text")),
        "press" | "keyboardPress" => Gesture::Press(text("key").replace("Control", "Ctrl")),
        "selectOption" => Gesture::Select(chosen(params)),
        "mouseWheel" => {
            Gesture::Scroll(if params["deltaY"].as_f64().unwrap_or(0.0) < 0.0 { "up" } else { "down" })
        }
        "setInputFiles" => Gesture::Upload(files(params)),
        _ => return None,
    };
    Some(gesture)
}

/// What is chosen, by its label where the trace knows it.
fn chosen(params: &Value) -> String {
    let options = params["options"].as_array().into_iter().flatten();
    let named = |option: &Value| {
        ["label", "valueOrLabel", "value"].iter().find_map(|key| option[*key].as_str().map(str::to_owned))
    };
    options.filter_map(named).collect::<Vec<_>>().join(", ")
}

/// Names of files, without the folders of the machine that the test ran on.
fn files(params: &Value) -> String {
    let paths = ["localPaths", "streams"]
        .iter()
        .filter_map(|key| params[*key].as_array())
        .flatten()
        .filter_map(Value::as_str);
    let names: Vec<&str> = paths.filter_map(|path| path.rsplit(['/', '\\']).next()).collect();
    let payloads =
        params["payloads"].as_array().into_iter().flatten().filter_map(|payload| payload["name"].as_str());
    names.into_iter().chain(payloads).collect::<Vec<_>>().join(", ")
}

/// Draws the pages and writes the steps.
pub fn write(
    trace: &Trace,
    acts: Vec<Act<'_>>,
    artist: &mut Artist<'_>,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let last = acts.last().and_then(|act| trace.page(act.action, Phase::After).cloned());
    let mut drawn: Vec<(Act<'_>, Drawing)> = Vec::new();
    for act in acts {
        if drawn.len() >= MAX_PICTURES {
            imported.notes.push(ImportNote::new(format!("left out what comes after {MAX_PICTURES} steps")));
            break;
        }
        if let Some(drawing) = artist.draw(&act.page, Some(act.action))? {
            drawn.push((act, drawing));
        }
    }
    let drawn = joined(drawn);
    let title =
        trace.title.as_deref().map(|title| title.rsplit('›').next().unwrap_or(title).trim().to_owned());
    let first = drawn.first().map(|(_, drawing)| drawing.title.clone());
    imported.draft.title = title.filter(|title| !title.is_empty()).or(first).unwrap_or_default();
    let mut writer =
        Writer { names: Names::default(), density: artist.density, shown: None, address: None, imported };
    let mut steps: Vec<DraftStep> =
        drawn.into_iter().map(|(act, drawing)| writer.step(&act, drawing)).collect();
    if let Some(drawing) = last.map(|page| artist.draw(&page, None)).transpose()?.flatten() {
        steps.extend(writer.end(drawing));
    }
    imported.draft.chapters.push(DraftChapter { steps, ..DraftChapter::default() });
    Ok(())
}

/// A click into a field and what is typed there are one step.
fn joined<'a>(drawn: Vec<(Act<'a>, Drawing)>) -> Vec<(Act<'a>, Drawing)> {
    let mut all: Vec<(Act<'a>, Drawing)> = Vec::new();
    for (mut act, mut drawing) in drawn {
        let before = all.last().filter(|(before, _)| before.gesture == Gesture::Click);
        let joins = before.is_some_and(|(_, shown)| match &act.gesture {
            Gesture::Type(_) => same_place(shown, &drawing),
            Gesture::Keys(_) => shown.target.as_ref().is_some_and(words::is_field),
            _ => false,
        });
        if joins && let Some((_, shown)) = all.pop() {
            drawing.target = shown.target.or(drawing.target);
        }
        if let Gesture::Keys(text) = &act.gesture {
            act.gesture = Gesture::Type(text.clone());
        }
        all.push((act, drawing));
    }
    all
}

fn same_place(one: &Drawing, other: &Drawing) -> bool {
    let areas = one.target.as_ref().zip(other.target.as_ref());
    areas.is_some_and(|(one, other)| one.area.iter().zip(&other.area).all(|(a, b)| (a - b).abs() <= 2.0))
}

struct Writer<'a> {
    names: Names,
    density: Density,
    /// The picture that is shown, as path and bytes.
    shown: Option<(String, Vec<u8>)>,
    /// The address that is shown.
    address: Option<String>,
    imported: &'a mut Imported,
}

impl Writer<'_> {
    fn step(&mut self, act: &Act<'_>, drawing: Drawing) -> DraftStep {
        let sentence = words::sentence(&act.gesture, &drawing);
        let mut annotations: Vec<String> =
            self.moved(&drawing.url, act.gesture == Gesture::Open).into_iter().collect();
        match words::annotation(&act.gesture, drawing.target.as_ref(), act.action) {
            Some(line) => annotations.push(line),
            None if act.gesture == Gesture::Open => {}
            None => {
                let message =
                    format!("no place is known for `{}`: mark it in the editor", words::plain(&sentence));
                self.imported.notes.push(ImportNote::new(message));
            }
        }
        let picture = self.picture(&words::plain(&sentence), drawing);
        let scene = DraftScene { picture, annotations, ..DraftScene::default() };
        DraftStep { sentence, scenes: vec![scene], ..DraftStep::default() }
    }

    /// What there is at the end, if that is not what the last step shows.
    fn end(&mut self, drawing: Drawing) -> Option<DraftStep> {
        let annotations = self.moved(&drawing.url, false).into_iter().collect();
        let picture = self.picture("result", drawing)?;
        let scene = DraftScene { picture: Some(picture), annotations, ..DraftScene::default() };
        Some(DraftStep { sentence: words::DONE.to_owned(), scenes: vec![scene], ..DraftStep::default() })
    }

    /// `@goto` where the step goes to an address, `@url` where another page has come.
    fn moved(&mut self, url: &str, goes: bool) -> Option<String> {
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        let address = words::without_secrets(url);
        if !is_web || self.address.as_ref() == Some(&address) && !goes {
            return None;
        }
        let verb = if goes { "@goto" } else { "@url" };
        let line = format!("{verb} {}", words::quoted(&address));
        self.address = Some(address);
        Some(line)
    }

    /// The picture's place among the files; `None` where it is the one that is shown already.
    fn picture(&mut self, name: &str, drawing: Drawing) -> Option<DraftPicture> {
        if self.shown.as_ref().is_some_and(|(_, bytes)| *bytes == drawing.png) {
            return None;
        }
        let sharp = if self.density == Density::Two { "@2x" } else { "" };
        let path = self.names.picture(&format!("{}{sharp}", cleaned(name)), "png");
        let alt = words::alt(&drawing);
        self.shown = Some((path.clone(), drawing.png.clone()));
        self.imported.pictures.push(ImportedPicture { path: path.clone(), bytes: drawing.png });
        Some(DraftPicture { path, alt })
    }
}
