//! Tables packed as WOFF2, none of them transformed.

use super::sfnt::{Font, Tag};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;

/// How hard it is packed, at most 11: that takes many times as long, and a guide in a script of its own waits for it.
const QUALITY: i32 = 9;

/// Names that have a number there.
const KNOWN: [&Tag; 63] = [
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"glyf",
    b"loca", b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern", b"LTSH", b"PCLT",
    b"VDMX", b"vhea", b"vmtx", b"BASE", b"GDEF", b"GPOS", b"GSUB", b"EBSC", b"JSTF", b"MATH", b"CBDT",
    b"CBLC", b"COLR", b"CPAL", b"SVG ", b"sbix", b"acnt", b"avar", b"bdat", b"bloc", b"bsln", b"cvar",
    b"fdsc", b"feat", b"fmtx", b"fvar", b"gvar", b"hsty", b"just", b"lcar", b"mort", b"morx", b"opbd",
    b"prop", b"trak", b"Zapf", b"Silf", b"Glat", b"Gloc", b"Feat", b"Sill",
];
/// The bits that say that outlines are as they were.
const AS_IT_WAS: u8 = 0b1100_0000;

/// The file of a font.
pub fn written(font: &Font) -> Option<Vec<u8>> {
    let (mut directory, mut data) = (Vec::new(), Vec::new());
    let mut plain = 12 + 16 * font.tables.len();
    for (tag, table) in in_order(font) {
        let number = KNOWN.iter().position(|known| *known == tag).unwrap_or(KNOWN.len());
        let transform = if [b"glyf", b"loca"].contains(&tag) { AS_IT_WAS } else { 0 };
        directory.push(u8::try_from(number).ok()? | transform);
        if number == KNOWN.len() {
            directory.extend_from_slice(tag);
        }
        directory.extend(base128(u32::try_from(table.len()).ok()?));
        data.extend_from_slice(table);
        plain += table.len().next_multiple_of(4);
    }
    let data = packed(&data)?;
    let length = (48 + directory.len() + data.len()).next_multiple_of(4);
    let mut out = b"wOF2".to_vec();
    out.extend([font.flavor, u32::try_from(length).ok()?].map(u32::to_be_bytes).concat());
    out.extend([u16::try_from(font.tables.len()).ok()?, 0].map(u16::to_be_bytes).concat());
    out.extend([u32::try_from(plain).ok()?, u32::try_from(data.len()).ok()?].map(u32::to_be_bytes).concat());
    // Its version; no words about it, and nothing private.
    out.extend([1_u16, 0].map(u16::to_be_bytes).concat());
    out.resize(48, 0);
    out.extend([directory, data].concat());
    out.resize(length, 0);
    Some(out)
}

/// The tables: `loca` stands behind `glyf`.
fn in_order(font: &Font) -> impl Iterator<Item = (&Tag, &Vec<u8>)> {
    let mut tables: Vec<(&Tag, &Vec<u8>)> = font.tables.iter().collect();
    tables.sort_by_key(|(tag, _)| if *tag == b"loca" { (b"glyf", 1) } else { (*tag, 0) });
    tables.into_iter()
}

fn packed(data: &[u8]) -> Option<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: QUALITY,
        mode: BrotliEncoderMode::BROTLI_MODE_FONT,
        size_hint: data.len(),
        ..BrotliEncoderParams::default()
    };
    let (mut from, mut out) = (data, Vec::new());
    brotli::BrotliCompress(&mut from, &mut out, &params).ok()?;
    Some(out)
}

/// A number in as few bytes as it needs.
fn base128(number: u32) -> Vec<u8> {
    let digits = (0..5).rev().map(|at| (number >> (7 * at) & 0x7F) as u8);
    let mut digits: Vec<u8> = digits.skip_while(|digit| *digit == 0).collect();
    let last = digits.pop().unwrap_or_default();
    digits.into_iter().map(|digit| digit | 0x80).chain([last]).collect()
}
