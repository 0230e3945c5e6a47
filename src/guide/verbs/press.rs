//! `@press`: shows the keys being pressed.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb, fine};
use crate::guide::ActionKind;

pub static VERB: Verb = Verb {
    name: "press",
    form: "@press \"Ctrl+K\"",
    takes: Takes { text: Need::Must, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Scene,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Press { keys: placed.text() }, placed.side())
}
