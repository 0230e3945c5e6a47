//! `@highlight`: a spotlight, the rest is dimmed.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::MarkKind;

pub static VERB: Verb = Verb {
    name: "highlight",
    form: "@highlight X,Y WxH",
    takes: Takes { region: Need::Must, area: true, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Mark,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Mark(MarkKind::Highlight, placed.region, placed.side())
}
