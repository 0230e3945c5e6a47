//! Reads typed values out of a table of front matter or of the project file, and says what is wrong with
//! them where it stands.

use super::{Color, near};
use crate::diagnostic::Diagnostic;
use crate::source::data::{Field, Node, Value};
use crate::source::{ProjectPath, Span, Spanned};

/// A table being read. Every key that is asked for becomes a known one; [`Fields::finish`] warns of the
/// others. An empty text and a key without a value count as absent.
pub struct Fields<'a> {
    fields: &'a [Field],
    known: Vec<&'static str>,
    /// Keys of other generators.
    accepted: Vec<&'static str>,
    path: &'a ProjectPath,
    span: Span,
    /// It is no table, and that was reported.
    no_table: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The fields of `node`, which stands in the file `path`. Anything but a table is an error.
    pub fn new(
        node: &'a Node,
        what: &str,
        path: &'a ProjectPath,
        found: &'a mut Vec<Diagnostic>,
    ) -> Fields<'a> {
        let (fields, no_table): (&[Field], bool) = match &node.value {
            Value::Table(fields) => (fields, false),
            Value::Null => (&[], false),
            other => {
                let message = format!("{what} must be keys with values, not {}", other.noun());
                found.push(Diagnostic::error("wrong-type", path, node.span, message));
                (&[], true)
            }
        };
        Fields { fields, known: Vec::new(), accepted: Vec::new(), path, span: node.span, no_table, found }
    }

    /// The file.
    pub fn path(&self) -> &ProjectPath {
        self.path
    }

    /// The value of a key; `None` if it is absent or empty.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let node = &self.fields.iter().find(|field| field.key.value == key)?.node;
        match &node.value {
            Value::Null => None,
            Value::Text(text) if text.trim().is_empty() => None,
            _ => Some(node),
        }
    }

    /// One line of text: white space is folded, control characters are left out.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.text_of(key, node)
    }

    fn text_of(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Text(text) => Some(Spanned::new(one_line(text), node.span)),
            Value::Number(text) | Value::Date(text) => {
                let help = format!("put it in quotes: `\"{text}\"`");
                self.wrong_type(key, "text", node, help);
                None
            }
            _ => {
                self.wrong_type(key, "text", node, String::new());
                None
            }
        }
    }

    /// A text that must be there, else an error that names the table.
    pub fn needed_text(&mut self, key: &'static str, table: &str) -> Option<Spanned<String>> {
        if self.no_table {
            return None;
        }
        if self.node(key).is_none() {
            let message = format!("`{table}` needs the key `{key}`");
            let help = format!("add `{key}`, or remove `{table}`");
            self.push(Diagnostic::error("missing-key", self.path, self.span, message).help(help));
            return None;
        }
        self.text(key)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let node = self.node(key)?;
        if let Value::Bool(value) = node.value {
            return Some(Spanned::new(value, node.span));
        }
        self.wrong_type(key, "`true` or `false`", node, "write `true` or `false`, without quotes".to_owned());
        None
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::List(items) = &node.value else {
            let help = format!("put it in brackets, as in `[{}]`", example_item(node));
            self.wrong_type(key, "a list of texts", node, help);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.text_of(key, item))
            .filter(|text| !text.value.is_empty())
            .collect()
    }

    /// A list of texts, or texts parted by commas.
    pub fn listed(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        match self.node(key) {
            Some(Node { value: Value::Text(text), span }) => text
                .split(',')
                .map(|part| Spanned::new(one_line(part), *span))
                .filter(|part| !part.value.is_empty())
                .collect(),
            _ => self.texts(key),
        }
    }

    /// Takes a key that means nothing here, so that nothing is reported of it.
    pub fn accept(&mut self, key: &'static str) {
        self.accepted.push(key);
    }

    /// The value of a key of another generator, of whatever type; it is not among the keys that are suggested.
    pub fn accepted(&mut self, key: &'static str) -> Option<&'a Node> {
        self.accept(key);
        self.fields.iter().find(|field| field.key.value == key).map(|field| &field.node)
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let node = self.node(key)?;
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let Value::Text(_) = node.value else {
            self.wrong_type(key, &near::or_list(&names), node, format!("use {}", near::or_list(&names)));
            return None;
        };
        let text = self.text_of(key, node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned::new(*value, text.span));
        }
        let message = format!("`{key}` can't be `{}`", text.value);
        self.error("bad-value", text.span, message, near::suggest(&text.value, &names));
        None
    }

    /// A colour, `#rgb` or `#rrggbb`.
    pub fn color(&mut self, key: &'static str) -> Option<Spanned<Color>> {
        let text = self.text(key)?;
        let color = Color::parse(&text.value);
        if color.is_none() {
            let message = format!("`{}` is not a colour", text.value);
            self.error("bad-color", text.span, message, "write `#rgb` or `#rrggbb`, as in `#0b7a75`");
        }
        color.map(|color| Spanned::new(color, text.span))
    }

    /// A file of the project, as written relative to `folder`.
    pub fn file(&mut self, key: &'static str, folder: &ProjectPath) -> Option<Spanned<ProjectPath>> {
        let text = self.text(key)?;
        let path = folder.join(&text.value);
        if path.is_err() {
            let message = format!("`{}` lies outside the project", text.value);
            self.error(
                "path-outside",
                text.span,
                message,
                "copy it into the project, and name it from there",
            );
        }
        path.ok().map(|path| Spanned::new(path, text.span))
    }

    /// Files or folders of the project, as written relative to `folder`.
    pub fn files(&mut self, key: &'static str, folder: &ProjectPath) -> Vec<ProjectPath> {
        let mut paths = Vec::new();
        for text in self.texts(key) {
            match folder.join(&text.value) {
                Ok(path) => paths.push(path),
                Err(_) => {
                    let message = format!("`{}` lies outside the project", text.value);
                    self.error("path-outside", text.span, message, "name a folder of the project");
                }
            }
        }
        paths
    }

    /// Notes a finding.
    pub fn error(&mut self, code: &'static str, span: Span, message: String, help: impl Into<String>) {
        self.push(Diagnostic::error(code, self.path, span, message).help(help));
    }

    /// The fields of a table within this one, read with the same findings.
    pub fn within<'b>(&'b mut self, node: &'b Node, what: &str) -> Fields<'b> {
        Fields::new(node, what, self.path, self.found)
    }

    /// Whether a key is written, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key.value == key && field.node.value != Value::Null)
    }

    /// Every key with its value, all of them known: for tables whose keys are the user's own.
    pub fn all(&mut self) -> &'a [Field] {
        std::mem::take(&mut self.fields)
    }

    /// Warns of every key that was not asked for.
    pub fn finish(self) {
        for field in self.fields {
            let key = &field.key;
            let is_foreign = self.accepted.contains(&key.value.as_str()) || key.value.starts_with("ms.");
            if !self.known.contains(&key.value.as_str()) && !is_foreign {
                let message = format!("unknown key `{}`", key.value);
                let help = near::suggest(&key.value, &self.known);
                self.found.push(Diagnostic::warning("unknown-key", self.path, key.span, message).help(help));
            }
        }
    }

    /// The value is of another type than the key wants.
    pub fn wrong_type(&mut self, key: &str, wanted: &str, node: &Node, help: String) {
        let message = format!("`{key}` must be {wanted}, not {}", node.value.noun());
        let diagnostic = Diagnostic::error("wrong-type", self.path, node.span, message);
        self.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}

fn example_item(node: &Node) -> &str {
    match &node.value {
        Value::Text(text) if text.len() < 40 && !text.contains('\n') => text,
        _ => "one, two",
    }
}

/// White space folded to single spaces, other control characters left out.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for (at, word) in text.split_whitespace().enumerate() {
        line.extend((at > 0).then_some(' '));
        match word.contains(char::is_control) {
            true => line.extend(word.chars().filter(|c| !c.is_control())),
            false => line.push_str(word),
        }
    }
    line
}
