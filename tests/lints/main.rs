//! Lints by their cases in `tests/cases/lints`. `UPDATE=1` writes down what is found now.

mod case;
mod hostile;
mod project;

use case::Case;
use guidemark::diagnostic::Severity;
use guidemark::guide::lints::{self, LINTS};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn cases() -> BTreeMap<String, PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/lints");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), file)).collect()
}

#[test]
fn every_case_finds_what_it_says() {
    let mut wrong = String::new();
    for (name, file) in cases() {
        let case = Case::read(&std::fs::read_to_string(&file).unwrap());
        let actual = case.actual();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, case.head.clone() + &actual).unwrap();
        } else if actual != case.found {
            wrong.push_str(&format!("== {name}: expected\n{}== found\n{actual}", case.found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_lint_has_a_case_and_a_page() {
    let cases = cases();
    for lint in LINTS {
        let case = std::fs::read_to_string(cases.get(lint.code).unwrap_or_else(|| panic!("{}", lint.code)));
        assert!(case.unwrap().contains(&format!("[{}]", lint.code)), "its case doesn't show {}", lint.code);
        let page = format!("{}/docs/reference/diagnostics/{}.md", env!("CARGO_MANIFEST_DIR"), lint.code);
        let page = std::fs::read_to_string(&page).unwrap_or_else(|_| panic!("no page: {page}"));
        assert!(page.starts_with(&format!("# {}\n", lint.code)), "the heading of the page of {}", lint.code);
    }
}

#[test]
fn every_warning_of_a_guide_can_be_allowed_and_no_error() {
    for (name, file) in cases() {
        let case = Case::read(&std::fs::read_to_string(&file).unwrap());
        let before = project::check(&case.world, case.page_bytes).diagnostics;
        for path in case.guides() {
            let codes: Vec<&str> = lints::codes().iter().map(|code| code.name).collect();
            let text = case.text(&path) + &format!("\n\n<!-- @allow {} -->\n", codes.join(" "));
            let world = case.world.clone().with(path.clone(), text);
            let here = |found: &&guidemark::diagnostic::Diagnostic| found.path == path;
            let after = project::check(&world, case.page_bytes).diagnostics;
            let errors = |all: &[guidemark::diagnostic::Diagnostic]| {
                all.iter().filter(here).filter(|found| found.is_error()).count()
            };
            assert_eq!(errors(&before), errors(&after), "errors stay in {name}, {path}");
            let left = after.iter().filter(here).find(|found| found.severity == Severity::Warning);
            assert_eq!(left, None, "{name}, {path}");
        }
    }
}

#[test]
fn codes_are_in_order_and_each_once() {
    let names: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    assert!(names.is_sorted());
    let codes = lints::codes();
    assert!(codes.windows(2).all(|pair| pair[0].name < pair[1].name), "a code stands twice");
}
