//! A second build makes only what has changed, and what it makes is what a first build would have made.

use super::{GUIDE, Sandbox, expect};
use std::fs;

/// Three guides, two of them about one application, one with a screenshot.
fn project() -> Sandbox {
    let sandbox = Sandbox::starter();
    sandbox.write("guides/one.md", GUIDE.replace("---\n\n", "app: datasette\n---\n\n"));
    sandbox.write("guides/two.md", GUIDE.replace("One thing", "Another thing"));
    sandbox.write("themes/ours/theme.toml", "extends = \"default\"\n");
    sandbox
}

/// Builds, and holds that a first build would have given the same.
#[track_caller]
fn built(sandbox: &Sandbox, said: &str) {
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let first = ran.stderr.lines().next().unwrap_or_default();
    assert_eq!(first.split(':').next(), Some(said));
    let _ = fs::remove_dir_all(sandbox.path("fresh"));
    assert_eq!(sandbox.run(&["build", "--out", "fresh", "--quiet"]).status, Some(0));
    for ((name, bytes), (fresh, whole)) in sandbox.files("public").iter().zip(sandbox.files("fresh")) {
        assert_eq!(name, &fresh);
        assert!(*bytes == whole, "`{name}` is not what a first build makes");
    }
}

const ALL: &str = "built 3 guides into `public`";

#[test]
fn nothing_is_made_again_without_a_change() {
    let sandbox = project();
    built(&sandbox, ALL);
    let said = "`public` stands as it was: 3 guides\nopen `public/index.html`\n";
    expect(sandbox.run(&["build"]), 0, "", said);
    let ran = sandbox.run(&["build", "--no-cache"]);
    assert!(ran.stderr.starts_with(ALL), "{}", ran.stderr);
}

#[test]
fn a_changed_text_makes_one_page_again() {
    let sandbox = project();
    built(&sandbox, ALL);
    sandbox.write("guides/two.md", sandbox.read("guides/two.md").replace("Do it", "Do it well"));
    built(&sandbox, "built 1 of 3 guides into `public`");
}

#[test]
fn a_changed_title_makes_the_pages_again_that_name_it() {
    let sandbox = project();
    built(&sandbox, ALL);
    sandbox.write("guides/one.md", sandbox.read("guides/one.md").replace("One thing", "Zigzag"));
    built(&sandbox, ALL);
}

#[test]
fn a_changed_picture_makes_its_page_again() {
    let sandbox = project();
    built(&sandbox, ALL);
    fs::copy(sandbox.path("guides/log-in/button.png"), sandbox.path("guides/log-in/password.png")).unwrap();
    built(&sandbox, "built 1 of 3 guides into `public`");
}

#[test]
fn changed_settings_and_themes_make_everything_again() {
    let sandbox = project();
    built(&sandbox, ALL);
    sandbox.write("guidemark.toml", sandbox.read("guidemark.toml").replace("#5645e6", "#0a7a5c"));
    built(&sandbox, ALL);
    sandbox.write("guidemark.toml", format!("theme = \"ours\"\n{}", sandbox.read("guidemark.toml")));
    built(&sandbox, ALL);
    sandbox.write("themes/ours/style/custom.css", ":root { --ink: #123456; }\n");
    built(&sandbox, ALL);
    assert!(sandbox.read("public/one/index.html").contains("#123456"));
}

#[test]
fn guides_come_and_go() {
    let sandbox = project();
    built(&sandbox, ALL);
    sandbox.write("guides/three.md", GUIDE.replace("One thing", "A third thing"));
    built(&sandbox, "built 3 of 4 guides into `public`");
    fs::remove_file(sandbox.path("guides/two.md")).unwrap();
    fs::rename(sandbox.path("guides/three.md"), sandbox.path("guides/four.md")).unwrap();
    built(&sandbox, "built 2 of 3 guides into `public`");
}

#[test]
fn a_warning_is_told_every_time() {
    let sandbox = project();
    let picture = image::RgbaImage::from_fn(1280, 800, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)).wrapping_mul(x ^ y);
        image::Rgba([(noise >> 8) as u8, (noise >> 16) as u8, (noise >> 24) as u8, 255])
    });
    picture.save(sandbox.path("guides/noise.png")).unwrap();
    sandbox.write("guides/two.md", GUIDE.replace("Do it.\n", "Do it.\n\n   ![Much noise](noise.png)\n"));
    sandbox.write("guidemark.toml", format!("quality = \"lossless\"\n{}", sandbox.read("guidemark.toml")));
    let is_reported = || sandbox.run(&["build"]).stderr.contains("warning[heavy-page]");
    assert!(is_reported(), "the first time");
    assert!(is_reported(), "the second time");
}
