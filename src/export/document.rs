//! A guide on paper.

use super::packed::packed;
use super::shown::{Scheme, Shown};
use super::{ExportError, Exporting};
use crate::browser::{Browser, Paper};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// How pictures begin that a page holds within its text.
const WEBP: &str = "data:image/webp;base64,";
/// Of JPEG, 1 to 100: as good as the pictures that it is made of.
const QUALITY: u8 = 88;

/// The article as a PDF: A4 portrait, tagged, with an outline and page numbers; on white, as paper is.
pub fn pdf(browser: &Browser, exporting: Exporting<'_>) -> Result<Vec<u8>, ExportError> {
    let page = with_jpegs(&String::from_utf8_lossy(exporting.page));
    let page = exporting.leads.applied_to_page(&page, exporting.slug);
    let mut shown = Shown::open(browser, page.as_bytes(), Scheme::Light)?;
    shown.article(1.0)?;
    let mut pdf = shown.page.print_document(Paper::A4)?;
    without_time(&mut pdf);
    Ok(packed(pdf))
}

/// Photographs, which a page holds as lossy WebP, as JPEG: a PDF can hold no WebP, and their pixels one by one take seven times
/// as much.
fn with_jpegs(page: &str) -> String {
    let mut parts = page.split(WEBP);
    let mut to = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c)).unwrap_or(part.len());
        let (data, rest) = part.split_at(end);
        match jpeg(data) {
            Some(jpeg) => to.extend(["data:image/jpeg;base64,", &jpeg, rest]),
            None => to.extend([WEBP, part]),
        }
    }
    to
}

/// A lossy WebP without transparency as a JPEG, both in base64.
fn jpeg(webp: &str) -> Option<String> {
    let webp = STANDARD.decode(webp).ok().filter(|bytes| bytes.get(12..16) == Some(b"VP8 "))?;
    let picture = image::load_from_memory_with_format(&webp, image::ImageFormat::WebP).ok()?.into_rgb8();
    let (width, height) = (u16::try_from(picture.width()).ok()?, u16::try_from(picture.height()).ok()?);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    // As a lossy WebP has its colours.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&picture, width, height, ColorType::Rgb).ok()?;
    Some(STANDARD.encode(jpeg))
}

/// The same guide gives the same bytes: the time of printing is no part of it.
fn without_time(pdf: &mut [u8]) {
    for key in [&b"/CreationDate (D:"[..], b"/ModDate (D:"] {
        let places: Vec<usize> =
            pdf.windows(key.len()).enumerate().filter(|(_, found)| *found == key).map(|(at, _)| at).collect();
        for at in places {
            let digits = pdf.iter_mut().skip(at + key.len()).take(14);
            digits.zip(*b"20000101000000").for_each(|(digit, fixed)| *digit = fixed);
        }
    }
}
