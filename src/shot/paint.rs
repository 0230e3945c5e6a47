//! Parts of a picture painted over in its file: for pictures that no guide says regions of.

use super::redact::{Redactions, SOLID};
use super::{Area, Canvas, decode};
use crate::guide::{Rect, RedactStyle, Redaction};
use std::io::Cursor;

/// How far a channel may be off in a file that was saved with loss.
const LOSS: u8 = 24;

/// A picture, as a PNG file, in which nothing is left of these parts; `None` if it can't be read.
pub fn painted(png: &[u8], parts: &[Rect], density: u32) -> Option<Vec<u8>> {
    let mut canvas = decode::decode(png).ok()?;
    redactions(parts, density, canvas.whole()).apply(&mut canvas);
    let pixels = image::RgbaImage::from_raw(canvas.width(), canvas.height(), canvas.pixels().to_vec())?;
    let mut bytes = Vec::new();
    // Nothing is seen through a screenshot.
    let pixels = image::DynamicImage::ImageRgba8(pixels).into_rgb8();
    pixels.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).ok()?;
    Some(bytes)
}

/// Whether nothing of these parts is to be seen on a picture.
pub fn is_painted(canvas: &Canvas, parts: &[Rect], density: u32) -> bool {
    let is_near = |pixel: &[u8]| pixel.iter().zip(SOLID).all(|(own, meant)| own.abs_diff(meant) <= LOSS);
    let blank = |area: Area| {
        let mut pixels = (area.y..area.bottom()).flat_map(|y| canvas.row(area, y).as_chunks::<4>().0);
        pixels.all(|pixel| is_near(pixel))
    };
    redactions(parts, density, canvas.whole()).areas().all(blank)
}

fn redactions(parts: &[Rect], density: u32, whole: Area) -> Redactions {
    let solid = |at: &Rect| Redaction { at: *at, style: RedactStyle::Solid };
    Redactions::new(&parts.iter().map(solid).collect::<Vec<_>>(), density, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_painted_over_is_gone_and_the_rest_stays() {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_fn(40, 20, |x, y| image::Rgb([x as u8 * 6, y as u8 * 12, 90]));
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        let parts = [Rect { x: 5.2, y: 2.0, w: 4.0, h: 3.0 }, Rect { x: 18.0, y: 8.0, w: 50.0, h: 1.0 }];
        let after = decode::decode(&painted(&bytes, &parts, 2).unwrap()).unwrap();
        let before = decode::decode(&bytes).unwrap();
        assert!(is_painted(&after, &parts, 2) && !is_painted(&before, &parts, 2));
        let line = Area { x: 0, y: 0, width: 40, height: 4 };
        assert_eq!(after.row(line, 0), before.row(line, 0));
    }
}
