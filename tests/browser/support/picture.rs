//! Comparing pictures.

use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;
use std::path::Path;

/// How two pictures of one size differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Mean over all channels, 0 to 255.
    pub mean: f64,
    /// Share of pixels with a channel that differs by more than 24.
    pub far: f64,
    /// Largest difference of a channel.
    pub most: u8,
}

/// How two pictures differ.
pub fn difference(one: &RgbImage, other: &RgbImage) -> Difference {
    assert_eq!(one.dimensions(), other.dimensions(), "the pictures have one size");
    let (mut sum, mut far, mut most) = (0_u64, 0_u64, 0);
    let (one, other) = (one.as_raw().as_chunks::<3>().0, other.as_raw().as_chunks::<3>().0);
    for (a, b) in one.iter().zip(other).filter(|(a, b)| a != b) {
        let channel = [a[0].abs_diff(b[0]), a[1].abs_diff(b[1]), a[2].abs_diff(b[2])];
        let largest = channel[0].max(channel[1]).max(channel[2]);
        sum += channel.iter().map(|each| u64::from(*each)).sum::<u64>();
        far += u64::from(largest > 24);
        most = most.max(largest);
    }
    let pixels = one.len() as f64;
    Difference { mean: sum as f64 / (pixels * 3.0), far: far as f64 / pixels, most }
}

/// The picture in a file, without transparency.
pub fn read(path: &Path) -> RgbImage {
    image::open(path).expect("a picture").to_rgb8()
}

/// The picture in some bytes.
pub fn decode(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).expect("a picture").to_rgb8()
}

/// A picture as a PNG.
pub fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture.clone()).write_to(&mut bytes, ImageFormat::Png).expect("encoded");
    bytes.into_inner()
}
