//! `@drag`: press, move, release.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::ActionKind;

pub static VERB: Verb = Verb {
    name: "drag",
    form: "@drag X,Y WxH to X,Y WxH",
    takes: Takes { region: Need::Must, to: Need::Must, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Drag { from: placed.region, to: placed.to }, placed.side())
}
