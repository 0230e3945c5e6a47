//! Holds the pages to the program: every example compiles, or triggers what its page says.

mod blocks;
mod codes;
mod console;
#[path = "../lints/project.rs"]
mod project;
#[path = "../cli/sandbox.rs"]
mod sandbox;
mod world;

use blocks::{Block, Page};
use guidemark::diagnostic::Diagnostic;
use guidemark::guide::lints;
use guidemark::site::{self, BuildOptions, Silent};
use guidemark::source::MemoryWorld;
use std::collections::{BTreeMap, BTreeSet};

/// Codes whose cause no example can show: bytes that are no text, a file that is missing.
const UNSHOWABLE: [&str; 2] = ["theme-file", "theme-heavy"];

/// A page of this size is taken to come out of the example of `heavy-page`.
const HEAVY_PAGE: usize = 1_200_000;

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes = codes::all();
    let pages: BTreeSet<String> = blocks::diagnostics().into_iter().map(|(code, _)| code).collect();
    let lacking: Vec<_> = codes.difference(&pages).collect();
    let idle: Vec<_> = pages.difference(&codes).collect();
    assert!(lacking.is_empty() && idle.is_empty(), "without a page: {lacking:?}\nwithout a code: {idle:?}");
}

#[test]
fn every_page_of_a_code_starts_with_its_name_and_says_how_to_fix_it() {
    for (code, page) in blocks::diagnostics() {
        assert!(page.text.starts_with(&format!("# {code}\n\n")), "{}", page.name);
        assert!(page.text.split("\n\n").count() >= 3, "{} says what it is, but not how to fix it", page.name);
    }
}

#[test]
fn the_index_lists_every_page_once() {
    let index = std::fs::read_to_string(blocks::root().join("docs/reference/diagnostics/README.md")).unwrap();
    let summaries: BTreeMap<&str, &str> =
        lints::codes().iter().map(|code| (code.name, code.summary)).collect();
    for (code, _) in blocks::diagnostics() {
        let link = format!("[`{code}`]({code}.md)");
        assert_eq!(index.matches(&link).count(), 1, "{code} in the index");
        let line = index.lines().find(|line| line.contains(&link)).unwrap();
        let summary = summaries.get(code.as_str()).copied().unwrap_or_default();
        assert!(line.contains(summary), "the index says of {code}: {line}\nthe program: {summary}");
    }
}

/// The pages of the language's own codes are held by `tests/cases`.
#[test]
fn the_example_of_a_code_triggers_that_code_and_no_other() {
    let mut wrong = String::new();
    let language: BTreeSet<&str> = project_codes().collect();
    for (code, page) in
        blocks::diagnostics().into_iter().filter(|(code, _)| !language.contains(code.as_str()))
    {
        let blocks = files(&page);
        if blocks.is_empty() {
            assert!(UNSHOWABLE.contains(&code.as_str()), "{}: no example", page.name);
            continue;
        }
        let found = found(&code, &world::world(&page, &blocks));
        let codes: BTreeSet<&str> = found.iter().map(|found| found.code).collect();
        if codes != BTreeSet::from([code.as_str()]) {
            wrong.push_str(&format!("{}: {found:#?}\n", page.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn examples_elsewhere_have_no_errors() {
    let mut wrong = String::new();
    for page in blocks::pages().iter().filter(|page| !page.name.starts_with("docs/reference/diagnostics/")) {
        for block in examples(page) {
            let name = format!("{}: a block of {}", page.name, block.lang);
            let found = project::check(&world::world(page, &[block]), 0).diagnostics;
            let bad: Vec<_> = found.iter().filter(|found| found.is_error()).collect();
            if !bad.is_empty() {
                wrong.push_str(&format!("{name}: {bad:#?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn commands_say_what_the_pages_show() {
    let wrong: String = blocks::pages().iter().map(console::problems).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// Links between the pages of the repository, and to its files.
#[test]
fn links_of_the_pages_go_somewhere() {
    let mut wrong = String::new();
    for page in blocks::pages() {
        let folder = blocks::root().join(&page.name).parent().unwrap().to_owned();
        for link in page.links() {
            let file = link.split('#').next().unwrap();
            if !file.contains(':') && !file.is_empty() && !folder.join(file).exists() {
                wrong.push_str(&format!("{}: {link}\n", page.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The guides and project files of a page.
fn examples(page: &Page) -> Vec<Block> {
    page.blocks().into_iter().filter(|block| ["markdown", "toml"].contains(&block.lang.as_str())).collect()
}

/// The files of the example of a diagnostic: guides, project files, and whatever has a path.
fn files(page: &Page) -> Vec<Block> {
    let is_file = |block: &Block| block.path.is_some() || ["markdown", "toml"].contains(&block.lang.as_str());
    page.blocks().into_iter().filter(is_file).collect()
}

fn project_codes() -> impl Iterator<Item = &'static str> {
    guidemark::project::CODES.iter().map(|code| code.name)
}

/// What `check` finds in a project. The size of a page is made up: no example is that large.
fn found(code: &str, world: &MemoryWorld) -> Vec<Diagnostic> {
    let mut found = site::check(world, &BuildOptions::default(), &Silent).diagnostics;
    if code == "heavy-page" {
        found.extend(project::check(world, HEAVY_PAGE).diagnostics);
    }
    found
}
