//! What is kept between builds, and what happens when it can't be.

use crate::support::{Book, page, rect};
use guidemark::cache::Cache;
use guidemark::guide::RedactStyle;
use guidemark::shot::{ShotOptions, compose, cover};
use guidemark::source::{MemoryWorld, ProjectPath, ReadError, World};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LIMIT: u64 = 1 << 30;

fn with(folder: &Path, limit: u64) -> ShotOptions {
    ShotOptions { cache: Some(Cache::new(folder.to_owned(), limit)), ..ShotOptions::default() }
}

fn book(seed: u32) -> Book {
    Book::new().picture("1.png", &page(640, 400, seed)).picture("2.png", &page(640, 400, seed + 1))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).min_depth(2).into_iter().flatten();
    all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// A project whose files nobody may read.
struct Locked;

impl World for Locked {
    fn read(&self, path: &ProjectPath, _: u64) -> Result<Vec<u8>, ReadError> {
        panic!("`{path}` is read")
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        panic!("`{folder}` is listed")
    }
}

#[test]
fn an_unchanged_guide_needs_no_picture() {
    let folder = tempfile::tempdir().unwrap();
    let options = with(folder.path(), LIMIT);
    let book = book(1);
    let first = book.compose(&options);
    let thumbnail = cover(&book.resolved, &options, &book.world);
    assert!(!first.statistics.cached);
    let second = compose(&book.resolved, &with(folder.path(), LIMIT), &Locked);
    assert!(second.statistics.cached);
    assert_eq!(first.sheet, second.sheet);
    assert_eq!(first.statistics.bytes, second.statistics.bytes);
    assert_eq!(thumbnail, cover(&book.resolved, &options, &Locked));
    assert_eq!(first.sheet, book.compose(&ShotOptions::default()).sheet, "the cache changes nothing");
}

#[test]
fn whatever_decides_the_pixels_decides_the_entry() {
    let folder = tempfile::tempdir().unwrap();
    let options = with(folder.path(), LIMIT);
    let at = rect(10.0, 10.0, 50.0, 20.0);
    for book in [
        book(1),
        book(2),
        book(1).crop(at),
        book(1).redact(at, RedactStyle::Solid),
        book(1).redact(at, RedactStyle::Blur),
        book(1).inline(),
    ] {
        let cached = book.compose(&options);
        let fresh = book.compose(&ShotOptions::default());
        assert!(!cached.statistics.cached);
        assert_eq!((cached.sheet, cached.diagnostics), (fresh.sheet, fresh.diagnostics));
    }
}

#[test]
fn a_damaged_entry_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let options = with(folder.path(), LIMIT);
    let book = book(1);
    let first = book.compose(&options).sheet;
    type Damage<'a> = &'a dyn Fn(&mut Vec<u8>);
    let damages: [Damage; 4] = [
        &|bytes| bytes.truncate(bytes.len() / 2),
        &|bytes| bytes.clear(),
        &|bytes| *bytes.last_mut().unwrap() ^= 1,
        &|bytes| bytes[20] ^= 1,
    ];
    for damage in damages {
        for file in files(folder.path()) {
            let mut bytes = std::fs::read(&file).unwrap();
            damage(&mut bytes);
            std::fs::write(file, bytes).unwrap();
        }
        let again = book.compose(&options);
        assert!(!again.statistics.cached);
        assert_eq!(again.sheet, first);
        assert!(book.compose(&options).statistics.cached, "it is fixed");
    }
}

#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let book = book(1);
    let fresh = book.compose(&ShotOptions::default());
    assert_eq!(book.compose(&with(&file, LIMIT)), fresh);
    assert_eq!(book.compose(&with(Path::new("/dev/null/nowhere"), LIMIT)), fresh);
}

/// Not a test of its own: the process that the next one gives no room.
#[test]
#[ignore = "run by another test"]
fn writes_without_room() {
    let Ok(folder) = std::env::var("GUIDEMARK_TEST_CACHE") else { return };
    let options = with(Path::new(&folder), LIMIT);
    assert_eq!(book(1).sheet(&options), book(1).sheet(&ShotOptions::default()));
    assert!(!book(1).compose(&options).statistics.cached, "there was no room");
}

#[cfg(unix)]
#[test]
fn a_full_disk_changes_nothing() {
    // Every write past the limit, in blocks of 512 bytes, fails as on a full disk: at once, or half way.
    for blocks in ["0", "4"] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", blocks]);
        command.arg(std::env::current_exe().unwrap());
        command.args(["--exact", "cache::writes_without_room", "--ignored", "--nocapture"]);
        let ran = command.env("GUIDEMARK_TEST_CACHE", folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.contains("1 passed"), "{said}");
        assert_eq!(files(folder.path()), Vec::<PathBuf>::new(), "nothing half written stays");
        let options = with(folder.path(), LIMIT);
        let first = book(1).compose(&options);
        assert!(!first.statistics.cached);
        assert!(book(1).compose(&options).statistics.cached, "with room it is kept again");
    }
}

#[test]
fn errors_are_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let options = with(folder.path(), LIMIT);
    let broken = book(1).file("3.png", b"no picture".to_vec());
    let first = broken.compose(&options);
    assert_eq!((first.sheet.is_none(), first.diagnostics.len()), (true, 1));
    assert_eq!(broken.compose(&options).diagnostics, first.diagnostics);
}

#[test]
fn the_cache_stays_within_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let limit = 150_000;
    let size = || files(folder.path()).iter().map(|file| file.metadata().unwrap().len()).sum::<u64>();
    let mut most = 0;
    let options = with(folder.path(), limit);
    for seed in 0..12 {
        let book = book(seed * 2);
        book.compose(&options);
        assert!(book.compose(&options).statistics.cached, "the newest stays");
        most = most.max(size());
    }
    assert!(most <= limit + limit / 8, "{most} bytes");
}

#[test]
fn nothing_covered_is_in_the_cache() {
    let contents = |seed: u32| {
        let folder = tempfile::tempdir().unwrap();
        let mut image = page(640, 400, 1);
        image::imageops::replace(&mut image, &page(300, 30, seed), 100, 100);
        let at = rect(100.0, 100.0, 300.0, 30.0);
        let book = Book::new().picture("1.png", &image).redact(at, RedactStyle::Pixelate);
        let options = with(folder.path(), LIMIT);
        book.sheet(&options);
        cover(&book.resolved, &options, &book.world).unwrap();
        files(folder.path()).iter().map(|file| std::fs::read(file).unwrap()).collect::<BTreeSet<_>>()
    };
    let (one, other) = (contents(7), contents(8));
    assert!(one.len() >= 3, "sheet, piece and cover");
    assert_eq!(one, other);
}

#[test]
fn many_builds_at_once_agree() {
    let folder = tempfile::tempdir().unwrap();
    let wanted: Vec<_> = (0..3).map(|seed| book(seed * 2).sheet(&ShotOptions::default())).collect();
    std::thread::scope(|scope| {
        for worker in 0..6 {
            let (folder, wanted) = (folder.path(), &wanted);
            scope.spawn(move || {
                for turn in 0..6 {
                    let which = (worker + turn) % 3;
                    let sheet = book(which as u32 * 2).sheet(&with(folder, LIMIT));
                    assert!(sheet == wanted[which]);
                }
            });
        }
    });
}

/// Not a test of its own: the process that the next one kills.
#[test]
#[ignore = "runs until it is killed"]
fn writes_until_killed() {
    let Ok(folder) = std::env::var("GUIDEMARK_TEST_CACHE") else { return };
    for seed in 0.. {
        // New entries all the time, and one that is always the same.
        let options = with(Path::new(&folder), LIMIT);
        Book::new().picture("1.png", &page(200, 100, seed)).sheet(&options);
        book(1).sheet(&options);
    }
}

#[test]
fn killed_builds_leave_no_wrong_entry() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = book(1).sheet(&ShotOptions::default());
    for turn in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "cache::writes_until_killed", "--ignored"])
            .env("GUIDEMARK_TEST_CACHE", folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let count = files(folder.path()).len();
        // Killed at another moment each time: while it waits for its next few entries.
        while files(folder.path()).len() < count + turn % 4 {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(book(1).sheet(&with(folder.path(), LIMIT)), wanted);
    }
    let names = files(folder.path()).into_iter();
    let whole = names.filter(|file| !file.file_name().unwrap().to_str().unwrap().starts_with('.'));
    for file in whole {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(
            blake3::hash(&bytes[40..]).as_bytes(),
            &bytes[8..40],
            "{} is half written",
            file.display()
        );
    }
}

#[test]
fn a_picture_that_changes_under_the_build_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let options = with(folder.path(), LIMIT);
    let mut book = book(1);
    let path = book.resolved.shots[0].picture.path.clone();
    let before = std::mem::take(&mut book.world);
    book.world = MemoryWorld::new().with(path, crate::support::png(&page(640, 400, 9))).with(
        ProjectPath::new("2.png").unwrap(),
        before.read(&ProjectPath::new("2.png").unwrap(), LIMIT).unwrap(),
    );
    let problem = &book.compose(&options).diagnostics[0];
    assert_eq!(problem.message, "`1.png` changed while it was being read");
    book.world = before;
    assert!(book.compose(&options).sheet.is_some());
}
