//! A film as an animated WebP that repeats.

use super::{Motion, Picture, Take};
use crate::export::ExportError;
use crate::export::shown::Shown;
use crate::shot::{Animation, Form, decode};

/// The file.
pub fn file(
    shown: &mut Shown,
    (width, height): (u32, u32),
    fps: u32,
    motion: Motion,
    pictures: &mut dyn FnMut(&mut Shown, Take<'_>) -> Result<(), ExportError>,
) -> Result<Vec<u8>, ExportError> {
    let failed = || ExportError::Failed("cannot write the WebP".to_owned());
    let quality = match motion {
        Motion::Full => 70,
        Motion::Steps => 75,
    };
    let ms = |frames: u64| frames * 1000 / u64::from(fps).max(1);
    let mut animation = Animation::new(width, height, Form::Lossy(quality)).ok_or_else(failed)?;
    let mut end = 0;
    pictures(shown, &mut |_, Picture { png, from, to, .. }| {
        let canvas = decode(&png)
            .map_err(|broken| ExportError::Failed(format!("a picture of the browser {}", broken.message)))?;
        end = to;
        animation.add(&canvas, ms(from)).then_some(()).ok_or_else(failed)
    })?;
    animation.finish(ms(end)).ok_or_else(failed)
}
