//! Mouse, keyboard and touch, as a person's: through the browser's own input, not through events made up
//! in the page.

use super::{BrowserError, Page};
use serde_json::{Value, json};

/// Steps of the way of a finger in a swipe, and of the mouse in a drag.
const SWIPE_STEPS: u8 = 8;

/// A place of a finger, in CSS pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

impl Page {
    /// Moves the mouse to a place of the window, in CSS pixels.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn move_mouse(&mut self, x: f64, y: f64) -> Result<(), BrowserError> {
        self.mouse("mouseMoved", x, y, "none", 0)
    }

    /// Clicks a place of the window.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn click_at(&mut self, x: f64, y: f64) -> Result<(), BrowserError> {
        self.move_mouse(x, y)?;
        self.mouse("mousePressed", x, y, "left", 1)?;
        self.mouse("mouseReleased", x, y, "left", 1)
    }

    /// Presses the mouse at one place of the window, moves it to another in a straight line, and lets it go.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), BrowserError> {
        self.hold_mouse(from, to)?;
        self.release_mouse(to)
    }

    /// As [`drag`](Self::drag), and does not let it go.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn hold_mouse(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), BrowserError> {
        self.move_mouse(from.0, from.1)?;
        self.mouse("mousePressed", from.0, from.1, "left", 1)?;
        for step in 1..=SWIPE_STEPS {
            let part = f64::from(step) / f64::from(SWIPE_STEPS);
            let along = |from: f64, to: f64| from + (to - from) * part;
            self.mouse("mouseMoved", along(from.0, to.0), along(from.1, to.1), "left", 0)?;
        }
        Ok(())
    }

    /// Lets the mouse go at a place of the window.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn release_mouse(&mut self, at: (f64, f64)) -> Result<(), BrowserError> {
        self.mouse("mouseReleased", at.0, at.1, "left", 1)
    }

    /// Scrolls the first element that fits a selector into view and clicks its middle. Waits until it is
    /// there, stands still and nothing lies over it.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if that does not come.
    pub fn click(&mut self, selector: &str) -> Result<(), BrowserError> {
        let (x, y) = self.middle(selector)?;
        self.click_at(x, y)
    }

    /// Moves the mouse over an element, as [`click`](Self::click) does, without clicking.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if it cannot be reached.
    pub fn hover(&mut self, selector: &str) -> Result<(), BrowserError> {
        let (x, y) = self.middle(selector)?;
        self.move_mouse(x, y)
    }

    /// Taps the middle of an element with a finger.
    ///
    /// # Errors
    /// [`BrowserError::Timeout`] if it cannot be reached.
    pub fn tap(&mut self, selector: &str) -> Result<(), BrowserError> {
        let (x, y) = self.middle(selector)?;
        self.gesture(&[("touchStart", Some(Touch { x, y }), 0), ("touchEnd", None, 60)])
    }

    /// Draws a finger over the window in a straight line.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn swipe(&mut self, from: Touch, to: Touch) -> Result<(), BrowserError> {
        let mut events = vec![("touchStart", Some(from), 0)];
        for step in 1..=SWIPE_STEPS {
            let part = f64::from(step) / f64::from(SWIPE_STEPS);
            let along = |from: f64, to: f64| from + (to - from) * part;
            let at = Touch { x: along(from.x, to.x), y: along(from.y, to.y) };
            events.push(("touchMove", Some(at), u32::from(step) * 20));
        }
        // The finger rests before it leaves: a fling would swallow the next tap.
        events.push(("touchMove", Some(to), 350));
        events.push(("touchEnd", None, 360));
        self.gesture(&events)
    }

    /// One finger's way: what it does, where, and when in milliseconds since the first. The events bear
    /// their times, so that a tap is no long press on a machine that is busy.
    fn gesture(&mut self, events: &[(&str, Option<Touch>, u32)]) -> Result<(), BrowserError> {
        let length = events.last().map_or(0, |(_, _, at)| *at);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let begin = now.as_secs_f64() - f64::from(length) / 1000.0;
        let commands = events.iter().map(|(kind, touch, at)| {
            let points: Vec<Value> =
                touch.iter().map(|touch| json!({ "x": touch.x, "y": touch.y })).collect();
            let time = begin + f64::from(*at) / 1000.0;
            json!({ "type": kind, "touchPoints": points, "timestamp": time })
        });
        self.commands("Input.dispatchTouchEvent", commands.collect())
    }

    /// Sends one event of one or several fingers: `touchStart`, `touchMove`, `touchEnd`.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn fingers(&mut self, kind: &str, at: &[Touch]) -> Result<(), BrowserError> {
        let points: Vec<Value> = at
            .iter()
            .enumerate()
            .map(|(id, touch)| json!({ "x": touch.x, "y": touch.y, "id": id }))
            .collect();
        self.command("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points }))?;
        Ok(())
    }

    /// Presses and releases a key, named as in `KeyboardEvent.key`: `Enter`, `ArrowRight`, `a`, ` `. With
    /// modifiers before it: `Shift+Tab`, `Control+k`.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn press(&mut self, keys: &str) -> Result<(), BrowserError> {
        let (modifiers, key) = modifiers(keys);
        let stroke = Stroke::new(key, modifiers);
        self.command("Input.dispatchKeyEvent", &stroke.event("keyDown"))?;
        self.command("Input.dispatchKeyEvent", &stroke.event("keyUp"))?;
        Ok(())
    }

    /// Types a text into whatever has the focus, key by key.
    ///
    /// # Errors
    /// [`BrowserError`] if the browser refuses.
    pub fn type_text(&mut self, text: &str) -> Result<(), BrowserError> {
        for letter in text.chars() {
            let key = letter.to_string();
            let stroke = Stroke::new(&key, 0);
            self.command("Input.dispatchKeyEvent", &stroke.event("keyDown"))?;
            self.command("Input.dispatchKeyEvent", &stroke.event("keyUp"))?;
        }
        Ok(())
    }

    fn mouse(&mut self, kind: &str, x: f64, y: f64, button: &str, clicks: u8) -> Result<(), BrowserError> {
        let params = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": clicks });
        self.command("Input.dispatchMouseEvent", &params)?;
        Ok(())
    }

    /// The middle of an element once a click there would reach it.
    fn middle(&mut self, selector: &str) -> Result<(f64, f64), BrowserError> {
        let found = self.wait_for(&format!("({REACH})({})", Value::from(selector)))?;
        Ok((found["x"].as_f64().unwrap_or(0.0), found["y"].as_f64().unwrap_or(0.0)))
    }
}

/// The middle of an element, if it stands still and is what lies there; else nothing.
const REACH: &str = r"async selector => {
    const element = document.querySelector(selector);
    if (!element) return null;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const before = element.getBoundingClientRect();
    await new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); setTimeout(done, 100); });
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || Math.abs(before.x - box.x) > 0.5 || Math.abs(before.y - box.y) > 0.5) return null;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    let top = document.elementFromPoint(x, y);
    while (top && top.shadowRoot) {
        const inner = top.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === top) break;
        top = inner;
    }
    for (let node = top; node; node = node.parentNode ?? node.host) if (node === element) return { x, y };
    return null;
}";

/// A key as the protocol wants it.
struct Stroke<'a> {
    key: &'a str,
    code: String,
    number: u32,
    text: Option<&'a str>,
    modifiers: u8,
}

impl<'a> Stroke<'a> {
    fn new(key: &'a str, modifiers: u8) -> Self {
        let (code, number, text) = named(key).unwrap_or_else(|| letter(key));
        // With Control, Alt or Meta a key writes nothing.
        let text = text.filter(|_| modifiers & !SHIFT == 0);
        Self { key, code, number, text, modifiers }
    }

    fn event(&self, kind: &str) -> Value {
        let mut event = json!({
            "type": kind, "key": self.key, "code": self.code, "windowsVirtualKeyCode": self.number,
            "modifiers": self.modifiers,
        });
        if let Some(text) = self.text.filter(|_| kind == "keyDown") {
            event["text"] = text.into();
        }
        event
    }
}

const SHIFT: u8 = 8;

/// The modifiers before a key, as the protocol's bits, and the key.
fn modifiers(keys: &str) -> (u8, &str) {
    let bits = [("Alt+", 1), ("Control+", 2), ("Meta+", 4), ("Shift+", SHIFT)];
    let mut found = 0;
    let mut rest = keys;
    while let Some((shorter, bit)) =
        bits.iter().find_map(|(name, bit)| rest.strip_prefix(name).map(|rest| (rest, bit)))
    {
        found |= bit;
        rest = shorter;
    }
    (found, rest)
}

fn named(key: &str) -> Option<(String, u32, Option<&str>)> {
    let (code, number, text) = match key {
        "Enter" => ("Enter", 13, Some("\r")),
        " " => ("Space", 32, Some(" ")),
        "Tab" => ("Tab", 9, None),
        "Escape" => ("Escape", 27, None),
        "Backspace" => ("Backspace", 8, None),
        "Delete" => ("Delete", 46, None),
        "Home" => ("Home", 36, None),
        "End" => ("End", 35, None),
        "PageUp" => ("PageUp", 33, None),
        "PageDown" => ("PageDown", 34, None),
        "ArrowLeft" => ("ArrowLeft", 37, None),
        "ArrowUp" => ("ArrowUp", 38, None),
        "ArrowRight" => ("ArrowRight", 39, None),
        "ArrowDown" => ("ArrowDown", 40, None),
        _ => return None,
    };
    Some((code.to_owned(), number, text))
}

fn letter(key: &str) -> (String, u32, Option<&str>) {
    let upper = key.chars().next().map_or(' ', |letter| letter.to_ascii_uppercase());
    match upper {
        'A'..='Z' => (format!("Key{upper}"), u32::from(upper), Some(key)),
        '0'..='9' => (format!("Digit{upper}"), u32::from(upper), Some(key)),
        '/' => ("Slash".to_owned(), 191, Some(key)),
        _ => (String::new(), 0, Some(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Stroke, modifiers};

    #[test]
    fn modifiers_are_taken_off_the_key() {
        assert_eq!(modifiers("Shift+Tab"), (8, "Tab"));
        assert_eq!(modifiers("Control+Shift+k"), (10, "k"));
        assert_eq!(modifiers("+"), (0, "+"));
    }

    #[test]
    fn only_a_plain_key_writes() {
        assert_eq!(Stroke::new("k", 0).text, Some("k"));
        assert_eq!(Stroke::new("K", 8).text, Some("K"));
        assert_eq!(Stroke::new("k", 2).text, None);
        assert_eq!(Stroke::new("ArrowRight", 0).text, None);
    }
}
