//! The client itself, on pages made by hand.

use crate::support::{Open, Server, browser, file_url, options, quoted};
use guidemark::browser::{Browser, BrowserError, LaunchOptions, Media, Touch, Viewport};
use std::path::Path;
use std::time::{Duration, Instant};

fn page(body: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a page #1.html");
    let html = format!("<!doctype html><html lang=en><title>T</title>{body}");
    std::fs::write(&file, html).expect("written");
    let url = file_url(&file);
    (folder, url)
}

#[test]
fn values_promises_and_exceptions_come_back() {
    let (_folder, url) = page("<p id=p>Hello");
    let mut open = Open::at(&url);
    assert_eq!(open.text("p.textContent"), "Hello");
    assert_eq!(open.number("new Promise(done => setTimeout(() => done(41 + 1)))"), 42.0);
    let thrown = open.evaluate("(() => { throw new TypeError('no such thing') })()");
    assert!(matches!(thrown, Err(BrowserError::Script(words)) if words.contains("TypeError: no such thing")));
}

#[test]
fn a_missing_file_is_said() {
    let mut open = Open::blank();
    let missing = open.navigate("file:///no/such/page.html");
    assert!(
        matches!(missing, Err(BrowserError::Navigation { reason, .. }) if reason == "net::ERR_FILE_NOT_FOUND")
    );
    open.allow("file:///no/such/page.html");
}

#[test]
fn waiting_ends_with_the_state_and_says_what_it_saw() {
    let (_folder, url) =
        page("<body data-n=0><script>setInterval(() => document.body.dataset.n++, 5)</script>");
    let mut open = Open::at(&url);
    open.wait_for("Number(document.body.dataset.n) > 5").expect("the state comes");
    open.set_patience(Duration::from_secs(1));
    let late = open.wait_for("document.title === 'U' ? 1 : 0").expect_err("it never comes").to_string();
    assert!(late.contains("`document.title === 'U' ? 1 : 0`; seen instead: 0"), "{late}");
}

#[test]
fn faults_of_a_page_are_seen() {
    let (_folder, url) = page(
        r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">
        <style>p { color: red }</style><img src="https://elsewhere.test/x.png">
        <script>console.error("wrong", 1); alert("hello"); setTimeout(() => { throw new Error("late") }); </script>"#,
    );
    let mut open = Open::at(&url);
    open.wait_for("true").expect("a page");
    let deadline = Instant::now() + Duration::from_secs(10);
    let wanted =
        ["page error: Error: late", "console error: wrong 1", "dialog: hello", "`style-src", "`img-src"];
    let mut faults = open.faults().join("\n");
    while !wanted.iter().all(|part| faults.contains(part)) && Instant::now() < deadline {
        faults = open.faults().join("\n");
    }
    for part in wanted {
        assert!(faults.contains(part), "{part} in {faults}");
    }
    open.forgive();
}

#[test]
fn requests_are_seen_even_those_that_fail() {
    let server =
        Server::of_page("<!doctype html><title>T</title><img id=i src=/missing.png><img src='data:,'>");
    let mut open = Open::at(&server.url("/"));
    open.allow("http://");
    open.wait_for("i.complete").expect("the picture is given up");
    let kinds: Vec<String> = open
        .seen()
        .expect("seen")
        .requests
        .iter()
        .map(|each| format!("{} {}", each.kind, each.url))
        .collect();
    assert!(kinds.contains(&format!("Image {}", server.url("/missing.png"))), "{kinds:?}");
    assert!(!kinds.iter().any(|each| each.contains("data:")), "{kinds:?}");
    open.forgive();
}

#[test]
fn window_and_preferences_reach_the_page() {
    let (_folder, url) = page("<meta name=viewport content='width=device-width'>");
    let mut open = Open::blank();
    open.set_viewport(Viewport::phone(375, 700)).expect("set");
    open.set_media(Media { dark: true, reduced_motion: true, ..Media::default() }).expect("set");
    open.go(&url);
    assert_eq!(open.text("`${innerWidth}x${innerHeight}@${devicePixelRatio}`"), "375x700@2");
    let asked =
        "['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)', 'print',
        '(forced-colors: active)'].map(each => matchMedia(each).matches).join()";
    assert_eq!(open.text(asked), "true,true,true,false,false");
    open.set_media(Media { print: true, forced_colors: true, ..Media::default() }).expect("set");
    assert_eq!(open.text(asked), "false,false,true,true,true");
}

#[test]
fn without_javascript_the_page_runs_nothing() {
    let (_folder, url) = page("<p id=p>as written</p><script>p.textContent = 'changed'</script>");
    let mut open = Open::blank();
    open.disable_javascript().expect("set");
    open.go(&url);
    assert_eq!(open.text("p.textContent"), "as written");
}

#[test]
fn mouse_keyboard_and_touch_are_a_persons() {
    let (_folder, url) = page(
        "<body style='margin:0;height:3000px'><button id=b style='position:absolute;top:2000px'>B</button>
        <input id=i><script>
        globalThis.log = [];
        for (const type of ['click', 'keydown', 'touchend', 'pointerenter', 'input'])
            document.addEventListener(type, event => event.isTrusted
                && log.push(type + ':' + (event.key ?? event.data ?? event.target.id ?? '')), true);
        </script>",
    );
    let mut open = Open::blank();
    open.set_viewport(Viewport { width: 400, height: 300, density: 1.0, mobile: false }).expect("set");
    open.go(&url);
    open.click("#b").expect("clicked");
    open.click("#i").expect("clicked");
    open.type_text("aB").expect("typed");
    open.press("Shift+Tab").expect("pressed");
    open.press("ArrowRight").expect("pressed");
    let log = open.text("log.filter(each => !each.startsWith('pointerenter')).join(' ')");
    assert_eq!(log, "click:b click:i keydown:a input:a keydown:B input:B keydown:Tab keydown:ArrowRight");
    assert_eq!(open.text("i.value"), "aB");
    open.set_viewport(Viewport::phone(400, 300)).expect("set");
    open.tap("#b").expect("tapped");
    open.wait_for("log.includes('touchend:b') && log.at(-1) === 'click:b'").expect("a tap is a click");
    let before = open.number("scrollY");
    open.swipe(Touch { x: 200.0, y: 100.0 }, Touch { x: 200.0, y: 250.0 }).expect("swiped");
    open.wait_for(&format!("scrollY < {before}")).expect("a swipe scrolls");
}

#[test]
fn a_click_waits_for_what_covers_its_target() {
    let (_folder, url) = page(
        "<button id=b onclick='document.title += 1'>B</button>
        <div id=cover style='position:fixed;inset:0'></div>",
    );
    let mut open = Open::at(&url);
    open.set_patience(Duration::from_secs(1));
    assert!(matches!(open.click("#b"), Err(BrowserError::Timeout { .. })));
    open.evaluate("setTimeout(() => cover.remove(), 100)").expect("set");
    open.set_patience(Duration::from_secs(20));
    open.click("#b").expect("reached");
    assert_eq!(open.text("document.title"), "T1");
}

#[test]
fn frames_of_another_origin_can_be_asked() {
    let inner = Server::of_page("<!doctype html><title>I</title><script>console.error('inside')</script>");
    let frames = format!(
        "<iframe src='{}'></iframe><iframe sandbox=allow-scripts src='{}'></iframe>",
        inner.url("/?plain"),
        inner.url("/?boxed")
    );
    let outer = Server::of_page(&format!("<!doctype html><title>O</title>{frames}"));
    let mut open = Open::at(&outer.url("/"));
    open.allow(&inner.url("/"));
    for (frame, origin) in [("?plain", inner.url("")), ("?boxed", "null".to_owned())] {
        assert_eq!(open.evaluate_in(frame, "document.title").expect("asked"), "I");
        assert_eq!(open.evaluate_in(frame, "origin").expect("asked"), *origin);
    }
    let inside: Vec<String> =
        open.seen().expect("seen").console_errors().map(|each| each.text.clone()).collect();
    assert_eq!(inside, ["inside", "inside"]);
    open.forgive();
}

#[test]
fn the_back_button_goes_back() {
    let (_folder, url) = page("<a id=a href=#there>A</a>");
    let mut open = Open::at(&url);
    open.click("#a").expect("clicked");
    open.wait_for("location.hash === '#there'").expect("there");
    open.go_back().expect("back");
    open.wait_for("location.hash === ''").expect("here");
}

#[test]
fn pictures_show_the_pixels() {
    let (_folder, url) = page(
        "<body style='margin:0;background:#fff;height:2000px'>
        <div id=d style='position:absolute;left:10px;top:1500px;width:30px;height:20px;background:#102030'></div>",
    );
    let mut open = Open::blank();
    open.set_viewport(Viewport::desktop(320, 200)).expect("set");
    open.go(&url);
    let decode = |png: Vec<u8>| image::load_from_memory(&png).expect("a PNG").to_rgb8();
    let element = decode(open.screenshot_of("#d").expect("taken"));
    assert_eq!(element.dimensions(), (30, 20));
    assert!(element.pixels().all(|pixel| pixel.0 == [0x10, 0x20, 0x30]));
    assert_eq!(decode(open.screenshot().expect("taken")).dimensions(), (320, 200));
    let all = decode(open.screenshot_all().expect("taken"));
    assert_eq!((all.dimensions(), all.get_pixel(11, 1501).0), ((320, 2000), [0x10, 0x20, 0x30]));
}

#[test]
fn shifts_long_tasks_and_memory_are_measured() {
    let (_folder, url) = page("<p id=p>Hello</p><p>World</p>");
    let mut open = Open::at(&url);
    assert_eq!(open.layout_shifts().expect("asked"), []);
    open.evaluate("requestAnimationFrame(() => { p.style.height = '300px' })").expect("set");
    open.wait_for("__watch.shifts.length").expect("a shift");
    assert!(open.layout_shifts().expect("asked")[0].value > 0.01);
    open.evaluate(
        "setTimeout(() => { const end = performance.now() + 80; while (performance.now() < end); })",
    )
    .expect("set");
    open.wait_for("__watch.tasks.length").expect("a long task");
    assert!(open.long_tasks().expect("asked")[0].duration >= 80.0);
    let before = open.memory().expect("asked");
    open.evaluate(
        "globalThis.kept = new Array(1e6).fill(0).map(Math.random); addEventListener('x', () => 1)",
    )
    .expect("set");
    let after = open.memory().expect("asked");
    assert!(after.heap > before.heap + 4_000_000, "{before:?} {after:?}");
    assert_eq!(after.listeners, before.listeners + 1);
}

#[test]
fn a_trace_tells_how_long_the_processor_worked() {
    let browser = Browser::launch(&options()).expect("it starts");
    let mut page = browser.new_page().expect("a page");
    page.navigate("data:text/html,<title>T</title>").expect("opens");
    page.start_trace().expect("started");
    let work = "new Promise(done => setTimeout(() => {
        const end = performance.now() + 120;
        while (performance.now() < end);
        done();
    }))";
    page.evaluate(work).expect("worked");
    let tasks = page.end_trace().expect("ended");
    let longest = tasks.iter().max_by(|a, b| a.duration.total_cmp(&b.duration)).expect("tasks");
    let worked = longest.worked.expect("known");
    assert!(longest.duration >= 119.0 && worked > 5.0 && worked <= longest.duration + 1.0, "{longest:?}");
}

#[test]
fn a_script_before_the_document_can_take_things_away() {
    let (_folder, url) = page("<p id=p></p><script>p.textContent = typeof localStorage</script>");
    let mut open = Open::blank();
    open.before_each_document("delete globalThis.localStorage").expect("set");
    open.go(&url);
    assert_eq!(open.text("p.textContent"), "undefined");
}

#[test]
fn a_missing_browser_is_said_by_name() {
    let missing = LaunchOptions::find(Some(Path::new("/no/such/chromium")), None);
    assert!(matches!(&missing, Err(BrowserError::NotFound(names)) if names == &["/no/such/chromium"]));
    let nowhere = LaunchOptions::find(None, Some(std::ffi::OsStr::new("/no/such/folder")));
    assert!(nowhere.expect_err("none").to_string().contains("`chromium`"));
}

#[test]
fn a_program_that_is_no_browser_is_said_with_its_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("browser");
    std::fs::write(&program, "#!/bin/sh\necho 'cannot open display' >&2; exit 3\n").expect("written");
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("set");
    let failed =
        Browser::launch(&LaunchOptions { program, ..options() }).err().expect("no browser").to_string();
    assert!(failed.contains("exit status: 3") && failed.contains("cannot open display"), "{failed}");
}

#[test]
fn the_browser_ends_with_its_last_owner() {
    let browser = Browser::launch(&options()).expect("it starts");
    let (process, profile) = (browser.process_id(), browser.profile().to_owned());
    let mut page = browser.new_page().expect("a page");
    drop(browser);
    assert_eq!(page.evaluate("1 + 1").expect("still there"), 2);
    drop(page);
    assert!(!Path::new(&format!("/proc/{process}")).exists());
    assert!(!profile.exists());
}

#[test]
fn pages_of_one_browser_share_nothing() {
    let server = Server::of_page("<!doctype html><title>T</title>");
    let (mut one, mut two) = (Open::at(&server.url("/")), Open::at(&server.url("/")));
    one.evaluate(&format!("localStorage.word = {}", quoted("kept"))).expect("set");
    assert_eq!(one.text("localStorage.word"), "kept");
    assert_eq!(two.text("String(localStorage.word)"), "undefined");
    assert!(browser().new_page().is_ok());
}
