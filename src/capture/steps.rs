//! What a user does, as steps: clicks, typing, keys and scrolling reported one by one become what a guide says.

use super::event::{PageEvent, Place, Target, Words, Zone};
use super::frames::Picture;

/// More than this between press and release, in points, is a drag.
const DRAG: f64 = 5.0;
/// The same click again within this time without a change is an accident, in milliseconds.
const AGAIN: f64 = 700.0;
/// A click and the click into the field that is typed into belong together for as long.
const DOUBLE: f64 = 1_500.0;

/// A step as the user did it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was done.
    pub kind: StepKind,
    /// When, in milliseconds since 1970.
    pub t: f64,
    /// On what.
    pub target: Option<Target>,
    /// Where.
    pub at: Where,
    /// In what document.
    pub place: Place,
    /// What the page looked like before.
    pub picture: Option<Picture>,
    /// What was written there.
    pub words: Words,
    /// Whether the dialog that came up was accepted.
    pub dialog: Option<bool>,
    /// The sentence, if whoever did it says one.
    pub sentence: Option<String>,
}

/// Which document of the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Where {
    /// Which of the tabs, from 1 in the order in which they were opened.
    pub page: u32,
    /// Part of the address of the frame; `None`: the page itself.
    pub frame: Option<String>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// An address was opened by the browser itself: typed, by Back, by Reload.
    Open {
        /// The address.
        url: String,
    },
    /// Something was clicked.
    Click(Gesture),
    /// Something was typed.
    Type {
        /// What the field held in the end; of a secret field `••••`.
        value: String,
        /// The variable of the environment that it came from.
        variable: Option<String>,
    },
    /// Something was chosen from a list.
    Select {
        /// The label.
        value: String,
    },
    /// Files were chosen.
    Files {
        /// Their names.
        value: String,
    },
    /// Keys were pressed.
    Press {
        /// `Ctrl+S`
        keys: String,
    },
    /// Something was dragged.
    Drag {
        /// Where from.
        from: Zone,
        /// Where to.
        to: Zone,
        /// What lies there, if it can be named.
        onto: Option<Box<Target>>,
    },
    /// The page was scrolled to the next target.
    Scroll {
        /// `down`, `up`, `left`, `right`.
        direction: &'static str,
    },
    /// The pointer rested on something, and that showed the next target.
    Hover,
    /// Nothing: the person wants to show something.
    Look,
}

/// How something was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Once.
    Once,
    /// Twice.
    Double,
    /// With the second button.
    Secondary,
    /// With the middle button, or with Ctrl: what opens a new tab.
    NewTab,
}

/// Something that was reported, with what only the recorder knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// What happened; places are those of the whole page.
    pub event: PageEvent,
    /// In which document.
    pub at: Where,
    /// What the page looked like right before.
    pub picture: Option<Picture>,
}

/// The steps so far.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<Step>,
    pressed: Option<Pressed>,
    scrolled: Option<Scrolled>,
    rests: Vec<Step>,
    /// Where what is typed next comes from.
    variable: Option<String>,
}

#[derive(Debug)]
struct Pressed {
    step: Step,
    button: i64,
    x: f64,
    y: f64,
    dragging: bool,
}

#[derive(Debug)]
struct Scrolled {
    step: Step,
    dx: f64,
    dy: f64,
}

impl Steps {
    /// All steps so far.
    pub fn all(&self) -> &[Step] {
        &self.done
    }

    /// What is typed next comes from a variable of the environment.
    pub fn from_variable(&mut self, name: &str) {
        self.variable = Some(name.to_owned());
    }

    /// Says of the last step what is written for it.
    pub fn say(&mut self, sentence: &str) {
        if let Some(step) = self.done.last_mut() {
            step.sentence = Some(sentence.to_owned());
        }
    }

    /// Takes what happened.
    pub fn hear(&mut self, noted: Noted) {
        let Noted { event, at, picture } = noted;
        self.look_back(&at, picture.as_ref(), &event);
        match event {
            PageEvent::Down { t, x, y, button, mods, target, place, words } => {
                self.release_lost();
                let step =
                    step(StepKind::Click(gesture(button, mods)), t, Some(target), at, place, picture, words);
                self.pressed = Some(Pressed { step, button, x, y, dragging: false });
            }
            PageEvent::Up { x, y, target, .. } => self.up(x, y, target),
            PageEvent::Drop { x, y, target, .. } => self.dropped(x, y, target),
            PageEvent::Dragging { .. } => self.pressed.iter_mut().for_each(|pressed| pressed.dragging = true),
            PageEvent::Double { t } => self.double(t),
            PageEvent::Menu { .. } => {}
            PageEvent::Rest { t, target, place, words } => {
                self.rests.push(step(StepKind::Hover, t, Some(target), at, place, picture, words));
            }
            PageEvent::Key { t, key, mods, target, place, words } => {
                self.release_lost();
                if let Some(keys) = keys(&key, mods, target.is_some()) {
                    self.push(step(StepKind::Press { keys }, t, target, at, place, picture, words));
                }
            }
            PageEvent::Typed { t, target, value, place, words } => {
                self.release_lost();
                let kind = StepKind::Type { value, variable: self.variable.take() };
                self.typed(step(kind, t, Some(target), at, place, picture, words));
            }
            PageEvent::Chosen { t, target, value, place, words } => {
                self.release_lost();
                self.instead(step(StepKind::Select { value }, t, Some(target), at, place, picture, words));
            }
            PageEvent::Files { t, target, value, place, words } => {
                self.release_lost();
                self.instead(step(StepKind::Files { value }, t, Some(target), at, place, picture, words));
            }
            PageEvent::Scrolled { t, dx, dy, place } => self.scrolled(t, (dx, dy), at, place, picture),
            PageEvent::Mark { t, place, words } => {
                self.release_lost();
                self.push(step(StepKind::Look, t, None, at, place, picture, words));
            }
            PageEvent::Undo { .. } => {
                self.pressed = None;
                self.done.pop();
            }
            PageEvent::Picked { .. } | PageEvent::Failed { .. } => {}
        }
    }

    /// An address was opened by the browser itself.
    pub fn opened(&mut self, url: &str, t: f64, at: Where) {
        self.release_lost();
        if let Some(Step { kind: StepKind::Open { url: last }, .. }) = self.done.last_mut() {
            url.clone_into(last);
            return;
        }
        let kind = StepKind::Open { url: url.to_owned() };
        self.push(step(
            kind,
            t,
            None,
            at,
            Place { url: url.to_owned(), ..Place::default() },
            None,
            Words::default(),
        ));
    }

    /// A dialog was answered: it belongs to the step before it.
    pub fn dialog(&mut self, accepted: bool) {
        self.release_lost();
        if let Some(step) = self.done.last_mut() {
            step.dialog = Some(accepted);
        }
    }

    /// What a page looks like in the end, for steps that wait to be shown.
    pub fn finish(&mut self, place: &Place, picture: Option<&Picture>, words: &Words) {
        self.release_lost();
        let waiting = self.done.iter_mut().filter(|step| step.picture.is_none());
        for step in waiting {
            show(step, place, picture, words);
        }
    }

    /// An address that was opened is shown as it was before the next thing was done there.
    fn look_back(&mut self, at: &Where, picture: Option<&Picture>, event: &PageEvent) {
        let Some((place, words)) = document(event) else { return };
        if at.frame.is_some() {
            return;
        }
        let waiting = self.done.iter_mut().filter(|step| step.picture.is_none() && step.at.page == at.page);
        waiting.for_each(|step| show(step, place, picture, words));
    }

    fn up(&mut self, x: f64, y: f64, target: Target) {
        let Some(pressed) = self.pressed.take() else { return };
        if pressed.button == 0 && (x - pressed.x).hypot(y - pressed.y) > DRAG {
            self.dragged(pressed, x, y, target);
        } else {
            self.clicked(pressed.step);
        }
    }

    fn dropped(&mut self, x: f64, y: f64, target: Target) {
        if let Some(pressed) = self.pressed.take() {
            self.dragged(Pressed { dragging: true, ..pressed }, x, y, target);
        }
    }

    fn dragged(&mut self, pressed: Pressed, x: f64, y: f64, onto: Target) {
        let Pressed { mut step, dragging, x: from_x, y: from_y, .. } = pressed;
        let point = |x, y| Zone { x, y, w: 0.0, h: 0.0 };
        let same = step.target.as_ref().is_some_and(|target| is_same(target, &onto));
        let whole = dragging && !same;
        let from = step.target.as_ref().filter(|_| whole).map_or(point(from_x, from_y), |target| target.zone);
        let to = if whole { onto.zone } else { point(x, y) };
        // A slider goes along: what lies under the pointer in the end is itself.
        let onto = whole.then(|| Box::new(onto));
        step.kind = StepKind::Drag { from, to, onto };
        self.push(step);
    }

    /// A press without a release: what was pressed has gone, or the page has.
    fn release_lost(&mut self) {
        if let Some(pressed) = self.pressed.take() {
            self.clicked(pressed.step);
        }
    }

    fn clicked(&mut self, step: Step) {
        let again = self.done.last().is_some_and(|last| {
            last.kind == step.kind
                && on_same(last, &step)
                && step.t - last.t < AGAIN
                && last.picture == step.picture
        });
        if !again {
            self.hovered(&step);
            self.push(step);
        }
    }

    fn double(&mut self, t: f64) {
        self.release_lost();
        let Some(second) = self.done.pop() else { return };
        let is_click = |step: &Step| matches!(step.kind, StepKind::Click(Gesture::Once | Gesture::NewTab));
        if !is_click(&second) || t - second.t > DOUBLE {
            self.done.push(second);
            return;
        }
        let first =
            self.done.pop_if(|first| is_click(first) && on_same(first, &second) && t - first.t < DOUBLE);
        self.done.push(Step { kind: StepKind::Click(Gesture::Double), ..first.unwrap_or(second) });
    }

    fn typed(&mut self, step: Step) {
        if let Some(last) = self.done.last_mut().filter(|last| on_same(last, &step))
            && let StepKind::Type { .. } = last.kind
        {
            last.kind = step.kind;
            return;
        }
        self.instead(step);
    }

    /// A step that takes the place of the click into its field, and shows what was shown before that.
    fn instead(&mut self, mut step: Step) {
        let click = self
            .done
            .pop_if(|last| matches!(last.kind, StepKind::Click(Gesture::Once)) && on_same(last, &step));
        if let Some(click) = click {
            step = Step { kind: step.kind, target: step.target, ..click };
            if let (Some(target), Some(clicked)) = (&mut step.target, click.target) {
                target.zone = clicked.zone;
            }
        }
        self.push(step);
    }

    /// What the pointer rested on before has moved away under it.
    fn scrolled(&mut self, t: f64, (dx, dy): (f64, f64), at: Where, place: Place, picture: Option<Picture>) {
        self.rests.clear();
        match &mut self.scrolled {
            Some(run) => {
                run.dx += dx;
                run.dy += dy;
            }
            None => {
                let kind = StepKind::Scroll { direction: "down" };
                let step = step(kind, t, None, at, place, picture, Words::default());
                self.scrolled = Some(Scrolled { step, dx, dy });
            }
        }
    }

    /// A step, and before it the scrolling without which its target was out of view.
    fn push(&mut self, step: Step) {
        if let Some(Scrolled { step: mut scroll, dx, dy }) = self.scrolled.take()
            && let Some(target) = &step.target
            && let Some(direction) = needed((dx, dy), target.zone, &step.place)
            && scroll.at == step.at
        {
            scroll.kind = StepKind::Scroll { direction };
            scroll.target = Some(target.clone());
            self.done.push(scroll);
        }
        self.rests.clear();
        self.done.push(step);
    }

    /// The hover that showed what is clicked now, if one did.
    fn hovered(&mut self, click: &Step) {
        let Some(target) = &click.target else { return };
        // The pointer also rests on what was clicked just now: it came there for that.
        let since = self.done.last().map_or(0.0, |last| last.t);
        let rests = std::mem::take(&mut self.rests).into_iter().filter(|rest| rest.t > since);
        let led = rests.collect::<Vec<_>>().into_iter().rev().find(|rest| {
            let same = rest
                .target
                .as_ref()
                .is_some_and(|over| is_same(over, target) || meets(over.zone, target.zone));
            !same
                && rest.at == click.at
                && differs(rest.picture.as_ref(), click.picture.as_ref(), target.zone, &click.place)
        });
        self.done.extend(led);
    }
}

fn meets(a: Zone, b: Zone) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// Whether a part of the page looks otherwise in two pictures of it: at least a third of it.
fn differs(before: Option<&Picture>, after: Option<&Picture>, zone: Zone, place: &Place) -> bool {
    let decoded = |picture: Option<&Picture>| {
        image::load_from_memory_with_format(&picture?.png, image::ImageFormat::Png)
            .ok()
            .map(|image| image.to_rgb8())
    };
    let (Some(before), Some(after)) = (decoded(before), decoded(after)) else { return false };
    if before.dimensions() != after.dimensions() || place.view.w < 1.0 {
        return false;
    }
    let scale = f64::from(after.width()) / place.view.w;
    // Clamped: pixels of a picture that was decoded.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixel = |at: f64, most: u32| ((at * scale).round().clamp(0.0, f64::from(most))) as u32;
    let (left, right) = (pixel(zone.x, after.width()), pixel(zone.x + zone.w, after.width()));
    let (top, low) = (pixel(zone.y, after.height()), pixel(zone.y + zone.h, after.height()));
    let all = u64::from(right - left.min(right)) * u64::from(low - top.min(low));
    let places = (top..low).flat_map(|y| (left..right).map(move |x| (x, y)));
    let other = places.filter(|(x, y)| before.get_pixel(*x, *y) != after.get_pixel(*x, *y)).count();
    all > 0 && other as u64 * 3 >= all
}

/// Which way had to be scrolled for a target to come into view; `None` if it was there before.
fn needed((dx, dy): (f64, f64), zone: Zone, place: &Place) -> Option<&'static str> {
    let (x, y) = zone.middle();
    let out = |at: f64, side: f64| side > 0.0 && !(0.0..=side).contains(&at);
    if out(y + dy, place.view.h) && dy != 0.0 {
        return Some(if dy > 0.0 { "down" } else { "up" });
    }
    (out(x + dx, place.view.w) && dx != 0.0).then_some(if dx > 0.0 { "right" } else { "left" })
}

fn step(
    kind: StepKind,
    t: f64,
    target: Option<Target>,
    at: Where,
    place: Place,
    picture: Option<Picture>,
    words: Words,
) -> Step {
    Step { kind, t, target, at, place, picture, words, dialog: None, sentence: None }
}

fn show(step: &mut Step, place: &Place, picture: Option<&Picture>, words: &Words) {
    step.picture = picture.cloned();
    step.place = place.clone();
    step.words = words.clone();
}

/// The document that something was reported of, and what is written there.
fn document(event: &PageEvent) -> Option<(&Place, &Words)> {
    match event {
        PageEvent::Down { place, words, .. }
        | PageEvent::Rest { place, words, .. }
        | PageEvent::Key { place, words, .. }
        | PageEvent::Typed { place, words, .. }
        | PageEvent::Chosen { place, words, .. }
        | PageEvent::Files { place, words, .. }
        | PageEvent::Mark { place, words, .. } => Some((place, words)),
        PageEvent::Up { .. }
        | PageEvent::Drop { .. }
        | PageEvent::Dragging { .. }
        | PageEvent::Double { .. }
        | PageEvent::Menu { .. }
        | PageEvent::Scrolled { .. }
        | PageEvent::Undo { .. }
        | PageEvent::Picked { .. }
        | PageEvent::Failed { .. } => None,
    }
}

/// Ctrl or Meta with the first button opens a new tab, as the middle one does.
fn gesture(button: i64, mods: u32) -> Gesture {
    match button {
        2 => Gesture::Secondary,
        1 => Gesture::NewTab,
        _ if mods & 6 != 0 => Gesture::NewTab,
        _ => Gesture::Once,
    }
}

fn on_same(one: &Step, other: &Step) -> bool {
    match (&one.target, &other.target) {
        (Some(a), Some(b)) => one.at == other.at && is_same(a, b),
        _ => false,
    }
}

/// Whether two descriptions are of one element: by how it is found, else by where it is.
fn is_same(a: &Target, b: &Target) -> bool {
    match (a.ways.get("path"), b.ways.get("path")) {
        (Some(one), Some(other)) => one == other && a.tag == b.tag,
        _ => a.tag == b.tag && a.zone == b.zone,
    }
}

/// Keys as people write them; `None` for what is no step by itself.
fn keys(key: &str, mods: u32, focused: bool) -> Option<String> {
    let shortcut = mods & 7 != 0;
    let function = key.strip_prefix('F').is_some_and(|rest| rest.parse::<u8>().is_ok());
    let plain = matches!(key, "Escape" | "Enter" | "Delete" | "Backspace") || (key == "Space" && focused);
    if !(shortcut || function || plain) {
        return None;
    }
    let name = match key {
        "Escape" => "Esc".to_owned(),
        key if key.chars().count() == 1 => key.to_uppercase(),
        key => {
            key.strip_prefix("Arrow").unwrap_or(key).chars().filter(|c| c.is_ascii_alphanumeric()).collect()
        }
    };
    let held = [(2, "Ctrl"), (1, "Alt"), (8, "Shift"), (4, "Meta")];
    let mut words: Vec<&str> =
        held.iter().filter(|(bit, _)| mods & bit != 0).map(|(_, name)| *name).collect();
    words.push(&name);
    Some(words.join("+"))
}
