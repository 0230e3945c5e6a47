//! Which glyph a letter has: `cmap`.

use super::sfnt::{u16_at, u32_at};
use std::collections::BTreeMap;
use ttf_parser::cmap::{Format, Subtables};

/// Letters, each with its glyph.
pub type Map = BTreeMap<u32, u16>;

/// Kinds of tables for Unicode, by platform and encoding: browsers take the first that is there.
const UNICODE: [(u16, u16); 7] = [(3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1)];
const SYMBOLS: (u16, u16) = (3, 0);
/// Letters that are followed by a sign which says how they look.
const VARIANTS: (u16, u16) = (0, 5);
/// How many of those a font may have.
const VARIED: usize = 1 << 17;

/// What a `cmap` says.
pub struct Letterforms {
    /// The glyphs of letters.
    pub map: Map,
    /// Other glyphs of letters.
    pub variants: Vec<(u32, u16)>,
    /// The table of these, as it stands there.
    table: Vec<u8>,
}

/// Reads a `cmap`. `None`: it is broken, or not for Unicode.
pub fn read(cmap: &[u8], tables: Subtables<'_>) -> Option<Letterforms> {
    let kind = |at: usize| Some((u16_at(cmap, 4 + at * 8)?, u16_at(cmap, 6 + at * 8)?));
    let kinds = (0..usize::from(u16_at(cmap, 2)?)).map(kind).collect::<Option<Vec<_>>>()?;
    let find = |wanted: (u16, u16)| kinds.iter().position(|kind| *kind == wanted);
    if find(SYMBOLS).is_some() {
        return None;
    }
    let table = tables.get(u16::try_from(UNICODE.into_iter().find_map(find)?).ok()?)?;
    matches!(table.format, Format::SegmentMappingToDeltaValues(_) | Format::SegmentedCoverage(_))
        .then_some(())?;
    // Each letter is asked for: what a font lists may be the same a million times.
    let glyph = |letter| Some((letter, table.glyph_index(letter).filter(|glyph| glyph.0 != 0)?.0));
    let end = if matches!(table.format, Format::SegmentedCoverage(_)) { 0x11_0000 } else { 0x1_0000 };
    let map: Map = (0..end).filter_map(glyph).collect();
    let place = |at: usize| u32_at(cmap, 8 + at * 8);
    let Some(at) = find(VARIANTS) else {
        return Some(Letterforms { map, variants: Vec::new(), table: Vec::new() });
    };
    let table = cmap.get(place(at)? as usize..)?;
    let table = table.get(..u32_at(table, 2)? as usize)?.to_vec();
    Some(Letterforms { map, variants: variants(&table)?, table })
}

/// The glyphs of letters before the signs of a table.
fn variants(table: &[u8]) -> Option<Vec<(u32, u16)>> {
    let letter = |at: usize| Some(u32::from(u16_at(table, at)?) << 8 | u32::from(*table.get(at + 2)?));
    let mut found = Vec::new();
    for sign in 0..u32_at(table, 6)? as usize {
        let at = u32_at(table, 10 + sign * 11 + 7)? as usize;
        for pair in 0..if at == 0 { 0 } else { u32_at(table, at)? as usize } {
            let at = at + 4 + pair * 5;
            found.push((letter(at)?, u16_at(table, at + 3)?));
            (found.len() <= VARIED).then_some(())?;
        }
    }
    Some(found)
}

impl Letterforms {
    /// A `cmap` with these letters, in order.
    pub fn with(&self, letters: impl Iterator<Item = u32>) -> Option<Vec<u8>> {
        let runs = runs(letters.filter_map(|letter| Some((letter, *self.map.get(&letter)?))));
        let small: Vec<Run> = runs.iter().filter(|run| run.to < 0xFFFF).copied().collect();
        let mut tables = vec![((3, 1), segments(&small)?)];
        if !self.table.is_empty() {
            tables.insert(0, (VARIANTS, self.table.clone()));
        }
        if runs.iter().any(|run| run.to > 0xFFFF) {
            tables.push(((3, 10), groups(&runs)?));
        }
        let mut place = 4 + tables.len() * 8;
        let mut out = [0, u16::try_from(tables.len()).ok()?].map(u16::to_be_bytes).concat();
        for ((platform, encoding), table) in &tables {
            out.extend([*platform, *encoding].map(u16::to_be_bytes).concat());
            out.extend(u32::try_from(place).ok()?.to_be_bytes());
            place += table.len();
        }
        tables.iter().for_each(|(_, table)| out.extend(table));
        Some(out)
    }
}

/// Letters one after the other whose glyphs are so, too.
#[derive(Clone, Copy)]
struct Run {
    from: u32,
    to: u32,
    glyph: u16,
}

fn runs(letters: impl Iterator<Item = (u32, u16)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (letter, glyph) in letters {
        match runs.last_mut() {
            // The last of the first plane stands alone: it ends the table for that.
            Some(run)
                if run.to + 1 == letter
                    && u32::from(run.glyph) + letter - run.from == u32::from(glyph)
                    && letter & 0xFFFF < 0xFFFF
                    && letter != 0x1_0000 =>
            {
                run.to = letter;
            }
            _ => runs.push(Run { from: letter, to: letter, glyph }),
        }
    }
    runs
}

/// A table of format 4.
fn segments(runs: &[Run]) -> Option<Vec<u8>> {
    let end = Run { from: 0xFFFF, to: 0xFFFF, glyph: 0 };
    let runs: Vec<&Run> = runs.iter().chain([&end]).collect();
    let count = u16::try_from(runs.len()).ok().filter(|count| *count < 0x1FFF)?;
    let power = count.ilog2();
    let range = 2 << power;
    let column =
        |value_of: fn(&Run) -> u32| runs.iter().flat_map(move |run| (value_of(run) as u16).to_be_bytes());
    let head = [4, 16 + count * 8, 0, count * 2, range, power as u16, count * 2 - range];
    let mut out = head.map(u16::to_be_bytes).concat();
    out.extend(column(|run| run.to));
    out.extend([0, 0]);
    out.extend(column(|run| run.from));
    out.extend(column(|run| u32::from(run.glyph).wrapping_sub(run.from)));
    out.extend(column(|_| 0));
    Some(out)
}

/// A table of format 12.
fn groups(runs: &[Run]) -> Option<Vec<u8>> {
    let count = u32::try_from(runs.len()).ok()?;
    let mut out = [12_u16, 0].map(u16::to_be_bytes).concat();
    out.extend([16 + count * 12, 0, count].map(u32::to_be_bytes).concat());
    runs.iter()
        .for_each(|run| out.extend([run.from, run.to, u32::from(run.glyph)].map(u32::to_be_bytes).concat()));
    Some(out)
}
