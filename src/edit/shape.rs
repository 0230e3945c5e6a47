//! What an edit must leave as it was: an edit that would make the guide lose or gain something else than it asks
//! for is not made.

use super::ask::Edit;
use super::replacement::{Refusal, Replacement, apply};
use crate::guide::{self, Guide, Part, WrittenStep};
use crate::source::Source;

/// How much there is of what readers see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    steps: usize,
    screenshots: usize,
    annotations: usize,
}

impl Shape {
    /// The shape of a guide.
    pub fn of(guide: &Guide) -> Self {
        guide.steps.iter().map(Self::of_step).fold(Self::default(), Self::and)
    }

    fn of_step(step: &WrittenStep) -> Self {
        let count = |wanted: fn(&Part) -> bool| step.parts.iter().filter(|part| wanted(part)).count();
        Self {
            steps: 1,
            screenshots: count(|part| matches!(part, Part::Screenshot(_))),
            annotations: count(|part| matches!(part, Part::Annotation(_))),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            steps: self.steps + other.steps,
            screenshots: self.screenshots + other.screenshots,
            annotations: self.annotations + other.annotations,
        }
    }

    /// What is left without another; nothing is less than none.
    pub fn without(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_sub(other.steps),
            screenshots: self.screenshots.saturating_sub(other.screenshots),
            annotations: self.annotations.saturating_sub(other.annotations),
        }
    }
}

/// Refuses replacements on `source` that would do something else than `edit` asks for.
pub fn check(
    guide: &Guide,
    source: &Source,
    replacements: &[Replacement],
    edit: &Edit,
) -> Result<(), Refusal> {
    let text = apply(source.text(), replacements);
    let after = guide::parse(&Source::new(source.path().clone(), text)).guide;
    if after.broken && !guide.broken {
        return Err(Refusal::new("the guide could not be read afterwards"));
    }
    let (wanted, found) = (wanted(guide, edit), Shape::of(&after));
    let free = matches!(edit, Edit::Text { .. } | Edit::AddStep { .. });
    if found.steps != wanted.steps {
        return Err(Refusal::new(format!(
            "the guide would have {} steps instead of {}",
            found.steps, wanted.steps
        )));
    }
    // An author may write a screenshot or an annotation in a text.
    let lost = found.screenshots < wanted.screenshots || found.annotations < wanted.annotations;
    let gained = found != wanted && !free;
    if lost || gained {
        let message =
            "it would swallow a screenshot or an annotation: close every comment and code block in the text";
        return Err(Refusal::new(message));
    }
    Ok(())
}

fn wanted(guide: &Guide, edit: &Edit) -> Shape {
    let now = Shape::of(guide);
    let of = |step: usize| guide.steps.get(step).map(Shape::of_step).unwrap_or_default();
    let (step, screenshot, annotation) = (
        Shape { steps: 1, ..Shape::default() },
        Shape { screenshots: 1, ..Shape::default() },
        Shape { annotations: 1, ..Shape::default() },
    );
    match edit {
        Edit::Annotate { .. } => now.and(annotation),
        Edit::Remove { .. } => now.without(annotation),
        Edit::AddScreenshot { .. } => now.and(screenshot),
        Edit::AddStep { path: Some(_), .. } => now.and(step).and(screenshot),
        Edit::AddStep { path: None, .. } | Edit::Split { .. } => now.and(step),
        Edit::Duplicate { step } => now.and(of(*step)).without(ids(guide, *step)),
        Edit::Delete { step } => now.without(of(*step)),
        Edit::Set { .. }
        | Edit::SetRegion { .. }
        | Edit::Shift { .. }
        | Edit::Text { .. }
        | Edit::Alt { .. }
        | Edit::Screenshot { .. }
        | Edit::Move { .. }
        | Edit::Meta(_) => now,
    }
}

/// The `@id`s of a step, which a copy of it has not.
fn ids(guide: &Guide, step: usize) -> Shape {
    let parts = guide.steps.get(step).map(|step| step.parts.as_slice()).unwrap_or_default();
    let ids = parts.iter().filter(|part| matches!(part, Part::Annotation(said) if said.verb.name == "id"));
    Shape { annotations: ids.count(), ..Shape::default() }
}
