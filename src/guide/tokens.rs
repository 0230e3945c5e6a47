//! The words and texts of an annotation.

use super::problem::Problem;
use crate::source::Span;

/// A word or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Which of the two.
    pub kind: TokenKind,
    /// As written; of a text, what is between the quotes, unescaped.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// Kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Up to the next white space.
    Word,
    /// In double quotes.
    Text,
}

/// The tokens of a line whose first byte is `at` in the source.
///
/// # Errors
/// [`Problem`] for a text that isn't closed, or an escape that doesn't exist.
pub fn tokens(line: &str, at: usize) -> Result<Vec<Token>, Problem> {
    let mut found = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some(&(start, c)) = rest.peek() {
        if c.is_whitespace() {
            rest.next();
        } else if c == '"' {
            found.push(text(line, at, start, &mut rest)?);
        } else {
            while rest.next_if(|(_, c)| !c.is_whitespace() && *c != '"').is_some() {}
            let end = rest.peek().map_or(line.len(), |(end, _)| *end);
            let text = line.get(start..end).unwrap_or_default().to_owned();
            found.push(Token { kind: TokenKind::Word, text, span: Span::new(start, end).shift(at) });
        }
    }
    Ok(found)
}

type Chars<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

fn text(line: &str, at: usize, start: usize, rest: &mut Chars<'_>) -> Result<Token, Problem> {
    rest.next();
    let mut text = String::new();
    while let Some((here, c)) = rest.next() {
        match c {
            '"' => {
                let span = Span::new(start, here + 1).shift(at);
                return Ok(Token { kind: TokenKind::Text, text, span });
            }
            '\\' => match rest.next() {
                Some((_, c @ ('"' | '\\'))) => text.push(c),
                Some((end, c)) => {
                    let span = Span::new(here, end + c.len_utf8()).shift(at);
                    let help = "write `\\\\` for a backslash, `\\\"` for a quote";
                    return Err(Problem::new("bad-annotation", span, format!("`\\{c}` means nothing"), help));
                }
                None => break,
            },
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    let span = Span::new(start, line.len()).shift(at);
    Err(Problem::new(
        "bad-annotation",
        span,
        "the text is never closed",
        "end it with `\"`, on the same line",
    ))
}
