//! The same guide as in `proof`, made by the keyboard alone: nothing is pressed but keys. The files are chosen in a dialog of the
//! system, which has keys of its own: their choice is put into the field.

use super::proof::{Drawn, STEPS, StepContent, hold_shots, plays_to_its_end};
use super::support::{Project, clean};
use guidemark::browser::{Page, Viewport};
use std::fs;
use std::path::Path;

/// Further than anything is away by Tab.
const FARTHEST: usize = 80;

struct Author {
    page: Page,
}

impl Author {
    fn wait(&mut self, for_what: &str) {
        self.page.wait_for(for_what).unwrap();
    }

    fn press(&mut self, key: &str) {
        self.page.press(key).unwrap();
    }

    fn say(&mut self, text: &str) {
        self.page.type_text(text).unwrap();
    }

    fn saved(&mut self) {
        self.wait("document.querySelector('.status')?.textContent === 'saved'");
    }

    /// By Tab to what a person would see there.
    #[track_caller]
    fn tab_to(&mut self, wanted: &str) {
        // Tab goes past what is not shown yet.
        self.wait(&format!("document.querySelector('{wanted}')"));
        for _ in 0..FARTHEST {
            if self.page.evaluate(&format!("document.activeElement.matches('{wanted}')")).unwrap() == true {
                return;
            }
            self.press("Tab");
        }
        panic!("no way by Tab to {wanted}");
    }

    /// Writes into the field that has the focus, instead of what stands there.
    fn write(&mut self, text: &str) {
        self.press("Control+a");
        self.say(text);
    }

    /// Does what is called so.
    fn action(&mut self, name: &str) {
        self.press("Control+Shift+P");
        self.wait(
            "document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'",
        );
        self.say(name);
        self.wait(&format!(
            "document.querySelector('.palette [aria-selected=true] span')?.textContent.startsWith('{name}')"
        ));
        self.press("Enter");
        self.wait("!document.querySelector('dialog.palette[open]')");
    }

    fn go(&mut self, step: usize) {
        self.action(&format!("Go to step {step}:"));
        self.wait(&format!(
            "document.querySelector('.step[aria-current] .step-number')?.textContent === '{step}' && document.querySelector('.shot img')?.naturalWidth === 1280"
        ));
    }

    fn draw(&mut self, (tool, verb, area, text): Drawn) {
        let key = match tool {
            "hotspot" => "h",
            "redact" => "r",
            "highlight" => "l",
            "callout" => "c",
            "crop" => "x",
            other => panic!("no key for {other}"),
        };
        self.page.evaluate("document.activeElement.blur(); 0").unwrap();
        self.press(key);
        self.press("Enter");
        self.wait("document.activeElement.matches('.mark.selected')");
        if verb != tool && verb != "click" {
            self.tab_to("[data-focus=verb]");
            // A choice is made by its first letters.
            self.say_letters(verb);
            self.saved();
        }
        if !text.is_empty() {
            self.tab_to(".annotation-fields .field > input[type=text]");
            self.write(text);
        }
        for (side, number) in ["x", "y", "w", "h"].iter().zip(area) {
            self.tab_to(&format!("[data-focus=\"region {side}\"]"));
            self.write(&number.to_string());
        }
        self.press("Escape");
        self.saved();
    }

    fn say_letters(&mut self, word: &str) {
        for letter in word.chars() {
            self.press(&letter.to_string());
        }
    }

    fn fill_step(&mut self, number: usize, content: &StepContent) {
        self.go(number);
        self.action("Write the text of the step");
        self.wait("document.activeElement.matches('.run textarea')");
        self.write(content.text);
        self.tab_to(".shot-fields textarea");
        self.write(content.alt);
        self.press("Escape");
        for drawn in content.drawn {
            self.draw(*drawn);
        }
        self.saved();
    }

    fn begin_chapter(&mut self, step: usize, title: &str) {
        self.go(step);
        self.action("Begin a chapter at this step");
        self.wait("document.querySelector('dialog.contents[open]') && document.activeElement.value === 'New chapter'");
        self.say(title);
        self.press("Escape");
        self.saved();
    }

    /// What the dialog of the system gives.
    fn files_chosen(&mut self) {
        hold_shots(&mut self.page);
        let give = "(() => { const input = document.querySelector('dialog[open] input[type=file]'); input.files = shots.files; input.dispatchEvent(new Event('change', { bubbles: true })); })()";
        self.page.evaluate(give).unwrap();
        self.wait("document.querySelectorAll('dialog[open] .new-pictures li').length === 8");
    }
}

#[test]
fn from_an_empty_folder_to_a_published_guide_by_the_keyboard_alone() {
    let project = Project::empty();
    let served = project.serve();
    let mut page = served.open("/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    let mut author = Author { page };
    author.wait("document.querySelector('.no-guides')?.checkVisibility()");
    author.tab_to(".no-guides .primary");
    author.press("Enter");
    author.wait("document.querySelector('dialog[open] #new-title')");
    author.tab_to("#new-title");
    author.write("How to add a transaction");
    author.tab_to("#new-app");
    author.say_letters("new");
    author.wait("document.querySelector('#new-app-name')?.checkVisibility()");
    author.tab_to("#new-app-name");
    author.write("Actual Budget");
    author.files_chosen();
    author.tab_to("dialog[open] [type=submit]");
    author.press("Enter");
    author.wait("document.querySelectorAll('.step').length === 8");
    for (at, content) in STEPS.iter().enumerate() {
        author.fill_step(at + 1, content);
    }
    author.begin_chapter(1, "Sign in");
    author.begin_chapter(4, "Add the transaction");
    author.action("Introduction");
    author.wait("document.querySelector('dialog.contents[open]')");
    author.press("Enter");
    author.wait("document.activeElement.value === 'Say why one does this.'");
    author.say("Actual keeps your accounts on your own server. This guide enters one purchase by hand.");
    author.press("Escape");
    author.saved();
    author.action("Guide settings");
    let settings = [
        ("#setting-description", "Open the demo budget of Actual and enter one purchase by hand."),
        ("#setting-tags", "budget, accounts"),
        ("#setting-cursor-name", "Maria"),
        ("#setting-label", "Read the handbook"),
        ("#setting-address", "https://actualbudget.org/docs/"),
    ];
    for (field, text) in settings {
        author.tab_to(field);
        author.write(text);
    }
    author.press("Enter");
    author.wait("!document.querySelector('dialog[open]')");
    author.action("Publish");
    author.wait("document.querySelector('[data-focus=publish]').hidden");
    author.saved();
    clean(&mut author.page);
    let written = fs::read_to_string(project.path("guides/how-to-add-a-transaction/index.md")).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/golden/made-in-the-editor.md");
    assert_eq!(written, fs::read_to_string(golden).unwrap());
    plays_to_its_end(&project);
}
