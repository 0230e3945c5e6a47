//! A font with the glyphs of some letters. Glyphs keep their numbers, so that kerning, ligatures and whatever else
//! speaks of them stays as it is: those that are not needed are empty.

use super::glyf::Outlines;
use super::glyphs::{self, Glyphs};
use super::letters::Letters;
use super::sfnt::{Font, Tag, u16_at};
use super::{cmap, gvar, woff2};
use ttf_parser::RawFaceTables;

/// Tables that name no glyph outside of what is looked for in them. A font with another one stays whole.
const KNOWN: [&Tag; 34] = [
    b"BASE", b"GDEF", b"GPOS", b"GSUB", b"HVAR", b"LTSH", b"MVAR", b"OS/2", b"STAT", b"VDMX", b"VVAR",
    b"avar", b"cmap", b"cvar", b"cvt ", b"fpgm", b"fvar", b"gasp", b"glyf", b"gvar", b"hdmx", b"head",
    b"hhea", b"hmtx", b"kern", b"loca", b"MATH", b"maxp", b"meta", b"name", b"post", b"prep", b"vhea",
    b"vmtx",
];
/// Tables for programs that make fonts.
const SPARE: [&Tag; 12] = [
    b"DSIG", b"FFTM", b"PCLT", b"TSI0", b"TSI1", b"TSI2", b"TSI3", b"TSI5", b"TSIV", b"TTFA", b"Webf",
    b"prop",
];

/// A font that can be subset.
pub struct Face {
    font: Font,
    letters: cmap::Letterforms,
    count: u16,
}

impl Face {
    /// The font in a file; `None`: it stays whole.
    pub fn read(file: &[u8]) -> Option<Self> {
        let mut font = Font::read(file)?;
        font.tables.retain(|tag, _| !SPARE.contains(&tag));
        font.tables.keys().all(|tag| KNOWN.contains(&tag)).then_some(())?;
        let count = u16_at(font.table(b"maxp")?, 4)?;
        let parsed = parsed(&font)?;
        let letters = cmap::read(font.table(b"cmap")?, parsed.tables().cmap?.subtables)?;
        let known = letters
            .map
            .values()
            .chain(letters.variants.iter().map(|(_, glyph)| glyph))
            .all(|glyph| *glyph < count);
        known.then_some(Self { font, letters, count })
    }

    /// Which of its letters a page needs, in order.
    pub fn needed_letters(&self, letters: &Letters) -> Vec<u32> {
        self.letters.map.keys().copied().filter(|letter| letters.has(*letter)).collect()
    }

    /// A WOFF2 file with these letters.
    pub fn subset(&self, letters: &[u32]) -> Option<Vec<u8>> {
        let outlines = Outlines::read(&self.font, self.count)?;
        let glyphs = self.glyphs(letters, &outlines)?;
        let (glyf, loca, format) = outlines.with(&glyphs)?;
        let mut tables = self.font.tables.clone();
        drop(tables.insert(*b"glyf", glyf));
        drop(tables.insert(*b"loca", loca));
        // Ligatures that have a letter of their own keep it: systems fit to the pixels what they know as Latin.
        let named = self.letters.map.iter().filter(|(_, glyph)| glyphs.contains(glyph));
        drop(tables.insert(*b"cmap", self.letters.with(named.map(|(letter, _)| *letter))?));
        tables.get_mut(b"head")?.get_mut(50..52)?.copy_from_slice(&format.to_be_bytes());
        if let Some(varied) = self.font.table(b"gvar") {
            drop(tables.insert(*b"gvar", gvar::with(varied, self.count, &glyphs)?));
        }
        self.clear(tables.get_mut(b"hmtx")?, &glyphs)?;
        tables.get_mut(b"post").map(nameless);
        woff2::written(&Font { flavor: self.font.flavor, tables })
    }

    fn glyphs(&self, letters: &[u32], outlines: &Outlines<'_>) -> Option<Glyphs> {
        let own = letters.iter().filter_map(|letter| self.letters.map.get(letter));
        let is_kept = |(letter, _): &&(u32, u16)| letters.binary_search(letter).is_ok();
        let variants = self.letters.variants.iter().filter(is_kept).map(|(_, glyph)| glyph);
        let glyphs: Glyphs = own.chain(variants).copied().collect();
        let parsed = parsed(&self.font)?;
        let tables = parsed.tables();
        let is_read = |tag: &Tag, read: bool| read || self.font.table(tag).is_none();
        (is_read(b"GSUB", tables.gsub.is_some()) && is_read(b"MATH", tables.math.is_some())).then_some(())?;
        let glyphs = glyphs::closed(glyphs, tables, outlines)?;
        glyphs.last().is_some_and(|last| *last < self.count).then_some(glyphs)
    }

    /// Takes the widths of other glyphs out of `hmtx`. The last of them is that of all glyphs behind it.
    fn clear(&self, hmtx: &mut [u8], glyphs: &Glyphs) -> Option<()> {
        let last = u16_at(self.font.table(b"hhea")?, 34)?.checked_sub(1)?;
        for glyph in (0..last).filter(|glyph| !glyphs.contains(glyph)) {
            let at = usize::from(glyph) * 4;
            hmtx.get_mut(at..at + 4)?.fill(0);
        }
        Some(())
    }
}

fn parsed(font: &Font) -> Option<ttf_parser::Face<'_>> {
    let raw = RawFaceTables {
        head: font.table(b"head")?,
        hhea: font.table(b"hhea")?,
        maxp: font.table(b"maxp")?,
        cmap: font.table(b"cmap"),
        gsub: font.table(b"GSUB"),
        math: font.table(b"MATH"),
        ..RawFaceTables::default()
    };
    ttf_parser::Face::from_raw_tables(raw).ok()
}

/// Takes the names of glyphs out of `post`: no browser reads them.
fn nameless(post: &mut Vec<u8>) {
    post.truncate(32);
    if let Some(version) = post.first_chunk_mut::<4>() {
        *version = 0x0003_0000_u32.to_be_bytes();
    }
}
