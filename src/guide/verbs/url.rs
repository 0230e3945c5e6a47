//! `@url`: the address shown in the frame from this step on.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;
use crate::project::url;

pub static VERB: Verb = Verb {
    name: "url",
    form: "@url \"https://example.com/\"",
    takes: Takes { text: Need::Must, ..Takes::NOTHING },
    kind: Kind::Step,
    on: On::Scene,
    once: true,
    check,
    effect,
};

fn check(annotation: &Annotation) -> Result<(), Problem> {
    match &annotation.text {
        Some(text) if url::is_unsafe(&text.value) => {
            let message = format!("`{}` would run code in the reader's browser", text.value);
            Err(Problem::new("unsafe-link", text.span, message, format!("write `{}`", VERB.form)))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Url(placed.text())
}
