//! A screenshot that is indented, but not far enough to belong to the step above it: the step has none, and the
//! steps below it may no longer be steps. It happens at the tenth, whose text stands a column further right.

use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::guide::{Block, markdown};

pub(super) static LINT: Lint = Lint {
    code: "stray-image",
    severity: Severity::Warning,
    summary: "an image below a step is indented too little to belong to it",
    check: Check::Guide(check),
};

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let GuideFacts { guide, source, .. } = facts;
    for blocks in guide.blocks.windows(2) {
        let [Block::Steps { steps, .. }, Block::Prose { events, span }] = blocks else { continue };
        let image = markdown::images_alone(events, source).and_then(|images| images.first());
        let step = steps.clone().next_back().and_then(|step| guide.steps.get(step));
        let Some(((_, image), wanted)) = image.zip(step.and_then(|step| step.indentation(source))) else {
            continue;
        };
        let indented = source.position(span.start).column - 1;
        if (1..wanted).contains(&indented) {
            let help = format!("indent it by {wanted} spaces, as the text of the step");
            found.at(&guide.path, *image, "the image does not belong to the step above it", help);
        }
    }
}
