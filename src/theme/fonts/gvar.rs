//! How outlines vary: `gvar`.

use super::sfnt::{u16_at, u32_at};
use std::collections::BTreeSet;

/// The table of a font with `count` glyphs, with what the glyphs of `glyphs` need.
pub fn with(gvar: &[u8], count: u16, glyphs: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let (axes, shared) = (u16_at(gvar, 4)?, u16_at(gvar, 6)?);
    let is_long = u16_at(gvar, 14)? & 1 == 1;
    (u16_at(gvar, 12)? == count).then_some(())?;
    let shared = usize::from(axes) * usize::from(shared) * 2;
    let shared = gvar.get(u32_at(gvar, 8)? as usize..)?.get(..shared)?;
    let data = gvar.get(u32_at(gvar, 16)? as usize..)?;
    let place = |at: u16| match is_long {
        true => Some(u32_at(gvar, 20 + usize::from(at) * 4)? as usize),
        false => Some(usize::from(u16_at(gvar, 20 + usize::from(at) * 2)?) * 2),
    };
    let (mut varied, mut places) = (Vec::new(), Vec::new());
    let mut note = |at: usize| {
        let long = || Some(u32::try_from(at).ok()?.to_be_bytes().to_vec());
        let short = || Some(u16::try_from(at / 2).ok()?.to_be_bytes().to_vec());
        places.extend(if is_long { long() } else { short() }?);
        Some(())
    };
    note(0)?;
    for glyph in 0..count {
        let (from, to) = (place(glyph)?, place(glyph.checked_add(1)?)?);
        if glyphs.contains(&glyph) {
            varied.extend_from_slice(data.get(from..to)?);
        }
        note(varied.len())?;
    }
    let tuples = u32::try_from(20 + places.len()).ok()?;
    let start = tuples + u32::try_from(shared.len()).ok()?;
    let mut out = gvar.get(..8)?.to_vec();
    out.extend_from_slice(&tuples.to_be_bytes());
    out.extend_from_slice(gvar.get(12..16)?);
    out.extend_from_slice(&start.to_be_bytes());
    out.extend([places.as_slice(), shared, &varied].concat());
    Some(out)
}
