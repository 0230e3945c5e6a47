//! What a replay of a guide does, step by step. Pure.

use super::compare::Part;
use crate::capture::{Deed, Way};
use crate::guide::anchor::Anchor;
use crate::guide::annotation::Annotation;
use crate::guide::region::{Length, Region};
use crate::guide::verbs::Kind;
use crate::guide::{Guide, Image, Part as Written, Resolved, WrittenStep, picture_path};
use crate::source::{ProjectPath, Source, Span};

/// Longest time that `@wait` is waited for in a replay, in milliseconds.
const LONGEST_WAIT: u64 = 10_000;

/// A replay.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// In order.
    pub steps: Vec<PlanStep>,
}

/// A step of it.
#[derive(Debug, Clone, Default)]
pub struct PlanStep {
    /// From 1.
    pub number: usize,
    /// Line of the file, from 1.
    pub line: usize,
    /// Its first sentence.
    pub title: String,
    /// What it shows, in order.
    pub scenes: Vec<PlanScene>,
}

/// A scene of it.
#[derive(Debug, Clone, Default)]
pub struct PlanScene {
    /// Its own picture; `None`: that of the steps before, or none.
    pub picture: Option<PlanPicture>,
    /// The picture that its regions lie on.
    pub on: Option<PlanPicture>,
    /// What is done before the picture is taken.
    pub before: Vec<Before>,
    /// What is done after that, in order.
    pub acts: Vec<Act>,
    /// What stands on the picture besides.
    pub marks: Vec<Mark>,
    /// What is not compared.
    pub masks: Vec<Mark>,
    /// Whether the picture is never replaced.
    pub is_kept: bool,
    /// What is bold in its step: names of what is acted on.
    pub names: Vec<String>,
    /// What the pointer goes to next on this picture, in a step that shows it again: it was there when the picture was taken.
    pub next: Option<Mark>,
}

/// A picture file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPicture {
    /// Its path in the project.
    pub path: ProjectPath,
    /// As the guide writes it.
    pub written: String,
    /// Pixels a point, as its name says.
    pub density: u32,
    /// Where the guide names it.
    pub line: usize,
}

/// What is done before a picture is taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Before {
    /// An address is opened.
    Goto(String),
    /// A text is waited for: that it is there, or gone.
    Await(String, bool),
    /// Something is pressed if it is there.
    Dismiss(Anchor),
}

/// Something that is done.
#[derive(Debug, Clone)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Where; without an anchor and a region, it goes to what has the focus.
    pub mark: Mark,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum ActKind {
    /// Something to an element.
    On(Deed),
    /// An element is dragged to another place.
    Drag(Box<Mark>),
    /// Keys are pressed.
    Press(String),
    /// The page is scrolled.
    Scroll(Option<Way>),
    /// Nothing, for so many milliseconds.
    Wait(u64),
}

/// A place on a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The annotation's first byte.
    pub at: usize,
    /// Line of the file, from 1.
    pub line: usize,
    /// Its verb.
    pub verb: &'static str,
    /// Whether this is the place after `to`.
    pub is_second: bool,
    /// What it stands on.
    pub anchor: Option<Anchor>,
    /// Where it is, as written.
    pub region: Option<Region>,
}

impl Mark {
    /// Where it lies on a picture of this size in points.
    pub fn part(&self, (width, height): (f64, f64)) -> Option<Part> {
        let region = self.region?;
        let points = |length, whole: f64| match length {
            Length::Points(number) => number,
            Length::Percent(number) => number * whole / 100.0,
        };
        let (w, h) = region.size.map_or((0.0, 0.0), |(w, h)| (points(w, width), points(h, height)));
        Some(Part { x: points(region.x, width), y: points(region.y, height), w, h })
    }

    /// What messages call it.
    pub fn called(&self) -> String {
        match &self.anchor {
            Some(anchor) => format!("`{anchor}`"),
            None => format!("`@{}`", self.verb),
        }
    }
}

impl Plan {
    /// The replay of a guide.
    pub fn new(guide: &Guide, source: &Source, resolved: Option<&Resolved>) -> Self {
        let mut planner = Planner { guide, source, resolved, last: None };
        let steps = guide.steps.iter().enumerate();
        let mut plan = Self { steps: steps.map(|(index, step)| planner.step(index, step)).collect() };
        plan.look_ahead();
        plan
    }

    /// The first `steps` of it, and of the next one what comes before its scene `scene`, and in that before the annotation at
    /// the byte `at`.
    #[must_use]
    pub fn until(mut self, steps: usize, scene: usize, at: Option<usize>) -> Self {
        self.steps.truncate(steps + 1);
        if let Some(last) = self.steps.get_mut(steps) {
            last.scenes.truncate(scene + 1);
            if let Some(last) = last.scenes.get_mut(scene) {
                last.acts.retain(|act| at.is_some_and(|at| act.mark.at < at));
                last.next = None;
            }
        }
        self
    }

    /// Tells scenes without an action where the pointer goes from them.
    fn look_ahead(&mut self) {
        let mut next: Option<Mark> = None;
        for scene in self.steps.iter_mut().rev().flat_map(|step| step.scenes.iter_mut().rev()) {
            if scene.picture.is_some() && scene.acts.is_empty() {
                scene.next = next.take();
            }
            let goes = scene.acts.first().filter(|act| match &act.kind {
                ActKind::On(deed) => *deed != Deed::Hover,
                ActKind::Drag(_) => true,
                ActKind::Press(_) | ActKind::Scroll(_) | ActKind::Wait(_) => false,
            });
            let shows_again = scene.picture.is_none() && scene.before.is_empty();
            next = goes.filter(|act| shows_again && act.mark.anchor.is_some()).map(|act| act.mark.clone());
        }
    }

    /// All scenes with their step.
    pub fn scenes(&self) -> impl Iterator<Item = (&PlanStep, &PlanScene)> {
        self.steps.iter().flat_map(|step| step.scenes.iter().map(move |scene| (step, scene)))
    }

    /// The variables of the environment that are typed.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        let acts = self.scenes().flat_map(|(_, scene)| &scene.acts);
        acts.filter_map(|act| match &act.kind {
            ActKind::On(Deed::Type(text)) => crate::capture::variable(text),
            _ => None,
        })
    }
}

struct Planner<'a> {
    guide: &'a Guide,
    source: &'a Source,
    resolved: Option<&'a Resolved>,
    last: Option<PlanPicture>,
}

impl Planner<'_> {
    fn step(&mut self, index: usize, step: &WrittenStep) -> PlanStep {
        let title = self.resolved.and_then(|resolved| resolved.steps.get(index)).map(|step| &step.title);
        let prose = step.parts.iter().find_map(|part| match part {
            Written::Prose(events) => Some(crate::guide::plain(events)),
            Written::Screenshot(_) | Written::Annotation(_) => None,
        });
        let names: Vec<String> = step.parts.iter().flat_map(bold).collect();
        let mut scenes = Vec::new();
        for scene in step.scenes() {
            let own = scene.image.and_then(|image| self.picture(index, image));
            if scene.image.is_some() {
                self.last.clone_from(&own);
            }
            scenes.push(PlanScene { names: names.clone(), ..self.scene(own, &scene.annotations) });
        }
        PlanStep {
            number: index + 1,
            line: self.line(step.span),
            title: title.cloned().or(prose).unwrap_or_default(),
            scenes,
        }
    }

    fn scene(&self, picture: Option<PlanPicture>, annotations: &[&Annotation]) -> PlanScene {
        let mut scene = PlanScene { picture, on: self.last.clone(), ..PlanScene::default() };
        for annotation in annotations {
            self.add(annotation, &mut scene);
        }
        scene
    }

    fn add(&self, annotation: &Annotation, scene: &mut PlanScene) {
        let text = || annotation.text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        let word = annotation.word.as_ref().map_or("", |word| &*word.value);
        let mark = || Mark {
            at: annotation.span.start,
            line: self.line(annotation.span),
            verb: annotation.verb.name,
            is_second: false,
            anchor: annotation.anchor.as_ref().map(|anchor| anchor.value.clone()),
            region: annotation.region,
        };
        match (annotation.verb.name, annotation.verb.kind) {
            ("goto", _) => scene.before.push(Before::Goto(text())),
            ("await", _) => scene.before.push(Before::Await(text(), word != "gone")),
            ("dismiss", _) => {
                let anchor = annotation.anchor.as_ref().map(|anchor| anchor.value.clone());
                scene.before.extend(anchor.map(Before::Dismiss));
            }
            ("keep", _) => scene.is_kept = true,
            ("mask", _) => scene.masks.push(mark()),
            (_, Kind::Action) => {
                let kind = self.act(annotation, word, text());
                scene.acts.extend(kind.map(|kind| Act { kind, mark: mark() }));
            }
            (_, Kind::Mark | Kind::Camera | Kind::Picture)
                if mark().anchor.is_some() || annotation.region.is_some() =>
            {
                scene.marks.push(mark());
            }
            _ => {}
        }
    }

    fn act(&self, annotation: &Annotation, word: &str, text: String) -> Option<ActKind> {
        let click = |second, count| ActKind::On(Deed::Click { second, count });
        Some(match annotation.verb.name {
            "click" => click(false, 1),
            "double-click" => click(false, 2),
            "right-click" => click(true, 1),
            "hover" => ActKind::On(Deed::Hover),
            "type" => {
                let value = annotation.options.iter().find(|option| option.key.value == "value");
                ActKind::On(Deed::Type(value.map_or(text, |option| option.value.value.clone())))
            }
            "select" => ActKind::On(Deed::Select(text)),
            "press" => ActKind::Press(text),
            "scroll" => ActKind::Scroll(match word {
                "down" => Some(Way::Down),
                "up" => Some(Way::Up),
                _ => None,
            }),
            "wait" => ActKind::Wait(milliseconds(word)),
            "drag" => ActKind::Drag(Box::new(Mark {
                at: annotation.span.start,
                line: self.line(annotation.span),
                verb: annotation.verb.name,
                is_second: true,
                anchor: annotation.to_anchor.as_ref().map(|anchor| anchor.value.clone()),
                region: annotation.to,
            })),
            _ => return None,
        })
    }

    fn picture(&self, index: usize, image: &Image) -> Option<PlanPicture> {
        let meant = self.resolved.and_then(|resolved| {
            let scenes = &resolved.steps.get(index)?.scenes;
            let scene = scenes.iter().find(|scene| !scene.inherited && scene.span == image.span)?;
            Some(resolved.first(&resolved.shots.get(scene.shot?)?.picture.path).clone())
        });
        let written = image.target.value.clone();
        let path = meant.or_else(|| picture_path(&written, &self.guide.path.parent()))?;
        let density = if path.as_str().contains("@2x.") { 2 } else { 1 };
        Some(PlanPicture { path, written, density, line: self.line(image.span) })
    }

    fn line(&self, span: Span) -> usize {
        self.source.position(span.start).line
    }
}

fn bold(part: &Written) -> Vec<String> {
    match part {
        Written::Prose(events) => crate::guide::bold(events),
        Written::Screenshot(_) | Written::Annotation(_) => Vec::new(),
    }
}

/// `2s`, `500ms`.
fn milliseconds(word: &str) -> u64 {
    let (number, factor) = match word.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => (word.trim_end_matches('s'), 1_000.0),
    };
    let wanted = number.parse::<f64>().unwrap_or_default() * factor;
    // Clamped to what is waited for.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let whole = wanted.clamp(0.0, LONGEST_WAIT as f64) as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide;

    fn plan(text: &str) -> Plan {
        let source = Source::new(ProjectPath::new("guides/a/index.md").unwrap(), text.to_owned());
        Plan::new(&guide::parse(&source).guide, &source, None)
    }

    const GUIDE: &str = "# T\n\n1. Open it.\n\n   ![A](shots/a@2x.png)\n   <!-- @goto \"/x\"\n        @await gone \"Loading\"\n        @redact 1,2 3x4 on field \"Token\"\n        @click 10,20 30x40 on button \"Save\" -->\n\n2. Type.\n   <!-- @type 1,1 2x2 \"••••\" value=$PW on field \"Password\" -->\n\n3. Wait.\n\n   ![B](b.png)\n   <!-- @keep\n        @wait 2s\n        @drag 10,10 20x20 on listitem \"A\" to 50,50 20x20 on region \"B\" -->\n";

    #[test]
    fn a_guide_says_what_is_done_in_which_order() {
        let plan = plan(GUIDE);
        let [open, typed, wait] = plan.steps.as_slice() else { panic!("{plan:#?}") };
        let scene = &open.scenes[0];
        assert_eq!(scene.before, [Before::Goto("/x".to_owned()), Before::Await("Loading".to_owned(), false)]);
        let picture = scene.picture.as_ref().unwrap();
        assert_eq!((picture.path.as_str(), picture.density), ("guides/a/shots/a@2x.png", 2));
        assert_eq!((scene.marks.len(), scene.acts.len()), (1, 1));
        assert_eq!(scene.acts[0].mark.line, 9);
        assert_eq!(typed.scenes[0].picture, None);
        assert_eq!(typed.scenes[0].on.as_ref(), Some(picture));
        assert_eq!(typed.scenes[0].acts[0].kind, ActKind::On(Deed::Type("$PW".to_owned())));
        assert!(wait.scenes[0].is_kept);
        assert_eq!(wait.scenes[0].acts[0].kind, ActKind::Wait(2_000));
        assert!(matches!(&wait.scenes[0].acts[1].kind, ActKind::Drag(to) if to.anchor.is_some()));
        assert_eq!(plan.variables().collect::<Vec<_>>(), ["PW"]);
    }

    #[test]
    fn nothing_makes_a_replay_wait_for_long() {
        assert_eq!(["2s", "500ms", "0", "1e9s", "-3s", "x"].map(milliseconds), [2_000, 500, 0, 10_000, 0, 0]);
    }
}
