//! Folders that can't be written, disks that are full, and builds that are stopped.

use super::{GOOD, Sandbox, build, project};
use std::fs;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

const GUIDES: u32 = 8;

/// A project whose build takes a moment: guides with different pictures.
fn several() -> Sandbox {
    let sandbox = project();
    for guide in 0..GUIDES {
        let text = format!(
            "---\ntitle: Guide {guide}\ndescription: One of several.\n---\n\n1. Look.\n\n   ![A window](g{guide}.png)\n"
        );
        sandbox.write(&format!("guides/g{guide}.md"), text);
        let colour = |x: u32, _| image::Rgba([if x / 50 == guide { 40 } else { 230 }, 230, 240, 255]);
        let image = image::RgbaImage::from_fn(400, 300, colour);
        image.save(sandbox.path(&format!("guides/g{guide}.png"))).unwrap();
    }
    sandbox
}

/// Another text in every guide.
fn change(sandbox: &Sandbox) {
    for guide in 0..GUIDES {
        let path = format!("guides/g{guide}.md");
        sandbox.write(&path, sandbox.read(&path).replace("Look.", "Look closely."));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let sandbox = project();
    fs::create_dir(sandbox.path("public")).unwrap();
    fs::set_permissions(sandbox.path("public"), fs::Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(sandbox.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = sandbox.command();
    command.args(["build", "--no-cache"]);
    // Nothing is forbidden to root.
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(65_534).gid(65_534);
    }
    let ran = match command.output() {
        Ok(_) => sandbox.ran(&mut command),
        // The program lies where nobody else may look: nothing to be seen here.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return,
        Err(error) => panic!("{error}"),
    };
    let said = "error: cannot write to `public`: permission denied\nhelp: name a folder you may write to with `--out`\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(2), said));
}

/// Every write past the limit fails as on a full disk.
fn on_a_full_disk(sandbox: &Sandbox, blocks: &str) -> super::Ran {
    let mut command = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f $0; exec \"$@\"";
    command.args(["-c", script, blocks, env!("CARGO_BIN_EXE_guidemark"), "build", "--no-cache"]);
    sandbox.ran(&mut sandbox.at(command))
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let sandbox = several();
    assert_eq!(build(&sandbox, &[]).status, Some(0));
    let old = sandbox.files("public");
    change(&sandbox);
    // Not even the manifest fits.
    let ran = on_a_full_disk(&sandbox, "0");
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: cannot write `public/"), "{}", ran.stderr);
    assert!(sandbox.files("public").iter().filter(|(name, _)| !name.contains("tmp/")).eq(&old));
    // Small files fit, pages don't.
    let ran = on_a_full_disk(&sandbox, "40");
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: cannot write `public/"), "{}", ran.stderr);
    let pages = |files: Vec<(String, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(name, _)| name.ends_with("index.html")).collect()
    };
    assert!(pages(sandbox.files("public")) == pages(old), "every old page is whole");
    assert_eq!(build(&sandbox, &[]).status, Some(0), "the next build is right");
    assert!(sandbox.read("public/g3/index.html").contains("Look closely."));
}

#[test]
fn a_stopped_build_leaves_old_pages_or_new_ones() {
    let sandbox = several();
    assert_eq!(build(&sandbox, &["--out", "old"]).status, Some(0));
    change(&sandbox);
    assert_eq!(build(&sandbox, &["--out", "new"]).status, Some(0));
    let (old, new) = (sandbox.files("old"), sandbox.files("new"));
    for (round, signal) in ["INT", "KILL", "TERM", "KILL"].into_iter().enumerate() {
        copy(&sandbox, "old", "public");
        let mut child = sandbox.command().args(["build", "--no-cache", "--quiet"]).spawn().unwrap();
        // Each time a little later: when so many pages are new.
        wait_until(&mut child, || {
            let changed =
                |guide: u32| sandbox.read(&format!("public/g{guide}/index.html")).contains("closely");
            (0..GUIDES).filter(|guide| changed(*guide)).count() >= round * 2
        });
        let _ = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        child.wait().unwrap();
        for (name, bytes) in sandbox.files("public").iter().filter(|(name, _)| !name.starts_with('.')) {
            let whole = old.iter().chain(&new).any(|(other, whole)| other == name && whole == bytes);
            assert!(whole, "round {round}: {name} is half a file");
        }
        assert_eq!(build(&sandbox, &[]).status, Some(0), "round {round}: the next build is right");
        assert!(sandbox.files("public") == new, "round {round}: nothing is left behind");
    }
}

/// Numbers that look random and are the same every time: from 0 to 1.
fn chances() -> impl Iterator<Item = f64> {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::from_fn(move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        Some((seed >> 11) as f64 / (1u64 << 53) as f64)
    })
}

#[test]
fn killed_a_hundred_times_the_site_is_whole_and_the_cache_right() {
    let sandbox = project();
    // Two versions of everything: texts and pictures.
    let write = |version: u32| {
        for guide in 0..2u32 {
            let text = format!(
                "---\ntitle: Guide {guide}\ndescription: One.\n---\n\n1. Look {version}.\n\n   ![A window](g{guide}.png)\n"
            );
            sandbox.write(&format!("guides/g{guide}.md"), text);
            let colour =
                |x: u32, y: u32| image::Rgba([(x * (guide + 3)) as u8, (y * (version + 1)) as u8, 90, 255]);
            image::RgbaImage::from_fn(96, 60, colour)
                .save(sandbox.path(&format!("guides/g{guide}.png")))
                .unwrap();
        }
    };
    // What a build takes, learned as it goes: with the cache, and on a machine that does other things.
    let mut took = Duration::ZERO;
    let versions = [0, 1].map(|version| {
        write(version);
        let start = Instant::now();
        assert_eq!(sandbox.run(&["build", "--no-cache", "--quiet", "--out", "public"]).status, Some(0));
        took = start.elapsed();
        sandbox.files("public")
    });
    let (mut stopped, mut round, mut chances) = (0, 0, chances());
    while stopped < 100 {
        assert!(round < 2_000, "builds end before they are stopped: {stopped} of {round} were");
        write(round % 2);
        if round % 5 == 0 {
            let _ = fs::remove_dir_all(sandbox.path("kept"));
        }
        let moment = took.mul_f64(chances.next().unwrap());
        let start = Instant::now();
        let mut child = sandbox.command().args(["build", "--quiet", "--cache", "kept"]).spawn().unwrap();
        wait_until(&mut child, || start.elapsed() >= moment);
        let _ = child.kill();
        if child.wait().unwrap().success() {
            took = took.min(start.elapsed());
        } else {
            stopped += 1;
            took = took.mul_f64(1.05);
        }
        for (name, bytes) in sandbox.files("public").iter().filter(|(name, _)| !name.starts_with('.')) {
            let whole = versions.iter().flatten().any(|(other, whole)| other == name && whole == bytes);
            assert!(whole, "round {round}: {name} is half a file");
        }
        if round % 10 < 2 {
            let wanted = &versions[round as usize % 2];
            for out in ["public", "from-the-cache"] {
                let ran = sandbox.run(&["build", "--quiet", "--cache", "kept", "--out", out]);
                assert_eq!(ran.status, Some(0), "round {round}: {}", ran.stderr);
                assert!(sandbox.files(out) == *wanted, "round {round}: the next build is right");
            }
        }
        round += 1;
    }
}

#[test]
fn a_first_build_that_is_stopped_can_be_repeated() {
    let sandbox = several();
    let mut child = sandbox.command().args(["build", "--no-cache", "--quiet"]).spawn().unwrap();
    wait_until(&mut child, || sandbox.has("public/g1/index.html"));
    child.kill().unwrap();
    child.wait().unwrap();
    let ran = build(&sandbox, &[]);
    assert_eq!(ran.status, Some(0), "what it wrote is known as its own: {}", ran.stderr);
}

#[test]
fn builds_at_once_on_one_output_and_one_cache_end_well() {
    let sandbox = several();
    let start = |_| sandbox.command().args(["build", "--quiet", "--cache", "kept"]).spawn().unwrap();
    let mut children: Vec<Child> = (0..4).map(start).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(build(&sandbox, &["--out", "alone"]).status, Some(0));
    assert!(sandbox.files("public") == sandbox.files("alone"));
}

#[test]
fn a_project_that_may_not_be_read() {
    let sandbox = Sandbox::new();
    sandbox.write("good.md", GOOD);
    let ran = build(&sandbox, &["good.md/below"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: cannot read `good.md/below`: "), "{}", ran.stderr);
}

fn copy(sandbox: &Sandbox, from: &str, to: &str) {
    let _ = fs::remove_dir_all(sandbox.path(to));
    for (name, bytes) in sandbox.files(from) {
        sandbox.write(&format!("{to}/{name}"), bytes);
    }
}

/// Looks again and again until it is so or the child has ended.
fn wait_until(child: &mut Child, mut so: impl FnMut() -> bool) {
    while !so() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}
