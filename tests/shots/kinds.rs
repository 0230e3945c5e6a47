//! Kinds of pictures through the layers: a shot and one with a changed square come back pixel by pixel.

use crate::layers::lossless;
use crate::support::{Book, assert_same, page, paint};
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use moxcms::ColorProfile;
use std::io::Cursor;

const SQUARE: (u32, u32, u32) = (200, 96, 16);

/// A page, and the same with a square of another colour.
fn pair(color: [u8; 4]) -> [RgbaImage; 2] {
    let first = page(320, 200, 4);
    let (left, top, side) = SQUARE;
    let changed = RgbaImage::from_pixel(side, side, Rgba(color));
    let mut second = first.clone();
    image::imageops::replace(&mut second, &changed, left.into(), top.into());
    [first, second]
}

/// The second is a patch over the first, and both are shown as `wanted`.
#[track_caller]
fn layered(name: &str, files: [Vec<u8>; 2], wanted: [&RgbaImage; 2], density: u32) {
    let [first, second] = files;
    let book = Book::new().file(&format!("1{name}"), first).file(&format!("2{name}"), second);
    let sheet = book.sheet(&lossless());
    assert_eq!(sheet.shots[1].base, Some(0), "{name}: a patch");
    assert_eq!(sheet.shots[1].layers.len(), 1, "{name}: one patch");
    for (index, wanted) in wanted.into_iter().enumerate() {
        assert_same(&paint(&sheet, index, density), wanted, name);
    }
}

fn written(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG with a palette of the picture's own colours, the first of them clear if one is.
fn with_palette(image: &RgbaImage) -> Vec<u8> {
    let mut colors: Vec<[u8; 4]> = image.pixels().map(|pixel| pixel.0).collect();
    colors.sort_unstable();
    colors.dedup();
    let indices: Vec<u8> =
        image.pixels().map(|pixel| colors.binary_search(&pixel.0).unwrap() as u8).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(colors.iter().flat_map(|color| color[..3].to_vec()).collect::<Vec<u8>>());
    encoder.set_trns(colors.iter().map(|color| color[3]).collect::<Vec<u8>>());
    encoder.write_header().unwrap().write_image_data(&indices).unwrap();
    bytes
}

#[test]
fn a_palette() {
    let images = pair([200, 30, 60, 255]);
    layered(".png", images.each_ref().map(with_palette), images.each_ref(), 1);
}

#[test]
fn sixteen_bits() {
    let images = pair([200, 30, 60, 255]);
    let files =
        images.each_ref().map(|image| written(&DynamicImage::from(image.clone()).into_rgb16().into()));
    layered(".png", files, images.each_ref(), 1);
}

#[test]
fn two_pixels_a_point() {
    let images = pair([200, 30, 60, 255]);
    let files = images.each_ref().map(|image| written(&image.clone().into()));
    layered("@2x.png", files, images.each_ref(), 2);
}

#[test]
fn what_is_clear_elsewhere_does_not_keep_a_patch_away() {
    let mut images = pair([200, 30, 60, 255]);
    images.iter_mut().for_each(|image| image.put_pixel(0, 0, Rgba([0; 4])));
    layered(".png", images.each_ref().map(with_palette), images.each_ref(), 1);
}

#[test]
fn a_colour_profile() {
    // Display P3, and the same colours in sRGB as the standards' formulas have them.
    let images = pair([200, 100, 50, 255]);
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let files = images.each_ref().map(|image| {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile.clone()).unwrap();
        encoder.write_image(image.as_raw(), 320, 200, ExtendedColorType::Rgba8).unwrap();
        bytes
    });
    let [first, second] = files;
    let sheet = Book::new().file("1.png", first).file("2.png", second).sheet(&lossless());
    assert_eq!((sheet.shots[1].base, sheet.shots[1].layers.len()), (Some(0), 1));
    let shown = paint(&sheet, 1, 1);
    let near = |x: u32, y: u32, wanted: [u8; 3]| {
        let pixel = shown.get_pixel(x, y).0;
        let near = pixel.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 2);
        assert!(near, "{pixel:?} for {wanted:?}");
    };
    near(SQUARE.0 + 8, SQUARE.1 + 8, [215, 93, 31]);
}

#[test]
fn a_jpeg_of_four_inks() {
    // One square of 8 × 8 pixels, Adobe's order: full cyan, half magenta, no yellow, full black *light*.
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xee, 0, 14];
    bytes.extend(b"Adobe\0\x64\0\0\0\0\0");
    bytes.extend([0xff, 0xdb, 0, 67, 0]);
    bytes.extend([8; 64]);
    bytes.extend([0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4]);
    (1..=4).for_each(|ink| bytes.extend([ink, 0x11, 0]));
    // Codes of 2 bits for changes of 0, 7 and 8 bits; of 1 bit for the end of the block.
    bytes.extend([&[0xff, 0xc4, 0, 22, 0x00, 0, 3][..], &[0; 14], &[0, 7, 8]].concat());
    bytes.extend([&[0xff, 0xc4, 0, 20, 0x10, 1][..], &[0; 16]].concat());
    bytes.extend([0xff, 0xda, 0, 14, 4]);
    (1..=4).for_each(|ink| bytes.extend([ink, 0]));
    bytes.extend([0, 63, 0, 0x7f, 0x84, 0xfe, 0x7f, 0xbf, 0xff, 0xd9]);
    let sheet = Book::new().file("inks.jpg", bytes).sheet(&lossless());
    let shown = paint(&sheet, 0, 1);
    assert_eq!(shown.dimensions(), (8, 8));
    for pixel in shown.pixels() {
        let near = pixel.0.iter().zip([255, 128, 0, 255]).all(|(a, b)| a.abs_diff(b) <= 2);
        assert!(near, "{pixel:?}");
    }
}
