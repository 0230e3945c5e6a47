use super::draft::{Recorded, written};
use super::event::{Find, PageEvent, Place, Target, View, Words, Zone};
use super::frames::Picture;
use super::sentence::Language;
use super::steps::{Noted, StepKind, Steps, Where};

fn target(name: &str, role: &str) -> Target {
    let anchor = Find { role: Some(role.to_owned()), name: Some(name.to_owned()), ..Find::default() };
    Target {
        zone: Zone { x: 10.0, y: 20.0, w: 30.0, h: 40.0 },
        tag: if role == "field" { "input" } else { "button" }.to_owned(),
        role: role.to_owned(),
        name: name.to_owned(),
        called: name.to_owned(),
        anchor: Some(anchor),
        ways: [("path".to_owned(), name.to_owned())].into(),
        ..Target::default()
    }
}

fn place() -> Place {
    let view = View { w: 1280.0, h: 800.0 };
    Place { url: "http://a.example/x".to_owned(), title: "Things".to_owned(), view, ..Place::default() }
}

fn png(shade: u8) -> Picture {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(1280, 800, image::Rgb([shade; 3]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    Picture::new(bytes.into_inner())
}

/// A recording under way.
#[derive(Default)]
struct Session {
    steps: Steps,
    shade: u8,
}

impl Session {
    fn hear(&mut self, event: PageEvent) {
        let at = Where { page: 1, frame: None };
        self.steps.hear(Noted { event, at, picture: Some(png(self.shade)) });
    }

    fn press(&mut self, t: f64, button: i64, mods: u32, target: &Target) {
        let (target, words) = (target.clone(), Words::default());
        self.hear(PageEvent::Down {
            t,
            x: 20.0,
            y: 30.0,
            button,
            mods,
            target: target.clone(),
            place: place(),
            words,
        });
        self.hear(PageEvent::Up { t: t + 50.0, x: 21.0, y: 30.0, target });
    }

    fn typed(&mut self, t: f64, target: &Target, value: &str) {
        let (target, value) = (target.clone(), value.to_owned());
        self.hear(PageEvent::Typed { t, target, value, place: place(), words: Words::default() });
    }

    fn key(&mut self, t: f64, key: &str, mods: u32) {
        let key = key.to_owned();
        self.hear(PageEvent::Key { t, key, mods, target: None, place: place(), words: Words::default() });
    }

    fn scrolled(&mut self, t: f64, dy: f64) {
        self.hear(PageEvent::Scrolled { t, dx: 0.0, dy, place: place() });
    }

    fn sentences(&self) -> Vec<String> {
        self.steps.all().iter().map(|step| Language::English.sentence(step)).collect()
    }
}

#[test]
fn typing_is_one_step_with_the_click_into_its_field() {
    let mut session = Session::default();
    let field = target("Name", "field");
    session.press(1000.0, 0, 0, &field);
    session.shade = 9;
    session.typed(1500.0, &field, "Ad");
    session.typed(3000.0, &field, "Ada");
    assert_eq!(session.sentences(), ["Type `Ada` in **Name**."]);
    assert_eq!(session.steps.all()[0].picture, Some(png(0)), "shown as it was before the click");
}

#[test]
fn two_clicks_are_a_double_click_only_if_the_page_says_so() {
    let (mut session, button) = (Session::default(), target("Rename", "button"));
    session.press(1000.0, 0, 0, &button);
    session.shade = 1;
    session.press(1200.0, 0, 0, &button);
    session.hear(PageEvent::Double { t: 1260.0 });
    assert_eq!(session.sentences(), ["Double-click **Rename**."]);
    session.press(5000.0, 0, 0, &button);
    session.shade = 2;
    session.press(5400.0, 0, 0, &button);
    assert_eq!(session.sentences().len(), 3, "the page changed between them: both count");
    session.press(5600.0, 0, 0, &button);
    assert_eq!(session.sentences().len(), 3, "nothing changed: the second is an accident");
}

#[test]
fn keys_are_steps_only_if_they_do_something_by_themselves() {
    let mut session = Session::default();
    session.key(1.0, "s", 2);
    session.key(2.0, "Escape", 0);
    session.key(3.0, "F5", 0);
    session.key(4.0, "ArrowDown", 1);
    session.key(5.0, "Space", 0);
    assert_eq!(
        session.sentences(),
        ["Press **Ctrl+S**.", "Press **Esc**.", "Press **F5**.", "Press **Alt+Down**."]
    );
}

#[test]
fn scrolling_is_a_step_only_if_the_next_target_was_out_of_view() {
    let (mut session, button) = (Session::default(), target("Far", "button"));
    session.scrolled(1.0, 300.0);
    session.press(2.0, 0, 0, &button);
    assert_eq!(session.sentences(), ["Click **Far**."]);
    session.scrolled(1000.0, 500.0);
    session.scrolled(1500.0, 500.0);
    session.press(2000.0, 0, 0, &button);
    assert_eq!(session.sentences()[1..], ["Scroll to **Far**.", "Click **Far**."]);
}

#[test]
fn a_press_without_a_release_is_a_click_and_a_dialog_belongs_to_it() {
    let (mut session, button) = (Session::default(), target("Delete", "button"));
    let (target, words) = (button.clone(), Words::default());
    session.hear(PageEvent::Down {
        t: 1.0,
        x: 20.0,
        y: 30.0,
        button: 0,
        mods: 0,
        target,
        place: place(),
        words,
    });
    session.steps.dialog(true);
    assert_eq!(session.sentences(), ["Click **Delete**, and confirm the message."]);
}

#[test]
fn the_last_step_can_be_taken_back_and_a_page_be_shown() {
    let (mut session, button) = (Session::default(), target("Oops", "button"));
    session.press(1.0, 0, 0, &button);
    session.hear(PageEvent::Undo { t: 900.0 });
    session.hear(PageEvent::Mark { t: 1000.0, place: place(), words: Words::default() });
    assert_eq!(session.sentences(), ["Look at the page **Things**."]);
}

#[test]
fn an_address_is_shown_as_it_was_before_the_next_step() {
    let mut session = Session::default();
    session.steps.opened("http://me:pw@a.example/x?token=1", 1.0, Where { page: 1, frame: None });
    session.shade = 7;
    session.press(900.0, 0, 0, &target("Go", "button"));
    assert_eq!(session.sentences()[0], "Open **a.example/x?token=…**.");
    assert_eq!(session.steps.all()[0].picture, Some(png(7)));
}

#[test]
fn every_language_says_every_step_and_a_guide_reads_it_back() {
    let mut session = Session::default();
    let odd = target("Say \"*hi*\" (1) <b> `x` --> 保存(S)", "button");
    session.steps.opened("http://a.example/x", 1.0, Where { page: 1, frame: None });
    session.press(1000.0, 0, 0, &odd);
    session.press(3000.0, 2, 0, &odd);
    session.press(5000.0, 0, 0, &Target { checked: true, ..target("News", "checkbox") });
    session.typed(6000.0, &target("Name", "field"), "a `b` --> c\nd");
    session.typed(7000.0, &Target { secret: true, ..target("Password", "field") }, "••••");
    session.key(8000.0, "Enter", 2);
    for lang in ["en", "fr", "de", "es", "ja", "ar"] {
        let recorded = Recorded {
            steps: session.steps.all(),
            end: Some((place(), png(200), Words::default())),
            start: "http://a.example/x",
            title: None,
            lang,
            viewport: (1280, 800),
            scale: 1,
            browser: "Chromium",
            fonts: "",
            app: None,
            is_draft: false,
        };
        let written = written(&recorded).unwrap_or_else(|refusal| panic!("{lang}: {}", refusal.message));
        let bold = written.markdown.matches("**").count();
        assert!(bold >= 10, "{lang}: {}", written.markdown);
        assert!(written.markdown.contains("value=$PASSWORD on field \"Password\""), "{}", written.markdown);
        assert!(written.markdown.contains("@goto \"/x\""), "{}", written.markdown);
        let lock: serde_json::Value = serde_json::from_str(&written.lock).unwrap();
        assert_eq!(lock["targets"]["/x"]["checkbox \"News\""]["role"], "checkbox");
    }
}

#[test]
fn what_a_page_says_can_break_nothing() {
    let mut session = Session::default();
    let wild = Target {
        zone: Zone { x: f64::MAX, y: -1e300, w: 1e308, h: f64::MIN },
        anchor: Some(Find {
            role: Some("knob".to_owned()),
            name: Some("-->".to_owned()),
            nth: Some(u32::MAX),
            ..Find::default()
        }),
        called: "1. # x\n\n--> <!-- @click 1,1 --> **".to_owned(),
        ..target("x", "button")
    };
    session.press(f64::NAN, 0, u32::MAX, &wild);
    let place = Place {
        url: "javascript:alert(1)\n-->".to_owned(),
        title: "--> ![x](y.png)".to_owned(),
        view: View { w: 1.0, h: 1e9 },
        ..Place::default()
    };
    let (target, words) = (wild.clone(), Words { secrets: vec![wild.zone], ..Words::default() });
    session.hear(PageEvent::Chosen { t: 0.0, target, value: "--> \" \\".to_owned(), place, words });
    assert!(matches!(session.steps.all().last().unwrap().kind, StepKind::Select { .. }));
    let recorded = Recorded {
        steps: session.steps.all(),
        end: None,
        start: "http://a.example/",
        title: Some("-->"),
        lang: "en",
        viewport: (1280, 800),
        scale: 1,
        browser: "x",
        fonts: "",
        app: None,
        is_draft: false,
    };
    if let Ok(written) = written(&recorded) {
        let path = crate::source::ProjectPath::new("index.md").unwrap();
        let parsed = crate::guide::parse(&crate::source::Source::new(path, written.markdown.clone()));
        assert_eq!(parsed.guide.steps.len(), session.steps.all().len(), "{}", written.markdown);
        assert!(parsed.diagnostics.is_empty(), "{:?}\n{}", parsed.diagnostics, written.markdown);
    }
}
