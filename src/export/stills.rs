//! The screenshots of the article, with their marks.

use super::shown::Shown;
use super::{ExportError, Exported};
use serde::Deserialize;

/// A still of a step.
#[derive(Debug, Clone)]
pub struct Still {
    /// As a PNG file, two pixels a point.
    pub png: Vec<u8>,
    /// Its alternative text.
    pub alt: String,
    /// Its caption.
    pub caption: Option<String>,
    /// What stands below it: callouts, and what is typed and pressed.
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
struct Figure {
    /// Index of its step, from 0.
    step: usize,
    alt: String,
    caption: Option<String>,
    notes: Vec<String>,
}

/// Marks each screenshot in the article, so that it can be asked for by number.
const MARK: &str = "(() => {
    // The page draws its figures when they come near, and all of them for paper.
    dispatchEvent(new Event('beforeprint'));
    const steps = [...document.querySelectorAll('.step')];
    const found = [];
    const text = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
    steps.forEach((step, index) => {
        for (const picture of step.querySelectorAll('figure.shot .frame > svg:first-child')) {
            picture.setAttribute('data-export', String(found.length));
            picture.scrollIntoView();
            const below = picture.closest('figure').querySelector(':scope > figcaption');
            const caption = below?.querySelector(':scope > p');
            const notes = [...below?.querySelectorAll('li') ?? []].map(text);
            found.push({ step: index, caption: caption ? text(caption) : null, notes, alt: picture.getAttribute('aria-label') || picture.querySelector('title')?.textContent || '' });
        }
    });
    scrollTo(0, 0);
    return found;
})()";

/// The stills of each step, in order.
pub fn by_step(
    shown: &mut Shown,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Vec<Still>>, ExportError> {
    shown.article(2.0)?;
    let found = shown.page.evaluate(MARK)?;
    let figures: Vec<Figure> = serde_json::from_value(found).map_err(|_| {
        ExportError::Nothing("the theme of this guide has no article with screenshots".to_owned())
    })?;
    let mut steps: Vec<Vec<Still>> = Vec::new();
    let all = figures.len();
    for (at, figure) in figures.into_iter().enumerate() {
        let png = shown.page.screenshot_of(&format!("[data-export=\"{at}\"]"))?;
        steps.resize_with(steps.len().max(figure.step + 1), Vec::new);
        if let Some(step) = steps.get_mut(figure.step) {
            step.push(Still { png, alt: figure.alt, caption: figure.caption, notes: figure.notes });
        }
        progress(at + 1, all);
    }
    Ok(steps)
}

/// A folder of all stills.
pub fn pictures(steps: Vec<Vec<Still>>, slug: &str) -> Result<Exported, ExportError> {
    let named = steps.into_iter().enumerate().flat_map(|(step, stills)| {
        let name = move |at: usize| format!("{slug}/{}", name(step, at));
        stills.into_iter().enumerate().map(move |(at, still)| (name(at), still.png))
    });
    let all: Exported = named.collect();
    if all.is_empty() {
        return Err(ExportError::Nothing("the guide has no screenshots".to_owned()));
    }
    Ok(all)
}

/// The name of a still: `step-03.png`, then `step-03b.png`.
pub fn name(step: usize, at: usize) -> String {
    let more = u32::try_from(at).ok().filter(|at| *at > 0).and_then(|at| char::from_u32(u32::from('a') + at));
    let more = more.map(String::from).unwrap_or_default();
    format!("step-{:02}{more}.png", step + 1)
}
