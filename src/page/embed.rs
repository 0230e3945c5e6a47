//! The code that puts a guide into another page.

use super::escape;
use crate::guide::{Entry, Size};
use crate::project::Settings;

/// Height of the stage's bar and margins beside the screenshot, in points.
const AROUND: f64 = 130.0;

/// The `<iframe>` that shows the walkthrough of a guide. Without a `base_url` its address starts at the
/// site's root.
pub fn embed_code(entry: &Entry, settings: &Settings) -> String {
    code(&entry.slug, &entry.title, settings)
}

/// Width and height of the stage with all around it, in points.
pub fn size(stage: Size) -> (u32, u32) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes are above 0, and small"
    )]
    let whole = |length: f64| length.round() as u32;
    (whole(stage.width), whole(stage.height + AROUND))
}

/// Height of the frame in pixels: what the stage needs in a column of text, and on a phone with its card below.
const HEIGHT: u32 = 640;

/// The same by parts. Its size stands in attributes: wikis take `style` away, and MDX cannot read it.
pub fn code(slug: &str, title: &str, settings: &Settings) -> String {
    let base = settings.base_url.as_deref().unwrap_or_default();
    format!(
        "<iframe src=\"{}{}/?view=player\" title=\"{}\" width=\"100%\" height=\"{HEIGHT}\" frameborder=\"0\" \
         loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>",
        escape::html(base),
        escape::html(slug),
        escape::html(title),
    )
}

/// The same with `embed.js`. Without a `base_url` its address, too, is relative to the site's root.
pub fn script_code(slug: &str, settings: &Settings) -> String {
    let base = escape::html(settings.base_url.as_deref().unwrap_or_default());
    let slug = escape::html(slug);
    format!(
        "<script async src=\"{base}embed.js\"></script>\n<guidemark-embed guide=\"{slug}\"></guidemark-embed>"
    )
}
