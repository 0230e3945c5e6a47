//! What stands for a guide: on its cover, in the library, in previews.

use super::Context;
use super::scenes::Stage;
use crate::guide::front::CoverValue;
use crate::guide::{Step, reading};
use crate::project::near;
use crate::source::Spanned;

/// The shot that `cover` names; `None` without the key, or after telling what is wrong with it.
pub fn cover(steps: &[Step], stage: &mut Stage, context: &mut Context<'_>) -> Option<usize> {
    let Spanned { value, span } = context.guide.front.cover.clone()?;
    let (step, name) = match &value {
        CoverValue::Number(number) => (numbered(steps, *number), number.to_string()),
        CoverValue::Named(name) => {
            let number = || name.parse().ok().and_then(|number| numbered(steps, number));
            (steps.iter().find(|step| step.id == *name).or_else(number), name.clone())
        }
    };
    if let Some(step) = step {
        let shot = step.scenes.iter().find_map(|scene| scene.shot);
        if shot.is_none() {
            let message = format!("step {} shows no screenshot, so it can't be the cover", step.number);
            let help = "name another step, or a picture: `cover: shots/01.png`";
            context.error("unknown-step", span, message, help);
        }
        return shot;
    }
    if reading::is_picture(&name) || name.contains(['/', '\\']) {
        let picture = stage.pictures.get(&Spanned::new(name, span), None, context)?;
        let picture = stage.in_language(picture, span, context);
        return Some(stage.cover(&picture, span));
    }
    let help = match near::nearest(&name, steps.iter().map(|step| step.id.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the guide has {} steps: write the number of one, its id, or the path of a picture",
            steps.len()
        ),
    };
    context.error("unknown-step", span, format!("the guide has no step `{name}`"), help);
    None
}

fn numbered(steps: &[Step], number: usize) -> Option<&Step> {
    steps.iter().find(|step| step.number == number)
}
