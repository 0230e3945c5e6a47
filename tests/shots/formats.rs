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
    let cover = cover(&book.resolved, &ShotOptions::default(), &book.world).unwrap();
    assert_eq!((cover.width, cover.height), (640, 360));
    let image = image::load_from_memory(&cover.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (640, 360));
    let tall = Book::new().picture("1.png", &page(300, 900, 3));
    let cover = guidemark::shot::cover(&tall.resolved, &ShotOptions::default(), &tall.world).unwrap();
    assert_eq!((cover.width, cover.height), (300, 300));
    let none = Book::new();
    assert_eq!(guidemark::shot::cover(&none.resolved, &ShotOptions::default(), &none.world), None);
}
