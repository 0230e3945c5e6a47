//! Somebody who works in a browser: another client of it, which knows nothing of the recorder.

use guidemark::browser::Devtools;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

pub struct Person {
    tools: Devtools,
    session: String,
    target: String,
    at: (f64, f64),
    /// Nobody else answers dialogs.
    alone: bool,
}

impl Person {
    /// At the tab of a browser that shows `url`.
    pub fn at(address: &str, url: &str) -> Self {
        let mut tools = Devtools::connect(address).unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        let target = loop {
            let targets = tools.call(None, "Target.getTargets", &json!({})).unwrap();
            let mut pages = targets["targetInfos"].as_array().unwrap().iter();
            let fits =
                |info: &&Value| info["type"] == "page" && info["url"].as_str().unwrap().starts_with(url);
            if let Some(info) = pages.find(fits) {
                break info["targetId"].as_str().unwrap().to_owned();
            }
            assert!(Instant::now() < until, "no tab shows `{url}`: {targets}");
        };
        let attached =
            tools.call(None, "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        let session = attached.unwrap()["sessionId"].as_str().unwrap().to_owned();
        let mut person = Self { tools, session, target, at: (600.0, 700.0), alone: false };
        person.until("document.readyState === 'complete'");
        person
    }

    /// The same, who also answers dialogs: a recorder leaves those of a window to whoever sits before it.
    pub fn before_a_window(address: &str, url: &str) -> Self {
        let mut person = Self { alone: true, ..Self::at(address, url) };
        person.call("Page.enable", json!({}));
        person
    }

    /// In a browser without a recorder.
    pub fn alone(browser: &Devtools, url: &str) -> Self {
        let mut person = Self::at(browser.address(), "about:blank");
        person.alone = true;
        person.call("Page.enable", json!({}));
        let size = json!({ "width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        person.call("Emulation.setDeviceMetricsOverride", size);
        person.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        person.call("Page.navigate", json!({ "url": url }));
        person.until(&format!(
            "document.readyState === 'complete' && location.href.startsWith({})",
            json!(url)
        ));
        person
    }

    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.tools.call(Some(&self.session), method, &params).unwrap()
    }

    pub fn value(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true });
        self.call("Runtime.evaluate", params)["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub fn until(&mut self, expression: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while self.value(expression) != true {
            assert!(Instant::now() < until, "never true: {expression}");
            self.rest(20);
        }
    }

    /// A person takes time: that of a hand, not of a page.
    pub fn rest(&mut self, ms: u64) {
        let until = Instant::now() + Duration::from_millis(ms);
        while Instant::now() < until {
            let event = self.tools.next(until).ok().flatten();
            if self.alone && event.is_some_and(|event| event.method == "Page.javascriptDialogOpening") {
                self.input("Page.handleJavaScriptDialog", json!({ "accept": true }));
            }
        }
    }

    fn input(&mut self, method: &str, params: Value) {
        // Nobody waits for a page that shows a dialog.
        self.tools.send(Some(&self.session), method, &params).unwrap();
    }

    pub fn mouse(
        &mut self,
        kind: &str,
        (x, y): (f64, f64),
        button: &str,
        buttons: u32,
        count: u32,
        mods: u32,
    ) {
        let params = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": count, "modifiers": mods });
        self.input("Input.dispatchMouseEvent", params);
    }

    pub fn go(&mut self, to: (f64, f64)) {
        let from = self.at;
        for step in 1..=6 {
            let part = f64::from(step) / 6.0;
            self.mouse(
                "mouseMoved",
                (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part),
                "none",
                0,
                0,
                0,
            );
            self.rest(12);
        }
        self.at = to;
        self.rest(150);
    }

    pub fn middle(&mut self, element: &str) -> (f64, f64) {
        let place = self.value(&format!("(() => {{ const b = ({element}).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()"));
        (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
    }

    pub fn click(&mut self, element: &str) {
        self.click_with(element, "left", 1, 0);
    }

    pub fn click_with(&mut self, element: &str, button: &str, count: u32, mods: u32) {
        let at = self.middle(element);
        self.click_at(at, button, count, mods);
    }

    pub fn click_at(&mut self, at: (f64, f64), button: &str, count: u32, mods: u32) {
        self.go(at);
        let buttons = match button {
            "right" => 2,
            "middle" => 4,
            _ => 1,
        };
        for number in 1..=count {
            self.mouse("mousePressed", at, button, buttons, number, mods);
            self.rest(70);
            self.mouse("mouseReleased", at, button, 0, number, mods);
            self.rest(60);
        }
    }

    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.go(from);
        self.mouse("mousePressed", from, "left", 1, 1, 0);
        for step in 1..=10 {
            let part = f64::from(step) / 10.0;
            self.mouse(
                "mouseMoved",
                (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part),
                "left",
                1,
                0,
                0,
            );
            self.rest(40);
            // What is dragged as a thing is picked up first.
            if step == 2 {
                self.rest(300);
            }
        }
        self.rest(250);
        self.mouse("mouseReleased", to, "left", 0, 1, 0);
        self.at = to;
    }

    /// Drags a thing: moves until `held` is true, then to the place until `over` is, and drops it there.
    pub fn carry(&mut self, from: (f64, f64), to: (f64, f64), held: &str, over: &str) {
        self.go(from);
        self.mouse("mousePressed", from, "left", 1, 1, 0);
        self.wave(from, held);
        self.wave(to, over);
        self.rest(250);
        self.mouse("mouseReleased", to, "left", 0, 1, 0);
        self.at = to;
    }

    /// Moves about a place with the button held, until an expression is true.
    fn wave(&mut self, around: (f64, f64), until: &str) {
        let end = Instant::now() + Duration::from_secs(30);
        for step in (0..6).cycle() {
            self.mouse("mouseMoved", (around.0 + f64::from(step) * 3.0, around.1), "left", 1, 0, 0);
            self.rest(60);
            if self.value(until) == true {
                return;
            }
            assert!(Instant::now() < end, "never true while dragging: {until}");
        }
    }

    pub fn key(&mut self, key: &str, code: &str, number: u32, mods: u32, text: Option<&str>) {
        let kind = if text.is_some() { "keyDown" } else { "rawKeyDown" };
        let params = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": mods, "text": text.unwrap_or_default() });
        self.input("Input.dispatchKeyEvent", params);
        self.rest(30);
        let params = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": mods });
        self.input("Input.dispatchKeyEvent", params);
    }

    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            let upper = c.to_ascii_uppercase();
            self.key(&c.to_string(), &format!("Key{upper}"), u32::from(upper), 0, Some(&c.to_string()));
        }
    }

    pub fn tap(&mut self, at: (f64, f64)) {
        self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
        self.input(
            "Input.dispatchTouchEvent",
            json!({ "type": "touchStart", "touchPoints": [{ "x": at.0, "y": at.1 }] }),
        );
        self.rest(60);
        self.input("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        self.rest(300);
        self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }));
    }

    /// Closes every other tab, once there is one.
    pub fn close_others(&mut self) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let targets = self.tools.call(None, "Target.getTargets", &json!({})).unwrap();
            let pages =
                targets["targetInfos"].as_array().unwrap().iter().filter(|info| info["type"] == "page");
            let others: Vec<String> = pages
                .map(|info| info["targetId"].as_str().unwrap().to_owned())
                .filter(|id| *id != self.target)
                .collect();
            if !others.is_empty() {
                for id in others {
                    let _ = self.tools.call(None, "Target.closeTarget", &json!({ "targetId": id }));
                }
                break;
            }
            assert!(Instant::now() < until, "no other tab was opened");
        }
        self.call("Page.bringToFront", json!({}));
        self.rest(300);
    }
}
