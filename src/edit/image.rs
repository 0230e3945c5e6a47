//! An image as Markdown writes it: `![alt](target "title")`.

use super::replacement::Refusal;
use crate::source::Span;
use pulldown_cmark::{Event, Parser, Tag};

/// Where the parts of an image stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Between the brackets.
    pub alt: Span,
    /// Its target, with `<` and `>` if it has them.
    pub target: Span,
}

/// The parts of an image that starts at byte `at`; `None` if it is a reference.
pub fn parts(image: &str, at: usize) -> Option<Parts> {
    let close = closing(image)?;
    let inner = image.get(close..)?.strip_prefix("](")?;
    let start = image.len() - inner.trim_start().len();
    let target = image.get(start..)?;
    let end = start + if target.starts_with('<') { angled(target)? } else { bare(target) };
    let all = Parts { alt: Span::new(2, close), target: Span::new(start, end) };
    Some(Parts { alt: all.alt.shift(at), target: all.target.shift(at) })
}

/// The bracket that closes the alternative text.
fn closing(image: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in image.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

fn angled(target: &str) -> Option<usize> {
    let mut escaped = false;
    target.char_indices().find_map(|(at, c)| {
        let ends = c == '>' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at + 1)
    })
}

fn bare(target: &str) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in target.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            c if c.is_whitespace() => return at,
            _ => {}
        }
    }
    target.len()
}

/// An image of its own.
pub fn markdown(path: &str, text: &str) -> Result<String, Refusal> {
    Ok(format!("![{}]({})", alt(text), target(path, false)?))
}

/// Plain text as an alternative text: no more is escaped than must be.
pub fn alt(text: &str) -> String {
    let text = one_line(text);
    let says = |written: &str| {
        let image = format!("![{written}](x)");
        let events: Vec<_> = Parser::new(&image).map(|event| (event, Span::default())).collect();
        let is_one =
            events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. }))).count() == 1;
        is_one && crate::guide::plain(&events) == text
    };
    escaped(&text, &['\\', '[', ']'], says)
}

/// Plain text as Markdown within a line. `few` are escaped in any case; if it doesn't say the same then, what
/// marks something within a line; at last all punctuation.
pub fn escaped(text: &str, few: &[char], says: impl Fn(&str) -> bool) -> String {
    let escape = |means: &dyn Fn(char) -> bool| -> String {
        text.chars().map(|c| if means(c) { format!("\\{c}") } else { c.to_string() }).collect()
    };
    let little = escape(&|c| few.contains(&c));
    let more = escape(&|c| "\\`*_[]<>&~!#".contains(c));
    let all = escape(&|c| c.is_ascii_punctuation());
    [little, more].into_iter().find(|written| says(written)).unwrap_or(all)
}

/// A text on one line, as the language folds it.
pub fn one_line(text: &str) -> String {
    crate::project::fields::one_line(text)
}

/// An address as the target of a link.
pub fn address(link: &str) -> String {
    let mut written = String::new();
    for c in link.chars() {
        match c {
            '<' | '>' | '(' | ')' | '\\' => written += &format!("%{:02X}", u32::from(c)),
            c if c.is_whitespace() || c.is_control() => written += "%20",
            c => written.push(c),
        }
    }
    written
}

/// A path as the target of an image, in `<…>` where it must be or `angled` asks for it.
pub fn target(path: &str, angled: bool) -> Result<String, Refusal> {
    if path.trim().is_empty() {
        return Err(Refusal::new("a screenshot needs a file"));
    }
    let mut written = String::new();
    for c in path.chars() {
        match c {
            // They mean something else in a target, even between `<` and `>`.
            '%' | '?' | '#' | '<' | '>' | '\\' | '&' => written += &format!("%{:02X}", u32::from(c)),
            c if c.is_control() => return Err(Refusal::new("a file's name can't hold control characters")),
            c => written.push(c),
        }
    }
    let wrap = angled || written.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    Ok(if wrap { format!("<{written}>") } else { written })
}
