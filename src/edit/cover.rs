//! The step on the cover, named by its number, stays that step.

use super::model::Model;
use super::replacement::Replacement;
use crate::guide::Guide;
use crate::guide::front::CoverValue;
use crate::source::Source;

/// What must be replaced in the front matter when an edit has given the step on the cover another number. Nothing where the
/// step is gone, or where another one looks the same.
pub fn followed(source: &Source, guide: &Guide, old: &Model, new: &Model) -> Option<Replacement> {
    let cover = guide.front.cover.as_ref()?;
    let CoverValue::Number(number) = &cover.value else { return None };
    let at = number.checked_sub(1)?;
    let step = old.steps.get(at)?;
    if new.steps.get(at) == Some(step) {
        return None;
    }
    let mut found = new.steps.iter().enumerate().filter(|(_, other)| *other == step);
    let (Some((at, _)), None) = (found.next(), found.next()) else { return None };
    let written = source.slice(cover.span).parse() == Ok(*number);
    written.then(|| Replacement::new(cover.span, (at + 1).to_string()))
}
