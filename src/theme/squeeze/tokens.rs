//! The tokens of a squeezed script, as far as names need them.

use super::js::{is_word, quoted_len, regex_len};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A name, a keyword, a private name with its `#`, or a number.
    Word,
    /// A sign; `=>`, `?.` and `...` are one, and so is the `${` of a template.
    Sign,
    /// A string, a regular expression, or a piece of a template's text.
    Text,
}

/// A piece of the script.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Whether a line break stands before it: where a statement may end.
    pub line: bool,
    /// What stands between the token before and this one.
    pub gap: &'a str,
}

/// All tokens, and for each bracket the place of its counterpart; `None` if brackets don't match.
pub fn read(text: &str) -> Option<(Vec<Token<'_>>, Vec<usize>)> {
    let mut reader = Reader { text, at: 0, tokens: Vec::new(), open: Vec::new(), pairs: Vec::new() };
    while reader.step()? {}
    reader.open.is_empty().then_some((reader.tokens, reader.pairs))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
    /// Brackets that are not closed yet.
    open: Vec<usize>,
    pairs: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> Option<bool> {
        let rest = self.text.get(self.at..)?;
        let gap = rest.len() - rest.trim_start().len();
        let rest = rest.get(gap..)?;
        let Some(first) = rest.chars().next() else { return Some(false) };
        let start = self.at;
        self.at += gap;
        let (kind, len) = match first {
            '"' | '\'' => (Kind::Text, quoted_len(rest, first)),
            '`' => (Kind::Text, template_len(rest)),
            '/' if self.regex_may_stand() => (Kind::Text, regex_with_flags_len(rest)),
            c if is_word(c) => (Kind::Word, rest.find(|c| !is_word(c)).unwrap_or(rest.len())),
            c => {
                let long = ["=>", "...", "?."].into_iter().find(|sign| rest.starts_with(sign));
                (Kind::Sign, long.map_or(c.len_utf8(), str::len))
            }
        };
        self.push(kind, len, start)?;
        match (first, kind) {
            ('(' | '[' | '{', Kind::Sign) => self.open(),
            (')' | ']', Kind::Sign) => self.close()?,
            ('}', Kind::Sign) => {
                let template = self.close_is_template()?;
                self.close()?;
                if template {
                    self.template_goes_on()?;
                }
            }
            ('`', _) => self.template_may_open()?,
            _ => {}
        }
        Some(true)
    }

    fn push(&mut self, kind: Kind, len: usize, from: usize) -> Option<()> {
        let gap = self.text.get(from..self.at)?;
        let text = self.text.get(self.at..self.at + len)?;
        self.tokens.push(Token { kind, text, line: gap.contains('\n'), gap });
        self.pairs.push(self.tokens.len() - 1);
        self.at += len;
        Some(())
    }

    fn open(&mut self) {
        self.open.push(self.tokens.len() - 1);
    }

    fn close(&mut self) -> Option<()> {
        let (open, close) = (self.open.pop()?, self.tokens.len() - 1);
        *self.pairs.get_mut(open)? = close;
        *self.pairs.get_mut(close)? = open;
        Some(())
    }

    fn close_is_template(&self) -> Option<bool> {
        Some(self.tokens.get(*self.open.last()?)?.text == "${")
    }

    /// After text of a template: an expression, or its end.
    fn template_may_open(&mut self) -> Option<()> {
        if self.text.get(self.at..)?.starts_with("${") {
            self.push(Kind::Sign, 2, self.at)?;
            self.open();
        }
        Some(())
    }

    fn template_goes_on(&mut self) -> Option<()> {
        let len = template_rest_len(self.text.get(self.at..)?);
        self.push(Kind::Text, len, self.at)?;
        self.template_may_open()
    }

    fn regex_may_stand(&self) -> bool {
        let Some(last) = self.tokens.last() else { return true };
        match last.kind {
            Kind::Text => false,
            Kind::Word => KEYWORDS_BEFORE_VALUES.contains(&last.text),
            Kind::Sign => ![")", "]", "}"].contains(&last.text),
        }
    }
}

const KEYWORDS_BEFORE_VALUES: [&str; 9] =
    ["return", "typeof", "case", "in", "of", "void", "delete", "yield", "await"];

fn regex_with_flags_len(rest: &str) -> usize {
    let len = regex_len(rest);
    let after = rest.get(len..).unwrap_or_default();
    len + after.find(|c| !is_word(c)).unwrap_or(after.len())
}

/// Bytes of a template from its back quote to the first expression or its end.
fn template_len(rest: &str) -> usize {
    1 + template_rest_len(rest.get(1..).unwrap_or_default())
}

/// Bytes of a template's text to the next expression, or to its end with the back quote.
fn template_rest_len(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return at + 1,
            '$' if rest.get(at..).is_some_and(|rest| rest.starts_with("${")) => return at,
            _ => {}
        }
    }
    rest.len()
}
