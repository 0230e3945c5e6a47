//! A picture that lies with the guides and that nothing shows.

use super::{Check, Findings, Lint, ProjectFacts, allow};
use crate::diagnostic::Severity;
use crate::project::Variant;
use crate::source::ProjectPath;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(super) static LINT: Lint = Lint {
    code: "unused-image",
    severity: Severity::Warning,
    summary: "a picture in a guide's folder is used by nothing",
    check: Check::Project(check),
};

const PICTURES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

fn check(facts: &ProjectFacts<'_>, found: &mut Findings<'_>) {
    let used = used(facts);
    let guides: BTreeSet<&ProjectPath> = facts.guides.iter().map(|(_, resolved, _)| &resolved.path).collect();
    let quiet = quiet_folders(facts);
    for folder in folders(facts) {
        let Ok(files) = facts.world.list(&folder) else { continue };
        // A Markdown file that was not understood, or not looked at, may use what lies around it.
        let unknown: BTreeSet<ProjectPath> = files
            .iter()
            .filter(|file| file.is_markdown() && !guides.contains(file))
            .map(ProjectPath::parent)
            .collect();
        for file in files.iter().filter(|file| PICTURES.contains(&file.extension().as_str())) {
            let within = |folders: &BTreeSet<ProjectPath>| ancestors(file).any(|at| folders.contains(&at));
            // Pictures of a set go with the first.
            let is_of_set = || Variant::first_of(file).is_some_and(|(first, _)| used.contains(&first));
            let is_used = used.contains(file) || is_of_set();
            if !is_used && !within(&unknown) && !within(&quiet) {
                let help = "remove the file, or show it in a step: `![What it shows](…)`";
                found.file(file, "no guide uses this picture", help);
            }
        }
    }
}

/// Every picture that a guide, an application or the brand shows.
fn used<'a>(facts: &ProjectFacts<'a>) -> HashSet<&'a ProjectPath> {
    let settings = &facts.project.settings;
    let shown = facts.guides.iter().flat_map(|(_, resolved, _)| {
        let pictures = resolved.pictures().map(|shot| &shot.picture.path);
        let firsts = resolved.firsts.values();
        pictures.chain(firsts).chain(resolved.app.iter().filter_map(|app| app.logo.as_ref()))
    });
    let linked = facts.index.entries.iter().flat_map(|entry| &entry.links);
    shown
        .chain(linked.filter_map(|link| link.value.path.as_ref()))
        .chain(settings.apps.values().filter_map(|app| app.logo.as_ref()))
        .chain(&settings.brand.logo)
        .collect()
}

/// The folders to look in, none below another: those of the guides and of their screenshots. Never the
/// project's root, in which other things than guides lie.
fn folders(facts: &ProjectFacts<'_>) -> Vec<ProjectPath> {
    let files = facts.guides.iter().flat_map(|(_, resolved, _)| {
        let shots = resolved.shots.iter().map(|shot| &shot.picture.path);
        std::iter::once(&resolved.path).chain(shots)
    });
    // Thousands of files lie in few folders: one file of each is enough.
    let one_of_each: HashMap<&str, &ProjectPath> =
        files.filter_map(|file| Some((file.as_str().rsplit_once('/')?.0, file))).collect();
    let all: BTreeSet<ProjectPath> = one_of_each.into_values().map(ProjectPath::parent).collect();
    let below = |folder: &ProjectPath| ancestors(folder).any(|above| all.contains(&above));
    all.iter().filter(|folder| !below(folder)).cloned().collect()
}

/// Folders whose guides all allow it.
fn quiet_folders(facts: &ProjectFacts<'_>) -> BTreeSet<ProjectPath> {
    let mut quiet: BTreeMap<ProjectPath, bool> = BTreeMap::new();
    for (guide, resolved, _) in facts.guides {
        *quiet.entry(resolved.path.parent()).or_insert(true) &= allow::allows(guide, LINT.code);
    }
    quiet.into_iter().filter(|(_, quiet)| *quiet).map(|(folder, _)| folder).collect()
}

/// The folders that hold a file, the nearest first; the root is none of them.
fn ancestors(path: &ProjectPath) -> impl Iterator<Item = ProjectPath> + use<> {
    std::iter::successors(Some(path.parent()), |folder| Some(folder.parent()))
        .take_while(|folder| !folder.as_str().is_empty())
}
