//! Reads an anchor from the tokens of an annotation.

use super::{Anchor, Named, Role, Target, Way};
use crate::guide::problem::Problem;
use crate::guide::tokens::{Token, TokenKind};
use crate::project::near;
use crate::source::Span;

/// How an anchor is written, for `help`.
const FORM: &str = "write a role and a name, as in `on button \"Save\"`, or `on text \"Saved\"`";
/// Largest number of a page or of an element.
const LARGEST: u32 = 999;
/// Most elements that one lies in.
const MOST_SCOPES: usize = 8;

/// Whether the word `to` ends an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The second place of `@drag` follows.
    AtTo,
    /// Nothing may follow.
    Never,
}

/// Reads the anchor that the tokens begin with, behind the `on` at `keyword`; what is left stands at `to` or is empty.
///
/// # Errors
/// [`Problem`] at the first token that no anchor has.
pub fn read(tokens: &[Token], keyword: Span, stop: Stop) -> Result<(Anchor, &[Token]), Problem> {
    let mut reader = Reader { rest: tokens, last: keyword };
    let target = reader.target()?;
    let mut anchor = Anchor::from(target);
    while let Some((token, after)) = reader.rest.split_first() {
        if stop == Stop::AtTo && is_word(token, "to") {
            break;
        }
        reader.rest = after;
        reader.last = token.span;
        reader.more(token, &mut anchor)?;
    }
    Ok((anchor, reader.rest))
}

struct Reader<'a> {
    rest: &'a [Token],
    /// The token before them.
    last: Span,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let (token, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.last = token.span;
        Some(token)
    }

    fn text(&mut self) -> Option<&'a Token> {
        self.rest.first().filter(|token| token.kind == TokenKind::Text)?;
        self.next()
    }

    /// A text that must be there and not be empty.
    fn needed(&mut self, what: &str) -> Result<String, Problem> {
        let before = self.last;
        let text = self.text();
        text.map(|token| token.text.clone()).filter(|text| !text.trim().is_empty()).ok_or_else(|| {
            let span = text.map_or(before, |token| token.span);
            let message = format!("`{what}` needs a text in quotes");
            problem(span, message, format!("write `{what} \"…\"`, in straight double quotes"))
        })
    }

    fn target(&mut self) -> Result<Target, Problem> {
        let before = self.last;
        let Some(token) = self.next() else {
            return Err(problem(before, "`on` needs what the annotation stands on", FORM));
        };
        if token.kind == TokenKind::Text {
            let help = format!(
                "write a role before it, as in `on button {0}`, or `on text {0}`",
                quoted(&token.text)
            );
            return Err(problem(token.span, "an anchor begins with a role", help));
        }
        match Way::ALL.iter().find(|way| way.word() == token.text) {
            Some(way) => Ok(Target::By(*way, self.needed(way.word())?)),
            None => {
                let element = self.named(token)?;
                Ok(Target::Role { element, scopes: Vec::new(), under: None })
            }
        }
    }

    /// A role at `token`, and the name behind it.
    fn named(&mut self, token: &Token) -> Result<Named, Problem> {
        let Some(role) = Role::find(&token.text) else {
            let help = match Role::meant(&token.text) {
                Some(role) => format!("did you mean `{role}`?"),
                None => "use a role such as `button`, `link`, `field`, `list`, `checkbox`, `tab` or `menuitem`, or `text \"…\"`"
                    .to_owned(),
            };
            return Err(problem(token.span, format!("`{}` is not a role", token.text), help));
        };
        let name = self.text().map(|token| token.text.clone()).filter(|name| !name.trim().is_empty());
        Ok(Named { role, name })
    }

    /// What follows the element: where it lies, and which of several it is.
    fn more(&mut self, token: &Token, anchor: &mut Anchor) -> Result<(), Problem> {
        match (&mut anchor.target, token.text.as_str()) {
            _ if token.kind == TokenKind::Text => Err(stray(token)),
            (Target::Role { scopes, under: None, .. }, "in") if scopes.len() < MOST_SCOPES => {
                let Some(role) = self.next().filter(|token| token.kind == TokenKind::Word) else {
                    return Err(problem(
                        token.span,
                        "`in` needs a role",
                        "write it as in `in dialog \"Share\"`",
                    ));
                };
                scopes.push(self.named(role)?);
                Ok(())
            }
            (Target::Role { under: under @ None, .. }, "under") => {
                *under = Some(self.needed("under")?);
                Ok(())
            }
            (Target::By(..), "in" | "under") => {
                let help = "leave it out, or begin the anchor with a role, as in `on button \"Save\" in dialog \"Share\"`";
                Err(problem(token.span, format!("`{}` has no meaning behind a text", token.text), help))
            }
            _ => self.number(token, anchor),
        }
    }

    /// `frame="…"`, `page=2`, `nth=2`.
    fn number(&mut self, token: &Token, anchor: &mut Anchor) -> Result<(), Problem> {
        let Some((key, value)) = token.text.split_once('=') else { return Err(stray(token)) };
        match key {
            "frame" if anchor.frame.is_none() => {
                let frame = if value.is_empty() { self.needed("frame=")? } else { value.to_owned() };
                anchor.frame = Some(frame);
                Ok(())
            }
            "page" if anchor.page.is_none() => {
                anchor.page = Some(number(token, value)?);
                Ok(())
            }
            "nth" if anchor.nth.is_none() => {
                anchor.nth = Some(number(token, value)?);
                Ok(())
            }
            "frame" | "page" | "nth" => {
                Err(problem(token.span, format!("a second `{key}`"), "keep one of them"))
            }
            _ => {
                let help = near::suggest(key, &["frame", "page", "nth"]);
                let help = if help.starts_with("use") {
                    "an option of the annotation stands before `on`; an anchor has `frame`, `page` and `nth`"
                        .to_owned()
                } else {
                    help
                };
                Err(problem(token.span, format!("an anchor has no `{key}`"), help))
            }
        }
    }
}

fn number(token: &Token, value: &str) -> Result<u32, Problem> {
    let number = value.parse::<u32>().ok().filter(|number| (1..=LARGEST).contains(number));
    number.ok_or_else(|| {
        let message = format!("`{value}` is not a number that counts from 1");
        problem(token.span, message, "write `page=2` or `nth=2`")
    })
}

/// What no anchor has.
pub fn stray(token: &Token) -> Problem {
    let help = match token.kind {
        TokenKind::Text => "a label or text of the annotation stands before `on`; an anchor has one name",
        TokenKind::Word => {
            "an anchor is a role and a name, and perhaps `in ROLE \"NAME\"`, `under \"HEADING\"`, `frame=\"…\"`, `page=2`, `nth=2`; all else stands before `on`"
        }
    };
    problem(token.span, format!("`{}` has no meaning in an anchor", token.text), help)
}

fn is_word(token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Word && token.text == word
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn problem(span: Span, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::new("bad-annotation", span, message, help)
}
