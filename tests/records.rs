//! What was read before is not read again, and nothing that changed is missed. The clock is a few seconds ahead
//! where files have to be old.
#![cfg(unix)] // other systems do not tell when a file was really changed, so there everything is read

use guidemark::shot::Cache;
use guidemark::site::{self, BuildOptions, BuildWorld, DiskSink, Outcome, Place, Silent};
use guidemark::source::{DiskWorld, Measured, ProjectPath, World};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const LIMIT: u64 = 1 << 20;
const GUIDE: &str = "---\ntitle: One\ndescription: One thing.\n---\n\n1. Do it.\n\n   ![It](it.png)\n";

struct Project {
    dir: tempfile::TempDir,
    cache: Cache,
}

impl Project {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("project/guides")).unwrap();
        let cache = Cache::new(dir.path().join("cache"), 1 << 30);
        let project = Self { dir, cache };
        fs::write(project.path("guides/one.md"), GUIDE).unwrap();
        fs::write(project.path("guides/it.png"), picture(10)).unwrap();
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join("project").join(path)
    }

    fn disk(&self) -> DiskWorld {
        DiskWorld::new(&self.path("")).unwrap()
    }

    /// Measures the picture in a build of its own, and tells whether it was read for that.
    fn measure(&self, now: SystemTime, cache: Option<&Cache>) -> (Measured, bool) {
        let disk = self.disk();
        let world = BuildWorld::new(&disk, cache, now);
        let mut read = false;
        let mut look = |bytes: &[u8]| {
            read = true;
            let hash = *blake3::hash(bytes).as_bytes();
            Some(Measured { width: 1, height: 2, bytes: bytes.len() as u64, hash })
        };
        let path = ProjectPath::new("guides/it.png").unwrap();
        let found = world.measure(&path, LIMIT, &mut look).unwrap().unwrap();
        world.save(true);
        (found, read)
    }

    fn build(&self, out: &str) -> Outcome {
        let disk = self.disk();
        let world = BuildWorld::new(&disk, Some(&self.cache), later());
        let place = Place::new(&self.dir.path().join(out), disk.root(), &disk.root().join("guides")).unwrap();
        let sink = DiskSink::open(place, Some(&self.cache), later(), || {}).unwrap();
        let options = BuildOptions { cache: Some(self.cache.clone()), ..BuildOptions::default() };
        let outcome = site::build(&world, &options, &sink, &Silent);
        world.save(true);
        assert_eq!(outcome.failure, None);
        assert!(!outcome.has_errors(), "{:?}", outcome.diagnostics);
        outcome
    }

    fn files(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.dir.path().join(out);
        let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
        let files = files.filter(|file| file.file_type().is_file() && file.file_name() != "lock");
        let named = |path: &Path| path.strip_prefix(&root).unwrap().to_owned();
        files.map(|file| (named(file.path()), fs::read(file.path()).unwrap())).collect()
    }

    /// Every file of the cache with one byte changed.
    fn damage(&self) {
        for file in walkdir::WalkDir::new(self.dir.path().join("cache")).into_iter().map(Result::unwrap) {
            if file.file_type().is_file() {
                let mut bytes = fs::read(file.path()).unwrap();
                if let Some(byte) = bytes.get_mut(60) {
                    *byte ^= 1;
                }
                fs::write(file.path(), bytes).unwrap();
            }
        }
    }
}

/// A time at which the files that were just written are old enough.
fn later() -> SystemTime {
    SystemTime::now() + Duration::from_secs(5)
}

/// Pictures of different colours, all of the same size in bytes.
fn picture(color: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(640, 400, image::Rgb([color, 90, 160]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    assert!(bytes.len() < 20_000);
    bytes.resize(20_000, 0);
    bytes
}

/// Writes other bytes over a file, in place or as a new file, so that neither size nor time tell of it.
fn secretly(path: &Path, bytes: &[u8], in_place: bool) {
    let before = fs::metadata(path).unwrap();
    assert_eq!(before.len(), bytes.len() as u64);
    let beside = path.with_extension("new");
    // Until the file system's clock has gone on.
    loop {
        let to = if in_place { path } else { &beside };
        fs::write(to, bytes).unwrap();
        File::options().append(true).open(to).unwrap().set_modified(before.modified().unwrap()).unwrap();
        if !in_place {
            fs::rename(&beside, path).unwrap();
        }
        let after = fs::metadata(path).unwrap();
        assert_eq!((after.mtime(), after.mtime_nsec()), (before.mtime(), before.mtime_nsec()));
        if (after.ctime(), after.ctime_nsec()) != (before.ctime(), before.ctime_nsec()) {
            return;
        }
    }
}

#[test]
fn a_picture_that_is_still_the_same_is_not_read_again() {
    let project = Project::new();
    let (first, read) = project.measure(later(), Some(&project.cache));
    assert!(read);
    assert_eq!(project.measure(later(), Some(&project.cache)), (first, false));
    assert_eq!(project.measure(later(), None), (first, true), "without a cache");
}

#[test]
fn a_picture_that_changed_with_its_size_and_time_kept_is_read() {
    for in_place in [true, false] {
        let project = Project::new();
        let (first, _) = project.measure(later(), Some(&project.cache));
        secretly(&project.path("guides/it.png"), &picture(200), in_place);
        let (second, read) = project.measure(later(), Some(&project.cache));
        assert!(read && first.hash != second.hash);
    }
}

#[test]
fn a_picture_that_was_just_written_is_read_until_it_is_old() {
    let project = Project::new();
    let written = fs::metadata(project.path("guides/it.png")).unwrap().modified().unwrap();
    for _ in 0..2 {
        assert!(project.measure(written + Duration::from_secs(1), Some(&project.cache)).1);
    }
    assert!(project.measure(later(), Some(&project.cache)).1);
    assert!(!project.measure(written, Some(&project.cache)).1);
}

#[test]
fn a_damaged_record_is_as_good_as_none() {
    let project = Project::new();
    let (first, _) = project.measure(later(), Some(&project.cache));
    project.damage();
    assert_eq!(project.measure(later(), Some(&project.cache)), (first, true));
    assert_eq!(project.measure(later(), Some(&project.cache)), (first, false), "it was made again");
}

#[test]
fn a_picture_whose_folder_became_a_link_out_of_the_project_is_refused() {
    let project = Project::new();
    project.measure(later(), Some(&project.cache));
    fs::rename(project.path("guides"), project.dir.path().join("away")).unwrap();
    std::os::unix::fs::symlink(project.dir.path().join("away"), project.path("guides")).unwrap();
    let disk = project.disk();
    let world = BuildWorld::new(&disk, Some(&project.cache), later());
    let path = ProjectPath::new("guides/it.png").unwrap();
    let found = world.measure(&path, LIMIT, &mut |_| panic!("it was read"));
    assert_eq!(found, Err(guidemark::source::ReadError::Outside));
}

#[test]
fn a_site_of_a_picture_that_changed_secretly_is_what_a_first_build_makes() {
    let project = Project::new();
    project.build("site");
    let before = project.files("site");
    assert_eq!(project.build("site").summary.rendered, 0);
    assert_eq!(project.files("site"), before);
    secretly(&project.path("guides/it.png"), &picture(200), false);
    assert_eq!(project.build("site").summary.rendered, 1);
    project.build("other");
    assert_ne!(project.files("site"), before);
    assert_eq!(project.files("site"), project.files("other"));
}

#[test]
fn a_page_that_was_edited_secretly_is_made_right_again() {
    let project = Project::new();
    project.build("site");
    let before = project.files("site");
    project.build("site");
    let page = project.dir.path().join("site/one/index.html");
    let edited = String::from_utf8(fs::read(&page).unwrap()).unwrap().replace("Do it", "Eat it").into_bytes();
    let edited = edited.get(..fs::read(&page).unwrap().len()).unwrap().to_vec();
    for in_place in [true, false] {
        secretly(&page, &edited, in_place);
        assert_eq!(project.build("site").summary.rendered, 1);
        assert_eq!(project.files("site"), before);
        // Read, and noted, once more.
        assert_eq!(project.build("site").summary.rendered, 0);
    }
}

#[test]
fn builds_at_once_leave_a_record_that_serves_the_next_one() {
    let project = Project::new();
    std::thread::scope(|scope| {
        for out in ["site", "other", "third"] {
            scope.spawn(|| (0..5).for_each(|_| _ = project.build(out)));
        }
    });
    assert_eq!(project.files("site"), project.files("other"));
    assert_eq!(project.files("site"), project.files("third"));
    assert!(!project.measure(later(), Some(&project.cache)).1);
}
