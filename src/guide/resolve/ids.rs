//! Ids: unique in a guide among steps, chapters and headings, and the same as long as the text is.

use std::collections::BTreeMap;

/// Longest id made from a step's title, in characters.
const LONGEST: usize = 60;

/// The ids given so far.
#[derive(Debug, Default)]
pub struct Ids {
    /// How often each was asked for.
    given: BTreeMap<String, usize>,
}

impl Ids {
    /// Takes an id as it is; `false` if it is taken.
    pub fn reserve(&mut self, id: &str) -> bool {
        self.given.insert(id.to_owned(), 1).is_none()
    }

    /// An id for a heading: what GitHub makes of it, so that links to it work there too.
    pub fn heading(&mut self, text: &str) -> String {
        self.unique(&anchor(text), "section")
    }

    /// An id for a step from its title.
    pub fn step(&mut self, title: &str) -> String {
        let whole = anchor(title);
        let short = match whole.char_indices().nth(LONGEST) {
            Some((end, _)) => {
                let head = whole.get(..end).unwrap_or_default();
                head.rfind('-').and_then(|at| head.get(..at)).unwrap_or(head)
            }
            None => &whole,
        };
        self.unique(short.trim_matches('-'), "step")
    }

    fn unique(&mut self, wanted: &str, fallback: &str) -> String {
        let base = if wanted.is_empty() { fallback } else { wanted };
        if self.reserve_new(base) {
            return base.to_owned();
        }
        loop {
            let count = self.given.entry(base.to_owned()).or_insert(0);
            let id = format!("{base}-{count}");
            *count += 1;
            if self.reserve_new(&id) {
                return id;
            }
        }
    }

    fn reserve_new(&mut self, id: &str) -> bool {
        !self.given.contains_key(id) && self.reserve(id)
    }
}

/// Lower case; letters, digits, `-` and `_` stay, spaces become `-`, all else goes.
pub fn anchor(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        // Lower case may bring marks that are no letters (`İ`).
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_unique_and_as_on_github() {
        let mut ids = Ids::default();
        assert!(ids.reserve("save"));
        assert!(!ids.reserve("save"));
        assert_eq!(ids.heading("Why restrict a token?"), "why-restrict-a-token");
        assert_eq!(ids.heading("What's new & old"), "whats-new--old");
        assert_eq!(ids.step("Save"), "save-1");
        assert_eq!(ids.step("Save!"), "save-2");
        assert_eq!(ids.heading("Save 1"), "save-1-1");
        assert_eq!(ids.step("→"), "step");
        assert_eq!(ids.step("Über Größe"), "über-größe");
        assert!(ids.step(&"word ".repeat(40)).len() <= 60);
    }
}
