//! What holds for any text: it is read without panic, all places lie in it, and meaning is stable.

#[path = "properties/reading.rs"]
mod reading;

use guidemark::diagnostic::Diagnostic;
use guidemark::guide::{self, Block, Events, Guide, Part, Resolved};
use guidemark::project;
use guidemark::source::{MemoryWorld, ProjectPath, Source, Span};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Real text to be cut and mixed: all cases of the language, and the project's own guides.
fn corpus() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        ["guides", "tests/cases"].into_iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)));
    let mut texts: Vec<String> = files
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .flat_map(|path| {
            // A case holds its guides in fences; their content is what counts.
            let text = std::fs::read_to_string(path).unwrap();
            text.split("````").map(str::to_owned).collect::<Vec<_>>()
        })
        .map(|text| text.trim_start_matches("markdown").trim_start().to_owned())
        .filter(|text| text.len() > 20 && text.len() < 20_000)
        .collect();
    texts.sort();
    texts
}

/// Pieces that mean something to some part of the language.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "---\n", "+++\n", "title: ", "title = ", "1. ", "10. ", "   ", "\t", "\n", "\r\n", "\n\n", "- ", "> ",
            "![a](shots/a.png)", "![](../a.png)", "![a](http://b/c.png)", "<!--", "-->", "<!-- @click 10,10 -->",
            "<!-- @", "@click ", "@redact 1,1 2x2 ", "@callout 50%,5% \"", "@id a", "@allow x", "@zoom none",
            "@drag 1,1 to 2,2", "@crop 0,0 50x50", "\"", "\\", "10,10 20x20", "# ", "## Title\n", "`", "```\n", "*",
            "[a](b.md#c)", "[a](javascript:x)", "| a | b |\n| - | - |\n", "<div>", "</div>", "{", "[", "&a ", "*a",
            "\u{feff}", "\u{0}", "é", "漢", "🙂", "İ", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~\\n]{0,40}",
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// A real text with some pieces put over some parts of it.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, piece());
    (prop::sample::select(corpus()), prop::collection::vec(edit, 0..6)).prop_map(|(mut text, edits)| {
        for (place, len, piece) in edits {
            let start = text.floor_char_boundary(place.index(text.len() + 1));
            let end = text.floor_char_boundary((start + len).min(text.len())).max(start);
            text.replace_range(start..end, &piece);
        }
        text
    })
}

fn world() -> MemoryWorld {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(80, 60).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    MemoryWorld::new().with(ProjectPath::new("guides/shots/a.png").unwrap(), bytes.into_inner())
}

struct Read {
    source: Source,
    guide: Guide,
    resolved: Option<Resolved>,
    diagnostics: Vec<Diagnostic>,
}

fn read(text: &str) -> Read {
    let source = Source::new(ProjectPath::new("guides/guide.md").unwrap(), text.to_owned());
    let parsed = guide::parse(&source);
    let resolution = guide::resolve(&parsed.guide, &source, &project::Settings::default(), &world());
    let diagnostics = [parsed.diagnostics, resolution.diagnostics].concat();
    Read { source, guide: parsed.guide, resolved: resolution.resolved, diagnostics }
}

/// All places that a guide as written and its findings name.
fn places(read: &Read) -> Vec<Span> {
    let spans_of = |events: &Events| events.iter().map(|(_, span)| *span).collect::<Vec<_>>();
    let mut spans: Vec<Span> = read.diagnostics.iter().filter_map(|found| found.span).collect();
    spans.extend(read.guide.front.span);
    spans.extend(read.guide.front.title.as_ref().map(|title| title.span));
    spans.extend(read.guide.allows.iter().flat_map(|allow| allow.codes.iter().map(|code| code.span)));
    for block in &read.guide.blocks {
        match block {
            Block::Heading { content: events, span, .. } | Block::Prose { events, span } => {
                spans.push(*span);
                spans.extend(spans_of(events));
            }
            Block::Steps { span, .. } => spans.push(*span),
        }
    }
    for step in &read.guide.steps {
        spans.push(step.span);
        for part in &step.parts {
            match part {
                Part::Prose(events) => spans.extend(spans_of(events)),
                Part::Screenshot(image) => spans.extend([image.span, image.target.span]),
                Part::Annotation(said) => {
                    spans.extend([said.span, said.name]);
                    spans.extend(said.region.iter().chain(&said.to).map(|region| region.span));
                    spans.extend(said.text.iter().chain(&said.word).map(|text| text.span));
                    spans.extend(said.options.iter().flat_map(|option| [option.key.span, option.value.span]));
                }
            }
        }
    }
    spans
}

fn holds(text: &str) {
    let first = read(text);
    for span in places(&first) {
        let lies = span.start <= span.end && text.get(span.start..span.end).is_some();
        assert!(lies, "{span:?} doesn't lie in the text of {} bytes", text.len());
    }
    for step in &first.guide.steps {
        for part in &step.parts {
            let Part::Annotation(said) = part else { continue };
            assert!(first.source.slice(said.span).starts_with('@'));
        }
    }
    let second = read(text);
    assert_eq!(first.resolved, second.resolved);
    assert_eq!(first.diagnostics, second.diagnostics);
    let Some(resolved) = first.resolved else {
        assert!(first.diagnostics.iter().any(Diagnostic::is_error), "nothing is meant, and nothing is told");
        return;
    };
    let anchors = resolved.entry().anchors;
    let unique: BTreeSet<&String> = anchors.iter().collect();
    assert_eq!(unique.len(), anchors.len(), "{anchors:?}");
    for (index, step) in resolved.steps.iter().enumerate() {
        assert_eq!(step.number, index + 1);
        assert!(!step.scenes.is_empty() && !step.id.is_empty() && !step.title.is_empty());
        assert!(step.scenes.iter().all(|scene| scene.shot.is_none_or(|shot| shot < resolved.shots.len())));
    }
    assert!(!resolved.slug.is_empty() && !resolved.title.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any_text()) {
        holds(&text);
    }

    #[test]
    fn a_real_guide_with_mistakes_is_read(text in mutated()) {
        holds(&text);
    }

    #[test]
    fn any_project_file_is_read(text in prop_oneof![any_text(), settings()]) {
        let path = ProjectPath::new(project::PROJECT_FILE).unwrap();
        let loaded = project::load(&world().with(path, text.as_bytes()), None);
        for span in loaded.diagnostics.iter().filter_map(|found| found.span) {
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?}", span);
        }
    }
}

/// Lines that a project file may hold, in any order.
fn settings() -> impl Strategy<Value = String> {
    let lines = vec![
        "title = \"é\"",
        "title = 1",
        "base_url = \"https://a.b\"",
        "lang = \"x\"",
        "guides = \"../a\"",
        "[brand]",
        "color = \"#fff\"",
        "logo = \"a.svg\"",
        "[cursor]",
        "name = [1]",
        "[cta]",
        "label = \"漢\"",
        "url = \"javascript:a\"",
        "[apps.a]",
        "[apps]",
        "b = 1",
        "name = \"\"\"\n🙂\"\"\"",
        "quality = \"small\"",
        "[[apps]]",
        "# é",
        "x = {",
        "\"é\" = 2026-01-01",
    ];
    prop::collection::vec(prop::sample::select(lines), 0..15).prop_map(|lines| lines.join("\n"))
}
