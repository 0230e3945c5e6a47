//! Killed at any moment, a guide and its pictures are as they were, or all new.

use super::grid::Chromium;
use super::guide::Guide;
use super::site::Site;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const KILLS: u32 = 50;
/// How many run at once: a replay waits most of its time.
const AT_ONCE: u32 = 4;

/// A small guide of two pictures.
const GUIDE: &str = "---\ntitle: T\ncapture:\n  start: /\n  viewport: 400x300\n  scale: 1\n---\n\n1. Look.\n\n   ![A](a.png)\n\n2. See.\n\n   ![B](b.png)\n   <!-- @goto \"/two\"\n        @highlight on button \"Save\" -->\n";

/// Numbers that look like chance, the same in each run.
fn chance(seed: u32) -> f64 {
    let mixed = blake3::hash(&seed.to_le_bytes());
    let number = u32::from_le_bytes(mixed.as_bytes()[..4].try_into().unwrap());
    f64::from(number) / f64::from(u32::MAX)
}

fn files(guide: &Guide) -> Vec<(String, Vec<u8>)> {
    let shown = |path: &str| path.ends_with(".png") || path.ends_with(".md");
    guide.files().into_iter().filter(|(path, _)| shown(path)).collect()
}

/// Everything that lies in the project, half-written files too: a change of it says that writing has begun.
fn stirred(guide: &Guide) -> usize {
    walkdir::WalkDir::new(guide.folder.path()).into_iter().count()
}

struct Trial<'a> {
    url: &'a str,
    browser: &'a str,
    whole: Duration,
}

impl Trial<'_> {
    /// Kills a run; every second one while it writes.
    fn kill(&self, guide: &Guide, round: u32) {
        let mut child = guide
            .command(&["--url", self.url, "--browser", self.browser])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (begun, still) = (Instant::now(), stirred(guide));
        let mut until = self.whole.mul_f64(chance(round) * 1.6);
        let mut waits = round.is_multiple_of(2);
        while begun.elapsed() < until || waits {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            if waits && stirred(guide) != still {
                waits = false;
                until = begun.elapsed() + Duration::from_millis(80).mul_f64(chance(round));
            }
            std::thread::yield_now();
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[test]
fn a_kill_leaves_all_old_or_all_new() {
    let (site, chromium) = (Site::serve(), Chromium::start());
    let first = Guide::written(GUIDE);
    let (url, browser) = (site.url(""), chromium.address());
    let renew = |guide: &Guide| guide.refresh(&["--url", &url, "--browser", &browser]);
    let ran = renew(&first);
    assert_eq!(ran.status, 0, "{ran:#?}");
    // Both pictures and the guide become other ones.
    site.change("restyled moved");
    let done = first.copied();
    let begun = Instant::now();
    assert_eq!(renew(&done).status, 0);
    let trial = Trial { url: &url, browser: &browser, whole: begun.elapsed() };
    let (old, new) = (files(&first), files(&done));
    let same: Vec<&String> =
        old.iter().zip(&new).filter(|(old, new)| old == new).map(|(old, _)| &old.0).collect();
    assert!(same.is_empty(), "all of it is new but {same:?}: {}", done.text());
    let (next, new_ones) = (AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let round @ 0..KILLS = next.fetch_add(1, Ordering::Relaxed) {
                    let guide = first.copied();
                    trial.kill(&guide, round);
                    // Whatever was begun is finished by whoever comes next.
                    let _ = guide.refresh(&["--url", "http://127.0.0.1:9", "--check", "--browser", &browser]);
                    let now = files(&guide);
                    assert!(now == old || now == new, "round {round}: neither old nor new");
                    new_ones.fetch_add(u32::from(now == new), Ordering::Relaxed);
                }
            });
        }
    });
    let new_ones = new_ones.into_inner();
    assert!((1..KILLS).contains(&new_ones), "{new_ones} of {KILLS} were new: kills came at all moments");
}
