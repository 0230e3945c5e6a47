//! What a test did, as steps.

use super::super::{ImportError, ImportNote, Imported, ImportedPicture, MAX_PICTURES};
use super::draw::{Artist, Density, Drawing};
use super::events::{Action, Found, Phase, Trace};
use crate::capture::{self, Drafted, Gesture as Clicked, Recorded, Step, StepKind, Target, Where, Zone};
use crate::edit::Refusal;
use serde_json::Value;

/// What is written in place of what must stay unread.
const HIDDEN: &str = "••••";

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

/// How the guide is written.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Its title; `None`: what the trace says.
    pub title: Option<&'a str>,
    /// BCP 47 tag of the sentences.
    pub lang: &'a str,
}

/// Draws the pages and writes the steps.
pub fn write(
    trace: &Trace,
    acts: Vec<Act<'_>>,
    artist: &mut Artist<'_>,
    wanted: Wanted<'_>,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::default();
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
    let end = last.map(|page| artist.draw(&page, None)).transpose()?.flatten();
    let mut steps: Vec<Step> = joined(drawn).into_iter().map(|(act, drawing)| step(&act, drawing)).collect();
    scroll_to_the_next(&mut steps);
    let own = trace.title.as_deref().map(|title| title.rsplit('›').next().unwrap_or(title).trim());
    let recorded = Recorded {
        steps: &steps,
        end: end.map(|Drawing { picture, place, words, .. }| (place, picture, words)),
        start: steps.first().map_or("", |step| &step.place.url),
        title: wanted.title.or(own).filter(|title| !title.is_empty()),
        lang: wanted.lang,
        viewport: trace.window_of(None),
        scale: if artist.density == Density::Two { 2 } else { 1 },
        browser: "",
        fonts: "",
        app: None,
        is_draft: false,
    };
    let refused =
        |refusal: Refusal| ImportError::new(refusal.message, "import another trace of the same test");
    let Drafted { draft, lock, pictures } = capture::drafted(&recorded).map_err(refused)?;
    imported.draft = draft;
    imported.lock = Some(lock);
    let bytes =
        pictures.into_iter().map(|(path, picture)| ImportedPicture { path, bytes: picture.png.to_vec() });
    imported.pictures = bytes.collect();
    Ok(imported)
}

/// A click into a field and what is typed there are one step.
fn joined<'a>(drawn: Vec<(Act<'a>, Drawing)>) -> Vec<(Act<'a>, Drawing)> {
    let mut all: Vec<(Act<'a>, Drawing)> = Vec::new();
    for (mut act, mut drawing) in drawn {
        let before = all.last().filter(|(before, _)| before.gesture == Gesture::Click);
        let joins = before.is_some_and(|(_, shown)| match &act.gesture {
            Gesture::Type(_) => same_place(shown, &drawing),
            Gesture::Keys(_) => shown.target.as_ref().is_some_and(|target| target.typed),
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
    let zones = one.target.as_ref().zip(other.target.as_ref()).map(|(one, other)| (one.zone, other.zone));
    zones.is_some_and(|(one, other)| {
        let pairs = [(one.x, other.x), (one.y, other.y), (one.w, other.w), (one.h, other.h)];
        pairs.iter().all(|(a, b)| (a - b).abs() <= 2.0)
    })
}

fn step(act: &Act<'_>, drawing: Drawing) -> Step {
    let Drawing { picture, target, place, words } = drawing;
    // Where the page does not say what it was, the trace says at least where.
    let target = target.or_else(|| place_of(act.action));
    let secret = target.as_ref().is_some_and(|target| target.secret);
    let kind = match &act.gesture {
        Gesture::Open => StepKind::Open { url: place.url.clone() },
        Gesture::Click => StepKind::Click(Clicked::Once),
        Gesture::DoubleClick => StepKind::Click(Clicked::Double),
        Gesture::RightClick => StepKind::Click(Clicked::Secondary),
        Gesture::Hover => StepKind::Hover,
        Gesture::Type(_) | Gesture::Keys(_) if secret => {
            StepKind::Type { value: HIDDEN.to_owned(), variable: None }
        }
        Gesture::Type(text) | Gesture::Keys(text) => StepKind::Type { value: text.clone(), variable: None },
        Gesture::Select(value) => StepKind::Select { value: value.clone() },
        Gesture::Press(keys) => StepKind::Press { keys: keys.clone() },
        Gesture::Scroll(direction) => StepKind::Scroll { direction },
        Gesture::Upload(value) => StepKind::Files { value: value.clone() },
    };
    let at = Where { page: 1, frame: None };
    let target = target.filter(|_| {
        !matches!(kind, StepKind::Open { .. } | StepKind::Press { .. } | StepKind::Scroll { .. })
    });
    Step { kind, t: 0.0, target, at, place, picture: Some(picture), words, dialog: None, sentence: None }
}

/// A page is scrolled for what is done next.
fn scroll_to_the_next(steps: &mut [Step]) {
    for at in 1..steps.len() {
        let (before, from) = steps.split_at_mut(at);
        if let (Some(scroll), Some(next)) = (before.last_mut(), from.first())
            && matches!(scroll.kind, StepKind::Scroll { .. })
        {
            scroll.target.clone_from(&next.target);
        }
    }
}

fn place_of(action: &Action) -> Option<Target> {
    let whole = action.area.map(|[x, y, w, h]| Zone { x, y, w, h });
    let zone = whole.or_else(|| action.point.map(|(x, y)| Zone { x, y, w: 0.0, h: 0.0 }))?;
    Some(Target { zone, ..Target::default() })
}
