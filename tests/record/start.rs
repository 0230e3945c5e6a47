//! The page that the recorder's browser shows first.

use super::person::Person;
use super::recording::browser;
use super::site::kitchen;
use guidemark::capture::{Conditions, Heard, Options, Recorder, StepKind, Watch, Window};
use std::time::{Duration, Instant};

/// What is typed there is no step, and where it leads is where the recording begins.
#[test]
fn a_window_without_an_address_asks_for_one() {
    let site = kitchen();
    let tools = browser();
    let address = tools.address().to_owned();
    let options = Options {
        url: None,
        asks: true,
        viewport: (1280, 800),
        scale: 1,
        window: Window::None,
        watch: Watch::Always,
        conditions: Conditions::default(),
        app: None,
        is_apart: false,
    };
    let mut recorder = Recorder::start(tools, options).unwrap();
    let url = site.url("/");
    let wanted = url.clone();
    let person = std::thread::spawn(move || {
        let mut person = Person::at(&address, "about:blank");
        person
            .until("document.activeElement.id === 'address' && document.title === 'Guidemark records here'");
        person.value(&format!(
            "document.querySelector('#address').value = '{}'",
            wanted.trim_start_matches("http://")
        ));
        person.key("Enter", "Enter", 13, 0, Some("\r"));
        person.until("document.title === 'Kitchen' && document.readyState === 'complete'");
        person.click("document.querySelector('#cl')");
    });
    let until = Instant::now() + Duration::from_secs(60);
    while recorder.steps().len() < 2 {
        assert!(Instant::now() < until, "{:?}", recorder.steps());
        assert_ne!(recorder.turn(Instant::now() + Duration::from_millis(200)).unwrap(), Heard::Closed);
    }
    person.join().unwrap();
    assert_eq!(recorder.begun_at(), Some(&*url));
    let kinds: Vec<&StepKind> = recorder.steps().iter().map(|step| &step.kind).collect();
    assert!(
        matches!(kinds.as_slice(), [StepKind::Open { url: opened }, StepKind::Click(_)] if *opened == url),
        "{kinds:?}"
    );
}
