//! Colour profiles: a picture taken on another kind of screen is shown in sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Turns RGBA bytes of an RGB profile into sRGB, in place. A profile that cannot be read, is of another
/// kind, or is sRGB by another name leaves them as they are.
pub fn to_srgb(pixels: &mut [u8], profile: &[u8]) {
    let Ok(source) = ColorProfile::new_from_slice(profile) else { return };
    if source.color_space != DataColorSpace::Rgb {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let Ok(transform) = source.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options) else {
        return;
    };
    let convert = |pixels: &mut [u8]| {
        let from = pixels.to_vec();
        transform.transform(&from, pixels).is_ok()
    };
    let mut probe = probe();
    let before = probe.clone();
    if !convert(&mut probe) || probe.iter().zip(&before).all(|(a, b)| a.abs_diff(*b) <= 1) {
        return;
    }
    // Row-sized portions: a second copy of the whole picture would cost as much memory as the picture.
    for part in pixels.chunks_mut(1 << 16) {
        convert(part);
    }
}

/// Colours that any other space would move: greys, and each channel alone.
fn probe() -> Vec<u8> {
    let greys = (0..=255u8).step_by(5).map(|value| [value, value, value, 255]);
    let pure = (0..=255u8)
        .step_by(15)
        .flat_map(|value| [[value, 0, 0, 255], [0, value, 0, 255], [0, 0, value, 255]]);
    greys.chain(pure).flatten().collect()
}
