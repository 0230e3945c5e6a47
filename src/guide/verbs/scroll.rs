//! `@scroll`: shows the gesture.

use super::{Effect, Kind, Need, On, Placed, Takes, Verb};
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;
use crate::guide::{ActionKind, Direction};
use crate::project::near;

pub static VERB: Verb = Verb {
    name: "scroll",
    form: "@scroll down",
    takes: Takes { word: Need::Must, word_is: "a direction", ..Takes::NOTHING },
    kind: Kind::Action,
    on: On::Scene,
    once: false,
    check,
    effect,
};

const WAYS: [(&str, Direction); 4] = [
    ("up", Direction::Up),
    ("down", Direction::Down),
    ("left", Direction::Left),
    ("right", Direction::Right),
];

fn direction(word: &str) -> Option<Direction> {
    WAYS.iter().find(|(name, _)| *name == word).map(|(_, direction)| *direction)
}

fn check(annotation: &Annotation) -> Result<(), Problem> {
    match &annotation.word {
        Some(word) if direction(&word.value).is_none() => {
            let help = near::suggest(&word.value, &WAYS.map(|(name, _)| name));
            let message = format!("`@scroll` can't go `{}`", word.value);
            Err(Problem::new("bad-annotation", word.span, message, help))
        }
        _ => Ok(()),
    }
}

fn effect(placed: &Placed<'_>) -> Effect {
    let direction = direction(placed.word()).unwrap_or(Direction::Down);
    Effect::Act(ActionKind::Scroll { direction }, placed.side())
}
