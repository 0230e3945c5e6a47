//! `@id`: the step's id.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;

pub static VERB: Verb = Verb {
    name: "id",
    form: "@id name",
    takes: Takes { word: Need::Must, word_is: "a name", ..Takes::NOTHING },
    kind: Kind::Step,
    on: On::Step,
    once: true,
    check,
    effect,
};

const LONGEST: usize = 64;

fn check(annotation: &Annotation) -> Result<(), Problem> {
    let good = |id: &str| {
        id.len() <= LONGEST
            && id.starts_with(|c: char| c.is_ascii_alphanumeric())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    match &annotation.word {
        Some(word) if !good(&word.value) => {
            let message = format!("`{}` can't be an id", word.value);
            let help = "use letters a to z, digits, `-`, `_` and `.`, 64 at most, as in `@id save-token`";
            Err(Problem::new("bad-id", word.span, message, help))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Id(placed.word().to_owned())
}
