//! A font file as the tables it consists of.

use std::collections::BTreeMap;
use std::io::Read as _;

/// How much the tables of a font may have together, in bytes.
pub const LIMIT: usize = 32 << 20;
/// How many tables a font may have.
const TABLES: usize = 64;

/// The name of a table.
pub type Tag = [u8; 4];

/// A font: what kind of outlines it has, and its tables.
pub struct Font {
    /// The first four bytes of a plain font file.
    pub flavor: u32,
    /// By name.
    pub tables: BTreeMap<Tag, Vec<u8>>,
}

impl Font {
    /// The font in a file, WOFF2, WOFF or plain. `None`: it is broken, a collection, or too large.
    pub fn read(file: &[u8]) -> Option<Self> {
        match file.first_chunk()? {
            b"wOF2" => {
                let plain = wuff::decompress_woff2_with_custom_brotli(file, &mut unpacked).ok()?;
                Self::plain(&plain)
            }
            b"wOFF" => Self::woff(file),
            _ => Self::plain(file),
        }
    }

    /// A table.
    pub fn table(&self, tag: &Tag) -> Option<&[u8]> {
        self.tables.get(tag).map(Vec::as_slice)
    }

    fn plain(file: &[u8]) -> Option<Self> {
        let entries = entries(file, u16_at(file, 4)?, 12, 16)?;
        let read = |entry: &[u8]| Some((tag(entry)?, u32_at(entry, 8)?, u32_at(entry, 12)?));
        let found = entries.map(read).collect::<Option<Vec<_>>>()?;
        within_limit(found.iter().map(|(_, _, length)| *length))?;
        let table = |(tag, offset, length)| Some((tag, slice(file, offset, length)?.to_vec()));
        Self::new(u32_at(file, 0)?, found.into_iter().map(table).collect::<Option<_>>()?)
    }

    fn woff(file: &[u8]) -> Option<Self> {
        let entries = entries(file, u16_at(file, 12)?, 44, 20)?;
        let read =
            |entry: &[u8]| Some((tag(entry)?, u32_at(entry, 4)?, u32_at(entry, 8)?, u32_at(entry, 12)?));
        let found = entries.map(read).collect::<Option<Vec<_>>>()?;
        within_limit(found.iter().map(|(_, _, _, length)| *length))?;
        let table = |(tag, offset, packed, length)| {
            let bytes = slice(file, offset, packed)?;
            Some((tag, if packed < length { inflated(bytes, length as usize)? } else { bytes.to_vec() }))
        };
        Self::new(u32_at(file, 4)?, found.into_iter().map(table).collect::<Option<_>>()?)
    }

    fn new(flavor: u32, tables: BTreeMap<Tag, Vec<u8>>) -> Option<Self> {
        [0x0001_0000, u32::from_be_bytes(*b"true")].contains(&flavor).then_some(Self { flavor, tables })
    }
}

/// The entries of a directory.
fn entries(file: &[u8], count: u16, start: usize, size: usize) -> Option<impl Iterator<Item = &[u8]>> {
    let count = usize::from(count);
    (count <= TABLES).then_some(())?;
    Some(file.get(start..start + count * size)?.chunks_exact(size))
}

fn within_limit(lengths: impl Iterator<Item = u32>) -> Option<()> {
    (lengths.map(u64::from).sum::<u64>() <= LIMIT as u64).then_some(())
}

fn inflated(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(length as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() == length).then_some(out)
}

/// The data of a WOFF2.
fn unpacked(bytes: &[u8], length: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    if length > LIMIT {
        return Err("too large".into());
    }
    let mut out = Vec::new();
    brotli::Decompressor::new(bytes, 1 << 14).take(length as u64 + 1).read_to_end(&mut out)?;
    Ok(out)
}

fn tag(entry: &[u8]) -> Option<Tag> {
    entry.first_chunk().copied()
}

fn slice(bytes: &[u8], offset: u32, length: u32) -> Option<&[u8]> {
    bytes.get(offset as usize..)?.get(..length as usize)
}

/// A number at a place.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A number at a place.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}
