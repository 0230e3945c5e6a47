//! The grammar of annotations: `@verb [region] ["text"] [key=value …] [on ANCHOR]`.

pub use super::problem::Problem;
pub use super::verb::{Annotation, Choice};

use super::arguments::Reader;
use super::tokens::{Token, TokenKind, tokens};
use super::verbs;
use crate::project::near;
use crate::source::{Span, Spanned};

/// What a line of a comment says.
#[derive(Debug, Clone)]
pub enum Line {
    /// Nothing to us.
    Plain,
    /// `@allow` with its codes.
    Allow(Vec<Spanned<String>>),
    /// A comment that begins as an annotation does, `@maria: retake`: where its first word stands.
    Note(Span),
    /// An annotation.
    Annotation(Box<Annotation>),
}

/// Whether a line of a comment is an annotation, well written or not; `@allow` is none, nor is a note to somebody.
pub fn is_annotation(line: &str) -> bool {
    let word = line.split(|c: char| c.is_whitespace() || c == '"').find(|word| !word.is_empty());
    word.and_then(|word| word.strip_prefix('@')).is_some_and(|name| name != "allow" && verbs::is_near(name))
}

/// Reads one line of a comment; `at` is its first byte in the source.
///
/// # Errors
/// [`Problem`] if it starts with `@` and is no annotation.
pub fn read(line: &str, at: usize) -> Result<Line, Problem> {
    let indent = line.len() - line.trim_start().len();
    let (line, at) = (line.trim(), at + indent);
    if !line.starts_with('@') {
        return if is_hidden_redaction(line) { Err(hidden(line, at)) } else { Ok(Line::Plain) };
    }
    let word = line.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
    let bare = word.trim_start_matches('@');
    if !verbs::is_near(bare) && !matches!(bare, "allow" | "text" | "steps") {
        if is_hidden_redaction(line) {
            return Err(hidden(line, at));
        }
        return Ok(Line::Note(Span::new(at, at + word.len())));
    }
    let tokens = tokens(line, at)?;
    let Some((name, arguments)) = tokens.split_first() else { return Ok(Line::Plain) };
    let written = name.text.trim_start_matches('@');
    if written == "allow" && name.kind == TokenKind::Word {
        return codes(name, arguments).map(Line::Allow);
    }
    // `@text` and `@steps` speak of the list that follows.
    if matches!(written, "text" | "steps") && arguments.is_empty() {
        return Ok(Line::Plain);
    }
    let Some(verb) = verbs::find(written).filter(|_| name.kind == TokenKind::Word) else {
        return Err(unknown(name, written));
    };
    let mut reader = Reader::new(verb, name.span);
    reader.arguments(arguments)?;
    Ok(Line::Annotation(Box::new(reader.finish()?)))
}

/// Whether a line that is no annotation holds a `@redact` with numbers all the same: behind a mark, a word or an invisible
/// character. Read as a comment, it would publish what it was written to hide.
fn is_hidden_redaction(line: &str) -> bool {
    let seen: String =
        line.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '＠' { '@' } else { c }).collect();
    let rests = seen.split('@').skip(1).map(str::trim_start);
    rests
        .filter_map(|rest| {
            rest.get(..6).filter(|word| word.eq_ignore_ascii_case("redact")).and(rest.get(6..))
        })
        .any(|rest| {
            rest.trim_start_matches(|c: char| c.is_whitespace() || "(:".contains(c))
                .starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Letters without a width, and signs of a direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn hidden(line: &str, at: usize) -> Problem {
    let message = "this redaction is not read: its line does not begin with `@redact` and a region";
    let help = "write it on a line of its own: `@redact 90,90 220x60`";
    Problem::new("bad-annotation", Span::new(at, at + line.len()), message, help)
}

fn unknown(name: &Token, written: &str) -> Problem {
    let names = verbs::names();
    let message = format!("unknown annotation `@{written}`");
    let help = match near::nearest(written, names.iter().copied()) {
        Some(word) => format!("did you mean `@{word}`?"),
        None => {
            let all: Vec<String> = names.iter().map(|name| format!("`@{name}`")).collect();
            format!("the annotations are {}", all.join(", "))
        }
    };
    Problem::new("unknown-verb", name.span, message, help)
}

fn codes(name: &Token, arguments: &[Token]) -> Result<Vec<Spanned<String>>, Problem> {
    let help = "write `@allow CODE`, with the code of a warning";
    if arguments.is_empty() {
        return Err(Problem::new("bad-annotation", name.span, "`@allow` needs a code", help));
    }
    arguments
        .iter()
        .map(|token| match token.kind {
            TokenKind::Word => Ok(Spanned::new(token.text.trim_end_matches(',').to_owned(), token.span)),
            TokenKind::Text => Err(Problem::new("bad-annotation", token.span, "a code has no quotes", help)),
        })
        .collect()
}
