//! Where the calls that count stand in a template.

use crate::source::Span;
use crate::theme::fields::tags::{Kind, Tag, Word, tags};

/// The function that counts a round of a loop and weighs what is kept.
pub const CALL: &str = "guidemark_round";
/// The filter that counts what is printed.
pub const FILTER: &str = "guidemark_printed";

/// A template with the calls in it.
#[derive(Debug, Default)]
pub struct Counted {
    /// What the engine gets.
    pub text: String,
    /// What was put in: where in the template as written, how many bytes, and the tag it belongs to.
    inserted: Vec<(usize, usize, Span)>,
}

impl Counted {
    /// Of a template as written.
    pub fn new(text: &str) -> Self {
        let tags = tags(text);
        let mut inserts = Vec::new();
        if !tags.iter().any(|tag| tag.trimmed().first().is_some_and(|word| word.is_name("extends"))) {
            let length = literal(text, 0, &tags);
            inserts.push((0, format!("{{{{ {CALL}(text={length}) }}}}"), Span::new(0, 0)));
        }
        let mut open: Vec<&str> = Vec::new();
        for (at, tag) in tags.iter().enumerate() {
            let after = tags.get(at + 1..).unwrap_or_default();
            inserts.extend(calls(text, tag, after, &mut open));
        }
        inserts.sort_by_key(|(at, ..)| *at);
        Self::put(text, inserts)
    }

    fn put(text: &str, inserts: Vec<(usize, String, Span)>) -> Self {
        let mut counted = Self::default();
        let mut from = 0;
        for (at, call, tag) in inserts {
            counted.text.push_str(text.get(from..at).unwrap_or_default());
            counted.text.push_str(&call);
            counted.inserted.push((at, call.len(), tag));
            from = at;
        }
        counted.text.push_str(text.get(from..).unwrap_or_default());
        counted
    }

    /// Where what stands there in `text` stands in the template as written.
    pub fn as_written(&self, span: Span) -> Span {
        let within = self.within(span.start);
        within.unwrap_or_else(|| Span::new(self.place(span.start), self.place(span.end)))
    }

    /// The tag whose call a place lies in.
    fn within(&self, place: usize) -> Option<Span> {
        let mut more = 0;
        for &(at, length, tag) in &self.inserted {
            if (at + more..at + more + length).contains(&place) {
                return Some(tag);
            }
            more += length;
        }
        None
    }

    fn place(&self, place: usize) -> usize {
        let mut more = 0;
        for &(at, length, _) in &self.inserted {
            match place.checked_sub(more) {
                Some(here) if here >= at + length => more += length,
                Some(here) => return here.min(at),
                None => return at,
            }
        }
        place.saturating_sub(more)
    }
}

/// What is put in for one tag; `open` are the names of the variables that are being filled by a block.
fn calls<'t>(
    text: &str,
    tag: &Tag<'t>,
    after: &[Tag<'t>],
    open: &mut Vec<&'t str>,
) -> Vec<(usize, String, Span)> {
    let words = tag.trimmed();
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    if tag.prints {
        return printed(tag, words, first);
    }
    let call =
        |length: Option<usize>, values: &[&str]| vec![(tag.span.end, call(tag, length, values), tag.span)];
    match first.text {
        "for" => call(Some(literal(text, tag.span.end, upto(after, "for", "endfor"))), &loop_names(rest)),
        "block" => call(Some(literal(text, tag.span.end, upto(after, "block", "endblock"))), &[]),
        "component" => {
            let length = literal(text, tag.span.end, upto(after, "component", "endcomponent"));
            call(Some(length), &arguments(rest))
        }
        "set" | "set_global" => {
            let name = rest.first().filter(|word| word.kind == Kind::Name).map_or("", |word| word.text);
            match rest.get(1) {
                Some(sign) if sign.is_sign("=") && is_field(rest.get(2..).unwrap_or_default()) => Vec::new(),
                Some(sign) if sign.is_sign("=") => call(None, &[name]),
                _ => {
                    open.push(name);
                    Vec::new()
                }
            }
        }
        "endset" => open.pop().map_or_else(Vec::new, |name| call(None, &[name])),
        _ => Vec::new(),
    }
}

/// `{{ … }}` around which the filter stands; not around a component, whose own prints count.
fn printed(tag: &Tag<'_>, words: &[Word<'_>], first: &Word<'_>) -> Vec<(usize, String, Span)> {
    let last = words.last().unwrap_or(first);
    if first.is_sign("<") || first.is_sign("</") {
        return Vec::new();
    }
    let close = format!(") | {FILTER}");
    vec![(first.span.start, "(".to_owned(), tag.span), (last.span.end, close, tag.span)]
}

/// The call behind a tag; the white space behind is taken away as the tag has it.
fn call(tag: &Tag<'_>, length: Option<usize>, values: &[&str]) -> String {
    let length = length.map(|length| format!("text={length}"));
    let values = (!values.is_empty()).then(|| format!("values=[{}]", values.join(", ")));
    let arguments: Vec<String> = length.into_iter().chain(values).collect();
    let dash = if tag.words.last().is_some_and(|word| word.is_sign("-")) { "-" } else { "" };
    format!("{{{{{dash} {CALL}({}) {dash}}}}}", arguments.join(", "))
}

/// Whether an expression only names what is there: `part.figure`.
fn is_field(words: &[Word<'_>]) -> bool {
    words.iter().all(|word| word.kind == Kind::Name || word.is_sign(".") || word.is_sign("?."))
        && !words
            .iter()
            .any(|word| ["if", "else", "and", "or", "not", "is", "in", "for"].contains(&word.text))
}

/// The names of a loop whose list is put together in it.
fn loop_names<'t>(words: &[Word<'t>]) -> Vec<&'t str> {
    let at = words.iter().position(|word| word.is_name("in")).unwrap_or(words.len());
    let (names, list) = words.split_at(at);
    if is_field(list.get(1..).unwrap_or_default()) {
        return Vec::new();
    }
    names.iter().filter(|word| word.kind == Kind::Name).map(|word| word.text).collect()
}

/// The arguments of a component: `NAME(A, B: string = "x")`.
fn arguments<'t>(words: &[Word<'t>]) -> Vec<&'t str> {
    let mut depth = 0_usize;
    let mut starts = false;
    let mut names = Vec::new();
    for word in words {
        match word.text {
            _ if word.kind == Kind::Text => {}
            "(" | "[" | "{" => {
                depth += 1;
                starts = depth == 1;
            }
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "," => starts = depth == 1,
            name if word.kind == Kind::Name && starts && depth == 1 => {
                names.push(name);
                starts = false;
            }
            _ => {}
        }
    }
    names
}

/// The tags up to the one that ends what has just begun.
fn upto<'s, 't>(tags: &'s [Tag<'t>], begin: &str, end: &str) -> &'s [Tag<'t>] {
    let mut depth = 0_usize;
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.prints) {
        let Some(word) = tag.trimmed().first() else { continue };
        if word.is_name(begin) {
            depth += 1;
        } else if word.is_name(end) {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return tags.get(..=at).unwrap_or(tags),
            }
        }
    }
    tags
}

/// How many bytes stand between the tags, from `from` to the last of them or to the text's end.
fn literal(text: &str, from: usize, tags: &[Tag<'_>]) -> usize {
    let end = if from == 0 { text.len() } else { tags.last().map_or(text.len(), |tag| tag.span.end) };
    let inside: usize = tags.iter().map(|tag| tag.span.end - tag.span.start).sum();
    (end.saturating_sub(from)).saturating_sub(inside)
}
