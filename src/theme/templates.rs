//! The templates of a theme, compiled once.

use super::fields;
use super::files::Files;
use super::limits::{self, Counted, Counter};
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::source::{Position, ProjectPath, Source, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{ErrorKind as IoErrorKind, Write};
use tera::{Context, ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

/// Compiled templates and the sources that messages point into.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    files: Files,
    counter: Counter,
    counted: BTreeMap<String, Counted>,
}

impl Templates {
    /// Compiles the templates of a theme; `words` are those that a page may ask for.
    ///
    /// # Errors
    /// Diagnostics with the places of what is no template, and of fields that no page has.
    pub fn compile(files: &Files, words: Option<&Words>) -> Result<Self, Vec<Diagnostic>> {
        let files: Files = files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, source)| (name.clone(), source.clone()))
            .collect();
        let (tera, mut problems) = engine(&files);
        // The tags of what can't be compiled may lie anywhere.
        if problems.is_empty() {
            problems = fields::check(&files, words);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (counter, mut tera) = (Counter::default(), tera);
        let counted: BTreeMap<String, Counted> =
            files.iter().map(|(name, source)| (name.clone(), Counted::new(source.text()))).collect();
        limits::register(&mut tera, &counter);
        let texts = counted.iter().map(|(name, counted)| (name.as_str(), counted.text.as_str()));
        match tera.add_raw_templates(texts) {
            Ok(()) => Ok(Self { tera, files, counter, counted }),
            Err(error) => Err(explain(&files, &counted, error.kind())),
        }
    }

    /// What the template `name` makes of `context`.
    ///
    /// # Errors
    /// A diagnostic with the template and the place that cannot be rendered: an unknown field, a filter
    /// that does not fit.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, Diagnostic> {
        let mut page = Page::default();
        let rendered = Value::try_from_serializable(context).and_then(|fields| {
            self.counter.start(&fields);
            self.tera.render_to(name, &named(fields), &mut page)
        });
        let over = self.counter.end();
        if page.full {
            let message = format!("the page grows beyond {} MB", MAX_PAGE >> 20);
            let found = Diagnostic::file_error("theme-template", &path_of(&self.files, name), message);
            return Err(found.help(LOOK));
        }
        match rendered {
            Ok(()) => Ok(String::from_utf8_lossy(&page.bytes).into_owned()),
            Err(error) => {
                let found = explain(&self.files, &self.counted, error.kind()).into_iter().next();
                let found = found.unwrap_or_else(|| whole(&self.files, name, error.kind()));
                Err(match over {
                    Some(limit) => Diagnostic { message: limit.message(), ..found }.help(LOOK),
                    None => found,
                })
            }
        }
    }
}

const LOOK: &str = "look for a loop that goes on for too long";
/// The fields of a page as names of its template.
fn named(fields: Value) -> Context {
    let mut context = Context::new();
    for (name, value) in fields.into_map().unwrap_or_default() {
        context.insert_value(name.as_str().unwrap_or_default().to_owned(), value);
    }
    context
}

/// Largest page that a template may make, in bytes.
const MAX_PAGE: usize = 128 << 20;
/// Most numbers that a template may ask for at once.
const MAX_RANGE: i128 = 1_000;

/// A page while it is made: a template that writes without end is stopped.
#[derive(Debug, Default)]
struct Page {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_PAGE {
            self.full = true;
            return Err(IoErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// `range`, as the engine has it, within a limit that nested loops can bear.
fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i128>> {
    let start = kwargs.get::<i128>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i128>("end")?;
    let step = kwargs.get::<i128>("step_by")?.unwrap_or(1);
    let numbers = std::iter::successors(Some(start), |number| number.checked_add(step));
    let before_end = |number: &i128| if step < 0 { *number > end } else { *number < end };
    if step == 0 {
        return Err(tera::Error::message("`range` needs a `step_by` other than 0"));
    }
    let all: Vec<i128> = numbers.take_while(before_end).take(MAX_RANGE as usize + 1).collect();
    if all.len() as i128 > MAX_RANGE {
        return Err(tera::Error::message(format!("`range` has more than {MAX_RANGE} numbers")));
    }
    Ok(all)
}

/// The engine with all templates in it, and what is wrong with those it refused.
fn engine(files: &Files) -> (Tera, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut texts: BTreeMap<&str, &str> =
        files.iter().map(|(name, source)| (name.as_str(), source.text())).collect();
    loop {
        let mut tera = Tera::new();
        tera.register_function("range", range);
        let Err(error) = tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, *text))) else {
            return (tera, problems);
        };
        problems.extend(explain(files, &BTreeMap::new(), error.kind()));
        // The engine tells of the first it can't read: the others come up once that is out of the way.
        let ErrorKind::SyntaxError(report) = error.kind() else { return (tera, problems) };
        match texts.get_mut(report.filename()) {
            Some(text) if !text.is_empty() => *text = "",
            _ => return (tera, problems),
        }
    }
}

fn explain(files: &Files, counted: &BTreeMap<String, Counted>, kind: &ErrorKind) -> Vec<Diagnostic> {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![at_its_place(files, counted, report)]
        }
        ErrorKind::MissingParent { current: name, .. }
        | ErrorKind::CircularExtend { tpl: name, .. }
        | ErrorKind::CircularInclude { tpl: name, .. } => vec![whole(files, name, kind)],
        ErrorKind::Msg(reports) => listed(files, reports),
        other => vec![whole(files, "guide.html", other)],
    }
}

/// What the engine tells as text of many places: `error: MESSAGE`, then `--> FILE:LINE:COLUMN` and the line
/// with the place underlined.
fn listed(files: &Files, reports: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut lines = reports.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.peek().and_then(|line| line.trim_start().strip_prefix("--> "));
        let diagnostic = place.and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            let source = files.get(name)?;
            let start = source.offset(Position { line: line.parse().ok()?, column: column.parse().ok()? })?;
            let rest = source.text().get(start..)?;
            let quoted = rest.starts_with('"').then(|| rest.get(1..)?.find('"').map(|at| at + 2)).flatten();
            let word = || rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let span = Span::new(start, start + quoted.unwrap_or_else(word));
            Some(Diagnostic::error("theme-template", source.path(), span, sentence(message)))
        });
        found.push(diagnostic.unwrap_or_else(|| {
            Diagnostic::file_error("theme-template", &path_of(files, "guide.html"), sentence(message))
        }));
    }
    if found.is_empty() {
        vec![whole(files, "guide.html", &ErrorKind::Msg(reports.to_owned()))]
    } else {
        found
    }
}

fn whole(files: &Files, name: &str, kind: &ErrorKind) -> Diagnostic {
    Diagnostic::file_error("theme-template", &path_of(files, name), sentence(&kind.to_string()))
}

fn path_of(files: &Files, name: &str) -> ProjectPath {
    files.get(name).map(Source::path).cloned().unwrap_or_else(|| ProjectPath::new(name).unwrap_or_default())
}

fn at_its_place(files: &Files, counted: &BTreeMap<String, Counted>, report: &ReportError) -> Diagnostic {
    let (problem, known) = split(report.message());
    let span = Span::from(report.span().range.clone());
    let span = counted.get(report.filename()).map_or(span, |counted| counted.as_written(span));
    let path = path_of(files, report.filename());
    let found = Diagnostic::error("theme-template", &path, span, sentence(problem));
    let wrong = problem.split('`').nth(1).unwrap_or_default();
    match super::near(wrong, known.iter().copied()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => found,
        None => found.help(format!("there are: {}", known.join(", "))),
    }
}

/// The engine's message and the names it lists behind it.
fn split(message: &str) -> (&str, Vec<&str>) {
    for list in [" Available fields: ", " Available variables: "] {
        if let Some((problem, names)) = message.split_once(list) {
            return (problem, names.split(", ").collect());
        }
    }
    (message, Vec::new())
}

/// As all messages are: lower case, no final full stop.
fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
