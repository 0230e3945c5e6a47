//! What stands behind the frame on the stage.

use super::Context;
use super::pictures::Pictures;
use crate::guide::{Picture, Shot};
use crate::project::Backdrop;
use crate::project::logo::MAX_LOGO;
use crate::project::tables::BackdropValue;
use crate::source::{Span, Spanned};

/// What the guide says, else the project. A picture comes to stand among those amid text, and is redacted like them.
pub fn backdrop(pictures: &mut Pictures, inline: &mut Vec<Shot>, context: &mut Context<'_>) -> Backdrop {
    let found = match context.guide.front.backdrop.clone() {
        Some(Spanned { value: BackdropValue::Known(known), span: _ }) => return known,
        Some(Spanned { value: BackdropValue::Picture(path), span }) => {
            own(&Spanned::new(path, span), pictures, context).map(|picture| (picture, span))
        }
        None => match &context.settings.backdrop {
            // What is wrong with it is reported with the project.
            Backdrop::Picture(path) => {
                pictures.known(path, context).map(|picture| (picture, context.start()))
            }
            known => return known.clone(),
        },
    };
    let Some((picture, span)) = found else { return Backdrop::Brand };
    let path = picture.path.clone();
    if !inline.iter().any(|shot| shot.picture.path == path) {
        inline.push(Shot { picture, redactions: Vec::new(), crop: None, span });
    }
    Backdrop::Picture(path)
}

fn own(target: &Spanned<String>, pictures: &mut Pictures, context: &mut Context<'_>) -> Option<Picture> {
    let picture = pictures.get(target, None, context)?;
    if picture.bytes > MAX_LOGO {
        too_large(&picture, target.span, context);
        return None;
    }
    Some(picture)
}

fn too_large(picture: &Picture, span: Span, context: &mut Context<'_>) {
    let message = format!("`{}` is larger than {} kB", picture.path, MAX_LOGO / 1000);
    context.error(
        "image-too-large",
        span,
        message,
        "it stands behind the whole walkthrough: save it smaller",
    );
}
