//! 2,000 changes on the disk while the site is served: none is missed, and nothing piles up. A test by itself, since
//! it measures the memory of the process.

#[path = "serve/support.rs"]
#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::fs;
use support::{Project, Served, guide};

const EDITS: usize = 2_000;
const GUIDES: usize = 12;
/// How far memory may lie above what it was once everything had happened at least once, in bytes.
const MORE: u64 = 20 << 20;

/// Numbers that are the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

/// What each guide says now; `None`: it is gone.
type Files = BTreeMap<usize, Option<String>>;

fn path(number: usize) -> String {
    format!("guides/topic-{}/guide-{number}.md", number % 3)
}

fn say(number: usize, edit: usize) -> String {
    guide(&format!("Guide {number}"), &format!("Edit {edit} of {number}")).replace("shot.png", "../shot.png")
}

/// One change, or a burst of them; returns how many.
fn change(project: &Project, files: &mut Files, dice: &mut Dice, edit: usize) -> usize {
    let number = dice.roll(GUIDES);
    let is_there = files[&number].is_some();
    let mut write = |number: usize, edit: usize, rename: bool| {
        let text = say(number, edit);
        if rename {
            project.rename_write(&path(number), &text)
        } else {
            let _ = project.write(&path(number), &text);
        }
        files.insert(number, Some(format!("Edit {edit} of {number}.")));
    };
    match dice.roll(8) {
        0 if is_there => {
            project.remove(&path(number));
            files.insert(number, None);
            1
        }
        1 => {
            (0..10).for_each(|more| write(number, edit + more, more % 2 == 0));
            10
        }
        2 => {
            // A folder goes and comes back, as a checkout of another branch and back does it.
            let topic = project.path(&format!("guides/topic-{}", number % 3));
            let aside = project.path("aside");
            fs::rename(&topic, &aside).unwrap();
            fs::rename(&aside, &topic).unwrap();
            2
        }
        3 | 4 => {
            write(number, edit, true);
            1
        }
        _ => {
            write(number, edit, false);
            1
        }
    }
}

fn is_shown(served: &Served, files: &Files) -> bool {
    files.iter().all(|(number, text)| {
        let answer = served.get(&format!("/guide-{number}/"));
        match text {
            Some(text) => answer.status == 200 && answer.body.contains(text),
            None => answer.status == 404,
        }
    })
}

/// Memory of this process that is not on the disk, in bytes.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

#[cfg(target_os = "linux")]
#[test]
fn no_change_is_missed_and_nothing_piles_up() {
    let project = Project::empty();
    project.picture("guides/shot.png", [200, 220, 240]);
    let mut files = Files::new();
    for number in 0..GUIDES {
        project.write(&path(number), say(number, 0));
        files.insert(number, Some(format!("Edit 0 of {number}.")));
    }
    let served = project.serve();
    let mut page = served.open("/guide-0/");
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let (mut edits, mut warm) = (0, 0);
    while edits < EDITS {
        for _ in 0..=dice.roll(20) {
            edits += change(&project, &mut files, &mut dice, edits);
        }
        served.until("the site is as the files are", |served| is_shown(served, &files));
        if edits < EDITS / 4 {
            warm = warm.max(memory());
        }
    }
    project.write(&path(0), say(0, EDITS * 2));
    page.wait_for(&format!("document.body.innerText.includes('Edit {} of 0.')", EDITS * 2)).unwrap();
    let now = memory();
    println!("after a quarter {} MB, at the end {} MB", warm >> 20, now >> 20);
    assert!(now < warm + MORE, "{} MB, and {} MB after a quarter of the changes", now >> 20, warm >> 20);
}
