//! Every code of the program.

use super::blocks::root;
use guidemark::guide::lints;
use std::collections::BTreeSet;

/// The codes of the registries, and those that the rooms without one write down where they tell.
pub fn all() -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = lints::codes().iter().map(|code| code.name.to_owned()).collect();
    for entry in walkdir::WalkDir::new(root().join("src")) {
        let file = entry.unwrap().into_path();
        if file.extension().is_some_and(|extension| extension == "rs") && !file.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            codes.extend(literal_codes(product));
        }
    }
    codes
}

/// The literal first arguments of `Diagnostic::error(…)` and its like.
fn literal_codes(text: &str) -> impl Iterator<Item = String> {
    let makers = ["error", "warning", "file_error", "file_warning"];
    text.split("Diagnostic::").skip(1).filter_map(move |rest| {
        let (maker, rest) = rest.split_once('(')?;
        let code = rest.trim_start().strip_prefix('"')?.split('"').next()?;
        makers.contains(&maker).then(|| code.to_owned())
    })
}
