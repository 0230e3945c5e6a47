//! A case: files, and what is expected of them, in one Markdown file.

use std::path::{Path, PathBuf};

/// One case.
pub struct Case {
    /// Where it is written.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
    /// Its files: path in the project and content.
    pub files: Vec<(String, String)>,
}

struct Block {
    info: String,
    /// Lines between the fences.
    content: String,
    /// Bytes of the content in the text.
    range: std::ops::Range<usize>,
}

impl Case {
    /// Reads a case.
    pub fn read(path: &Path) -> Case {
        let text = std::fs::read_to_string(path).unwrap();
        let files = blocks(&text).into_iter().filter_map(file).collect();
        Case { path: path.to_owned(), text, files }
    }

    /// A case for each file, with that file alone; beside a project file a small guide.
    pub fn each_file_alone(&self) -> Vec<Case> {
        let guide = ("guides/guide.md".to_owned(), "# A guide\n\n1. Go.\n".to_owned());
        let alone = |file: &(String, String)| match file.0.as_str() {
            "guidemark.toml" => vec![file.clone(), guide.clone()],
            _ => vec![file.clone()],
        };
        let case = |file| Case { path: self.path.clone(), text: self.text.clone(), files: alone(file) };
        self.files.iter().map(case).collect()
    }

    /// The case with other expectations. A `resolved` block is only filled where there is one.
    pub fn with(&self, findings: &str, resolved: Option<&str>) -> String {
        let mut text = self.text.clone();
        for block in blocks(&self.text).into_iter().rev() {
            let new = match block.info.as_str() {
                "expect" => findings,
                "resolved" => resolved.unwrap_or("nothing\n"),
                _ => continue,
            };
            text.replace_range(block.range, new);
        }
        assert!(text.contains("```expect\n"), "{} has no block `expect`", self.path.display());
        text
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match open.take() {
            Some((fence, info, start)) if line.trim_end() == fence => {
                blocks.push(Block { info, content: text[start..at].to_owned(), range: start..at });
            }
            Some(still) => open = Some(still),
            None if ticks >= 3 => {
                open = Some(("`".repeat(ticks), line[ticks..].trim().to_owned(), at + line.len()));
            }
            None => {}
        }
        at += line.len();
    }
    assert!(open.is_none(), "a block is never closed");
    blocks
}

/// `markdown [PATH] [crlf] [bom]`, `toml PATH`: a file of the project.
fn file(block: Block) -> Option<(String, String)> {
    let mut words = block.info.split_whitespace();
    let kind = words.next()?;
    if !["markdown", "toml", "text"].contains(&kind) {
        return None;
    }
    let words: Vec<&str> = words.collect();
    let name = words.iter().find(|word| word.contains('.'));
    let path = match (kind, name) {
        ("markdown", None) => "guides/guide.md".to_owned(),
        ("markdown", Some(name)) if !name.contains('/') => format!("guides/{name}"),
        (_, Some(name)) => name.to_string(),
        (_, None) => "guidemark.toml".to_owned(),
    };
    let mut content = block.content;
    if words.contains(&"crlf") {
        content = content.replace('\n', "\r\n");
    }
    if words.contains(&"bom") {
        content.insert(0, '\u{feff}');
    }
    Some((path, content))
}
