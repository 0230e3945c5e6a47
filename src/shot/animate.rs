//! Pictures to an animated WebP, through libwebp.

use super::Canvas;
use super::encode::{Form, config};
use libwebp_sys as webp;
use std::ffi::c_int;
use std::ptr::NonNull;

/// An animation that repeats, made picture by picture.
pub struct Animation {
    encoder: NonNull<webp::WebPAnimEncoder>,
    size: (u32, u32),
    config: webp::WebPConfig,
}

impl Animation {
    /// An empty animation. `None` if a side is 0 or longer than 16,383 pixels, or memory ran out.
    pub fn new(width: u32, height: u32, form: Form) -> Option<Self> {
        let sides = [width, height].map(|side| c_int::try_from(side).unwrap_or(0));
        let [wide, high] = sides;
        if sides.iter().any(|side| !(1..=webp::WEBP_MAX_DIMENSION as c_int).contains(side)) {
            return None;
        }
        let version = c_int::try_from(webp::WEBP_MUX_ABI_VERSION).ok()?;
        let mut options = std::mem::MaybeUninit::<webp::WebPAnimEncoderOptions>::uninit();
        // SAFETY: the first call fills the struct it is given, or says that it can't; the second reads it and returns an
        // encoder that is nobody else's, or nothing.
        let encoder = unsafe {
            if webp::WebPAnimEncoderOptionsInitInternal(options.as_mut_ptr(), version) == 0 {
                return None;
            }
            let mut options = options.assume_init();
            options.allow_mixed = 1;
            options.kmin = 9;
            options.kmax = 1000;
            webp::WebPAnimEncoderNewInternal(wide, high, &options, version)
        };
        Some(Self { encoder: NonNull::new(encoder)?, size: (width, height), config: config(form)? })
    }

    /// Shows a picture from a time on, in milliseconds. Whether it could be: it has the animation's size, and later times come
    /// later.
    pub fn add(&mut self, canvas: &Canvas, from: u64) -> bool {
        let (width, height) = self.size;
        let (Ok(wide), Ok(high), Ok(from)) =
            (c_int::try_from(width), c_int::try_from(height), c_int::try_from(from))
        else {
            return false;
        };
        if (canvas.width(), canvas.height()) != self.size {
            return false;
        }
        let Ok(mut picture) = webp::WebPPicture::new() else { return false };
        picture.use_argb = 1;
        picture.width = wide;
        picture.height = high;
        // SAFETY: a canvas holds `width * height * 4` bytes; the picture is initialised, and freed here whatever happens; the
        // encoder is alive until it is dropped, and copies what it keeps.
        unsafe {
            let read = webp::WebPPictureImportRGBX(&mut picture, canvas.pixels().as_ptr(), wide * 4);
            let done = read != 0
                && webp::WebPAnimEncoderAdd(self.encoder.as_ptr(), &mut picture, from, &self.config) != 0;
            webp::WebPPictureFree(&mut picture);
            done
        }
    }

    /// The file of an animation that ends at a time, in milliseconds.
    pub fn finish(self, end: u64) -> Option<Vec<u8>> {
        let end = c_int::try_from(end).ok()?;
        let mut data = webp::WebPData { bytes: std::ptr::null(), size: 0 };
        // SAFETY: no picture and no settings say that the last one has been added; what is assembled is `size` bytes that
        // nobody else knows, copied and freed here.
        unsafe {
            let encoder = self.encoder.as_ptr();
            let ended = webp::WebPAnimEncoderAdd(encoder, std::ptr::null_mut(), end, std::ptr::null());
            if ended == 0 || webp::WebPAnimEncoderAssemble(encoder, &mut data) == 0 || data.bytes.is_null() {
                return None;
            }
            let bytes = std::slice::from_raw_parts(data.bytes, data.size).to_vec();
            webp::WebPFree(data.bytes.cast_mut().cast());
            Some(bytes)
        }
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and dropped once.
        unsafe { webp::WebPAnimEncoderDelete(self.encoder.as_ptr()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::AnimationDecoder;

    #[test]
    fn pictures_come_one_after_the_other() {
        let mut animation = Animation::new(8, 6, Form::Lossy(80)).unwrap();
        let red = Canvas::filled(8, 6, [255, 0, 0]);
        assert!(animation.add(&red, 0) && animation.add(&Canvas::filled(8, 6, [0, 0, 255]), 300));
        assert!(!animation.add(&Canvas::filled(9, 6, [0, 0, 0]), 400), "of another size");
        let bytes = animation.finish(1000).unwrap();
        let decoder = image::codecs::webp::WebPDecoder::new(std::io::Cursor::new(&bytes)).unwrap();
        let frames = decoder.into_frames().collect_frames().unwrap();
        let times: Vec<_> = frames.iter().map(|frame| frame.delay().numer_denom_ms().0).collect();
        assert_eq!(times, [300, 700]);
        assert!(Animation::new(0, 6, Form::Lossy(80)).is_none());
    }
}
