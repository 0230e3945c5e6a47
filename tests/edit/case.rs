//! One case file.

use crate::support::{difference, meant};
use guidemark::edit::Edit;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A guide and edits of it.
pub struct Case {
    pub path: PathBuf,
    /// The file of the case.
    pub written: String,
    /// The guide.
    pub text: String,
    pub examples: Vec<Example>,
}

/// One edit.
pub struct Example {
    pub title: String,
    edit: Value,
    /// Where its edit ends in the case.
    end: usize,
    /// Where its outcome ends.
    next: usize,
}

const FENCE: &str = "````";

impl Case {
    pub fn read(path: &Path) -> Self {
        let written = std::fs::read_to_string(path).unwrap();
        let (head, text) = fenced(&written, 0);
        let mut text = meant(&text);
        if head.contains("no-newline") {
            text = text.trim_end().to_owned();
        }
        let body = written.rfind(FENCE).unwrap();
        let headings = written[body..].match_indices("\n## ");
        let starts: Vec<usize> = headings.map(|(at, _)| body + at).collect();
        let ends = starts.iter().skip(1).copied().chain([written.len()]);
        let starts = starts.iter().copied().zip(ends);
        let examples = starts.map(|(start, next)| Example::read(&written, start, next)).collect();
        Self { path: path.to_owned(), text, examples, written }
    }

    /// The case with these outcomes.
    pub fn with(&self, outcomes: &[String]) -> String {
        let first = self.examples.first().map_or(self.written.len(), |one| one.end);
        let mut all = self.written[..first].to_owned();
        for (at, (example, outcome)) in self.examples.iter().zip(outcomes).enumerate() {
            all = all.trim_end().to_owned() + "\n\n" + outcome;
            if let Some(following) = self.examples.get(at + 1) {
                all += &self.written[example.next..following.end];
            }
        }
        all
    }
}

impl Example {
    fn read(written: &str, start: usize, next: usize) -> Self {
        let part = &written[start..next];
        let title = part.trim_start().lines().next().unwrap().to_owned();
        let begin = part.find("```json\n").unwrap_or_else(|| panic!("no json in {title}")) + 8;
        let end = begin + part[begin..].find("\n```").unwrap() + 1;
        let edit = serde_json::from_str(&part[begin..end]).unwrap_or_else(|error| panic!("{title}: {error}"));
        Self { title, edit, end: start + end + 3, next }
    }

    /// The edit, with the places that it names by their words found in `text`.
    pub fn edit(&self, text: &str) -> Edit {
        let mut edit = self.edit.clone();
        if let Some(Value::String(words)) = edit.get("at").cloned() {
            let found: Vec<_> = text.match_indices(&*words).collect();
            assert_eq!(found.len(), 1, "`{words}` is there {} times", found.len());
            edit["at"] = found[0].0.into();
        }
        if let Some(Value::String(words)) = edit.pointer("/spot/below").cloned() {
            edit["spot"]["below"] = text.find(&*words).unwrap().into();
        }
        serde_json::from_value(edit).unwrap_or_else(|error| panic!("{}: {error}", self.title))
    }
}

/// What came of an edit, as a case tells it.
pub fn outcome(text: &str, after: Result<String, String>) -> String {
    match after {
        Ok(after) if after == text => "Nothing changes.\n".to_owned(),
        Ok(after) => format!("```diff\n{}```\n", difference(text, &after)),
        Err(message) => format!("Refused: {message}\n"),
    }
}

/// The info and the content of the first fenced block from `from` on.
fn fenced(written: &str, from: usize) -> (String, String) {
    let start = from + written[from..].find(FENCE).unwrap() + FENCE.len();
    let line = start + written[start..].find('\n').unwrap() + 1;
    let end = line + written[line..].find(&format!("\n{FENCE}")).unwrap() + 1;
    (written[start..line].to_owned(), written[line..end].to_owned())
}
