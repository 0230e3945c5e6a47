//! What the places of an edit name.

use super::replacement::Refusal;
use crate::guide::annotation::Annotation;
use crate::guide::{Guide, Part, Resolved, Size, WrittenScene, WrittenStep};
use crate::source::Span;

/// The step of that index.
pub fn step(guide: &Guide, index: usize) -> Result<&WrittenStep, Refusal> {
    guide.steps.get(index).ok_or_else(|| Refusal::new(format!("there is no step {}", index + 1)))
}

/// The scenes of a step as an editor sees them: what stands before the guide's first screenshot, in a step that
/// has one, is no scene.
pub fn scenes(guide: &Guide, index: usize) -> Vec<WrittenScene<'_>> {
    let mut scenes = guide.steps.get(index).map(WrittenStep::scenes).unwrap_or_default();
    let is_shot = |part: &Part| matches!(part, Part::Screenshot(_));
    let shown = guide.steps.iter().take(index).any(|step| step.parts.iter().any(is_shot));
    if !shown && scenes.len() > 1 && scenes.first().is_some_and(|scene| scene.image.is_none()) {
        scenes.remove(0);
    }
    scenes
}

/// One scene of a step.
pub fn scene(guide: &Guide, step: usize, index: usize) -> Result<WrittenScene<'_>, Refusal> {
    self::step(guide, step)?;
    let missing = || Refusal::new(format!("step {} has no screenshot {}", step + 1, index + 1));
    scenes(guide, step).into_iter().nth(index).ok_or_else(missing)
}

/// The annotation that starts at byte `at`, and the index of its step.
pub fn annotation(guide: &Guide, at: usize) -> Result<(usize, &Annotation), Refusal> {
    let here = |part: &'_ Part| matches!(part, Part::Annotation(annotation) if annotation.span.start == at);
    let found = guide.steps.iter().enumerate().find_map(|(index, step)| {
        step.parts.iter().find(|part| here(part)).and_then(|part| match part {
            Part::Annotation(annotation) => Some((index, &**annotation)),
            Part::Prose(_) | Part::Screenshot(_) => None,
        })
    });
    found.ok_or_else(|| Refusal::new("there is no annotation at this place any more"))
}

/// The `@id` of a step.
pub fn id(step: &WrittenStep) -> Option<&Annotation> {
    step.parts.iter().find_map(|part| match part {
        Part::Annotation(annotation) if annotation.verb.name == "id" => Some(&**annotation),
        Part::Annotation(_) | Part::Prose(_) | Part::Screenshot(_) => None,
    })
}

/// The comment of a step that holds a place.
pub fn comment(step: &WrittenStep, place: Span) -> Result<Span, Refusal> {
    let found = step.comments.iter().find(|comment| comment.contains(place));
    found.copied().ok_or_else(|| Refusal::new("the comment of this annotation can't be found"))
}

/// The size of the picture that an annotation speaks of, as far as it is known.
pub fn size(guide: &Guide, resolved: Option<&Resolved>, at: usize) -> Option<Size> {
    let (step, _) = annotation(guide, at).ok()?;
    let holds =
        |scene: &WrittenScene<'_>| scene.annotations.iter().any(|annotation| annotation.span.start == at);
    let scene = scenes(guide, step).iter().position(holds)?;
    let resolved = resolved?;
    let shot = resolved.steps.get(step)?.scenes.get(scene)?.shot?;
    resolved.shots.get(shot).map(|shot| shot.picture.size())
}
