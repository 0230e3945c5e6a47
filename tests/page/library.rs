//! The library, its data and its sitemap.

use crate::support::{Draft, datasette, path, scene, settings};
use guidemark::guide::{Date, Index};
use guidemark::page::{self, Cover, LibraryInput};
use guidemark::project::{App, Settings};
use guidemark::source::MemoryWorld;
use guidemark::theme::Theme;
use std::collections::BTreeMap;

fn library(drafts: &[Draft], settings: &Settings) -> String {
    let index = Index::new(drafts.iter().map(Draft::entry).collect());
    let covers = drafts
        .iter()
        .filter(|draft| !draft.resolved.shots.is_empty())
        .map(|draft| (draft.resolved.slug.clone(), Cover { width: 640, height: 400 }))
        .collect::<BTreeMap<_, _>>();
    let world = MemoryWorld::new();
    let theme = Theme::load(&world, "default").unwrap();
    page::library(&LibraryInput { index: &index, covers: &covers, theme: &theme, settings, world: &world })
        .unwrap()
}

fn some() -> Vec<Draft> {
    let mut drafts: Vec<Draft> = ["Zeta read-only", "Alpha", "Beta", "None"].map(Draft::new).into();
    drafts[0].resolved.app = Some(datasette());
    drafts[1].resolved.app = Some(App { name: "actual".to_owned(), ..App::default() });
    drafts[2].resolved.app = Some(datasette());
    drafts[0].resolved.tags = vec!["api".to_owned(), "\"><script>".to_owned()];
    drafts[2].resolved.tags = vec!["api".to_owned()];
    drafts[3].resolved.draft = true;
    let shot = drafts[0].shot(b"RIFFx", None, crate::support::rect(0.0, 0.0, 1280.0, 800.0));
    drafts[0].step("Open the </script> menu.", vec![scene(Some(shot))]);
    drafts
}

#[test]
fn guides_stand_under_their_applications_by_title() {
    let html = library(&some(), &settings());
    let order: Vec<usize> =
        [">actual</h2>", ">Alpha<", ">Datasette</h2>", ">Beta<", ">Zeta ", ">Other guides</h2>", ">None<"]
            .iter()
            .map(|text| html.find(text).unwrap_or_else(|| panic!("{text}")))
            .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(html.contains(
        "<a href=\"zeta-read-only/\"><img src=\"zeta-read-only/cover.webp\" loading=\"lazy\" alt=\"\">"
    ));
    assert!(html.contains("0 steps · 1 min · Draft"));
    assert!(
        html.contains("value=\"Datasette\">Datasette</button>")
            && html.contains("value=\"api\">api</button>")
    );
}

#[test]
fn a_guide_says_where_it_stands_in_the_library() {
    let mut drafts = some();
    drafts[0].resolved.order = Some(2);
    drafts[3].resolved.order = Some(7);
    let html = library(&drafts, &settings());
    // An application goes where the lowest number of its guides puts it, and keeps them together.
    let order: Vec<usize> =
        [">Datasette</h2>", ">Zeta ", ">Beta<", ">Other guides</h2>", ">None<", ">actual</h2>", ">Alpha<"]
            .iter()
            .map(|text| html.find(text).unwrap_or_else(|| panic!("{text}")))
            .collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn hostile_text_is_harmless_in_the_library() {
    let html = library(&some(), &settings());
    assert_eq!((html.matches("<script").count(), html.matches("</script").count()), (2, 2));
}

#[test]
fn the_library_says_where_its_pictures_are() {
    let html = library(&some(), &settings());
    assert!(html.contains("img-src data: &#39;self&#39; file:;"), "{}", &html[..900]);
}

#[test]
fn an_empty_library_says_so() {
    let html = library(&[], &settings());
    assert!(html.contains("There are no guides yet."));
    assert!(!html.contains("type=\"search\""));
}

/// Guides as people write them: twelve steps of eight words.
fn many(count: usize) -> Vec<Draft> {
    let words = [
        "open", "settings", "choose", "account", "click", "save", "enter", "amount", "confirm", "menu",
        "right", "corner", "report", "export", "filter",
    ];
    (0..count)
        .map(|at| {
            let mut draft =
                Draft::new(&format!("How to {} the {} number {at}", words[at % 15], words[(at / 15) % 15]));
            draft.resolved.app = Some(App { name: format!("App {}", at % 20), ..App::default() });
            draft.resolved.tags = vec![words[at % 7].to_owned()];
            for step in 0..12 {
                let word = |n: usize| words[(at * 7 + step * 3 + n * 5) % 15];
                let text = format!(
                    "Then {} the {} {} of {} and {}word{}.",
                    word(0),
                    word(1),
                    word(2),
                    word(3),
                    word(4),
                    (at + step) % 900
                );
                draft.step(&text, vec![scene(None)]);
            }
            draft
        })
        .collect()
}

#[test]
fn the_library_stays_small() {
    let few = library(&many(10), &settings()).len();
    let lots = library(&many(510), &settings()).len();
    assert!(few < 40_000, "ten guides: {few} bytes");
    let each = (lots - few) / 500;
    assert!(each <= 400, "{each} bytes a guide");
}

#[test]
fn guides_json_has_what_tools_need() {
    let mut drafts = some();
    drafts[0].resolved.updated = Some(Date { year: 2026, month: 1, day: 2 });
    let index = Index::new(drafts.iter().map(Draft::entry).collect());
    let data: serde_json::Value = serde_json::from_str(&page::guides_json(&index, &settings())).unwrap();
    assert_eq!(data["title"], "Guides");
    assert_eq!(data["guides"].as_array().unwrap().len(), 4);
    let want = serde_json::json!({
        "title": "Zeta read-only", "description": "", "slug": "zeta-read-only", "path": "zeta-read-only/",
        "app": "Datasette", "tags": ["api", "\"><script>"], "updated": "2026-01-02", "language": "en",
        "minutes": 1, "width": 1280, "height": 800,
        "steps": [{ "number": 1, "id": "step-1", "title": "Open the </script> menu" }],
    });
    assert_eq!(data["guides"][2], want);
}

#[test]
fn the_sitemap_lists_what_is_published() {
    let mut settings = settings();
    let mut drafts = some();
    drafts[1].resolved.updated = Some(Date { year: 2026, month: 1, day: 2 });
    let index = Index::new(drafts.iter().map(Draft::entry).collect());
    assert_eq!(page::sitemap(&index, &settings), None);
    settings.base_url = Some("https://example.com/a&b/".to_owned());
    let xml = page::sitemap(&index, &settings).unwrap();
    assert!(xml.contains("<url><loc>https://example.com/a&amp;b/</loc></url>"));
    assert!(xml.contains("<loc>https://example.com/a&amp;b/alpha/</loc><lastmod>2026-01-02</lastmod>"));
    assert!(!xml.contains("/none/"));
}

#[test]
fn the_embed_code_frames_the_walkthrough() {
    let mut settings = settings();
    settings.base_url = Some("https://example.com/".to_owned());
    let mut draft = Draft::new("A \"good\" guide");
    draft.resolved.slug = "good".to_owned();
    draft.resolved.path = path("good.md");
    let code = page::embed_code(&draft.entry(), &settings);
    assert!(code.starts_with(
        "<iframe src=\"https://example.com/good/?view=player\" title=\"A &quot;good&quot; guide\""
    ));
    assert!(code.ends_with("></iframe>"));
}
