//! Outlines: `glyf`, and `loca`, which says where each begins.

use super::sfnt::{Font, u16_at, u32_at};
use std::collections::BTreeSet;

/// Largest `glyf` whose places fit into 16 bits: they are counted in pairs of bytes.
const SHORT: usize = 0x1_FFFE;

/// The outlines of a font.
pub struct Outlines<'a> {
    glyf: &'a [u8],
    places: Vec<usize>,
}

impl<'a> Outlines<'a> {
    /// Of a font with `count` glyphs.
    pub fn read(font: &'a Font, count: u16) -> Option<Self> {
        let (glyf, loca) = (font.table(b"glyf")?, font.table(b"loca")?);
        let place = |at: usize| match u16_at(font.table(b"head")?, 50)? {
            0 => Some(usize::from(u16_at(loca, at * 2)?) * 2),
            1 => Some(u32_at(loca, at * 4)? as usize),
            _ => None,
        };
        let places = (0..=usize::from(count)).map(place).collect::<Option<Vec<_>>>()?;
        let sound = places.is_sorted() && places.last().is_some_and(|last| *last <= glyf.len());
        sound.then_some(Self { glyf, places })
    }

    fn glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let at = usize::from(glyph);
        self.glyf.get(*self.places.get(at)?..*self.places.get(at + 1)?)
    }

    /// The glyphs that a glyph is put together of.
    pub fn parts(&self, glyph: u16) -> Option<Vec<u16>> {
        let data = self.glyph(glyph)?;
        let mut parts = Vec::new();
        if data.is_empty() || u16_at(data, 0)? < 0x8000 {
            return Some(parts);
        }
        let mut at = 10;
        loop {
            let flags = u16_at(data, at)?;
            parts.push(u16_at(data, at + 2)?);
            at += 4 + if flags & 1 == 0 { 2 } else { 4 };
            at += match flags {
                _ if flags & 0x08 != 0 => 2,
                _ if flags & 0x40 != 0 => 4,
                _ if flags & 0x80 != 0 => 8,
                _ => 0,
            };
            if flags & 0x20 == 0 {
                return Some(parts);
            }
        }
    }

    /// `glyf`, `loca`, and the format of that for `head`, with outlines for these glyphs.
    pub fn with(&self, glyphs: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u8>, u16)> {
        let (mut glyf, mut places) = (Vec::new(), vec![0]);
        for glyph in 0..u16::try_from(self.places.len().checked_sub(1)?).ok()? {
            if glyphs.contains(&glyph) {
                glyf.extend_from_slice(self.glyph(glyph)?);
                // Places are even.
                glyf.resize(glyf.len().next_multiple_of(2), 0);
            }
            places.push(glyf.len());
        }
        let short = |place: &usize| u16::try_from(place / 2).unwrap_or_default().to_be_bytes();
        let long = |place: &usize| u32::try_from(*place).unwrap_or_default().to_be_bytes();
        let is_short = glyf.len() <= SHORT;
        let loca = if is_short {
            places.iter().flat_map(short).collect()
        } else {
            places.iter().flat_map(long).collect()
        };
        Some((glyf, loca, u16::from(!is_short)))
    }
}
