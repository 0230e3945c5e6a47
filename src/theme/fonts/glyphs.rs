//! The glyphs that letters need: their own, what features of the font put in the place of these, and their parts.

use super::glyf::Outlines;
use std::collections::BTreeSet;
use ttf_parser::gsub::{LigatureSet, SingleSubstitution, SubstitutionSubtable};
use ttf_parser::math::{GlyphConstruction, Variants};
use ttf_parser::opentype_layout::LayoutTable;
use ttf_parser::{FaceTables, GlyphId, LazyArray16};

/// How many glyphs may be looked at: tables of a font that is made for it lead round and round.
const EFFORT: usize = 100_000_000;

/// Glyphs, by number.
pub type Glyphs = BTreeSet<u16>;

/// All glyphs that texts of some glyphs can be drawn with, whatever stands beside what and whichever features are on.
/// `None`: a table is not understood.
pub fn closed(mut glyphs: Glyphs, font: &FaceTables<'_>, outlines: &Outlines<'_>) -> Option<Glyphs> {
    // What is drawn where a font has no glyph.
    glyphs.insert(0);
    let features = font.gsub.as_ref().map_or(Some(Vec::new()), substitutions)?;
    let mut left = EFFORT;
    loop {
        let mut more = Glyphs::new();
        for feature in &features {
            replaced(feature, &glyphs, &mut more, &mut left)?;
        }
        for glyph in &glyphs {
            let parts = outlines.parts(*glyph)?;
            let sizes = font.math.and_then(|math| math.variants);
            let larger = sizes.map(|sizes| stretched(&sizes, *glyph)).unwrap_or_default();
            spend(&mut left, 1 + parts.len() + larger.len())?;
            more.extend(parts.into_iter().chain(larger));
        }
        if more.is_subset(&glyphs) {
            return Some(glyphs);
        }
        glyphs.append(&mut more);
    }
}

fn spend(left: &mut usize, effort: usize) -> Option<()> {
    *left = left.checked_sub(effort)?;
    Some(())
}

/// The larger forms of a glyph in formulas, and their parts.
fn stretched(sizes: &Variants<'_>, glyph: u16) -> Vec<u16> {
    let directions = [sizes.vertical_constructions, sizes.horizontal_constructions];
    let found = directions.into_iter().filter_map(|direction| direction.get(GlyphId(glyph)));
    let forms = |construction: GlyphConstruction<'_>| {
        let parts =
            construction.assembly.into_iter().flat_map(|assembly| assembly.parts).map(|part| part.glyph_id.0);
        construction.variants.into_iter().map(|form| form.variant_glyph.0).chain(parts).collect::<Vec<_>>()
    };
    found.flat_map(forms).collect()
}

fn substitutions<'a>(features: &LayoutTable<'a>) -> Option<Vec<SubstitutionSubtable<'a>>> {
    let mut found = Vec::new();
    for lookup in 0..features.lookups.len() {
        let subtables = features.lookups.get(lookup)?.subtables;
        for at in 0..subtables.len() {
            found.push(subtables.get::<SubstitutionSubtable<'a>>(at)?);
            (found.len() <= usize::from(u16::MAX)).then_some(())?;
        }
    }
    Some(found)
}

/// Adds what a substitution makes of glyphs.
fn replaced(
    of: &SubstitutionSubtable<'_>,
    glyphs: &Glyphs,
    more: &mut Glyphs,
    left: &mut usize,
) -> Option<()> {
    spend(left, glyphs.len())?;
    let coverage = of.coverage();
    let mut covered = glyphs.iter().filter_map(|glyph| Some((*glyph, coverage.get(GlyphId(*glyph))?)));
    covered.try_for_each(|(glyph, at)| {
        let several = |to: LazyArray16<'_, GlyphId>, more: &mut Glyphs, left: &mut usize| {
            more.extend(to.into_iter().map(|to| to.0));
            spend(left, usize::from(to.len()))
        };
        match of {
            SubstitutionSubtable::Single(SingleSubstitution::Format1 { delta, .. }) => {
                more.insert(glyph.wrapping_add_signed(*delta));
            }
            SubstitutionSubtable::Single(SingleSubstitution::Format2 { substitutes, .. }) => {
                more.insert(substitutes.get(at)?.0);
            }
            SubstitutionSubtable::Multiple(of) => several(of.sequences.get(at)?.substitutes, more, left)?,
            SubstitutionSubtable::Alternate(of) => {
                several(of.alternate_sets.get(at)?.alternates, more, left)?
            }
            SubstitutionSubtable::Ligature(of) => ligatures(&of.ligature_sets.get(at)?, glyphs, more, left)?,
            SubstitutionSubtable::ReverseChainSingle(of) => drop(more.insert(of.substitutes.get(at)?.0)),
            // These say where the others apply.
            SubstitutionSubtable::Context(_) | SubstitutionSubtable::ChainContext(_) => {}
        }
        Some(())
    })
}

fn ligatures(set: &LigatureSet<'_>, glyphs: &Glyphs, more: &mut Glyphs, left: &mut usize) -> Option<()> {
    for at in 0..set.len() {
        let ligature = set.get(at)?;
        spend(left, 1 + usize::from(ligature.components.len()))?;
        if ligature.components.into_iter().all(|part| glyphs.contains(&part.0)) {
            more.insert(ligature.glyph.0);
        }
    }
    Some(())
}
