//! `<guidemark-embed>` in a page of another site, under a policy that allows files alone.

use crate::support::{Look, Open, Server, Site, axe, site};
use guidemark::browser::Viewport;
use std::fs;
use tempfile::TempDir;

const LISTEN: &str = "globalThis.said = [];
    for (const type of ['load', 'start', 'step', 'complete', 'cta', 'close'])
        addEventListener(`guidemark:${type}`, event => said.push(`${type} ${event.detail.step}`));";

const SHADOW: &str = "document.querySelector('guidemark-embed').shadowRoot";

/// A page with an element, and the guides on another address.
struct Host {
    open: Open,
    _guides: Server,
    _server: Server,
    _folder: TempDir,
}

impl Host {
    /// `attributes` of the element, in which `SRC` stands for the guide's address.
    fn with(attributes: &str, before: &str) -> Self {
        Self::seen(Look::still(), attributes, before)
    }

    fn seen(look: Look, attributes: &str, before: &str) -> Self {
        let guides = Server::of_folder(Site::own().root());
        let folder = tempfile::tempdir().expect("a folder");
        fs::copy(Site::own().root().join("embed.js"), folder.path().join("embed.js")).expect("copied");
        let origin = guides.url("");
        let attributes = attributes.replace("SRC", &format!("{origin}/{}/", site::REAL[0]));
        let html = format!(
            "<!doctype html><html lang=en><title>Host</title>
            <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src 'self'; style-src 'self'; frame-src {origin}; img-src {origin}\">
            <h1>Host</h1><guidemark-embed {attributes}><a href=/>Elsewhere</a></guidemark-embed>
            <script async src=/embed.js></script>"
        );
        fs::write(folder.path().join("index.html"), html).expect("written");
        let server = Server::of_folder(folder.path());
        let mut open = look.blank();
        open.before_each_document(&format!("{LISTEN}{before}")).expect("set");
        open.allow(&server.url("/"));
        open.allow(&guides.url("/"));
        open.go(&server.url("/"));
        open.wait_for("customElements.get('guidemark-embed')").expect("the element is known");
        Self { open, _guides: guides, _server: server, _folder: folder }
    }

    fn hears(&mut self, last: &str) {
        self.open.wait_for(&format!("said.at(-1) === '{last}'")).expect("the page hears of it");
    }

    fn calls(&mut self, call: &str) {
        self.open.evaluate(&format!("document.querySelector('guidemark-embed').{call}")).expect("called");
    }

    /// Clicks an element in the shadow tree.
    fn clicks(&mut self, selector: &str) {
        let script = format!(
            "(({{ x, y, width, height }}) => width && [x + width / 2, y + height / 2])({SHADOW}.querySelector('{selector}').getBoundingClientRect())"
        );
        let at = self.open.wait_for(&script).expect("it is shown");
        self.open.click_at(at[0].as_f64().expect("x"), at[1].as_f64().expect("y")).expect("clicked");
    }

    fn has_frame(&mut self) -> bool {
        self.open.evaluate(&format!("{SHADOW}.querySelector('iframe') !== null")).expect("asked") == true
    }
}

#[test]
fn the_guide_obeys_the_element_and_its_events_come_out() {
    let mut host = Host::with("src=SRC", "");
    host.hears("load 1");
    host.calls("next()");
    host.hears("step 1");
    host.calls("go(3)");
    host.hears("step 3");
    host.calls("back()");
    host.hears("step 2");
    let title = host.open.text(&format!("{SHADOW}.querySelector('iframe').title"));
    assert_eq!(title, "Guide", "a frame has a name");
}

#[test]
fn the_frame_has_the_height_the_stage_asks_for() {
    for width in [375, 700, 1440] {
        let look = Look { viewport: Viewport::desktop(width, 1000), ..Look::still() };
        let mut host = Host::seen(look, "src=SRC", "");
        host.hears("load 1");
        // All of the stage is seen: nothing scrolls in the frame, nothing is left over below.
        let fits = "(() => {
            const { scrollHeight, clientHeight } = document.documentElement;
            const bar = document.querySelector('.gm-bar').getBoundingClientRect();
            return Math.abs(scrollHeight - clientHeight) <= 1 && clientHeight - bar.bottom < 12
                || (() => { throw new Error(`${scrollHeight} in ${clientHeight}, bar at ${bar.bottom}`) })();
        })()";
        host.open.wait_for_in("view=player", fits).expect("the frame fits");
    }
}

#[test]
fn a_popup_takes_the_focus_and_gives_it_back() {
    let mut host = Host::with("src=SRC mode=popup label='Show me'", "");
    assert!(!host.has_frame(), "nothing is loaded before it is asked for");
    host.clicks(".open");
    host.hears("load 1");
    host.open
        .wait_for(&format!("{SHADOW}.activeElement?.localName === 'iframe'"))
        .expect("keys go to the guide");
    host.open.press("ArrowRight").expect("pressed");
    host.hears("step 1");
    host.open.press("Escape").expect("pressed");
    host.open
        .wait_for(&format!(
            "!{SHADOW}.querySelector('dialog').open && {SHADOW}.activeElement?.className === 'open'"
        ))
        .expect("Esc in the guide shuts the popup");
    host.open
        .wait_for(&format!("!{SHADOW}.querySelector('iframe')"))
        .expect("the guide behind it does not go on");
    host.calls("open()");
    host.open.wait_for(&format!("{SHADOW}.querySelector('dialog').open")).expect("a script opens it too");
    host.clicks(".close");
    host.open.wait_for(&format!("!{SHADOW}.querySelector('dialog').open")).expect("the button shuts it");
}

#[test]
fn a_popup_fits_every_window() {
    for viewport in [Viewport::phone(375, 740), Viewport::phone(740, 375), Viewport::desktop(1440, 800)] {
        let mut host = Host::seen(Look { viewport, ..Look::still() }, "src=SRC mode=popup", "");
        host.calls("open()");
        host.hears("load 1");
        let inside = format!(
            "(() => {{
                const box = {SHADOW}.querySelector('dialog').getBoundingClientRect();
                const close = {SHADOW}.querySelector('.close').getBoundingClientRect();
                return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
                    && close.width >= 44 && close.height >= 44;
            }})()"
        );
        host.open.wait_for(&inside).expect("the popup lies in the window, its button can be hit");
    }
}

#[test]
fn what_the_element_shows_is_accessible() {
    for look in [Look::phone(), Look::wide(1440)].into_iter().flat_map(|look| [look, look.dark()]) {
        for mode in ["inline", "popup", "facade"] {
            let mut host = Host::seen(look, &format!("src=SRC mode={mode} title='Create a token'"), "");
            for open in [false, true] {
                if open {
                    host.calls("open()");
                }
                let found = axe::violations(&mut host.open, "guidemark-embed");
                assert!(found.is_empty(), "{mode}, open: {open}: {}", found.join("\n"));
            }
        }
    }
}

#[test]
fn a_facade_loads_its_picture_alone() {
    let mut host = Host::with("src=SRC mode=facade title='Create a token'", "");
    host.open
        .wait_for(&format!("{SHADOW}.querySelector('img').naturalWidth > 0"))
        .expect("the first picture is shown");
    let seen = host.open.seen().expect("seen").requests.clone();
    let asked: Vec<&str> = seen.iter().filter_map(|request| request.url.rsplit('/').next()).collect();
    assert_eq!(asked, ["", "embed.js", "cover.webp"]);
    assert_eq!(
        host.open.text(&format!("{SHADOW}.querySelector('button').ariaLabel")),
        "Show me how: Create a token"
    );
    host.clicks(".facade");
    host.hears("step 1");
    host.open
        .wait_for(&format!("{SHADOW}.activeElement?.localName === 'iframe'"))
        .expect("keys go to the guide");
}

#[test]
fn a_facade_without_a_picture_can_be_opened() {
    let mut host = Host::with("src=SRC?x mode=facade", "");
    host.open
        .evaluate(&format!("{SHADOW}.querySelector('img').dispatchEvent(new Event('error')); null"))
        .expect("sent");
    host.open.wait_for(&format!("!{SHADOW}.querySelector('img')")).expect("the picture is left out");
    host.clicks(".facade");
    host.hears("step 1");
}

#[test]
fn the_pages_data_layer_hears_too() {
    let mut host = Host::with("src=SRC", "if (self === top) globalThis.dataLayer = [];");
    host.hears("load 1");
    host.calls("next()");
    host.hears("step 1");
    let events =
        host.open.evaluate("dataLayer.map(each => `${each.event} ${each.guidemark.step}`)").expect("asked");
    assert_eq!(events, serde_json::json!(["guidemark:load 1", "guidemark:start 1", "guidemark:step 1"]));
}

#[test]
fn only_its_own_frame_is_heard() {
    let mut host = Host::with("src=SRC", "");
    host.hears("load 1");
    host.open
        .evaluate(
            "new Promise(done => {
                addEventListener('message', event => event.data === 'last' && done(null));
                postMessage({ source: 'guidemark', type: 'complete', step: 9 }, '*');
                postMessage('last', '*');
            })",
        )
        .expect("said");
    host.hears("load 1");
}

#[test]
fn what_no_page_may_open_is_not_opened() {
    for source in ["javascript:alert(1)", "data:text/html,x", "", "http://["] {
        let mut host = Host::with(&format!("src='{source}'"), "");
        assert!(!host.has_frame(), "{source}");
        let shown = host.open.evaluate("document.querySelector('guidemark-embed a').checkVisibility()");
        assert_eq!(shown.expect("asked"), true, "what stands in the element is shown instead");
    }
}

#[test]
fn an_element_that_is_gone_is_silent_and_one_that_is_back_works() {
    let mut host = Host::with("src=SRC", "");
    host.hears("load 1");
    host.open
        .evaluate(
            "globalThis.gone = document.querySelector('guidemark-embed'); gone.remove(); gone.next(); null",
        )
        .expect("removed");
    assert_eq!(host.open.text("String(gone.shadowRoot.childElementCount)"), "0");
    host.open.evaluate("said.length = 0; document.body.append(gone); null").expect("put back");
    host.hears("load 1");
    host.calls("next()");
    host.hears("step 1");
}

#[test]
fn a_beacon_hears_of_every_step_and_the_policy_lets_it() {
    let stats = Server::of_page("");
    let settings = format!("beacon = \"{}\"\n", stats.url("/stats"));
    let guide = "---\ntitle: One thing\n---\n\n1. Do it.\n2. Look at it.\n";
    let site =
        Site::with_files(&[("guidemark.toml", settings.as_bytes()), ("guides/one.md", guide.as_bytes())]);
    let mut open = Look::still().blank();
    open.allow(&stats.url("/stats"));
    open.go(&site.guide_url("one"));
    open.wait_for("document.querySelector('guidemark-player:defined')?.total === 2").expect("it loads");
    open.evaluate("document.querySelector('guidemark-player').next()").expect("goes on");
    let posted = |open: &mut Open| {
        let seen = open.seen().expect("seen");
        seen.requests.iter().filter(|request| request.url == stats.url("/stats")).count()
    };
    open.wait_for("document.querySelector('guidemark-player').step === 1").expect("it goes");
    // load, start and the first step.
    assert_eq!(posted(&mut open), 3);
    assert!(open.seen().expect("seen").violations.is_empty());
    open.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'blocked')").expect("asked");
    open.expect_violations(1);
}

/// A page beside the guides, with an element, opened at an address.
fn beside(element: &str, hash: &str) -> (Open, Server, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(Site::own().root().join("embed.js"), folder.path().join("embed.js")).expect("copied");
    let slug = site::REAL[0];
    fs::create_dir(folder.path().join(slug)).expect("made");
    fs::write(folder.path().join(slug).join("index.html"), Site::own().guide_html(slug)).expect("written");
    // No charset is named.
    let html = format!("<!doctype html><title>Host</title>{element}<script async src=/embed.js></script>");
    fs::create_dir(folder.path().join("docs")).expect("made");
    fs::write(folder.path().join("docs/index.html"), html).expect("written");
    let server = Server::of_folder(folder.path());
    let mut open = Look::still().blank();
    open.before_each_document(LISTEN).expect("set");
    open.allow(&server.url("/"));
    open.go(&server.url(&format!("/docs/{hash}")));
    (open, server, folder)
}

#[test]
fn a_slug_names_the_guide_beside_the_script_and_the_address_a_step() {
    let slug = site::REAL[0];
    let step = Site::own().stage(slug)["steps"][3]["id"].as_str().expect("an id").to_owned();
    let element = format!("<guidemark-embed guide={slug}></guidemark-embed>");
    let (mut open, _server, _folder) = beside(&element, &format!("#{slug}.{step}"));
    open.wait_for("said.includes('step 4')").expect("that step is shown");
    let address = open.text(&format!("new URL({SHADOW}.querySelector('iframe').src).pathname"));
    assert_eq!(address, format!("/{slug}/index.html"));
    // A link in the page leads to another step.
    let other = Site::own().stage(slug)["steps"][1]["id"].as_str().expect("an id").to_owned();
    open.evaluate(&format!("location.hash = '{slug}.{other}'; null")).expect("followed");
    open.wait_for("said.at(-1) === 'step 2'").expect("the guide follows");
    // One that names another guide does not, nor one that is no address.
    open.evaluate("for (const hash of ['other.1', '%E0%A4%A']) location.hash = hash; null")
        .expect("followed");
    open.evaluate("document.querySelector('guidemark-embed').next(); null").expect("called");
    open.wait_for("said.at(-1) === 'step 3'").expect("it went on from where it was");
}

#[test]
fn a_slug_beyond_ascii_is_found_in_the_address() {
    let guide = "---\ntitle: One\nslug: gr\u{f6}\u{df}e\n---\n\n1. Do it.\n2. Look at it.\n";
    let site = Site::with_files(&[("guidemark.toml", b""), ("guides/one.md", guide.as_bytes())]);
    let html = "<!doctype html><title>Host</title><guidemark-embed guide=gr&ouml;&szlig;e></guidemark-embed><script async src=embed.js></script>";
    fs::write(site.root().join("host.html"), html).expect("written");
    let mut open = Look::still().blank();
    open.before_each_document(LISTEN).expect("set");
    open.allow(&site.url(""));
    let step = site.stage("gr\u{f6}\u{df}e")["steps"][1]["id"].as_str().expect("an id").to_owned();
    open.go(&site.url(&format!("host.html#gr\u{f6}\u{df}e.{step}")));
    open.wait_for("said.includes('step 2')").expect("that step is shown");
}

#[test]
fn a_guide_that_is_not_there_is_told_with_its_address() {
    let (mut open, _server, _folder) = beside("<guidemark-embed guide=gone></guidemark-embed>", "");
    open.wait_for(&format!("{SHADOW}.querySelector('.missing a')")).expect("it is shown");
    assert!(open.text(&format!("{SHADOW}.querySelector('.missing a').href")).ends_with("/gone/index.html"));
    // The browser's own word on the page that is missing.
    open.forgive();
}

#[test]
fn the_script_needs_no_character_set() {
    let script = fs::read(Site::own().root().join("embed.js")).expect("built");
    assert!(script.is_ascii());
}
