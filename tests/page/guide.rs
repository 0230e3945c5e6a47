//! The page of a guide: what readers find in it, and what hostile text becomes.

use crate::support::{Draft, action, click, datasette, input, mark, path, prose, rect, scene, settings};
use guidemark::guide::{ActionKind, Date, Index, MarkKind, Scene, Section, Side, Zoom};
use guidemark::page::{self, GuideInput, Scope};
use guidemark::project::{App, Settings};
use guidemark::shot::{Field, Piece};
use guidemark::source::{MemoryWorld, World};
use guidemark::theme::Theme;

/// The page of a guide among others.
fn page_of(draft: &Draft, settings: &Settings, others: &[&Draft]) -> String {
    let world = MemoryWorld::new().with(path("logo.svg"), "<svg/>").with(path("logo.exe"), "MZ");
    let index = Index::new(others.iter().map(|draft| draft.entry()).chain([draft.entry()]).collect());
    render(draft, settings, &index, &world, Scope::Site)
}

fn render(draft: &Draft, settings: &Settings, index: &Index, world: &dyn World, scope: Scope) -> String {
    let theme = Theme::load(world, "default").unwrap();
    page::guide(&GuideInput { scope, ..input(draft, &theme, settings, index, world) }).unwrap()
}

fn prose_page(markdown: &str) -> String {
    let mut draft = Draft::new("A guide");
    draft.prose(markdown);
    page_of(&draft, &settings(), &[])
}

/// What stands between two texts.
fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let start = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}")) + start.len();
    html[start..].split(end).next().unwrap()
}

fn article(html: &str) -> &str {
    between(html, "<article id=\"gm-article\" class=\"column\">", "</article>")
}

#[test]
fn hostile_text_is_harmless_everywhere() {
    let bad = "</script><!-- <script>alert(1)</script> \"' onerror=alert(1) &lt; \u{2028}";
    let mut draft = Draft::new(bad);
    draft.resolved.slug = "bad".to_owned();
    draft.resolved.description = bad.to_owned();
    draft.resolved.tags = vec![bad.to_owned()];
    draft.resolved.authors = vec![bad.to_owned()];
    draft.resolved.cursor.name = Some(bad.to_owned());
    draft.resolved.app = Some(App {
        name: bad.to_owned(),
        description: Some(bad.to_owned()),
        website: Some("javascript:alert(1)".to_owned()),
        industry: Some(bad.to_owned()),
        ..App::default()
    });
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    draft.chapter("Chapter");
    draft.resolved.chapters[0].title = bad.to_owned();
    draft.step(
        "Text.",
        vec![Scene {
            alt: bad.to_owned(),
            url: Some(bad.to_owned()),
            actions: vec![action(ActionKind::Type { at: rect(1.0, 1.0, 9.0, 9.0), text: bad.to_owned() })],
            marks: vec![mark(
                MarkKind::Callout { text: bad.to_owned(), side: Side::Auto },
                rect(5.0, 5.0, 20.0, 20.0),
            )],
            ..scene(Some(shot))
        }],
    );
    draft.resolved.steps[0].title = bad.to_owned();
    draft.prose(&format!("A [link](javascript:alert(1)), `{bad}`\n\n<div onclick=\"alert(1)\">raw</div>"));
    let mut settings = settings();
    settings.title = bad.to_owned();
    settings.brand.name = Some(bad.to_owned());
    settings.brand.font = Some("x\"}</style><script>alert(1)".to_owned());
    let html = page_of(&draft, &settings, &[]);
    // Three scripts are ours: structured data, the walkthrough, the player.
    assert_eq!(html.matches("<script").count(), 4, "{html}");
    assert_eq!(html.matches("</script").count(), 4);
    assert_eq!((html.matches("<style").count(), html.matches("</style").count()), (1, 1));
    assert_eq!(html.matches("<!--").count(), 0);
    assert!(!html.contains("javascript:") && !html.contains("onclick"));
    for json in
        [between(&html, "ld+json\">", "</script>"), between(&html, "class=\"stage-data\">", "</script>")]
    {
        let _: serde_json::Value = serde_json::from_str(json).unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}']));
    }
}

#[test]
fn nothing_in_the_page_has_a_style_attribute_or_leads_out() {
    let mut draft = Draft::new("A guide");
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    draft.step("Click.", vec![Scene { actions: vec![click(rect(1.0, 1.0, 9.0, 9.0))], ..scene(Some(shot)) }]);
    draft.prose("| a |\n|:-:|\n| b |\n\n```rust\nfn main() {}\n```\n\n<p style=\"color:red\">raw <img src=\"https://x.example/y.png\" onerror=\"x\"></p>");
    let html = page_of(&draft, &settings(), &[]);
    let body = html.split("<body>").nth(1).unwrap();
    let script = between(body, "<script type=\"module\" async>", "</script>");
    let outside_of_text = body.replace(between(body, "<textarea", "</textarea>"), "").replace(script, "");
    assert!(!outside_of_text.contains(" style="), "{outside_of_text}");
    assert!(!outside_of_text.contains("src=\"http"), "{outside_of_text}");
    assert!(html.contains("content=\"default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"));
    assert!(html.contains("base-uri &#39;none&#39;; form-action &#39;none&#39;"));
}

#[test]
fn raw_html_keeps_what_is_safe() {
    let html = prose_page(
        "Press <kbd>Ctrl</kbd>.\n\n<details><summary>More</summary>\n\n```sh\nls\n```\n\n</details>\n\n<iframe src=\"x\"></iframe><form><input name=\"a\"></form>\n",
    );
    let article = article(&html);
    assert!(article.contains("<kbd>Ctrl</kbd>"));
    assert!(article.contains("<details><summary>More</summary>"));
    assert!(article.contains("<code class=\"language-sh\">"), "our own classes stay: {article}");
    assert!(!article.contains("<iframe") && !article.contains("<form"));
}

#[test]
fn comments_of_the_guide_are_not_in_the_page() {
    let html = prose_page("One <!-- a note to myself --> two.\n\n<!--\nanother\n-->\n\nThree.");
    assert!(article(&html).contains("<p>One  two.</p>"), "{}", article(&html));
    assert!(!html.contains("to myself") && !html.contains("another"));
}

#[test]
fn links_are_safe_and_lead_to_guides_by_their_address() {
    let mut other = Draft::new("Other");
    other.resolved.path = path("guides/deep/other.md");
    let mut draft = Draft::new("A guide");
    draft.prose(
        "[out](https://example.com/?a=1&b=2) [mail](mailto:a@b.c) [other](deep/other.md#one) [self](a-guide.md#two) \
         [anchor](#three) [bad](data:text/html,x) [file](files/data.csv) [odd](JaVaScRiPt:alert(1))",
    );
    let html = page_of(&draft, &settings(), &[&other]);
    let article = article(&html);
    assert!(
        article.contains("<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener\">out</a>"),
        "{article}"
    );
    assert!(article.contains("<a href=\"mailto:a@b.c\" rel=\"noopener\">mail</a>"));
    assert!(article.contains("<a href=\"../other/#one\">other</a>"));
    assert!(article.contains("<a href=\"#two\">self</a>"));
    assert!(article.contains("<a href=\"#three\">anchor</a>"));
    assert!(article.contains("<a href=\"files/data.csv\">file</a>"));
    assert!(article.contains(" bad ") && article.ends_with(" odd</p>\n</div>\n"), "{article}");
}

#[test]
fn the_page_has_one_first_heading() {
    let mut draft = Draft::new("A guide");
    draft.prose("# One\n\n## Two");
    draft.resolved.chapters.push(guidemark::guide::Chapter {
        title: "C".to_owned(),
        id: "c".to_owned(),
        steps: 0..0,
    });
    draft.resolved.sections.push(Section::Chapter { chapter: 0, level: 2, content: prose("C **bold**") });
    let html = page_of(&draft, &settings(), &[]);
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("<h2 id=\"heading-1\">One</h2>") && html.contains("<h3 id=\"heading-2\">Two</h3>"));
    assert!(html.contains("<h3 id=\"c\" class=\"chapter\">C <strong>bold</strong></h3>"));
    let html = prose_page("## Two\n\n### Three");
    assert!(
        html.contains("<h2 id=\"heading-1\">Two</h2>") && html.contains("<h3 id=\"heading-2\">Three</h3>")
    );
}

#[test]
fn notes_tables_tasks_and_code_are_dressed() {
    let html = prose_page(
        "> [!WARNING]\n> Careful.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n\n```rust\nlet a = \"b\"; // c\n```\n\n> quote",
    );
    let article = article(&html);
    assert!(
        article
            .contains("<div class=\"note note-warning\" role=\"note\"><p class=\"note-title\">Warning</p>")
    );
    assert!(article.contains("<td class=\"end\">2</td>"));
    assert!(article.contains("<input type=\"checkbox\" disabled checked aria-label=\"Done\">"));
    assert!(article.contains("<span class=\"h-s\">&quot;b&quot;</span>"), "{article}");
    assert!(article.contains("<span class=\"h-c\">// c\n</span>"), "{article}");
    assert!(article.contains("<blockquote>\n<p>quote</p>\n</blockquote>"));
}

#[test]
fn pictures_amid_text_are_inside_the_page() {
    let mut draft = Draft::new("A guide");
    draft.sheet.pieces.push(Piece { bytes: vec![1, 2, 3], mime: "image/webp", width: 40, height: 20 });
    draft.sheet.inline.push(0);
    let mut shot = crate::support::shot("guides/icon@2x.png");
    (shot.picture.width, shot.picture.height, shot.picture.density) = (40, 20, 2);
    draft.resolved.inline.push(shot);
    draft.prose("The ![menu \"icon\"](icon@2x.png) button, ![gone](gone.png).");
    let html = page_of(&draft, &settings(), &[]);
    let image =
        "<img src=\"data:image/webp;base64,AQID\" alt=\"menu &quot;icon&quot;\" width=\"20\" height=\"10\">";
    assert!(article(&html).contains(&format!("The {image} button, gone.")), "{}", article(&html));
}

#[test]
fn each_screenshot_is_in_the_page_once_and_before_it_is_used() {
    let mut draft = Draft::new("A guide");
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let first = draft.shot(b"RIFF-first", None, all);
    let second = draft.shot(b"RIFF-second", Some(first), rect(10.0, 20.0, 30.5, 40.0));
    let hidden = draft.shot(b"RIFF-hidden", Some(second), rect(10.0, 20.0, 30.0, 40.0));
    draft.step("One.", vec![scene(Some(first)), scene(Some(second))]);
    draft.step("Two.", vec![Scene { inherited: true, actions: vec![click(all)], ..scene(Some(second)) }]);
    draft.step("Three.", vec![Scene { inherited: true, ..scene(Some(hidden)) }]);
    let html = page_of(&draft, &settings(), &[]);
    for bytes in ["RIFF-first", "RIFF-second", "RIFF-hidden"] {
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
        assert_eq!(html.matches(&encoded).count(), 1, "{bytes}");
    }
    for id in ["gm-shot-1", "gm-shot-2", "gm-shot-3"] {
        let define = html.find(&format!("<g id=\"{id}\"")).unwrap();
        assert_eq!(html.matches(&format!("<g id=\"{id}\"")).count(), 1);
        let uses = html.find(&format!("<use href=\"#{id}\"")).unwrap_or(usize::MAX);
        assert!(define < uses, "{id} is used before it is there");
    }
    assert!(html.contains("x=\"10\" y=\"20\" width=\"30.5\" height=\"40\""));
    // Two figures of the first step, one of the second: it marks a place on an earlier screenshot.
    assert_eq!(article(&html).matches("<figure").count(), 3);
}

#[test]
fn a_picture_that_two_shots_draw_is_in_the_page_once() {
    let mut draft = Draft::new("A guide");
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let first = draft.shot(b"RIFF-ground", None, all);
    let menu = draft.shot(b"RIFF-menu", Some(first), rect(10.0, 20.0, 30.0, 40.0));
    let lower = draft.shot(b"RIFF-menu", Some(first), rect(10.0, 70.0, 30.0, 40.0));
    let larger = draft.shot(b"RIFF-menu", Some(first), rect(10.0, 20.0, 60.0, 80.0));
    draft.step("One.", [first, menu, lower].into_iter().map(|shot| scene(Some(shot))).collect());
    let html = page_of(&draft, &settings(), &[]);
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, "RIFF-menu");
    assert_eq!(html.matches(&encoded).count(), 1);
    assert!(html.contains("<use href=\"#gm-piece-2\" x=\"0\" y=\"50\"/>"), "{html}");
    // Drawn at another size it can't be the same element.
    draft.step("Two.", vec![scene(Some(larger))]);
    assert_eq!(page_of(&draft, &settings(), &[]).matches(&encoded).count(), 2);
}

#[test]
fn a_figure_draws_a_shot_and_all_below_it() {
    let mut draft = Draft::new("A guide");
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let first = draft.shot(b"RIFF-first", None, all);
    let second = draft.shot(b"RIFF-second", Some(first), rect(10.0, 20.0, 30.0, 40.0));
    let third = draft.shot(b"RIFF-third", Some(second), rect(10.0, 20.0, 30.0, 40.0));
    draft.step("One.", vec![scene(Some(third))]);
    let html = page_of(&draft, &settings(), &[]);
    let uses = "<use href=\"#gm-shot-1\"/><use href=\"#gm-shot-2\"/><use href=\"#gm-shot-3\"/>";
    assert!(article(&html).contains(uses), "{html}");
    // What lies below is named, not drawn again in each definition.
    assert!(html.contains("<g id=\"gm-shot-3\" data-base=\"gm-shot-2\"><image"), "{html}");
}

#[test]
fn a_shot_that_is_another_in_dark_is_drawn_in_both_schemes_from_one_group() {
    let mut draft = Draft::new("A guide");
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let patch = rect(10.0, 20.0, 30.0, 40.0);
    let first = draft.shot(b"RIFF-light", None, all);
    let second = draft.shot(b"RIFF-second", Some(first), patch);
    draft.step("One.", vec![scene(Some(first))]);
    draft.step("Two.", vec![scene(Some(second))]);
    let light = page_of(&draft, &settings(), &[]);
    assert!(!light.contains("gm-dark") && !light.contains("gm-light"), "{light}");

    let dark = draft.shot(b"RIFF-dark", None, all);
    draft.resolved.dark.insert(first, dark);
    // What is typed stands on the field's own colour.
    let typed = action(ActionKind::Type { at: patch, text: "Ada".to_owned() });
    draft.step("Three.", vec![Scene { inherited: true, actions: vec![typed], ..scene(Some(first)) }]);
    let field = |shot, shade| Field { shot, at: patch, ground: [shade; 3] };
    draft.sheet.fields = vec![field(first, 255), field(dark, 16)];
    let html = page_of(&draft, &settings(), &[]);
    let group = "<g id=\"gm-shot-1\"><g class=\"gm-light\"><use href=\"#gm-layers-1\"/></g><g class=\"gm-dark\"><use href=\"#gm-shot-3\"/></g></g>";
    assert_eq!(html.matches(group).count(), 1, "{html}");
    assert!(
        html.contains("@media screen and (prefers-color-scheme:dark){.gm-dark{display:inline}"),
        "{html}"
    );
    // One that has no other is drawn over the light one in dark, too.
    assert!(html.contains("<g id=\"gm-shot-2\" data-base=\"gm-layers-1\">"), "{html}");
    assert!(article(&html).contains("<use href=\"#gm-layers-1\"/><use href=\"#gm-shot-2\"/>"), "{html}");
    assert!(html.contains("\"shot\":\"gm-shot-1\"") && !html.contains("\"shot\":\"gm-shot-3\""), "{html}");
    assert!(html.contains("\"ground\":\"light-dark(#ffffff,#101010)\""), "{html}");
}

#[test]
fn the_article_tells_every_annotation() {
    let mut draft = Draft::new("A guide");
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    let at = rect(100.0, 100.0, 50.0, 20.0);
    draft.step(
        "All.",
        vec![Scene {
            alt: "A form".to_owned(),
            actions: vec![
                click(at),
                action(ActionKind::Type { at, text: "30".to_owned() }),
                action(ActionKind::Select { at, option: "Days".to_owned() }),
                action(ActionKind::Drag { from: at, to: rect(400.0, 400.0, 0.0, 0.0) }),
                action(ActionKind::Press { keys: "Ctrl+K".to_owned() }),
                action(ActionKind::Scroll { direction: guidemark::guide::Direction::Down }),
            ],
            marks: vec![
                mark(MarkKind::Highlight, at),
                mark(
                    MarkKind::Callout { text: "Look here".to_owned(), side: Side::Auto },
                    rect(600.0, 600.0, 50.0, 20.0),
                ),
            ],
            ..scene(Some(shot))
        }],
    );
    draft.step(
        "A card.",
        vec![Scene { actions: vec![action(ActionKind::Press { keys: "Enter".to_owned() })], ..scene(None) }],
    );
    let html = page_of(&draft, &settings(), &[]);
    let article = article(&html);
    assert!(article.contains("role=\"img\" aria-label=\"A form\""));
    assert_eq!(article.matches("class=\"ring\"").count(), 5);
    assert!(article.contains(">5</text>"), "rings are numbered");
    assert!(article.contains("class=\"dim\"") && article.contains("class=\"drag\""));
    assert!(article.contains("<p>Look here</p>") && article.contains("<b>A</b> Look here"));
    for note in ["(2) Type “30”", "(3) Choose “Days”", "Press Ctrl+K", "Scroll down", "Press Enter"] {
        assert!(article.contains(&format!("<li>{note}</li>")), "{note} in {article}");
    }
}

#[test]
fn a_figure_shows_the_surroundings_of_its_target_unless_the_author_wants_all() {
    for zoom in [Zoom::Auto, Zoom::None] {
        let mut draft = Draft::new("A guide");
        let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
        let actions = vec![click(rect(1100.0, 700.0, 80.0, 24.0))];
        draft.step("All.", vec![Scene { zoom, actions, ..scene(Some(shot)) }]);
        let html = page_of(&draft, &settings(), &[]);
        let article = article(&html);
        let frames: Vec<&str> = article.split("class=\"frame\"><svg ").skip(1).collect();
        assert_eq!(frames.len(), 1);
        let is_whole = frames[0].starts_with("viewBox=\"0 0 1280 800\"");
        assert_eq!(is_whole, zoom == Zoom::None, "{article}");
    }
}

#[test]
fn the_walkthrough_is_data() {
    let mut draft = Draft::new("A guide");
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    draft.resolved.cursor.name = Some("Maria".to_owned());
    draft.chapter("First");
    draft.step(
        "One.",
        vec![Scene {
            zoom: Zoom::Region(rect(0.0, 60.0, 640.0, 400.125)),
            actions: vec![click(rect(1.0, 2.0, 3.0, 4.0))],
            ..scene(Some(shot))
        }],
    );
    draft.step("Two.", vec![Scene { zoom: Zoom::None, ..scene(None) }]);
    let html = page_of(&draft, &settings(), &[]);
    let data: serde_json::Value =
        serde_json::from_str(between(&html, "class=\"stage-data\">", "</script>")).unwrap();
    let want = serde_json::json!({
        "guide": "a-guide", "width": 1280, "height": 800, "cursor": "Maria",
        "steps": [
            { "id": "step-1", "title": "One", "chapter": "First", "words": 1, "scenes": [{
                "shot": "gm-shot-1", "view": [0, 0, 1280, 800], "alt": "", "zoom": [0, 60, 640, 400.13],
                "actions": [{ "verb": "click", "at": [1, 2, 3, 4] }],
            }] },
            { "id": "step-2", "title": "Two", "chapter": "First", "words": 1, "scenes": [{
                "view": [0, 0, 1280, 800], "alt": "", "zoom": null, "actions": [],
            }] },
        ],
    });
    assert_eq!(data, want);
}

#[test]
fn the_head_says_what_others_need() {
    let mut draft = Draft::new("A guide");
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    draft.resolved.description = "What it does.".to_owned();
    draft.resolved.updated = Some(Date { year: 2026, month: 3, day: 9 });
    draft.resolved.app = Some(datasette());
    draft.step("One.", vec![scene(Some(shot))]);
    let mut settings = settings();
    let html = page_of(&draft, &settings, &[]);
    assert!(!html.contains("<link rel=\"canonical\"") && !html.contains("og:image"));
    settings.base_url = Some("https://docs.example.com/g/".to_owned());
    let html = page_of(&draft, &settings, &[]);
    for tag in [
        "<title>A guide · Guides</title>",
        "<meta name=\"description\" content=\"What it does.\">",
        "<link rel=\"canonical\" href=\"https://docs.example.com/g/a-guide/\">",
        "<meta property=\"og:image\" content=\"https://docs.example.com/g/a-guide/card.png\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<time datetime=\"2026-03-09\">9 March 2026</time>",
        "<html lang=\"en\" dir=\"ltr\"",
    ] {
        assert!(html.contains(tag), "{tag}");
    }
    let data: serde_json::Value = serde_json::from_str(between(&html, "ld+json\">", "</script>")).unwrap();
    let (how_to, crumbs) = (&data["@graph"][0], &data["@graph"][1]);
    assert_eq!(how_to["@type"], "HowTo");
    assert_eq!(how_to["step"][0]["url"], "https://docs.example.com/g/a-guide/#step-1");
    assert_eq!(how_to["dateModified"], "2026-03-09");
    assert_eq!(crumbs["@type"], "BreadcrumbList");
    assert_eq!(crumbs["itemListElement"][1]["item"], "https://docs.example.com/g/a-guide/");
}

#[test]
fn neighbours_are_near_and_in_the_order_of_the_library() {
    let mut guides: Vec<Draft> =
        ["Alpha", "beta", "Gamma", "delta", "Epsilon", "Eta", "Zeta"].map(Draft::new).into();
    for (at, tags) in [(0, "x"), (1, "y"), (2, "x"), (3, "x"), (4, "x"), (5, "x"), (6, "x")] {
        guides[at].resolved.tags = vec![tags.to_owned()];
    }
    guides[3].resolved.app = Some(datasette());
    guides[2].resolved.app = Some(datasette());
    guides[5].resolved.lang = "de".to_owned();
    let others: Vec<&Draft> =
        guides.iter().enumerate().filter(|(at, _)| *at != 2).map(|(_, draft)| draft).collect();
    let html = page_of(&guides[2], &settings(), &others);
    // Datasette: delta, Gamma; then those about nothing: Alpha, beta, Epsilon, Eta, Zeta.
    let around = between(&html, "<nav class=\"around\"", "</nav>");
    assert!(
        around.contains("rel=\"prev\" href=\"../delta/\"")
            && around.contains("rel=\"next\" href=\"../alpha/\""),
        "{around}"
    );
    let related = between(&html, "<ul class=\"related\">", "</ul>");
    let order: Vec<&str> =
        related.split("href=\"../").skip(1).map(|link| link.split('/').next().unwrap()).collect();
    assert_eq!(order, ["epsilon", "zeta"], "neither those before and after it, nor one in another language");
}

#[test]
fn a_page_alone_knows_no_others() {
    let other = Draft::new("Other");
    let mut draft = Draft::new("A guide");
    draft.prose("[other](other.md)");
    let mut settings = settings();
    settings.base_url = Some("https://docs.example.com/".to_owned());
    let index = Index::new(vec![other.entry(), draft.entry()]);
    let html = render(&draft, &settings, &index, &MemoryWorld::new(), Scope::Alone);
    assert!(
        !html.contains("href=\"../")
            && !html.contains("<link rel=\"canonical\"")
            && !html.contains("BreadcrumbList")
    );
    assert!(html.contains("<a href=\"other.md\">other</a>"));
    assert!(!html.contains("&lt;script async"), "there is no script beside it");
    let html = render(&draft, &settings, &index, &MemoryWorld::new(), Scope::Site);
    assert!(html.contains("&lt;script async src=&quot;https://docs.example.com/embed.js&quot;"));
}

#[test]
fn logos_are_inside_the_page() {
    let mut draft = Draft::new("A guide");
    draft.resolved.app = Some(App { logo: Some(path("logo.svg")), ..datasette() });
    assert!(page_of(&draft, &settings(), &[]).contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""));
    draft.resolved.app = Some(App { logo: Some(path("logo.exe")), ..datasette() });
    let html = page_of(&draft, &settings(), &[]);
    assert!(html.contains("<span class=\"logo\" aria-hidden=\"true\">D</span>"));
}

#[test]
fn the_interface_speaks_the_guides_language() {
    for (lang, share, summary, dir) in [
        ("de-AT", "Teilen", "1 Schritt · 1 Min.", "ltr"),
        ("fr", "Partager", "1 étape · 1 min", "ltr"),
        ("ar", "مشاركة", "خطوة واحدة · دقيقة واحدة", "rtl"),
        ("ja", "共有", "1 ステップ · 1 分", "ltr"),
        ("tlh", "Share", "1 step · 1 min", "ltr"),
    ] {
        let mut draft = Draft::new("A guide");
        draft.resolved.lang = lang.to_owned();
        draft.step("One.", vec![scene(None)]);
        let html = page_of(&draft, &settings(), &[]);
        assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{lang}");
        assert!(html.contains(&format!(">{share}</summary>")), "{lang}");
        assert!(html.contains(&format!("<p class=\"gm-sum\">{summary}</p>")), "{lang}");
    }
}

#[test]
fn long_guides_have_a_table_of_chapters() {
    let guide = |steps: usize| {
        let mut draft = Draft::new("A guide");
        for chapter in ["One", "Two"] {
            draft.chapter(chapter);
            for _ in 0..steps / 2 {
                draft.step("Click.", vec![scene(None)]);
            }
        }
        page_of(&draft, &settings(), &[])
    };
    assert!(guide(8).contains("<li><a href=\"#two\">Two</a> <span>5–8</span></li>"));
    assert!(!guide(6).contains("class=\"contents\""));
}

#[test]
fn the_same_guide_makes_the_same_bytes() {
    let mut draft = Draft::new("A guide");
    let shot = draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    draft.step("Click.", vec![scene(Some(shot))]);
    draft.prose("```rust\nfn main() {}\n```");
    assert_eq!(page_of(&draft, &settings(), &[]), page_of(&draft, &settings(), &[]));
}
