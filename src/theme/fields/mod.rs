//! Whether templates use only fields that there are, in branches too that no page of the project takes.

mod expression;
mod shape;
pub(super) mod tags;

use super::context::{GuidePage, LibraryPage};
use super::files::Files;
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use shape::{Record, Shape};
use tags::{Kind, Tag, Word};

/// The unknown fields in what the two pages of a theme are made of. Without `words`, any word is known.
pub fn check(files: &Files, words: Option<&Words>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, mut root) in
        [("guide.html", shape::fields_of::<GuidePage>()), ("library.html", shape::fields_of::<LibraryPage>())]
    {
        if let Some(words) = words {
            let words = words.keys().map(|key| (key.clone(), Shape::Plain)).collect();
            root.insert("words".to_owned(), Shape::Record(words));
        }
        let mut reader = Reader { files, scopes: vec![root], open: Vec::new(), found };
        reader.template(name);
        found = reader.found;
    }
    found
}

/// Reads templates as they include each other.
struct Reader<'a> {
    files: &'a Files,
    /// What names mean: of the page, then of each template and loop around.
    scopes: Vec<Record>,
    /// The templates that are being read, the outermost first.
    open: Vec<&'a str>,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn template(&mut self, name: &str) {
        let Some((name, source)) = self.files.get_key_value(name) else { return };
        // What includes itself is reported by the engine.
        if self.open.contains(&name.as_str()) {
            return;
        }
        let depth = self.scopes.len();
        self.open.push(name);
        self.scopes.push(Record::new());
        let mut component = false;
        for tag in tags::tags(source.text()) {
            // The arguments of a component are anybody's.
            component = match tag.trimmed().first() {
                Some(word) if word.is_name("component") => true,
                Some(word) if word.is_name("endcomponent") => false,
                _ => component,
            };
            if !component {
                self.tag(source, &tag);
            }
        }
        self.scopes.truncate(depth);
        self.open.pop();
    }

    fn tag(&mut self, source: &Source, tag: &Tag<'_>) {
        let words = tag.trimmed();
        let Some((first, rest)) = words.split_first() else { return };
        if tag.prints {
            self.expression(source, words);
            return;
        }
        match first.text {
            "for" => self.each(source, rest),
            "endfor" => drop(self.scopes.pop()),
            "set" | "set_global" => self.set(source, rest),
            "if" | "elif" => drop(self.expression(source, rest)),
            "filter" => drop(self.expression(source, rest.get(1..).unwrap_or_default())),
            "include" | "extends" => {
                rest.iter().filter(|word| word.kind == Kind::Text).for_each(|word| self.template(word.text));
            }
            _ if first.is_sign("<") => drop(self.expression(source, words)),
            _ => {}
        }
    }

    /// `{% for NAME in … %}`, `{% for KEY, NAME in … %}`
    fn each(&mut self, source: &Source, words: &[Word<'_>]) {
        let at = words.iter().position(|word| word.is_name("in")).unwrap_or(words.len());
        let (names, list) = words.split_at(at);
        let item = match self.expression(source, list.get(1..).unwrap_or_default()) {
            Shape::List(item) if names.len() == 1 => *item,
            Shape::List(_) | Shape::Record(_) | Shape::Plain | Shape::Any => Shape::Any,
        };
        let names = names.iter().filter(|word| word.kind == Kind::Name);
        let mut scope: Record = names.map(|word| (word.text.to_owned(), item.clone())).collect();
        scope.insert("loop".to_owned(), Shape::Any);
        self.scopes.push(scope);
    }

    /// `{% set NAME = … %}`
    fn set(&mut self, source: &Source, words: &[Word<'_>]) {
        let Some((name, rest)) = words.split_first() else { return };
        let value = match rest.split_first() {
            Some((equals, value)) if equals.is_sign("=") => self.expression(source, value),
            _ => Shape::Any,
        };
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.text.to_owned(), value);
        }
    }

    /// What a name means, the innermost first.
    fn meaning(&self, name: &str) -> Option<Shape> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).cloned()
    }

    /// All names that mean something.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.scopes.iter().flat_map(|scope| scope.keys().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn problem(&mut self, source: &Source, span: Span, message: String, help: String) {
        let problem = Diagnostic::error("theme-template", source.path(), span, message).help(help);
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }
}

/// ``did you mean `x`?`` for a near name, else all there are.
fn suggest(wrong: &str, known: &[&str]) -> String {
    match super::near(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}
