//! `@callout`: a note that points at a region.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb, fine};
use crate::guide::{MarkKind, Side};

pub static VERB: Verb = Verb {
    name: "callout",
    form: "@callout X,Y WxH \"text\" side=auto",
    takes: Takes {
        region: Need::Must,
        text: Need::Must,
        options: &[("side", &["top", "right", "bottom", "left", "auto"])],
        ..Takes::NOTHING
    },
    kind: Kind::Mark,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    let side = match placed.option("side") {
        Some("top") => Side::Top,
        Some("right") => Side::Right,
        Some("bottom") => Side::Bottom,
        Some("left") => Side::Left,
        _ => Side::Auto,
    };
    Effect::Mark(MarkKind::Callout { text: placed.text(), side }, placed.region)
}
