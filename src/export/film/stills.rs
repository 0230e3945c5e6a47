//! A film of stills: of each step what can be read, and the click. In films one fades into the next; in animations, where a
//! picture between two costs as much as they do, it doesn't.

use super::{Film, Part, Picture, Take, frame, seek};
use crate::export::ExportError;
use crate::export::png_file::png_of;
use crate::export::shown::Shown;
use crate::shot::{Canvas, decode};

/// How long the click of a still is shown, in milliseconds: as long as the player's.
const CLICK: f64 = 140.0;
/// How long a step takes to fade into the next one.
const FADE: f64 = 170.0;
/// How far apart moments are that are looked at while something moves.
const APART: f64 = 50.0;

/// A moment of the film, and how long it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Still {
    moment: f64,
    stands: f64,
    /// The part that it is of.
    part: usize,
}

/// The stills of a film, in order.
pub fn find(film: &Film, shown: &mut Shown) -> Result<Vec<Still>, ExportError> {
    let mut stills = Vec::new();
    for (index, part) in film.parts.iter().enumerate() {
        let before = stills.len();
        for (moment, stands) in readings(part, shown)? {
            stills.push(Still { moment, stands, part: index });
        }
        if stills.len() == before {
            let Part { stop, resume, .. } = *part;
            stills.push(Still { moment: (stop + resume) / 2.0, stands: resume - stop, part: index });
        }
        let click = part.end - part.resume;
        if click > 1.0 {
            stills.push(Still { moment: part.resume + CLICK.min(click) / 2.0, stands: CLICK, part: index });
        }
    }
    Ok(stills)
}

/// When a part stands still to be read: once, and again for words that its card had no room for.
fn readings(part: &Part, shown: &mut Shown) -> Result<Vec<(f64, f64)>, ExportError> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    let (mut at, mut since) = (part.stop, part.stop);
    while at < part.resume {
        let next = seek(shown, at)?.min(part.resume);
        if next > at + 1.0 {
            found.push((at, next - since));
            since = next;
        }
        at = next.max(at + APART);
    }
    if let Some((_, stands)) = found.last_mut() {
        *stands += part.resume - since;
    }
    Ok(found)
}

/// The film as its stills show it.
pub fn clock(film: &Film, stills: &[Still]) -> Film {
    let mut now = 0.0;
    let mut parts = film.parts.clone();
    for (index, part) in parts.iter_mut().enumerate() {
        let stands: f64 = stills.iter().filter(|still| still.part == index).map(|still| still.stands).sum();
        (part.start, part.card, part.stop) = (now, now, now);
        now += stands;
        (part.resume, part.end) = (now, now);
    }
    Film { parts, total: now }
}

/// Takes the pictures of all stills, and those between the steps if they fade.
pub fn pictures(
    stills: &[Still],
    fades: bool,
    shown: &mut Shown,
    fps: u32,
    progress: &mut dyn FnMut(usize, usize),
    take: Take<'_>,
) -> Result<(), ExportError> {
    let mut now = 0.0;
    let mut at = 0;
    let mut before: Option<(usize, Vec<u8>)> = None;
    for (done, Still { moment, stands, part }) in stills.iter().enumerate() {
        now += stands;
        let others = before.as_ref().is_some_and(|(of, _)| of == part)
            || stills.get(done + 1).is_some_and(|next| next.part == *part);
        if frame(now, fps) <= at && others {
            // Shorter than a frame, of a part that is shown anyway: taken, it would come later than its words.
            continue;
        }
        seek(shown, *moment)?;
        let png = shown.picture()?;
        let to = frame(now, fps).max(at + 1);
        let cut = before.as_ref().is_none_or(|(of, _)| of != part);
        if let Some((_, last)) = before.as_ref().filter(|_| cut && fades) {
            let count = frame(FADE, fps).min((to - at) / 2);
            for (number, between) in (0..count).zip(faded(last, &png, count)?) {
                take(shown, Picture { png: between, from: at, to: at + 1, cut: number == 0 })?;
                at += 1;
            }
        }
        take(shown, Picture { png: png.clone(), from: at, to, cut })?;
        at = to;
        before = Some((*part, png));
        progress(done + 1, stills.len());
    }
    Ok(())
}

/// Pictures between two: `count` of them, each nearer to the second one.
fn faded(one: &[u8], other: &[u8], count: u64) -> Result<Vec<Vec<u8>>, ExportError> {
    let failed = || ExportError::Failed("a picture of the browser can't be read".to_owned());
    let (one, other) = (decode(one).map_err(|_| failed())?, decode(other).map_err(|_| failed())?);
    let step = |number: u64| {
        let (part, whole) = (number, count + 1);
        let mix = |(one, other): (&u8, &u8)| {
            let sum = u64::from(*one) * (whole - part) + u64::from(*other) * part;
            u8::try_from((sum + whole / 2) / whole).unwrap_or(u8::MAX)
        };
        let pixels = one.pixels().iter().zip(other.pixels()).map(mix).collect();
        Canvas::new(other.width(), other.height(), pixels).as_ref().and_then(png_of).ok_or_else(failed)
    };
    (1..=count).map(step).collect()
}
