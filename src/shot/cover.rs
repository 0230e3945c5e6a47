//! The thumbnail of a guide in the library.

use super::encode::{Form, encode};
use super::loaded::{Loaded, load, unwritable};
use super::stored::shot_key;
use super::{Canvas, ShotOptions};
use crate::cache::{Keep, Reader, Writer, keep};
use crate::diagnostic::Diagnostic;
use crate::guide::Resolved;
use crate::source::World;

/// Widest a thumbnail gets, in pixels.
const WIDTH: u32 = 640;
/// What a thumbnail should not exceed, in bytes.
const BYTES: usize = 12_000;
/// Qualities to try, best first; the last is taken whatever it needs.
const QUALITIES: [u8; 4] = [82, 68, 50, 30];

/// A small picture of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// A WebP file of about 10 kB.
    pub bytes: Vec<u8>,
    /// Width in pixels, at most 640.
    pub width: u32,
    /// Height in pixels, at most the width: a taller screenshot shows its upper part.
    pub height: u32,
}

impl Keep for Thumbnail {
    fn write(&self, to: &mut Writer) {
        let Self { bytes, width, height } = self;
        to.number((*width).into()).number((*height).into()).bytes(bytes);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (width, height) = (from.small()?, from.small()?);
        Some(Self { bytes: from.bytes()?.to_vec(), width, height })
    }
}

/// The picture on the guide's cover, redacted and cropped, made small. `None` for a guide without pictures.
///
/// # Errors
/// A diagnostic if it can't be read, or no memory is left for it.
pub fn cover(
    resolved: &Resolved,
    options: &ShotOptions,
    world: &dyn World,
) -> Result<Option<Thumbnail>, Diagnostic> {
    let Some(shot) = resolved.cover() else { return Ok(None) };
    let key = || shot_key("cover", Some(shot), &[]);
    let mut wrong = None;
    let make = || match load(shot, world) {
        Ok(loaded) => thumbnail(loaded),
        Err(problem) => {
            wrong = Some(problem.at(resolved, shot));
            None
        }
    };
    match keep(options.cache.as_ref(), key, make) {
        Some((thumbnail, _)) => Ok(Some(thumbnail)),
        None => Err(wrong.unwrap_or_else(|| unwritable(resolved, shot))),
    }
}

fn thumbnail(loaded: Loaded) -> Option<Thumbnail> {
    let Loaded { canvas, mut visible, lossy: _ } = loaded;
    visible.height = visible.height.min(visible.width);
    let small = shrink(canvas.into_part(visible), WIDTH)?;
    let bytes = QUALITIES.iter().filter_map(|quality| encode(&small, Form::Lossy(*quality)));
    let mut smallest = None;
    for bytes in bytes {
        let fits = bytes.len() <= BYTES;
        smallest = Some(bytes);
        if fits {
            break;
        }
    }
    Some(Thumbnail { bytes: smallest?, width: small.width(), height: small.height() })
}

/// The picture at most `width` pixels wide, each pixel the mean of those it stands for.
pub fn shrink(canvas: Canvas, width: u32) -> Option<Canvas> {
    if canvas.width() <= width {
        return Some(canvas);
    }
    let height = (u64::from(canvas.height()) * u64::from(width)).div_ceil(u64::from(canvas.width()));
    canvas.resized(width, u32::try_from(height).ok()?)
}
