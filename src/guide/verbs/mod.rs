//! The verbs of annotations: a registry, one file a verb. A new verb is its file and its line in [`VERBS`].

mod await_text;
mod callout;
mod card;
mod click;
mod crop;
mod dismiss;
mod double_click;
mod drag;
mod goto;
mod highlight;
mod hover;
mod id;
mod keep;
mod mask;
mod press;
mod redact;
mod right_click;
mod scroll;
mod select;
mod type_text;
mod url;
mod wait;
mod zoom;

pub use super::verb::{Effect, Kind, Need, On, Placed, Takes, Verb};

use super::problem::Problem;
use super::verb::Annotation;

/// All verbs but `@allow`, which speaks to `check` and not to the reader.
pub static VERBS: &[&Verb] = &[
    &click::VERB,
    &double_click::VERB,
    &right_click::VERB,
    &hover::VERB,
    &type_text::VERB,
    &select::VERB,
    &press::VERB,
    &drag::VERB,
    &scroll::VERB,
    &highlight::VERB,
    &callout::VERB,
    &zoom::VERB,
    &redact::VERB,
    &crop::VERB,
    &wait::VERB,
    &url::VERB,
    &id::VERB,
    &card::VERB,
    &goto::VERB,
    &await_text::VERB,
    &dismiss::VERB,
    &mask::VERB,
    &keep::VERB,
];

/// `side=`: where a card or a note stands.
pub const SIDE: &[(&str, &[&str])] = &[("side", SIDES)];

const SIDES: &[&str] = &["top", "right", "bottom", "left", "auto"];

/// The verb of that name.
pub fn find(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name).copied()
}

/// Whether a word is a name of [`names`] or near enough to one to be meant as it.
pub fn is_near(word: &str) -> bool {
    // Nearly every word that is asked for is one.
    names().contains(&word) || crate::project::near::nearest(word, names()).is_some()
}

/// All names, `allow` included, as after `@`.
pub fn names() -> Vec<&'static str> {
    VERBS.iter().map(|verb| verb.name).chain(["allow"]).collect()
}

/// What a verb does that speaks to a replay.
fn nothing(_: &Placed<'_>) -> Effect {
    Effect::Nothing
}

/// The check of a verb that has none of its own.
fn fine(_: &Annotation) -> Result<(), Problem> {
    Ok(())
}
