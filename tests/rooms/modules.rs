//! The modules under `src`: what each defines, what it brings in with `use`, and which paths it names.

use crate::tokens::tokens;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The segments of a path.
pub type Segments = Vec<String>;

/// One file.
#[derive(Default)]
pub struct Module {
    /// Names of the items that it defines at its top level.
    items: BTreeSet<String>,
    /// What each name that is brought in stands for.
    imports: BTreeMap<String, Segments>,
    /// Paths of which every name is brought in.
    globs: Vec<Segments>,
    /// Every path that it names for itself: what it only passes on is none.
    named: Vec<Segments>,
}

/// All of them, by where they lie: `guide::verbs` is `["guide", "verbs"]`.
pub struct Modules(BTreeMap<Segments, Module>);

/// A file names what is defined in another.
pub struct Need {
    pub from: Segments,
    pub to: Segments,
    pub path: String,
}

impl Modules {
    /// Those of the files in `src`.
    pub fn read(src: &Path) -> Self {
        let files = walkdir::WalkDir::new(src).into_iter().map(|entry| entry.unwrap().into_path());
        let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
        Self::new(
            files.map(|file| {
                (file.strip_prefix(src).unwrap().to_path_buf(), fs::read_to_string(&file).unwrap())
            }),
        )
    }

    /// Those of texts under their paths within `src`.
    pub fn new(texts: impl Iterator<Item = (PathBuf, String)>) -> Self {
        Self(texts.map(|(file, text)| (place(&file), Module::read(&text))).collect())
    }

    /// Which files of the same room each file names, and by which paths.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for (from, module) in &self.0 {
            let homes = module.named.iter().filter_map(|path| Some((self.home(from, path)?, path)));
            let near = homes.filter(|(home, _)| home != from && home.first() == from.first());
            needs.extend(near.map(|(to, path)| Need { from: from.clone(), to, path: path.join("::") }));
        }
        needs
    }

    /// In which file that is defined what `module` calls `path`; `None` for what is defined in none of them.
    fn home(&self, module: &[String], path: &[String]) -> Option<Segments> {
        self.follow(module, path, 0)
    }

    fn follow(&self, from: &[String], path: &[String], depth: usize) -> Option<Segments> {
        let (first, rest) = path.split_first().filter(|_| depth < 20)?;
        match first.as_str() {
            "crate" => self.follow(&[], rest, depth + 1),
            "self" => self.follow(from, rest, depth + 1),
            "super" => self.follow(from.split_last()?.1, rest, depth + 1),
            name => self.step(from, name, rest, depth),
        }
    }

    fn step(&self, from: &[String], name: &str, rest: &[String], depth: usize) -> Option<Segments> {
        let module = self.0.get(from)?;
        let child: Segments = from.iter().cloned().chain([name.to_owned()]).collect();
        if !rest.is_empty() && self.0.contains_key(&child) {
            return self.follow(&child, rest, depth + 1);
        }
        if module.items.contains(name) {
            return Some(from.to_vec());
        }
        let longer = |before: &Segments| -> Segments { before.iter().chain(rest).cloned().collect() };
        if let Some(import) = module.imports.get(name) {
            return self.follow(from, &longer(import), depth + 1);
        }
        let all = |glob: &Segments| -> Segments {
            glob.iter().cloned().chain([name.to_owned()]).chain(rest.iter().cloned()).collect()
        };
        module.globs.iter().find_map(|glob| self.follow(from, &all(glob), depth + 1))
    }
}

/// `guide/verbs/mod.rs` is `guide::verbs`.
fn place(file: &Path) -> Segments {
    let mut parts: Segments =
        file.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

impl Module {
    fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let mut module = Self::default();
        let mut at = 0;
        let mut depth = 0;
        while at < tokens.len() {
            at += match tokens[at].as_str() {
                "use" if tokens[at + 1] != "<" => module
                    .import(&tokens[at + 1..], at > 0 && [")", "pub"].contains(&tokens[at - 1].as_str())),
                "pub" if tokens.get(at + 1).is_some_and(|next| next == "(") => {
                    1 + tokens[at..].iter().position(|token| token == ")").unwrap()
                }
                _ => module.word(&tokens, at, &mut depth),
            };
        }
        module
    }

    /// Reads one token, or the path that it begins; how many they are.
    fn word(&mut self, tokens: &[String], at: usize, depth: &mut usize) -> usize {
        match tokens[at].as_str() {
            "{" | "(" | "[" => *depth += 1,
            "}" | ")" | "]" => *depth -= 1,
            kind if *depth == 0 && defines(kind) => drop(self.items.insert(tokens[at + 1].clone())),
            "macro_rules" => drop(self.items.insert(tokens[at + 2].clone())),
            word if is_name(word) && (at == 0 || !["::", "."].contains(&tokens[at - 1].as_str())) => {
                let path = path(&tokens[at..]);
                let length = path.len() * 2 - 1;
                self.named.push(path);
                return length;
            }
            _ => {}
        }
        1
    }

    /// What stands between `use` and `;`; how many tokens that is, with both.
    fn import(&mut self, tokens: &[String], passed_on: bool) -> usize {
        let end = tokens.iter().position(|token| token == ";").unwrap();
        for (path, name) in tree(&tokens[..end]) {
            if !passed_on {
                self.named.push(path.clone());
            }
            match name.as_str() {
                "*" => self.globs.push(path),
                _ => drop(self.imports.insert(name, path)),
            }
        }
        end + 2
    }
}

/// Whether a name of an item follows. After `const fn` another keyword does, which is as good as no name.
fn defines(word: &str) -> bool {
    ["fn", "struct", "enum", "union", "trait", "type", "const", "static"].contains(&word)
}

fn is_name(token: &str) -> bool {
    token.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
}

/// `a::b::c` at the beginning of `tokens`.
fn path(tokens: &[String]) -> Segments {
    let joined =
        tokens[1..].chunks(2).take_while(|pair| pair.len() == 2 && pair[0] == "::" && is_name(&pair[1]));
    tokens[..1].iter().cloned().chain(joined.map(|pair| pair[1].clone())).collect()
}

/// Every path of the tree of a `use`, with the name that it gets; `*` is the name of all.
fn tree(tokens: &[String]) -> Vec<(Segments, String)> {
    let Some(open) = tokens.iter().position(|token| token == "{") else {
        return leaf(tokens).into_iter().collect();
    };
    let before: Segments = tokens[..open].iter().filter(|token| *token != "::").cloned().collect();
    let branches = branches(&tokens[open + 1..tokens.len() - 1]);
    let leaves = branches.into_iter().flat_map(tree).map(|(path, name)| {
        let own = path.first().is_some_and(|first| first == "self");
        let name = if own && name == "self" { before.last().cloned().unwrap_or_default() } else { name };
        (before.iter().cloned().chain(path.into_iter().skip(usize::from(own))).collect(), name)
    });
    leaves.collect()
}

/// What commas part, those within braces aside.
fn branches(tokens: &[String]) -> Vec<&[String]> {
    let mut depth = 0;
    let parts = tokens.split(|token| {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        token == "," && depth == 0
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn leaf(tokens: &[String]) -> Option<(Segments, String)> {
    let words: Segments = tokens.iter().filter(|token| *token != "::").cloned().collect();
    let renamed =
        words.iter().position(|word| word == "as").map(|at| (words[..at].to_vec(), words[at + 1].clone()));
    match words.split_last()? {
        (last, path) if last == "*" => Some((path.to_vec(), last.clone())),
        (last, _) => Some(renamed.unwrap_or_else(|| (words.clone(), last.clone()))),
    }
}
