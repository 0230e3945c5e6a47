//! `@redact`: the pixels are destroyed in the output.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb, fine};
use crate::guide::{RedactStyle, Redaction};

pub static VERB: Verb = Verb {
    name: "redact",
    form: "@redact X,Y WxH style=solid",
    takes: Takes {
        region: Need::Must,
        area: true,
        options: &[("style", &["solid", "blur", "pixelate"])],
        ..Takes::NOTHING
    },
    kind: Kind::Picture,
    on: On::Screenshot,
    once: false,
    check: fine,
    effect,
};

fn effect(placed: &Placed<'_>) -> Effect {
    let style = match placed.option("style") {
        Some("blur") => RedactStyle::Blur,
        Some("pixelate") => RedactStyle::Pixelate,
        _ => RedactStyle::Solid,
    };
    Effect::Redact(Redaction { at: placed.region, style })
}
