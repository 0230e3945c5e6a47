//! The project's own guides, built once for all tests; and projects made for one test.

use super::file_url;
use guidemark::guide::{self, Resolved};
use guidemark::project;
use guidemark::source::DiskWorld;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Guides on real screenshots.
pub const REAL: [&str; 2] = ["datasette-api-token", "actual-transaction"];

/// A built site.
pub struct Site {
    root: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl Site {
    /// The site of this repository.
    pub fn own() -> &'static Site {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| {
            let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
            build(repository(), &root);
            Site { root, _folder: None }
        })
    }

    /// The site of this repository with every pixel kept.
    pub fn lossless() -> &'static Site {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| {
            let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let (project, root) = (base.join("lossless"), base.join("lossless-site"));
            copy(&repository().join("guides"), &project.join("guides"));
            let settings = std::fs::read_to_string(repository().join("guidemark.toml")).expect("settings");
            let settings = format!("quality = \"lossless\"\n{settings}");
            std::fs::write(project.join("guidemark.toml"), settings).expect("written");
            build(&project, &root);
            Site { root, _folder: None }
        })
    }

    /// The site of a project with these files.
    pub fn with_files(files: &[(&str, &[u8])]) -> Site {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("project");
        for (path, bytes) in files {
            let path = project.join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
        let root = folder.path().join("public");
        build(&project, &root);
        Site { root, _folder: Some(folder) }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `file:` address of one of its files.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", file_url(&self.root))
    }

    /// `file:` address of a guide's page.
    pub fn guide_url(&self, slug: &str) -> String {
        self.url(&format!("{slug}/index.html"))
    }

    /// The bytes of a guide's page.
    pub fn guide_html(&self, slug: &str) -> String {
        std::fs::read_to_string(self.root.join(slug).join("index.html")).expect("the page is built")
    }

    /// `guides.json`.
    pub fn guides(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.root.join("guides.json")).expect("guides.json is built");
        let json: Value = serde_json::from_str(&text).expect("it is JSON");
        json["guides"].as_array().expect("it lists guides").clone()
    }

    /// Slugs of all guides.
    pub fn slugs(&self) -> Vec<String> {
        self.guides().iter().map(|guide| guide["slug"].as_str().expect("a slug").to_owned()).collect()
    }

    /// The walkthrough's data in a guide's page.
    pub fn stage(&self, slug: &str) -> Value {
        let html = self.guide_html(slug);
        let start =
            html.find("class=\"stage-data\"").or_else(|| html.find("class=stage-data")).expect("stage data");
        let json =
            html[start..].split_once('>').expect("a tag").1.split("</script>").next().expect("its end");
        serde_json::from_str(json).expect("the stage data is JSON")
    }
}

/// This repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A screenshot of 1280 × 800 of a guide of this repository, by its number from 1 to 9.
pub fn screenshot(number: u8) -> Vec<u8> {
    let path = repository().join(format!("guides/datasette-api-token/shots/0{number}.png"));
    std::fs::read(path).expect("a screenshot")
}

/// A guide of this repository, as meant.
pub fn resolved(slug: &str) -> Resolved {
    let world = DiskWorld::new(repository()).expect("the repository");
    let project = project::load(&world, None).project;
    let resolve = |path| {
        let source = guide::read(&world, path).ok()?;
        let parsed = guide::parse(&source);
        guide::resolve(&parsed.guide, &source, &project.settings, &world).resolved
    };
    project.guides.iter().filter_map(resolve).find(|found| found.slug == slug).expect("the guide exists")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn build(project: &Path, out: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_guidemark"))
        .arg("build")
        .arg(project)
        .arg("--out")
        .arg(out)
        .output()
        .expect("guidemark starts");
    assert!(done.status.success(), "guidemark build failed:\n{}", String::from_utf8_lossy(&done.stderr));
}
