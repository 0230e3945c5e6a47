//! Screenshots of steps.

use super::image::Parts;
use super::item::{Item, Margin};
use super::replacement::{Change, Refusal, Replacement, trim};
use super::{find, image, lines};
use crate::guide::{Guide, Image};
use crate::source::{Source, Span};

/// Writes the alternative text of a scene's own screenshot.
pub fn set_alt(source: &Source, guide: &Guide, step: usize, scene: usize, alt: &str) -> Change {
    let image = own(guide, step, scene)?;
    let parts = parts(source, &image)?;
    if image.alt == image::one_line(alt) {
        return Ok(Vec::new());
    }
    Ok(vec![trim(source.slice(parts.alt), &image::alt(alt), parts.alt.start)])
}

/// Shows another picture in a scene.
pub fn set_path(source: &Source, guide: &Guide, step: usize, scene: usize, path: &str) -> Change {
    let image = own(guide, step, scene)?;
    let parts = parts(source, &image)?;
    let old = source.slice(parts.target);
    let new = image::target(path, old.starts_with('<'))?;
    if old == new { Ok(Vec::new()) } else { Ok(vec![trim(old, &new, parts.target.start)]) }
}

/// Adds a screenshot at the end of a step.
pub fn add(source: &Source, guide: &Guide, step: usize, path: &str, alt: &str) -> Change {
    let item = Item::of(find::step(guide, step)?, source);
    let image = image::markdown(path, alt)?;
    if item.is_empty() {
        return Ok(vec![Replacement::new(Span::new(item.marked(), item.end), format!(" {image}"))]);
    }
    let (text, margin) = (source.text(), Margin::of(guide, step, source));
    let ending = lines::ending(text, item.end);
    let all = format!("{ending}{ending}{}{image}", margin.text);
    Ok(vec![Replacement::new(Span::at(lines::end(text, item.end)), all)])
}

fn own(guide: &Guide, step: usize, scene: usize) -> Result<Image, Refusal> {
    let found = find::scene(guide, step, scene)?;
    let message = "this step shows the screenshot of a step before it: change it there";
    found.image.cloned().ok_or_else(|| Refusal::new(message))
}

fn parts(source: &Source, image: &Image) -> Result<Parts, Refusal> {
    let message = "this image names its file elsewhere (`![text][name]`): change it in the file";
    image::parts(source.slice(image.span), image.span.start).ok_or_else(|| Refusal::new(message))
}
