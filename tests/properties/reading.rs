//! Guides written in random arrangements of the forms in which people write them: nothing is lost without a word, and no
//! mark acts on another picture than the nearest one before it.

use guidemark::guide::{self, ActionKind, Resolved};
use guidemark::project::Settings;
use guidemark::source::{MemoryWorld, ProjectPath, Source};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::Cursor;

/// How the steps of a guide begin.
#[derive(Debug, Clone, Copy)]
enum Form {
    List,
    Parenthesis,
    Headings,
    Words,
    Bold,
}

/// How a picture stands in its step.
#[derive(Debug, Clone, Copy)]
enum Shown {
    Indented,
    NextLine,
    Margin,
    TwoSpaces,
    Html,
    HtmlMargin,
    Figure,
    Centred,
    Linked,
    Caption,
    Attributes,
    Note,
    Substeps,
    Spaces,
    Embed,
    Table,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    shown: Shown,
    mark: Option<bool>,
    note: bool,
}

fn shown() -> impl Strategy<Value = Shown> {
    use Shown::*;
    prop::sample::select(vec![
        Indented, NextLine, Margin, TwoSpaces, Html, HtmlMargin, Figure, Centred, Linked, Caption,
        Attributes, Note, Substeps, Spaces, Embed, Table, Nothing,
    ])
}

fn step() -> impl Strategy<Value = Step> {
    (shown(), prop::option::of(any::<bool>()), prop::bool::weighted(0.2))
        .prop_map(|(shown, mark, note)| Step { shown, mark, note })
}

fn form() -> impl Strategy<Value = Form> {
    use Form::*;
    prop::sample::select(vec![List, Parenthesis, Headings, Words, Bold])
}

/// A guide's text, the pictures it names, and which mark stands below which picture.
struct Written {
    text: String,
    pictures: Vec<String>,
    marks: Vec<(usize, String)>,
    /// How many of these stand below a picture that the walkthrough does not show.
    misplaced: usize,
}

fn write(form: Form, steps: &[Step], crlf: bool) -> Written {
    let mut written = Written {
        text: "# How to do it\n\nWhat it is for.\n\n".to_owned(),
        pictures: Vec::new(),
        marks: Vec::new(),
        misplaced: 0,
    };
    for (at, step) in steps.iter().enumerate() {
        let number = at + 1;
        let (head, column) = match form {
            Form::List => (format!("{number}. Do thing {number}."), number.to_string().len() + 2),
            Form::Parenthesis => (format!("{number}) Do thing {number}."), number.to_string().len() + 2),
            Form::Headings => (format!("### {number}. Do thing {number}"), 0),
            Form::Words => (format!("## Step {number}: Do thing {number}"), 0),
            Form::Bold => (format!("**Step {number}.** Do thing {number}."), 0),
        };
        written.text += &head;
        picture(step, number, column, &mut written);
        if step.note {
            written.text += "> Mind the gap.\n\n";
        }
    }
    if crlf {
        written.text = written.text.replace('\n', "\r\n");
    }
    written
}

fn picture(step: &Step, number: usize, column: usize, written: &mut Written) {
    let pad = " ".repeat(column);
    let name = match step.shown {
        Shown::Spaces => format!("p {number}.png"),
        _ => format!("p{number}.png"),
    };
    let lines = match step.shown {
        Shown::Indented => format!("\n\n{pad}![It]({name})\n"),
        Shown::NextLine => format!("\n{pad}![It]({name})\n"),
        Shown::Margin => format!("\n\n![It]({name})\n"),
        Shown::TwoSpaces => format!("\n\n  ![It]({name})\n"),
        Shown::Html => format!("\n\n{pad}<img src=\"{name}\" width=\"300\" alt=\"It\">\n"),
        Shown::HtmlMargin => format!("\n\n<p align=\"center\"><img src='{name}'></p>\n"),
        Shown::Figure => {
            format!("\n\n{pad}<figure><img src=\"{name}\"><figcaption>It is</figcaption></figure>\n")
        }
        Shown::Centred => format!("\n\n{pad}<div align=\"center\">\n{pad}![It]({name})\n{pad}</div>\n"),
        Shown::Linked => format!("\n\n{pad}[![It]({name})]({name})\n"),
        Shown::Caption => format!("\n\n{pad}![It]({name})\n{pad}*Figure {number}*\n"),
        Shown::Attributes => format!("\n\n{pad}![It]({name}){{ width=\"300\" }}\n"),
        Shown::Note => format!("\n\n{pad}> Look:\n{pad}>\n{pad}> ![It]({name})\n"),
        Shown::Substeps => {
            let first = format!("q{number}.png");
            let text = format!(
                "\n\n{pad}- Press.\n\n{pad}  ![First]({first})\n\n{pad}- Wait.\n\n{pad}  ![It]({name})\n"
            );
            written.pictures.push(first);
            text
        }
        Shown::Spaces => format!("\n\n{pad}![It]({name})\n"),
        Shown::Embed => format!("\n\n{pad}![[{name}]]\n"),
        Shown::Table => format!("\n\n{pad}| A |\n{pad}| --- |\n{pad}| ![It]({name}) |\n"),
        Shown::Nothing => "\n".to_owned(),
    };
    written.text += &lines;
    if !matches!(step.shown, Shown::Nothing) {
        written.pictures.push(name.clone());
    }
    if let Some(margin) = step.mark.filter(|_| !matches!(step.shown, Shown::Nothing)) {
        let pad = if margin { "" } else { &pad };
        written.text += &format!("{pad}<!-- @click {},7 3x3 -->\n", 100 + number);
        written.misplaced += usize::from(matches!(step.shown, Shown::Table));
        written.marks.push((100 + number, name));
    }
    written.text += "\n";
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = image::GrayImage::from_pixel(400, 300, image::Luma([9]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn world(written: &Written) -> MemoryWorld {
    let bytes = png();
    written
        .pictures
        .iter()
        .fold(MemoryWorld::new(), |world, name| world.with(ProjectPath::new(name).unwrap(), bytes.clone()))
}

fn read(written: &Written) -> (Resolved, String, usize) {
    let source = Source::new(ProjectPath::new("guide.md").unwrap(), written.text.clone());
    let world = world(written);
    let parsed = guide::parse(&source);
    let resolution = guide::resolve(&parsed.guide, &source, &Settings::default(), &world);
    let resolved = resolution.resolved.unwrap();
    let settings = Settings::default();
    let facts = guide::lints::GuideFacts {
        guide: &parsed.guide,
        resolved: &resolved,
        source: &source,
        settings: &settings,
        world: &world,
    };
    let lints = guide::lints::check_guide(&facts);
    let found = parsed.diagnostics.iter().chain(&resolution.diagnostics).chain(&lints);
    let said: Vec<String> = found
        .clone()
        .map(|found| format!("{} {}", found.message, found.span.map_or("", |span| source.slice(span))))
        .collect();
    let misplaced = found.filter(|found| found.code == "misplaced-annotation").count();
    (resolved, said.join("\n"), misplaced)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn nothing_is_lost_without_a_word(form in form(), steps in prop::collection::vec(step(), 2..14), crlf in any::<bool>()) {
        let written = write(form, &steps, crlf);
        let (resolved, said, misplaced) = read(&written);
        prop_assert_eq!(resolved.steps.len(), steps.len(), "{}", written.text);
        let shown: BTreeSet<&str> = resolved.shots.iter().map(|shot| shot.picture.path.as_str()).collect();
        for picture in &written.pictures {
            prop_assert!(shown.contains(picture.as_str()) || said.contains(picture.as_str()), "{picture} is lost in\n{}\n{said}", written.text);
        }
        let mut bound = 0;
        for scene in resolved.steps.iter().flat_map(|step| &step.scenes) {
            for action in &scene.actions {
                let ActionKind::Point { at, .. } = &action.kind else { continue };
                let mark = written.marks.iter().find(|(x, _)| (*x as f64 - at.x).abs() < 0.1).unwrap();
                let path = &resolved.shots[scene.shot.unwrap()].picture.path;
                prop_assert_eq!(path.as_str(), mark.1.as_str(), "a mark acts elsewhere in\n{}", written.text);
                bound += 1;
            }
        }
        prop_assert_eq!(misplaced, written.misplaced, "{}\n{}", written.text, said);
        prop_assert!(bound + misplaced >= written.marks.len(), "a mark is lost in\n{}\n{said}", written.text);
    }

    #[test]
    fn what_is_fixed_means_the_same_and_stays_as_it_is(form in form(), steps in prop::collection::vec(step(), 2..14), crlf in any::<bool>()) {
        let written = write(form, &steps, crlf);
        let world = world(&written);
        let source = Source::new(ProjectPath::new("guide.md").unwrap(), written.text.clone());
        let fixed = guidemark::edit::fixed(&source, &Settings::default(), &world);
        prop_assert!(fixed.is_ok(), "refused: {:?}\n{}", fixed, written.text);
        let fixed = fixed.unwrap();
        let again = Source::new(source.path().clone(), fixed.clone());
        prop_assert_eq!(&guidemark::edit::fixed(&again, &Settings::default(), &world).unwrap(), &fixed, "twice is once");
        let (before, _, _) = read(&written);
        let (after, _, _) = read(&Written { text: fixed.clone(), pictures: written.pictures.clone(), marks: Vec::new(), misplaced: 0 });
        let shots = |guide: &Resolved| -> Vec<Vec<Option<String>>> {
            let shot = |at: Option<usize>| Some(guide.shots[at?].picture.path.to_string());
            guide.steps.iter().map(|step| step.scenes.iter().map(|scene| shot(scene.shot)).collect()).collect()
        };
        prop_assert_eq!(shots(&before), shots(&after), "{}\n=====\n{}", written.text, fixed);
        let words = |guide: &Resolved| guide.steps.iter().map(|step| step.words).collect::<Vec<_>>();
        prop_assert_eq!(words(&before), words(&after), "{}\n=====\n{}", written.text, fixed);
    }
}
