//! Pixels to WebP, through libwebp. The only unsafe code of the room.

use super::Canvas;
use libwebp_sys as webp;
use std::ffi::{c_int, c_void};

/// How a piece is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Every pixel as it is.
    Lossless(Effort),
    /// Lossless, after each channel was moved by at most 2 where that helps.
    NearLossless(Effort),
    /// Lossy, quality 0 to 100.
    Lossy(u8),
}

/// How long the lossless encoder may look for a smaller file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// libwebp's method, 0 to 6.
    pub method: u8,
    /// libwebp's quality, here the effort within the method, 0 to 100.
    pub quality: u8,
}

/// Version of libwebp as one number; other versions may write other bytes.
pub fn version() -> u32 {
    // SAFETY: takes and keeps nothing.
    u32::try_from(unsafe { webp::WebPGetEncoderVersion() }).unwrap_or(0)
}

/// The canvas as a WebP file: the same bytes for the same pixels. `None` if the canvas is empty, a side is
/// longer than 16,383 pixels, or memory ran out.
pub fn encode(canvas: &Canvas, form: Form) -> Option<Vec<u8>> {
    let config = config(form)?;
    let (width, height) = (c_int::try_from(canvas.width()).ok()?, c_int::try_from(canvas.height()).ok()?);
    let longest = webp::WEBP_MAX_DIMENSION as c_int;
    if !(1..=longest).contains(&width) || !(1..=longest).contains(&height) {
        return None;
    }
    let mut picture = webp::WebPPicture::new().ok()?;
    picture.use_argb = c_int::from(!matches!(form, Form::Lossy(_)));
    picture.width = width;
    picture.height = height;
    let mut output: Vec<u8> = Vec::new();
    picture.writer = Some(write);
    picture.custom_ptr = (&raw mut output).cast::<c_void>();
    // SAFETY: a canvas holds `width * height * 4` bytes; the picture is initialised, and freed below
    // whatever happens; the writer gets `output`, which outlives the call.
    let done = unsafe {
        let pixels = canvas.pixels().as_ptr();
        let read = if canvas.is_opaque(canvas.whole()) {
            webp::WebPPictureImportRGBX(&mut picture, pixels, width * 4)
        } else {
            webp::WebPPictureImportRGBA(&mut picture, pixels, width * 4)
        };
        let done = read != 0 && webp::WebPEncode(&config, &mut picture) != 0;
        webp::WebPPictureFree(&mut picture);
        done
    };
    done.then_some(output)
}

/// The pixels of a WebP file that [`encode`] wrote, as browsers show them.
pub fn decode(bytes: &[u8]) -> Option<Canvas> {
    let (mut width, mut height) = (0, 0);
    // SAFETY: reads `bytes` within their length; what it returns is `width * height * 4` bytes that
    // nobody else knows, copied and freed here.
    let pixels = unsafe {
        let found = webp::WebPDecodeRGBA(bytes.as_ptr(), bytes.len(), &mut width, &mut height);
        let length =
            usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?.checked_mul(4)?;
        if found.is_null() {
            return None;
        }
        let pixels = std::slice::from_raw_parts(found, length).to_vec();
        webp::WebPFree(found.cast());
        pixels
    };
    Canvas::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?, pixels)
}

fn config(form: Form) -> Option<webp::WebPConfig> {
    let mut config = webp::WebPConfig::new().ok()?;
    match form {
        Form::Lossless(Effort { method, quality }) | Form::NearLossless(Effort { method, quality }) => {
            config.lossless = 1;
            if matches!(form, Form::NearLossless(_)) {
                config.near_lossless = 60;
            }
            config.exact = 1;
            config.method = c_int::from(method);
            config.quality = f32::from(quality);
        }
        Form::Lossy(quality) => {
            config.method = 4;
            config.quality = f32::from(quality);
            config.use_sharp_yuv = 1;
            config.alpha_quality = 100;
        }
    }
    // SAFETY: reads the struct it is given.
    (unsafe { webp::WebPValidateConfig(&config) } != 0).then_some(config)
}

unsafe extern "C" fn write(data: *const u8, size: usize, picture: *const webp::WebPPicture) -> c_int {
    // SAFETY: libwebp calls this within `WebPEncode` with `size` readable bytes and the picture from
    // `encode`, whose `custom_ptr` is the output that nobody else uses meanwhile.
    unsafe {
        let output = (*picture).custom_ptr.cast::<Vec<u8>>();
        (*output).extend_from_slice(std::slice::from_raw_parts(data, size));
    }
    1
}
