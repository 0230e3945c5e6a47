//! Shorter names for what a script declares itself.

use super::bindings::{Brace, Script};
use super::tokens::{self, Kind, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The same script with short names for its own variables, functions, parameters and private members.
/// Properties keep their names, and so does every name that is somewhere used where no declaration reaches:
/// there it means something of the browser's.
pub fn shorten(text: &str) -> String {
    let Some((tokens, pairs)) = tokens::read(text) else { return text.to_owned() };
    // These reach names by text.
    if tokens.iter().any(|token| token.kind == Kind::Word && ["eval", "with"].contains(&token.text)) {
        return text.to_owned();
    }
    let script = Script::new(tokens, pairs);
    let uses: Vec<Use> = (0..script.tokens.len()).map(|at| use_of(&script, at)).collect();
    let short = Short::of(&script, &uses);
    let mut out = String::with_capacity(text.len());
    for (token, use_) in script.tokens.iter().zip(&uses) {
        write(&mut out, token, *use_, &short);
    }
    out
}

/// What a token is to the one who renames.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Use {
    /// A variable.
    Name,
    /// A variable that is the name of a property too: `{ name }`.
    Shorthand,
    /// A private member.
    Private,
    /// Anything else.
    Other,
}

fn use_of(script: &Script<'_>, at: usize) -> Use {
    let text = script.text(at);
    let first = text.chars().next().unwrap_or('0');
    if script.is_word(at) && first == '#' {
        return Use::Private;
    }
    if !script.is_word(at) || first.is_ascii_digit() || matches!(script.before(at), "." | "?.") {
        return Use::Other;
    }
    match script.brace_around(at) {
        Some((_, Brace::Class)) if in_member_name(script, at) => Use::Other,
        Some((open, Brace::Object)) if at == open + 1 || script.before(at) == "," => {
            // Else a key, a method, or `get` before one.
            if matches!(script.text(at + 1), "," | "}" | "=") { Use::Shorthand } else { Use::Other }
        }
        Some((_, Brace::Object)) if heads_method(script, at) => Use::Other,
        _ => Use::Name,
    }
}

/// Whether a word directly in a class is the name of a member, or `static` and the like before it.
fn in_member_name(script: &Script<'_>, at: usize) -> bool {
    let starts = |at: usize| {
        matches!(script.before(at), "{" | "}" | ";" | "*") || script.tokens.get(at).is_some_and(|t| t.line)
    };
    let mut first = at;
    while !starts(first) {
        match first.checked_sub(1) {
            Some(before) if matches!(script.text(before), "static" | "async" | "get" | "set") => {
                first = before
            }
            _ => return false,
        }
    }
    true
}

/// `name(…) {` after `get`, `async` or `*` in an object.
fn heads_method(script: &Script<'_>, at: usize) -> bool {
    matches!(script.before(at), "get" | "set" | "async" | "*") && script.text(at + 1) == "("
}

/// Names and what stands for them.
struct Short<'a> {
    names: BTreeMap<&'a str, String>,
    private: BTreeMap<&'a str, String>,
}

impl<'a> Short<'a> {
    fn of(script: &Script<'a>, uses: &[Use]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut private: BTreeMap<&str, usize> = BTreeMap::new();
        let mut foreign: BTreeSet<&str> = BTreeSet::new();
        for (at, use_) in uses.iter().enumerate() {
            let text = script.text(at);
            match use_ {
                Use::Private => *private.entry(text).or_default() += 1,
                Use::Name | Use::Shorthand => {
                    let known = script.reach.get(text).into_iter().flatten().any(|reach| reach.contains(&at));
                    if known && text != "arguments" {
                        *counts.entry(text).or_default() += 1;
                    } else {
                        foreign.insert(text);
                    }
                }
                Use::Other => {}
            }
        }
        counts.retain(|name, _| !foreign.contains(name));
        let free = |name: &String| !foreign.contains(name.as_str()) && !RESERVED.contains(&name.as_str());
        let reach = |name: &str| script.reach.get(name).cloned().unwrap_or_default();
        let whole = 0..script.tokens.len();
        let everywhere = |_: &str| vec![whole.clone()];
        Self { names: assign(counts, "", free, reach), private: assign(private, "#", |_| true, everywhere) }
    }
}

/// The shortest names for what is used most. Names that are never known at the same place may share one.
fn assign<'a>(
    counts: BTreeMap<&'a str, usize>,
    sign: &str,
    free: impl Fn(&String) -> bool,
    reach: impl Fn(&str) -> Vec<Range<usize>>,
) -> BTreeMap<&'a str, String> {
    let mut order: Vec<_> = counts.into_iter().collect();
    order.sort_by(|(a, m), (b, n)| n.cmp(m).then(a.cmp(b)));
    let mut short = (0..).map(name).filter(free);
    let mut taken: Vec<(String, Vec<Range<usize>>)> = Vec::new();
    let mut names = BTreeMap::new();
    for (long, _) in order {
        let reach = reach(long);
        let shared = taken.iter().position(|(_, others)| !meet(&reach, others));
        let at = shared.unwrap_or_else(|| {
            taken.push((short.next().unwrap_or_default(), Vec::new()));
            taken.len() - 1
        });
        if let Some((name, others)) = taken.get_mut(at) {
            names.insert(long, format!("{sign}{name}"));
            others.extend(reach);
        }
    }
    names
}

fn meet(some: &[Range<usize>], others: &[Range<usize>]) -> bool {
    some.iter().any(|a| others.iter().any(|b| a.start < b.end && b.start < a.end))
}

const FIRST: &[u8] = b"etnisroaldcupmhfgvbywxkjqzETNISROALDCUPMHFGVBYWXKJQZ_$";

/// The names in order: of one letter, of two, and so on.
fn name(number: usize) -> String {
    let mut number = number;
    let mut name = String::new();
    loop {
        name.push(char::from(FIRST.get(number % FIRST.len()).copied().unwrap_or(b'_')));
        if number < FIRST.len() {
            return name;
        }
        number = number / FIRST.len() - 1;
    }
}

/// Words of up to three letters that are no names.
const RESERVED: [&str; 10] = ["as", "do", "if", "in", "of", "for", "get", "let", "new", "set"];

fn write(out: &mut String, token: &Token<'_>, use_: Use, short: &Short<'_>) {
    out.push_str(token.gap);
    let names = if use_ == Use::Private { &short.private } else { &short.names };
    match (use_, names.get(token.text)) {
        (Use::Name | Use::Private, Some(name)) => out.push_str(name),
        (Use::Shorthand, Some(name)) => {
            out.push_str(token.text);
            out.push(':');
            out.push_str(name);
        }
        _ => out.push_str(token.text),
    }
}
