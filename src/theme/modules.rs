//! The modules of a theme joined into one script.

use super::files::Files;
use super::squeeze::{self, SyntaxError};
use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The modules that `entries` need, each once and after those it imports, as one script: imports and
/// `export` are gone, so that the names of all modules share one scope.
///
/// # Errors
/// A diagnostic for each missing module, import on several lines, import of a name that is not exported,
/// and name that two modules declare.
pub fn join(files: &Files, entries: &[String]) -> Result<String, Vec<Diagnostic>> {
    let mut joiner = Joiner {
        files,
        seen: BTreeSet::new(),
        names: BTreeMap::new(),
        problems: Vec::new(),
        script: String::new(),
    };
    for entry in entries {
        match files.get(entry) {
            Some(source) => joiner.add(entry, source),
            None => joiner.problems.push(missing(entry)),
        }
    }
    if joiner.problems.is_empty() { Ok(joiner.script) } else { Err(joiner.problems) }
}

fn missing(entry: &str) -> Diagnostic {
    let path = ProjectPath::new(entry).unwrap_or_default();
    Diagnostic::file_error("theme-script", &path, format!("the theme has no module `{entry}`"))
        .help("name a file of the theme in `script` of its `theme.toml`")
}

/// A diagnostic for a file that is no script.
pub fn not_a_script(source: &Source, error: &SyntaxError) -> Diagnostic {
    let span = Span::new(error.at.start, error.at.end);
    let message = format!("this is not JavaScript: {}", error.message);
    Diagnostic::error("theme-script", source.path(), span, message)
        .help("fix it there: scripts of a theme are plain JavaScript, without types or JSX")
}

struct Joiner<'a> {
    files: &'a Files,
    seen: BTreeSet<String>,
    /// Top-level names and the module that declares them.
    names: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
    script: String,
}

/// A line of a module as far as joining is concerned.
enum Line<'a> {
    Import { names: Vec<&'a str>, from: &'a str },
    Code(&'a str),
    Wrong(&'static str),
}

impl<'a> Joiner<'a> {
    fn add(&mut self, name: &str, source: &'a Source) {
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let mut code = String::with_capacity(source.text().len());
        let mut start = 0;
        for line in source.text().split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            match read(line) {
                Line::Import { names, from } => self.import(name, source, span, &names, from),
                Line::Code(line) => {
                    self.declare(name, source, span, line);
                    code.push_str(line);
                }
                Line::Wrong(help) => self.problem(source, span, "this line cannot be joined", help),
            }
        }
        if let Some(error) = squeeze::syntax_error(source.text(), squeeze::Kind::Module) {
            self.problems.push(not_a_script(source, &error));
        }
        self.script.push_str(&code);
        self.script.push('\n');
    }

    fn import(&mut self, name: &str, source: &Source, span: Span, names: &[&str], from: &str) {
        let folder = ProjectPath::new(name).unwrap_or_default().parent();
        let path = folder.join(from).unwrap_or_default();
        let Some(other) = self.files.get(path.as_str()) else {
            let help = "a module of the theme is imported by its path, as `./geometry.js`";
            return self.problem(source, span, &format!("there is no module `{from}`"), help);
        };
        let exported: Vec<&str> = other.text().lines().filter_map(exported).collect();
        for name in names.iter().filter(|name| !exported.contains(name)) {
            let near = super::near(name, exported.iter().copied());
            let help =
                near.map_or_else(|| "export it there".to_owned(), |near| format!("did you mean `{near}`?"));
            self.problem(source, span, &format!("`{from}` exports no `{name}`"), &help);
        }
        self.add(path.as_str(), other);
    }

    fn declare(&mut self, module: &str, source: &Source, span: Span, line: &str) {
        let Some(name) = declared(line) else { return };
        if let Some(other) = self.names.insert(name.to_owned(), module.to_owned()) {
            let message = format!("`{name}` is declared in `{other}` too");
            self.problem(source, span, &message, "modules share one scope: give it a name of its own");
        }
    }

    fn problem(&mut self, source: &Source, span: Span, message: &str, help: &str) {
        self.problems.push(Diagnostic::error("theme-script", source.path(), span, message).help(help));
    }
}

fn read(line: &str) -> Line<'_> {
    let code = line.trim_end();
    if code.starts_with("import ") || code.starts_with("import{") || code.starts_with("import'") {
        return import(code)
            .unwrap_or(Line::Wrong("write an import on one line, as `import {a, b} from './x.js';`"));
    }
    match line.strip_prefix("export ") {
        Some(rest) if declared(rest).is_some() => Line::Code(rest),
        Some(_) => Line::Wrong("write `export` before a `const`, `let`, `function` or `class`"),
        None => Line::Code(line),
    }
}

fn import(code: &str) -> Option<Line<'_>> {
    let rest = code.strip_prefix("import")?.trim().trim_end_matches(';').trim_end();
    let (names, from) = match rest.rsplit_once("from") {
        Some((names, from)) => (names.trim().strip_prefix('{')?.strip_suffix('}')?, from),
        None => ("", rest),
    };
    let from = from.trim();
    let from = from.get(1..from.len().checked_sub(1)?)?;
    let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    (!names.iter().any(|name| name.contains(' '))).then_some(Line::Import { names, from })
}

fn exported(line: &str) -> Option<&str> {
    declared(line.strip_prefix("export ")?)
}

/// The name that a line declares at the top level of its module.
fn declared(line: &str) -> Option<&str> {
    let rest = ["const ", "let ", "var ", "function ", "function* ", "class ", "async function "]
        .iter()
        .find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}
