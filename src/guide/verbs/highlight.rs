//! `@highlight`: a spotlight, the rest is dimmed.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb, fine};
use crate::guide::MarkKind;

pub static VERB: Verb = Verb {
    name: "highlight",
    form: "@highlight X,Y WxH",
    takes: Takes { region: Need::Must, area: true, ..Takes::NOTHING },
    kind: Kind::Mark,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Mark(MarkKind::Highlight, placed.region)
}
