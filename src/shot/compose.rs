//! All screenshots of a guide, from files to a sheet.

use super::checked::checked;
use super::detail;
use super::fields::{self, Field};
use super::layers::Stack;
use super::leak::Watch;
use super::loaded::unwritable;
use super::stored::sheet_key;
use super::{Canvas, Purpose, Sheet, ShotOptions, quick};
use crate::cache::{keep, load};
use crate::diagnostic::Diagnostic;
use crate::guide::Resolved;
use crate::source::World;

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
    let sheet = match options.purpose {
        Purpose::Preview => load(cache, finished).map(|sheet| (sheet, true)).or_else(|| {
            let make = || quick::make(resolved, options, world, &mut diagnostics);
            keep(cache, || sheet_key(resolved, None), make)
        }),
        Purpose::Publish => keep(cache, finished, || make(resolved, options, world, &mut diagnostics)),
    };
    let statistics = statistics(resolved, sheet.as_ref());
    Composition { sheet: sheet.map(|(sheet, _)| sheet), diagnostics, statistics }
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

fn statistics(resolved: &Resolved, sheet: Option<&(Sheet, bool)>) -> Statistics {
    let all = || resolved.pictures();
    let files: std::collections::BTreeMap<_, _> =
        all().map(|shot| (&shot.picture.path, shot.picture.bytes)).collect();
    Statistics {
        shots: resolved.light_shots().len() + resolved.inline.len(),
        source_bytes: files.values().sum(),
        bytes: sheet.map_or(0, |(sheet, _)| sheet.pieces.iter().map(|piece| piece.bytes.len() as u64).sum()),
        cached: sheet.is_some_and(|(_, cached)| *cached),
    }
}
