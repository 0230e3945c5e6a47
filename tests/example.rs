//! The example of the language's description, from text to meaning.

use guidemark::guide::{self, ActionKind, Resolved, Section};
use guidemark::project;
use guidemark::source::{MemoryWorld, ProjectPath};

const GUIDE: &str = r#"---
title: How to create a read-only API token in Datasette
app: datasette
tags: [api, permissions]
updated: 2026-11-22
cursor: Maria
cta: { label: Read the API docs, url: https://docs.example.com/api }
---

Anyone who reads your data through the API needs a token. This one can look, and nothing else.

## Create the token

1. Open the **menu** in the upper-right corner.

   ![The Datasette home page](shots/05.png)
   <!-- @click 1248,10 16x24 -->

2. Set the token to expire after **30** days.

   ![The form that creates a token](shots/09.png)
   <!--
   @type 203,154 135x38 "30"
   @zoom 0,60 640x400
   -->

3. Copy the token now: it is never shown again.

   ![The new token](shots/16.png)
   <!--
   @redact 16,170 500x30
   @click 528,208 120x21
   -->

## Why restrict a token?

Plain prose: part of the article, no step.
"#;

fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::GrayImage::from_pixel(width, height, image::Luma([shade]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn resolved() -> Resolved {
    let path = |path| ProjectPath::new(path).unwrap();
    let world = MemoryWorld::new()
        .with(path("guidemark.toml"), "[apps.datasette]\nname = \"Datasette\"\n")
        .with(path("guides/token.md"), GUIDE)
        .with(path("guides/shots/05.png"), png(1280, 800, 5))
        .with(path("guides/shots/09.png"), png(1280, 800, 9))
        .with(path("guides/shots/16.png"), png(1280, 800, 16));
    let loaded = project::load(&world, None);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.project.guides, [path("guides/token.md")]);
    let source = guide::read(&world, &path("guides/token.md")).unwrap();
    let parsed = guide::parse(&source);
    assert_eq!(parsed.diagnostics, []);
    let resolution = guide::resolve(&parsed.guide, &source, &loaded.project.settings, &world);
    assert_eq!(resolution.diagnostics, []);
    resolution.resolved.unwrap()
}

#[test]
fn says_what_it_means() {
    let guide = resolved();
    assert_eq!(guide.slug, "token");
    assert_eq!(guide.app.as_ref().map(|app| &*app.name), Some("Datasette"));
    assert!(guide.description.starts_with("Anyone who reads"));
    assert_eq!(guide.cursor.name.as_deref(), Some("Maria"));
    let titles: Vec<&str> = guide.steps.iter().map(|step| &*step.title).collect();
    assert_eq!(
        titles,
        [
            "Open the menu in the upper-right corner",
            "Set the token to expire after 30 days",
            "Copy the token now: it is never shown again"
        ]
    );
    assert_eq!(guide.steps[0].id, "open-the-menu-in-the-upper-right-corner");
    assert_eq!(guide.chapters[0].steps, 0..3);
    assert!(matches!(guide.sections[0], Section::Prose(_)));
    assert!(matches!(guide.sections[1], Section::Chapter { chapter: 0, level: 2, .. }));
    assert_eq!(guide.sections[2], Section::Steps(0..3));
    assert!(
        matches!(guide.steps[1].scenes[0].actions[0].kind, ActionKind::Type { ref text, .. } if text == "30")
    );
    assert_eq!(guide.shots[2].redactions.len(), 1);
    assert_eq!(guide.entry().anchors.len(), 5);
}
