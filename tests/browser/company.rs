//! A walkthrough beside another one, in a frame, without storage, taken out and put back.

use crate::support::{Look, Server, Site, Stage, file_url, site};

const STATES: &str = "[...document.querySelectorAll('guidemark-player')].map(each => `${each.getAttribute('state')} ${each.getAttribute('step')}`).join()";

#[test]
fn two_on_one_page_do_not_disturb_each_other() {
    let html = Site::own().guide_html(site::REAL[0]);
    let (start, end) =
        (html.find("<guidemark-player").expect("one"), html.find("</guidemark-player>").expect("one"));
    let (before, rest) = html.split_at(start);
    let one = &rest[..end - start + "</guidemark-player>".len()];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("two.html");
    std::fs::write(&file, format!("{before}{one}{rest}")).expect("written");
    let mut stage = Stage::at(&file_url(&file), Look::still()).ready("cover", 1);
    stage.wait_for("__events.filter(event => event.type === 'load').length === 2").expect("both load");
    stage.evaluate("globalThis.copy = document.querySelectorAll('guidemark-player')[1]; null").expect("set");
    stage.evaluate("copy.go(5)").expect("goes");
    stage.wait_for(&format!("{STATES} === 'cover 1,paused 5'")).expect("only the second goes");
    stage.evaluate("document.querySelector('guidemark-player').go(3)").expect("goes");
    stage.wait_for(&format!("{STATES} === 'paused 3,paused 5'")).expect("only the first goes");
    stage.evaluate("copy.querySelector('.gm-next').focus()").expect("set");
    stage.press("ArrowRight").expect("pressed");
    stage.wait_for(&format!("{STATES} === 'paused 3,paused 6'")).expect("keys go to the one with the focus");
}

#[test]
fn one_that_is_removed_and_put_back_goes_on() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    stage.push("Start");
    stage.push("Next");
    stage.expect("paused", 2);
    stage
        .evaluate(
            "(() => {
                const player = document.querySelector('guidemark-player');
                const parent = player.parentNode, place = player.nextSibling;
                player.remove();
                parent.insertBefore(player, place);
            })()",
        )
        .expect("moved");
    stage
        .wait_for("document.querySelector('guidemark-player').matches('[state=cover],[state=paused]')")
        .expect("it is back");
    let before = stage.text(STATES);
    if before.starts_with("cover") {
        stage.push("Start");
        stage.expect("paused", 1);
    } else {
        stage.expect("paused", 2);
    }
    let step: usize = stage
        .text("document.querySelector('guidemark-player').getAttribute('step')")
        .parse()
        .expect("a number");
    stage.push("Next");
    stage.expect("paused", step + 1);
}

#[test]
fn a_sandboxed_frame_is_enough() {
    let inner = Server::of_folder(Site::own().root());
    let address = inner.url(&format!("/{}/?view=player", site::REAL[0]));
    let outer = Server::of_page(&format!(
        "<!doctype html><title>O</title><iframe id=frame sandbox=allow-scripts width=900 height=700 src='{address}'></iframe>
        <script>globalThis.heard = []; addEventListener('message', event => heard.push(event.data));</script>"
    ));
    let mut open = Look::still().blank();
    open.allow(&inner.url("/"));
    open.go(&outer.url("/"));
    open.wait_for("heard.some(each => each.source === 'guidemark' && each.type === 'load')")
        .expect("it loads");
    for step in 1..=3 {
        open.evaluate("frame.contentWindow.postMessage({ target: 'guidemark', command: 'next' }, '*')")
            .expect("said");
        open.wait_for(&format!("heard.findLast(each => each.type === 'step')?.step === {step}"))
            .expect("it obeys");
    }
}

#[test]
fn storage_may_be_blocked() {
    let mut open = Look::still().blank();
    open.before_each_document(
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
            Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
        Object.defineProperty(Document.prototype, 'cookie', { get() { throw new DOMException('denied', 'SecurityError'); } });",
    )
    .expect("set");
    open.go(&Site::own().guide_url(site::REAL[0]));
    open.wait_for("document.querySelector('guidemark-player').matches('[state=cover]:defined')")
        .expect("it loads");
    open.click(".gm-start").expect("clicked");
    open.wait_for(&format!("{STATES} === 'paused 1'")).expect("it starts");
}

#[test]
fn the_stage_can_stand_alone() {
    let url = format!("{}?view=player", Site::own().guide_url(site::REAL[0]));
    let mut stage = Stage::at(&url, Look::still()).ready("cover", 1);
    assert_eq!(stage.text("String(document.querySelector('main ol')?.checkVisibility() ?? false)"), "false");
    // Alone, the keys are the stage's without a click into it.
    stage.press("ArrowRight").expect("pressed");
    stage.expect("paused", 1);
}
