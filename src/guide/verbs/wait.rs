//! `@wait`: holds before the next action.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::ActionKind;
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;

pub static VERB: Verb = Verb {
    name: "wait",
    form: "@wait 2s",
    takes: Takes { word: Need::Must, word_is: "a time", ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Scene,
    once: false,
    check,
    effect,
};

/// Longest wait in milliseconds: a minute is already more than a reader stays for.
const LONGEST: f64 = 60_000.0;

fn milliseconds(word: &str) -> Option<u32> {
    let (number, unit) = match word.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => (word.strip_suffix('s')?, 1000.0),
    };
    if !number.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let ms = number.parse::<f64>().ok()? * unit;
    // Within 0 to 60,000 the conversion is exact to the millisecond.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=LONGEST).contains(&ms).then(|| ms.round() as u32)
}

fn check(annotation: &Annotation) -> Result<(), Problem> {
    match &annotation.word {
        Some(word) if milliseconds(&word.value).is_none() => {
            let message = format!("`{}` is not a time to wait", word.value);
            let help = "write seconds or milliseconds up to a minute: `@wait 2s`, `@wait 500ms`";
            Err(Problem::new("bad-annotation", word.span, message, help))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    Effect::Act(ActionKind::Wait { ms: milliseconds(placed.word()).unwrap_or(0) }, placed.side())
}
