//! From the bytes of a file to pixels, within limits that no file can talk us out of.

use super::{Canvas, profile};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

pub use crate::guide::{MAX_PICTURE as MAX_FILE, MAX_PIXELS, MAX_SIDE};

/// Most memory that a decoded picture may take in its own format, in bytes.
const MAX_DECODED: u64 = 128 << 20;

/// Why a file is no picture for us, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong, to follow "`shot.png` ".
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl Broken {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help }
    }
}

const DAMAGED: &str = "is damaged or cut off";
const SAVE_AGAIN: &str = "take the screenshot again, or open it in an image editor and save it as PNG";

/// The pixels of a PNG, JPEG, WebP or GIF file as a viewer shows them: first frame, turned as its EXIF
/// data say, in sRGB with 8 bits a channel.
///
/// # Errors
/// [`Broken`] if the bytes are of another format, damaged, or larger than the limits.
pub fn decode(bytes: &[u8]) -> Result<Canvas, Broken> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    let format = format(bytes)?;
    if format == ImageFormat::Jpeg && !has_end(bytes) {
        // The decoder takes what is missing for grey.
        return Err(Broken::new(DAMAGED, SAVE_AGAIN));
    }
    reader.set_format(format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height, decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let embedded = decoder.icc_profile().ok().flatten();
    let profile = profile::read(bytes, format, embedded.as_deref());
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    let pixels = picture.into_rgba8();
    let (width, height) = pixels.dimensions();
    let mut pixels = pixels.into_raw();
    if let Some(profile) = profile {
        profile::to_srgb(&mut pixels, &profile);
    }
    clear_hidden(&mut pixels);
    Canvas::new(width, height, pixels).ok_or_else(|| Broken::new("is damaged", SAVE_AGAIN))
}

/// The format by its first bytes: names lie.
fn format(bytes: &[u8]) -> Result<ImageFormat, Broken> {
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    match image::guess_format(bytes) {
        Ok(format @ (Png | Jpeg | WebP | Gif)) => Ok(format),
        _ if bytes.is_empty() => Err(Broken::new("is empty", SAVE_AGAIN)),
        _ => Err(Broken::new(
            "is not a PNG, JPEG, WebP or GIF picture",
            "convert it to one of these; the name alone does not make it a picture",
        )),
    }
}

/// The usual ending of a picture's name, by its content.
pub fn ending(bytes: &[u8]) -> &'static str {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => "jpg",
        Ok(ImageFormat::WebP) => "webp",
        Ok(ImageFormat::Gif) => "gif",
        _ => "png",
    }
}

/// Whether a picture was saved with loss: its pixels are near what was on the screen.
pub fn is_lossy(bytes: &[u8]) -> bool {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg | ImageFormat::Gif) => true,
        Ok(ImageFormat::WebP) => bytes.windows(4).take(1 << 12).any(|name| name == b"VP8 "),
        _ => false,
    }
}

/// Whether a JPEG file goes on to its end: the marker after the last scan.
fn has_end(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xda;
    const END: u8 = 0xd9;
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        // To the next marker: within a scan, 0 stands behind a plain 255, and restarts are no segments.
        let marks = |pair: &[u8]| matches!(pair, [0xff, mark] if !matches!(mark, 0 | 0xd0..=0xd7 | 0xff));
        let Some(at) = rest.windows(2).position(marks) else { return false };
        let Some((&[_, marker], after)) = rest.get(at..).and_then(|rest| rest.split_first_chunk::<2>())
        else {
            return false;
        };
        if marker == END {
            return true;
        }
        let length = after.first_chunk::<2>().map_or(0, |length| usize::from(u16::from_be_bytes(*length)));
        let skipped = if marker == START_OF_SCAN { 0 } else { length };
        rest = after.get(skipped..).unwrap_or_default();
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    limits
}

fn check_size(width: u32, height: u32, decoded: u64) -> Result<(), Broken> {
    if width == 0 || height == 0 {
        return Err(Broken::new("has no pixels", SAVE_AGAIN));
    }
    let fits = width <= MAX_SIDE && height <= MAX_SIDE;
    if fits && u64::from(width) * u64::from(height) <= MAX_PIXELS && decoded <= MAX_DECODED {
        return Ok(());
    }
    Err(too_large(&format!("is {width} × {height} pixels, more than can be used")))
}

fn too_large(message: &str) -> Broken {
    Broken::new(message, "use a picture of at most 32 megapixels and 32,767 pixels a side")
}

fn broken(error: ImageError) -> Broken {
    match error {
        ImageError::Limits(_) => too_large("is larger than can be used"),
        ImageError::Unsupported(_) => {
            Broken::new("uses a kind of its format that cannot be read", SAVE_AGAIN)
        }
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => Broken::new(DAMAGED, SAVE_AGAIN),
    }
}

/// What no reader can see is not worth a byte, and must not travel along unseen.
fn clear_hidden(pixels: &mut [u8]) {
    for pixel in pixels.chunks_exact_mut(4) {
        if pixel.last() == Some(&0) {
            pixel.fill(0);
        }
    }
}
