//! `@await`: what a replay waits for before it takes the picture.

use super::{Kind, Need, On, Takes, Verb, nothing};
use crate::guide::problem::Problem;
use crate::guide::verb::Annotation;
use crate::project::near;

pub static VERB: Verb = Verb {
    name: "await",
    form: "@await text \"Saved\"` or `@await gone \"Loading\"",
    takes: Takes { text: Need::Must, word: Need::Must, word_is: "`text` or `gone`", ..Takes::NOTHING },
    kind: Kind::Replay,
    on: On::Scene,
    once: false,
    check,
    effect: nothing,
};

fn check(annotation: &Annotation) -> Result<(), Problem> {
    match &annotation.word {
        Some(word) if !matches!(&*word.value, "text" | "gone") => {
            let message = format!("`@await` can't wait for `{}`", word.value);
            let help = near::suggest(&word.value, &["text", "gone"]);
            Err(Problem::new("bad-annotation", word.span, message, help))
        }
        _ => Ok(()),
    }
}
