//! Where a script declares names, and how far each declaration reaches.

use super::tokens::{Kind, Token};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a `{` opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Brace {
    Block,
    Class,
    /// An object, or a pattern that takes one apart.
    Object,
}

/// A script by tokens.
pub struct Script<'a> {
    pub tokens: Vec<Token<'a>>,
    /// For each bracket its counterpart.
    pub pairs: Vec<usize>,
    /// For each token the bracket around it.
    pub around: Vec<Option<usize>>,
    /// For each declared name, the tokens among which it is known.
    pub reach: BTreeMap<&'a str, Vec<Range<usize>>>,
}

impl<'a> Script<'a> {
    pub fn new(tokens: Vec<Token<'a>>, pairs: Vec<usize>) -> Self {
        let around = enclosing(&tokens, &pairs);
        let mut script = Self { tokens, pairs, around, reach: BTreeMap::new() };
        for at in 0..script.tokens.len() {
            script.declare_at(at);
        }
        script
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    pub fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |before| self.text(before))
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    fn pair(&self, at: usize) -> usize {
        self.pairs.get(at).copied().unwrap_or(at)
    }

    /// The kind of the brace that directly holds a token; `None` in parentheses, brackets, and outside all.
    pub fn brace_around(&self, at: usize) -> Option<(usize, Brace)> {
        let open = self.around.get(at).copied().flatten()?;
        (self.text(open) == "{").then(|| (open, self.brace(open)))
    }

    /// What a `{` opens.
    pub fn brace(&self, at: usize) -> Brace {
        match self.before(at) {
            "" | ")" | "=>" | ";" | "{" | "}" | "else" | "try" | "finally" | "do" | "catch" | "static" => {
                Brace::Block
            }
            ":" if self.after_case(at) => Brace::Block,
            _ if self.heads_class(at) => Brace::Class,
            _ => Brace::Object,
        }
    }

    /// Whether the `:` before belongs to a `case`, not to a condition or a property.
    fn after_case(&self, at: usize) -> bool {
        let mut at = at - 1;
        while let Some(before) = at.checked_sub(1) {
            match self.text(before) {
                "case" | "default" => return true,
                "?" | "," | ";" | "{" | "(" | "[" | "${" => return false,
                ")" | "]" | "}" => at = self.pair(before),
                _ => at = before,
            }
        }
        false
    }

    /// Whether `class`, `class Name` or `class Name extends some.Thing` stands before.
    fn heads_class(&self, at: usize) -> bool {
        let mut at = at;
        while let Some(before) = at.checked_sub(1) {
            match self.text(before) {
                "class" => return true,
                text if text == "." || self.is_word(before) => at = before,
                _ => return false,
            }
        }
        false
    }

    fn declare_at(&mut self, at: usize) {
        match self.text(at) {
            _ if matches!(self.before(at), "." | "?.") => {}
            "const" | "let" | "var" if self.is_word(at) => self.variables(at),
            "function" if self.is_word(at + 1) => self.bind(at + 1, self.block_around(at)),
            "function" if self.text(at + 1) == "*" && self.is_word(at + 2) => {
                self.bind(at + 2, self.block_around(at));
            }
            "class" if self.is_word(at + 1) && self.text(at + 1) != "extends" => {
                self.bind(at + 1, self.block_around(at));
            }
            "=>" => self.arrow(at),
            "(" => self.parameters(at),
            _ => {}
        }
    }

    /// `const a = 1, { b, c: [d] } = e`, also at the head of a loop.
    fn variables(&mut self, keyword: usize) {
        let parent = self.around.get(keyword).copied().flatten();
        let reach = match parent {
            Some(open) if self.text(open) == "(" => open..self.statement_end(self.pair(open) + 1, false),
            _ => self.block_around(keyword),
        };
        let mut at = keyword + 1;
        loop {
            at = self.pattern(at, &reach);
            if self.text(at) == "=" {
                at = self.expression_end(at + 1);
            }
            if self.text(at) != "," || self.tokens.get(at).is_some_and(|token| token.line) {
                return;
            }
            at += 1;
        }
    }

    fn arrow(&mut self, arrow: usize) {
        let Some(last) = arrow.checked_sub(1) else { return };
        let end = self.body_end(arrow + 1);
        if self.text(last) == ")" {
            let open = self.pair(last);
            self.list(open + 1, last, &(open..end));
        } else if self.is_word(last) {
            self.bind(last, last..end);
        }
    }

    /// Parameters of a function, a method or `catch`: what stands in parentheses before a block.
    fn parameters(&mut self, open: usize) {
        let close = self.pair(open);
        let control = matches!(self.before(open), "if" | "for" | "while" | "switch" | "with" | "await");
        if self.text(close + 1) == "{" && !control {
            self.list(open + 1, close, &(open..self.pair(close + 1) + 1));
        }
    }

    /// A list of patterns with defaults.
    fn list(&mut self, from: usize, to: usize, reach: &Range<usize>) {
        let mut at = from;
        while at < to {
            at = self.pattern(at, reach);
            at = self.next_part(at, to);
        }
    }

    /// One name or pattern; the token after it.
    fn pattern(&mut self, at: usize, reach: &Range<usize>) -> usize {
        match self.text(at) {
            "..." => self.pattern(at + 1, reach),
            "[" => {
                self.list(at + 1, self.pair(at), reach);
                self.pair(at) + 1
            }
            "{" => {
                self.fields(at + 1, self.pair(at), reach);
                self.pair(at) + 1
            }
            _ if self.is_word(at) => {
                self.bind(at, reach.clone());
                at + 1
            }
            _ => at,
        }
    }

    /// The fields of an object pattern.
    fn fields(&mut self, from: usize, to: usize, reach: &Range<usize>) {
        let mut at = from;
        while at < to {
            let after = if self.text(at) == "[" { self.pair(at) + 1 } else { at + 1 };
            at = self.pattern(if self.text(after) == ":" { after + 1 } else { at }, reach);
            at = self.next_part(at, to);
        }
    }

    /// Past the next comma of a list.
    fn next_part(&self, from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to && self.text(at) != "," {
            at = self.past(at);
        }
        at + 1
    }

    /// The token after this one and what it opens.
    fn past(&self, at: usize) -> usize {
        self.pair(at).max(at) + 1
    }

    /// Where the body of an arrow function ends.
    fn body_end(&self, from: usize) -> usize {
        if self.text(from) == "{" { self.pair(from) + 1 } else { self.expression_end(from) }
    }

    /// Where an expression ends: at a comma, a semicolon, a line break or a closing bracket.
    fn expression_end(&self, from: usize) -> usize {
        self.statement_end(from, true)
    }

    fn statement_end(&self, from: usize, at_comma: bool) -> usize {
        if !at_comma && self.text(from) == "{" {
            return self.pair(from) + 1;
        }
        let mut at = from;
        while let Some(token) = self.tokens.get(at) {
            let ends = matches!(token.text, ";" | ")" | "]" | "}") || at_comma && token.text == ",";
            let breaks = token.line && at > from;
            if token.kind == Kind::Sign && ends || breaks {
                return at;
            }
            at = self.past(at);
        }
        at
    }

    /// The block that a declaration stands in.
    fn block_around(&self, at: usize) -> Range<usize> {
        let mut open = self.around.get(at).copied().flatten();
        while let Some(found) = open {
            if self.text(found) == "{" && self.brace(found) == Brace::Block {
                return found..self.pair(found) + 1;
            }
            open = self.around.get(found).copied().flatten();
        }
        0..self.tokens.len()
    }

    fn bind(&mut self, at: usize, reach: Range<usize>) {
        self.reach.entry(self.text(at)).or_default().push(reach);
    }
}

fn enclosing(tokens: &[Token<'_>], pairs: &[usize]) -> Vec<Option<usize>> {
    let mut open = Vec::new();
    let mut around = Vec::with_capacity(tokens.len());
    for (at, &pair) in pairs.iter().enumerate() {
        if pair < at {
            open.pop();
        }
        around.push(open.last().copied());
        if pair > at {
            open.push(at);
        }
    }
    around
}
