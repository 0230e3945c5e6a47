//! All screenshots of a guide, from files to a sheet.

use super::cache::{keep, kept};
use super::decode::{self, MAX_FILE};
use super::detail;
use super::fields::{self, Field};
use super::kept::sheet_key;
use super::layers::Stack;
use super::leak::Watch;
use super::redact::Redactions;
use super::{Area, Canvas, Sheet, ShotOptions, quick};
use crate::diagnostic::Diagnostic;
use crate::guide::{Picture, Resolved, Shot};
use crate::source::{ReadError, World};

/// What became of a guide's screenshots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composition {
    /// The pictures; `None` if there are errors.
    pub sheet: Option<Sheet>,
    /// What is wrong, at the places where the guide names the pictures.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers for the summary.
    pub statistics: Statistics,
}

/// Numbers of a guide's screenshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Screenshots as shown, those amid text included.
    pub shots: usize,
    /// Bytes of the different files they come from.
    pub source_bytes: u64,
    /// Bytes of the pieces they became.
    pub bytes: u64,
    /// Whether all came from the cache.
    pub cached: bool,
}

impl Statistics {
    /// Screenshots that came from the cache.
    pub fn cached_shots(&self) -> usize {
        if self.cached { self.shots } else { 0 }
    }
}

/// The screenshots of a guide, redacted, cropped, layered and encoded.
pub fn compose(resolved: &Resolved, options: &ShotOptions, world: &dyn World) -> Composition {
    let mut diagnostics = Vec::new();
    let finished = || sheet_key(resolved, Some(options.quality));
    let cache = options.cache.as_ref();
    let kept = match options.quick {
        true => kept(cache, finished).map(|sheet| (sheet, true)).or_else(|| {
            let make = || quick::make(resolved, options, world, &mut diagnostics);
            keep(cache, || sheet_key(resolved, None), make)
        }),
        false => keep(cache, finished, || make(resolved, options, world, &mut diagnostics)),
    };
    let statistics = statistics(resolved, kept.as_ref());
    Composition { sheet: kept.map(|(sheet, _)| sheet), diagnostics, statistics }
}

/// The sheet, if nothing is wrong.
fn make(
    resolved: &Resolved,
    options: &ShotOptions,
    world: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Sheet> {
    let mut stack = Stack::new(options, resolved.shots.len());
    let mut watch = Watch::new(resolved, world, diagnostics);
    let mut inline = Vec::new();
    let mut fields = Vec::new();
    let mut maps = Vec::new();
    for (index, shot) in resolved.shots.iter().enumerate() {
        let Some(loaded) = checked(resolved, shot, &mut watch, world, diagnostics) else { continue };
        if stack.push(&loaded.canvas, loaded.visible, shot.picture.density).is_none() {
            diagnostics.push(unwritable(resolved, shot));
        }
        maps.push(detail::map(&loaded.canvas, loaded.visible));
        fields.extend(fields_of(resolved, index, &loaded.canvas));
    }
    for shot in &resolved.inline {
        let Some(loaded) = checked(resolved, shot, &mut watch, world, diagnostics) else { continue };
        match stack.single(&loaded.canvas.cut(loaded.visible)) {
            Some(piece) => inline.push(piece),
            None => diagnostics.push(unwritable(resolved, shot)),
        }
    }
    let (pieces, shots) = stack.finish();
    diagnostics.is_empty().then_some(Sheet { pieces, shots, inline, maps, fields })
}

/// The fields of one shot.
fn fields_of(resolved: &Resolved, index: usize, canvas: &Canvas) -> Vec<Field> {
    let density = resolved.shots.get(index).map_or(1, |shot| shot.picture.density);
    fields::named(resolved)
        .filter(|(shot, _)| *shot == index)
        .filter_map(|(shot, at)| Some(Field { shot, at, ground: fields::ground(canvas, at, density)? }))
        .collect()
}

/// A shot's picture, once nothing is wrong with it. A guide with faults is not written: what is left of it
/// is only checked, not encoded.
pub fn checked<'a>(
    resolved: &'a Resolved,
    shot: &'a Shot,
    watch: &mut Watch<'a>,
    world: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Loaded> {
    match load(shot, world) {
        Ok(loaded) => {
            diagnostics.extend(watch.check(resolved, shot, &loaded));
            diagnostics.is_empty().then_some(loaded)
        }
        Err(problem) => {
            diagnostics.push(problem.at(resolved, shot));
            None
        }
    }
}

fn statistics(resolved: &Resolved, kept: Option<&(Sheet, bool)>) -> Statistics {
    let all = || resolved.pictures();
    let files: std::collections::BTreeMap<_, _> =
        all().map(|shot| (&shot.picture.path, shot.picture.bytes)).collect();
    Statistics {
        shots: resolved.light_shots().len() + resolved.inline.len(),
        source_bytes: files.values().sum(),
        bytes: kept.map_or(0, |(sheet, _)| sheet.pieces.iter().map(|piece| piece.bytes.len() as u64).sum()),
        cached: kept.is_some_and(|(_, cached)| *cached),
    }
}

/// A picture ready to be shown: redacted, whole, with the part that is shown.
pub struct Loaded {
    /// All pixels; those redacted are gone.
    pub canvas: Canvas,
    /// The part that is shown.
    pub visible: Area,
    /// Whether the file was saved with loss.
    pub lossy: bool,
}

/// Reads, decodes and redacts a shot's picture.
///
/// # Errors
/// [`Problem`] if it cannot be read, is no picture, or is not the file that was measured.
pub fn load(shot: &Shot, world: &dyn World) -> Result<Loaded, Problem> {
    let Opened { mut canvas, lossy } = open(&shot.picture, world)?;
    Redactions::new(&shot.redactions, shot.picture.density, canvas.whole()).apply(&mut canvas);
    Ok(Loaded { canvas, visible: visible(shot), lossy })
}

/// The part of a shot's picture that is shown, in pixels.
pub fn visible(shot: &Shot) -> Area {
    let Picture { width, height, density, .. } = shot.picture;
    let whole = Area { x: 0, y: 0, width, height };
    shot.crop.map_or(whole, |crop| Area::covering(crop, density).within(whole))
}

/// A picture as it is in its file.
pub struct Opened {
    /// All pixels.
    pub canvas: Canvas,
    /// Whether the file was saved with loss.
    pub lossy: bool,
}

/// Reads and decodes a picture, nothing destroyed yet.
///
/// # Errors
/// As [`load`].
pub fn open(picture: &Picture, world: &dyn World) -> Result<Opened, Problem> {
    let bytes = world.read(&picture.path, MAX_FILE).map_err(|error| Problem::unreadable(picture, &error))?;
    let changed = || Problem::new(picture, "changed while it was being read", "build again");
    if *blake3::hash(&bytes).as_bytes() != picture.hash {
        return Err(changed());
    }
    let canvas =
        decode::decode(&bytes).map_err(|broken| Problem::new(picture, &broken.message, broken.help))?;
    let same = (canvas.width(), canvas.height()) == (picture.width, picture.height);
    if same { Ok(Opened { canvas, lossy: decode::is_lossy(&bytes) }) } else { Err(changed()) }
}

/// Why a picture can't be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    message: String,
    help: &'static str,
}

impl Problem {
    /// `words` follow the path of the picture.
    fn new(picture: &Picture, words: &str, help: &'static str) -> Self {
        Self { message: format!("`{}` {words}", picture.path), help }
    }

    fn unreadable(picture: &Picture, error: &ReadError) -> Self {
        Self { message: error.about(&picture.path), help: "put the screenshot there, or correct its path" }
    }

    /// The problem at the place where the guide names the picture.
    pub fn at(self, resolved: &Resolved, shot: &Shot) -> Diagnostic {
        Diagnostic::error("broken-picture", &resolved.path, shot.span, self.message).help(self.help)
    }
}

/// What is told of a shot that no memory was left for.
pub fn unwritable(resolved: &Resolved, shot: &Shot) -> Diagnostic {
    // No piece of a page has more than 16,383 pixels a side; one amid text is one piece.
    let words = "could not be encoded: it is too long to stand amid text, or memory ran out";
    Problem::new(&shot.picture, words, "use a smaller screenshot").at(resolved, shot)
}
