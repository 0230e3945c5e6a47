//! A guide's page with its walkthrough, driven as a reader does.

use super::{Open, Site};
use guidemark::browser::{Media, Viewport};
use serde_json::Value;
use std::ops::{Deref, DerefMut};

/// Keeps the events of every walkthrough in the page.
const LISTEN: &str = "globalThis.__events = [];
    for (const type of ['load', 'start', 'step', 'complete', 'cta', 'close'])
        addEventListener(`guidemark:${type}`, event => __events.push({ type, ...event.detail }));";

/// A page with a walkthrough.
pub struct Stage {
    open: Open,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
pub struct Look {
    pub viewport: Viewport,
    pub media: Media,
}

impl Look {
    /// A desk; nothing moves.
    pub fn still() -> Self {
        Self::wide(1440)
    }

    /// A desk of this width; nothing moves.
    pub fn wide(width: u32) -> Self {
        let media = Media { reduced_motion: true, ..Media::default() };
        Self { viewport: Viewport::desktop(width, 1000), media }
    }

    /// A phone; nothing moves.
    pub fn phone() -> Self {
        Self { viewport: Viewport { density: 1.0, ..Viewport::phone(375, 740) }, ..Self::still() }
    }

    /// The usual widths: a phone, a tablet, a desk.
    pub fn widths() -> [Self; 3] {
        [Self::phone(), Self::wide(768), Self::wide(1440)]
    }

    /// The same in the dark.
    pub fn dark(self) -> Self {
        Self { media: Media { dark: true, ..self.media }, ..self }
    }

    /// The same with everything moving.
    pub fn moving(self) -> Self {
        Self { media: Media { reduced_motion: false, ..self.media }, ..self }
    }

    /// A blank page that is looked at like this.
    pub fn blank(self) -> Open {
        let mut open = Open::blank();
        open.set_viewport(self.viewport).expect("set");
        open.set_media(self.media).expect("set");
        open
    }
}

impl Stage {
    /// A guide of this repository from the disk, ready at its cover.
    pub fn own(slug: &str, look: Look) -> Self {
        let stage = Self::at(&Site::own().guide_url(slug), look);
        stage.ready("cover", 1)
    }

    /// The page at an address, whatever it shows.
    pub fn at(url: &str, look: Look) -> Self {
        Self::prepared(url, look, "")
    }

    /// The same, with a script that runs before the page's own.
    pub fn prepared(url: &str, look: Look, script: &str) -> Self {
        let mut open = look.blank();
        open.before_each_document(&format!("{LISTEN}{script}")).expect("set");
        open.go(url);
        Self { open }
    }

    /// The page at an address, whose loading is not waited for.
    pub fn arriving(url: &str, look: Look) -> Self {
        let mut open = look.blank();
        open.before_each_document(LISTEN).expect("set");
        open.allow(url);
        open.evaluate(&format!("void location.assign('{url}')")).expect("the way there begins");
        Self { open }
    }

    /// Waits for the walkthrough to be loaded in a state.
    pub fn ready(mut self, status: &str, step: usize) -> Self {
        self.open.wait_for("__events.some(event => event.type === 'load')").expect("the walkthrough loads");
        self.expect(status, step);
        self
    }

    /// Waits for a state and a step.
    pub fn expect(&mut self, status: &str, step: usize) {
        let script = format!(
            "(() => {{
                const player = document.querySelector('guidemark-player');
                const is = `${{player.getAttribute('state')}} ${{player.getAttribute('step')}}`;
                if (is !== '{status} {step}') throw new Error(`it is ${{is}}`);
                return true;
            }})()"
        );
        let waited = self.open.wait_for(&script);
        assert!(waited.is_ok(), "expected {status} {step}: {}", waited.expect_err("not there"));
    }

    /// Waits until the card of the current step has come up.
    pub fn settle(&mut self) {
        // What a change of the state sets off is drawn in the next frame.
        let frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
        self.open.evaluate(frames).expect("two frames");
        self.open.wait_for("document.querySelector('.gm-card-shown') !== null").expect("the card comes up");
    }

    /// Number of steps.
    pub fn total(&mut self) -> usize {
        let total = self.open.text("document.querySelector('guidemark-player').getAttribute('total')");
        total.parse().expect("a number")
    }

    /// Clicks a button of the stage by its accessible name.
    pub fn push(&mut self, name: &str) {
        let mark = format!(
            "(() => {{
                const player = document.querySelector('guidemark-player');
                const named = [...player.querySelectorAll('button, [role=button]')].filter(each => each.checkVisibility()
                    && (each.getAttribute('aria-label') ?? each.textContent).trim() === '{name}');
                document.querySelectorAll('[data-pushed]').forEach(each => each.removeAttribute('data-pushed'));
                named[0]?.setAttribute('data-pushed', '');
                return named.length;
            }})()"
        );
        self.open.wait_for(&mark).expect("the button is shown");
        self.open.click("[data-pushed]").expect("the button can be clicked");
    }

    /// Whether a hotspot waits for a click, once the step has come to rest.
    pub fn has_hotspot(&mut self) -> bool {
        self.settle();
        let shown = self.open.evaluate("document.querySelector('.gm-hot').checkVisibility()");
        shown.expect("asked") == true
    }

    /// The events of the walkthrough so far: `type step`.
    pub fn events(&mut self) -> Vec<String> {
        let events =
            self.open.evaluate("__events.map(event => `${event.type} ${event.step}`)").expect("asked");
        events.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// What a whole play tells.
    pub fn whole_play(total: usize) -> Vec<String> {
        let steps = (1..=total).map(|step| format!("step {step}"));
        let start = ["load 1".to_owned(), "start 1".to_owned()];
        start.into_iter().chain(steps).chain([format!("complete {total}")]).collect()
    }
}

impl Deref for Stage {
    type Target = Open;

    fn deref(&self) -> &Open {
        &self.open
    }
}

impl DerefMut for Stage {
    fn deref_mut(&mut self) -> &mut Open {
        &mut self.open
    }
}
