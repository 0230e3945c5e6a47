//! `@type`: the cursor goes there and the text is typed.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::ActionKind;

pub static VERB: Verb = Verb {
    name: "type",
    form: "@type X,Y WxH \"text\"",
    takes: Takes { region: Need::Must, text: Need::Must, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Type { at: placed.region, text: placed.text() }, placed.side())
}
