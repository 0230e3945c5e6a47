//! What is new in a page, so that an open one need not fetch all of it again.

use super::live::BLANK;
use serde::Serialize;

/// More than this is fetched, in bytes: a page need not hold two copies of what is new.
const LARGE: usize = 256 << 10;

/// Where the data and modules of a page begin and end. What is said in a step stands in the data too, before and behind the step itself.
const DATA: (&str, &str) = ("<script", "</script");

/// A page in terms of the one before it, the version in both blanked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Version of the page before.
    pub from: String,
    /// In the order of the page; what follows the last one is the same in both.
    changes: Vec<Change>,
}

/// A place where two pages differ, in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Change {
    /// How much both have since the change before, or since their beginning.
    keep: usize,
    /// How much the old one has here.
    drop: usize,
    /// What the new one has instead.
    text: String,
}

impl Difference {
    /// What is new in `after`, of pages with their versions; `None` if that is nearly everything.
    pub fn between(before: (&str, &[u8]), after: (&str, &[u8])) -> Option<Self> {
        let (old, new) = (blanked(before)?, blanked(after)?);
        let (mut changes, mut same) = (Vec::new(), 0);
        for (old, new) in sections(&old, &new) {
            let (start, end) = common_ends(old, new)?;
            let [dropped, text] = [old, new].map(|part| part.get(start..part.len() - end));
            same += units(new.get(..start)?);
            if !(dropped?.is_empty() && text?.is_empty()) {
                changes.push(Change { keep: same, drop: units(dropped?), text: text?.to_owned() });
                same = 0;
            }
            same += units(new.get(new.len() - end..)?);
        }
        let size = changes.iter().map(|change| change.text.len()).sum::<usize>();
        (size <= LARGE).then(|| Self { from: before.0.to_owned(), changes })
    }
}

/// Two pages in sections that belong together: their data, and what stands between.
fn sections<'a>(old: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
    let parts = |page: &'a str| page.split_inclusive(DATA.0).flat_map(|part| part.split_inclusive(DATA.1));
    let [olds, news] = [old, new].map(|page| parts(page).collect::<Vec<_>>());
    if olds.len() == news.len() { olds.into_iter().zip(news).collect() } else { vec![(old, new)] }
}

/// How many bytes both begin with, and end with beside those.
fn common_ends(old: &str, new: &str) -> Option<(usize, usize)> {
    let start = floor(old, new, common(old.bytes().zip(new.bytes())));
    let (old, new) = (old.get(start..)?, new.get(start..)?);
    let mut end = common(old.bytes().rev().zip(new.bytes().rev()));
    while !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    Some((start, end))
}

/// Length in UTF-16 code units.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
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

    fn parts_of(file: &File) -> (&str, &[u8]) {
        (&file.version, &file.bytes)
    }

    fn file(text: &str) -> File {
        let version = blake3::hash(text.as_bytes()).to_hex().to_string();
        let bytes = format!("{text}<meta content=\"{version}\"></body>").into_bytes();
        File { version, bytes }
    }

    /// What the page's script does.
    fn applied(before: &File, found: &Difference) -> String {
        let old: Vec<u16> = blanked(parts_of(before)).unwrap().encode_utf16().collect();
        let (mut new, mut at) = (Vec::new(), 0);
        for Change { keep, drop, text } in &found.changes {
            new.extend_from_slice(&old[at..at + keep]);
            new.extend(text.encode_utf16());
            at += keep + drop;
        }
        new.extend_from_slice(&old[at..]);
        String::from_utf16(&new).unwrap()
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
            // Data beside the text: some, one more, none.
            ("<p>é<script>\"é\"", "<p>è😀<script>\"è😀\""),
            ("<script>1<p>a<script>2", "<script>2<p>a<script>1"),
            ("<p>a<script>a", "<p>b"),
            ("<p>a", "<p>b<script>a"),
        ] {
            let (old, new) = (file(old), file(new));
            let found = Difference::between(parts_of(&old), parts_of(&new)).unwrap();
            assert_eq!(applied(&old, &found), blanked(parts_of(&new)).unwrap());
            assert_eq!(found.from, old.version);
        }
    }

    #[test]
    fn only_what_is_new_is_told() {
        let (old, new) = (file("<p>Open the door."), file("<p>Open the window."));
        let texts =
            |found: Difference| found.changes.into_iter().map(|change| change.text).collect::<Vec<_>>();
        assert_eq!(texts(Difference::between(parts_of(&old), parts_of(&new)).unwrap()), ["window"]);
        let page = |word| {
            file(&format!("<script>[\"{word}\"]</script><p>The {word}.<hr><script>{{\"{word}\"}}</script>"))
        };
        let (old, new) = (page("door"), page("window"));
        assert_eq!(texts(Difference::between(parts_of(&old), parts_of(&new)).unwrap()), ["window"; 3]);
    }

    #[test]
    fn a_page_that_is_new_all_over_is_fetched() {
        assert_eq!(Difference::between(parts_of(&file("a")), parts_of(&file(&"b".repeat(LARGE + 1)))), None);
    }
}
