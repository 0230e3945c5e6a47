//! `@hover`: the cursor goes there and rests.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::{ActionKind, Gesture};

pub static VERB: Verb = Verb {
    name: "hover",
    form: "@hover X,Y WxH \"label\"",
    takes: Takes { region: Need::Must, text: Need::May, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    let label = Some(placed.text()).filter(|label| !label.is_empty());
    Effect::Act(ActionKind::Point { gesture: Gesture::Hover, at: placed.region, label }, placed.side())
}
