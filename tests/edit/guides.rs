//! Guides in many styles, and edits of any kind.

use crate::support::source;
use guidemark::edit::Edit;
use guidemark::guide::{self, Part};
use proptest::prelude::*;
use proptest::sample::Index;

/// A guide made of lists in their styles.
#[derive(Debug, Clone)]
pub struct Plan {
    front: &'static str,
    lists: Vec<List>,
    crlf: bool,
    bom: bool,
    newline: bool,
}

#[derive(Debug, Clone)]
struct List {
    style: Style,
    steps: Vec<Vec<Element>>,
}

#[derive(Debug, Clone)]
struct Style {
    delimiter: char,
    first: usize,
    repeats: bool,
    lead: usize,
    /// White space behind the marker.
    gap: &'static str,
    tabs: bool,
    loose: bool,
}

/// What steps are made of, without indentation.
#[derive(Debug, Clone)]
enum Element {
    Text(&'static str),
    Shot(&'static str),
    Comment(&'static str),
}

impl Plan {
    pub fn steps(&self) -> usize {
        self.lists.iter().map(|list| list.steps.len()).sum()
    }

    pub fn text(&self) -> String {
        let mut text = self.front.to_owned() + "Intro.\n\n";
        for (at, list) in self.lists.iter().enumerate() {
            text += &list.text();
            text += &format!("\n## Chapter {at}\n\nSome *prose*.\n<!-- plain -->\n\n");
        }
        if !self.newline {
            text = text.trim_end().to_owned();
        }
        if self.crlf {
            text = text.replace('\n', "\r\n");
        }
        if self.bom { format!("\u{feff}{text}") } else { text }
    }
}

impl List {
    fn text(&self) -> String {
        let Style { delimiter, first, repeats, lead, gap, tabs, loose } = &self.style;
        let mut text = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            let number = if *repeats { *first } else { first + at };
            let marker = format!("{}{number}{delimiter}{gap}", " ".repeat(*lead));
            let width = marker.chars().fold(0, |at, c| if c == '\t' { at + 4 - at % 4 } else { at + 1 });
            let margin = if *tabs && width <= 4 { "\t".to_owned() } else { " ".repeat(width) };
            let mut body = String::new();
            for (index, element) in step.iter().enumerate() {
                let (part, tight) = match element {
                    Element::Text(part) | Element::Shot(part) => (part, false),
                    Element::Comment(part) => (part, true),
                };
                body += if index == 0 {
                    ""
                } else if tight {
                    "\n"
                } else {
                    "\n\n"
                };
                body += part;
            }
            text += &marker;
            let lines: Vec<String> = body
                .split('\n')
                .enumerate()
                .map(
                    |(at, line)| {
                        if at == 0 || line.is_empty() { line.to_owned() } else { format!("{margin}{line}") }
                    },
                )
                .collect();
            text += &lines.join("\n");
            text += if *loose { "\n\n" } else { "\n" };
        }
        text
    }
}

fn element() -> impl Strategy<Value = Element> {
    let texts = vec![
        "Open the **menu** now. Then go on.",
        "Wrapped over\ntwo lines of text.",
        "Two paragraphs.\n\nOf text here.",
        "A list:\n\n- one\n- two\n\n  more of two",
        "Stars:\n\n* one\n* two\n  * more of two",
        "Nested:\n\n1. first\n2. second",
        "Code:\n\n```sh\ncd x\n\n  ls\n```",
        "> A quote\n> of two lines.",
        "| a | b |\n| - | - |\n| c | d |",
    ];
    let shots = vec!["![Home](a.png)", "![The *form*](<b c.png> \"T\")", "![](c.png)"];
    let comments = vec![
        "<!-- @click 10,20 -->",
        "<!-- @highlight 10,20 30x40 --> <!-- note -->",
        "<!--\n@click 1,2 3x4 \"A \\\"b\\\"\"\n@redact 5%,6 7x8% style=blur\n-->",
        "<!--\nA note.\n\n@type 1.5,2 3x4 \"x\"\n\nMore.\n-->",
        "<!-- @click 3,3\n@callout 1,1 2x2 \"c\" side=left -->",
        "<!-- Plain. -->",
    ];
    prop_oneof![
        3 => prop::sample::select(texts).prop_map(Element::Text),
        2 => prop::sample::select(shots).prop_map(Element::Shot),
        2 => prop::sample::select(comments).prop_map(Element::Comment),
    ]
}

fn list() -> impl Strategy<Value = List> {
    let style = (
        prop::sample::select(vec!['.', ')']),
        prop::sample::select(vec![1_usize, 3, 8, 98]),
        any::<bool>(),
        0_usize..3,
        prop::sample::select(vec![" ", " ", "  ", "\t"]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(delimiter, first, repeats, lead, gap, tabs, loose)| Style {
            delimiter,
            first,
            repeats,
            lead,
            gap,
            tabs,
            loose,
        });
    let step = prop::collection::vec(element(), 0..5).prop_map(|mut rest| {
        rest.insert(0, Element::Text("Do this. And that."));
        // Two texts in a row are one.
        rest.dedup_by(|one, other| matches!((one, other), (Element::Text(_), Element::Text(_))));
        rest
    });
    (style, prop::collection::vec(step, 1..5)).prop_map(|(style, mut steps)| {
        // Each list is one of steps, whichever of its steps goes.
        for step in &mut steps {
            step.push(Element::Comment("<!-- @wait 1s -->"));
        }
        List { style, steps }
    })
}

pub fn plan() -> impl Strategy<Value = Plan> {
    let fronts = vec![
        "",
        "---\ntitle: T # c\ntags: [a]\n---\n\n",
        "+++\ntitle = 'T'\n\n[app]\nname = 'N'\n+++\n",
        "# T\n\n",
    ];
    (
        prop::sample::select(fronts),
        prop::collection::vec(list(), 1..4),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(front, lists, crlf, bom, newline)| Plan { front, lists, crlf, bom, newline })
}

/// A guide whose steps are headings, in one of the forms.
pub fn headings(steps: usize, form: usize, crlf: bool, newline: bool) -> String {
    let mut text =
        ["", "---\ntitle: T\n---\n", "+++\ntitle = 'T'\n+++\n\n"][form % 3].to_owned() + "Intro.\n\n";
    for at in 1..=steps {
        let label = ["## {n}. ", "### {n}) ", "## Step {n}: "][form % 3].replace("{n}", &at.to_string());
        text += &format!("{label}Title {at}\n\nText *{at}*.\n\n![s](s{at}.png)\n<!-- @click {at},2 -->\n\n");
    }
    text += "## After\n\nThe end.\n";
    if !newline {
        text = text.trim_end().to_owned();
    }
    if crlf { text.replace('\n', "\r\n") } else { text }
}

/// The text of a guide: lists in their styles, or headings.
pub fn written() -> impl Strategy<Value = String> {
    let headed = (3_usize..7, 0_usize..3, any::<bool>(), any::<bool>());
    prop_oneof![
        3 => plan().prop_map(|plan| plan.text()),
        1 => headed.prop_map(|(steps, form, crlf, newline)| headings(steps, form, crlf, newline)),
    ]
}

pub fn markdown() -> impl Strategy<Value = String> {
    let parts = vec![
        "Open it.",
        "Open the **menu** now.",
        "Wrapped over\nanother line.",
        "- a\n- b",
        "> quote",
        "```\ncode\n\n  more\n```",
        "1. one\n2. two",
        "Ünïcode 漢字.",
    ];
    prop::collection::vec(prop::sample::select(parts), 1..4).prop_map(|parts| parts.join("\n\n"))
}

pub fn edit(json: &str) -> Edit {
    serde_json::from_str(json).unwrap()
}

/// Pieces of guides in any order.
pub fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "---\n",
        "+++\n",
        "title: ",
        "title = \"a\"\n",
        "cursor: {name: a}\n",
        "cta:\n  label: x\n  url: y\n",
        "1. ",
        "10. ",
        "2) ",
        "   ",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        "- ",
        "> ",
        "![a](a.png)",
        "![a][b]",
        "![",
        "](",
        "<!--",
        "-->",
        "<!-- @click 10,10 -->",
        "<!--\n   @click 1,1\n   -->",
        "@zoom none",
        "@drag 1,1 to 2,2",
        "@id a",
        "# ",
        "## T\n",
        "`",
        "```\n",
        "*",
        "text",
        "<div>",
        "| a |\n| - |\n",
        "\u{feff}",
        "é",
        "漢",
        "\"",
        "\\",
        "|\n",
    ];
    let piece = prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => any::<String>()];
    let wild = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![2 => wild, 1 => plan().prop_map(|plan| plan.text())]
}

/// An edit whose places are chosen when the text is known.
#[derive(Debug, Clone)]
pub struct AnyEdit {
    kind: usize,
    step: Index,
    other: Index,
    place: Index,
    word: &'static str,
    number: f64,
}

pub fn any_edit() -> impl Strategy<Value = AnyEdit> {
    let words = vec![
        "",
        "x",
        "a b",
        "-->",
        "<!-- @click 1,1 -->",
        "```",
        "down",
        "2s",
        "1. y",
        "![a](b.png)",
        "\"",
        "\\",
        "\n\n",
        "a: b # c",
        "'",
        "é漢",
        "---",
        "\t",
        "[x]",
        "none",
        "javascript:x",
        "https://example.com/",
    ];
    let number = prop_oneof![Just(f64::NAN), Just(1e300), Just(-5.0), 0.0..2000.0];
    (0_usize..18, any::<Index>(), any::<Index>(), any::<Index>(), prop::sample::select(words), number)
        .prop_map(|(kind, step, other, place, word, number)| AnyEdit {
            kind,
            step,
            other,
            place,
            word,
            number,
        })
}

impl AnyEdit {
    pub fn at(&self, text: &str) -> Edit {
        use guidemark::edit::{AnnotationFields, Area, MetaEdit, Which};
        let guide = guide::parse(&source(text)).guide;
        let count = guide.steps.len();
        let (step, to) = (self.step.index(count + 1), self.other.index(count + 1));
        let small = self.other.index(4);
        let places: Vec<usize> = guide
            .steps
            .iter()
            .flat_map(|step| &step.parts)
            .filter_map(|part| match part {
                Part::Annotation(annotation) => Some(annotation.span.start),
                Part::Prose(_) | Part::Screenshot(_) => None,
            })
            .collect();
        let at = if places.is_empty() { 0 } else { places[self.place.index(places.len())] };
        let word = self.word.to_owned();
        let area = Area { x: self.number, y: 1.0, w: self.number, h: 2.0 };
        let verbs = ["click", "drag", "zoom", "id", "callout", "scroll", "url", "nothing"];
        let fields = AnnotationFields {
            verb: verbs[self.place.index(verbs.len())].to_owned(),
            region: (small > 0).then_some(area),
            on: (small == 1).then(|| "button \"Save\"".to_owned()),
            to: (small > 1).then_some(area),
            to_on: (small > 3).then(|| word.clone()),
            text: (small > 2).then(|| word.clone()),
            word: Some(word.clone()),
            options: [("side".to_owned(), "left".to_owned())].into(),
        };
        let value = (small > 0).then(|| word.clone());
        match self.kind {
            0 => Edit::Annotate { step, scene: small, fields },
            1 => Edit::Set { at, fields },
            2 => Edit::SetRegion { at, which: if small == 0 { Which::To } else { Which::Region }, area },
            3 => Edit::Remove { at },
            4 => Edit::Shift { at, by: if small == 0 { -1 } else { 1 } },
            5 | 6 => Edit::Text { step, run: small, markdown: word },
            7 => Edit::Alt { step, scene: small, alt: word },
            8 => Edit::Screenshot { step, scene: small, path: word },
            9 => Edit::AddScreenshot { step, path: word.clone(), alt: word },
            10 => Edit::AddStep { after: Some(step), markdown: word.clone(), path: value, alt: word },
            11 => Edit::AddStep { after: None, markdown: word.clone(), path: value, alt: word },
            12 => Edit::Duplicate { step },
            13 => Edit::Delete { step },
            14 => Edit::Move { step, to },
            15 => {
                Edit::Split { step, run: small, offset: self.place.index(30), at: (small > 1).then_some(at) }
            }
            16 => Edit::Id { step, id: value },
            _ => Edit::Meta(match small {
                0 => MetaEdit::Title { value: word },
                1 => MetaEdit::Description { value },
                2 => MetaEdit::Cursor { value },
                _ => serde_json::from_value(serde_json::json!({
                    "key": "cta", "value": {"label": word, "url": word}
                }))
                .unwrap(),
            }),
        }
    }
}
