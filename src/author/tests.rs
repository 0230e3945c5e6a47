use super::{HALF, Unsaved, create, relocate, replace, unused};
use crate::source::{DiskWorld, ProjectPath};
use std::fs;

fn project() -> (tempfile::TempDir, DiskWorld) {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("guides")).unwrap();
    fs::write(dir.path().join("guides/a.md"), "before").unwrap();
    let world = DiskWorld::new(dir.path()).unwrap();
    (dir, world)
}

fn path(path: &str) -> ProjectPath {
    ProjectPath::new(path).unwrap()
}

/// All names below a folder: nothing half written may be among them.
fn names(dir: &tempfile::TempDir) -> Vec<String> {
    let all = walkdir::WalkDir::new(dir.path()).sort_by_file_name().into_iter().flatten();
    let all = all.filter(|entry| entry.depth() > 0);
    let name = |entry: walkdir::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let names: Vec<String> = all.map(name).collect();
    assert!(names.iter().all(|name| !name.starts_with(HALF)), "{names:?}");
    names
}

#[test]
fn what_somebody_else_wrote_meanwhile_stays() {
    let (dir, world) = project();
    let file = path("guides/a.md");
    assert_eq!(replace(&world, &file, "what it was", "after"), Err(Unsaved::Changed));
    assert_eq!(fs::read_to_string(dir.path().join("guides/a.md")).unwrap(), "before");
    assert_eq!(replace(&world, &file, "before", "after"), Ok(()));
    assert_eq!(fs::read_to_string(dir.path().join("guides/a.md")).unwrap(), "after");
    assert_eq!(names(&dir), ["guides", "a.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_rights_and_a_link_stays_one() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, world) = project();
    let real = dir.path().join("guides/a.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("a.md", dir.path().join("guides/b.md")).unwrap();
    replace(&world, &path("guides/b.md"), "before", "after").unwrap();
    assert!(fs::symlink_metadata(dir.path().join("guides/b.md")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "after");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_new_file_takes_no_other_ones_place() {
    let (dir, world) = project();
    assert_eq!(create(&world, &path("guides/new/index.md"), b"new"), Ok(()));
    assert_eq!(create(&world, &path("guides/new/index.md"), b"newer"), Err(Unsaved::Changed));
    assert_eq!(fs::read_to_string(dir.path().join("guides/new/index.md")).unwrap(), "new");
    let under_a_file = create(&world, &path("guides/a.md/index.md"), b"new");
    assert_eq!(
        under_a_file,
        Err(Unsaved::Failed("`guides/a.md` is not a folder, or leads through a link".to_owned()))
    );
    assert_eq!(names(&dir), ["guides", "a.md", "new", "index.md"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_made_or_moved_through_a_link() {
    let (dir, world) = project();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), dir.path().join("guides/out")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.md"), dir.path().join("guides/x.md")).unwrap();
    assert!(matches!(create(&world, &path("guides/out/a.md"), b"new"), Err(Unsaved::Failed(_))));
    assert_eq!(create(&world, &path("guides/x.md"), b"new"), Err(Unsaved::Changed));
    for to in ["guides/out/a.md", "guides/out"] {
        assert!(relocate(&world, &path("guides/a.md"), &path(to)).is_err(), "{to}");
    }
    fs::write(outside.path().join("a.md"), "theirs").unwrap();
    assert!(relocate(&world, &path("guides/out/a.md"), &path("guides/b.md")).is_err());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(dir.path().join("guides/a.md")).unwrap(), "before");
}

#[test]
fn a_folder_is_moved_whole_and_over_nothing() {
    let (dir, world) = project();
    fs::create_dir(dir.path().join("guides/b")).unwrap();
    assert_eq!(relocate(&world, &path("guides"), &path("trash/1/guides")), Ok(()));
    assert_eq!(fs::read_to_string(dir.path().join("trash/1/guides/a.md")).unwrap(), "before");
    fs::create_dir(dir.path().join("guides")).unwrap();
    assert_eq!(relocate(&world, &path("trash/1/guides"), &path("guides")), Err(Unsaved::Changed));
    assert!(matches!(relocate(&world, &path("none"), &path("other")), Err(Unsaved::Failed(_))));
}

#[test]
fn a_name_is_one_that_nothing_has() {
    let (_dir, world) = project();
    let name = |taken: &[&str]| unused(&world, &path("guides"), "a.md", |name| taken.contains(&name));
    assert_eq!(name(&[]), "a.md-2");
    assert_eq!(name(&["a.md-2"]), "a.md-3");
    assert_eq!(unused(&world, &path("guides"), "b", |_| false), "b");
}
