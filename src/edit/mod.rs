//! Changes to a guide's Markdown: what an editor asks for becomes the fewest bytes that must change.
//!
//! ```text
//! Source + Edit ──change──▶ Replacements ──rebase──▶ Replacements ──apply──▶ text
//! (as the editor saw it)                  (on the text as it is now)
//! ```
//!
//! Pure: no file is read or written here. An author's wrapping, list markers, indentation, comments, line
//! endings, order and quoting of front matter stay as they are.

mod annotations;
mod apps;
mod ask;
mod cover;
mod draft;
mod exchange;
mod fields;
mod find;
mod fix;
mod image;
mod item;
mod keys;
mod labels;
mod lines;
mod list;
mod meta;
mod model;
mod outline;
mod pictures;
mod rebase;
mod redraft;
mod reorder;
mod replacement;
mod reword;
mod runs;
mod scalar;
mod sections;
mod several;
mod shape;
mod split;
mod steps;
mod text;
mod uncomment;

pub use apps::set_app;
pub use ask::{AnnotationFields, Area, CaptureKey, CtaEdit, Edit, MetaEdit, NewStep, Spot, Which};
pub use draft::{Draft, DraftChapter, DraftPicture, DraftScene, DraftStep, DraftValue, plain_markdown};
pub use fields::line as annotation_line;
pub use fix::{fixed, fixed_on};
pub use image::{address as link_address, alt as alt_markdown, markdown as image_markdown};
pub use outline::{AnnotationOutline, Meta, Outline, PictureOutline, SceneOutline, StepOutline, outline};
pub use rebase::{rebase, same_effect};
pub use redraft::redraft;
pub use replacement::{Refusal, Replacement, apply, between, invert};
pub use sections::Section;

use crate::guide::{self, Guide, Resolved};
use crate::source::Source;
use replacement::tidy;

/// What must be replaced in `source` so that the guide says what `edit` asks for. Sorted, not overlapping; empty
/// if nothing changes.
///
/// `resolved` is the guide as meant, for the sizes of its pictures: with it, a region in percent that has not
/// changed stays as written.
///
/// # Errors
/// [`Refusal`] if the edit names something that is not there, or would make the guide mean something else than
/// it asks for: a text that swallows the screenshot below it, the last step deleted.
pub fn change(
    source: &Source,
    edit: &Edit,
    resolved: Option<&Resolved>,
) -> Result<Vec<Replacement>, Refusal> {
    let parsed = guide::parse(source);
    let guide = &parsed.guide;
    if guide.broken {
        return Err(Refusal::new("the guide can't be read: see its problems, and fix them in the file"));
    }
    if let Some(several) = at_once(source, guide, edit, resolved) {
        // Each of them was looked at when it was made.
        return several;
    }
    let mut replacements = tidy(replacements(source, guide, edit, resolved)?);
    if let Some((old, new)) = shape::check(&parsed, source, &replacements, edit)? {
        // The front matter comes before all that an edit of steps replaces.
        replacements.splice(0..0, cover::followed(source, guide, &old, &new));
    }
    Ok(replacements)
}

/// What several changes at once replace; `None` for a single one.
fn at_once(
    source: &Source,
    guide: &Guide,
    edit: &Edit,
    resolved: Option<&Resolved>,
) -> Option<replacement::Change> {
    Some(match edit {
        Edit::All { edits } => several::all(source, edits, resolved),
        Edit::DeleteSteps { steps } => several::delete(source, guide, steps),
        Edit::DuplicateSteps { steps } => several::duplicate(source, guide, steps),
        Edit::MoveSteps { steps, to } => several::shift(source, guide, steps, *to),
        _ => return None,
    })
}

fn replacements(
    source: &Source,
    guide: &Guide,
    edit: &Edit,
    resolved: Option<&Resolved>,
) -> Result<Vec<Replacement>, Refusal> {
    let size = |at: usize| find::size(guide, resolved, at);
    match edit {
        Edit::Annotate { step, scene, fields } => annotations::add(source, guide, *step, *scene, fields),
        Edit::Set { at, fields } => reword::set(source, guide, *at, fields, size(*at)),
        Edit::SetRegion { at, which, area } => {
            reword::set_region(source, guide, *at, *which, *area, size(*at))
        }
        Edit::SetText { at, text } => reword::set_text(source, guide, *at, text),
        Edit::All { .. }
        | Edit::DeleteSteps { .. }
        | Edit::DuplicateSteps { .. }
        | Edit::MoveSteps { .. } => Ok(Vec::new()),
        Edit::Remove { at } => uncomment::remove(source, guide, *at),
        Edit::Shift { at, by } => annotations::shift(source, guide, *at, *by),
        Edit::Text { step, run, markdown } => text::set(source, guide, *step, *run, markdown),
        Edit::Alt { step, scene, alt } => pictures::set_alt(source, guide, *step, *scene, alt),
        Edit::Id { step, id } => annotations::set_id(source, guide, *step, id.as_deref()),
        Edit::Screenshot { step, scene, path } => pictures::set_path(source, guide, *step, *scene, path),
        Edit::AddScreenshot { step, path, alt } => pictures::add(source, guide, *step, path, alt),
        Edit::AddStep { after, markdown, path, alt } => {
            let step = NewStep { markdown: markdown.clone(), path: path.clone(), alt: alt.clone() };
            steps::add_all(source, guide, *after, &[step])
        }
        Edit::AddSteps { after, steps } => steps::add_all(source, guide, *after, steps),
        Edit::Duplicate { step } => steps::duplicate(source, guide, *step),
        Edit::Delete { step } => steps::delete(source, guide, *step),
        Edit::Move { step, to } => reorder::shift(source, guide, *step, *to),
        Edit::Split { step, run, offset, at } => split::split(source, guide, *step, *run, *offset, *at),
        Edit::Prose { at, markdown } => sections::set_text(source, guide, *at, markdown),
        Edit::AddProse { spot, markdown } => sections::add_text(source, guide, *spot, markdown),
        Edit::AddChapter { step, title } => sections::add_chapter(source, guide, *step, title),
        Edit::Heading { at, title } => sections::set_heading(source, guide, *at, title),
        Edit::MoveChapter { at, by } => exchange::move_chapter(source, guide, *at, *by),
        Edit::MoveProse { at, by } => exchange::move_text(source, guide, *at, *by),
        Edit::Meta(edit) => meta::set(source, guide, edit),
    }
}
