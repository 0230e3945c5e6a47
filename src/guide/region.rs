//! Regions: `X,Y` and `X,Y WxH`, in points or percentages.

use super::problem::Problem;
use super::tokens::{Token, TokenKind};
use crate::source::Span;

/// A region as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// From the left edge.
    pub x: Length,
    /// From the upper edge.
    pub y: Length,
    /// Width and height; `None`: a point.
    pub size: Option<(Length, Length)>,
    /// All of it.
    pub span: Span,
}

/// A number of a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// Points of the screenshot.
    Points(f64),
    /// Hundredths of its width or height.
    Percent(f64),
}

impl Region {
    /// The region that `corner` and `size` say, for the verb `name`; `after` is what stands behind `corner`.
    ///
    /// # Errors
    /// [`Problem`] with the region that was meant, if the numbers tell.
    pub fn read(corner: &Token, size: Option<&Token>, after: &[Token], name: &str) -> Result<Self, Problem> {
        let span = size.map_or(corner.span, |size| corner.span.to(size.span));
        let bad = |message: String| Err(Problem::new("bad-region", span, message, help(corner, after)));
        let Some((x, y)) = pair(&corner.text, ',') else {
            return bad(format!("`{}` is not a place for `@{name}`", corner.text));
        };
        let size = match size {
            None => None,
            Some(token) => match pair(&token.text, 'x') {
                Some((w, h)) if w.number() > 0.0 && h.number() > 0.0 => Some((w, h)),
                Some(_) => return bad(format!("the size `{}` is nothing", token.text)),
                None => return bad(format!("`{}` is not a size", token.text)),
            },
        };
        Ok(Region { x, y, size, span })
    }
}

/// What was meant, if there are the numbers of a point or of a rectangle; else what a region looks like.
fn help(corner: &Token, after: &[Token]) -> String {
    let words = std::iter::once(corner).chain(after);
    let words: Vec<&str> = words
        .take_while(|token| token.kind == TokenKind::Word && token.text != "to" && !token.text.contains('='))
        .map(|token| token.text.as_str())
        .collect();
    let written = words.join(" ");
    let numbers: Vec<&str> = written
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '%' | '-'))
        .filter(|number| length(number).is_some())
        .collect();
    let meant = match numbers.as_slice() {
        [x, y] => format!("{x},{y}"),
        [x, y, w, h] => format!("{x},{y} {w}x{h}"),
        _ => written.clone(),
    };
    let sound =
        !meant.contains(" 0x") && !meant.contains("x0") && !meant.contains("x-") && !meant.contains(" -");
    // Letters may have been digits: a word like `1e3` says nothing about what was meant.
    let plain = !written.contains(|c: char| c.is_alphabetic() && !"pxXyYwWhH".contains(c));
    if meant == written || !sound || !plain {
        return "write `X,Y` for a point or `X,Y WxH` for a rectangle, as in `120,40 200x30` or `50%,10%`"
            .to_owned();
    }
    format!("did you mean `{meant}`?")
}

fn pair(text: &str, by: char) -> Option<(Length, Length)> {
    let (a, b) = text.split_once(by)?;
    Some((length(a)?, length(b)?))
}

/// Whether a word is meant as a region.
pub fn is_numeric(word: &str) -> bool {
    let rest = word.trim_start_matches(['-', '+', '.', ',']);
    rest.starts_with(|c: char| c.is_ascii_digit()) || word.contains(',')
}

/// Whether a word is meant as the size of a region.
pub fn looks_like_size(token: &Token) -> bool {
    token.kind == TokenKind::Word && is_numeric(&token.text) && !token.text.contains(',')
}

impl Length {
    fn number(self) -> f64 {
        match self {
            Length::Points(number) | Length::Percent(number) => number,
        }
    }
}

fn length(text: &str) -> Option<Length> {
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text, false),
    };
    let digits = number.strip_prefix('-').unwrap_or(number);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = number.parse::<f64>().ok().filter(|_| plain && digits.len() <= 12)?;
    Some(if percent { Length::Percent(number) } else { Length::Points(number) })
}
