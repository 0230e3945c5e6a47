//! What a reader takes along: the link, the code that embeds a guide, a block of code.

use crate::support::{Look, Server, Site, Stage, axe, quoted, site};
use std::sync::{Mutex, MutexGuard, PoisonError};

const SUMMARY: &str = "details.share > summary";

/// A guide over HTTP, where there is a clipboard. The browser has one for all of its pages.
struct Shared {
    stage: Stage,
    server: Server,
    _clipboard: MutexGuard<'static, ()>,
}

impl Shared {
    fn new(slug: &str) -> Self {
        static CLIPBOARD: Mutex<()> = Mutex::new(());
        let clipboard = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
        let server = Server::of_folder(Site::own().root());
        let mut stage = Stage::at(&server.url(&format!("/{slug}/")), Look::still()).ready("cover", 1);
        stage.grant(&["clipboardReadWrite", "clipboardSanitizedWrite"]).expect("granted");
        Self { stage, server, _clipboard: clipboard }
    }

    fn copied(&mut self) -> String {
        self.stage.text("navigator.clipboard.readText()")
    }

    /// Clicks a button that copies, and waits until it says that it has.
    fn copies(&mut self, button: &str) -> String {
        self.stage.evaluate("navigator.clipboard.writeText('nothing')").expect("cleared");
        self.stage.click(button).expect("clicked");
        let said = format!(
            "document.querySelector({}).textContent === document.documentElement.dataset.copied",
            quoted(button)
        );
        self.stage.wait_for(&said).expect("the button says that it is copied");
        self.copied()
    }
}

fn tab_to(stage: &mut Stage, selector: &str, key: &str) {
    let there = format!("document.activeElement.matches({})", quoted(selector));
    for _ in 0..30 {
        if stage.evaluate(&there).expect("asked") == true {
            return;
        }
        stage.press(key).expect("pressed");
    }
    panic!("`{selector}` is never reached");
}

#[test]
fn the_menu_is_used_by_keyboard() {
    for look in [Look::phone(), Look::still().dark()] {
        let mut stage = Stage::own(site::REAL[0], look);
        let open = "document.querySelector('details.share').open";
        tab_to(&mut stage, SUMMARY, "Tab");
        stage.press("Enter").expect("pressed");
        stage.wait_for(open).expect("it opens");
        let inside = "(() => {
            const box = document.querySelector('.share .menu').getBoundingClientRect();
            return box.width > 100 && box.left >= 0 && box.right <= innerWidth;
        })()";
        stage.wait_for(inside).expect("it lies in the window");
        let found = axe::violations(&mut stage, "details.share");
        assert!(found.is_empty(), "at {} px: {}", look.viewport.width, found.join("\n"));
        for part in ["[data-copy=link]", "textarea", "[data-copy=embed]", "[data-copy=script]"] {
            tab_to(&mut stage, part, "Tab");
        }
        stage.press("Escape").expect("pressed");
        stage.wait_for(&format!("!{open}")).expect("it closes");
        assert_eq!(stage.text(&format!("String(document.activeElement.matches('{SUMMARY}'))")), "true");
        stage.press(" ").expect("pressed");
        stage.wait_for(open).expect("it opens again");
        stage.click_at(4.0, 4.0).expect("clicked");
        stage.wait_for(&format!("!{open}")).expect("a click beside it closes it");
        stage.expect("cover", 1);
    }
}

#[test]
fn the_link_and_the_code_lead_here() {
    let slug = site::REAL[0];
    let mut shared = Shared::new(slug);
    let address = shared.server.url(&format!("/{slug}/"));
    shared.stage.click(SUMMARY).expect("clicked");
    assert_eq!(shared.copies("[data-copy=link]"), address);
    let code = shared.copies("[data-copy=embed]");
    assert_eq!(code, shared.stage.text("document.querySelector('#gm-embed').value"));
    assert!(code.starts_with(&format!("<iframe src=\"{address}?view=player\"")), "{code}");
    // The code does what it promises on any page.
    let host = Server::of_page(&format!("<!doctype html><title>Host</title>{code}"));
    let mut open = Look::still().blank();
    open.allow(&address);
    open.go(&host.url("/"));
    open.evaluate("document.querySelector('iframe').scrollIntoView()").expect("scrolled");
    open.wait_for_in("view=player", "document.querySelector('guidemark-player[state=cover]') !== null")
        .expect("the walkthrough is shown");
    let code = shared.copies("[data-copy=script]");
    let script = shared.server.url("/embed.js");
    assert!(code.starts_with(&format!("<script async src=\"{script}\"></script>")), "{code}");
    let host = Server::of_page(&format!("<!doctype html><title>Host</title>{code}"));
    let mut open = Look::still().blank();
    open.allow(&shared.server.url("/"));
    open.go(&host.url("/"));
    open.wait_for_in("view=player", "document.querySelector('guidemark-player[state=cover]') !== null")
        .expect("the walkthrough is shown by the script, too");
}

#[test]
fn the_end_offers_to_share() {
    let slug = site::REAL[0];
    let mut shared = Shared::new(slug);
    let address = shared.server.url(&format!("/{slug}/"));
    let total = shared.stage.total();
    shared.stage.evaluate(&format!("document.querySelector('guidemark-player').go({total})")).expect("goes");
    shared.stage.evaluate("document.querySelector('guidemark-player').next()").expect("ends");
    shared.stage.expect("ended", total);
    // Where the system has no way to share, the link is copied.
    shared.stage.evaluate("navigator.share = undefined").expect("taken away");
    assert_eq!(shared.copies(".gm-share"), address);
    let give = "navigator.share = ({ url }) => { document.title = url; return Promise.resolve(); }; null";
    shared.stage.evaluate(give).expect("given");
    shared.stage.click(".gm-share").expect("clicked");
    shared.stage.wait_for(&format!("document.title === {}", quoted(&address))).expect("shared");
}

#[test]
fn a_block_of_code_is_copied_whole() {
    let slug = with_code();
    let mut shared = Shared::new(&slug);
    // The page gives it its button a moment after it has come.
    shared.stage.wait_for("document.querySelector('article .code pre') !== null").expect("a button");
    let wanted = shared.stage.text("document.querySelector('article .code pre').textContent");
    assert!(wanted.trim().len() > 5, "`{wanted}` is code");
    assert_eq!(shared.copies("article .code .copy"), wanted);
    // On the card of a step too, where the block is a copy.
    let step = "1 + [...document.querySelectorAll('li.step')].findIndex(each => each.querySelector('.step-text pre'))";
    let step = shared.stage.number(step);
    assert!(step >= 1.0, "a step of {slug} shows code");
    shared.stage.evaluate(&format!("document.querySelector('guidemark-player').go({step})")).expect("goes");
    shared.stage.settle();
    let shown = shared.stage.text("document.querySelector('.gm-card pre').textContent");
    assert_eq!(shared.copies(".gm-card .copy"), shown);
}

#[test]
fn without_a_clipboard_it_is_copied_too() {
    let slug = with_code();
    let mut shared = Shared::new(&slug);
    // The page gives it its button a moment after it has come.
    shared.stage.wait_for("document.querySelector('article .code pre') !== null").expect("a button");
    let wanted = shared.stage.text("document.querySelector('article .code pre').textContent");
    // As in a frame that is not allowed to.
    shared
        .stage
        .evaluate("navigator.clipboard.writeText('nothing').then(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); })")
        .expect("set");
    shared.stage.click("article .code .copy").expect("clicked");
    shared.stage.wait_for("navigator.clipboard.readText().then(text => text !== 'nothing')").expect("copied");
    assert_eq!(shared.copied(), wanted);
}

/// The guide with the most code.
fn with_code() -> String {
    let blocks = |slug: &String| Site::own().guide_html(slug).matches("<pre").count();
    Site::own().slugs().into_iter().max_by_key(blocks).expect("a guide")
}
