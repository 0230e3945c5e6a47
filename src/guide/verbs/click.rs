//! `@click`: the cursor goes there and clicks.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::{ActionKind, Gesture};

pub static VERB: Verb = Verb {
    name: "click",
    form: "@click X,Y WxH \"label\"",
    takes: Takes { region: Need::Must, text: Need::May, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    let label = Some(placed.text()).filter(|label| !label.is_empty());
    Effect::Act(ActionKind::Point { gesture: Gesture::Click, at: placed.region, label }, placed.side())
}
