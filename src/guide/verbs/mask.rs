//! `@mask`: a part of the screenshot that a replay does not compare.

use super::{Kind, Need, On, Takes, Verb, fine, nothing};

pub static VERB: Verb = Verb {
    name: "mask",
    form: "@mask X,Y WxH` or `@mask on ANCHOR",
    takes: Takes { region: Need::May, area: true, anchor: Need::May, ..Takes::NOTHING },
    kind: Kind::Replay,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect: nothing,
};
