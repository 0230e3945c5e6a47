//! `@callout`: a note that points at a region.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::{MarkKind, Side};

pub static VERB: Verb = Verb {
    name: "callout",
    form: "@callout X,Y WxH \"text\" side=auto",
    takes: Takes { region: Need::Must, text: Need::Must, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Mark,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Mark(MarkKind::Callout { text: placed.text(), side: placed.side() }, placed.region, Side::Auto)
}
