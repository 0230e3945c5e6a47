//! Two windows and an editor outside change one guide in random order: nothing that was acknowledged is lost.

use super::support::{Answer, Editor, Project, Served, ask};
use guidemark::edit::outline;
use guidemark::guide;
use guidemark::source::{ProjectPath, Source};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::fs;

/// Edits of windows; `GUIDEMARK_EDITS` says how many others.
const EDITS: usize = 1000;
/// Edits of one guide: a file that has grown by more says nothing more.
const ROUND: usize = 100;
const STEPS: usize = 8;

/// Lines end as on Windows, tabs, brackets behind numbers: what an edit must keep.
fn guide_text() -> String {
    let mut text = "+++\r\ntitle = 'Together'\r\n+++\r\n\r\nWhy.\r\n\r\n".to_owned();
    for step in 1..=STEPS {
        text += &format!(
            "{step})\tStep {step} says it.\r\n\r\n\t![a](shot.png)\r\n\t<!-- @click {step},2 -->\r\n\r\n"
        );
        if step == STEPS / 2 {
            text += "## Half of it\r\n\r\n* a star\r\n\r\n";
        }
    }
    text + "The end.\r\n"
}

/// What one of them does next, and to which step.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// Two windows at the same moment, each on what it last saw.
    Windows([(usize, Kind); 2]),
    /// A window looks at the file again.
    Look(usize),
    /// The editor outside writes the file anew, with a line more.
    Outside(usize),
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// An annotation more.
    Mark,
    /// A step more behind it.
    Step,
    /// The step at another place.
    Move(usize),
    /// Its last change is taken back and made again: what is acknowledged stays.
    Again,
}

fn turn() -> impl Strategy<Value = Turn> {
    let kind = prop_oneof![
        6 => Just(Kind::Mark),
        2 => Just(Kind::Step),
        2 => (0..STEPS).prop_map(Kind::Move),
        1 => Just(Kind::Again),
    ];
    let one = (0..STEPS, kind);
    prop_oneof![
        5 => [one.clone(), one].prop_map(Turn::Windows),
        2 => (0..2_usize).prop_map(Turn::Look),
        2 => (0..STEPS).prop_map(Turn::Outside),
    ]
}

/// A window, which may ask at the same moment as another: what it shows.
struct Window {
    address: String,
    path: String,
    headers: String,
    shown: Value,
}

impl Window {
    fn new(editor: &Editor<'_>, address: &str) -> Self {
        let (path, headers) = (editor.path(""), editor.headers());
        Self { address: address.to_owned(), path, headers, shown: editor.guide() }
    }

    fn post(&self, call: &str, body: &Value) -> Answer {
        let (path, headers, body) = (&self.path, &self.headers, body.to_string());
        let length = body.len();
        let head = format!(
            "POST {path}{call} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        ask(&self.address, head + &body)
    }

    fn look(&mut self) {
        let (path, headers) = (&self.path, &self.headers);
        let answer =
            ask(&self.address, format!("GET {path}guide HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
        self.shown = serde_json::from_str(&answer.body).unwrap();
    }

    /// Makes an edit on what the window shows; whether it is acknowledged, and what it wrote.
    fn edit(&mut self, (step, kind): (usize, Kind), token: &str) -> Option<String> {
        let count = self.shown["outline"]["steps"].as_array().unwrap().len();
        let step = step % count;
        let edit = match kind {
            Kind::Mark => {
                let fields =
                    json!({ "verb": "callout", "region": { "x": 5, "y": 6, "w": 7, "h": 8 }, "text": token });
                let scenes = self.shown["outline"]["steps"][step]["scenes"].as_array().unwrap().len();
                json!({ "op": "annotate", "step": step, "scene": scenes - 1, "fields": fields })
            }
            Kind::Step => {
                let new = json!({ "markdown": format!("Say {token}."), "path": "shot.png" });
                json!({ "op": "add-steps", "after": step, "steps": [new] })
            }
            Kind::Move(to) => json!({ "op": "move", "step": step, "to": to % count }),
            Kind::Again => {
                let undone = self.post("undo", &json!({}));
                if undone.status == 200 {
                    assert_eq!(self.post("redo", &json!({})).status, 200, "what was undone is redone");
                }
                return None;
            }
        };
        let answer = self.post("edit", &json!({ "base": self.shown["version"], "edit": edit }));
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        match answer.status {
            200 => {
                self.shown = body;
                matches!(kind, Kind::Mark | Kind::Step).then(|| token.to_owned())
            }
            // Nothing was written, and the window says so: its author looks.
            409 | 422 => {
                self.look();
                None
            }
            other => panic!("{other}: {}", answer.body),
        }
    }
}

/// Tokens that a text holds, each once.
fn held(text: &str, tokens: &[String]) -> Result<(), String> {
    let missing: Vec<_> = tokens.iter().filter(|token| text.matches(token.as_str()).count() != 1).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("lost or doubled: {missing:?}")) }
}

#[test]
fn nothing_acknowledged_is_lost_when_windows_and_an_editor_outside_write_at_random() {
    let edits = std::env::var("GUIDEMARK_EDITS").ok().and_then(|many| many.parse().ok()).unwrap_or(EDITS);
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRunner::deterministic().new_rng());
    let project = Project::empty();
    project.write("guides/together.md", guide_text()).picture("guides/shot.png", [9, 9, 9]);
    let served = project.serve();
    let (mut asked, mut acknowledged) = (0, 0);
    while asked < edits {
        project.rename_write("guides/together.md", &guide_text());
        let many = ROUND.min(edits - asked);
        acknowledged += round(&project, &served, &mut runner, many);
        asked += many;
    }
    assert!(
        acknowledged > edits / 4,
        "{acknowledged} of {asked} were acknowledged: too few to prove anything"
    );
}

/// So many edits of the guide; how many of them were acknowledged.
fn round(project: &Project, served: &Served, runner: &mut TestRunner, edits: usize) -> usize {
    let path = project.path("guides/together.md");
    let editor = served.editor("together");
    let mut windows = [Window::new(&editor, served.address()), Window::new(&editor, served.address())];
    let (mut tokens, mut acknowledged, mut asked) = (Vec::new(), 0, 0);
    while asked < edits {
        match turn().new_tree(runner).unwrap().current() {
            Turn::Windows(does) => {
                let new_tokens = [asked + 1, asked + 2].map(|number| format!("token-{number}-"));
                asked += 2;
                let done: Vec<Option<String>> = std::thread::scope(|scope| {
                    let both = windows.iter_mut().zip(does).zip(&new_tokens);
                    // `Again` takes back what is on top, whosever it is: alone, that is what it redoes.
                    let alone = does.iter().any(|(_, kind)| matches!(kind, Kind::Again));
                    let mut running = Vec::new();
                    let mut done = Vec::new();
                    for ((window, what), token) in both {
                        let thread = scope.spawn(move || window.edit(what, token));
                        if alone { done.push(thread.join().unwrap()) } else { running.push(thread) }
                    }
                    done.extend(running.into_iter().map(|thread| thread.join().unwrap()));
                    done
                });
                tokens.extend(done.into_iter().flatten());
                acknowledged = tokens.len();
            }
            Turn::Look(which) => windows[which].look(),
            Turn::Outside(step) => {
                let text = fs::read_to_string(&path).unwrap();
                let token = format!("outside-{}-", tokens.len());
                // Below the first image of a step, as a person would write it.
                let images: Vec<usize> =
                    text.match_indices("![a](shot.png)\r\n").map(|(at, found)| at + found.len()).collect();
                let at = images[step % images.len()];
                let new = format!("{}\t<!-- {token} -->\r\n{}", &text[..at], &text[at..]);
                project.rename_write("guides/together.md", &new);
                tokens.push(token);
            }
        }
        let text = fs::read_to_string(&path).unwrap();
        if let Err(why) = held(&text, &tokens) {
            panic!("{why}\nafter {asked} edits:\n{text}");
        }
    }
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.replace("\r\n", "").contains('\n'), "lines end as they did");
    let source = Source::new(ProjectPath::new("guides/together.md").unwrap(), text.clone());
    let parsed = guide::parse(&source);
    let steps = outline(&source, &parsed.guide, None).steps;
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert!(steps.len() >= STEPS);
    acknowledged
}
