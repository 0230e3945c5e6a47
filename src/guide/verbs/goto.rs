//! `@goto`: an address is opened.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;
use crate::project::url;

pub static VERB: Verb = Verb {
    name: "goto",
    form: "@goto \"/reports\"",
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
            let message = format!("`{}` would run code in the browser", text.value);
            let help = "write an address, or its path: `@goto \"https://example.com/reports\"`, `@goto \"/reports\"`";
            Err(Problem::new("unsafe-link", text.span, message, help))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Goto(placed.text())
}
