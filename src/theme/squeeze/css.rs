//! A style sheet without comments and needless white space.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// Functions whose arguments may be multiplied and divided.
const ARITHMETIC: [&str; 5] = ["calc", "clamp", "max", "min", "sin"];

/// For each bracket that is open, whether it holds arithmetic.
#[derive(Default)]
struct Brackets(Vec<bool>);

impl Brackets {
    fn in_arithmetic(&self) -> bool {
        self.0.last().is_some_and(|is_arithmetic| *is_arithmetic)
    }

    /// Whether a character multiplies or divides here: white space around it means nothing then.
    fn have_operator(&self, c: char) -> bool {
        "*/".contains(c) && self.in_arithmetic()
    }

    /// Goes past a character, `before` being all that stands before it.
    fn pass(&mut self, c: char, before: &str) {
        match c {
            '(' => {
                let begins = ARITHMETIC.iter().any(|name| before.ends_with(name));
                self.0.push(begins || self.in_arithmetic());
            }
            ')' => drop(self.0.pop()),
            _ => {}
        }
    }
}

/// The same style sheet, shorter. Strings and unquoted `url(…)`s stay as they are.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    let mut space = false;
    let mut brackets = Brackets::default();
    while let Some((at, c)) = chars.next() {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("/*") {
            skip_past(&mut chars, at + rest.find("*/").map_or(rest.len(), |end| end + 2));
            space = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            space = true;
            continue;
        }
        let before = out.chars().next_back();
        let operator = |c| brackets.have_operator(c);
        if space && needs_space(before, c) && !operator(c) && !before.is_some_and(operator) {
            out.push(' ');
        }
        space = false;
        brackets.pass(c, &out);
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        let verbatim = verbatim_len(rest, out.ends_with("url("));
        out.push_str(rest.get(..verbatim).unwrap_or_default());
        skip_past(&mut chars, at + verbatim);
    }
    out
}

/// The first place that leaves the sheet open, or closes what is not: a brace, or the start of a comment. What
/// is joined behind such a sheet means something else.
pub fn unbalanced(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("/*") {
            let Some(end) = rest.get(2..).and_then(|rest| rest.find("*/")) else { return Some(at) };
            skip_past(&mut chars, at + end + 4);
            continue;
        }
        match c {
            '{' => open.push(at),
            '}' if open.pop().is_none() => return Some(at),
            _ => {}
        }
        let in_url = text.get(..at).is_some_and(|before| before.ends_with("url("));
        skip_past(&mut chars, at + verbatim_len(rest, in_url));
    }
    open.first().copied()
}

/// What the sheet names by `url(…)`, without quotes, and where it stands, with them.
pub fn addresses(text: &str) -> Vec<(Range<usize>, &str)> {
    let of_url =
        |piece: &Range<usize>| text.get(..piece.start).is_some_and(|before| before.ends_with("url("));
    let named = |piece: Range<usize>| {
        let address = text.get(piece.clone()).unwrap_or_default().trim().trim_matches(['"', '\'']);
        (piece, address)
    };
    pieces(text).filter(of_url).map(named).collect()
}

/// Where a rule of a name (`@import`) begins, outside of comments, strings and addresses.
pub fn at_rules(text: &str, name: &str) -> Vec<Range<usize>> {
    let begins = |piece: &Range<usize>| text.get(piece.start..).is_some_and(|rest| rest.starts_with(name));
    pieces(text).filter(begins).map(|piece| piece.start..piece.start + name.len()).collect()
}

/// The characters, strings and unquoted addresses of a sheet, without its comments.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, _)) = chars.next() {
            let rest = text.get(at..).unwrap_or_default();
            let is_comment = rest.starts_with("/*");
            let in_url = text.get(..at).is_some_and(|before| before.ends_with("url("));
            let length = if is_comment {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                verbatim_len(rest, in_url)
            };
            skip_past(&mut chars, at + length);
            if !is_comment {
                return Some(at..at + length);
            }
        }
        None
    })
}

/// The length of a block that begins with `{`, its end included.
pub fn skip(block: &str) -> usize {
    let mut depth = 0_usize;
    let mut chars = block.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = block.get(at..).unwrap_or_default();
        depth = match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth == 0 {
            return at + c.len_utf8();
        }
        let in_url = block.get(..at).is_some_and(|before| before.ends_with("url("));
        skip_past(&mut chars, at + verbatim_len(rest, in_url));
    }
    block.len()
}

/// Bytes to copy as they are: a whole string, a whole unquoted address, else one character.
fn verbatim_len(rest: &str, in_url: bool) -> usize {
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => string_len(rest, quote),
        Some(_) if in_url => rest.find(')').unwrap_or(rest.len()),
        Some(c) => c.len_utf8(),
        None => 0,
    }
    .max(rest.chars().next().map_or(0, char::len_utf8))
}

fn string_len(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !escaped && c == quote {
            return at + 1;
        }
        escaped = !escaped && c == '\\';
    }
    rest.len()
}

fn skip_past(chars: &mut Peekable<CharIndices<'_>>, end: usize) {
    while chars.next_if(|&(at, _)| at < end).is_some() {}
}

fn needs_space(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    !"{};,>(:".contains(before) && !"{};,>)".contains(after)
}
