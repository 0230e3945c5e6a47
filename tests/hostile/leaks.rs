//! What is redacted is nowhere in what is published.

use super::{Sandbox, project};
use guidemark::cache::Cache;
use guidemark::diagnostic::Diagnostic;
use guidemark::site::{BuildOptions, MemorySink, Silent, build};
use guidemark::source::{MemoryWorld, ProjectPath, ReadError, World};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Letters of a kind in a picture, at 40, 40.
fn picture(secret: u32) -> image::RgbaImage {
    image::RgbaImage::from_fn(320, 200, |x, y| {
        let within = (40..140).contains(&x) && (40..56).contains(&y);
        let mut noise =
            x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b) ^ secret.wrapping_mul(0xc2b2_ae35);
        noise = (noise ^ (noise >> 15)).wrapping_mul(0x2c1b_3c6d);
        let tone = if within && noise >> 13 & 1 == 0 { 20 } else { 245 };
        image::Rgba([tone, tone, tone, 255])
    })
}

fn guide(title: &str, shot: &str, redact: bool) -> String {
    let redact = if redact { "   <!-- @redact 36,36 110x24 -->\n" } else { "" };
    format!(
        "---\ntitle: {title}\ndescription: One of several.\n---\n\n1. Look.\n\n   ![A window]({shot})\n{redact}"
    )
}

fn with(secret: u32) -> Sandbox {
    let sandbox = project();
    sandbox.write("guides/token.md", guide("Token", "token.png", true));
    picture(secret).save(sandbox.path("guides/token.png")).unwrap();
    sandbox
}

#[test]
fn a_site_is_the_same_whatever_was_covered() {
    let sites = [with(1), with(2)].map(|sandbox| {
        let ran = sandbox.run(&["build"]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        sandbox.files("public")
    });
    assert!(sites[0] == sites[1], "a file of the site tells of what was covered");
}

#[test]
fn a_second_build_makes_nothing_new_and_one_into_a_strange_site_does() {
    let sandbox = with(1);
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert!(sandbox.run(&["build"]).stderr.contains("stands as it was"));
    // Somebody else, with another cache, has built another state meanwhile.
    let (old, text) = (sandbox.read("public/token/index.html"), sandbox.read("guides/token.md"));
    sandbox.write("guides/token.md", text.replace("Look.", "Look closely."));
    assert_eq!(sandbox.run(&["build", "--cache", "other"]).status, Some(0));
    sandbox.write("guides/token.md", &text);
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert_eq!(sandbox.read("public/token/index.html"), old);
}

#[test]
fn a_picture_that_one_guide_redacts_leaves_no_other_guide() {
    let sandbox = with(1);
    sandbox.write("guides/open.md", guide("Open", "copy.png", false));
    fs::copy(sandbox.path("guides/token.png"), sandbox.path("guides/copy.png")).unwrap();
    let said = "error[redacted-elsewhere]: `guides/copy.png` shows at `36,36 110x24` what `guides/token.md` redacts in it";
    let ran = sandbox.run(&["build"]);
    assert!(ran.status == Some(1) && ran.stderr.contains(said), "{}", ran.stderr);
    assert!(!sandbox.has("public/open") && sandbox.has("public/token/index.html"));
    let ran = sandbox.run(&["build", "guides/open.md", "-o", "open.html"]);
    assert!(
        ran.status == Some(1) && ran.stderr.contains(said),
        "the others count when one is built: {}",
        ran.stderr
    );
    assert!(!sandbox.has("open.html"));
    assert_eq!(sandbox.run(&["check"]).status, Some(1));
    sandbox.write("guides/open.md", guide("Open", "copy.png", true));
    assert_eq!(sandbox.run(&["build"]).status, Some(0));
    assert_eq!(sandbox.run(&["build", "guides/open.md", "-o", "open.html"]).status, Some(0));
}

#[test]
fn originals_in_a_folder_that_a_docs_tool_publishes_are_an_error() {
    for (settings, text, folder) in [
        ("mkdocs.yml", "site_name: Docs\n", "docs"),
        ("mkdocs.yml", "site_name: Docs\ndocs_dir: 'pages'\n", "pages"),
        ("book.toml", "[book]\ntitle = \"Docs\"\n", "src"),
        ("docusaurus.config.js", "", "static"),
        ("hugo.toml", "", "content"),
        ("package.json", "{}", "public"),
    ] {
        let sandbox = Sandbox::new();
        // The settings lie above the project.
        sandbox.write(settings, text);
        let home = format!("{folder}/walkthroughs");
        sandbox.write(&format!("{home}/guidemark.toml"), "");
        sandbox.write(&format!("{home}/guides/token.md"), guide("Token", "token.png", true));
        picture(1).save(sandbox.path(&format!("{home}/guides/token.png"))).unwrap();
        let ran = sandbox.run(&["build", &home, "--out", "out"]);
        let said = format!("publishes all of `{folder}`, and with it `guides/token.png`, not redacted");
        assert!(ran.status == Some(1) && ran.stderr.contains(&said), "{settings}: {}", ran.stderr);
        assert!(!sandbox.has("out/token"), "{settings}");
        fs::rename(sandbox.path(&home), sandbox.path("walkthroughs")).unwrap();
        let ran = sandbox.run(&["build", "walkthroughs", "--out", &home]);
        assert_eq!(ran.status, Some(0), "{settings}: {}", ran.stderr);
    }
}

/// A world in which a file is away the one time it is asked for.
struct Flickering<'a> {
    world: &'a MemoryWorld,
    file: ProjectPath,
    away: usize,
    asked: AtomicUsize,
}

impl World for Flickering<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        if self.is_away(path) { Err(ReadError::Missing) } else { self.world.read(path, limit) }
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        if self.is_away(folder) { Err(ReadError::Missing) } else { self.world.list(folder) }
    }
}

impl Flickering<'_> {
    fn is_away(&self, path: &ProjectPath) -> bool {
        *path == self.file && self.asked.fetch_add(1, Ordering::Relaxed) == self.away
    }
}

#[test]
fn what_is_away_for_a_moment_is_made_up_for_by_the_next_build() {
    let path = |path: &str| ProjectPath::new(path).unwrap();
    let png = |secret| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture(secret).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let toml =
        "theme = \"ours\"\n[brand]\nlogo = \"logo.png\"\n[apps.shop]\nname = \"Shop\"\nlogo = \"logo.png\"\n";
    let text = guide("Token", "token.png", true)
        .replace("---\n\n1.", "app: shop\n---\n\n[Prices](prices.csv)\n\n1.");
    let world = MemoryWorld::new()
        .with(path("guidemark.toml"), toml)
        .with(path("guides/token.md"), text)
        .with(path("guides/token.png"), png(1))
        .with(path("guides/prices.csv"), "cup,3\n")
        .with(path("themes/ours/style/custom.css"), "h1 { color: red }\n")
        .with(path("logo.png"), png(2));
    let options = BuildOptions { jobs: 1, ..BuildOptions::default() };
    let whole = MemorySink::new();
    assert!(!build(&world, &options, &whole, &Silent).has_errors());
    let files = [
        "guides/token.png",
        "logo.png",
        "guides/prices.csv",
        "guides/token.md",
        "themes/ours/style/custom.css",
    ];
    for file in files.into_iter().chain(["", "guides", "themes/ours"]) {
        for away in 0..12 {
            let sink = MemorySink::new();
            let flickering = Flickering { world: &world, file: path(file), away, asked: 0.into() };
            let first = build(&flickering, &options, &sink, &Silent);
            let reached = flickering.asked.load(Ordering::Relaxed) > away;
            let complete = sink.files() == whole.files();
            assert!(
                !reached || complete || first.has_errors(),
                "{file}, {away}: it was away and nobody said so"
            );
            build(&world, &options, &sink, &Silent);
            assert!(sink.files() == whole.files(), "{file}, {away}: the next build puts it right");
        }
    }
}

#[test]
fn a_picture_that_is_redacted_is_no_logo() {
    for settings in [
        "[brand]\nlogo = \"guides/logo.png\"\n",
        "[apps.shop]\nname = \"Shop\"\nlogo = \"guides/logo.png\"\n",
    ] {
        let sandbox = with(1);
        fs::copy(sandbox.path("guides/token.png"), sandbox.path("guides/logo.png")).unwrap();
        sandbox.write("guidemark.toml", settings);
        if settings.contains("apps") {
            let text = sandbox.read("guides/good.md").replacen("---\n", "---\napp: shop\n", 1);
            sandbox.write("guides/good.md", text);
        }
        let said = "error[redacted-elsewhere]: the logo `guides/logo.png` is a picture that `guides/token.md` redacts";
        let ran = sandbox.run(&["build"]);
        assert!(ran.status == Some(1) && ran.stderr.contains(said), "{settings}: {}", ran.stderr);
        assert!(!sandbox.has("public/good"), "{settings}");
        picture(2).save(sandbox.path("guides/logo.png")).unwrap();
        let ran = sandbox.run(&["build"]);
        assert!(!ran.stderr.contains(said), "{settings}: {}", ran.stderr);
    }
}

#[test]
fn a_copy_leaves_no_guide_because_a_picture_was_away_for_a_moment() {
    let path = |path: &str| ProjectPath::new(path).unwrap();
    let encoded = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::from(picture(1)).to_rgb8().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let world = MemoryWorld::new()
        .with(path("guides/token.md"), guide("Token", "token.png", true))
        .with(path("guides/token.png"), encoded(image::ImageFormat::Png))
        .with(path("guides/open.md"), guide("Open", "copy.jpg", false))
        .with(path("guides/copy.jpg"), encoded(image::ImageFormat::Jpeg));
    for file in ["guides/token.png", "guides/copy.jpg"] {
        let mut away = 0;
        loop {
            let folder = tempfile::tempdir().unwrap();
            let cache = Some(Cache::new(folder.path().to_owned(), u64::MAX));
            let options = BuildOptions { jobs: 1, cache, ..BuildOptions::default() };
            let sink = MemorySink::new();
            let flickering = Flickering { world: &world, file: path(file), away, asked: 0.into() };
            assert!(build(&flickering, &options, &sink, &Silent).has_errors(), "{file}, {away}");
            let published = sink.files().keys().any(|file| file.starts_with("open/"));
            // A guide whose picture is not found at all is an error itself, and redacts nothing that could be looked for.
            assert!(away == 0 || !published, "{file}, {away}: what was not compared is published");
            let next = build(&world, &options, &sink, &Silent);
            let found = |found: &Diagnostic| {
                found.code == "redacted-elsewhere" && found.path == path("guides/open.md")
            };
            assert!(next.diagnostics.iter().any(found), "{file}, {away}: the next build knows nothing of it");
            if flickering.asked.load(Ordering::Relaxed) <= away {
                break;
            }
            away += 1;
        }
        assert!(away > 1, "{file} is read when it is found and when it is compared");
    }
}

#[test]
fn a_copy_of_a_redacted_picture_in_another_file_leaves_no_other_guide() {
    let shown = picture(1);
    let dense = image::imageops::resize(&shown, 640, 400, image::imageops::FilterType::Nearest);
    let copies = [
        ("copy.jpg", image::DynamicImage::from(shown.clone()).to_rgb8().into(), "36,36 110x24"),
        ("copy@2x.png", image::DynamicImage::from(dense.clone()), "36,36 110x24"),
        // Nothing says that it is of a dense screen.
        ("large.png", dense.into(), "72,72 220x48"),
    ];
    for (name, copy, place) in copies {
        let sandbox = with(1);
        copy.save(sandbox.path(&format!("guides/{name}"))).unwrap();
        sandbox.write("guides/open.md", guide("Open", name, false));
        let said = format!(
            "error[redacted-elsewhere]: `guides/{name}` shows at `{place}` what `guides/token.md` redacts in `guides/token.png`"
        );
        // Of the second, only what was seen before is known.
        for args in [&["build"][..], &["build"], &["check"], &["build", "guides/open.md", "-o", "open.html"]]
        {
            let ran = sandbox.run(args);
            let output = ran.stdout + &ran.stderr;
            assert!(ran.status == Some(1) && output.contains(&said), "{args:?}: {output}");
            assert!(output.contains(&format!("add `@redact {place}` below")), "{output}");
        }
        assert!(!sandbox.has("public/open") && !sandbox.has("open.html"));
        assert!(sandbox.has("public/token/index.html"));
        let fixed = guide("Open", name, false) + &format!("   <!-- @redact {place} -->\n");
        sandbox.write("guides/open.md", fixed);
        let ran = sandbox.run(&["build"]);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.stderr);
        // The guide that redacted it no longer does: its own picture is wrong now.
        sandbox.write("guides/token.md", guide("Token", "token.png", false));
        assert_eq!(sandbox.run(&["build"]).status, Some(1), "{name}");
    }
}

#[test]
fn other_screens_and_plain_ground_are_no_copies_of_a_redacted_picture() {
    let sandbox = with(1);
    // The same page with another token, with none, and with the redaction on nothing at all.
    picture(2).save(sandbox.path("guides/other.png")).unwrap();
    image::DynamicImage::from(picture(3)).to_rgb8().save(sandbox.path("guides/third.jpg")).unwrap();
    image::RgbImage::from_pixel(320, 200, image::Rgb([245; 3]))
        .save(sandbox.path("guides/empty.png"))
        .unwrap();
    for (name, shot) in [("other", "other.png"), ("third", "third.jpg"), ("empty", "empty.png")] {
        sandbox.write(&format!("guides/{name}.md"), guide(name, shot, false));
    }
    let plain = guide("Plain", "empty.png", true);
    sandbox.write("guides/plain.md", plain.replace("36,36 110x24", "200,150 100x20"));
    let mut even = picture(4);
    even.put_pixel(0, 0, image::Rgba([0, 0, 0, 255]));
    even.save(sandbox.path("guides/even.png")).unwrap();
    sandbox.write("guides/even.md", guide("Even", "even.png", false));
    let ran = sandbox.run(&["build"]);
    assert!(!ran.stderr.contains("`guides/token.png`"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("even.png"), "{}", ran.stderr);
}
