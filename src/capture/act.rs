//! Does what a file of steps says, as a person would: by the browser's own input.

// An edge: waiting for a page takes a clock.
#![allow(clippy::disallowed_methods)]

use super::event::{Find, PageEvent, Place, Target, Words, Zone};
use super::recorder::{Heard, RecordError, Recorder, Watch, now};
use super::script::{Task, Way, variable};
use super::steps::{Noted, StepKind, Where};
use crate::guide::anchor::Anchor;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long an element is looked for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a page may go on changing.
const RESTLESS: Duration = Duration::from_secs(9);
/// How long it stands still before it counts as ready, in milliseconds.
const STILL: f64 = 300.0;
/// A moment in which what was sent arrives.
const MOMENT: Duration = Duration::from_millis(40);
/// Longer than the rest that makes a hover.
const HOVER: Duration = Duration::from_millis(600);
/// Steps of the way of a pointer.
const WAY: u8 = 6;

/// An element that was found.
#[derive(Debug, Clone)]
pub struct Found {
    pub(super) session: String,
    pub(super) context: i64,
    /// Of its tab.
    pub(super) page: String,
    pub(super) zone: Zone,
    pub(super) find: String,
}

/// Whether what is found is brought into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// What is out of view is brought into it.
    Moved,
    /// The page stays as it is.
    Still,
}

/// What fits.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub(super) found: Vec<Hit>,
    /// What some of them are called, if there are several.
    pub(super) names: Vec<String>,
}

/// An element that fits, at its place in its frame.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    session: String,
    context: i64,
    frame: String,
    zone: Zone,
    pub(super) scrolled: bool,
    pub(super) target: Target,
    find: String,
}

/// What a page answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    count: usize,
    #[serde(rename = "box")]
    zone: Zone,
    scrolled: bool,
    names: Vec<String>,
    target: Target,
}

impl Recorder {
    /// Does one thing. `lookup`: the values of variables.
    ///
    /// # Errors
    /// [`RecordError::NotFound`] if an element is not there, or not alone.
    pub fn run(&mut self, task: &Task, lookup: &dyn Fn(&str) -> Option<String>) -> Result<(), RecordError> {
        self.settle()?;
        match task {
            Task::Open { url } => self.open(url)?,
            Task::Click { on } => self.click(on, "left", 1)?,
            Task::DoubleClick { on } => self.click(on, "left", 2)?,
            Task::RightClick { on } => self.click(on, "right", 1)?,
            Task::Hover { on } => {
                let found = self.find(on)?;
                self.move_to(&found.page, found.zone.middle())?;
                self.pump(HOVER)?;
            }
            Task::Type { on, text } => self.type_text(on, text, lookup)?,
            Task::Select { on, option } => self.select(on, option)?,
            Task::Press { keys } => self.press(keys)?,
            Task::Drag { on, to } => self.drag(on, to)?,
            Task::Scroll { direction } => self.scroll(*direction)?,
            Task::Await { text } => self.wait_for(text, true)?,
            Task::AwaitGone { text } => self.wait_for(text, false)?,
            Task::Look {} => self.look()?,
        }
        self.settle()
    }

    /// Says of the last step what is written for it.
    pub fn say(&mut self, sentence: &str) {
        self.steps.say(sentence);
    }

    /// Takes what happens in a while.
    pub(super) fn pump(&mut self, time: Duration) -> Result<(), RecordError> {
        let until = Instant::now() + time;
        while Instant::now() < until {
            if self.hear(until)? == Heard::Closed {
                let why = "the page was closed and no other is open";
                return Err(RecordError::Step(
                    why.to_owned(),
                    "leave it open until the last step".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Waits until the page is loaded and stands still; one that never does is taken as it is.
    pub fn settle(&mut self) -> Result<(), RecordError> {
        let until = Instant::now() + RESTLESS;
        let begun = now();
        loop {
            self.pump(MOMENT)?;
            let tab = self.tab(self.current).or_else(|| self.tabs.iter().find(|tab| tab.session.is_empty()));
            let loading = tab.is_some_and(|tab| tab.loading);
            let since = tab.and_then(|tab| tab.frames.since()).unwrap_or(begun);
            let still = now() - since.max(begun) >= STILL;
            // What is always animated has been looked at for long enough.
            let restless = !loading && now() - begun > 3_000.0;
            if (!loading && still) || restless || Instant::now() >= until {
                return Ok(());
            }
        }
    }

    fn open(&mut self, url: &str) -> Result<(), RecordError> {
        let start = self.options.url.clone().unwrap_or_default();
        let whole = if url.starts_with('/') {
            format!("{}{url}", super::address::origin(&start))
        } else {
            url.to_owned()
        };
        let session = self.session()?;
        self.navigate(&session, &whole)?;
        let until = Instant::now() + PATIENCE;
        while !self.last_is(|kind| matches!(kind, StepKind::Open { .. })) && Instant::now() < until {
            self.pump(MOMENT)?;
        }
        Ok(())
    }

    pub(super) fn session(&self) -> Result<String, RecordError> {
        let tab = self.tab(self.current).or_else(|| self.tabs.last());
        let missing = || RecordError::Step("there is no tab".to_owned(), "leave one open".to_owned());
        tab.map(|tab| tab.session.clone()).ok_or_else(missing)
    }

    /// The one visible element that an anchor means, in view.
    fn find(&mut self, anchor: &str) -> Result<Found, RecordError> {
        let parsed =
            Anchor::parse(anchor).map_err(|problem| RecordError::Step(problem.message, problem.help))?;
        let (find, until) = (Find::new(&parsed), Instant::now() + PATIENCE);
        let number = parsed.page.unwrap_or_else(|| self.newest());
        loop {
            let hits = self.hits(&find, parsed.frame.as_deref(), number, View::Moved);
            match hits.found.as_slice() {
                [hit] if !hit.scrolled => {
                    let found = self.placed(hit, number);
                    self.current = number;
                    return Ok(found);
                }
                // It was brought into view: where it is now is asked for again.
                [_] => self.pump(Duration::from_millis(250))?,
                _ if Instant::now() >= until => {
                    let seen = match hits.found.len() {
                        0 => self.like(&parsed, number),
                        many => format!("{many} elements fit: {}", hits.names.join(", ")),
                    };
                    return Err(RecordError::NotFound(anchor.to_owned(), seen));
                }
                _ => self.pump(Duration::from_millis(100))?,
            }
        }
    }

    /// What fits right now in a tab.
    pub(super) fn hits(&mut self, find: &Find, part: Option<&str>, number: u32, view: View) -> Hits {
        let mut hits = Hits::default();
        let (json, still) = (json!(find).to_string(), view == View::Still);
        for (session, context, frame) in self.worlds_of(number) {
            if part.is_some_and(|part| !self.url_of(&frame).contains(part)) {
                continue;
            }
            let value = self.evaluate(&session, context, &format!("guidemark.find({json}, {still})"));
            let Ok(value) = value else { continue };
            let answer: Answer = serde_json::from_value(value).unwrap_or_default();
            hits.names.extend(answer.names);
            for _ in 0..answer.count {
                hits.found.push(Hit {
                    session: session.clone(),
                    context,
                    frame: frame.clone(),
                    zone: answer.zone,
                    scrolled: answer.scrolled,
                    target: answer.target.clone(),
                    find: json.clone(),
                });
            }
        }
        // Without a frame, the page's own goes first.
        if part.is_none() && hits.found.iter().filter(|hit| self.is_main(&hit.frame)).count() == 1 {
            hits.found.retain(|hit| self.is_main(&hit.frame));
        }
        hits
    }

    /// A hit with its place on the page.
    pub(super) fn placed(&mut self, hit: &Hit, number: u32) -> Found {
        let offset =
            if self.is_main(&hit.frame) { (0.0, 0.0) } else { self.offset(&hit.session, &hit.frame, 0) };
        let page = self.tab(number).map(|tab| tab.session.clone()).unwrap_or_default();
        let (session, context, find) = (hit.session.clone(), hit.context, hit.find.clone());
        Found { session, context, page, zone: hit.zone.moved(offset), find }
    }

    /// The tab that the steps go on in: a new one comes to the front.
    pub(super) fn newest(&self) -> u32 {
        let open = self.tabs.iter().enumerate().filter(|(_, tab)| self.tab(number(tab, self)).is_some());
        let last = open.last().map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        last.unwrap_or(self.current)
    }

    /// What there is instead of what is looked for.
    fn like(&mut self, anchor: &Anchor, number: u32) -> String {
        let crate::guide::anchor::Target::Role { element, .. } = &anchor.target else {
            return "nothing fits".to_owned();
        };
        let (role, wanted) = (element.role.name(), element.name.clone().unwrap_or_default());
        let mut names: Vec<String> = Vec::new();
        for (session, context, _) in self.worlds_of(number) {
            let value = self.evaluate(&session, context, &format!("guidemark.names({})", json!(role)));
            names.extend(
                value
                    .ok()
                    .and_then(|value| serde_json::from_value::<Vec<String>>(value).ok())
                    .unwrap_or_default(),
            );
        }
        match crate::project::near::nearest(&wanted, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{role} \"{near}\"`?"),
            None if names.is_empty() => format!("there is no {role} on the page"),
            None => format!(
                "there is {}",
                names
                    .iter()
                    .take(8)
                    .map(|name| format!("`{role} \"{name}\"`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        }
    }

    pub(super) fn mouse(
        &mut self,
        page: &str,
        kind: &str,
        (x, y): (f64, f64),
        more: &Value,
    ) -> Result<(), RecordError> {
        let mut params = json!({ "type": kind, "x": x, "y": y, "button": "none" });
        if let (Some(fields), Some(more)) = (params.as_object_mut(), more.as_object()) {
            fields.extend(more.clone());
        }
        // Not waited for: a dialog would keep the answer.
        self.tools.send(Some(page), "Input.dispatchMouseEvent", &params)?;
        Ok(())
    }

    pub(super) fn move_to(&mut self, page: &str, (x, y): (f64, f64)) -> Result<(), RecordError> {
        for step in 1..=WAY {
            let left = f64::from(WAY - step) * 2.0;
            self.mouse(page, "mouseMoved", (x - left, y), &json!({}))?;
        }
        self.pump(Duration::from_millis(120))
    }

    fn click(&mut self, on: &str, button: &str, count: u32) -> Result<(), RecordError> {
        let found = self.find(on)?;
        self.click_at(&found, button, count)
    }

    pub(super) fn click_at(&mut self, found: &Found, button: &str, count: u32) -> Result<(), RecordError> {
        let at = found.zone.middle();
        self.move_to(&found.page, at)?;
        // What the pointer changes by resting there is on the picture before the press, however slowly it comes.
        if self.options.watch == Watch::Always {
            self.settle()?;
        }
        let buttons = if button == "right" { 2 } else { 1 };
        for number in 1..=count {
            let down = json!({ "button": button, "buttons": buttons, "clickCount": number });
            self.mouse(&found.page, "mousePressed", at, &down)?;
            self.pump(MOMENT)?;
            self.mouse(&found.page, "mouseReleased", at, &json!({ "button": button, "clickCount": number }))?;
            self.pump(MOMENT)?;
        }
        self.pump(Duration::from_millis(100))
    }

    fn type_text(
        &mut self,
        on: &str,
        text: &str,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), RecordError> {
        let found = self.find(on)?;
        self.type_into(&found, text, lookup)
    }

    /// Types a text into what was found, instead of what it holds.
    pub(super) fn type_into(
        &mut self,
        found: &Found,
        text: &str,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), RecordError> {
        let mut typed = text.to_owned();
        if let Some(name) = variable(text) {
            typed = lookup(name).ok_or_else(|| {
                let message = format!("the variable `{name}` of the environment is not set");
                RecordError::Step(message, format!("set it: `{name}=… guidemark record …`"))
            })?;
            self.steps.from_variable(name);
            self.evaluate(&found.session, found.context, &format!("guidemark.hide({})", found.find))?;
        }
        self.click_at(found, "left", 1)?;
        let page = found.page.clone();
        let all = json!({ "type": "rawKeyDown", "commands": ["selectAll"] });
        self.tools.call(Some(&page), "Input.dispatchKeyEvent", &all)?;
        if typed.is_empty() {
            self.key(&page, "Backspace", 0)?;
        } else {
            self.tools.call(Some(&page), "Input.insertText", &json!({ "text": typed }))?;
        }
        self.pump(MOMENT)?;
        let _ = self.evaluate(&found.session, found.context, "guidemark.flush()");
        self.pump(MOMENT)
    }

    fn select(&mut self, on: &str, option: &str) -> Result<(), RecordError> {
        let found = self.find(on)?;
        self.select_in(&found, on, option)
    }

    /// Chooses an option of a list that was found; `on` is what it is called in messages.
    pub(super) fn select_in(&mut self, found: &Found, on: &str, option: &str) -> Result<(), RecordError> {
        #[derive(Deserialize)]
        struct Chosen {
            known: Vec<String>,
            label: Option<String>,
            target: Option<Target>,
            place: Option<Place>,
            words: Option<Words>,
        }
        self.move_to(&found.page, found.zone.middle())?;
        let picture = self.tab(self.current).and_then(|tab| tab.frames.last());
        let expression = format!("guidemark.choose({}, {})", found.find, json!(option));
        let value = self.evaluate(&found.session, found.context, &expression)?;
        let chosen: Chosen = serde_json::from_value(value).map_err(|_| {
            RecordError::Step(
                format!("`{on}` is not a list of the browser's own"),
                "click it, then its option".to_owned(),
            )
        })?;
        let (Some(mut target), Some(place), Some(words)) = (chosen.target, chosen.place, chosen.words) else {
            let known: Vec<&str> = chosen.known.iter().map(String::as_str).collect();
            let help = crate::project::near::suggest(option, &known);
            return Err(RecordError::Step(format!("`{on}` has no option `{option}`"), help));
        };
        target.zone = found.zone;
        let event = PageEvent::Chosen {
            t: now(),
            target,
            value: chosen.label.unwrap_or_else(|| option.to_owned()),
            place,
            words,
        };
        let at = Where { page: self.current, frame: None };
        self.steps.hear(Noted { event, at, picture });
        Ok(())
    }

    pub(super) fn press(&mut self, keys: &str) -> Result<(), RecordError> {
        let page = self.session()?;
        let mut words: Vec<&str> = keys.split('+').map(str::trim).collect();
        let key = words.pop().filter(|key| !key.is_empty()).unwrap_or("+");
        let mut mods = 0;
        for word in words {
            mods |= match word.to_lowercase().as_str() {
                "alt" | "option" => 1,
                "ctrl" | "control" => 2,
                "meta" | "cmd" | "command" => 4,
                "shift" => 8,
                _ => {
                    let message = format!("`{word}` is not a key to hold");
                    return Err(RecordError::Step(
                        message,
                        "hold `Ctrl`, `Alt`, `Shift` or `Meta`".to_owned(),
                    ));
                }
            };
        }
        self.key(&page, key, mods)?;
        self.pump(Duration::from_millis(100))
    }

    fn key(&mut self, page: &str, name: &str, mods: u32) -> Result<(), RecordError> {
        let (key, code, number, text) = key_of(name);
        let kind = if text.is_some() && mods & 7 == 0 { "keyDown" } else { "rawKeyDown" };
        let mut down = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": mods });
        if let (Some(fields), Some(text)) = (down.as_object_mut(), text.filter(|_| mods & 7 == 0)) {
            fields.insert("text".to_owned(), text.into());
        }
        self.tools.send(Some(page), "Input.dispatchKeyEvent", &down)?;
        self.pump(MOMENT)?;
        let up = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": mods });
        self.tools.send(Some(page), "Input.dispatchKeyEvent", &up)?;
        self.pump(MOMENT)
    }

    fn drag(&mut self, on: &str, to: &str) -> Result<(), RecordError> {
        let from = self.find(on)?;
        let to = self.find(to)?.zone.middle();
        self.drag_from(&from, to)
    }

    /// Drags what was found to a place.
    pub(super) fn drag_from(&mut self, from: &Found, to: (f64, f64)) -> Result<(), RecordError> {
        let (start, page) = (from.zone.middle(), from.page.clone());
        self.move_to(&page, start)?;
        self.mouse(
            &page,
            "mousePressed",
            start,
            &json!({ "button": "left", "buttons": 1, "clickCount": 1 }),
        )?;
        for step in 1..=10_u8 {
            let part = f64::from(step) / 10.0;
            let at = (start.0 + (to.0 - start.0) * part, start.1 + (to.1 - start.1) * part);
            self.mouse(&page, "mouseMoved", at, &json!({ "button": "left", "buttons": 1 }))?;
            self.pump(Duration::from_millis(30))?;
        }
        self.mouse(&page, "mouseReleased", to, &json!({ "button": "left", "clickCount": 1 }))?;
        self.pump(Duration::from_millis(150))
    }

    pub(super) fn scroll(&mut self, direction: Way) -> Result<(), RecordError> {
        let page = self.session()?;
        let (width, height) = self.options.viewport;
        let by = f64::from(height) * 0.8;
        let wheel = json!({ "deltaX": 0, "deltaY": if direction == Way::Down { by } else { -by } });
        self.mouse(&page, "mouseWheel", (f64::from(width) / 2.0, f64::from(height) / 2.0), &wheel)?;
        self.pump(Duration::from_millis(400))
    }

    pub(super) fn wait_for(&mut self, text: &str, there: bool) -> Result<(), RecordError> {
        let until = Instant::now() + PATIENCE;
        let expression = format!("guidemark.text({}, {there})", json!(text));
        loop {
            let mut found = false;
            for (session, context, _) in self.worlds_of(self.newest()) {
                found |= self.evaluate(&session, context, &expression).is_ok_and(|value| value == true);
            }
            if found == there {
                return Ok(());
            }
            if Instant::now() >= until {
                let message =
                    if there { format!("`{text}` does not come") } else { format!("`{text}` does not go") };
                return Err(RecordError::Step(message, "write a text as it stands on the page".to_owned()));
            }
            self.pump(Duration::from_millis(100))?;
        }
    }

    fn look(&mut self) -> Result<(), RecordError> {
        let number = self.newest();
        let Some((place, words)) = self.seen(number) else { return Ok(()) };
        let picture = self.tab(number).and_then(|tab| tab.frames.last());
        let event = PageEvent::Mark { t: now(), place, words };
        self.steps.hear(Noted { event, at: Where { page: number, frame: None }, picture });
        Ok(())
    }
}

fn number(tab: &super::recorder::Tab, recorder: &Recorder) -> u32 {
    let at = recorder.tabs.iter().position(|other| other.session == tab.session).unwrap_or_default();
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// A key as the browser wants it: name, code, number, and what it types.
fn key_of(name: &str) -> (String, String, u32, Option<String>) {
    let known = [
        ("Enter", "Enter", 13, "\r"),
        ("Esc", "Escape", 27, ""),
        ("Escape", "Escape", 27, ""),
        ("Tab", "Tab", 9, ""),
        ("Space", "Space", 32, " "),
        ("Backspace", "Backspace", 8, ""),
        ("Delete", "Delete", 46, ""),
        ("Home", "Home", 36, ""),
        ("End", "End", 35, ""),
        ("PageUp", "PageUp", 33, ""),
        ("PageDown", "PageDown", 34, ""),
        ("Left", "ArrowLeft", 37, ""),
        ("Up", "ArrowUp", 38, ""),
        ("Right", "ArrowRight", 39, ""),
        ("Down", "ArrowDown", 40, ""),
    ];
    if let Some((_, key, number, text)) = known.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)) {
        let shown = if *key == "Space" { " " } else { key };
        let text = Some((*text).to_owned()).filter(|text| !text.is_empty());
        return (shown.to_owned(), (*key).to_owned(), *number, text);
    }
    if let Some(function) = name.strip_prefix(['F', 'f']).and_then(|rest| rest.parse::<u32>().ok()) {
        return (format!("F{function}"), format!("F{function}"), 111 + function, None);
    }
    let first = name.chars().next().unwrap_or(' ');
    let upper = first.to_ascii_uppercase();
    let code = if upper.is_ascii_digit() { format!("Digit{upper}") } else { format!("Key{upper}") };
    (first.to_lowercase().to_string(), code, u32::from(upper), Some(first.to_string()))
}
