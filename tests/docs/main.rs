//! Holds the pages to the program: every example compiles, or triggers what its page says.

mod blocks;
mod codes;
#[path = "../lints/project.rs"]
mod project;
mod world;

use blocks::{Block, Page};
use guidemark::diagnostic::Diagnostic;
use guidemark::guide::lints;
use guidemark::shot::{self, ShotOptions};
use guidemark::source::MemoryWorld;
use std::collections::{BTreeMap, BTreeSet};

/// Codes whose cause no example can show: it lies in the disk, in bytes that are no text, in the size
/// of a file, or in a theme.
const UNSHOWABLE: [&str; 0] = [];

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
fn every_page_of_a_code_starts_with_its_name_and_says_how_to_mend_it() {
    for (code, page) in blocks::diagnostics() {
        assert!(page.text.starts_with(&format!("# {code}\n\n")), "{}", page.name);
        assert!(page.text.len() > 200, "{} says too little", page.name);
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

#[test]
fn the_example_of_a_code_triggers_that_code_and_no_other() {
    let mut wrong = String::new();
    for (code, page) in blocks::diagnostics() {
        let blocks: Vec<Block> = examples(&page);
        if blocks.is_empty() {
            if !UNSHOWABLE.contains(&code.as_str()) {
                wrong.push_str(&format!("{}: no example\n", page.name));
            }
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

/// The guides and project files of a page.
fn examples(page: &Page) -> Vec<Block> {
    page.blocks().into_iter().filter(|block| ["markdown", "toml"].contains(&block.lang.as_str())).collect()
}

/// What `check` finds in a project, its screenshots included.
fn found(code: &str, world: &MemoryWorld) -> Vec<Diagnostic> {
    let bytes = if code == "heavy-page" { HEAVY_PAGE } else { 0 };
    let mut found = project::check(world, bytes);
    if !found.diagnostics.iter().any(Diagnostic::is_error) {
        for resolved in &found.resolved {
            let composed = shot::compose(resolved, &ShotOptions::default(), world);
            found.diagnostics.extend(composed.diagnostics);
        }
    }
    found.diagnostics
}
