//! What `dist/package` packs, installed from the packed files as people will, and a guide built with each.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a program said; both streams.
#[track_caller]
fn said(command: &mut Command, status: i32) -> String {
    let ran = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    assert_eq!(ran.status.code(), Some(status), "{command:?}: {said}");
    said
}

fn package(binary: &Path, out: &Path) -> Command {
    let mut command = Command::new(root().join("dist/package"));
    command.args(["--binary".as_ref(), binary.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    command
}

/// The packages of the program that is tested, made once.
fn packages() -> &'static Packages {
    static PACKAGES: OnceLock<Packages> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        // As in a release, whose profile says so: what debuggers read is most of the program.
        let binary = folder.join("guidemark");
        said(Command::new("strip").arg("-o").arg(&binary).arg(env!("CARGO_BIN_EXE_guidemark")), 0);
        let names = said(&mut package(&binary, &folder), 0).lines().map(str::to_owned).collect();
        Packages { folder, names }
    })
}

struct Packages {
    folder: PathBuf,
    /// What `dist/package` says that it wrote.
    names: Vec<String>,
}

impl Packages {
    /// The only file whose name begins and ends so.
    fn file(&self, begin: &str, end: &str) -> PathBuf {
        let names: Vec<_> =
            self.names.iter().filter(|name| name.starts_with(begin) && name.ends_with(end)).collect();
        assert_eq!(names.len(), 1, "`{begin}…{end}` in {:?}", self.names);
        self.folder.join(names[0])
    }

    fn archive(&self) -> PathBuf {
        self.file(&format!("guidemark-{VERSION}-"), ".tar.gz")
    }

    /// The target that was packed, from the archive's name.
    fn target(&self) -> String {
        let name = self.archive().file_name().unwrap().to_str().unwrap().to_owned();
        name.trim_start_matches(&format!("guidemark-{VERSION}-")).trim_end_matches(".tar.gz").to_owned()
    }
}

/// Makes a project with the installed program and builds it.
#[track_caller]
fn builds(program: &Path) {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str], status| {
        let mut command = Command::new(program);
        said(command.args(arguments).current_dir(folder.path()).env("XDG_CACHE_HOME", folder.path()), status)
    };
    assert_eq!(run(&["--version"], 0), format!("guidemark {VERSION}\n"));
    run(&["new", "."], 0);
    assert!(run(&["build"], 0).contains("built 1 guide"));
    let page = fs::read_to_string(folder.path().join("public/log-in/index.html")).unwrap();
    assert!(page.contains("<guidemark-player"));
    fs::write(
        folder.path().join("guides/log-in/index.md"),
        "---\ntitle: T\n---\n\n1. Do.\n\n   ![](none.png)\n",
    )
    .unwrap();
    run(&["build"], 1);
    run(&["build", "none.md"], 2);
}

#[test]
fn the_archive_runs_where_it_is_unpacked() {
    let packages = packages();
    let folder = TempDir::new().unwrap();
    said(Command::new("tar").arg("-xzf").arg(packages.archive()).current_dir(folder.path()), 0);
    let unpacked = folder.path().join(format!("guidemark-{VERSION}-{}", packages.target()));
    builds(&unpacked.join("guidemark"));
    let program = env!("CARGO_BIN_EXE_guidemark");
    for (file, arguments) in [
        ("man/guidemark.1", &["man"][..]),
        ("man/guidemark-build.1", &["man", "build"]),
        ("completions/_guidemark", &["completions", "zsh"]),
        ("completions/guidemark.fish", &["completions", "fish"]),
    ] {
        let packed = fs::read_to_string(unpacked.join(file)).unwrap();
        assert_eq!(packed, said(Command::new(program).args(arguments), 0), "{file}");
    }
    let commands = said(Command::new(program).arg("--help"), 0);
    let pages = fs::read_dir(unpacked.join("man")).unwrap().count();
    // Clap names `help` only where it is a command.
    let listed =
        commands.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    assert_eq!(pages, listed.count() + 1, "one page a command, and that of the program");
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert_eq!(fs::read_to_string(unpacked.join(licence)).unwrap(), read(licence));
    }
}

#[test]
fn the_checksums_are_those_of_all_that_was_packed() {
    let packages = packages();
    let sums = packages.file("guidemark-", ".sha256");
    let program = if cfg!(target_os = "macos") {
        ["shasum", "-a256", "-c"]
    } else {
        ["sha256sum", "--strict", "--check"]
    };
    let output =
        said(Command::new(program[0]).args(&program[1..]).arg(&sums).current_dir(&packages.folder), 0);
    let named: BTreeSet<_> = output.lines().map(|line| line.trim_end_matches(": OK").to_owned()).collect();
    let packed = packages.names.iter().filter(|name| !name.ends_with(".sha256")).cloned();
    assert_eq!(named, packed.collect());
    assert_eq!(packages.names.len(), 5, "{:?}", packages.names);
}

#[test]
fn cargo_binstall_finds_the_archive_and_the_program_in_it() {
    let packages = packages();
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let filled = |key: &str, end: &str| {
        let values = [
            ("repo", "REPO"),
            ("version", VERSION),
            ("target", &packages.target()),
            ("archive-suffix", end),
            ("bin", "guidemark"),
            ("binary-ext", ""),
        ];
        let text = binstall[key].as_str().unwrap().to_owned();
        let text =
            values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{ {name} }}"), value));
        assert!(!text.contains('{'), "{text}");
        text
    };
    // `tgz` stands for both ends, `zip` for itself.
    assert_eq!(binstall["pkg-fmt"].as_str(), Some("tgz"));
    let archive = packages.archive();
    let name = archive.file_name().unwrap().to_str().unwrap();
    assert_eq!(filled("pkg-url", ".tar.gz"), format!("REPO/releases/download/v{VERSION}/{name}"));
    let listed = said(Command::new("tar").arg("-tzf").arg(&archive), 0);
    let inside = filled("bin-dir", "");
    assert!(listed.lines().any(|file| file == inside), "{inside} in {listed}");
}

#[test]
fn the_npm_packages_install_together_and_pass_everything_on() {
    let packages = packages();
    let folder = TempDir::new().unwrap();
    let main = packages.file(&format!("guidemark-{VERSION}"), ".tgz");
    let platform =
        packages.names.iter().find(|name| name.ends_with(".tgz") && !main.ends_with(name)).unwrap();
    fs::write(folder.path().join("package.json"), r#"{ "private": true }"#).unwrap();
    let npm = |files: &[&Path]| {
        // No registry is asked: nothing is published, and whoever took the names there must not be run.
        let mut command = Command::new("npm");
        command.args(["install", "--offline", "--no-audit", "--no-fund"]).args(files);
        said(command.current_dir(folder.path()), 0)
    };
    npm(&[&main]);
    let installed = folder.path().join("node_modules/.bin/guidemark");
    let output = said(&mut Command::new(&installed), 2);
    assert!(
        output.starts_with("error: the package `@guidemark/") && output.contains("--omit=optional"),
        "{output}"
    );

    npm(&[&main, &packages.folder.join(platform)]);
    builds(&installed);
    ends_with_the_program(Command::new(&installed).args(["serve", "--port", "0"]).current_dir(folder.path()));
}

/// Interrupts `serve` once it serves: the launcher and the program end, as after Ctrl-C.
fn ends_with_the_program(command: &mut Command) {
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::CommandExt;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().unwrap();
    let said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let serving = said.filter_map(|line| line.strip_prefix("serving at http://").map(str::to_owned)).next();
    let kill = |signal: &str, whom: &str| Command::new("kill").args([signal, "--", whom]).output().unwrap();
    kill("-INT", &child.id().to_string());
    let ended = child.wait().unwrap().code();
    let address = serving.as_deref().and_then(|serving| serving.split('/').next()).unwrap_or_default();
    let goes_on = std::net::TcpStream::connect(address).is_ok();
    // Whatever happened, nothing is left behind.
    kill("-KILL", &format!("-{}", child.id()));
    assert_eq!((serving.is_some(), ended, goes_on), (true, Some(0), false), "served, status, left behind");
}

#[test]
fn the_wheel_installs_without_a_network() {
    let wheel = packages().file(&format!("guidemark-{VERSION}-py3-none-"), ".whl");
    let folder = TempDir::new().unwrap();
    said(Command::new("python3").args(["-m", "venv"]).arg(folder.path()), 0);
    let python = folder.path().join("bin/python");
    let pip = ["-m", "pip", "install", "--no-index", "--disable-pip-version-check"];
    said(Command::new(&python).args(pip).arg(&wheel), 0);
    builds(&folder.path().join("bin/guidemark"));
    let about = "from importlib.metadata import metadata as of; about = of('guidemark'); print(about['Version'], about['Summary'])";
    let output = said(Command::new(&python).args(["-c", about]), 0);
    assert_eq!(output, format!("{VERSION} {}\n", env!("CARGO_PKG_DESCRIPTION")));
}

/// A program that says its version and has no commands.
fn stand_in(folder: &Path, version: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("stand-in");
    fs::write(&program, format!("#!/bin/sh\necho guidemark {version}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[test]
fn every_target_is_packed_under_its_names_and_the_same_each_time() {
    let folder = TempDir::new().unwrap();
    let program = stand_in(folder.path(), VERSION);
    for (target, npm, wheel) in targets().iter().map(|[target, npm, wheel, _]| (target, npm, wheel)) {
        let packed = |out: &str| {
            let out = folder.path().join(out);
            said(package(&program, &out).args(["--target", target]), 0);
            fs::read_to_string(out.join(format!("guidemark-{VERSION}-{target}.sha256"))).unwrap()
        };
        let sums = packed("once");
        // One archive of each kind is enough.
        if target.starts_with("x86_64") && !target.contains("apple") {
            assert_eq!(sums, packed("twice"));
        }
        let names: Vec<&str> = sums.lines().filter_map(|line| line.split("  ").nth(1)).collect();
        let end = if target.contains("windows") { "zip" } else { "tar.gz" };
        let wheel = wheel.replace("manylinux_", "manylinux_2_17_");
        let expected = [
            format!("guidemark-{VERSION}-{target}.{end}"),
            format!("guidemark-{npm}-{VERSION}.tgz"),
            format!("guidemark-{VERSION}.tgz"),
            format!("guidemark-{VERSION}-py3-none-{wheel}.whl"),
        ];
        assert_eq!(names, expected);
    }
    // All that the first package names is there, in the same version.
    let main = folder.path().join(format!("once/guidemark-{VERSION}.tgz"));
    let package = said(Command::new("tar").args(["-xzOf"]).arg(main).arg("package/package.json"), 0);
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    assert_eq!(package["version"], VERSION);
    let named = package["optionalDependencies"].as_object().unwrap();
    let named: BTreeSet<_> =
        named.iter().map(|(name, version)| (name.clone(), version.as_str().unwrap().to_owned())).collect();
    let all =
        targets().iter().map(|[_, npm, ..]| (format!("@guidemark/{npm}"), VERSION.to_owned())).collect();
    assert_eq!(named, all);
}

#[test]
fn a_program_of_another_version_is_not_packed() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let output = said(&mut package(&stand_in(folder.path(), "0.0.1"), &out), 2);
    let expected =
        format!("error: the program is version 0.0.1, Cargo.toml says {VERSION}\nhelp: build it again\n");
    assert_eq!(output, expected);
    assert!(!out.exists());
    let output = said(package(&stand_in(folder.path(), VERSION), &out).args(["--target", "vax"]), 2);
    assert_eq!(output, "error: there are no packages for `vax`\nhelp: the targets are in dist/targets\n");
}

/// The lines of `dist/targets`: target, npm package, platform of the wheel, runner.
fn targets() -> Vec<[String; 4]> {
    let text = read("dist/targets");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

#[test]
fn the_release_workflow_builds_for_every_target() {
    let workflow = read(".github/workflows/release.yml");
    let built: Vec<(String, String)> = workflow
        .lines()
        .filter_map(|line| {
            line.trim().strip_prefix("- { target: ")?.strip_suffix(" }")?.split_once(", runner: ")
        })
        .map(|(target, runner)| (target.to_owned(), runner.to_owned()))
        .collect();
    let all: Vec<_> = targets().into_iter().map(|[target, _, _, runner]| (target, runner)).collect();
    assert_eq!(built, all);
    assert!(workflow.contains("run: dist/package --target"));
}

#[test]
fn the_version_stands_in_cargo_toml_alone() {
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("Dockerfile").contains(&format!("ARG RUST={rust}\n")));
    assert!(read(".github/workflows/release.yml").contains(&format!("rustup default {rust}\n")));
    let python: toml::Table = read("pyproject.toml").parse().unwrap();
    let dynamic = python["project"]["dynamic"].as_array().unwrap();
    assert!(dynamic.iter().any(|key| key.as_str() == Some("version")), "maturin takes it from Cargo.toml");
    assert_eq!(python["tool"]["maturin"]["bindings"].as_str(), Some("bin"));
    for file in [
        "Dockerfile",
        "dist/package",
        "dist/pack.py",
        "dist/npm/guidemark.js",
        "dist/targets",
        ".github/workflows/release.yml",
    ] {
        assert!(!read(file).contains(VERSION), "`{file}` names a version");
    }
}
