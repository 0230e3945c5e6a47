//! The suite of the language: each Markdown file below this folder is a case, with the findings it expects
//! written in it. `README.md` here says how a case is written.
//!
//! `BLESS=1 cargo test --test cases` writes what is found into the cases; read the difference before
//! committing it.

mod case;
mod dump;
mod pictures;
mod run;

use case::Case;
use guidemark::project::CODES;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = walkdir::WalkDir::new(root())
        .min_depth(2)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| Case::read(&path))
        .collect();
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!cases.is_empty());
    cases
}

#[test]
fn every_case_finds_what_it_expects() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let found = run::run(&case);
        let changed = case.with(&found.findings, found.resolved.as_deref());
        if changed == case.text {
            continue;
        }
        if bless {
            std::fs::write(&case.path, changed).unwrap();
        } else {
            let resolved = found.resolved.unwrap_or_default();
            wrong.push(format!("{}\n{}\n{resolved}", case.path.display(), found.findings));
        }
    }
    assert!(wrong.is_empty(), "found, other than expected, in\n{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_case_and_says_how_bad_it_is() {
    let found: BTreeSet<(String, String)> = cases().iter().flat_map(|case| run::run(case).codes).collect();
    for code in CODES {
        let severity = format!("{:?}", code.severity).to_lowercase();
        let seen = found.contains(&(code.name.to_owned(), severity.clone()));
        assert!(seen, "no case below tests/cases finds `{severity}[{}]`", code.name);
    }
}

#[test]
fn codes_are_sorted_and_have_a_page() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/diagnostics");
    for code in CODES {
        let page = pages.join(format!("{}.md", code.name));
        let text = std::fs::read_to_string(&page).unwrap_or_default();
        assert!(
            text.starts_with(&format!("# {}\n", code.name)),
            "{} begins with `# {}`",
            page.display(),
            code.name
        );
    }
    assert!(CODES.is_sorted_by(|a, b| a.name < b.name), "CODES are sorted, each once");
}

#[test]
fn every_verb_and_key_has_a_case() {
    let all: String = cases().iter().map(|case| case.text.as_str()).collect();
    for verb in guidemark::guide::verbs::names() {
        assert!(all.contains(&format!("@{verb} ")), "no case uses `@{verb}`");
    }
    let front =
        "title description slug app tags authors created updated lang draft cursor frame url zoom cta theme";
    let project = "base_url guides quality [brand] logo font [cursor] [cta] [apps.";
    for key in front.split(' ') {
        assert!(all.contains(&format!("\n{key}: ")), "no case has the key `{key}` in its front matter");
    }
    for key in project.split(' ') {
        assert!(all.contains(&format!("\n{key}")), "no case has `{key}` in its project file");
    }
}

/// Codes whose cause can't stand in an example of one file: bytes, sizes, permissions, a file beside the guide.
const WITHOUT_EXAMPLE: [&str; 6] =
    ["cannot-read", "not-utf8", "too-deep", "too-large", "too-many-steps", "unread-capture"];

#[test]
fn the_example_of_each_page_finds_its_code_and_the_fixed_one_nothing() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/diagnostics");
    for code in CODES.iter().filter(|code| !WITHOUT_EXAMPLE.contains(&code.name)) {
        let page = Case::read(&pages.join(format!("{}.md", code.name)));
        let mut examples = page.each_file_alone().into_iter();
        let bad = run::run(&examples.next().unwrap());
        assert!(bad.codes.iter().any(|(name, _)| name == code.name), "{}: {}", code.name, bad.findings);
        for fixed in examples {
            assert_eq!(run::run(&fixed).findings, "", "the fixed example of {}", code.name);
        }
    }
}
