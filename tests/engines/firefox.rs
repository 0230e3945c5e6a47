//! Firefox through WebDriver BiDi, without a window.

use super::engine::{Engine, WATCH, WINDOW};
use super::process::Process;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use image::RgbImage;
use serde_json::{Value, json};
use std::net::TcpStream;
use std::process::Command;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

pub struct Firefox {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    context: String,
    asked: u64,
    _process: Process,
    _profile: tempfile::TempDir,
}

impl Firefox {
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        // The others have no bar beside the page either.
        let settings = "user_pref('ui.useOverlayScrollbars', 1);\n";
        std::fs::write(profile.path().join("user.js"), settings).expect("written");
        let mut process = Process::start(
            Command::new("firefox-esr")
                .args(["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"])
                .arg(profile.path())
                .env("HOME", profile.path()),
        );
        let address = process.error_after("WebDriver BiDi listening on ");
        let (socket, _) = tungstenite::connect(format!("{address}/session")).expect("it listens");
        let mut firefox =
            Self { socket, context: String::new(), asked: 0, _process: process, _profile: profile };
        firefox.ask("session.new", &json!({ "capabilities": {} }));
        let tree = firefox.ask("browsingContext.getTree", &json!({}));
        tree["contexts"][0]["context"].as_str().expect("a page").clone_into(&mut firefox.context);
        let viewport = json!({ "width": WINDOW.0, "height": WINDOW.1 });
        firefox
            .ask("browsingContext.setViewport", &json!({ "context": firefox.context, "viewport": viewport }));
        firefox.ask(
            "script.addPreloadScript",
            &json!({ "functionDeclaration": format!("() => {{ {WATCH} }}") }),
        );
        firefox
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let text = json!({ "id": self.asked, "method": method, "params": params }).to_string();
        self.socket.send(Message::text(text)).expect("sent");
        loop {
            let message = self.socket.read().expect("an answer");
            let Ok(answer) = serde_json::from_str::<Value>(message.to_text().unwrap_or_default()) else {
                continue;
            };
            if answer["id"] == self.asked {
                assert_eq!(answer["type"], "success", "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }
}

impl Engine for Firefox {
    fn open(&mut self, url: &str) {
        self.ask(
            "browsingContext.navigate",
            &json!({ "context": self.context, "url": url, "wait": "complete" }),
        );
    }

    fn value(&mut self, expression: &str) -> Value {
        // As JSON: the protocol has a form of its own for values.
        let expression = format!("JSON.stringify({expression}) ?? 'null'");
        let target = json!({ "context": self.context });
        let asked = json!({ "expression": expression, "target": target, "awaitPromise": false });
        let result = self.ask("script.evaluate", &asked);
        let text = result["result"]["value"].as_str().unwrap_or_else(|| panic!("{expression}: {result}"));
        serde_json::from_str(text).expect("JSON")
    }

    fn click(&mut self, selector: &str) {
        let middle = self.value(&format!(
            "(() => {{ const box = document.querySelector('{selector}').getBoundingClientRect();
                return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]; }})()"
        ));
        let actions = json!([
            { "type": "pointerMove", "x": middle[0], "y": middle[1] },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let pointer = json!([{ "type": "pointer", "id": "mouse", "actions": actions }]);
        self.ask("input.performActions", &json!({ "context": self.context, "actions": pointer }));
    }

    fn picture(&mut self) -> RgbImage {
        let answer = self.ask("browsingContext.captureScreenshot", &json!({ "context": self.context }));
        let bytes = BASE64_STANDARD.decode(answer["data"].as_str().expect("base64")).expect("base64");
        image::load_from_memory(&bytes).expect("a picture").to_rgb8()
    }
}
