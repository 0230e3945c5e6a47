//! Writes pages to look at: `SHOW=DIR SHOTS=DIR cargo test --test page show -- --ignored`.

use crate::support::*;
use guidemark::guide::*;
use guidemark::page::{self, Cover, GuideInput, LibraryInput};
use guidemark::source::DiskWorld;
use guidemark::theme::Theme;
use std::collections::BTreeMap;

fn demo(shots: &str) -> Draft {
    let mut draft = Draft::new("How to create a read-only API token in Datasette");
    draft.resolved.description = "A token that may look at your data and nothing else.".to_owned();
    draft.resolved.app = Some(datasette());
    draft.resolved.tags = vec!["api".to_owned(), "permissions".to_owned()];
    draft.resolved.authors = vec!["Maria Lopez".to_owned()];
    draft.resolved.updated = Some(Date { year: 2026, month: 11, day: 22 });
    draft.resolved.cta = Some(cta());
    let all = rect(0.0, 0.0, 1280.0, 800.0);
    let ids: Vec<usize> = [5, 7, 9, 11, 13, 16]
        .iter()
        .map(|number| draft.shot(&std::fs::read(format!("{shots}/{number:02}.png")).unwrap(), None, all))
        .collect();
    let s = |at: usize| Scene { alt: "The form that creates a token".to_owned(), ..scene(Some(ids[at])) };
    draft.prose("Anyone who reads your data through the API needs a token. This one can look, and nothing else: see [the documentation](https://docs.datasette.io/).\n\n> [!TIP]\n> Keep one token for each program, so that you can take one back.");
    draft.chapter("Open the form");
    draft.step(
        "Open the **menu** in the upper-right corner.",
        vec![Scene { actions: vec![click(rect(1248.0, 10.0, 16.0, 24.0))], ..s(0) }],
    );
    draft.step(
        "Choose **API tokens**, then wait for the list.",
        vec![Scene {
            actions: vec![
                click(rect(1120.0, 60.0, 120.0, 30.0)),
                action(ActionKind::Press { keys: "Ctrl+K".to_owned() }),
            ],
            ..s(1)
        }],
    );
    draft.chapter("Create the token");
    draft.step(
        "Set the token to expire after **30** days.",
        vec![Scene {
            actions: vec![
                action(ActionKind::Type { at: rect(203.0, 154.0, 135.0, 38.0), text: "30".to_owned() }),
                click(rect(360.0, 154.0, 120.0, 38.0)),
            ],
            marks: vec![mark(
                MarkKind::Callout {
                    text: "Leave it empty for a token that never ends.".to_owned(),
                    side: Side::Auto,
                },
                rect(20.0, 154.0, 170.0, 38.0),
            )],
            ..s(2)
        }],
    );
    draft.step(
        "Open *Restrict actions that can be performed using this token*.",
        vec![Scene { marks: vec![mark(MarkKind::Highlight, rect(16.0, 200.0, 420.0, 40.0))], ..s(3) }],
    );
    draft.step(
        "Press `Enter`.",
        vec![Scene {
            inherited: true,
            actions: vec![action(ActionKind::Press { keys: "Enter".to_owned() })],
            ..s(3)
        }],
    );
    draft.step("Select **view-database** in the list. With the terminal:\n\n```sh\n# ask for one table\ncurl -H \"Authorization: Bearer $TOKEN\" https://example.com/db.json | jq '.rows[0]'\n```\n", vec![Scene { actions: vec![click(rect(40.0, 400.0, 15.0, 15.0))], ..s(4) }]);
    draft.step(
        "Copy the token now: it is never shown again.",
        vec![Scene { actions: vec![click(rect(528.0, 208.0, 120.0, 21.0))], ..s(5) }],
    );
    draft.step("Done.", vec![scene(None)]);
    draft.prose("## Why restrict a token?\n\nA token is a password for a program. If it leaks, what it may do is what a thief may do.\n\n| Token | Reads | Writes |\n|---|:-:|--:|\n| read-only | yes | no |\n| full | yes | yes |\n\n> [!WARNING]\n> A token in a public repository is found within minutes.\n\n```python\nimport requests  # pip install\n\ndef rows(token: str) -> list:\n    return requests.get(\"https://example.com/db.json\", headers={\"Authorization\": f\"Bearer {token}\"}).json()[\"rows\"]\n```\n\n- [x] read\n- [ ] write\n");
    draft
}

/// The guides of this repository.
#[test]
#[ignore = "writes files to look at"]
fn real() {
    let out = std::env::var("SHOW").unwrap();
    let root = std::env::var("THEMES").unwrap_or_else(|_| ".".to_owned());
    let themes = DiskWorld::new(std::path::Path::new(&root)).unwrap();
    let world = DiskWorld::new(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let theme = Theme::load(&themes, "default").unwrap_or_else(|found| panic!("{found:#?}"));
    let project = guidemark::project::load(&world, None).project;
    let options = guidemark::shot::ShotOptions {
        quality: project.settings.quality,
        ..guidemark::shot::ShotOptions::default()
    };
    let guides: Vec<_> = project
        .guides
        .iter()
        .filter_map(|path| {
            let source = guidemark::guide::read(&world, path).ok()?;
            let parsed = guidemark::guide::parse(&source);
            let found = guidemark::guide::resolve(&parsed.guide, &source, &project.settings, &world);
            assert!(!found.diagnostics.iter().any(|found| found.is_error()), "{:?}", found.diagnostics);
            found.resolved
        })
        .collect();
    let index = Index::new(guides.iter().map(Resolved::entry).collect());
    let mut covers = BTreeMap::new();
    for resolved in &guides {
        let sheet = guidemark::shot::compose(resolved, &options, &world).sheet.unwrap();
        let input = GuideInput {
            resolved,
            sheet: &sheet,
            theme: &theme,
            settings: &project.settings,
            index: &index,
            world: &world,
            scope: guidemark::page::Scope::Site,
            downloads: &[],
        };
        let html = page::guide(&input).unwrap_or_else(|found| panic!("{found:#?}"));
        std::fs::create_dir_all(format!("{out}/{}", resolved.slug)).unwrap();
        std::fs::write(format!("{out}/{}/index.html", resolved.slug), html).unwrap();
        if let Ok(Some(cover)) = guidemark::shot::cover(resolved, &options, &world) {
            covers.insert(resolved.slug.clone(), Cover { width: cover.width, height: cover.height });
            std::fs::write(format!("{out}/{}/cover.webp", resolved.slug), cover.bytes).unwrap();
        }
    }
    let input = LibraryInput {
        index: &index,
        covers: &covers,
        theme: &theme,
        settings: &project.settings,
        world: &world,
    };
    std::fs::write(format!("{out}/index.html"), page::library(&input).unwrap()).unwrap();
}

#[test]
#[ignore = "writes files to look at"]
fn show() {
    let shots = std::env::var("SHOTS").unwrap();
    let out = std::env::var("SHOW").unwrap();
    let root = std::env::var("THEMES").unwrap_or_else(|_| ".".to_owned());
    let world = DiskWorld::new(std::path::Path::new(&root)).unwrap();
    let theme = Theme::load(&world, "default").unwrap_or_else(|found| panic!("{found:#?}"));
    let draft = demo(&shots);
    let mut settings = settings();
    settings.base_url = std::env::var("BASE").ok();
    let mut entries = vec![draft.entry()];
    for (title, app, tag) in [
        ("How to add a transaction in Actual Budget", "Actual Budget", "money"),
        ("How to write your first guide", "Guidemark", "markdown"),
        ("How to publish a database", "Datasette", "api"),
        ("How to take back a token", "Datasette", "permissions"),
        ("A guide about nothing", "", "misc"),
    ] {
        let mut other = Draft::new(title);
        other.resolved.words = 300;
        other.resolved.tags = vec![tag.to_owned()];
        other.resolved.app =
            (!app.is_empty()).then(|| guidemark::project::App { name: app.to_owned(), ..Default::default() });
        other.step("Click **Add New**. An empty row opens.", vec![scene(None)]);
        other.step("Enter the amount.", vec![scene(None)]);
        entries.push(other.entry());
    }
    let covers: BTreeMap<String, Cover> =
        entries.iter().take(4).map(|e| (e.slug.clone(), Cover { width: 640, height: 400 })).collect();
    for entry in entries.iter().take(4) {
        std::fs::create_dir_all(format!("{out}/{}", entry.slug)).unwrap();
        std::fs::copy(format!("{shots}/09.png"), format!("{out}/{}/cover.webp", entry.slug)).unwrap();
    }
    let index = Index::new(entries);
    let input = GuideInput {
        resolved: &draft.resolved,
        sheet: &draft.sheet,
        theme: &theme,
        settings: &settings,
        index: &index,
        world: &world,
        scope: guidemark::page::Scope::Site,
        downloads: &[],
    };
    let html = page::guide(&input).unwrap_or_else(|found| panic!("{found:#?}"));
    std::fs::write(format!("{out}/{}/index.html", draft.resolved.slug), &html).unwrap();
    std::fs::write(format!("{out}/guide.html"), html).unwrap();
    let library = page::library(&LibraryInput {
        index: &index,
        covers: &covers,
        theme: &theme,
        settings: &settings,
        world: &world,
    });
    std::fs::write(format!("{out}/index.html"), library.unwrap_or_else(|found| panic!("{found:#?}")))
        .unwrap();
}

/// How long a thousand guides take, pictures aside, on one core: `cargo test --release … speed -- --ignored`.
#[test]
#[ignore = "measures"]
fn speed() {
    let png = {
        let mut bytes = Vec::new();
        let blank = image::RgbImage::new(1280, 800);
        blank.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        bytes
    };
    let mut world = guidemark::source::MemoryWorld::new().with(path("guidemark.toml"), "title = \"Speed\"");
    for shot in 0..12 {
        world = world.with(path(&format!("guides/shots/{shot}.png")), png.clone());
    }
    for guide in 0..1000 {
        let mut text = format!(
            "---\ndescription: What guide {guide} does.\ntags: [tag{}]\n---\n\n# Guide number {guide}\n\nAn introduction of a few words with a [link](https://example.com).\n\n## Chapter\n\n",
            guide % 20
        );
        for step in 0..12 {
            text += &format!(
                "1. Click **Add New** for the {step}th time. An empty row opens at the top of the list.\n\n   ![The list of rows](shots/{step}.png)\n   <!-- @click {},300 60x30 \"Add\" -->\n\n",
                step * 40
            );
        }
        world = world.with(path(&format!("guides/g{guide}.md")), text);
    }
    let theme = Theme::load(&world, "default").unwrap();
    let project = guidemark::project::load(&world, None).project;
    let start = std::time::Instant::now();
    let guides: Vec<_> = project
        .guides
        .iter()
        .map(|path| {
            let source = guidemark::guide::read(&world, path).unwrap();
            let parsed = guidemark::guide::parse(&source);
            guidemark::guide::resolve(&parsed.guide, &source, &project.settings, &world).resolved.unwrap()
        })
        .collect();
    let resolved = start.elapsed();
    let index = Index::new(guides.iter().map(Resolved::entry).collect());
    let mut draft = Draft::new("x");
    for _ in 0..12 {
        draft.shot(b"RIFFx", None, rect(0.0, 0.0, 1280.0, 800.0));
    }
    let indexed = start.elapsed();
    let mut bytes = 0;
    for resolved in &guides {
        let input = GuideInput {
            resolved,
            sheet: &draft.sheet,
            theme: &theme,
            settings: &project.settings,
            index: &index,
            world: &world,
            scope: guidemark::page::Scope::Site,
            downloads: &[],
        };
        bytes += page::guide(&input).unwrap().len();
    }
    let rendered = start.elapsed();
    let library = LibraryInput {
        index: &index,
        covers: &BTreeMap::new(),
        theme: &theme,
        settings: &project.settings,
        world: &world,
    };
    let library = page::library(&library).unwrap().len();
    eprintln!(
        "parse and resolve {resolved:?}, index {:?}, render {:?} ({bytes} bytes), library {:?} ({library} bytes)",
        indexed - resolved,
        rendered - indexed,
        start.elapsed() - rendered
    );
}
