//! Guides as documents, pictures, animations and courses. What is made is read by others' decoders.

use super::Sandbox;
use guidemark::browser::{Browser, LaunchOptions};
use image::AnimationDecoder;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;

const GUIDE: &str = "guides/log-in/index.md";

fn export(sandbox: &Sandbox, args: &[&str]) {
    let ran = sandbox.run(&[&["export", GUIDE], args].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|found| found == part.as_bytes())
}

#[test]
fn a_document_has_structure_and_is_the_same_twice() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "pdf"]);
    let first = std::fs::read(sandbox.path("log-in.pdf")).unwrap();
    for part in ["%PDF-", "/StructTreeRoot", "/Outlines", "/Marked true", "/Lang (en"] {
        assert!(holds(&first, part), "{part}");
    }
    export(&sandbox, &["--to", "pdf", "-o", "again.pdf"]);
    assert!(first == std::fs::read(sandbox.path("again.pdf")).unwrap());
}

#[test]
fn pictures_have_their_marks_and_a_wiki_gets_them_with_the_text() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "png"]);
    let names: Vec<String> = sandbox.files("log-in").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["step-01.png", "step-02.png", "step-03.png"]);
    export(&sandbox, &["--to", "md", "-o", "wiki"]);
    let text = sandbox.read("wiki/log-in.md");
    assert!(text.starts_with("# How to log in to Datasette\n\nDatasette shows more"), "{text}");
    let step =
        "3. Click **Log in**.\n\n   ![The login form with a username and a password](images/step-03.png)\n";
    assert!(text.contains(step) && !text.contains("<!--") && !text.contains("---"), "{text}");
    let pictures = pulldown_cmark::Parser::new(&text).filter_map(|event| match event {
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    });
    for picture in pictures {
        let found = image::open(sandbox.path(&format!("wiki/{picture}"))).unwrap();
        assert!(found.width() > 600, "{picture} is {} pixels wide", found.width());
    }
    // Lists of Confluence hold no pictures.
    export(&sandbox, &["--to", "md", "--flavour", "confluence", "-o", "confluence"]);
    assert!(sandbox.read("confluence/log-in.md").contains("### 3. Click **Log in**\n\n!["));
    // A folder of somebody is never written to.
    let ran = sandbox.run(&["export", GUIDE, "--to", "md", "-o", "wiki"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.starts_with("error: `wiki` is there already\n"), "{}", ran.stderr);
}

#[test]
fn an_animation_shows_the_steps_asked_for() {
    let sandbox = Sandbox::starter();
    export(&sandbox, &["--to", "gif", "--size", "600x420", "--steps", "2-3"]);
    let bytes = std::fs::read(sandbox.path("log-in.gif")).unwrap();
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&bytes)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    assert_eq!(frames.len(), 2);
    assert!(frames.iter().all(|frame| frame.buffer().dimensions() == (600, 420)));
    assert!(frames[0].buffer() != frames[1].buffer() && bytes.len() < 200_000);
    let ran = sandbox.run(&["export", GUIDE, "--to", "gif", "--steps", "7-9"]);
    assert!(ran.stderr.contains("the guide has 3 steps, and none of those asked for"), "{}", ran.stderr);
}

#[test]
fn a_guide_with_an_error_is_not_exported() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", super::WRONG);
    let ran = sandbox.run(&["export", "a.md", "--to", "scorm"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(!sandbox.has("a.zip"));
    let mut command = sandbox.command();
    command.args(["export", "a.md", "--to", "pdf"]).env("GUIDEMARK_CHROMIUM", "/none");
    let ran = sandbox.ran(&mut command);
    assert!(ran.stderr.contains("help: install Chromium or Chrome, or name one"), "{}", ran.stderr);
}

/// A learning management system that keeps what it is told, and gives it back.
const LMS: &str = "<!doctype html><script>
    window.calls = []; window.values = {RESUME};
    const answer = (name) => (...given) => {
        calls.push([name, ...given]);
        if (name.endsWith('SetValue')) values[given[0]] = given[1];
        return name.endsWith('GetValue') ? values[given[0]] ?? '' : 'true';
    };
    const names = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'Terminate', 'Finish', 'GetLastError'];
    window.{API} = Object.fromEntries(names.map((name) => ['{PREFIX}' + name, answer(name)]));
</script><iframe src='/index.html' width='900' height='700'></iframe>";

fn serve(files: BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 8192];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = text
                .split(' ')
                .nth(1)
                .unwrap_or_default()
                .trim_start_matches('/')
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned();
            let kind = if path.ends_with(".js") { "text/javascript" } else { "text/html; charset=utf-8" };
            let (status, body) =
                files.get(&path).map_or(("404 Not Found", &[][..]), |bytes| ("200 OK", bytes));
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}

#[test]
fn a_course_tells_its_system_how_far_the_reader_is() {
    let sandbox = Sandbox::starter();
    let path = std::env::var_os("PATH");
    let named = std::env::var_os("GUIDEMARK_CHROMIUM").map(std::path::PathBuf::from);
    let browser = Browser::launch(&LaunchOptions::find(named.as_deref(), path.as_deref()).unwrap()).unwrap();
    for (form, api, prefix, status, place) in [
        ("scorm", "API", "LMS", "cmi.core.lesson_status", "cmi.core.lesson_location"),
        ("scorm2004", "API_1484_11", "", "cmi.completion_status", "cmi.location"),
    ] {
        export(&sandbox, &["--to", form, "-o", "course.zip"]);
        let file = std::fs::File::open(sandbox.path("course.zip")).unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap();
        let mut files = BTreeMap::new();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            files.insert(part.name().unwrap().into_owned(), bytes);
        }
        let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
        for name in ["index.html", "course.js", "guide.html"] {
            assert!(manifest.contains(&format!("href=\"{name}\"")) && files.contains_key(name));
        }
        assert!(manifest.contains("<title>How to log in to Datasette</title>"));
        let resume = format!("{{ '{place}': '2' }}");
        let lms = LMS.replace("{API}", api).replace("{PREFIX}", prefix).replace("{RESUME}", &resume);
        files.insert("lms".to_owned(), lms.into_bytes());
        let mut page = browser.new_page().unwrap();
        page.navigate(&format!("{}/lms", serve(files))).unwrap();
        page.wait_for(&format!("values['{status}'] === 'incomplete'")).unwrap();
        // It goes on where the reader was.
        page.wait_for_in(
            "guide.html",
            "document.querySelector('guidemark-player').getAttribute('step') === '2'",
        )
        .unwrap();
        page.evaluate_in("guide.html", "document.querySelector('guidemark-player').go(3)").unwrap();
        page.wait_for(&format!("values['{status}'] === 'completed' && values['{place}'] === '3'")).unwrap();
        page.evaluate("document.querySelector('iframe').remove()").unwrap();
        let end = if prefix.is_empty() { "Terminate" } else { "Finish" };
        page.wait_for(&format!("calls.at(-1)[0] === '{end}'")).unwrap();
        assert_eq!(page.evaluate(&format!("calls.filter(([name]) => name === '{end}').length")).unwrap(), 1);
    }
}
