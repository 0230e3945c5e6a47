//! A page needs nothing but itself.

use crate::support::{Look, Server, Site, Stage, site};

#[test]
fn a_guide_from_the_disk_asks_for_nothing() {
    for slug in Site::own().slugs() {
        let mut stage = Stage::own(&slug, Look::still());
        let total = stage.total();
        stage.evaluate("document.querySelector('guidemark-player').go(1)").expect("goes");
        for step in 1..=total {
            stage.expect("paused", step);
            stage.push("Next");
        }
        stage.expect("ended", total);
        // Dropping the page fails the test on a request, an error or a violation of its policy.
    }
}

#[test]
fn a_guide_works_from_any_path_of_a_host() {
    let server = Server::of_folder(Site::own().root().parent().expect("a parent"));
    let mut stage = Stage::at(&server.url("/site/datasette-api-token/"), Look::still()).ready("cover", 1);
    stage.push("Start");
    stage.expect("paused", 1);
}

#[test]
fn the_policy_allows_what_the_page_has_and_no_more() {
    for slug in Site::own().slugs() {
        let mut stage = Stage::own(&slug, Look::still());
        let policy = stage.text("document.querySelector('meta[http-equiv=Content-Security-Policy]').content");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let ran = stage.evaluate(
            "(() => {
                const script = document.createElement('script');
                script.textContent = 'globalThis.ran = true';
                document.body.append(script);
                const image = new Image();
                image.src = 'https://elsewhere.test/x.png';
                return globalThis.ran ?? false;
            })()",
        );
        assert_eq!(ran.expect("asked"), false);
        stage.wait_for("true").expect("a page");
        stage.expect_violations(2);
    }
}

#[test]
fn a_font_of_a_theme_is_used_without_a_request() {
    let font = std::fs::read(site::repository().join("src/card/fonts/InterDisplay-SemiBold.subset.otf"));
    let font = font.expect("the font");
    let sheet = "@font-face { font-family: Ours; src: url(../fonts/ours.otf) }";
    let site = Site::with_files(&[
        ("guidemark.toml", b"theme = \"mine\"\n".as_slice()),
        ("guides/tea.md", b"# Tea\n\nHot.\n\n1. Boil the water.\n"),
        ("themes/mine/theme.toml", b"[options]\nfont = \"Ours\"\n"),
        ("themes/mine/style/custom.css", sheet.as_bytes()),
        ("themes/mine/fonts/ours.otf", &font),
    ]);
    let loaded =
        "document.fonts.ready.then(fonts => [...fonts].map(face => `${face.family} ${face.status}`).join())";
    let mut stage = Stage::at(&site.guide_url("tea"), Look::still()).ready("cover", 1);
    stage.wait_for(&format!("{loaded}.then(fonts => fonts === 'Ours loaded')")).expect("the guide has it");
    let mut library = Look::still().blank();
    library.go(&site.url("index.html"));
    library
        .wait_for(&format!("{loaded}.then(fonts => fonts === 'Ours loaded')"))
        .expect("so has the library");
    // Dropping the pages fails the test on a request or a violation of their policy.
}
