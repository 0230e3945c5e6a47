//! WebKit through WebDriver, in a window of a display of its own.

use super::engine::{Engine, WATCH, WINDOW};
use super::process::Process;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use image::RgbImage;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

pub struct WebKit {
    session: String,
    agent: ureq::Agent,
    _driver: Process,
    _display: Process,
}

impl WebKit {
    pub fn start() -> Self {
        let mut display =
            Process::start(Command::new("Xvfb").args(["-displayfd", "1", "-screen", "0", "1500x1200x24"]));
        let number = display.output_after("");
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let driver = Process::start(
            Command::new("dbus-run-session")
                .args(["--", "WebKitWebDriver", &format!("--port={port}")])
                .env("DISPLAY", format!(":{number}")),
        );
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)));
        let agent = ureq::Agent::new_with_config(config.build());
        let base = format!("http://127.0.0.1:{port}");
        let until = Instant::now() + Duration::from_secs(30);
        while agent.get(format!("{base}/status")).call().is_err() {
            assert!(Instant::now() < until, "WebKitWebDriver does not answer");
        }
        let mut webkit = Self { session: base, agent, _driver: driver, _display: display };
        let browser = json!({ "binary": browser(), "args": ["--automation"] });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": browser } } });
        let id = webkit.post("/session", &wanted)["sessionId"].as_str().expect("a session").to_owned();
        webkit.session = format!("{}/session/{id}", webkit.session);
        webkit.size();
        webkit
    }

    /// Makes the page as large as asked for: the window has bars.
    fn size(&mut self) {
        let set = |webkit: &mut Self, width: u64, height: u64| {
            webkit.post("/window/rect", &json!({ "x": 0, "y": 0, "width": width, "height": height }));
        };
        let (width, height) = (u64::from(WINDOW.0), u64::from(WINDOW.1));
        set(self, width, height);
        let bars = height - self.value("innerHeight").as_u64().expect("a height");
        set(self, width, height + bars);
        self.wait_for(&format!("innerWidth === {width} && innerHeight === {height}"));
    }

    fn post(&mut self, path: &str, body: &Value) -> Value {
        let answer = self
            .agent
            .post(format!("{}{path}", self.session))
            .content_type("application/json")
            .send(body.to_string());
        answered(path, answer)
    }
}

fn answered(path: &str, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let text = answer.and_then(|mut answer| answer.body_mut().with_config().limit(1 << 26).read_to_string());
    let text = text.unwrap_or_else(|error| panic!("{path}: {error}"));
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert!(answer["value"]["error"].is_null(), "{path}: {text}");
    answer["value"].clone()
}

/// The browser of WebKit's own, which Debian puts into a folder named after the version of the library's interface.
fn browser() -> String {
    let folders = glob("/usr/lib").into_iter().flat_map(|folder| glob(&folder));
    let found = folders
        .map(|folder| format!("{folder}/MiniBrowser"))
        .find(|path| std::fs::exists(path).unwrap_or(false));
    found.expect("MiniBrowser is installed with webkit2gtk-driver")
}

fn glob(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path().to_string_lossy().into_owned()).collect()
}

impl Engine for WebKit {
    fn open(&mut self, url: &str) {
        self.post("/url", &json!({ "url": url }));
        self.post("/execute/sync", &json!({ "script": WATCH, "args": [] }));
    }

    fn value(&mut self, expression: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": format!("return {expression}"), "args": [] }))
    }

    fn click(&mut self, selector: &str) {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        let id = found
            .as_object()
            .and_then(|found| found.values().next())
            .and_then(Value::as_str)
            .expect("an element");
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    fn picture(&mut self) -> RgbImage {
        let answer = answered("/screenshot", self.agent.get(format!("{}/screenshot", self.session)).call());
        let bytes = BASE64_STANDARD.decode(answer.as_str().expect("base64")).expect("base64");
        image::load_from_memory(&bytes).expect("a picture").to_rgb8()
    }
}

impl Drop for WebKit {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
    }
}
