//! `@card`: the step is a slide, without a screenshot.

use super::{Effect, Kind, On, Placed, Takes, Verb, fine};

pub static VERB: Verb = Verb {
    name: "card",
    form: "@card",
    takes: Takes::NOTHING,
    kind: Kind::Step,
    on: On::Step,
    once: true,
    check: fine,
    effect,
};

fn effect(_: &Placed<'_>) -> Effect {
    Effect::Card
}
