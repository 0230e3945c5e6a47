//! The code that puts a guide into another page.

use super::escape;
use crate::guide::{Entry, Size};
use crate::project::Settings;

/// Height of the stage's bar and margins beside the screenshot, in points.
const AROUND: f64 = 130.0;

/// The `<iframe>` that shows the walkthrough of a guide. Without a `base_url` its address starts at the
/// site's root.
pub fn embed_code(entry: &Entry, settings: &Settings) -> String {
    code(&entry.slug, &entry.title, entry.stage, settings)
}

/// Width and height of the stage with all around it, in points.
pub fn size(stage: Size) -> (f64, f64) {
    (stage.width.round(), (stage.height + AROUND).round())
}

/// The same by parts. In a narrow column the card is below the screenshot: a frame of the screenshot's
/// proportions alone would be too low for both.
pub fn code(slug: &str, title: &str, stage: Size, settings: &Settings) -> String {
    let base = settings.base_url.as_deref().unwrap_or_default();
    let (width, height) = size(stage);
    format!(
        "<iframe src=\"{}{}/?view=player\" title=\"{}\" loading=\"lazy\" allow=\"fullscreen\" \
         style=\"width:100%;aspect-ratio:{width}/{height};min-height:540px;border:0\"></iframe>",
        escape::html(base),
        escape::html(slug),
        escape::html(title),
    )
}
