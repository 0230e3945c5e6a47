//! Colour profiles: a picture taken on another kind of screen is shown in sRGB.

use image::ImageFormat;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics, TransformOptions,
};
use std::io::Cursor;

/// The colours that a file's numbers mean, `embedded` its ICC profile; `None`: those of sRGB, or none that can be
/// understood. Of what a PNG file says, the same counts as in browsers: code points, then a profile, then that it is
/// sRGB, then its gamma and primaries.
pub fn read(bytes: &[u8], format: ImageFormat, embedded: Option<&[u8]>) -> Option<ColorProfile> {
    let embedded = || ColorProfile::new_from_slice(embedded?).ok();
    if format != ImageFormat::Png {
        return embedded();
    }
    let reader = png::Decoder::new(Cursor::new(bytes)).read_info();
    let Ok(reader) = reader else { return embedded() };
    let info = reader.info();
    let coded = info.coding_independent_code_points.and_then(coded);
    let calibrated_colors = || match info.srgb {
        Some(_) => None,
        None => calibrated(info),
    };
    coded.or_else(embedded).or_else(calibrated_colors)
}

/// What code points mean, as far as a screen without high dynamic range shows it.
fn coded(points: png::CodingIndependentCodePoints) -> Option<ColorProfile> {
    use TransferCharacteristics::{Hlg, Smpte2084};
    let color_primaries = CicpColorPrimaries::try_from(points.color_primaries).ok()?;
    let transfer = TransferCharacteristics::try_from(points.transfer_function).ok()?;
    if matches!(transfer, Hlg | Smpte2084) || !points.is_video_full_range_image {
        return None;
    }
    let profile = ColorProfile::new_from_cicp(CicpProfile {
        color_primaries,
        transfer_characteristics: transfer,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    });
    // Without a curve it is one that nothing is known of.
    profile.red_trc.is_some().then_some(profile)
}

/// The gamma that is written for sRGB, as 100,000 times its value, and how far off it may be.
const USUAL: (u32, u32) = (45_455, 500);

/// What gamma and primaries mean. Browsers take no primaries without a gamma, and the usual gamma alone for sRGB.
fn calibrated(info: &png::Info<'_>) -> Option<ColorProfile> {
    let gamma = info.gama_chunk.filter(|gamma| gamma.into_scaled() > 0)?;
    if info.chrm_chunk.is_none() && gamma.into_scaled().abs_diff(USUAL.0) <= USUAL.1 {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    if let Some(chromaticities) = info.chrm_chunk {
        let at =
            |(x, y): (png::ScaledFloat, png::ScaledFloat)| Chromaticity::new(x.into_value(), y.into_value());
        let primaries = ColorPrimaries {
            red: at(chromaticities.red),
            green: at(chromaticities.green),
            blue: at(chromaticities.blue),
        };
        profile.update_rgb_colorimetry(at(chromaticities.white).to_xyyb(), primaries);
    }
    let curve = Some(ToneReprCurve::Parametric(vec![1.0 / gamma.into_value()]));
    (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
    profile.cicp = None;
    Some(profile)
}

/// Turns RGBA bytes of an RGB profile into sRGB, in place. A profile that is of another kind, or is sRGB by another
/// name, leaves them as they are.
pub fn to_srgb(pixels: &mut [u8], source: &ColorProfile) {
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
