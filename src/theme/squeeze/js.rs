//! A script without comments and needless white space. Line breaks stay: a statement may end there.

/// The same script, shorter. Strings, templates and regular expressions stay as they are.
pub fn js(text: &str) -> String {
    let mut squeezer = Squeezer { text, at: 0, out: String::with_capacity(text.len()), gap: Gap::None };
    squeezer.code(false);
    squeezer.out
}

struct Squeezer<'a> {
    text: &'a str,
    at: usize,
    out: String,
    gap: Gap,
}

/// White space seen and not yet written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

impl<'a> Squeezer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Code up to the end, or, inside a template, up to the `}` that closes the expression.
    fn code(&mut self, in_template: bool) {
        let mut depth = 0usize;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' => self.skip(1, Gap::Line),
                c if c.is_whitespace() => self.skip(c.len_utf8(), Gap::Space),
                '/' if self.rest().starts_with("//") => {
                    let end = self.rest().find('\n').unwrap_or(self.rest().len());
                    self.skip(end, Gap::None);
                }
                '/' if self.rest().starts_with("/*") => self.comment(),
                '/' if self.regex_may_stand() => self.copy(regex_len(self.rest())),
                '"' | '\'' => self.copy(quoted_len(self.rest(), c)),
                '`' => self.template(),
                '}' if in_template && depth == 0 => return,
                c => {
                    match c {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    self.copy(c.len_utf8());
                }
            }
        }
    }

    fn skip(&mut self, bytes: usize, gap: Gap) {
        self.at += bytes;
        self.gap = self.gap.max(gap);
    }

    fn comment(&mut self) {
        let len = self.rest().find("*/").map_or(self.rest().len(), |end| end + 2);
        let lines = self.rest().get(..len).is_some_and(|comment| comment.contains('\n'));
        self.skip(len, if lines { Gap::Line } else { Gap::Space });
    }

    /// Copies bytes, after the white space before them as far as it is needed.
    fn copy(&mut self, bytes: usize) {
        let piece = self.rest().get(..bytes).unwrap_or_default();
        if let (Some(before), Some(after)) = (self.out.chars().next_back(), piece.chars().next()) {
            match self.gap {
                Gap::Line if line_matters(before, after) => self.out.push('\n'),
                Gap::Space if space_matters(before, after) => self.out.push(' '),
                Gap::Line | Gap::Space | Gap::None => {}
            }
        }
        self.gap = Gap::None;
        self.out.push_str(piece);
        self.at += bytes.max(1);
    }

    fn template(&mut self) {
        self.copy(1);
        while let Some(c) = self.rest().chars().next() {
            if self.rest().starts_with("${") {
                self.copy(2);
                self.code(true);
                self.gap = Gap::None;
                self.copy(1);
            } else if c == '\\' {
                let next = self.rest().chars().nth(1).map_or(0, char::len_utf8);
                self.copy(1 + next);
            } else {
                self.copy(c.len_utf8());
                if c == '`' {
                    return;
                }
            }
        }
    }

    /// Whether `/` begins a regular expression here: after what cannot end a value.
    fn regex_may_stand(&self) -> bool {
        let before = self.out.trim_end();
        let Some(last) = before.chars().next_back() else { return true };
        if is_word(last) {
            let start = before.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
            let word = before.get(start..).unwrap_or_default();
            return ["return", "typeof", "case", "in", "of", "void", "delete", "yield", "await"]
                .contains(&word);
        }
        !")]}\"'`".contains(last)
    }
}

pub(super) fn quoted_len(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !escaped && (c == quote || c == '\n') {
            return at + 1;
        }
        escaped = !escaped && c == '\\';
    }
    rest.len()
}

pub(super) fn regex_len(rest: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '#'
}

/// Characters that never make a token together with a neighbour if the space between them goes.
const LONERS: &str = "{}()[],;:=<>?&|!*%^~";

fn space_matters(before: char, after: char) -> bool {
    let sign = |c: char| c == '+' || c == '-';
    // `a - -b` is not `a --b`, but one sign alone needs no space.
    let one_sign = sign(before) != sign(after);
    !(LONERS.contains(before) || LONERS.contains(after) || one_sign && before != '/' && after != '/')
}

/// A line break counts unless one side shows that the statement goes on, or ended already.
fn line_matters(before: char, after: char) -> bool {
    let goes_on = "{([,;:=&|?<>".contains(before) || ")],;:?&|=.".contains(after);
    !goes_on
}
