//! The code blocks of the repository's pages.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::path::{Path, PathBuf};

/// A fenced block of code.
pub struct Block {
    /// The first word behind the fence: `markdown` (a whole guide), `toml` (a whole `guidemark.toml`),
    /// `console` (commands that are run), `text` and others (not looked at).
    pub lang: String,
    /// The words after it: for `markdown` and `toml` the file's path, if the page says so.
    pub path: Option<String>,
    pub text: String,
}

/// A page of Markdown.
pub struct Page {
    /// From the root of the repository.
    pub name: String,
    pub text: String,
}

impl Page {
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut within = false;
        for event in Parser::new_ext(&self.text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    within = true;
                    let mut words = info.split_whitespace().map(str::to_owned);
                    let lang = words.next().unwrap_or_default();
                    blocks.push(Block { lang, path: words.next(), text: String::new() });
                }
                Event::End(TagEnd::CodeBlock) => within = false,
                Event::Text(text) if within => blocks.last_mut().unwrap().text.push_str(&text),
                _ => {}
            }
        }
        blocks
    }
}

impl Page {
    /// Where its links and pictures lead, as written.
    pub fn links(&self) -> Vec<String> {
        let targets = Parser::new_ext(&self.text, Options::ENABLE_TABLES).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        });
        targets.collect()
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `README.md`, `CONTRIBUTING.md` and everything in `docs`, sorted.
pub fn pages() -> Vec<Page> {
    let mut files: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md"].map(|name| root().join(name)).into();
    files.extend(
        walkdir::WalkDir::new(root().join("docs")).into_iter().map(|entry| entry.unwrap().into_path()),
    );
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md") && file.is_file());
    files.sort();
    files.iter().map(|file| page(file)).collect()
}

fn page(file: &Path) -> Page {
    let name = file.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
    Page { name, text: std::fs::read_to_string(file).unwrap() }
}

/// The pages of the diagnostics by code.
pub fn diagnostics() -> Vec<(String, Page)> {
    let folder = "docs/reference/diagnostics/";
    let code = |page: &Page| {
        page.name.strip_prefix(folder).and_then(|name| name.strip_suffix(".md")).map(str::to_owned)
    };
    pages()
        .into_iter()
        .filter_map(|page| Some((code(&page)?, page)))
        .filter(|(code, _)| code != "README")
        .collect()
}
