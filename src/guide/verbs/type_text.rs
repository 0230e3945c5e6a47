//! `@type`: the cursor goes there and the text is typed.

use super::{Effect, Kind, Need, On, Placed, SIDES, Takes, Verb};
use crate::guide::ActionKind;
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;

pub static VERB: Verb = Verb {
    name: "type",
    form: "@type X,Y WxH \"text\"",
    takes: Takes { region: Need::Must, text: Need::Must, options: OPTIONS, ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Screenshot,
    once: false,
    check,
    effect,
};

/// `value=$NAME`: the variable of the environment that holds what a replay types.
const OPTIONS: &[(&str, &[&str])] = &[("side", SIDES), ("value", &[])];

fn check(annotation: &Annotation) -> Result<(), Problem> {
    let value =
        annotation.options.iter().find(|option| option.key.value == "value").map(|option| &option.value);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    match value {
        Some(value) if !value.value.strip_prefix('$').is_some_and(is_name) => {
            let message = format!("`{}` names no variable of the environment", value.value);
            let help = "write `value=$NAME`; the secret itself never stands in a guide";
            Err(Problem::new("bad-annotation", value.span, message, help))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Type { at: placed.region, text: placed.text() }, placed.side())
}
