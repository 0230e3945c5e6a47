//! The letters that a page shows, or might come to show.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// What every page keeps: Latin with its signs, punctuation, and what browsers themselves draw: bullets, triangles,
/// the circle below a mark without a letter.
const ALWAYS: [RangeInclusive<u32>; 12] = [
    0x20..=0xFF,
    0x2000..=0x206F,
    0x20AC..=0x20AC,
    0x2212..=0x2212,
    0x25AA..=0x25AA,
    0x25B8..=0x25B8,
    0x25BE..=0x25BE,
    0x25C2..=0x25C2,
    0x25CB..=0x25CC,
    0x25CF..=0x25CF,
    0x25E6..=0x25E6,
    0xFFFD..=0xFFFD,
];

/// Scripts, and the blocks that browsers take letters from for them that stand in none of their texts: forms of Arabic
/// and Hebrew letters, marks of Thai, punctuation of Chinese.
const BESIDE: [(RangeInclusive<u32>, RangeInclusive<u32>); 3] =
    [(0x590..=0x8FF, 0xFB00..=0xFEFF), (0xE00..=0xE7F, 0xF700..=0xF7FF), (0x2E80..=0x9FFF, 0x3000..=0x303F)];
/// Signs of Chinese that systems measure to fit all others to the pixels; those of other scripts stand in what is kept
/// of them.
const MEASURED: &str = "\u{7530}\u{56D7}他们你來們到和地对對就席我时時會来為能舰說说这這齊军同已愿既星是景民照现現理用置要軍那配里開雷露面顾\
    个为人以個大有主些因它想意生當看着者自著裡过还进進過道還";
const CHINESE: [RangeInclusive<u32>; 4] =
    [0x1100..=0x11FF, 0x2E80..=0x9FFF, 0xAC00..=0xD7FF, 0x20000..=0x3FFFF];
/// Scripts from right to left.
const LEFTWARD: [RangeInclusive<u32>; 3] = [0x590..=0x8FF, 0xFB1D..=0xFEFC, 0x10800..=0x10FFF];

/// The letters of a page.
pub struct Letters {
    /// As they stand there.
    written: BTreeSet<u32>,
    /// These, in capitals and in small letters, and taken apart.
    related: BTreeSet<u32>,
    /// Whole blocks of code points.
    blocks: Vec<RangeInclusive<u32>>,
}

impl Letters {
    /// The letters of texts: HTML, style and script, with what they name by number or by name.
    pub fn from_texts(texts: &[&str]) -> Self {
        let mut written = BTreeSet::new();
        texts.iter().for_each(|text| read(text, &mut written));
        let cases = |c: char| c.to_lowercase().chain(c.to_uppercase()).chain([c]);
        let cased: BTreeSet<char> =
            written.iter().copied().filter_map(char::from_u32).flat_map(cases).collect();
        let any = |script: &RangeInclusive<u32>| written.range(script.clone()).next().is_some();
        let leftward = LEFTWARD.iter().any(any);
        let measured = if CHINESE.iter().any(any) { MEASURED } else { "" };
        let blocks: BTreeSet<(u32, u32)> =
            cased.iter().filter_map(|&c| block(u32::from(c), leftward)).collect();
        let mut blocks: Vec<_> = blocks.into_iter().map(|(from, to)| from..=to).collect();
        blocks.extend(BESIDE.iter().filter(|(script, _)| any(script)).map(|(_, beside)| beside.clone()));
        blocks.extend(ALWAYS);
        let parts = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(cased.iter().copied());
        let related = parts.chain(cased.iter().copied()).chain(measured.chars()).map(u32::from).collect();
        Self { written, related, blocks }
    }

    /// Whether a font keeps a letter.
    pub fn has(&self, letter: u32) -> bool {
        self.related.contains(&letter)
            || self.blocks.iter().any(|block| block.contains(&letter))
            || self.makes(letter)
    }

    /// Whether a letter is composed of letters of the page, as browsers do.
    fn makes(&self, letter: u32) -> bool {
        // Syllables of Hangul are many, and each is made of the same few.
        let letters = if (0xAC00..=0xD7A3).contains(&letter) { &self.written } else { &self.related };
        let Some(letter) = char::from_u32(letter) else { return false };
        let mut parts = DecomposingNormalizerBorrowed::new_nfd().normalize_iter([letter].into_iter());
        parts.all(|part| part != letter && (part.is_ascii() || letters.contains(&u32::from(part))))
    }
}

/// The block that is kept with a letter: guides in one language need the same font then, and it is made once. Scripts
/// with thousands of letters, and signs that have no script, are kept one by one or a few at a time; more of them where
/// `leftward` texts turn them round.
fn block(letter: u32, leftward: bool) -> Option<(u32, u32)> {
    let size = match letter {
        0..=0xFF | 0x2E80..=0x9FFF | 0xAC00..=0xFAFF | 0x1F000.. => return None,
        0x2000..=0x2E7F if !leftward => 0x10,
        _ => 0x100,
    };
    let from = letter / size * size;
    Some((from, from + size - 1))
}

fn read(text: &str, into: &mut BTreeSet<u32>) {
    let mut names = BTreeSet::from(["amp", "lt", "gt", "quot", "nbsp"]);
    for (at, c) in text.char_indices() {
        match c {
            '\\' => into.extend(escaped(text.get(at + 1..).unwrap_or_default())),
            '&' => {
                let rest = text.get(at + 1..).unwrap_or_default();
                let name = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                    .and_then(|end| rest.get(..end));
                if let Some(name) = name.filter(|name| name.len() < 40 && names.insert(name)) {
                    into.extend(named(name));
                }
            }
            _ if c.is_ascii() => {}
            _ => drop(into.insert(u32::from(c))),
        }
    }
}

/// What stands behind a backslash, in a script (`\u2192`, `\u{1f600}`, `\xe4`) or in a style sheet (`\2192`). What is
/// meant otherwise costs a glyph.
fn escaped(rest: &str) -> Option<u32> {
    let digits = |text: &str, most: usize| {
        let end = text.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        u32::from_str_radix(text.get(..end)?, 16).ok()
    };
    if let Some(point) = rest.strip_prefix("u{") {
        return digits(point, 6);
    }
    if let Some(unit) = rest.strip_prefix('u') {
        let first = digits(unit, 4)?;
        let low = unit.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(|low| digits(low, 4));
        return match low {
            Some(low @ 0xDC00..=0xDFFF) if (0xD800..=0xDBFF).contains(&first) => {
                Some(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
            }
            _ => Some(first),
        };
    }
    digits(rest.strip_prefix('x').unwrap_or(rest), 6)
}

/// The letters that an entity of HTML stands for: `#8594`, `#x2192`, `rarr`.
fn named(name: &str) -> Vec<u32> {
    let written = format!("&{name};");
    let texts = pulldown_cmark::Parser::new(&written).filter_map(|event| match event {
        pulldown_cmark::Event::Text(text) => Some(text.chars().map(u32::from).collect::<Vec<_>>()),
        _ => None,
    });
    texts.flatten().filter(|letter| *letter > 0x7F).collect()
}

#[cfg(test)]
mod tests {
    use super::Letters;

    fn has(text: &str, letter: char) -> bool {
        Letters::from_texts(&[text]).has(u32::from(letter))
    }

    #[test]
    fn letters_are_found_however_they_are_written() {
        for text in
            ["\u{2192}", "&rarr;", "&#8594;", "&#x2192;", "\"\\u2192\"", "\"\\u{2192}\"", "\"\\2192\""]
        {
            assert!(has(text, '\u{2192}'), "{text}");
        }
        assert!(has("\"\\ud83d\\ude00\"", '\u{1F600}') && has("\"\\x151\"", '\u{151}'));
        assert!(!has("rarr 2192", '\u{2192}'));
        assert!(has("", 'a') && has("", '\u{201C}') && has("", '\u{25CC}'));
    }

    #[test]
    fn letters_that_browsers_make_of_others_are_kept() {
        // Capitals, in `text-transform`.
        assert!(has("\u{FF}", '\u{178}') && has("\u{1E9E}", '\u{DF}'));
        assert!(has("a\u{306}", '\u{103}') && has("\u{1E69}", '\u{1E61}'));
        assert!(has("\u{627}", '\u{FE8D}') && has("\u{5D0}\u{2264}", '\u{22DA}'));
        assert!(has("\u{1112}\u{1161}\u{11AB}", '\u{D55C}') && has("\u{D55C}", '\u{1112}'));
        assert!(!has("\u{D55C}\u{AD6D}", '\u{AD6C}'), "not each syllable of the same sounds");
    }

    #[test]
    fn a_script_is_kept_whole_unless_it_is_large() {
        assert!(has("\u{434}", '\u{44F}') && has("\u{905}", '\u{93F}'));
        assert!(has("\u{6F22}", '\u{3001}') && !has("\u{6F22}", '\u{5B57}'));
        assert!(!has("\u{E001}", '\u{E002}'), "icons stand there");
    }
}
