//! How an area is written: every pixel as it is, or a lossy picture with exact patches where that errs.
//!
//! A lossy picture is taken only for what is opaque, dense or full of shades, and at least 30 % smaller so, patches included.
//! Under the patches it holds nothing that takes bytes. Where shades are a part of the picture, an exact picture with
//! lossy ones on them is tried first.
//! What is then left unpatched is, in `auto`, no tile of 8 × 8 pixels with a mean squared error above
//! 12 (37 dB) or a channel off by more than 20, and all of it at least 42 dB.

use super::covered::{BLUR, without};
use super::encode::{Effort, Form, decode, encode};
use super::patches::patches;
use super::shades::shades;
use super::tiles::{Changes, TILE, tiles};
use super::{Area, Canvas};
use crate::project::Quality;

/// An encoded part of a canvas.
pub type Part = (Area, Vec<u8>);

/// Where libwebp's lossless encoder is at its best for the time. Above a quality of 75 it looks for repeats
/// in the whole picture. A higher method parts the picture into more groups of statistics: of screenshots
/// and patches those take more bytes than they save, and more time.
const EFFORT: Effort = Effort { method: 1, quality: 85 };
/// Where it is quickest.
const LEAST: Effort = Effort { method: 0, quality: 0 };
/// Areas of fewer pixels are not worth a try.
const WORTH_TRYING: usize = 16_384;
/// A lossy picture with its patches must be smaller than this, in percent of the lossless one.
const GAIN: usize = 70;
/// A picture is full of shades if one tile of so many has some.
const SHARE: usize = 8;
/// They are a part of it if no more tiles than this have some, in percent.
const PART: usize = 60;
/// What lies under patches is left out if they need not grow by more than this for it, in percent.
const GROWN: usize = 10;
/// What a patch costs beside its bytes.
const PART_COST: usize = 150;

/// How far a lossy picture may be from the source.
#[derive(Debug, Clone, Copy)]
struct Tolerance {
    /// Qualities to try; the first that is near enough and gains enough is taken.
    qualities: &'static [u8],
    /// Lossless bits a pixel from which on an area is dense, in hundredths.
    dense: usize,
    /// The same of an area that has many shades.
    shaded: usize,
    /// Largest mean squared error of a tile.
    tile: u64,
    /// Largest error of one channel of one pixel.
    channel: u8,
    /// Largest mean squared error of everything that is not patched, in hundredths: 4.1 is 42 dB.
    all: u64,
}

const AUTO: Tolerance =
    Tolerance { qualities: &[90, 96], dense: 100, shaded: 25, tile: 12, channel: 20, all: 410 };
const SMALL: Tolerance =
    Tolerance { qualities: &[75], dense: 40, shaded: 25, tile: 60, channel: 48, all: 1_640 };

/// The canvas as one file of every pixel, in the least time.
pub fn quick(canvas: &Canvas) -> Option<Vec<u8>> {
    encode(canvas, Form::Lossless(LEAST))
}

/// The canvas as parts to be drawn in order; the first covers it all.
pub fn parts(canvas: &Canvas, quality: Quality) -> Option<Vec<Part>> {
    let exact = exact(canvas, quality)?;
    let lossy = lossy(canvas, quality, exact.len());
    Some(lossy.unwrap_or_else(|| vec![(canvas.whole(), exact)]))
}

/// The canvas as one file.
pub fn single(canvas: &Canvas, quality: Quality) -> Option<Vec<u8>> {
    let exact = exact(canvas, quality)?;
    let lossy = lossy(canvas, quality, exact.len()).filter(|parts| parts.len() == 1);
    Some(lossy.and_then(|mut parts| parts.pop()).map_or(exact, |(_, bytes)| bytes))
}

/// The lossless file; in `small`, a nearly lossless one if it is smaller.
fn exact(canvas: &Canvas, quality: Quality) -> Option<Vec<u8>> {
    let exact = encode(canvas, Form::Lossless(EFFORT))?;
    match quality {
        Quality::Lossless | Quality::Auto => Some(exact),
        Quality::Small => {
            let near = encode(canvas, Form::NearLossless(EFFORT))?;
            Some(if near.len() < exact.len() { near } else { exact })
        }
    }
}

fn lossy(canvas: &Canvas, quality: Quality, exact: usize) -> Option<Vec<Part>> {
    let tolerance = match quality {
        Quality::Lossless => return None,
        Quality::Auto => AUTO,
        Quality::Small => SMALL,
    };
    let pixels = canvas.whole().pixels();
    let takes = |least: usize| exact * 800 >= pixels * least;
    if pixels < WORTH_TRYING || !takes(tolerance.shaded) || !canvas.is_opaque(canvas.whole()) {
        return None;
    }
    let shades = shades(canvas);
    let (count, tiles) = (shades.count(), shades.cells.len());
    let is_rich = takes(tolerance.dense) || count * SHARE >= tiles;
    let insets = if count * 100 <= tiles * PART { insets(&shades, canvas) } else { Vec::new() };
    let first = |made: &dyn Fn(u8) -> Option<Vec<Part>>| {
        let mut made = tolerance.qualities.iter().filter_map(|quality| made(*quality));
        made.find(|parts| gains(parts, exact))
    };
    let with_insets = || first(&|quality| inset(canvas, &insets, quality, tolerance));
    let as_a_whole = || first(&|quality| patched(canvas, quality, tolerance));
    let found = if insets.is_empty() { None } else { with_insets() };
    found.or_else(|| if is_rich { as_a_whole() } else { None })
}

/// The rectangles that hold shades and are worth a try each.
fn insets(shades: &Changes, canvas: &Canvas) -> Vec<Area> {
    if shades.count() * ((TILE * TILE) as usize) < WORTH_TRYING {
        return Vec::new();
    }
    let areas = patches(shades, canvas, canvas.whole()).into_iter();
    areas.filter(|area| area.pixels() >= WORTH_TRYING).collect()
}

/// Whether the parts take so much less than the exact picture that they are worth it.
fn gains(parts: &[Part], exact: usize) -> bool {
    let cost: usize = parts.iter().map(|(_, bytes)| bytes.len() + PART_COST).sum();
    cost * 100 <= exact * GAIN
}

/// The exact picture without what has shades, then lossy pictures of that; `None` if none of them gains anything.
fn inset(canvas: &Canvas, areas: &[Area], quality: u8, tolerance: Tolerance) -> Option<Vec<Part>> {
    let (mut insets, mut parts) = (Vec::new(), Vec::new());
    for area in areas {
        let cut = canvas.cut(*area);
        let exact = encode(&cut, Form::Lossless(EFFORT))?.len();
        let Some(own) = patched(&cut, quality, tolerance).filter(|own| gains(own, exact)) else { continue };
        insets.push(*area);
        let moved = |part: Area| Area { x: part.x + area.x, y: part.y + area.y, ..part };
        parts.extend(own.into_iter().map(|(part, bytes)| (moved(part), bytes)));
    }
    if insets.is_empty() {
        return None;
    }
    let base = encode(&without(canvas, &insets, 0), Form::Lossless(EFFORT))?;
    parts.insert(0, (canvas.whole(), base));
    Some(parts)
}

/// The lossy picture, then exact patches on the tiles where it errs; `None` if the rest errs too much.
fn patched(canvas: &Canvas, quality: u8, tolerance: Tolerance) -> Option<Vec<Part>> {
    let bytes = encode(canvas, Form::Lossy(quality))?;
    let shown = decode(&bytes)?;
    let (changes, error) = compare(canvas, &shown, tolerance)?;
    if error > tolerance.all {
        return None;
    }
    let areas = patches(&changes, canvas, canvas.whole());
    let bare = bare(canvas, &changes, &areas, quality, tolerance);
    let (bytes, areas) = bare.filter(|(bare, _)| bare.len() < bytes.len()).unwrap_or((bytes, areas));
    let mut parts = vec![(canvas.whole(), bytes)];
    for area in areas {
        parts.push((area, encode(&canvas.cut(area), Form::Lossless(EFFORT))?));
    }
    Some(parts)
}

/// The lossy picture with nothing under its patches, and the patches that it needs then: what is left out changes the rest
/// a little. `None` without patches, or if they grow much.
fn bare(
    canvas: &Canvas,
    errs: &Changes,
    areas: &[Area],
    quality: u8,
    tolerance: Tolerance,
) -> Option<(Vec<u8>, Vec<Area>)> {
    if areas.is_empty() {
        return None;
    }
    let bytes = encode(&without(canvas, areas, BLUR), Form::Lossy(quality))?;
    let (mut all, error) = compare(canvas, &decode(&bytes)?, tolerance)?;
    all.cells.iter_mut().zip(&errs.cells).for_each(|(errs, before)| *errs |= before);
    let needed = patches(&all, canvas, canvas.whole());
    let pixels = |areas: &[Area]| areas.iter().map(|area| area.pixels()).sum::<usize>();
    let grown = pixels(&needed) * 100 > pixels(areas) * (100 + GROWN);
    (error <= tolerance.all && !grown).then_some((bytes, needed))
}

/// The tiles that err, and the mean squared error of the others in hundredths.
fn compare(canvas: &Canvas, shown: &Canvas, tolerance: Tolerance) -> Option<(Changes, u64)> {
    let whole = canvas.whole();
    if shown.whole() != whole {
        return None;
    }
    let (columns, tiles) = tiles(whole);
    let (mut cells, mut sum, mut count) = (Vec::new(), 0, 0);
    for area in tiles {
        let (squares, largest) = errors(canvas, shown, area);
        let values = area.pixels() as u64 * 3;
        let errs = squares > tolerance.tile * values || largest > tolerance.channel;
        if !errs {
            sum += squares;
            count += values;
        }
        cells.push(errs);
    }
    Some((Changes { columns, cells }, (sum * 100).checked_div(count).unwrap_or_default()))
}

/// Sum of the squared errors of all channels in `area`, and the largest error.
fn errors(canvas: &Canvas, shown: &Canvas, area: Area) -> (u64, u8) {
    let (mut squares, mut largest) = (0, 0);
    for y in area.y..area.bottom() {
        for (a, b) in canvas.row(area, y).iter().zip(shown.row(area, y)) {
            let error = a.abs_diff(*b);
            squares += u64::from(error) * u64::from(error);
            largest = largest.max(error);
        }
    }
    (squares, largest)
}
