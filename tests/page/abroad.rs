//! What a site gives to feed readers, to wikis that unfold addresses, and to those who count.

use crate::support::*;
use guidemark::guide::*;
use guidemark::page::{self, GuideInput, Scope};
use guidemark::project::Settings;
use guidemark::source::MemoryWorld;
use guidemark::theme::Theme;

fn dated(title: &str, created: Option<u8>, updated: Option<u8>) -> Entry {
    let mut draft = Draft::new(title);
    let day = |day| Date { year: 2026, month: 11, day };
    draft.resolved.created = created.map(day);
    draft.resolved.updated = updated.map(day);
    draft.step("Click **Add**.", vec![scene(None)]);
    draft.entry()
}

fn public() -> Settings {
    Settings { base_url: Some("https://docs.example.com/guides/".to_owned()), ..settings() }
}

fn html(draft: &Draft, settings: &Settings, scope: Scope) -> String {
    let world = MemoryWorld::default();
    let theme = Theme::load(&world, "default").unwrap();
    let index = Index::new(vec![draft.entry()]);
    let Draft { resolved, sheet } = draft;
    page::guide(&GuideInput {
        resolved,
        sheet,
        theme: &theme,
        settings,
        index: &index,
        world: &world,
        scope,
        downloads: &[],
    })
    .unwrap()
}

fn policy(html: &str) -> &str {
    html.split("Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn the_feed_has_the_newest_first() {
    let mut hidden = dated("Hidden", None, Some(20));
    hidden.draft = true;
    let entries = vec![
        dated("Old", Some(1), None),
        dated("Timeless", None, None),
        dated("New", Some(2), Some(9)),
        hidden,
    ];
    let feed = page::feed(&Index::new(entries), &public()).unwrap();
    let ids: Vec<&str> = feed.split("<id>").skip(1).map(|rest| rest.split("</id>").next().unwrap()).collect();
    let base = "https://docs.example.com/guides/";
    assert_eq!(ids, [base.to_owned(), format!("{base}new/"), format!("{base}old/")]);
    assert!(feed.contains("<updated>2026-11-09T00:00:00Z</updated>\n<author>"), "{feed}");
    assert!(feed.contains("<published>2026-11-02T00:00:00Z</published>"), "{feed}");
}

#[test]
fn the_feed_stays_xml_whatever_a_title_holds() {
    let entries = vec![dated("A & B < \u{1}\"C\" ]]>", None, Some(1))];
    let feed = page::feed(&Index::new(entries), &public()).unwrap();
    assert!(feed.contains("<title>A &amp; B &lt; &quot;C&quot; ]]&gt;</title>"), "{feed}");
}

#[test]
fn a_feed_of_undated_guides_is_whole() {
    let feed = page::feed(&Index::default(), &public()).unwrap();
    assert!(
        feed.contains("<updated>1970-01-01T00:00:00Z</updated>") && feed.ends_with("</feed>\n"),
        "{feed}"
    );
}

#[test]
fn oembed_gives_the_frame_and_the_card() {
    let entry = dated("Add a <row>", None, None);
    let answer: serde_json::Value =
        serde_json::from_str(&page::oembed(&entry, &public(), true).unwrap()).unwrap();
    assert_eq!((&answer["version"], &answer["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!(answer["title"], "Add a <row>");
    assert_eq!(answer["html"], page::embed_code(&entry, &public()));
    assert_eq!((&answer["width"], &answer["height"]), (&1280.into(), &930.into()));
    assert_eq!(answer["thumbnail_url"], "https://docs.example.com/guides/add-a-<row>/card.png");
    let bare: serde_json::Value =
        serde_json::from_str(&page::oembed(&entry, &public(), false).unwrap()).unwrap();
    assert!(bare.get("thumbnail_url").is_none());
}

#[test]
fn without_an_address_there_is_neither() {
    let entry = dated("Add a row", None, Some(1));
    assert_eq!(page::oembed(&entry, &settings(), true), None);
    assert_eq!(page::feed(&Index::new(vec![entry]), &settings()), None);
}

#[test]
fn a_page_names_its_oembed_and_its_feed() {
    let mut draft = Draft::new("Add a row");
    draft.step("Click **Add**.", vec![scene(None)]);
    let oembed = "application/json+oembed\" title=\"Add a row · Guides\" href=\"https://docs.example.com/guides/add-a-row/oembed.json\"";
    let feed = "application/atom+xml\" title=\"Guides\" href=\"https://docs.example.com/guides/feed.xml\"";
    let page = html(&draft, &public(), Scope::Site);
    assert!(page.contains(oembed) && page.contains(feed), "{page}");
    for page in [html(&draft, &settings(), Scope::Site), html(&draft, &public(), Scope::Alone)] {
        assert!(!page.contains("json+oembed") && !page.contains("atom+xml"), "{page}");
    }
}

#[test]
fn the_policy_allows_the_beacon_and_no_other_address() {
    let mut draft = Draft::new("Add a row");
    draft.step("Click **Add**.", vec![scene(None)]);
    let page = html(&draft, &public(), Scope::Site);
    assert!(!policy(&page).contains("connect-src") && !page.contains("data-beacon"), "{}", policy(&page));
    let beacon = Some("https://stats.example.com/guides?site=docs".to_owned());
    let page = html(&draft, &Settings { beacon, ..settings() }, Scope::Site);
    let connect: Vec<&str> =
        policy(&page).split("; ").filter(|part| part.starts_with("connect-src")).collect();
    assert_eq!(connect, ["connect-src https://stats.example.com/guides"]);
    assert!(page.contains("data-beacon=\"https://stats.example.com/guides?site=docs\""), "{page}");
}

#[test]
fn embed_js_is_in_every_theme() {
    let theme = Theme::load(&MemoryWorld::default(), "default").unwrap();
    assert!(
        theme.embed().contains("customElements.define(`guidemark-embed`") && !theme.embed().contains("/**")
    );
}
