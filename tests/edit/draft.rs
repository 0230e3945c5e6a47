//! Drafts: guides that do not exist yet, written as Markdown.

use guidemark::edit::{Draft, DraftChapter, DraftPicture, DraftScene, DraftStep, DraftValue, plain_markdown};
use guidemark::guide::{Part, parse, plain};
use guidemark::source::{ProjectPath, Source};
use proptest::prelude::*;

fn source(text: String) -> Source {
    Source::new(ProjectPath::new("guides/a/index.md").unwrap(), text)
}

fn step(sentence: &str, picture: Option<&str>, annotations: &[&str]) -> DraftStep {
    let picture = picture.map(|path| DraftPicture {
        path: path.into(),
        alt: "A form".into(),
        ..DraftPicture::default()
    });
    let annotations = annotations.iter().map(|&line| line.into()).collect();
    DraftStep {
        sentence: sentence.into(),
        scenes: vec![DraftScene { picture, annotations, ..DraftScene::default() }],
        ..DraftStep::default()
    }
}

#[test]
fn a_draft_is_written_as_a_writer_would() {
    let capture =
        vec![("start".into(), DraftValue::Text("/login".into())), ("scale".into(), DraftValue::Number(2))];
    let first = DraftChapter {
        title: None,
        introduction: String::new(),
        steps: vec![
            step("Type your **name**.", Some("shots/name.png"), &["@type 1,2 3x4 \"alex\""]),
            step(
                "Click **Log in**.",
                Some("shots/log in.png"),
                &["@url \"https://a.example\"", "@click 1,2 3x4"],
            ),
        ],
    };
    let second = DraftChapter {
        title: Some("Read *all* of it".into()),
        introduction: "It is long.".into(),
        steps: vec![DraftStep { sentence: "Look around.\n\nTake your time.".into(), ..DraftStep::default() }],
    };
    let draft = Draft {
        title: "Log in: a guide".into(),
        keys: vec![
            ("app".into(), DraftValue::Text("2026".into())),
            ("tags".into(), DraftValue::List(vec!["start".into(), "a, b".into()])),
            ("draft".into(), DraftValue::Bool(true)),
            ("capture".into(), DraftValue::Table(capture)),
        ],
        introduction: "Before you begin.".into(),
        chapters: vec![first, second],
        conclusion: "Done.".into(),
    };
    let expected = r#"---
title: "Log in: a guide"
app: "2026"
tags: [start, "a, b"]
draft: true
capture:
  start: /login
  scale: 2
---

Before you begin.

1. Type your **name**.

   ![A form](shots/name.png)
   <!-- @type 1,2 3x4 "alex" -->

2. Click **Log in**.

   ![A form](<shots/log in.png>)
   <!--
   @url "https://a.example"
   @click 1,2 3x4
   -->

## Read \*all\* of it

It is long.

3. Look around.

   Take your time.

Done.
"#;
    assert_eq!(draft.markdown().unwrap(), expected);
}

#[test]
fn a_draft_that_would_lose_something_is_refused() {
    let draft = |step: DraftStep| Draft {
        title: "A".into(),
        chapters: vec![DraftChapter { steps: vec![step], ..DraftChapter::default() }],
        ..Draft::default()
    };
    let refused = [
        step("```\nopen", Some("a.png"), &["@click 1,2"]),
        step("<!-- open", Some("a.png"), &["@click 1,2"]),
        step("A step.", Some("a.png"), &["@click 1,2 --> <b>"]),
        step("A step.", Some("a.png"), &["@click 1,2\n@type 1,2"]),
        step("A step.", Some(" "), &[]),
    ];
    for step in refused {
        let draft = draft(step);
        assert!(draft.markdown().is_err(), "{draft:?} gives {:?}", draft.markdown());
    }
}

#[test]
fn plain_text_is_escaped_only_where_it_must() {
    let cases = [
        ("Click Save.", "Click Save."),
        ("Type 2 * 3 into f_x_y", "Type 2 * 3 into f_x_y"),
        ("Type <b> and &amp;", r"Type \<b\> and \&amp;"),
        ("# no heading", r"\# no heading"),
        ("![[a.png]]", r"\!\[\[a.png\]\]"),
    ];
    for (text, written) in cases {
        assert_eq!(plain_markdown(text), written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Any text of an application (a button's name, a page's heading) stays text.
    #[test]
    fn any_plain_text_reads_back(text in r#"[ -~é\u{202e}]{1,40}"#, heading in r#"[ -~]{1,30}"#) {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!folded.is_empty() && !heading.trim().is_empty());
        let steps = vec![step(&plain_markdown(&text), Some("a.png"), &["@click 1,2 3x4"])];
        let chapter = DraftChapter { title: Some(heading.clone()), steps, ..DraftChapter::default() };
        let draft = Draft { title: heading.clone(), chapters: vec![chapter], ..Draft::default() };
        let written = draft.markdown().unwrap();
        let parsed = parse(&source(written.clone()));
        let Part::Prose(events) = &parsed.guide.steps[0].parts[0] else { panic!("no text in\n{written}") };
        prop_assert_eq!(plain(events), folded, "\n{}", written);
    }
}
