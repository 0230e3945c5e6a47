//! Bytes in place of others.

use crate::source::Span;

/// A text in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Why an edit is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Lower case, no final full stop.
    pub message: String,
}

/// What an edit replaces, or why it is not made.
pub type Change = Result<Vec<Replacement>, Refusal>;

impl Refusal {
    /// A refusal in these words.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl Replacement {
    /// `text` in place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// The text with the replacements made. They are sorted and don't overlap; what lies outside the text is left out.
pub fn apply(text: &str, replacements: &[Replacement]) -> String {
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for Replacement { span, text: new } in replacements {
        let (Some(unchanged), Some(_)) = (text.get(at..span.start), text.get(span.start..span.end)) else {
            continue;
        };
        after.push_str(unchanged);
        after.push_str(new);
        at = span.end;
    }
    after.push_str(text.get(at..).unwrap_or_default());
    after
}

/// What undoes the replacements, on the text that they make of `text`.
pub fn invert(text: &str, replacements: &[Replacement]) -> Vec<Replacement> {
    let mut grown = 0_usize;
    let mut shrunk = 0_usize;
    let undo = |Replacement { span, text: new }: &Replacement| {
        let start = span.start + grown - shrunk;
        grown += new.len();
        shrunk += span.len();
        let old = text.get(span.start..span.end).unwrap_or_default();
        Replacement::new(Span::new(start, start + new.len()), old)
    };
    replacements.iter().map(undo).collect()
}

/// The fewest bytes, line by line, that make `new` of the `old` text at byte `at`.
pub fn between(old: &str, new: &str, at: usize) -> Vec<Replacement> {
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &olds, &news);
    let changed = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let length =
        |lines: Option<&[&str]>| lines.unwrap_or_default().iter().map(|line| line.len()).sum::<usize>();
    changed
        .map(|op| {
            let (gone, come) = (op.old_range(), op.new_range());
            let start = length(olds.get(..gone.start));
            let come = news.get(come).unwrap_or_default().concat();
            trim(&olds.get(gone).unwrap_or_default().concat(), &come, at + start)
        })
        .collect()
}

/// One replacement without what both texts begin and end with.
pub fn trim(old: &str, new: &str, at: usize) -> Replacement {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let gone = Span::new(at + head, at + head + old.len() - tail);
    Replacement::new(gone, new.get(..new.len() - tail).unwrap_or_default())
}

/// Replacements in order, without those that change nothing; those that touch become one.
pub fn tidy(mut replacements: Vec<Replacement>) -> Vec<Replacement> {
    replacements.sort_by_key(|one| (one.span.start, one.span.end));
    let mut tidy: Vec<Replacement> = Vec::new();
    for next in replacements.into_iter().filter(|one| !(one.span.is_empty() && one.text.is_empty())) {
        match tidy.last_mut().filter(|last| last.span.end == next.span.start) {
            Some(last) => {
                last.span = last.span.to(next.span);
                last.text += &next.text;
            }
            None => tidy.push(next),
        }
    }
    tidy
}
