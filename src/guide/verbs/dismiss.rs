//! `@dismiss`: pressed by a replay if it is there, and never shown.

use super::{Kind, Need, On, Takes, Verb, fine, nothing};

pub static VERB: Verb = Verb {
    name: "dismiss",
    form: "@dismiss on button \"Accept all\"",
    takes: Takes { anchor: Need::Must, ..Takes::NOTHING },
    kind: Kind::Replay,
    on: On::Scene,
    once: false,
    check: fine,
    effect: nothing,
};
