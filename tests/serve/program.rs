//! The program itself: what it prints and how it ends.

use super::support::Project;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

struct Running {
    child: Child,
    said: std::io::Lines<BufReader<ChildStderr>>,
}

impl Running {
    fn start(project: &Project, args: &[&str]) -> Self {
        Self::start_with(project, args, &[])
    }

    fn start_with(project: &Project, args: &[&str], environment: &[(&str, OsString)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidemark"))
            .arg("serve")
            .args(args)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .current_dir(project.path(""))
            .env("GUIDEMARK_CACHE", project.path(".cache"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap()).lines();
        Self { child, said }
    }

    /// Reads on to the line that holds a text.
    fn line(&mut self, text: &str) -> String {
        self.said.by_ref().map(Result::unwrap).find(|line| line.contains(text)).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn in_an_empty_folder_it_says_how_a_guide_is_made() {
    let project = Project::empty();
    let mut running = Running::start(&project, &["--port", "0"]);
    let line = running.line("to make one");
    assert!(line.starts_with("there is no guide yet: to make one, open http://127.0.0.1:"), "{line}");
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_and_one_line_a_rebuild_and_ends_with_0() {
    let project = Project::new();
    let mut running = Running::start(&project, &["--port", "0"]);
    assert!(running.line("built 1 guide in ").contains(" ms") || cfg!(debug_assertions));
    assert!(running.line("serving at").starts_with("serving at http://127.0.0.1:"));
    project.write("guides/invite.md", super::support::guide("Invite a colleague", "New"));
    assert!(running.line("rebuilt").starts_with("rebuilt 1 guide in "));
    project.write(
        "guides/invite.md",
        "---\ntitle: Wrong\ndescription: It is.\n---\n\n1. Look.\n\n   ![It](none.png)\n",
    );
    assert!(running.line("-->").contains("guides/invite.md:8:10"));
    assert!(running.line("rebuilt").contains(": 1 error"));
    let id = running.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_finding_is_printed_once_wherever_its_line_moves() {
    let project = Project::new();
    let wrong = |above: &str, second: &str| {
        format!(
            "---\ntitle: Wrong\ndescription: It is.\n---\n\n{above}1. Look.\n\n   ![It](none.png)\n\n{second}"
        )
    };
    let mut running = Running::start(&project, &["--port", "0"]);
    running.line("serving at");
    project.write("guides/invite.md", wrong("", ""));
    assert!(running.line("-->").contains("guides/invite.md:8:10"));
    assert!(running.line("rebuilt").contains(": 1 error"));
    // The same two lines further down, and then another like it.
    project.write("guides/invite.md", wrong("Above.\n\n", ""));
    let line = running.said.next().unwrap().unwrap();
    assert!(line.starts_with("rebuilt ") && line.contains(": 1 error"), "{line}");
    project.write("guides/invite.md", wrong("Above.\n\n", "2. Look.\n\n   ![It](none.png)\n"));
    assert!(running.line("-->").contains("guides/invite.md:14:10"));
    assert!(running.line("rebuilt").contains(": 2 errors"));
}

#[test]
fn a_named_port_that_is_taken_ends_with_2() {
    let project = Project::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let mut running = Running::start(&project, &["--port", &port]);
    assert_eq!(running.line("error"), format!("error: port {port} is taken by another program"));
    assert_eq!(running.line("help"), "help: name another, or leave `--port` out to take one that is free");
    assert_eq!(running.child.wait().unwrap().code(), Some(2));
}

#[test]
fn serving_to_others_is_warned_of() {
    let project = Project::new();
    let mut running = Running::start(&project, &["--port", "0", "--host", "0.0.0.0"]);
    assert_eq!(
        running.line("warning"),
        "warning: anyone who can reach `0.0.0.0` can read the guides, drafts included"
    );
}

/// A stand-in for the program that opens things: it tells what it was started with, who may read the page it was given, what
/// every user of the machine sees of the processes meanwhile, and what stands in the page.
#[cfg(target_os = "linux")]
const OPENS: &str = r#"#!/bin/sh
{
    printf '%s\n' "$#" "$1"
    stat -c %a "$1"
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0\n' '  '
    echo
    cat "$1"
} >"$OPENED"
"#;

#[cfg(target_os = "linux")]
#[test]
fn opening_hands_the_address_to_the_browser_and_shows_it_to_nobody() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    let pipe = project.path("opened");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    project.write("bin/xdg-open", OPENS);
    std::fs::set_permissions(project.path("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut path = OsString::from(project.path("bin"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let environment = [("PATH", path), ("OPENED", pipe.clone().into())];
    let mut running = Running::start_with(&project, &["--port", "0", "--open"], &environment);
    let line = running.line("to edit, open ");
    let way_in = line.split_once("open ").unwrap().1;
    let key = way_in.rsplit('/').next().unwrap();
    // The pipe opens once the stand-in writes into it.
    let opened = std::fs::read_to_string(&pipe).unwrap();
    let mut lines = opened.splitn(5, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (count, page, rights, processes, text) = (next(), next(), next(), next(), next());
    assert_eq!((count, rights), ("1", "600"), "one page that its owner alone can read: {opened}");
    assert!(page.ends_with(".html") && !page.contains(key), "{page}");
    assert!(processes.contains("xdg-open") && processes.contains("serve"), "{processes}");
    assert!(!processes.contains(key), "the address stands in no process's arguments: {processes}");
    assert!(text.contains(&format!("content=\"0; url={way_in}\"")), "{text}");
    // A real browser goes where the page leads, and is the author's.
    let mut browser = super::support::browser().new_page().unwrap();
    browser.navigate(&format!("file://{page}")).unwrap();
    browser
        .wait_for("location.protocol === 'http:' && document.querySelector('guidemark-edit, .card')")
        .unwrap();
    assert!(!browser.evaluate("location.href").unwrap().as_str().unwrap_or_default().contains(key));
    assert!(running.line("a browser can edit now").contains("for another one, open http://127.0.0.1:"));
    assert!(!std::path::Path::new(page).exists(), "what led there is gone once it was used");
}

/// Memory of a process that is not a part of files, in bytes.
#[cfg(target_os = "linux")]
fn memory(id: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1_024
}

/// A screenshot that nothing makes small.
#[cfg(target_os = "linux")]
fn noise() -> Vec<u8> {
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    let picture = image::RgbImage::from_fn(640, 400, |_, _| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        image::Rgb([0, 8, 16].map(|bits| u8::try_from(dice >> bits & 255).unwrap()))
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_built_lies_on_the_disk_and_nobody_need_remove_it() {
    const MORE: usize = 60;
    let project = Project::new();
    project.write("guides/shot.png", noise());
    let mut running = Running::start(&project, &["--port", "0"]);
    let url = running.line("serving at");
    let address = url.trim_start_matches("serving at http://").split('/').next().unwrap();
    let page = |slug: &str| {
        super::support::ask(
            address,
            format!("GET /{slug}/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
        )
    };
    let one = page("invite").body.len();
    let before = memory(running.child.id());
    for number in 0..MORE {
        let text = super::support::guide(&format!("Guide {number}"), "Third thing");
        project.write(&format!("guides/more-{number}.md"), text);
    }
    let is_there = |number| page(&format!("more-{number}")).status == 200;
    while !(0..MORE).all(is_there) {
        running.line("rebuilt");
    }
    let (grown, built) = (memory(running.child.id()).saturating_sub(before), MORE * one);
    assert!(built > 40 << 20, "{one} bytes a page");
    assert!(grown < built / 4, "{} MB more for {} MB of pages", grown >> 20, built >> 20);
    let beside = std::fs::read_dir(project.path(".cache")).unwrap().map(|file| file.unwrap().path());
    let files: Vec<_> = beside.filter(|path| path.is_file() && !path.ends_with("pruned")).collect();
    assert!(files.is_empty(), "a server that is killed leaves {files:?}");
}
