//! Pixels as a PNG file.

use crate::shot::Canvas;

/// As a PNG file that holds its pixels and nothing else.
pub fn png_of(canvas: &Canvas) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(canvas.pixels()).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
