//! What was read before is not read again, and nothing that changed is missed. The clock is a few seconds ahead
//! where files have to be old.
#![cfg(unix)] // other systems do not tell when a file was really changed, so there everything is read

use guidemark::cache::Cache;
use guidemark::site::{
    self, Asked, BuildOptions, BuildWorld, DiskSink, Memory, MemorySink, Outcome, Place, Silent,
};
use guidemark::source::{DiskWorld, Measured, ProjectPath, ReadError, World};
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
        self.build_and_count(out).0
    }

    fn build_and_count(&self, out: &str) -> (Outcome, Asked) {
        let disk = self.disk();
        let world = BuildWorld::new(&disk, Some(&self.cache), later());
        let place = Place::new(&self.dir.path().join(out), disk.root(), &disk.root().join("guides")).unwrap();
        let sink = DiskSink::open(place, Some(&self.cache), later(), || {}).unwrap();
        let options = BuildOptions { cache: Some(self.cache.clone()), ..BuildOptions::default() };
        let outcome = site::build(&world, &options, &sink, &Silent);
        world.save(true);
        assert_eq!(outcome.failure, None);
        assert!(!outcome.has_errors(), "{:?}", outcome.diagnostics);
        (outcome, world.asked())
    }

    /// The text of the guide in a build of its own, and how many files were read for that.
    fn read(&self, now: SystemTime) -> (Result<String, ReadError>, usize) {
        let disk = self.disk();
        let world = BuildWorld::new(&disk, Some(&self.cache), now);
        let _ = world.list(&ProjectPath::new("guides").unwrap());
        let found = world.read(&ProjectPath::new("guides/one.md").unwrap(), LIMIT);
        world.save(true);
        (found.map(|bytes| String::from_utf8(bytes).unwrap()), world.asked().reads)
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
fn a_text_is_read_once_until_it_changes() {
    for in_place in [true, false] {
        let project = Project::new();
        assert_eq!(project.read(later()), (Ok(GUIDE.to_owned()), 1));
        assert_eq!(project.read(later()), (Ok(GUIDE.to_owned()), 0));
        let other = GUIDE.replace("Do it", "Eat i");
        secretly(&project.path("guides/one.md"), other.as_bytes(), in_place);
        assert_eq!(project.read(later()), (Ok(other.clone()), 1));
        project.damage();
        assert_eq!(project.read(later()), (Ok(other), 1), "the record was damaged");
    }
}

#[test]
fn a_text_that_was_just_written_is_read_until_it_is_old() {
    let project = Project::new();
    let written = fs::metadata(project.path("guides/one.md")).unwrap().modified().unwrap();
    let soon = written + Duration::from_secs(1);
    assert_eq!([soon, soon, later(), later()].map(|now| project.read(now).1), [1, 1, 1, 0]);
}

#[test]
fn a_known_text_is_held_to_the_limit_of_who_reads_it() {
    let project = Project::new();
    assert_eq!(project.read(later()).1, 1);
    let disk = project.disk();
    let world = BuildWorld::new(&disk, Some(&project.cache), later());
    let path = ProjectPath::new("guides/one.md").unwrap();
    assert_eq!(world.read(&path, 5), Err(ReadError::TooLarge(5)));
    assert_eq!(world.read(&path, GUIDE.len() as u64).map(|bytes| bytes.len()), Ok(GUIDE.len()));
}

#[test]
fn a_known_text_that_became_a_link_out_of_the_project_is_refused() {
    let project = Project::new();
    assert_eq!(project.read(later()).1, 1);
    fs::rename(project.path("guides/one.md"), project.dir.path().join("away.md")).unwrap();
    std::os::unix::fs::symlink(project.dir.path().join("away.md"), project.path("guides/one.md")).unwrap();
    assert_eq!(project.read(later()), (Err(ReadError::Outside), 0));
}

#[test]
fn a_folder_with_the_name_of_a_way_does_not_stand_for_it() {
    let project = Project::new();
    let away = project.dir.path().join("away");
    fs::create_dir_all(&away).unwrap();
    fs::write(away.join("secret.md"), GUIDE).unwrap();
    fs::create_dir(project.path("guides/a")).unwrap();
    fs::create_dir(project.path("guides/a\\b")).unwrap();
    fs::write(project.path("guides/a\\b/secret.md"), GUIDE).unwrap();
    std::os::unix::fs::symlink(&away, project.path("guides/a/b")).unwrap();
    let disk = project.disk();
    let world = BuildWorld::new(&disk, None, later());
    world.list(&ProjectPath::new("guides").unwrap()).unwrap();
    let path = ProjectPath::new("guides/a/b/secret.md").unwrap();
    assert_eq!(world.read(&path, LIMIT), Err(ReadError::Outside));
}

#[test]
fn a_build_without_a_change_reads_nothing_and_asks_once_for_each_file() {
    const GUIDES: usize = 20;
    let project = Project::new();
    fs::write(project.path("guidemark.toml"), "title = \"Many\"\n").unwrap();
    for number in 0..GUIDES {
        let folder = project.path(&format!("guides/guide-{number}/shots"));
        fs::create_dir_all(&folder).unwrap();
        let steps = "1. Do it.\n\n   ![It](shots/a.png)\n\n2. And it.\n\n   ![It](shots/b.png)\n";
        let text = format!("---\ntitle: Number {number}\ndescription: One thing.\n---\n\n{steps}");
        fs::write(folder.with_file_name("index.md"), text).unwrap();
        fs::write(folder.join("a.png"), picture(10)).unwrap();
        fs::write(folder.join("b.png"), picture(20)).unwrap();
    }
    let (_, first) = project.build_and_count("site");
    assert!(first.reads >= 3 * GUIDES, "{first:?}");
    let (outcome, again) = project.build_and_count("site");
    assert_eq!(outcome.summary.rendered, 0);
    // The project's own file has no record.
    assert!(again.reads <= 2, "{again:?}");
    // A text and two pictures each; not for folders, nor for what guides may have beside them and these have not.
    assert!(again.paths <= 3 * GUIDES + 5, "{again:?}");
}

#[test]
fn pages_that_are_no_guides_are_not_read_again_by_a_server() {
    let project = Project::new();
    fs::rename(project.path("guides"), project.path("docs")).unwrap();
    fs::write(project.path("docs/page.md"), "# A page\n\nIt has no steps.\n").unwrap();
    let disk = project.disk();
    let world = BuildWorld::new(&disk, None, later());
    let (sink, mut memory) = (MemorySink::new(), Memory::default());
    let options = BuildOptions { purpose: guidemark::shot::Purpose::Preview, ..BuildOptions::default() };
    let mut build = || {
        let before = world.asked().reads;
        let outcome = site::rebuild(&world, &options, &sink, &Silent, &mut memory);
        assert_eq!(outcome.left_out, [ProjectPath::new("docs/page.md").unwrap()]);
        assert_eq!(outcome.guides.len(), 1);
        world.asked().reads - before
    };
    assert!(build() > 1);
    assert_eq!(build(), 0);
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
