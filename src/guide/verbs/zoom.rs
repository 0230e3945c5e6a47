//! `@zoom`: what the camera frames.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::Zoom;
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;

pub static VERB: Verb = Verb {
    name: "zoom",
    form: "@zoom X,Y WxH` or `@zoom none",
    takes: Takes { region: Need::May, area: true, word: Need::May, ..Takes::NOTHING },
    kind: Kind::Camera,
    on: On::Screenshot,
    once: true,
    check,
    effect,
};

fn check(annotation: &Annotation) -> Result<(), Problem> {
    match &annotation.word {
        Some(word) if word.value != "none" => {
            let message = format!("`@zoom` doesn't know `{}`", word.value);
            Err(Problem::new("bad-annotation", word.span, message, format!("write `{}`", VERB.form)))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    let region = placed.annotation.region.is_some();
    Effect::Zoom(if region { Zoom::Region(placed.region) } else { Zoom::None })
}
