//! `@crop`: only a part of the screenshot is used.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb, fine};

pub static VERB: Verb = Verb {
    name: "crop",
    form: "@crop X,Y WxH",
    takes: Takes { region: Need::Must, area: true, ..Takes::NOTHING },
    kind: Kind::Picture,
    on: On::Screenshot,
    once: true,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Crop(placed.region)
}
