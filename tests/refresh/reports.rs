//! Reports and patches of a run, and runs over several guides.

use super::grid::Chromium;
use super::guide::{Guide, Ran};
use super::site::Site;
use std::path::Path;
use std::process::Command;

#[test]
fn a_report_shows_what_was_and_what_is() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("moved");
    let before = guide.files();
    let report = guide.cache.path().join("report");
    let ran = guide.refresh(&["--url", &site.url(""), "--check", "--report", report.to_str().unwrap()]);
    assert_eq!(ran.status, 1, "{ran:#?}");
    let page = std::fs::read_to_string(report.join("index.html")).unwrap();
    let shown = page.matches("src=\"data:image/png;base64,").count();
    assert!(
        shown >= 4
            && page.contains("default-src 'none'")
            && page.contains("<code>guidemark refresh guides/save/index.md"),
        "{shown}"
    );
    let summary = std::fs::read_to_string(report.join("summary.md")).unwrap();
    assert!(summary.contains("| stale |"), "{summary}");
    assert!(guide.files() == before, "a check wrote something");
}

#[test]
fn names_are_shown_as_a_patch_and_written_when_they_are_accepted() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("renamed");
    let ran = guide.refresh(&["--url", &site.url("")]);
    assert_eq!(ran.status, 1, "{ran:#?}");
    assert!(ran.out.contains("+3. Click **Store**.") && ran.out.contains("-3. Click **Save**."), "{ran:#?}");
    assert!(
        ran.out.contains("not written yet; `--accept` writes it:\n") && !ran.out.contains("-updated"),
        "{ran:#?}"
    );
    assert!(guide.text().contains("Click **Save**."));
    let ran = guide.refresh(&["--url", &site.url(""), "--accept"]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(
        guide.text().contains("Click **Store**.") && guide.text().contains("on button \"Store\""),
        "{}",
        guide.text()
    );
    assert_eq!(guide.verdicts(&["--url", &site.url("")]), ["same"; 4]);
}

#[test]
fn what_is_renewed_is_the_same_next_time_and_regions_have_moved() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("moved");
    let old = guide.text();
    let ran = guide.refresh(&["--url", &site.url("")]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    let region = |text: &str| {
        let line = text.lines().find(|line| line.contains("on button \"Save\"")).unwrap().to_owned();
        line[line.find(',').unwrap() + 1..].split(' ').next().unwrap().parse::<i32>().unwrap()
    };
    assert!(region(&guide.text()) > region(&old) + 100, "{old}\n{}", guide.text());
    assert!(guide.text().contains("updated: "));
    let files = guide.files();
    assert_eq!(guide.refresh(&["--url", &site.url(""), "--strict"]).status, 0);
    assert!(guide.files() == files, "a second run wrote something");
}

#[cfg(unix)]
#[test]
fn the_action_marks_lines_and_keeps_a_report() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("gone");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/actions/guidemark/check.sh");
    let summary = guide.cache.path().join("summary");
    let output = Command::new("sh")
        .arg(script)
        .current_dir(guide.folder.path())
        .env("GUIDEMARK", env!("CARGO_BIN_EXE_guidemark"))
        .env("GUIDES", "guides/save/index.md")
        .env("URL", site.url(""))
        .env("REPORT", guide.cache.path().join("report"))
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let ran = Ran::new(&output);
    assert_eq!(ran.status, 1, "{ran:#?}");
    assert!(ran.out.contains("::error file=guides/save/index.md,line="), "{ran:#?}");
    assert!(std::fs::read_to_string(summary).unwrap().contains("| broken |"));
    assert!(guide.cache.path().join("report/index.html").is_file());
}

/// Two guides in a project.
fn two() -> Guide {
    let guide = Guide::recorded();
    let again = guide.folder.path().join("guides/again");
    std::fs::create_dir_all(again.join("shots")).unwrap();
    for (path, bytes) in guide.files() {
        let name = path.strip_prefix("guides/save/").unwrap();
        std::fs::write(again.join(name), bytes).unwrap();
    }
    std::fs::write(guide.folder.path().join("guidemark.toml"), "").unwrap();
    guide
}

/// Replays all of a project.
fn all(guide: &Guide, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidemark"));
    command
        .arg("refresh")
        .args(args)
        .current_dir(guide.folder.path())
        .env("XDG_CACHE_HOME", guide.cache.path());
    Ran::new(&command.output().unwrap())
}

#[test]
fn a_browser_that_runs_already_serves_several_guides_at_once() {
    let (chromium, site, guide) = (Chromium::start(), Site::serve(), two());
    let address = chromium.address();
    let ran = all(&guide, &["--url", &site.url(""), "--check", "--jobs", "2", "--browser", &address]);
    assert_eq!(ran.status, 0, "{ran:#?}");
    assert!(ran.err.contains("replayed 2 guides: 8 same"), "{ran:#?}");
}

#[test]
fn parts_are_all_of_the_guides_each_once() {
    let (site, guide) = (Site::serve(), two());
    let mut files = Vec::new();
    for part in ["1/2", "2/2"] {
        let ran = all(&guide, &["--url", &site.url(""), "--check", "--shard", part, "--format", "json"]);
        assert_eq!(ran.status, 0, "{ran:#?}");
        let line: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
        files.push(line["file"].as_str().unwrap().to_owned());
    }
    files.sort();
    assert_eq!(files, ["guides/again/index.md", "guides/save/index.md"]);
    assert_eq!(all(&guide, &["--shard", "3/2"]).status, 2);
}
