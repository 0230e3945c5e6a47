//! The callout stands beside its target, in the stage, at every step of every guide with screenshots.

use crate::support::{Look, Stage, site};
use serde_json::Value;

/// Boxes at a step come to rest: the card, the target (or what is marked), the stage, the picture.
const BOXES: &str = "(async () => {
    const player = document.querySelector('guidemark-player');
    const box = element => { const { x, y, right, bottom } = element.getBoundingClientRect(); return { x, y, right, bottom }; };
    const read = () => ({ card: box(player.querySelector('.gm-card')), hot: box(player.querySelector('.gm-hot')),
        hotShown: player.querySelector('.gm-hot').checkVisibility(), stage: box(player.querySelector('.gm-stage')),
        screen: box(player.querySelector('.gm-screen')),
        cardShown: player.querySelector('.gm-card').checkVisibility({ visibilityProperty: true }),
        across: document.documentElement.scrollWidth - innerWidth, inner: innerWidth });
    const frame = () => new Promise(requestAnimationFrame);
    let before = '';
    for (let same = 0; same < 3;) {
        await frame();
        const now = JSON.stringify(read());
        same = now === before ? same + 1 : 0;
        before = now;
    }
    return read();
})()";

struct Edges {
    x: f64,
    y: f64,
    right: f64,
    bottom: f64,
}

impl Edges {
    fn read(value: &Value) -> Self {
        let edge = |name: &str| value[name].as_f64().expect("an edge");
        Self { x: edge("x"), y: edge("y"), right: edge("right"), bottom: edge("bottom") }
    }

    fn covers(&self, other: &Self) -> bool {
        let width = self.right.min(other.right) - self.x.max(other.x);
        let height = self.bottom.min(other.bottom) - self.y.max(other.y);
        width > 0.5 && height > 0.5
    }

    /// Without a margin: the ring is wider than its target, and may be cut at the edge of the screen.
    fn less(&self, margin: f64) -> Self {
        let Self { x, y, right, bottom } = self;
        Self { x: x + margin, y: y + margin, right: right - margin, bottom: bottom - margin }
    }

    fn inside(&self, other: &Self) -> bool {
        self.x >= other.x - 0.5
            && self.y >= other.y - 0.5
            && self.right <= other.right + 0.5
            && self.bottom <= other.bottom + 0.5
    }
}

fn faults_at(stage: &mut Stage, width: u32) -> Vec<&'static str> {
    let found = stage.evaluate(BOXES).expect("asked");
    let part = |name: &str| Edges::read(&found[name]);
    let (card, hot) = (part("card"), part("hot"));
    let phone = width < 600;
    let rules = [
        (found["cardShown"] != true, "the card is not shown"),
        (found["hotShown"] == true && card.covers(&hot), "the card covers its target"),
        (!card.inside(&part("stage")), "the card leaves the stage"),
        (
            found["hotShown"] == true && !hot.less(12.0).inside(&part("screen")),
            "the target is off the screen",
        ),
        (phone && card.y < part("screen").bottom - 0.5, "the sheet is not under the picture"),
        (found["across"].as_f64() > Some(0.0), "the page scrolls sideways"),
    ];
    rules.into_iter().filter_map(|(wrong, words)| wrong.then_some(words)).collect()
}

fn check(look: Look) {
    let mut faults = Vec::new();
    let width = look.viewport.width;
    for slug in site::REAL {
        let mut stage = Stage::own(slug, look);
        for step in 1..=stage.total() {
            stage.evaluate(&format!("document.querySelector('guidemark-player').go({step})")).expect("goes");
            stage.expect("paused", step);
            faults.extend(
                faults_at(&mut stage, width).iter().map(|fault| format!("{slug} step {step}: {fault}")),
            );
        }
    }
    assert!(faults.is_empty(), "at {width} px:\n{}", faults.join("\n"));
}

#[test]
fn on_a_phone() {
    check(Look::phone());
}

#[test]
fn on_a_tablet() {
    check(Look::wide(768));
}

#[test]
fn on_a_desk() {
    check(Look::wide(1440));
}
