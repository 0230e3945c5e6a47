//! Screenshots of steps.

use super::image::Parts;
use super::item::{Item, Margin};
use super::replacement::{Change, Refusal, Replacement, trim};
use super::{find, image, lines};
use crate::guide::{Guide, Image, Part};
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

/// Adds a screenshot at the end of a step. The first one of a step goes above annotations that speak of no screenshot
/// before it.
pub fn add(source: &Source, guide: &Guide, step: usize, path: &str, alt: &str) -> Change {
    let item = Item::new(find::step(guide, step)?, source);
    let image = image::markdown(path, alt)?;
    if let Some(at) = comment_below(source, guide, step) {
        let (text, margin) = (source.text(), Margin::for_step(guide, step, source));
        let ending = lines::ending(text, at);
        let apart = lines::blank(text, lines::start(text, at.saturating_sub(1)), at);
        let before = if apart { "" } else { ending };
        return Ok(vec![Replacement::new(Span::at(at), format!("{before}{}{image}{ending}", margin.text))]);
    }
    if item.is_empty() {
        return Ok(vec![Replacement::new(Span::new(item.marked(), item.end), format!(" {image}"))]);
    }
    let (text, margin) = (source.text(), Margin::for_step(guide, step, source));
    let ending = lines::ending(text, item.end);
    let all = format!("{ending}{ending}{}{image}", margin.text);
    Ok(vec![Replacement::new(Span::at(lines::end(text, item.end)), all)])
}

/// The line of the comment that the first screenshot of a step goes above.
fn comment_below(source: &Source, guide: &Guide, step: usize) -> Option<usize> {
    let is_shot = |part: &Part| matches!(part, Part::Screenshot(_));
    let own = guide.steps.get(step)?;
    if own.parts.iter().any(is_shot) {
        return None;
    }
    let annotations: Vec<_> = own
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Annotation(annotation) => Some(annotation),
            Part::Prose(_) | Part::Screenshot(_) => None,
        })
        .collect();
    let shown = guide.steps.iter().take(step).any(|step| step.parts.iter().any(is_shot));
    if shown
        && annotations.iter().any(|annotation| {
            annotation.region.is_some() || annotation.anchor.is_some() || annotation.to.is_some()
        })
    {
        return None;
    }
    let text = source.text();
    let open = text.get(..annotations.first()?.span.start)?.rfind("<!--")?;
    let line = lines::start(text, open);
    // Behind a marker or words the comment stays with them.
    text.get(line..open)?.trim().is_empty().then_some(line)
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
