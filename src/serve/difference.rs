//! What is new in a page, so that an open one need not fetch all of it again.

use super::live::BLANK;
use serde::Serialize;

/// More than this is fetched, in bytes: a page need not hold two copies of what is new.
const LARGE: usize = 256 << 10;

/// A page in terms of the one before it, the version in both blanked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Version of the page before.
    pub from: String,
    /// How much both begin with, in UTF-16 code units.
    start: usize,
    /// How much both end with, in UTF-16 code units.
    end: usize,
    /// What stands between in the new one.
    text: String,
}

impl Difference {
    /// What is new in `after`, of pages with their versions; `None` if that is nearly everything.
    pub fn between(before: (&str, &[u8]), after: (&str, &[u8])) -> Option<Self> {
        let (old, new) = (blanked(before)?, blanked(after)?);
        let start = floor(&old, &new, common(old.bytes().zip(new.bytes())));
        let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
        let mut end = common(old_rest.bytes().rev().zip(new_rest.bytes().rev()));
        while !new_rest.is_char_boundary(new_rest.len() - end) {
            end -= 1;
        }
        let text = new_rest.get(..new_rest.len() - end)?;
        let units = |text: Option<&str>| text.map(|text| text.encode_utf16().count());
        let (head, tail) = (units(new.get(..start))?, units(new_rest.get(text.len()..))?);
        let from = before.0.to_owned();
        (text.len() <= LARGE).then(|| Self { from, start: head, end: tail, text: text.to_owned() })
    }
}

fn blanked((version, bytes): (&str, &[u8])) -> Option<String> {
    Some(std::str::from_utf8(bytes).ok()?.replacen(version, BLANK, 1))
}

fn common(pairs: impl Iterator<Item = (u8, u8)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

/// The last boundary of characters up to `at`, which is the same in both as all before it is.
fn floor(old: &str, new: &str, mut at: usize) -> usize {
    while !(old.is_char_boundary(at) && new.is_char_boundary(at)) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page and its version.
    struct File {
        version: String,
        bytes: Vec<u8>,
    }

    fn of(file: &File) -> (&str, &[u8]) {
        (&file.version, &file.bytes)
    }

    fn file(text: &str) -> File {
        let version = blake3::hash(text.as_bytes()).to_hex().to_string();
        let bytes = format!("{text}<meta content=\"{version}\"></body>").into_bytes();
        File { version, bytes }
    }

    /// What the page's script does.
    fn applied(before: &File, found: &Difference) -> String {
        let old: Vec<u16> = blanked(of(before)).unwrap().encode_utf16().collect();
        let text = found.text.encode_utf16().collect::<Vec<_>>();
        String::from_utf16(&[&old[..found.start], &text, &old[old.len() - found.end..]].concat()).unwrap()
    }

    #[test]
    fn the_new_page_is_the_old_one_with_what_is_new() {
        for (old, new) in [
            ("<p>One.", "<p>Two."),
            ("<p>One.", "<p>One one."),
            ("<p>aa", "<p>aaaa"),
            ("<p>aaaa", "<p>aa"),
            ("", "x"),
            ("same", "same"),
            // Characters that share bytes, and some of two units.
            ("<p>é", "<p>è"),
            ("<p>\u{1f600}b\u{1f600}", "<p>\u{1f601}b\u{1f641}"),
            ("<p>\u{442}", "<p>\u{422}\u{442}"),
        ] {
            let (old, new) = (file(old), file(new));
            let found = Difference::between(of(&old), of(&new)).unwrap();
            assert_eq!(applied(&old, &found), blanked(of(&new)).unwrap());
            assert_eq!(found.from, old.version);
        }
    }

    #[test]
    fn only_what_is_new_is_told() {
        let (old, new) = (file("<p>Open the door."), file("<p>Open the window."));
        assert_eq!(Difference::between(of(&old), of(&new)).unwrap().text, "window");
    }

    #[test]
    fn a_page_that_is_new_all_over_is_fetched() {
        assert_eq!(Difference::between(of(&file("a")), of(&file(&"b".repeat(LARGE + 1)))), None);
    }
}
