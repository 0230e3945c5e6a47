//! A small application with a switch for each kind of change, and a record of what it was asked for.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is different: words that the page looks for.
    pub change: String,
    /// What was asked for: method, path, body, and the headers that matter.
    pub asked: Vec<String>,
}

#[derive(Clone)]
pub struct Site {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Site {
    pub fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let site = Self { port: listener.local_addr().unwrap().port(), state: Arc::default() };
        let answering = site.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let site = answering.clone();
                std::thread::spawn(move || site.reply(stream));
            }
        });
        site
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Makes the application different from now on.
    pub fn change(&self, change: &str) {
        self.state.lock().unwrap().change = change.to_owned();
    }

    /// All that it was asked for.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }

    fn reply(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        let (mut length, mut cookie, mut language) = (0, String::new(), String::new());
        for line in reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").unwrap_or_default();
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "cookie" => cookie = value.to_owned(),
                "accept-language" => language = value.to_owned(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        let _ = reader.read_exact(&mut body);
        let body = String::from_utf8_lossy(&body).into_owned();
        let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
        let (change, count) = {
            let mut state = self.state.lock().unwrap();
            state.asked.push(format!("{} {body} cookie={cookie} language={language}", first.trim()));
            (state.change.clone(), state.asked.len())
        };
        let is = |word: &str| change.split(' ').any(|other| other == word);
        let bare = path.split('?').next().unwrap_or_default();
        if bare == "/away" {
            let to = change.split(' ').find_map(|word| word.strip_prefix("away=")).unwrap_or("/");
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(head.as_bytes());
            return;
        }
        let page = match bare {
            "/login" if body.contains("password=sesam-4711") => {
                "<title>Welcome</title><h1>Welcome</h1>".to_owned()
            }
            "/login" => login(),
            "/inside" if !cookie.contains("session=open") => login(),
            "/done" => {
                "<title>Saved</title><h1>Saved</h1><p>All is well.</p><a href=/away>Away</a> <a href=/away target=_blank>Tab</a> <button onclick=\"window.open('/away')\">Open</button> <button onclick=\"location = '/away'\">Go</button>".to_owned()
            }
            "/conditions" => conditions(),
            _ => shop(&is, count, &language),
        };
        let session =
            if body.contains("password=sesam-4711") { "Set-Cookie: session=open; Path=/\r\n" } else { "" };
        let body = format!("<!doctype html><html lang=en><meta charset=utf-8>{page}");
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{session}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    }
}

fn login() -> String {
    "<title>Log in</title><h1>Log in</h1><form action=/login method=post><label>Password <input type=password name=password></label><button>Log in</button></form>".to_owned()
}

/// Says what the browser tells of itself.
fn conditions() -> String {
    "<title>Conditions</title><h1>Conditions</h1><p id=out></p><p>alex@corp.example</p><script>
      const dark = matchMedia('(prefers-color-scheme: dark)').matches;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const zone = Intl.DateTimeFormat().resolvedOptions();
      out.textContent = [navigator.language, zone.locale, zone.timeZone, new Date().toISOString().slice(0, 10), dark ? 'dark' : 'light', still ? 'still' : 'moving', innerWidth, innerHeight, devicePixelRatio].join(' ');
      fetch('/conditions-seen?' + encodeURIComponent(out.textContent + ' ' + document.body.innerText.includes('maria@example.com')));
      setTimeout(() => fetch('/conditions-seen?later ' + document.body.innerText.includes('maria@example.com')), 50);
    </script>"
        .to_owned()
}

fn shop(is: &dyn Fn(&str) -> bool, count: usize, language: &str) -> String {
    let title = if is("titled") { "Preferences" } else { "Settings" };
    let above =
        if is("moved") { "<p style='height:120px'>News: there are more settings now.</p>" } else { "" };
    let nudge = if is("nudged") { "margin-left:12px" } else { "" };
    let save = match is("renamed") {
        true => "Store",
        false if language.starts_with("de") => "Speichern",
        false => "Save",
    };
    // In dark, it stands elsewhere.
    let token = match is("token") {
        true => "<p class=token><label>Token <input value='sk-live-4f9a8b7c'></label></p>",
        false => "",
    };
    let button = if is("gone") { "" } else { "<button name=save>SAVE</button>" }.replace("SAVE", save);
    let beside = if is("beside") {
        "<p style='position:absolute;left:700px;top:120px;font:bold 34px sans-serif'>New: teams</p>"
    } else {
        ""
    };
    // How far apart two fonts are decides the verdict: both are named, as `./test` installs them.
    let font = if is("font") { "body{font-family:'DejaVu Sans Mono'}p{letter-spacing:1px}" } else { "" };
    let look = if is("restyled") { "body{background:#203040;color:#fff}" } else { "" };
    let spin = if is("animated") {
        "<i style='position:absolute;left:600px;top:300px;width:60px;height:60px;background:linear-gradient(red,blue);animation:turn 1s linear infinite'></i><style>@keyframes turn{to{transform:rotate(360deg)}}</style>"
    } else {
        ""
    };
    let banner = if is("banner") {
        "<script>setTimeout(() => { const b = document.createElement('div'); b.className = 'banner'; b.style = 'position:fixed;left:0;right:0;bottom:0;height:200px;background:#fc0'; b.innerHTML = '<button>Accept all</button>'; b.firstChild.onclick = () => b.remove(); document.body.append(b); }, 60)</script>"
    } else {
        ""
    };
    let row = |number: usize| format!("<p>Order {number} <a href=/order/{number}>Edit</a></p>");
    let rows = match (is("rows"), is("newer")) {
        (true, true) => row(3) + &row(2) + &row(1),
        (true, false) => row(2) + &row(1),
        (false, _) => String::new(),
    };
    let veil = if is("slow") {
        "<div id=veil style='position:fixed;inset:0;background:#fff;pointer-events:none'></div><script>setTimeout(() => veil.remove(), 1800)</script>"
    } else {
        ""
    };
    let live = if is("live") {
        format!("<p class=live style='font-size:40px'>{}</p>", 1000 + count * 137)
    } else {
        String::new()
    };
    format!(
        "<title>{title}</title><style>body{{font:16px 'DejaVu Sans';margin:24px}}{look}{font}@media (prefers-color-scheme: dark) {{ body {{ background: #1b1c24; color: #eee }} .token {{ margin-left: 300px }} }}</style>
        <h1>Settings</h1>{above}<form action=/done style='{nudge}'><label>Name <input name=who></label> {button}</form>
        <p>Everything that can be set.</p>{rows}{veil}{beside}{spin}{banner}{live}{token}<canvas width=80 height=40 style='background:#ddd'></canvas>"
    )
}
