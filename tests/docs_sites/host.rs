//! A page with a `<guidemark-embed>`, used as a reader does.

use crate::support::{Look, Open, quoted};
use serde_json::Value;

/// Keeps what the element tells the page.
const LISTEN: &str = "globalThis.said = [];
    for (const type of ['load', 'start', 'step', 'complete', 'cta', 'close'])
        addEventListener(`guidemark:${type}`, event => said.push({ type, from: event.target.localName, ...event.detail }));";

/// The last event, as `type step`.
const LAST: &str = "(({ type, step }) => `${type} ${step}`)(said.at(-1) ?? {})";

/// Part of the frame's address.
const FRAME: &str = "view=player";

pub struct Host {
    open: Open,
}

impl Host {
    /// The page, with the guide in view and loaded.
    pub fn open(site: &str, page: &str) -> Self {
        let mut open = Look::still().blank();
        open.before_each_document(LISTEN).expect("set");
        open.allow(&format!("{site}/"));
        open.go(&format!("{site}{page}"));
        open.wait_for("document.querySelector('guidemark-embed')?.shadowRoot?.querySelector('iframe')")
            .expect("the element makes a frame");
        open.evaluate("document.querySelector('guidemark-embed').scrollIntoView({ block: 'center' })")
            .expect("in view");
        open.wait_for("said.some(each => each.type === 'load')").expect("the guide loads");
        Self { open }
    }

    /// Leaves out of account what the tool's own page says: a tool that is for developing says more.
    pub fn forgives(&mut self) {
        self.open.forgive();
    }

    /// Starts with the mouse, goes on with a key, and returns the number of steps.
    pub fn plays_to_the_end(&mut self) -> usize {
        self.click_in_frame(".gm-start");
        self.expect("step 1");
        let total = self.open.number("said.at(-1).total") as usize;
        for step in 2..=total {
            self.open.press("ArrowRight").expect("pressed");
            self.expect(&format!("step {step}"));
        }
        self.open.press("ArrowRight").expect("pressed");
        self.expect(&format!("complete {total}"));
        let events = self.open.evaluate("said.map(each => `${each.from} ${each.type}`)").expect("asked");
        let events: Vec<&str> = events.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let steps = std::iter::repeat_n("guidemark-embed step", total);
        let whole = ["guidemark-embed load", "guidemark-embed start"].into_iter().chain(steps);
        assert_eq!(events, whole.chain(["guidemark-embed complete"]).collect::<Vec<_>>());
        total
    }

    fn expect(&mut self, last: &str) {
        self.open.wait_for(&format!("{LAST} === {}", quoted(last))).expect("the page hears of it");
    }

    /// Clicks an element of the guide once the frame has come to rest.
    fn click_in_frame(&mut self, selector: &str) {
        let frame = self
            .open
            .wait_for(
                "(async () => {
                    const place = () => document.querySelector('guidemark-embed').shadowRoot.querySelector('iframe').getBoundingClientRect();
                    const before = place();
                    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                    const { x, y, height } = place();
                    return before.y === y && before.height === height ? { x, y } : null;
                })()",
            )
            .expect("the frame rests");
        let inside = self
            .open
            .evaluate_in(
                FRAME,
                &format!(
                    "(({{ x, y, width, height }}) => ({{ x: x + width / 2, y: y + height / 2 }}))
                        (document.querySelector({}).getBoundingClientRect())",
                    quoted(selector)
                ),
            )
            .expect("it is there");
        let sum =
            |axis: &str| frame[axis].as_f64().expect("a place") + inside[axis].as_f64().expect("a place");
        self.open.click_at(sum("x"), sum("y")).expect("clicked");
    }
}
