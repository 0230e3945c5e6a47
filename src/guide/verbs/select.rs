//! `@select`: the cursor opens the field and the option appears.

use super::{Effect, Kind, Need, On, Placed, SIDE, Takes, Verb, fine};
use crate::guide::ActionKind;

pub static VERB: Verb = Verb {
    name: "select",
    form: "@select X,Y WxH \"option\"",
    takes: Takes { region: Need::Must, text: Need::Must, options: SIDE, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Select { at: placed.region, option: placed.text() }, placed.side())
}
