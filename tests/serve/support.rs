//! A project on the disk that is served, and somebody who asks for its pages.

use guidemark::browser::{Browser, LaunchOptions, Page};
use guidemark::cache::{Cache, DEFAULT_LIMIT};
use guidemark::serve::{Message, Rebuilt, ServeOptions, Server};
use guidemark::site::Silent;
use guidemark::source::DiskWorld;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that is gone after the test.
pub struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    /// With a guide `invite` of four steps.
    pub fn new() -> Self {
        let project = Self::empty();
        project.write("guidemark.toml", "title = \"Shelf guides\"\n");
        project.write("guides/invite.md", guide("Invite a colleague", "Third thing"));
        project.picture("guides/shot.png", [200, 220, 240]);
        project
    }

    pub fn empty() -> Self {
        Self { dir: tempfile::Builder::new().prefix("guidemark-serve").tempdir().unwrap() }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// As careful editors write: beside, and then by rename.
    pub fn rename_write(&self, path: &str, text: &str) {
        let beside = self.path(&format!("{path}.tmp~"));
        fs::write(&beside, text).unwrap();
        fs::rename(beside, self.path(path)).unwrap();
    }

    /// A screenshot of one colour.
    pub fn picture(&self, path: &str, color: [u8; 3]) -> &Self {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(640, 400, image::Rgb(color));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        self.write(path, bytes.into_inner())
    }

    /// A grey screenshot of a size.
    pub fn picture_of(&self, path: &str, [width, height]: [u32; 2]) -> &Self {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb([210, 214, 220]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        self.write(path, bytes.into_inner())
    }

    pub fn remove(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    pub fn serve(&self) -> Served {
        self.serve_with(&ServeOptions::default())
    }

    pub fn serve_with(&self, options: &ServeOptions) -> Served {
        let world = DiskWorld::new(self.dir.path()).unwrap();
        let cache = Some(Cache::new(self.path(".cache"), DEFAULT_LIMIT));
        let options = ServeOptions { port: options.port.or(Some(0)), jobs: 2, cache, ..options.clone() };
        let server = Server::start(world, &options, Box::new(Silent)).unwrap();
        let mut served = Served { server, cookie: String::new() };
        served.rebuilt();
        served.cookie = served.entered();
        served
    }
}

/// A guide of four steps; the third is told by `third`.
pub fn guide(title: &str, third: &str) -> String {
    let shot = "\n\n   ![The page](shot.png)\n\n   <!-- @click 40,40 200x60 -->\n";
    format!(
        "---\ntitle: {title}\ndescription: How it is done, step by step.\n---\n\nWhy one does it.\n\n\
         1. First thing.{shot}\n2. Second thing.{shot}\n3. {third}.{shot}\n4. Fourth thing.{shot}"
    )
}

/// A running server, and whoever started it.
pub struct Served {
    server: Server,
    /// What the author's browser carries.
    pub cookie: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Served {
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        self.url().trim_start_matches("http://").trim_end_matches('/')
    }

    /// The next build.
    pub fn rebuilt(&self) -> Rebuilt {
        let until = Instant::now() + PATIENCE;
        while let Some(message) = self.server.next_within(until.saturating_duration_since(Instant::now())) {
            match message {
                Message::Rebuilt(rebuilt) => return *rebuilt,
                Message::Polling(_) | Message::Entered(_) => {}
                Message::Interrupted => break,
            }
        }
        panic!("no build in time");
    }

    /// Waits until something is true and returns the builds until then; it is asked after each.
    #[track_caller]
    pub fn until(&self, what: &str, is: impl Fn(&Self) -> bool) -> Vec<Rebuilt> {
        let until = Instant::now() + PATIENCE;
        let mut rebuilds = Vec::new();
        while !is(self) {
            let left = until.saturating_duration_since(Instant::now());
            match self.server.next_within(left) {
                Some(Message::Rebuilt(rebuilt)) => rebuilds.push(*rebuilt),
                Some(Message::Polling(_) | Message::Entered(_)) => {}
                Some(Message::Interrupted) | None => panic!("not in time: {what}"),
            }
        }
        rebuilds
    }

    /// The address that works once.
    pub fn way_in(&self) -> String {
        self.server.way_in()
    }

    /// Opens the address that works once; the cookie that comes back.
    pub fn entered(&self) -> String {
        let way_in = self.way_in();
        let answer =
            self.get_as(way_in.strip_prefix(self.url()).map(|path| format!("/{path}")).unwrap().as_str(), "");
        assert_eq!(answer.status, 303, "{}", answer.head);
        answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    /// The page at a path.
    pub fn page(&self, path: &str) -> String {
        self.get(path).body
    }

    /// As the author asks.
    pub fn get(&self, path: &str) -> Answer {
        self.get_as(path, &format!("Cookie: {}\r\n", self.cookie))
    }

    /// With other headers.
    pub fn get_as(&self, path: &str, headers: &str) -> Answer {
        let host = self.address();
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n"))
    }

    /// The editor of a guide, as a window of ours opens it.
    pub fn editor(&self, slug: &str) -> Editor<'_> {
        let page = self.page(&format!("/.guidemark/edit/{slug}/"));
        let secret = page.split("name=\"guidemark-secret\" content=\"").nth(1).unwrap();
        let secret = secret.split('"').next().unwrap().to_owned();
        Editor { served: self, slug: slug.to_owned(), secret }
    }

    /// Sends bytes as they are.
    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        ask(self.address(), request)
    }

    /// A page in the browser.
    pub fn open(&self, path: &str) -> Page {
        let mut page = browser().new_page().unwrap();
        page.set_patience(PATIENCE);
        // As the author opens it first.
        page.navigate(&self.way_in()).unwrap();
        page.navigate(&format!("{}{}", self.url(), path.trim_start_matches('/'))).unwrap();
        page
    }
}

/// Sends bytes to a server as they are.
pub fn ask(address: &str, request: impl AsRef<[u8]>) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // A request that is turned away may not be read to its end.
    let _ = stream.write_all(request.as_ref());
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// A window that edits a guide, without a browser.
pub struct Editor<'a> {
    served: &'a Served,
    slug: String,
    pub secret: String,
}

impl Editor<'_> {
    /// Where a call goes.
    pub fn path(&self, call: &str) -> String {
        format!("/.guidemark/edit/{}/{call}", self.slug)
    }

    /// The headers that our own pages send.
    pub fn headers(&self) -> String {
        let address = self.served.address();
        let (cookie, secret) = (&self.served.cookie, &self.secret);
        format!(
            "Host: {address}\r\nCookie: {cookie}\r\nOrigin: http://{address}\r\nX-Guidemark-Secret: {secret}\r\n"
        )
    }

    /// Sends a call with these headers.
    pub fn post_with(&self, call: &str, headers: &str, body: &[u8]) -> Answer {
        let head = format!(
            "POST {} HTTP/1.1\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.path(call),
            body.len()
        );
        self.served.ask([head.as_bytes(), body].concat())
    }

    pub fn post(&self, call: &str, body: &Value) -> Answer {
        self.post_with(call, &self.headers(), body.to_string().as_bytes())
    }

    /// The guide as the server tells it.
    pub fn guide(&self) -> Value {
        let request =
            format!("GET {} HTTP/1.1\r\n{}Connection: close\r\n\r\n", self.path("guide"), self.headers());
        serde_json::from_str(&self.served.ask(request).body).unwrap()
    }

    /// Makes an edit on the text of that version.
    pub fn edit(&self, base: &Value, edit: &Value) -> Answer {
        self.post("edit", &json!({ "base": base["version"], "edit": edit }))
    }
}

/// A page of another origin, which may try what it likes.
pub fn elsewhere() -> Page {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let body = "<!doctype html><title>Evil</title>";
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let mut page = browser().new_page().unwrap();
    page.navigate(&format!("http://{address}/")).unwrap();
    page
}

pub fn browser() -> &'static Browser {
    static BROWSER: OnceLock<Browser> = OnceLock::new();
    BROWSER.get_or_init(|| {
        let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
        let options = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref());
        Browser::launch(&options.expect("Chromium is installed")).expect("Chromium starts")
    })
}

/// Nothing may be wrong with a page when its test ends.
#[track_caller]
pub fn clean(page: &mut Page) {
    let seen = page.seen().unwrap().clone();
    assert!(seen.errors.is_empty(), "page errors: {:?}", seen.errors);
    assert!(seen.violations.is_empty(), "policy violations: {:?}", seen.violations);
    let said: Vec<_> = seen.console_errors().collect();
    assert!(said.is_empty(), "console errors: {said:?}");
}
