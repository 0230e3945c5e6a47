//! Every kind of picture people take screenshots in.

use crate::layers::lossless;
use crate::support::{Book, assert_same, encoded, page, paint, png, rect};
use guidemark::shot::{ShotOptions, cover};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;

fn shown(name: &str, bytes: Vec<u8>) -> RgbaImage {
    paint(&Book::new().file(name, bytes).sheet(&lossless()), 0, 1)
}

fn written(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn png_webp_and_gif_come_back_as_they_are() {
    let image = page(64, 40, 8);
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        assert_same(&shown("shot", encoded(&image, format)), &image, &format!("{format:?}"));
    }
}

#[test]
fn jpeg_comes_back_as_its_decoder_shows_it() {
    let bytes = written(DynamicImage::from(page(64, 40, 8)).into_rgb8().into(), ImageFormat::Jpeg);
    let wanted = image::load_from_memory(&bytes).unwrap().into_rgba8();
    assert_same(&shown("shot.jpg", bytes), &wanted, "jpeg");
}

#[test]
fn the_content_decides_not_the_name() {
    let image = page(64, 40, 8);
    assert_same(&shown("shot.jpg", png(&image)), &image, "a PNG named .jpg");
}

#[test]
fn grey_sixteen_bit_and_transparent_pictures_are_right() {
    let mut image = page(64, 40, 8);
    image.put_pixel(3, 3, Rgba([10, 20, 30, 100]));
    image.put_pixel(4, 4, Rgba([0, 0, 0, 0]));
    let source = DynamicImage::from(image);
    for picture in [
        DynamicImage::from(source.to_luma8()),
        DynamicImage::from(source.to_luma_alpha8()),
        DynamicImage::from(source.to_luma16()),
        DynamicImage::from(source.to_rgb16()),
        DynamicImage::from(source.to_rgba16()),
        source.clone(),
    ] {
        let what = format!("{:?}", picture.color());
        let wanted = picture.to_rgba8();
        assert_same(&shown("shot.png", written(picture, ImageFormat::Png)), &wanted, &what);
    }
}

#[test]
fn colour_hidden_under_transparency_is_not_written() {
    let mut image = page(64, 40, 8);
    image.put_pixel(4, 4, Rgba([77, 88, 99, 0]));
    assert_eq!(shown("shot.png", png(&image)).get_pixel(4, 4), &Rgba([0, 0, 0, 0]));
}

#[test]
fn a_photo_is_turned_as_its_exif_data_say() {
    let image = page(64, 40, 8);
    let jpeg = written(DynamicImage::from(image).into_rgb8().into(), ImageFormat::Jpeg);
    let upright = image::load_from_memory(&jpeg).unwrap();
    // An APP1 segment with one entry: orientation 6, a quarter turn clockwise.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    let mut book = Book::new().file("photo.jpg", bytes);
    let picture = &mut book.resolved.shots[0].picture;
    (picture.width, picture.height) = (40, 64);
    assert_same(&paint(&book.sheet(&lossless()), 0, 1), &upright.rotate90().into_rgba8(), "turned");
}

#[test]
fn a_moving_picture_shows_its_first_frame() {
    let frames = [page(64, 40, 8), page(64, 40, 9)];
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    encoder.encode_frames(frames.iter().cloned().map(image::Frame::new)).unwrap();
    drop(encoder);
    assert_same(&shown("shot.gif", bytes), &frames[0], "first frame");
}

#[test]
fn a_cover_is_small_and_shows_the_crop() {
    let book = Book::new().picture("1.png", &page(1280, 800, 3)).crop(rect(0.0, 0.0, 1280.0, 720.0));
    let cover = cover(&book.resolved, &ShotOptions::default(), &book.world).unwrap().unwrap();
    assert_eq!((cover.width, cover.height), (640, 360));
    let image = image::load_from_memory(&cover.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (640, 360));
    let tall = Book::new().picture("1.png", &page(300, 900, 3));
    let cover =
        guidemark::shot::cover(&tall.resolved, &ShotOptions::default(), &tall.world).unwrap().unwrap();
    assert_eq!((cover.width, cover.height), (300, 300));
    let none = Book::new();
    assert_eq!(guidemark::shot::cover(&none.resolved, &ShotOptions::default(), &none.world), Ok(None));
}

/// A PNG with more chunks behind its header.
fn with_chunks(image: &image::RgbaImage, chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut png = crate::support::png(image);
    for (name, data) in chunks.iter().rev() {
        let body = [name.as_slice(), data].concat();
        let mut hasher = flate2::Crc::new();
        hasher.update(&body);
        let chunk =
            [&(data.len() as u32).to_be_bytes(), body.as_slice(), &hasher.sum().to_be_bytes()].concat();
        png.splice(33..33, chunk);
    }
    png
}

fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// Greys from left to right, and one pure colour below.
fn ramp() -> image::RgbaImage {
    image::RgbaImage::from_fn(64, 4, |x, y| match y {
        0..=1 => image::Rgba([(x * 4) as u8, (x * 4) as u8, (x * 4) as u8, 255]),
        _ => image::Rgba([200, 40, 40, 255]),
    })
}

const SRGB: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
const P3: [u32; 8] = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];

#[test]
fn what_a_png_says_of_its_colours_counts_as_in_browsers() {
    let plain = ramp();
    let shown_as = |chunks: &[(&[u8; 4], Vec<u8>)]| shown("shot.png", with_chunks(&plain, chunks));
    let gamma = |gamma: u32| (b"gAMA", numbers(&[gamma]));
    let primaries = |values: &[u32]| (b"cHRM", numbers(values));
    let off = |one: &image::RgbaImage, two: &image::RgbaImage| {
        one.as_raw().iter().zip(two.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    };
    // Linear light is lighter on a screen; 128 of 255 becomes 188.
    let linear = shown_as(&[gamma(100_000)]);
    assert!(linear.get_pixel(32, 0).0[0].abs_diff(188) <= 1, "{:?}", linear.get_pixel(32, 0));
    assert!(off(&linear, &plain) > 60);
    assert!(off(&linear, &shown_as(&[gamma(100_000), primaries(&SRGB)])) <= 1);
    assert!(off(&linear, &shown_as(&[(b"cICP", vec![1, 8, 0, 1])])) <= 1, "the same by code points");
    // Wider primaries: the same numbers are a stronger red.
    let wide = shown_as(&[(b"cICP", vec![12, 13, 0, 1])]);
    assert!(wide.get_pixel(9, 3).0[0] > 205 && wide.get_pixel(9, 3).0[1] < 40, "{:?}", wide.get_pixel(9, 3));
    let by_gamma = shown_as(&[gamma(45_455), primaries(&P3)]);
    assert!(
        by_gamma.get_pixel(9, 3).0[0] > 205 && by_gamma.get_pixel(9, 3).0[1] < 40,
        "the same by primaries"
    );
    assert_same(&shown_as(&[primaries(&P3)]), &plain, "no primaries without a gamma");
    // What says that it is sRGB is, whatever else it says; code points say it louder.
    let srgb = || (b"sRGB", vec![0]);
    assert_same(&shown_as(&[srgb(), gamma(100_000), primaries(&P3)]), &plain, "sRGB");
    assert_same(&shown_as(&[(b"cICP", vec![1, 13, 0, 1]), gamma(100_000)]), &plain, "cICP");
    assert!(off(&linear, &shown_as(&[(b"cICP", vec![1, 8, 0, 1]), srgb()])) <= 1);
    // The usual gamma alone means sRGB; with primaries it is what it says: 16 becomes 7, as Chromium shows it.
    assert_same(&shown_as(&[gamma(45_455)]), &plain, "the usual gamma");
    let exact = shown_as(&[gamma(45_455), primaries(&SRGB)]);
    assert!(exact.get_pixel(4, 0).0[0].abs_diff(7) <= 1, "{:?}", exact.get_pixel(4, 0));
    // What makes no sense says nothing.
    for odd in [gamma(0), (b"cICP", vec![0, 0, 0, 1]), (b"cICP", vec![255, 255, 0, 1]), primaries(&[0; 8])] {
        let _ = shown_as(&[odd]);
    }
}

#[test]
fn a_file_that_is_cut_off_is_told_of_in_any_format() {
    let picture = page(320, 200, 3);
    for (name, format) in [
        ("shot.png", image::ImageFormat::Png),
        ("shot.jpg", image::ImageFormat::Jpeg),
        ("shot.webp", image::ImageFormat::WebP),
        ("shot.gif", image::ImageFormat::Gif),
    ] {
        let whole = match format {
            image::ImageFormat::Jpeg => {
                let opaque = image::DynamicImage::from(picture.clone()).to_rgb8();
                let mut bytes = std::io::Cursor::new(Vec::new());
                opaque.write_to(&mut bytes, format).unwrap();
                bytes.into_inner()
            }
            _ => crate::support::encoded(&picture, format),
        };
        assert!(guidemark::shot::decode(&whole).is_ok(), "{name}");
        for tenth in 3..10 {
            let cut = &whole[..whole.len() * tenth / 10];
            let result = guidemark::shot::decode(cut).map(|_| ()).map_err(|broken| broken.message);
            assert_eq!(result, Err("is damaged or cut off".to_owned()), "{name}: {tenth} tenths");
        }
        if format == image::ImageFormat::Jpeg {
            let more = [&whole[..], b"and what cameras put behind it"].concat();
            assert!(guidemark::shot::decode(&more).is_ok());
            assert!(guidemark::shot::decode(&whole[..whole.len() - 2]).is_err());
        }
    }
}
