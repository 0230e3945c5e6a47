//! Does again what a guide says, and looks at the pages on the way.

// An edge: waiting for a page takes a clock.
#![allow(clippy::disallowed_methods)]

use super::act::{Found, View};
use super::event::{Find, Place, Target, Words, Zone};
use super::frames::Picture;
use super::recorder::{RecordError, Recorder, now};
use super::script::Way;
use crate::guide::anchor::{self, Anchor, Role};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long the network may go on, and how long it is quiet when it has ended.
const NETWORK: Duration = Duration::from_secs(4);
const QUIET: f64 = 500.0;
/// How long a page may go on changing, and how long two equal pictures are apart.
const RESTLESS: Duration = Duration::from_secs(9);
const APART: Duration = Duration::from_millis(120);
/// How long a page may take to load.
const LOADING: Duration = Duration::from_secs(20);
/// How long a picture may take on a machine that has much to do.
const DRAWING: Duration = Duration::from_secs(30);
/// How long an element of another name is not taken for the one that is looked for: it may still come.
const DOUBT: Duration = Duration::from_millis(2_500);
/// Points that an element found by its path alone may have moved.
const STRAY: f64 = 48.0;
/// How much alike something must be to be proposed, and how far ahead of the next.
const ALIKE: f64 = 0.65;
const AHEAD: f64 = 0.15;

/// What is known of an element besides its anchor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// Its tag.
    pub tag: String,
    /// Its role as an anchor writes it.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// Other ways to find it.
    pub ways: BTreeMap<String, String>,
    /// Where it was.
    pub zone: Option<Zone>,
}

/// An element that was found.
#[derive(Debug, Clone)]
pub struct Located {
    found: Found,
    /// What it is.
    pub target: Target,
    /// Where it is on its page.
    pub zone: Zone,
    /// Whether it is called otherwise than its anchor says.
    pub is_renamed: bool,
}

/// What there is in the place of an element that is not found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Likely {
    /// What is seen, as a line.
    pub seen: String,
    /// The anchor that is probably meant.
    pub anchor: Option<String>,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A button of the mouse goes down and up.
    Click {
        /// Whether it is the second one.
        second: bool,
        /// How often.
        count: u32,
    },
    /// The pointer rests there.
    Hover,
    /// A text is typed instead of what is there; `$NAME`: what a variable of the environment holds.
    Type(String),
    /// An option of a list is chosen.
    Select(String),
}

/// A page as it is shown.
#[derive(Debug, Clone)]
pub struct Shot {
    /// What it looks like.
    pub picture: Picture,
    /// Its address and title.
    pub place: Place,
    /// What is written on it.
    pub words: Words,
}

/// What a browser keeps of a login.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// Its cookies.
    pub cookies: Vec<Value>,
    /// What pages stored, by origin.
    pub storage: BTreeMap<String, Vec<(String, String)>>,
}

impl Recorder {
    /// Opens an address and waits until the page is ready.
    ///
    /// # Errors
    /// [`RecordError::Browser`] if it can't be opened.
    pub fn go(&mut self, url: &str) -> Result<(), RecordError> {
        let session = self.session()?;
        self.traffic.forget();
        self.navigate(&session, url)?;
        self.rest()
    }

    /// Addresses of other origins that pages were kept from.
    pub fn refused(&mut self) -> Vec<String> {
        self.tools.refused()
    }

    /// Waits until the page is loaded and the network is quiet.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn rest(&mut self) -> Result<(), RecordError> {
        let loaded = Instant::now() + LOADING;
        self.pump(Duration::from_millis(60))?;
        while self.is_loading() && Instant::now() < loaded {
            self.pump(Duration::from_millis(30))?;
        }
        let quiet = Instant::now() + NETWORK;
        while !self.traffic.is_quiet(now(), QUIET) && Instant::now() < quiet {
            self.pump(Duration::from_millis(40))?;
        }
        Ok(())
    }

    /// Waits for what follows from something that was just done: a page takes a moment to ask for the next.
    fn rest_after(&mut self) -> Result<(), RecordError> {
        self.traffic.touch(now());
        self.rest()?;
        self.rest()
    }

    fn is_loading(&self) -> bool {
        self.tab(self.newest()).is_none_or(|tab| tab.loading)
    }

    /// The page once it stands still.
    ///
    /// # Errors
    /// [`RecordError`] if no picture can be taken.
    pub fn shot(&mut self) -> Result<Shot, RecordError> {
        self.rest()?;
        let number = self.newest();
        let until = Instant::now() + RESTLESS;
        self.in_all(number, "guidemark.calm()");
        let mut last = self.capture(number)?;
        loop {
            self.pump(APART)?;
            self.in_all(number, "guidemark.calm()");
            let next = self.capture(number)?;
            let same = next.hash == last.hash;
            last = next;
            if same || Instant::now() >= until {
                break;
            }
        }
        let (place, mut words) = self.seen(number).ok_or_else(|| {
            RecordError::Step("the page can't be read".to_owned(), "look at it in a browser".to_owned())
        })?;
        self.add_frames(number, &mut words);
        self.in_all(number, "guidemark.resume()");
        Ok(Shot { picture: last, place, words })
    }

    fn in_all(&mut self, number: u32, expression: &str) {
        for (session, context, _) in self.worlds_of(number) {
            // A frame that has gone needs nothing any more.
            let _ = self.evaluate(&session, context, expression);
        }
    }

    fn capture(&mut self, number: u32) -> Result<Picture, RecordError> {
        let session = self.tab(number).map(|tab| tab.session.clone()).unwrap_or_default();
        let form = json!({ "format": "png", "captureBeyondViewport": false });
        let answer = self.tools.call_within(DRAWING, Some(&session), "Page.captureScreenshot", &form)?;
        let png = STANDARD.decode(answer["data"].as_str().unwrap_or_default()).unwrap_or_default();
        Ok(Picture::new(png))
    }

    /// The address of the page.
    pub fn url(&mut self) -> String {
        let number = self.newest();
        self.seen(number).map(|(place, _)| place.url).unwrap_or_default()
    }

    /// Moves the pointer onto an element.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn point_at(&mut self, on: &Located) -> Result<(), RecordError> {
        self.move_to(&on.found.page, on.zone.middle())
    }

    /// Lets some time pass.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn pass(&mut self, time: Duration) -> Result<(), RecordError> {
        self.pump(time)
    }

    /// Scrolls the page to where it was.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn scroll_to(&mut self, (x, y): (f64, f64)) -> Result<(), RecordError> {
        let number = self.newest();
        if let Some((session, context, _)) = self.worlds_of(number).into_iter().next() {
            self.evaluate(&session, context, &format!("guidemark.scrollTo({x}, {y})"))?;
        }
        self.pump(Duration::from_millis(60))
    }

    /// Looks for an element for so long; `is_moved`: what is out of view is brought into it.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn locate(
        &mut self,
        anchor: &Anchor,
        evidence: Option<&Evidence>,
        is_moved: bool,
        patience: Duration,
    ) -> Result<Result<Located, Likely>, RecordError> {
        let view = if is_moved { View::Moved } else { View::Still };
        let (begun, number) = (Instant::now(), anchor.page.unwrap_or_else(|| self.newest()));
        loop {
            let hits = self.hits(&Find::new(anchor), anchor.frame.as_deref(), number, view);
            if let [hit] = hits.found.as_slice() {
                if hit.scrolled {
                    self.pump(Duration::from_millis(250))?;
                    continue;
                }
                let found = self.placed(hit, number);
                let (target, zone) = (hit.target.clone(), found.zone);
                let counted = Located { found, target, zone, is_renamed: false };
                let other = evidence.and_then(|known| self.shifted(anchor, known, number, view, &counted));
                return Ok(Ok(other.unwrap_or(counted)));
            }
            let ended = begun.elapsed() >= patience;
            let other = evidence.and_then(|evidence| self.otherwise(anchor, evidence, number, view));
            if let Some(located) = other.filter(|other| !other.is_renamed || ended || begun.elapsed() > DOUBT)
            {
                return Ok(Ok(located));
            }
            if ended {
                let seen = match hits.found.len() {
                    0 => "it is not on the page".to_owned(),
                    many => format!("{many} elements fit: {}", hits.names.join(", ")),
                };
                let anchor = evidence.and_then(|evidence| self.likely(evidence, number));
                return Ok(Err(Likely { seen, anchor }));
            }
            self.pump(Duration::from_millis(100))?;
        }
    }

    /// An element that something else than its anchor tells: the first that hits one alone.
    fn otherwise(
        &mut self,
        anchor: &Anchor,
        evidence: &Evidence,
        number: u32,
        view: View,
    ) -> Option<Located> {
        self.by_evidence(&["name", "id", "testid", "href", "path"], anchor, evidence, number, view)
    }

    /// What an anchor that counts stood for, if that is another one of several now: one came or went before it.
    fn shifted(
        &mut self,
        anchor: &Anchor,
        evidence: &Evidence,
        number: u32,
        view: View,
        counted: &Located,
    ) -> Option<Located> {
        anchor.nth?;
        let other = self.by_evidence(&["name", "id", "testid", "href"], anchor, evidence, number, view)?;
        let (one, two) = (counted.zone, other.zone);
        let is_same = (one.x - two.x).abs().max((one.y - two.y).abs()) <= 1.0;
        (!is_same && !other.is_renamed).then_some(Located { is_renamed: true, ..other })
    }

    fn by_evidence(
        &mut self,
        kinds: &[&str],
        anchor: &Anchor,
        evidence: &Evidence,
        number: u32,
        view: View,
    ) -> Option<Located> {
        for kind in kinds.iter().copied() {
            let Some(value) = evidence.ways.get(kind) else { continue };
            let other = Some((kind.to_owned(), value.clone()));
            let find = Find { role: Some(evidence.role.clone()), other, ..Find::default() };
            let hits = self.hits(&find, anchor.frame.as_deref(), number, view);
            let [hit] = hits.found.as_slice() else { continue };
            let is_renamed = !anchor::matches(&evidence.name, &hit.target.name);
            let found = self.placed(hit, number);
            let zone = found.zone;
            let near = |before: Zone| (before.x - zone.x).abs().max((before.y - zone.y).abs()) <= STRAY;
            // A path leads to whatever stands there now.
            let doubtful = kind == "path" && is_renamed;
            if doubtful && !(hit.target.tag == evidence.tag && evidence.zone.is_some_and(near)) {
                continue;
            }
            return Some(Located { found, target: hit.target.clone(), zone, is_renamed });
        }
        None
    }

    /// What is most like an element that has gone, if it is ahead of all others.
    fn likely(&mut self, evidence: &Evidence, number: u32) -> Option<String> {
        let (session, context, _) = self.worlds_of(number).into_iter().next()?;
        let value = self.evaluate(&session, context, "guidemark.candidates()").ok()?;
        let all: Vec<Target> = serde_json::from_value(value).ok()?;
        let mut scored: Vec<(f64, &Target)> =
            all.iter().map(|target| (likeness(evidence, target), target)).collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0));
        let (best, target) = scored.first()?;
        let next = scored.get(1).map_or(0.0, |(score, _)| *score);
        let role = Role::find(&target.role)?;
        (*best >= ALIKE && best - next >= AHEAD).then(|| Anchor::role(role, &target.name).to_string())
    }

    /// A place of the page without an anchor.
    ///
    /// # Errors
    /// [`RecordError`] if there is no page.
    pub fn spot(&mut self, zone: Zone) -> Result<Located, RecordError> {
        let number = self.newest();
        let page = self.session_of(number)?;
        let (session, context, _) = self.worlds_of(number).into_iter().next().ok_or_else(|| {
            RecordError::Step("the page can't be read".to_owned(), "look at it in a browser".to_owned())
        })?;
        let (x, y) = zone.middle();
        let target = self.evaluate(&session, context, &format!("guidemark.at({x}, {y})"))?;
        let target = serde_json::from_value(target).unwrap_or_default();
        let found = Found { session, context, page, zone, find: "{}".to_owned() };
        Ok(Located { found, target, zone, is_renamed: false })
    }

    fn session_of(&self, number: u32) -> Result<String, RecordError> {
        let missing = || RecordError::Step("there is no tab".to_owned(), "leave one open".to_owned());
        self.tab(number).map(|tab| tab.session.clone()).ok_or_else(missing)
    }

    /// The places of all elements that anchors mean.
    pub fn zones(&mut self, anchors: &[Anchor]) -> Vec<Zone> {
        if anchors.is_empty() {
            return Vec::new();
        }
        let number = self.newest();
        let finds: Vec<Find> = anchors.iter().map(Find::new).collect();
        let expression = format!("guidemark.zones({})", json!(finds));
        let mut zones = Vec::new();
        for (session, context, frame) in self.worlds_of(number) {
            let value = self.evaluate(&session, context, &expression).unwrap_or_default();
            let found: Vec<Zone> = serde_json::from_value(value).unwrap_or_default();
            let main = found.is_empty() || self.is_main(&frame);
            let offset = if main { (0.0, 0.0) } else { self.offset(&session, &frame, 0) };
            zones.extend(found.into_iter().map(|zone| zone.moved(offset)));
        }
        zones
    }

    /// Does something to an element. `called` is what messages call it.
    ///
    /// # Errors
    /// [`RecordError`] if it can't be done.
    pub fn perform(
        &mut self,
        on: &Located,
        deed: &Deed,
        called: &str,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), RecordError> {
        self.current = self.newest();
        let found = &on.found;
        match deed {
            Deed::Click { second, count } => {
                self.click_at(found, if *second { "right" } else { "left" }, *count)?;
            }
            Deed::Hover => {
                self.move_to(&found.page, found.zone.middle())?;
                self.pump(Duration::from_millis(400))?;
            }
            Deed::Type(text) => self.type_into(found, text, lookup)?,
            Deed::Select(option) => self.select_in(found, called, option)?,
        }
        self.rest_after()
    }

    /// Drags an element to a place.
    ///
    /// # Errors
    /// [`RecordError`] if it can't be done.
    pub fn carry(&mut self, from: &Located, to: Zone) -> Result<(), RecordError> {
        self.current = self.newest();
        self.drag_from(&from.found, to.middle())?;
        self.rest_after()
    }

    /// Presses keys; they go to what has the focus.
    ///
    /// # Errors
    /// [`RecordError`] if they are none.
    pub fn keys(&mut self, keys: &str) -> Result<(), RecordError> {
        self.current = self.newest();
        self.press(keys)?;
        self.rest_after()
    }

    /// Turns the wheel.
    ///
    /// # Errors
    /// [`RecordError`] if the browser has ended.
    pub fn wheel(&mut self, way: Way) -> Result<(), RecordError> {
        self.current = self.newest();
        self.scroll(way)
    }

    /// Waits until a text is there, or gone.
    ///
    /// # Errors
    /// [`RecordError::Step`] if that does not come.
    pub fn wait_text(&mut self, text: &str, there: bool) -> Result<(), RecordError> {
        self.wait_for(text, there)
    }

    /// A hash of how letters are drawn here.
    pub fn fonts(&mut self) -> String {
        let world = self.worlds_of(self.newest()).into_iter().next();
        let value = world
            .and_then(|(session, context, _)| self.evaluate(&session, context, "guidemark.fonts()").ok());
        let text = value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let hash = blake3::hash(text.as_bytes()).to_hex();
        self.fonts = if text.is_empty() { String::new() } else { hash.chars().take(16).collect() };
        self.fonts.clone()
    }

    /// What the browser keeps of the pages.
    ///
    /// # Errors
    /// [`RecordError`] if it does not tell.
    pub fn state(&mut self) -> Result<State, RecordError> {
        let answer = self.tools.call(None, "Storage.getCookies", &self.of_context(json!({})))?;
        let cookies = answer["cookies"].as_array().cloned().unwrap_or_default();
        let mut storage = BTreeMap::new();
        for (session, context, frame) in self.worlds_of(self.newest()) {
            if self.is_main(&frame) {
                let value = self.evaluate(&session, context, "guidemark.storage()").unwrap_or_default();
                let stored: Option<(String, Vec<(String, String)>)> =
                    serde_json::from_value(value).unwrap_or_default();
                storage.extend(stored);
            }
        }
        Ok(State { cookies, storage })
    }

    /// What is asked of the part of the browser that is ours.
    fn of_context(&self, mut params: Value) -> Value {
        if let (Some(fields), Some(context)) = (params.as_object_mut(), &self.context) {
            fields.insert("browserContextId".to_owned(), context.as_str().into());
        }
        params
    }

    /// Gives the browser cookies that it had.
    ///
    /// # Errors
    /// [`RecordError`] if it does not take them.
    pub fn give(&mut self, cookies: &[Value]) -> Result<(), RecordError> {
        if !cookies.is_empty() {
            let cookies: Vec<Value> = cookies.iter().map(cookie).collect();
            let given = self.of_context(json!({ "cookies": cookies }));
            self.tools.call(None, "Storage.setCookies", &given)?;
        }
        Ok(())
    }
}

/// A cookie as the browser takes it: fields that the browser only reports are left out.
fn cookie(answer: &Value) -> Value {
    let mut cookie = serde_json::Map::new();
    for key in ["name", "value", "domain", "path", "secure", "httpOnly", "sameSite"] {
        if let Some(value) = answer.get(key) {
            cookie.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(expires) = answer.get("expires").filter(|expires| expires.as_f64().is_some_and(|at| at > 0.0))
    {
        cookie.insert("expires".to_owned(), expires.clone());
    }
    Value::Object(cookie)
}

/// How much an element is like another that is known: by role, name, attributes and place; 0 to 1.
fn likeness(evidence: &Evidence, target: &Target) -> f64 {
    let role = if evidence.role == target.role { 0.25 } else { 0.0 };
    let name = strsim::normalized_levenshtein(&evidence.name.to_lowercase(), &target.name.to_lowercase());
    let words = words_alike(&evidence.name, &target.name);
    let name = 0.45 * name.max(words);
    let same = |key: &str| evidence.ways.get(key).is_some_and(|value| target.ways.get(key) == Some(value));
    let attributes = ["name", "id", "testid", "href", "path"].iter().filter(|key| same(key)).count();
    let attributes = if attributes > 0 { 0.2 } else { 0.0 };
    let place = evidence.zone.map_or(0.0, |zone| {
        let far = (zone.x - target.zone.x).hypot(zone.y - target.zone.y);
        0.1 * (1.0 - far / 200.0).max(0.0)
    });
    role + name + attributes + place
}

/// How many of the words of two names are in both.
fn words_alike(one: &str, other: &str) -> f64 {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(str::to_lowercase).collect() };
    let (one, other) = (words(one), words(other));
    let both = one.iter().filter(|word| other.contains(word)).count();
    let most = one.len().max(other.len());
    // Counts of words in a name.
    #[expect(clippy::cast_precision_loss)]
    let alike = both as f64 / most.max(1) as f64;
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(name: &str, x: f64) -> Target {
        let zone = Zone { x, y: 100.0, w: 80.0, h: 30.0 };
        Target { role: "button".to_owned(), name: name.to_owned(), zone, ..Target::default() }
    }

    #[test]
    fn what_is_like_something_has_its_role_words_and_place() {
        let evidence = Evidence {
            role: "button".to_owned(),
            name: "Apply".to_owned(),
            zone: Some(Zone { x: 10.0, y: 100.0, w: 80.0, h: 30.0 }),
            ..Evidence::default()
        };
        let near = likeness(&evidence, &button("Apply filters", 10.0));
        let far = likeness(&evidence, &button("Delete", 400.0));
        assert!(near > far + AHEAD, "{near} {far}");
        assert!(likeness(&evidence, &button("Apply", 10.0)) > near);
        assert!(likeness(&evidence, &button("Delete", 10.0)) < ALIKE);
    }

    #[test]
    fn a_cookie_is_given_as_it_can_be_taken() {
        let answer = json!({ "name": "a", "value": "b", "domain": "x", "path": "/", "expires": -1, "size": 2, "session": true });
        assert_eq!(cookie(&answer), json!({ "name": "a", "value": "b", "domain": "x", "path": "/" }));
    }
}
