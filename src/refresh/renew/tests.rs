use super::*;
use crate::capture::{Place, Target, Text, Words};
use crate::guide;
use crate::guide::anchor::Anchor;
use crate::project::{Settings, Variant};
use crate::refresh::compare::{Difference, Group};
use crate::refresh::plan::PlanScene;
use crate::refresh::run::{SceneRun, StepRun};
use crate::refresh::setting::ReplayOptions;
use crate::refresh::verdict::Reason;

const GUIDE: &str = "---\ntitle: T\ncapture:\n  start: http://a:1/\n---\n\n1. Click **Save**.\n\n   ![A](a.png)\n   <!-- @redact 200,10 50x20 on field \"Token\"\n        @click 10,20 80x30 on button \"Save\" -->\n";

fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbaImage::from_pixel(300, 200, image::Rgba([shade, shade, shade, 255]));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

fn part(x: f64, y: f64, w: f64, h: f64) -> Part {
    Part { x, y, w, h }
}

/// Where something is now, and where its region goes; `None`: it is not found.
type Found = Option<(Part, Option<Part>)>;

struct Case {
    source: Source,
    guide: Guide,
    plan: Plan,
    setting: Setting,
    run: Run,
}

impl Case {
    /// A replay of a guide of one step in which the picture differs, and what was found of each of its marks.
    fn new(text: &str, found: &dyn Fn(&Mark) -> Found) -> Self {
        let source = Source::new(ProjectPath::new("index.md").unwrap(), text.to_owned());
        let guide = guide::parse(&source).guide;
        let plan = Plan::new(&guide, &source, None);
        let settings = crate::project::load(&crate::source::MemoryWorld::new(), None).project.settings;
        let settings: Settings = settings;
        let setting = Setting::new(&guide, &settings, &ReplayOptions::default(), &|_| None).unwrap();
        let scene = &plan.steps[0].scenes[0];
        let group = Group { cells: 90, part: part(0.0, 0.0, 300.0, 200.0) };
        let picture = PictureRun {
            planned: scene.picture.clone().unwrap(),
            after: Picture::new(png(200)),
            before: Some(png(100)),
            place: Place { url: "http://a:1/x?token=abc".to_owned(), ..Place::default() },
            words: Words::default(),
            difference: Some(Difference { groups: vec![group] }),
            masks: Vec::new(),
            covered: Vec::new(),
            reason: Reason::new(Verdict::Stale, "it differs"),
            is_kept: false,
        };
        let mut scene_run = SceneRun { picture: Some(picture), ..SceneRun::default() };
        for mark in marks(scene) {
            match found(&mark) {
                Some((part, region)) => scene_run.found.push(FoundMark {
                    target: Target {
                        role: "button".to_owned(),
                        name: "Save".to_owned(),
                        ..Target::default()
                    },
                    page: "/x".to_owned(),
                    renamed: None,
                    mark,
                    part,
                    region,
                }),
                None => scene_run.lost.push(mark),
            }
        }
        let step = StepRun { number: 1, scenes: vec![scene_run], ..StepRun::default() };
        let run = Run { steps: vec![step], viewport: (300, 200), scale: 1, ..Run::default() };
        Self { source, guide, plan, setting, run }
    }

    /// The same for the set of dark pictures.
    fn in_dark(mut self) -> Self {
        let dark = Variant::dark(None);
        self.plan = self.plan.in_set(&dark);
        let planned = self.plan.steps[0].scenes[0].picture.clone().unwrap();
        self.run.steps[0].scenes[0].picture.as_mut().unwrap().planned = planned;
        self.setting.variant = dark;
        self
    }

    fn renewal(&self, is_accepted: bool) -> Renewal {
        let lock = Lock::default();
        let renewing = Renewing {
            source: &self.source,
            guide: &self.guide,
            resolved: None,
            plan: &self.plan,
            run: &self.run,
            setting: &self.setting,
            lock: &lock,
            is_accepted,
            is_proposing: true,
            today: "2026-11-27",
        };
        renewing.renewal().unwrap()
    }
}

fn marks(scene: &PlanScene) -> Vec<Mark> {
    scene.acts.iter().map(|act| act.mark.clone()).chain(scene.marks.clone()).collect()
}

#[test]
fn regions_and_redactions_go_with_their_anchors() {
    let case = Case::new(GUIDE, &|mark| {
        let y = if mark.verb == "redact" { 110.0 } else { 120.0 };
        let now = if mark.verb == "redact" { part(200.0, y, 50.0, 20.0) } else { part(10.0, y, 80.0, 30.0) };
        Some((now, Some(now)))
    });
    let renewal = case.renewal(false);
    let text = renewal.text.unwrap();
    assert!(text.contains("@redact 198,108 54x24 on field \"Token\""), "{text}");
    assert!(text.contains("@click 10,120 80x30 on button \"Save\""), "{text}");
    assert!(text.contains("updated: 2026-11-27"), "{text}");
    assert_eq!(renewal.pictures.len(), 1);
    let lock = renewal.lock.unwrap();
    assert!(lock.contains("\"address\":\"http://a:1/x?token=…\"") && !lock.contains("abc"), "{lock}");
    assert_eq!(renewal.left, []);
}

#[test]
fn words_under_a_redaction_are_not_written_down() {
    let mut case = Case::new(GUIDE, &|mark| {
        let y = if mark.verb == "redact" { 110.0 } else { 120.0 };
        let now = if mark.verb == "redact" { part(200.0, y, 50.0, 20.0) } else { part(10.0, y, 80.0, 30.0) };
        Some((now, Some(now)))
    });
    let picture = case.run.steps[0].scenes[0].picture.as_mut().unwrap();
    let text = |text: &str, x| Text { text: text.to_owned(), zone: Zone { x, y: 112.0, w: 30.0, h: 12.0 } };
    picture.words.texts = vec![text("Maria", 210.0), text("Save", 20.0)];
    let lock = case.renewal(false).lock.unwrap();
    assert!(lock.contains("Save") && !lock.contains("Maria"), "{lock}");
}

#[test]
fn without_its_redaction_no_picture_is_written() {
    let case = Case::new(GUIDE, &|mark| {
        let now = part(10.0, 120.0, 80.0, 30.0);
        (mark.verb != "redact").then_some((now, Some(now)))
    });
    let renewal = case.renewal(false);
    assert!(renewal.pictures.is_empty() && renewal.text.is_none() && renewal.lock.is_none(), "{renewal:?}");
    let [(line, why)] = renewal.left.as_slice() else { panic!("{:?}", renewal.left) };
    assert_eq!(*line, 10);
    assert!(why.contains("`field \"Token\"`, is not found: `a.png` was not written"), "{why}");
}

#[test]
fn a_redaction_without_an_anchor_goes_with_the_keys_of_the_page_or_nothing_is_written() {
    let text = GUIDE.replace(" on field \"Token\"", "");
    let found = |mark: &Mark| (mark.verb != "redact").then_some((part(10.0, 20.0, 80.0, 30.0), None));
    let mut case = Case::new(&text, &found);
    let renewal = case.renewal(false);
    assert!(renewal.pictures.is_empty() && renewal.left.len() == 1, "{renewal:?}");
    let picture = case.run.steps[0].scenes[0].picture.as_mut().unwrap();
    picture.words.secrets = vec![Zone { x: 100.0, y: 150.0, w: 60.0, h: 18.0 }];
    let renewal = case.renewal(false);
    assert!(renewal.text.unwrap().contains("@redact 98,148 64x22"), "{:?}", renewal.left);
    assert_eq!(renewal.pictures.len(), 1);
}

#[test]
fn a_new_key_on_the_page_is_redacted() {
    let mut case = Case::new(GUIDE, &|mark| {
        let now =
            if mark.verb == "redact" { part(202.0, 12.0, 46.0, 16.0) } else { part(10.0, 20.0, 80.0, 30.0) };
        Some((now, None))
    });
    let picture = case.run.steps[0].scenes[0].picture.as_mut().unwrap();
    picture.words.secrets =
        vec![Zone { x: 203.0, y: 13.0, w: 40.0, h: 14.0 }, Zone { x: 20.0, y: 150.0, w: 60.0, h: 18.0 }];
    let text = case.renewal(false).text.unwrap();
    assert!(text.contains("@redact 18,148 64x22"), "{text}");
    assert!(text.contains("@redact 200,10 50x20 on field"), "{text}");
    assert_eq!(text.matches("@redact").count(), 2, "{text}");
}

#[test]
fn names_are_written_only_when_they_are_accepted() {
    let mut case = Case::new(GUIDE, &|mark| {
        let now =
            if mark.verb == "redact" { part(200.0, 10.0, 50.0, 20.0) } else { part(10.0, 20.0, 80.0, 30.0) };
        Some((now, None))
    });
    for found in &mut case.run.steps[0].scenes[0].found {
        if found.mark.verb == "click" {
            found.renamed = Some(Anchor::parse("button \"Store\"").unwrap());
        }
    }
    let renewal = case.renewal(false);
    assert!(renewal.text.unwrap().contains("Click **Save**") && renewal.pictures.len() == 1);
    let proposed = renewal.proposed.unwrap();
    assert!(proposed.contains("Click **Store**.") && proposed.contains("on button \"Store\""), "{proposed}");
    let accepted = case.renewal(true);
    assert!(accepted.text.unwrap().contains("Click **Store**.") && accepted.proposed.is_none());
    assert!(accepted.lock.unwrap().contains("button \\\"Store\\\""));
}

#[test]
fn a_place_that_waits_gets_its_region_and_nothing_else_is_touched() {
    let text = GUIDE.replace("@click 10,20 80x30 on", "@click on");
    let case = Case::new(&text, &|mark| {
        let now =
            if mark.verb == "redact" { part(200.0, 10.0, 50.0, 20.0) } else { part(10.0, 20.0, 80.0, 30.0) };
        Some((now, mark.region.is_none().then_some(now)))
    });
    let renewed = case.renewal(false).text.unwrap();
    assert_eq!(
        renewed,
        GUIDE.replace("  start: http://a:1/\n", "  start: http://a:1/\nupdated: 2026-11-27\n")
    );
}

#[test]
fn a_set_is_written_with_what_is_redacted_painted_over_and_without_a_word_in_the_guide() {
    // The field is elsewhere in dark.
    let case = Case::new(GUIDE, &|mark| {
        let now =
            if mark.verb == "redact" { part(60.0, 150.0, 50.0, 20.0) } else { part(10.0, 20.0, 80.0, 30.0) };
        Some((now, None))
    });
    let renewal = case.in_dark().renewal(false);
    assert!(renewal.text.is_none() && renewal.lock.is_some() && renewal.left.is_empty(), "{renewal:?}");
    let bytes = &renewal.pictures[&ProjectPath::new("dark/a.png").unwrap()];
    let shown = image::load_from_memory(bytes).unwrap().into_rgb8();
    let covered = shown.enumerate_pixels().filter(|(.., pixel)| pixel.0 != [200; 3]);
    let places: Vec<(u32, u32)> = covered.map(|(x, y, _)| (x, y)).collect();
    assert_eq!((places.first(), places.last()), (Some(&(58, 148)), Some(&(111, 171))));
    assert_eq!(places.len(), 54 * 24);
}

#[test]
fn a_set_whose_redaction_is_not_sure_is_not_written() {
    let lost = |mark: &Mark| (mark.verb != "redact").then_some((part(10.0, 20.0, 80.0, 30.0), None));
    let loose = GUIDE.replace(" on field \"Token\"", "");
    for (text, why) in [(GUIDE, "is not found"), (&*loose, "it is not sure where to redact in this set")] {
        let renewal = Case::new(text, &lost).in_dark().renewal(false);
        assert!(renewal.pictures.is_empty() && renewal.lock.is_none(), "{renewal:?}");
        let [(10, message)] = renewal.left.as_slice() else { panic!("{:?}", renewal.left) };
        assert!(message.contains(why) && message.ends_with("`dark/a.png` was not written"), "{message}");
    }
    // A key that stands where the guide covers it.
    let mut case = Case::new(&loose, &lost).in_dark();
    let picture = case.run.steps[0].scenes[0].picture.as_mut().unwrap();
    picture.words.secrets = vec![Zone { x: 201.0, y: 11.0, w: 40.0, h: 14.0 }];
    assert_eq!(case.renewal(false).pictures.len(), 1);
}

#[test]
fn a_place_that_is_another_in_a_set_is_told_of() {
    let case = Case::new(GUIDE, &|mark| {
        let y = if mark.verb == "redact" { 10.0 } else { 150.0 };
        Some((part(200.0, y, 50.0, 20.0), None))
    });
    let renewal = case.in_dark().renewal(false);
    let [(_, message)] = renewal.left.as_slice() else { panic!("{:?}", renewal.left) };
    assert!(message.starts_with("`button \"Save\"` is at 200,150 50x20 on `dark/a.png`"), "{message}");
}

#[test]
fn a_redaction_that_waits_gets_its_region_where_the_picture_is_the_same() {
    let text = GUIDE.replace("@redact 200,10 50x20 on", "@redact on");
    let mut case = Case::new(&text, &|mark| {
        let now =
            if mark.verb == "redact" { part(202.0, 12.0, 46.0, 16.0) } else { part(10.0, 20.0, 80.0, 30.0) };
        Some((now, mark.region.is_none().then_some(now)))
    });
    case.run.steps[0].scenes[0].picture.as_mut().unwrap().reason = Reason::new(Verdict::Same, "it is");
    let renewal = case.renewal(false);
    assert!(renewal.text.unwrap().contains("@redact 200,10 50x20 on field"));
    assert!(renewal.pictures.is_empty());
}

#[test]
fn a_run_that_failed_writes_nothing() {
    let mut case = Case::new(GUIDE, &|_| None);
    case.run.failure = Some(("down".to_owned(), String::new()));
    let renewal = case.renewal(true);
    assert!(renewal.text.is_none() && renewal.pictures.is_empty() && renewal.lock.is_none());
}

#[test]
fn nothing_but_a_picture_is_written() {
    for (target, written) in [
        ("a.webp", true),
        ("a.jpg", true),
        ("hook.sh", false),
        ("guidemark.toml", false),
        (".git/a.png", false),
    ] {
        let text = GUIDE.replace("a.png", target);
        let case = Case::new(&text, &|mark| {
            let now = if mark.verb == "redact" {
                part(200.0, 10.0, 50.0, 20.0)
            } else {
                part(10.0, 20.0, 80.0, 30.0)
            };
            Some((now, None))
        });
        let renewal = case.renewal(false);
        assert_eq!(renewal.pictures.len(), usize::from(written), "{target}");
        assert_eq!(renewal.left.len(), usize::from(!written), "{target}");
        for bytes in renewal.pictures.values() {
            assert!(image::guess_format(bytes).is_ok());
        }
    }
}

#[test]
fn an_anchor_is_proposed_for_a_place_that_has_none() {
    let text = GUIDE.replace(" on button \"Save\"", "");
    let mut case = Case::new(&text, &|mark| {
        let now = part(200.0, 10.0, 50.0, 20.0);
        (mark.verb == "redact").then_some((now, None))
    });
    case.run.steps[0].scenes[0].picture.as_mut().unwrap().reason = Reason::new(Verdict::Same, "it is");
    let at = text.find("@click").unwrap();
    case.run.steps[0].proposals.push((at, Anchor::parse("button \"Save\"").unwrap()));
    let renewal = case.renewal(false);
    assert!(renewal.text.is_none() && renewal.pictures.is_empty(), "{renewal:?}");
    assert_eq!(renewal.proposed.as_deref(), Some(GUIDE));
    assert!(case.renewal(true).text.unwrap().contains("@click 10,20 80x30 on button \"Save\""));
}
