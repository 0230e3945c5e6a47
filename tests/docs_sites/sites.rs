//! One test a site.

use crate::host::Host;
use crate::support::{Server, Site as Guides};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const GUIDE: &str = "datasette-api-token";

/// A site of `examples/`.
struct Site {
    /// Its folder there.
    name: &'static str,
    /// What builds it, below `target/tools`, or the name of a program.
    program: &'static str,
    arguments: &'static [&'static str],
    /// Where it keeps files that are published as they are.
    files: &'static str,
    /// What it writes.
    out: &'static str,
    /// The page with the guide.
    page: &'static str,
}

#[test]
fn mdbook() {
    Site {
        name: "mdbook",
        program: "bin/mdbook",
        arguments: &["build"],
        files: "src",
        out: "book",
        page: "/api-token.html",
    }
    .plays();
}

#[test]
fn mkdocs_material() {
    Site {
        name: "mkdocs",
        program: "mkdocs/bin/mkdocs",
        arguments: &["build", "--strict", "--quiet"],
        files: "docs",
        out: "site",
        page: "/api-token/",
    }
    .plays();
}

const VITEPRESS: Site = Site {
    name: "vitepress",
    program: "vitepress/node_modules/.bin/vitepress",
    arguments: &["build", "docs"],
    files: "docs/public",
    out: "docs/.vitepress/dist",
    page: "/api-token.html",
};

#[test]
fn vitepress() {
    VITEPRESS.plays();
}

/// Servers for developing answer a folder's address with a page of their own.
#[test]
fn vitepress_while_it_is_written() {
    let copy = VITEPRESS.copy("written");
    let server = Developing::start(VITEPRESS.command(&copy).args(["dev", "docs", "--host", "127.0.0.1"]));
    let mut host = Host::open(&server.address, VITEPRESS.page);
    host.forgives();
    assert_eq!(host.plays_to_the_end(), steps());
}

#[test]
#[ignore = "its packages are large: first `tests/docs_sites/tools docusaurus`"]
fn docusaurus() {
    Site {
        name: "docusaurus",
        program: "docusaurus/node_modules/.bin/docusaurus",
        arguments: &["build"],
        files: "static",
        out: "build",
        page: "/api-token/",
    }
    .plays();
}

impl Site {
    fn plays(&self) {
        let server = Server::of_folder(&self.build());
        let mut host = Host::open(&server.url(""), self.page);
        assert_eq!(host.plays_to_the_end(), steps());
    }

    /// Builds a copy of the site with the guides in it.
    fn build(&self) -> PathBuf {
        let copy = self.copy("site");
        let built = self.command(&copy).args(self.arguments).output().expect("it starts");
        let said = [built.stdout, built.stderr].concat();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&said));
        copy.join(self.out)
    }

    /// A copy of the site with the guides in it, beside the tool's packages.
    fn copy(&self, name: &str) -> PathBuf {
        let copy = tools().join(self.name).join(name);
        let _ = std::fs::remove_dir_all(&copy);
        copy_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(self.name), &copy);
        copy_files(Guides::own().root(), &copy.join(self.files).join("walkthroughs"));
        copy
    }

    /// The tool, ready to run in a copy.
    fn command(&self, copy: &Path) -> Command {
        let program = tools().join(self.program);
        assert!(program.exists(), "{} is not installed: run `tests/docs_sites/tools {0}`", self.name);
        let mut command = Command::new(program);
        command.current_dir(copy).stdin(Stdio::null());
        command
    }
}

/// A tool's server for those who write the site; it ends with the test.
struct Developing {
    process: Child,
    address: String,
}

impl Developing {
    /// Starts it, and waits until it says where it is.
    fn start(command: &mut Command) -> Self {
        let mut process = command.env("NO_COLOR", "1").stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.split_once("Local:")?.1.trim().trim_end_matches('/').to_owned()));
        // It writes on: somebody must read.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address: address.expect("it says where it is") }
    }
}

impl Drop for Developing {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How many steps the guide has.
fn steps() -> usize {
    Guides::own().stage(GUIDE)["steps"].as_array().expect("steps").len()
}

fn tools() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target").join("tools")
}

/// Copies a folder without what begins with a dot, except a tool's settings, and without what tools wrote.
fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        let leave = [".guidemark", "node_modules", "walkthroughs", "cache", "dist", "public", ".docusaurus"];
        if leave.iter().any(|leave| name == *leave) {
            continue;
        }
        if entry.file_type().expect("a type").is_dir() {
            copy_files(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}
