//! The tags of a template, as words: `{{ … }}` and `{% … %}`.

use crate::source::Span;

/// What stands in one pair of braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Whether it prints (`{{`); else it does something (`{%`).
    pub prints: bool,
    /// Its words.
    pub words: Vec<Word<'a>>,
    /// Where it stands, braces included.
    pub span: Span,
}

impl<'a> Tag<'a> {
    /// Its words without the `-` that takes white space away.
    pub fn trimmed(&self) -> &[Word<'a>] {
        let words = self.words.as_slice();
        let words =
            words.split_first().filter(|(first, _)| first.is_sign("-")).map_or(words, |(_, rest)| rest);
        words.split_last().filter(|(last, _)| last.is_sign("-")).map_or(words, |(_, rest)| rest)
    }
}

/// A word of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written; of a text, what stands between the quotes.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the template.
    pub span: Span,
}

/// Kinds of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name.
    Name,
    /// A text in quotes.
    Text,
    /// Digits.
    Number,
    /// Anything else: `.`, `==`, `(`.
    Sign,
}

impl Word<'_> {
    /// Whether it is this sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether it is this name.
    pub fn is_name(&self, name: &str) -> bool {
        self.kind == Kind::Name && self.text == name
    }
}

/// Signs of two characters; a single one of any other stands for itself.
const PAIRS: [&str; 10] = ["==", "!=", "<=", ">=", "</", "?.", "?[", "//", "**", ".."];

/// The tags of a template that can be compiled; comments and raw text hold none.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, '{', |next| "{%#".contains(next)) {
        let rest = text.get(start..).unwrap_or_default();
        if rest.starts_with("{#") {
            at = after(text, start, "#}");
            continue;
        }
        let prints = rest.starts_with("{{");
        let (words, end) = words(text, start + 2, if prints { "}}" } else { "%}" });
        at = end;
        if words.first().is_some_and(|word| word.is_name("raw")) {
            at = after(text, at, "endraw");
        }
        found.push(Tag { prints, words, span: Span::new(start, end) });
    }
    found
}

/// Where `first` stands before a character that `second` takes, from `at` on.
fn find(text: &str, at: usize, first: char, second: impl Fn(char) -> bool) -> Option<usize> {
    let rest = text.get(at..)?;
    rest.match_indices(first)
        .find(|(place, _)| rest.get(place + 1..).and_then(|rest| rest.chars().next()).is_some_and(&second))
        .map(|(place, _)| at + place)
}

/// The byte after the next `end`; the text's end without one.
fn after(text: &str, at: usize, end: &str) -> usize {
    text.get(at..).and_then(|rest| rest.find(end)).map_or(text.len(), |found| at + found + end.len())
}

/// The words from `at` to `end`, and the byte after it.
fn words<'a>(text: &'a str, mut at: usize, end: &str) -> (Vec<Word<'a>>, usize) {
    let mut words: Vec<Word<'a>> = Vec::new();
    // Braces of a map may stand before those that end the tag.
    let mut open = 0_usize;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if open == 0 && rest.starts_with(end) {
            return (words, at + end.len());
        }
        let first = rest.chars().next().unwrap_or_default();
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let word = word(rest, first, at);
        match word.text {
            "{" if word.kind == Kind::Sign => open += 1,
            "}" if word.kind == Kind::Sign => open = open.saturating_sub(1),
            _ => {}
        }
        at = word.span.end;
        words.push(word);
    }
    (words, text.len())
}

/// The word that `rest` begins with.
fn word(rest: &str, first: char, at: usize) -> Word<'_> {
    let up_to = |kind, length: usize| Word {
        text: rest.get(..length).unwrap_or(rest),
        kind,
        span: Span::new(at, at + length.min(rest.len())),
    };
    let run = |belongs: fn(char) -> bool| rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => quoted(rest, first, at),
        c if c.is_ascii_digit() => up_to(Kind::Number, run(|c| c.is_ascii_digit())),
        c if c.is_alphabetic() || c == '_' => up_to(Kind::Name, run(|c| c.is_alphanumeric() || c == '_')),
        _ if PAIRS.iter().any(|pair| rest.starts_with(pair)) => up_to(Kind::Sign, 2),
        _ => up_to(Kind::Sign, first.len_utf8()),
    }
}

fn quoted(rest: &str, quote: char, at: usize) -> Word<'_> {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|&(_, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let inner = end.map_or(rest.len(), |(place, _)| place);
    Word {
        text: rest.get(1..inner).unwrap_or_default(),
        kind: Kind::Text,
        span: Span::new(at, at + (inner + 1).min(rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_tags(text: &str) -> Vec<String> {
        let line = |tag: &Tag| tag.words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        tags(text).iter().map(line).collect()
    }

    #[test]
    fn tags_are_found_and_nothing_else() {
        let text = "a { b } {{- guide.title | join(sep=\"}}\") -}} {# {{ no }} #}{% if a?.b != 'x' %}";
        assert_eq!(read_tags(text), ["- guide . title | join ( sep = }} ) -", "if a ?. b != x"]);
        assert_eq!(read_tags("{% raw %}{{ no }}{% endraw %}{{ yes }}"), ["raw", "yes"]);
        assert_eq!(read_tags("{% set m = {\"a\": {\"b\": 1}} %}"), ["set m = { a : { b : 1 } }"]);
    }

    #[test]
    fn places_are_those_of_the_template() {
        let text = "ä{{ guide.title }}";
        let words = &tags(text)[0].words;
        assert_eq!(&text[words[2].span.start..words[2].span.end], "title");
    }

    #[test]
    fn what_is_cut_off_ends_with_the_text() {
        assert_eq!(read_tags("{{ a"), ["a"]);
        assert_eq!(read_tags("{{ 'a"), ["a"]);
        assert_eq!(read_tags("{# {{ a"), Vec::<String>::new());
    }
}
