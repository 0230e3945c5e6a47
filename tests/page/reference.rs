//! The reference of themes names the fields that templates really get.

use crate::support::{Draft, action, click, cta, datasette, input, mark, rect, scene, settings};
use guidemark::guide::{ActionKind, Date, Index, MarkKind, Scene, Side};
use guidemark::page::{self, Cover, LibraryInput};
use guidemark::project::{App, Download};
use guidemark::source::MemoryWorld;
use guidemark::theme::Theme;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Fields and the name under which the reference describes what they hold.
const KINDS: [(&str, &str); 35] = [
    ("guide.html.page", "page"),
    ("guide.html.site", "site"),
    ("guide.html.guide", "guide"),
    ("guide.html.sections", "section"),
    ("guide.html.chapters", "chapter"),
    ("guide.html.shots", "shot"),
    ("guide.html.related", "neighbour"),
    ("guide.html.previous", "neighbour"),
    ("guide.html.next", "neighbour"),
    ("guide.html.downloads", "download"),
    ("library.html.page", "page"),
    ("library.html.site", "site"),
    ("library.html.groups", "group"),
    ("library.html.apps", "filter"),
    ("library.html.tags", "filter"),
    ("guide.app", "app"),
    ("guide.created", "date"),
    ("guide.updated", "date"),
    ("guide.cover", "figure"),
    ("guide.cta", "link"),
    ("app.website", "link"),
    ("section.steps", "step"),
    ("step.body", "part"),
    ("part.figure", "figure"),
    ("figure.defines", "shot"),
    ("figure.whole", "box"),
    ("shot.layers", "layer"),
    ("figure.rings", "ring"),
    ("figure.highlights", "box"),
    ("figure.drags", "line"),
    ("figure.callouts", "note"),
    ("ring.at", "box"),
    ("ring.outline", "box"),
    ("note.bubble", "bubble"),
    ("bubble.line", "line"),
];

fn kind(field: &str) -> &str {
    let also = [("note.at", "box"), ("group.cards", "card"), ("layer.same", "same"), ("layer.cut", "cut")];
    KINDS.iter().chain(&also).find(|(name, _)| *name == field).map_or("", |(_, kind)| kind)
}

/// The fields of a value, each under the name of what holds it.
fn fields(value: &Value, holder: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| fields(item, holder, found)),
        Value::Object(map) => {
            for (name, value) in map {
                let field = format!("{holder}.{name}");
                if name != "words"
                    && (value.is_object()
                        || value.as_array().is_some_and(|all| all.iter().any(Value::is_object)))
                {
                    assert!(!kind(&field).is_empty(), "`{field}` holds fields the reference does not know");
                    fields(value, kind(&field), found);
                }
                found.insert(field);
            }
        }
        _ => {}
    }
}

/// A guide that has everything.
fn full() -> Draft {
    let mut draft = Draft::new("Full");
    draft.resolved.app = Some(App { description: Some("d".to_owned()), ..datasette() });
    draft.resolved.tags = vec!["one".to_owned()];
    draft.resolved.created = Some(Date { year: 2026, month: 1, day: 1 });
    draft.resolved.updated = draft.resolved.created;
    draft.resolved.cta = Some(cta());
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let (first, hidden) = (draft.shot(b"RIFFa", None, all), draft.shot(b"RIFFa", Some(0), all));
    draft.sheet.shots[hidden].layers[0].part = Some(rect(0.0, 80.0, 1280.0, 400.0));
    draft.prose("Text");
    draft.chapter("Chapter");
    let at = rect(100.0, 100.0, 50.0, 20.0);
    draft.step(
        "Do.",
        vec![Scene {
            actions: vec![click(at), action(ActionKind::Drag { from: at, to: rect(300.0, 300.0, 9.0, 9.0) })],
            marks: vec![
                mark(MarkKind::Highlight, at),
                mark(
                    MarkKind::Callout { text: "Note".to_owned(), side: Side::Auto },
                    rect(600.0, 600.0, 9.0, 9.0),
                ),
            ],
            ..scene(Some(first))
        }],
    );
    draft.step("Then.", vec![Scene { inherited: true, ..scene(Some(hidden)) }]);
    draft.step("Last.", vec![Scene { actions: vec![click(at)], ..scene(Some(first)) }]);
    draft
}

/// The fields that the reference describes.
fn documented() -> BTreeSet<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/themes.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (_, text) = text.split_once("\n## Fields\n").unwrap();
    let mut found = BTreeSet::new();
    let mut holder = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("### `") {
            holder = name.trim_end_matches('`').to_owned();
        }
        if let Some(name) = line.strip_prefix("| `").and_then(|line| line.split('`').next()) {
            let whole = if holder.ends_with(".html") { format!("{holder}.{name}") } else { name.to_owned() };
            assert!(whole.starts_with(&format!("{holder}.")), "{whole} stands under {holder}");
            found.insert(whole);
        }
    }
    found
}

#[test]
fn the_reference_names_every_field_and_no_other() {
    let world = MemoryWorld::new();
    let theme = Theme::load(&world, "default").unwrap();
    let drafts = [full(), Draft::new("Able"), Draft::new("Zulu")];
    let index = Index::new(
        drafts
            .iter()
            .map(|draft| {
                let mut entry = draft.entry();
                entry.app = Some(datasette());
                entry.tags = vec!["one".to_owned()];
                entry
            })
            .collect(),
    );
    let settings = settings();
    let covers = BTreeMap::from([("full".to_owned(), Cover { width: 640, height: 400 })]);
    let input = input(&drafts[0], &theme, &settings, &index, &world);
    let guide = page::context(&page::GuideInput { downloads: &[Download::Pdf], ..input });
    let library = page::library_context(&LibraryInput {
        index: &index,
        covers: &covers,
        theme: &theme,
        settings: &settings,
        world: &world,
    });
    let mut real = BTreeSet::new();
    fields(&serde_json::to_value(&guide).unwrap(), "guide.html", &mut real);
    fields(&serde_json::to_value(&library).unwrap(), "library.html", &mut real);
    let documented = documented();
    let missing: Vec<_> = real.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&real).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not in the reference: {missing:?}\nonly there: {gone:?}");
}
