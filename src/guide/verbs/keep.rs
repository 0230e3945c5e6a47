//! `@keep`: this picture is never replaced by a replay.

use super::{Kind, On, Takes, Verb, fine, nothing};

pub static VERB: Verb = Verb {
    name: "keep",
    form: "@keep",
    takes: Takes::NOTHING,
    kind: Kind::Replay,
    on: On::Screenshot,
    once: true,
    check: fine,
    effect: nothing,
};
