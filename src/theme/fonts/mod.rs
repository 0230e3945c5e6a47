//! Fonts in a page: with the glyphs that its letters need, and no others.
//!
//! A font that is not understood in every part stays whole: a page never looks other than with the whole font.

mod cmap;
mod glyf;
mod glyphs;
mod gvar;
mod letters;
mod sfnt;
mod subset;
mod woff2;

use super::squeeze::skip;
use base64::Engine as _;
use letters::Letters;
use std::collections::BTreeMap;
use std::fmt::{Debug, Formatter};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use subset::Face;

/// How many subsets are remembered at most: a server lives long, and has a page whose letters change.
const REMEMBERED: usize = 32;
const FACE: &str = "@font-face";
const DATA: &str = "url(data:font/";
/// What of a style sheet makes letters that stand nowhere: with it fonts stay whole.
const INVENTED: [&str; 12] = [
    "-greek",
    "armenian",
    "georgian",
    "hebrew",
    "cjk-",
    "hiragana",
    "katakana",
    "-indic",
    "persian",
    "devanagari",
    "full-width",
    "text-emphasis",
];
/// What a sheet calls the format of fonts that are subset.
const FORMATS: [&str; 8] = [
    "woff2",
    "woff",
    "truetype",
    "opentype",
    "woff2-variations",
    "woff-variations",
    "truetype-variations",
    "opentype-variations",
];

/// A hash of a font as it stands in the style.
type Id = [u8; 32];
/// What is made once, by the thread that needs it first.
type Once<T> = Arc<OnceLock<T>>;

/// What is made of each key.
type Made<K, T> = Mutex<BTreeMap<K, Once<T>>>;

/// The fonts of a theme, each read once, and the subsets made of them: most guides of a project need the same.
#[derive(Default)]
pub struct Fonts {
    faces: Made<Id, Option<Face>>,
    subsets: Made<(Id, Vec<u32>), Option<Arc<str>>>,
}

impl Debug for Fonts {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str("Fonts")
    }
}

impl Fonts {
    /// A squeezed style sheet whose fonts have the glyphs that a page needs, where that is smaller. `page` is all of
    /// it but the style.
    pub fn fitted(&self, style: &str, page: &str) -> String {
        let plain = outside(style);
        if plain.len() == style.len() || INVENTED.iter().any(|word| plain.contains(word)) {
            return style.to_owned();
        }
        let letters = Letters::from_texts(&[page, &plain]);
        let mut out = String::with_capacity(plain.len());
        let mut rest = style;
        while let Some(at) = rest.find(FACE) {
            let (before, found) = rest.split_at(at);
            let (name, body) = found.split_at(FACE.len());
            let (body, after) = body.split_at(skip(body));
            out.extend([before, name, &self.face(body, &letters)]);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The body of an `@font-face`.
    fn face(&self, body: &str, letters: &Letters) -> String {
        let mut out = String::new();
        let mut rest = body;
        while let Some(at) = rest.find(DATA) {
            let (before, found) = rest.split_at(at);
            let (address, after) = found.split_at(found.find(')').map_or(found.len(), |end| end + 1));
            out.push_str(before);
            rest = after;
            match (self.address(address, letters), hint(after)) {
                (Some(font), Some((hint, behind))) => {
                    out.extend([&font, hint]);
                    rest = behind;
                }
                _ => out.push_str(address),
            }
        }
        out.push_str(rest);
        out
    }

    /// How many bytes of a font, or of something else, a page holds that has no letters of its own. `packed` is the file in
    /// base64, `size` its length before.
    pub fn least(&self, packed: &str, size: usize) -> usize {
        let (_, face) = self.read(packed);
        let subset = || {
            face.get()?.as_ref().and_then(|face| face.subset(&face.needed_letters(&Letters::from_texts(&[]))))
        };
        subset().map_or(size, |font| font.len().min(size))
    }

    /// A font by its file in base64, read if it was not yet.
    fn read(&self, packed: &str) -> (Id, Once<Option<Face>>) {
        let id = *blake3::hash(packed.as_bytes()).as_bytes();
        let face = once(&self.faces, id);
        face.get_or_init(|| Face::read(&engine().decode(packed).ok()?));
        (id, face)
    }

    /// The address of a subset of the font at an address; `None`: the whole font is smaller, or nothing understood.
    fn address(&self, address: &str, letters: &Letters) -> Option<Arc<str>> {
        let (_, packed) = address.strip_suffix(')')?.split_once(";base64,")?;
        let (id, face) = self.read(packed);
        let face = face.get()?.as_ref()?;
        let needed = face.needed_letters(letters);
        let subset = once(&self.subsets, (id, needed.clone()));
        let smaller = |font: Vec<u8>| {
            let made = format!("url(data:font/woff2;base64,{})", engine().encode(font));
            (made.len() < address.len()).then(|| made.into())
        };
        subset.get_or_init(|| face.subset(&needed).and_then(smaller)).clone()
    }
}

fn engine() -> base64::engine::GeneralPurpose {
    base64::engine::general_purpose::STANDARD
}

/// The place for what belongs to a key.
fn once<K: Ord, T>(all: &Made<K, T>, key: K) -> Once<T> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= REMEMBERED && !all.contains_key(&key) {
        all.clear();
    }
    all.entry(key).or_default().clone()
}

/// A style sheet without its fonts.
fn outside(style: &str) -> String {
    let mut out = String::new();
    let mut rest = style;
    while let Some(at) = rest.find(DATA) {
        let (before, font) = rest.split_at(at);
        out.push_str(before);
        rest = font.split_at(font.find(')').unwrap_or(font.len())).1;
    }
    out.push_str(rest);
    out
}

/// What stands behind an address in place of its hint to the format, and what stands behind that. `None`: a format
/// that is not known.
fn hint(behind: &str) -> Option<(&'static str, &str)> {
    let Some(written) = behind.trim_start().strip_prefix("format(") else { return Some(("", behind)) };
    let (name, after) = written.split_once(')')?;
    let name = name.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    FORMATS.contains(&name.as_str()).then_some(())?;
    Some((
        if name.ends_with("variations") { " format(\"woff2-variations\")" } else { " format(\"woff2\")" },
        after,
    ))
}

#[cfg(test)]
mod tests {
    use super::{Fonts, engine};
    use base64::Engine as _;

    /// A sheet with a font, fitted to a page of a few letters.
    fn fitted(font: &[u8]) -> (String, String) {
        let sheet =
            format!("a{{}}@font-face{{src:url(data:font/ttf;base64,{})}}b{{}}", engine().encode(font));
        let fitted = Fonts::default().fitted(&sheet, "A fi");
        (sheet, fitted)
    }

    #[test]
    fn broken_fonts_stay_or_become_smaller() {
        for name in ["tiny.ttf", "tiny-variable.woff2"] {
            let font =
                std::fs::read(format!("{}/tests/page/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            assert!(fitted(&font).0 != fitted(&font).1, "{name}");
            let step = font.len() / 100;
            let cut = (0..font.len()).step_by(step).map(|at| font[..at].to_vec());
            // Bytes of the directory and the heads of tables count most.
            let places = (0..200).chain((200..font.len()).step_by(step));
            let flipped = places.map(|at| {
                let mut broken = font.clone();
                broken[at] ^= [1, 0x80, 0xFF][at % 3];
                broken
            });
            for broken in cut.chain(flipped) {
                let (sheet, fitted) = fitted(&broken);
                assert!(fitted == sheet || fitted.len() < sheet.len());
                assert!(fitted.starts_with("a{}@font-face{src:url(data:font/") && fitted.ends_with(")}b{}"));
            }
        }
    }

    #[test]
    fn a_font_that_was_weighed_is_not_read_again() {
        let font =
            std::fs::read(format!("{}/tests/page/fonts/tiny.ttf", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (fonts, packed) = (Fonts::default(), engine().encode(&font));
        let least = fonts.least(&packed, font.len());
        assert!(least > 0 && least < font.len());
        assert_eq!(fonts.least(&engine().encode("no font"), 7), 7);
        let known =
            |fonts: &Fonts| fonts.faces.lock().unwrap().values().filter(|face| face.get().is_some()).count();
        assert_eq!(known(&fonts), 2);
        let sheet = format!("@font-face{{src:url(data:font/ttf;base64,{packed})}}");
        assert_ne!(fonts.fitted(&sheet, "A"), sheet);
        assert_eq!(known(&fonts), 2);
    }

    #[test]
    fn what_is_no_known_format_stays() {
        let font =
            std::fs::read(format!("{}/tests/page/fonts/tiny.ttf", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let font = engine().encode(font);
        for (hint, after) in [
            ("", ""),
            (" format(\"truetype\")", " format(\"woff2\")"),
            ("format(truetype-variations)tech(variations)", " format(\"woff2-variations\")tech(variations)"),
            (" format(\"collection\")", "="),
        ] {
            let sheet = format!(
                "@media print{{@font-face{{src:local(X),url(data:font/ttf;base64,{font}){hint},local(Y)}}}}"
            );
            let fitted = Fonts::default().fitted(&sheet, "A");
            match after {
                "=" => assert_eq!(fitted, sheet),
                _ => assert!(fitted.ends_with(&format!("){after},local(Y)}}}}")), "{fitted}"),
            }
        }
    }
}
