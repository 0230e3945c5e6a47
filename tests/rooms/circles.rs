//! Within a room no modules depend on each other in circles.
//!
//! A module needs another of its room when it names an item that is defined there: a type, a function, a constant. A name
//! that others only pass on (`pub use`) counts for the file where the item is defined, and passing it on counts for nothing.
//! What is under `#[cfg(test)]` does not count.
//!
//! Compared are the modules that lie side by side in one folder, each with all that lies in it: that `verbs/goto.rs` names a
//! type of `annotation.rs` means that `verbs` needs `annotation`. Of what stands in the `mod.rs` of the folder itself
//! nothing is counted, in either direction: it puts its children to work, and may define what they have in common.

use crate::modules::{Modules, Need, Segments};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[test]
fn no_modules_of_a_room_depend_on_each_other_in_circles() {
    let modules = Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let found = circles(&modules.needs());
    let found: Vec<_> =
        found.iter().map(|(circle, names)| format!("{circle}\n{}", names.join("\n"))).collect();
    assert!(found.is_empty(), "these modules depend on each other in circles:\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_through_names_passed_on_and_within_folders() {
    let circle = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "mod low; mod high; pub use high::Tall; pub(crate) fn all() { low::run(); }"),
        ("room/low.rs", "use super::{all, Tall};\npub fn run(_: Tall) { all(); }"),
        ("room/high/mod.rs", "mod inner; pub struct Tall;"),
        ("room/high/inner.rs", "fn go() { crate::room::low::run(super::Tall) }"),
    ];
    assert_eq!(names(&circle), ["room: high low"]);
}

#[test]
fn what_only_tests_comments_and_texts_name_is_no_circle() {
    let line = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "mod low; mod high;"),
        (
            "room/low.rs",
            "// super::high::Tall\npub fn run() -> &'static str { r#\"super::high::Tall\"# }\n#[cfg(test)]\nmod tests { use super::super::high::Tall; }",
        ),
        ("room/high.rs", "pub struct Tall;\nfn go() { super::low::run(); }"),
    ];
    assert!(names(&line).is_empty());
}

fn names(texts: &[(&str, &str)]) -> Vec<String> {
    let modules = Modules::new(texts.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())));
    circles(&modules.needs()).into_keys().collect()
}

/// Each circle as `folder: name name`, with the names that close it.
fn circles(needs: &[Need]) -> BTreeMap<String, Vec<String>> {
    let mut folders: BTreeMap<Segments, Vec<(String, String, &Need)>> = BTreeMap::new();
    for need in needs {
        let shared = need.from.iter().zip(&need.to).take_while(|(from, to)| from == to).count();
        if let (Some(from), Some(to)) = (need.from.get(shared), need.to.get(shared)) {
            folders.entry(need.from[..shared].to_vec()).or_default().push((from.clone(), to.clone(), need));
        }
    }
    folders.iter().flat_map(|(folder, edges)| circles_in(&folder.join("::"), edges)).collect()
}

fn circles_in(folder: &str, edges: &[(String, String, &Need)]) -> BTreeMap<String, Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        edges.iter().map(|(from, _, _)| (from.as_str(), reach(from, edges))).collect();
    let both = |one: &str, other: &str| {
        reached.get(one).is_some_and(|from| from.contains(other))
            && reached.get(other).is_some_and(|from| from.contains(one))
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (from, to, need) in edges.iter().filter(|(from, to, _)| both(from, to)) {
        let members: Vec<&str> = reached.keys().copied().filter(|name| both(from, name)).collect();
        let names = found.entry(format!("{folder}: {}", members.join(" "))).or_default();
        let line = format!("    {from} -> {to}: ");
        if !names.iter().any(|known| known.starts_with(&line)) {
            names.push(format!("{line}`{}` in {}", need.path, need.from.join("::")));
        }
    }
    found
}

/// All that a module needs, directly or through others; itself only in a circle.
fn reach<'e>(start: &'e str, edges: &'e [(String, String, &Need)]) -> BTreeSet<&'e str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(name) = open.pop() {
        let next = edges.iter().filter(|(from, _, _)| from == name).map(|(_, to, _)| to.as_str());
        open.extend(next.filter(|to| reached.insert(*to)));
    }
    reached
}
