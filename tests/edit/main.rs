//! What edits do to a guide's file: each Markdown file in `cases` is a guide, with edits and the lines they
//! change. `README.md` there says how a case is written.
//!
//! `BLESS=1 cargo test --test edit` writes what is found into the cases; read the difference before committing it.

mod case;
mod draft;
mod guides;
mod pictures;
mod pieces;
mod properties;
mod support;

use case::{Case, Example};
use guidemark::edit::{apply, change, invert};
use std::path::Path;
use support::source;

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edit/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    paths.sort();
    paths.iter().map(|path| Case::read(path)).collect()
}

/// The text after an example's edit, or why it is refused.
fn edited(text: &str, example: &Example) -> Result<String, String> {
    let edit = example.edit(text);
    let replacements = change(&source(text), &edit, None).map_err(|refusal| refusal.message)?;
    Ok(apply(text, &replacements))
}

#[test]
fn every_edit_changes_the_lines_it_must() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let found: Vec<String> = case
            .examples
            .iter()
            .map(|example| case::outcome(&case.text, edited(&case.text, example)))
            .collect();
        let written = case.with(&found);
        if written != case.written && bless {
            std::fs::write(&case.path, &written).unwrap();
        } else if written != case.written {
            wrong.push(format!("{}\n{}", case.path.display(), support::difference(&case.written, &written)));
        }
    }
    assert!(wrong.is_empty(), "other than expected:\n{}", wrong.join("\n\n"));
}

#[test]
fn an_edit_undone_gives_back_the_same_bytes() {
    for case in cases() {
        for example in &case.examples {
            let edit = example.edit(&case.text);
            let Ok(replacements) = change(&source(&case.text), &edit, None) else { continue };
            let after = apply(&case.text, &replacements);
            let back = apply(&after, &invert(&case.text, &replacements));
            assert_eq!(back, case.text, "{}", example.title);
        }
    }
}

/// The same guide in another form of line endings gives the same edits in that form.
#[test]
fn edits_keep_the_line_endings_the_mark_and_the_missing_end() {
    let forms: [fn(&str) -> String; 3] = [
        |text| text.replace("\r\n", "\n").replace('\n', "\r\n"),
        |text| format!("\u{feff}{}", text.trim_start_matches('\u{feff}')),
        |text| text.trim_end().to_owned(),
    ];
    for case in cases().iter().filter(|case| !case.text.contains('\r')) {
        for (form, make) in forms.iter().enumerate() {
            for example in &case.examples {
                let expected = edited(&case.text, example).map(|after| make(&after));
                let mut found = edited(&make(&case.text), example);
                // What takes the end of the file away may leave more of the text without it.
                if form == 2 {
                    found = found.map(|after| make(&after));
                }
                assert_eq!(found, expected, "form {form} of {}: {}", case.path.display(), example.title);
            }
        }
    }
}
