//! The library, from the disk: search, filters, keyboard, nothing found.

use crate::support::{Look, Open, Site};
use serde_json::Value;

const SHOWN: &str = "[...document.querySelectorAll('.cards li')].filter(each => each.checkVisibility())
    .map(each => each.querySelector('a').getAttribute('href').split('/')[0])";
const FIELD: &str = "input[type=search]";

fn library(look: Look, query: &str) -> Open {
    let mut open = look.blank();
    // The covers of its cards lie beside it.
    open.allow(&Site::own().url(""));
    open.go(&format!("{}{query}", Site::own().url("index.html")));
    open
}

fn shown(open: &mut Open) -> Vec<String> {
    let shown = open.evaluate(SHOWN).expect("asked");
    shown.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Clicks a filter by its words.
fn choose(open: &mut Open, words: &str) {
    let mark = format!(
        "(() => {{
            document.querySelectorAll('[data-chosen]').forEach(each => each.removeAttribute('data-chosen'));
            const found = [...document.querySelectorAll('.filters button')].find(each => each.textContent === '{words}');
            found?.setAttribute('data-chosen', '');
            return !!found;
        }})()"
    );
    open.wait_for(&mark).expect("there is such a filter");
    open.click("[data-chosen]").expect("clicked");
}

fn search(open: &mut Open, words: &str) -> Vec<String> {
    open.click(FIELD).expect("clicked");
    open.press("Control+a").expect("pressed");
    open.press("Backspace").expect("pressed");
    open.type_text(words).expect("typed");
    shown(open)
}

#[test]
fn every_guide_has_a_card_that_leads_to_it() {
    let mut open = library(Look::still(), "");
    let mut slugs = Site::own().slugs();
    let mut cards = shown(&mut open);
    slugs.sort();
    cards.sort();
    assert_eq!(cards, slugs);
    for slug in &slugs {
        open.evaluate(&format!("document.querySelector('a[href^=\"{slug}/\"]').scrollIntoView()"))
            .expect("scrolled");
        open.click(&format!("a[href^='{slug}/']")).expect("clicked");
        open.wait_for(&format!(
            "location.href.includes('/{slug}/index.html') && document.querySelector('h1')"
        ))
        .expect("it opens");
        open.go_back().expect("back");
        open.wait_for("document.readyState === 'complete' && document.body.classList.contains('library')")
            .expect("the library is back");
    }
}

#[test]
fn the_search_finds_titles_applications_tags_and_steps() {
    let mut open = library(Look::still(), "");
    let all = shown(&mut open).len();
    for (words, first) in [
        ("read-only token", "datasette-api-token"),
        ("datasette", "datasette-api-token"),
        ("permissions", "datasette-api-token"),
        ("view-instance", "datasette-api-token"),
        ("actual", "actual-transaction"),
        // Slips, accents, capitals, half a word.
        ("datesette", "datasette-api-token"),
        ("TRÁNSACT", "actual-transaction"),
    ] {
        let found = search(&mut open, words);
        assert_eq!(found.first().map(String::as_str), Some(first), "`{words}` finds {found:?}");
        assert!(found.len() < all, "`{words}` finds all");
    }
    assert_eq!(search(&mut open, "").len(), all);
}

#[test]
fn the_search_finds_short_words_of_chinese_and_japanese_and_letters_however_written() {
    let guide = |title: &str, step: &str| format!("# {title}\n\nOne.\n\n1. {step}\n");
    let guides = [
        ("japanese", guide("新しい設定を開く", "東京都を選ぶ。")),
        ("chinese", guide("如何创建访问令牌", "打开菜单。")),
        ("german", guide("Größe ändern", "Öffne das Menü.")),
        ("english", guide("How to abide", "Open the menu.")),
    ];
    let files: Vec<(String, &str)> =
        guides.iter().map(|(name, text)| (format!("guides/{name}.md"), text.as_str())).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let site = Site::with_files(&files);
    let mut open = Look::still().blank();
    open.allow(&site.url(""));
    open.go(&site.url("index.html"));
    let queries = [
        ("設定", "japanese"),
        ("東京", "japanese"),
        ("令牌", "chinese"),
        ("菜单", "chinese"),
        ("grosse", "german"),
        ("Größe", "german"),
        ("abide", "english"),
    ];
    for (query, found) in queries {
        assert_eq!(search(&mut open, query), [found], "{query}");
    }
}

#[test]
fn nothing_found_is_said_and_undone() {
    let mut open = library(Look::still(), "");
    let all = shown(&mut open).len();
    assert!(search(&mut open, "zzzz qqqq").is_empty());
    assert_eq!(open.text("String(document.querySelector('section.empty').checkVisibility())"), "true");
    assert_ne!(open.text("document.querySelector('[role=status]').textContent"), "");
    open.click("section.empty button").expect("clicked");
    assert_eq!(shown(&mut open).len(), all);
    assert_eq!(
        open.text(&format!("document.activeElement.matches('{FIELD}') + document.activeElement.value")),
        "true"
    );
}

#[test]
fn filters_narrow_and_are_kept_in_the_address() {
    let mut open = library(Look::still(), "");
    let all = shown(&mut open).len();
    choose(&mut open, "Datasette");
    assert_eq!(shown(&mut open), ["datasette-api-token"]);
    assert_eq!(open.text("document.querySelector('[data-chosen]').getAttribute('aria-pressed')"), "true");
    let query = open.text("location.search");
    assert_eq!(shown(&mut library(Look::still(), &query)), ["datasette-api-token"], "{query}");
    choose(&mut open, "Datasette");
    assert_eq!(shown(&mut open).len(), all);
}

#[test]
fn the_keyboard_is_enough() {
    let mut open = library(Look::still(), "");
    open.press("/").expect("pressed");
    open.type_text("token").expect("typed");
    assert_eq!(open.text(&format!("document.querySelector('{FIELD}').value")), "token");
    open.press("Escape").expect("pressed");
    assert_eq!(open.text(&format!("document.querySelector('{FIELD}').value")), "");
    open.press("ArrowDown").expect("pressed");
    assert_eq!(open.text("String(document.activeElement.matches('.cards a'))"), "true");
    open.press("ArrowUp").expect("pressed");
    assert_eq!(open.text(&format!("String(document.activeElement.matches('{FIELD}'))")), "true");
    open.type_text("read-only").expect("typed");
    open.press("Enter").expect("pressed");
    open.wait_for("location.href.includes('/datasette-api-token/index.html')").expect("the best opens");
}

#[test]
fn without_javascript_every_guide_is_a_link() {
    let mut open = Look::still().blank();
    open.disable_javascript().expect("set");
    open.allow(&Site::own().url(""));
    open.go(&Site::own().url("index.html"));
    assert_eq!(shown(&mut open).len(), Site::own().slugs().len());
}

#[test]
fn nothing_leads_sideways() {
    for look in Look::widths() {
        let mut open = library(look, "");
        assert_eq!(open.number("Math.max(0, document.documentElement.scrollWidth - innerWidth)"), 0.0);
    }
}
