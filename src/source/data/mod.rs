//! Data written in YAML or TOML as one tree that knows where each value stands.

mod toml;
mod yaml;

use super::{Span, Spanned};

pub use self::toml::parse_toml;
pub use yaml::parse_yaml;

/// Longest text that is read as data, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most values in one text.
pub const MAX_NODES: usize = 10_000;
/// Most lists and tables within each other.
pub const MAX_DEPTH: usize = 32;

/// A value and its place in the whole source.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// A value of YAML or TOML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the key (YAML).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A date or time without quotes (TOML), as written.
    Date(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order written; no key twice.
    Table(Vec<Field>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub key: Spanned<String>,
    /// Its value.
    pub node: Node,
}

/// Why a text is no data, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// Lower case, no final full stop.
    pub message: String,
    /// Where, in the whole source.
    pub span: Span,
}

impl DataError {
    fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span }
    }
}

impl Value {
    /// What it is, for messages: `a list`.
    pub fn noun(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Date(_) => "a date",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Counts values and depth, so that a small hostile text cannot grow large in memory.
#[derive(Debug, Default)]
struct Budget {
    nodes: usize,
}

impl Budget {
    fn take(&mut self, depth: usize, span: Span) -> Result<(), DataError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(DataError::new(format!("more than {MAX_NODES} values"), span));
        }
        if depth > MAX_DEPTH {
            return Err(DataError::new(format!("lists and tables nested more than {MAX_DEPTH} deep"), span));
        }
        Ok(())
    }
}

fn too_large(text: &str, at: usize) -> Result<(), DataError> {
    if text.len() > MAX_BYTES {
        let message = format!("{} kB, more than {} kB", text.len() / 1024, MAX_BYTES / 1024);
        return Err(DataError::new(message, Span::at(at)));
    }
    Ok(())
}
