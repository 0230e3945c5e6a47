//! How much script and style a page brings.

use crate::support::Site;
use std::io::Write;

/// Bytes that script and style of a guide's page may have, compressed.
const PAGE: usize = 18_000;
/// The same of the walkthrough alone.
const PLAYER: usize = 15_150;

#[test]
fn script_and_style_of_a_page_are_small() {
    let site = Site::own();
    for slug in site.slugs() {
        weigh(&slug, &site.guide_html(&slug), PAGE);
    }
}

#[test]
fn script_and_style_of_a_walkthrough_are_small() {
    let theme = "[guide]\nstyle = [\"tokens\", \"controls\", \"stage*\"]\nscript = [\"player/main.js\"]\n";
    let site = Site::with_files(&[
        ("guides/tea.md", b"# Tea\n\nHot.\n\n1. Boil the water.\n".as_slice()),
        ("guidemark.toml", b"theme = \"bare\"\n"),
        ("themes/bare/theme.toml", theme.as_bytes()),
    ]);
    weigh("the walkthrough alone", &site.guide_html("tea"), PLAYER);
}

fn weigh(what: &str, html: &str, allowed: usize) {
    let (script, style) = (inside(html, "script"), inside(html, "style"));
    let all = packed(&format!("{style}{script}"));
    println!(
        "{what}: script {} B ({} B compressed), style {} B ({} B), together {all} B compressed",
        script.len(),
        packed(&script),
        style.len(),
        packed(&style)
    );
    assert!(all <= allowed, "{what}: {all} bytes of script and style, {allowed} allowed");
}

#[test]
fn the_library_is_small() {
    let site = Site::own();
    let html = std::fs::read_to_string(site.root().join("index.html")).expect("built");
    let allowed = 40_000 + 400 * site.slugs().len();
    println!("library: {} B, {} B compressed", html.len(), packed(&html));
    assert!(html.len() <= allowed, "{} bytes, {allowed} allowed", html.len());
}

/// What stands in the page's elements of a name, data left out.
fn inside(html: &str, name: &str) -> String {
    let mut found = String::new();
    for part in html.split(&format!("<{name}")).skip(1) {
        let (attributes, content) = part.split_once('>').expect("a tag");
        if !attributes.contains("json") {
            found.push_str(content.split(&format!("</{name}>")).next().expect("its end"));
        }
    }
    found
}

/// Size after gzip.
pub fn packed(text: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).expect("compressed");
    encoder.finish().expect("compressed").len()
}
