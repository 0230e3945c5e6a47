//! Pictures of Datasette, Wagtail and JupyterLab in two versions each, with what an eye says of them: the rule finds what is stale, and alarms of nothing else.

use guidemark::refresh::Verdict;
use guidemark::refresh::compare::compare;
use guidemark::refresh::verdict::{Facts, of_picture};
use guidemark::shot::decode;
use std::path::{Path, PathBuf};

/// A line each: before, after, what an eye says: `same`, `small`, `stale`, or `stale but small`. `GUIDEMARK_PAIRS` names a folder with more of them.
fn labelled() -> Vec<(PathBuf, PathBuf, String)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refresh/pairs");
    let labels = std::fs::read_to_string(own.join("labels.tsv")).unwrap();
    let more = std::env::var_os("GUIDEMARK_PAIRS").map(PathBuf::from);
    let folder = more.as_ref().unwrap_or(&own);
    let mut pairs = Vec::new();
    for line in labels.lines() {
        let [before, after, label] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (before, after) = (folder.join(before), folder.join(after));
        if before.is_file() && after.is_file() {
            // Whichever of the two was there first.
            pairs.push((after.clone(), before.clone(), label.to_owned()));
            pairs.push((before, after, label.to_owned()));
        }
    }
    pairs
}

#[test]
fn what_an_eye_calls_stale_is_found_and_nothing_else_alarms() {
    let pairs = labelled();
    assert!(pairs.len() >= 26, "{}", pairs.len());
    let mut wrong = Vec::new();
    for (before, after, label) in pairs {
        let read = |path: &Path| decode(&std::fs::read(path).unwrap()).unwrap();
        let difference = compare(&read(&before), &read(&after), 1, &[]);
        let cells = difference.as_ref().map(|difference| difference.largest());
        let verdict = of_picture(&Facts { difference, ..Facts::default() }).verdict;
        let fits = match label.as_str() {
            "stale" => verdict == Verdict::Stale,
            "small" => verdict == Verdict::Changed || verdict == Verdict::Same,
            // A menu with an entry more, two icons more: an eye calls it stale, and up to 40 cells are what the rule sees of it.
            "stale but small" => verdict >= Verdict::Changed,
            _ => verdict == Verdict::Same,
        };
        if !fits {
            wrong.push(format!("{} {label}: {verdict:?}, {cells:?} cells", before.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
