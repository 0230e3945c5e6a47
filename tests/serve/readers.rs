//! Who has not started the server: another user of the machine, a reader in the network.

use super::support::{PATIENCE, Project, Served, browser, guide};
use guidemark::serve::ServeOptions;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The first thing that a page hears.
fn heard(served: &Served, headers: &str) -> String {
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let host = served.address();
    write!(
        stream,
        "GET /.guidemark/events?page=/invite/&edit=invite HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n"
    )
    .unwrap();
    let (mut text, mut part) = (String::new(), [0; 4096]);
    while !(text.contains("data:") && text.ends_with("\n\n") || text.contains("\n\n\r\n")) {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "{text}");
        text += &String::from_utf8_lossy(&part[..read]);
    }
    text
}

#[test]
fn a_reader_sees_pages_and_neither_the_editor_nor_what_is_not_redacted() {
    let project = Project::new();
    project
        .write("guides/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\n1. Look.\n\n   ![It](none.png)\n");
    let served = project.serve();
    let answer = served.get_as("/invite/", "");
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Third thing"));
    let shown = served.editor("invite").guide();
    let hash = shown["outline"].to_string();
    let hash = hash.split("\"hash\":\"").nth(1).map(|rest| rest[..64].to_owned());
    let picture = hash.map(|hash| format!("/.guidemark/edit/invite/picture/{hash}"));
    if let Some(picture) = &picture {
        assert_eq!(served.get(picture).status, 200, "the author sees the whole picture");
    }
    for path in
        ["/.guidemark/edit/invite/", "/.guidemark/edit/invite/guide"].into_iter().chain(picture.as_deref())
    {
        for headers in ["", "Cookie: guidemark=1\r\n", &format!("Cookie: {}0\r\n", served.cookie)] {
            let answer = served.get_as(path, headers);
            assert_eq!(answer.status, 403, "{path} with {headers}");
            assert!(
                !answer.body.contains("secret") && !answer.body.contains("Third thing"),
                "{}",
                answer.body
            );
        }
    }
    let news = heard(&served, "");
    let root = project.path("").canonicalize().unwrap().display().to_string();
    assert!(news.contains("\"author\":false") && news.contains("\"problems\":{}"), "{news}");
    assert!(!news.contains(&root) && !news.contains("draft") && !news.contains("\"source\""), "{news}");
    let news = heard(&served, &format!("Cookie: {}\r\n", served.cookie));
    assert!(news.contains("\"author\":true") && news.contains(&root) && news.contains("none.png"), "{news}");
}

#[test]
fn the_way_in_works_once() {
    let project = Project::new();
    let served = project.serve();
    let path = |way_in: &str| way_in.strip_prefix(served.url()).map(|path| format!("/{path}")).unwrap();
    let first = path(&served.way_in());
    let head = format!("HEAD {first} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address());
    assert_eq!(served.ask(head).status, 403, "whoever looks only is not let in");
    let answer = served.get_as(&first, "");
    let cookie = answer.header("set-cookie").unwrap();
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let again = served.get_as(&first, "");
    assert_eq!((again.status, again.header("set-cookie")), (403, None));
    assert_ne!(path(&served.way_in()), first);
    for wrong in ["", "0", &"0".repeat(64), "../edit/invite/"] {
        let answer = served.get_as(&format!("/.guidemark/start/{wrong}"), "");
        assert!(answer.status >= 400 && answer.header("set-cookie").is_none(), "{wrong}");
    }
    let cross =
        format!("GET {} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", path(&served.way_in()));
    assert_eq!(served.ask(cross).status, 403);
}

#[test]
fn a_page_offers_the_editor_to_the_author_alone() {
    let project = Project::new();
    let served = project.serve();
    let mut mine = served.open("/invite/");
    mine.wait_for("document.querySelector('guidemark-edit')").unwrap();
    // Another name of this machine has no cookie of the author's.
    let port = served.address().rsplit(':').next().unwrap();
    let mut page = browser().new_page().unwrap();
    page.set_patience(PATIENCE);
    page.navigate(&format!("http://localhost:{port}/invite/")).unwrap();
    page.wait_for("document.querySelector('guidemark-player')").unwrap();
    project.write("guides/invite.md", guide("Invite a colleague", "Changed thing"));
    page.wait_for("document.body.textContent.includes('Changed thing')").unwrap();
    assert_eq!(page.evaluate("!!document.querySelector('guidemark-edit')").unwrap(), false);
}

#[test]
fn half_open_requests_keep_nobody_out() {
    let project = Project::new();
    let served = project.serve();
    let address = served.address();
    let mut held: Vec<TcpStream> = Vec::new();
    for number in 0..400 {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(match number % 3 {
            0 => b"".as_slice(),
            1 => b"GET / HTTP/1.1\r\nHost: ",
            _ => b"GET /.guidemark/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        });
        held.push(stream);
    }
    let start = Instant::now();
    assert_eq!(served.get("/invite/").status, 200);
    assert_eq!(served.get_as("/invite/", "").status, 200);
    assert!(start.elapsed() < PATIENCE / 2, "without waiting for the others");
    // Whoever never ends the head of a request is let go.
    let mut last = TcpStream::connect(address).unwrap();
    last.set_read_timeout(Some(PATIENCE)).unwrap();
    last.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    let mut rest = Vec::new();
    let _ = last.read_to_end(&mut rest);
    assert!(start.elapsed() < PATIENCE + Duration::from_secs(5));
}

#[test]
fn others_in_the_network_are_readers_whatever_they_carry() {
    let project = Project::new();
    let Some(own) = own_address() else { return };
    let options = ServeOptions { host: Some("0.0.0.0".to_owned()), ..Default::default() };
    let served = project.serve_with(&options);
    let port = served.address().rsplit(':').next().unwrap();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(format!("{own}:{port}")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {own}:{port}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
            served.cookie
        )
        .unwrap();
        let mut text = String::new();
        let _ = stream.read_to_string(&mut text);
        text
    };
    assert!(ask("/invite/").starts_with("HTTP/1.1 200"));
    assert!(ask("/.guidemark/edit/invite/").starts_with("HTTP/1.1 403"));
    let way_in = served.way_in();
    let path = way_in.strip_prefix(served.url()).map(|path| format!("/{path}")).unwrap();
    let answer = ask(&path);
    assert!(answer.starts_with("HTTP/1.1 403") && !answer.contains("set-cookie"), "{answer}");
}

/// An address of this machine that others see it by, if it has one.
fn own_address() -> Option<std::net::IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn what_killed_servers_left_is_swept_when_nobody_holds_it() {
    let project = Project::new();
    for name in ["guides/.guidemark-AbC123", "guides/shots/.guidemark-x1y2z3"] {
        project.write(name, "half");
    }
    for name in [
        "guides/.guidemark-notes.txt",
        "guides/.guidemark",
        "guides/.guidemark-held00",
        ".hidden/.guidemark-AbC123",
    ] {
        project.write(name, "mine");
    }
    let held = std::fs::File::open(project.path("guides/.guidemark-held00")).unwrap();
    held.lock().unwrap();
    let served = project.serve();
    let start = Instant::now();
    while start.elapsed() < PATIENCE && project.path("guides/shots/.guidemark-x1y2z3").exists() {
        std::thread::yield_now();
    }
    drop(served);
    assert!(!project.path("guides/.guidemark-AbC123").exists());
    assert!(!project.path("guides/shots/.guidemark-x1y2z3").exists());
    for name in [
        "guides/.guidemark-notes.txt",
        "guides/.guidemark",
        "guides/.guidemark-held00",
        ".hidden/.guidemark-AbC123",
    ] {
        assert!(project.path(name).exists(), "{name}");
    }
}
