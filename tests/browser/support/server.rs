//! A web server on this machine for a few files.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Serves a folder and single pages until it is dropped.
pub struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

struct Content {
    folder: Option<PathBuf>,
    pages: BTreeMap<String, String>,
    halt: Option<Halt>,
}

/// How many bytes of each page are sent before the word to go on is waited for.
struct Halt {
    after: usize,
    word: Mutex<Receiver<()>>,
}

impl Server {
    /// Serves the files of a folder; `…/` is `…/index.html`.
    pub fn of_folder(folder: &Path) -> Self {
        Self::start(Content { folder: Some(folder.to_owned()), pages: BTreeMap::new(), halt: None })
    }

    /// Serves one page at `/`.
    pub fn of_page(html: &str) -> Self {
        let pages = BTreeMap::from([("/".to_owned(), html.to_owned())]);
        Self::start(Content { folder: None, pages, halt: None })
    }

    /// Serves one page at `/`: so many bytes of it, and the rest when it is told so.
    pub fn of_slow_page(html: &str, after: usize) -> (Self, Sender<()>) {
        let pages = BTreeMap::from([("/".to_owned(), html.to_owned())]);
        let (sender, word) = channel();
        let halt = Some(Halt { after, word: Mutex::new(word) });
        (Self::start(Content { folder: None, pages, halt }), sender)
    }

    /// The address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn start(content: Content) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let ended = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            let content = Arc::new(content);
            for stream in listener.incoming() {
                if seen.load(Ordering::SeqCst) {
                    return;
                }
                let (content, Ok(stream)) = (Arc::clone(&content), stream) else { continue };
                // A browser opens connections ahead and says nothing on them: each has its thread.
                std::thread::spawn(move || content.answer(stream));
            }
        });
        Self { address, ended, thread: Some(thread) }
    }
}

impl Content {
    fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut request = String::new();
        reader.read_line(&mut request).ok()?;
        let mut header = String::from("…");
        while !header.trim().is_empty() {
            header.clear();
            reader.read_line(&mut header).ok()?;
        }
        let path = request.split_whitespace().nth(1)?.split(['?', '#']).next()?;
        let (status, kind, body) = match self.find(path) {
            Some((kind, body)) => ("200 OK", kind, body),
            None => ("404 Not Found", "text/plain", b"not found".to_vec()),
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).ok()?;
        let halt = self.halt.as_ref().filter(|halt| halt.after < length);
        let Some(Halt { after, word }) = halt else { return stream.write_all(&body).ok() };
        let (first, rest) = body.split_at(*after);
        stream.write_all(first).ok()?;
        // A test that has ended says nothing any more: that is a word too.
        let _ = word.lock().ok()?.recv();
        stream.write_all(rest).ok()
    }

    fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        if path == "/favicon.ico" {
            return Some(("image/x-icon", Vec::new()));
        }
        if let Some(page) = self.pages.get(path.split('?').next().unwrap_or(path)) {
            return Some(("text/html; charset=utf-8", page.clone().into_bytes()));
        }
        let mut file = self.folder.as_ref()?.join(path.trim_start_matches('/'));
        if path.ends_with('/') {
            file.push("index.html");
        }
        let kind = match file.extension()?.to_str()? {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "json" => "application/json",
            "webp" => "image/webp",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "xml" => "application/xml",
            _ => "application/octet-stream",
        };
        Some((kind, std::fs::read(file).ok()?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
