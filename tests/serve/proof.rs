//! A guide of eight steps made in the editor alone, from an empty folder and eight screenshots: what comes to stand in the file is
//! what a technical writer would sign, and the built guide plays to its end.

use super::support::{PATIENCE, Project, browser, clean};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use guidemark::browser::{Page, Viewport};
use guidemark::site::Silent;
use guidemark::source::DiskWorld;
use std::fs;
use std::path::Path;

/// What one step says, and what is drawn on its screenshot.
pub struct StepContent {
    pub text: &'static str,
    pub alt: &'static str,
    /// Tool, verb, region, text.
    pub drawn: &'static [Drawn],
}

pub type Drawn = (&'static str, &'static str, [f64; 4], &'static str);

pub const SHOTS: [&str; 8] = ["02", "03", "05", "06", "08", "11", "14", "15"];

/// Makes the page's `shots`: the screenshots as they are dropped or chosen.
pub fn hold_shots(page: &mut Page) {
    page.evaluate("window.shots = new DataTransfer(); 0").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides/actual-transaction/shots");
    for name in SHOTS {
        let bytes = STANDARD.encode(fs::read(folder.join(format!("{name}.png"))).unwrap());
        let add = format!(
            "(() => {{ const bytes = Uint8Array.from(atob('{bytes}'), letter => letter.charCodeAt(0)); shots.items.add(new File([bytes], '{name}.png', {{ type: 'image/png' }})); }})()"
        );
        page.evaluate(&add).unwrap();
    }
}

pub const STEPS: [StepContent; 8] = [
    StepContent {
        text: "Open your Actual server and type your **password**.",
        alt: "The sign-in page of Actual",
        drawn: &[
            ("hotspot", "type", [415.0, 444.0, 267.0, 31.0], "••••••••"),
            ("crop", "crop", [240.0, 200.0, 800.0, 500.0], ""),
        ],
    },
    StepContent {
        text: "Click **Sign in**.",
        alt: "The sign-in page with a password",
        drawn: &[("hotspot", "click", [695.0, 444.0, 170.0, 31.0], "Sign in")],
    },
    StepContent {
        text: "Open the account **Capital One Checking**.",
        alt: "The budget, with its accounts on the left",
        drawn: &[
            ("hotspot", "click", [0.0, 359.0, 240.0, 24.0], "Capital One Checking"),
            ("redact", "redact", [772.0, 132.0, 66.0, 17.0], ""),
        ],
    },
    StepContent {
        text: "Click **Add New**. An empty row opens at the top of the list.",
        alt: "The list of transactions of the account",
        drawn: &[("hotspot", "click", [337.0, 113.0, 80.0, 26.0], "Add New")],
    },
    StepContent {
        text: "Type the payee, `Kroger`.",
        alt: "The new row, with a list of payees",
        drawn: &[("hotspot", "type", [371.0, 183.0, 220.0, 28.0], "Kroger")],
    },
    StepContent {
        text: "Type a note that you will recognise later.",
        alt: "The new row with an empty note",
        drawn: &[("hotspot", "type", [593.0, 183.0, 220.0, 28.0], "Weekly groceries")],
    },
    StepContent {
        text: "Click **Add**.",
        alt: "The new row with payee, note and amount",
        drawn: &[("hotspot", "click", [1213.0, 219.0, 47.0, 26.0], "Add")],
    },
    StepContent {
        text: "The transaction is in the list.",
        alt: "The list with the new transaction",
        drawn: &[
            ("highlight", "highlight", [240.0, 252.0, 1040.0, 31.0], ""),
            ("callout", "callout", [801.0, 10.0, 171.0, 18.0], "Click here later to choose a category"),
        ],
    },
];

struct Author {
    page: Page,
}

impl Author {
    fn wait(&mut self, for_what: &str) {
        self.page.wait_for(for_what).unwrap();
    }

    fn saved(&mut self) {
        self.wait("document.querySelector('.status')?.textContent === 'saved'");
    }

    /// Writes into a field, instead of what stands there.
    fn write(&mut self, field: &str, text: &str) {
        self.page.click(field).unwrap();
        self.page.press("Control+a").unwrap();
        self.page.type_text(text).unwrap();
    }

    fn choose(&mut self, field: &str, value: &str) {
        let script = format!(
            "(() => {{ const select = document.querySelector('{field}'); select.value = '{value}'; select.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
        );
        self.page.evaluate(&script).unwrap();
    }

    fn drop_shots(&mut self) {
        hold_shots(&mut self.page);
        let drop = "['dragenter', 'dragover', 'drop'].forEach(kind => document.querySelector('.no-guides').dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: shots })))";
        self.page.evaluate(drop).unwrap();
    }

    fn go(&mut self, step: usize) {
        self.page.evaluate(&format!("document.querySelectorAll('.step')[{}].click(); 0", step - 1)).unwrap();
        self.wait(&format!(
            "document.querySelector('.step[aria-current] .step-number')?.textContent === '{step}' && document.querySelector('.shot img')?.naturalWidth === 1280"
        ));
    }

    fn draw(&mut self, (tool, verb, [x, y, w, h], text): Drawn) {
        self.page.click(&format!(".tool[value={tool}]")).unwrap();
        let place = "(() => { const { left, top, width } = document.querySelector('.shot').getBoundingClientRect(); return [left, top, width / 1280]; })()";
        let found = self.page.evaluate(place).unwrap();
        let number = |at: usize| found[at].as_f64().unwrap();
        let at = |x: f64, y: f64| (number(0) + x * number(2), number(1) + y * number(2));
        self.page.drag(at(x, y), at(x + w, y + h)).unwrap();
        self.wait("document.querySelector('.mark.selected')");
        if verb != tool && verb != "click" {
            self.choose("[data-focus=verb]", verb);
            self.saved();
        }
        if !text.is_empty() {
            self.write(".annotation-fields input[type=text]", text);
        }
        self.page.evaluate("document.activeElement.blur(); 0").unwrap();
        self.saved();
        self.page.press("Escape").unwrap();
    }

    fn fill_step(&mut self, number: usize, content: &StepContent) {
        self.go(number);
        self.write(".run textarea", content.text);
        self.write(".shot-fields textarea", content.alt);
        for drawn in content.drawn {
            self.draw(*drawn);
        }
        self.saved();
    }

    fn begin_chapter(&mut self, step: usize, title: &str) {
        self.go(step);
        self.page.click("[data-focus=chapter]").unwrap();
        self.wait("document.querySelector('dialog.contents[open]') && document.activeElement.value === 'New chapter'");
        self.page.type_text(title).unwrap();
        self.page.press("Escape").unwrap();
        self.saved();
    }
}

#[test]
fn from_an_empty_folder_to_a_published_guide_without_writing_markdown() {
    let project = Project::empty();
    let served = project.serve();
    let mut page = served.open("/");
    page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
    let mut author = Author { page };
    author.wait("document.querySelector('.no-guides')?.checkVisibility()");
    author.drop_shots();
    author.wait("document.querySelectorAll('dialog[open] .new-pictures li').length === 8");
    author.write("#new-title", "How to add a transaction");
    author.choose("#new-app", "\\n");
    author.write("#new-app-name", "Actual Budget");
    author.page.click("dialog[open] [type=submit]").unwrap();
    author.wait("document.querySelectorAll('.step').length === 8");
    for (at, content) in STEPS.iter().enumerate() {
        author.fill_step(at + 1, content);
    }
    author.begin_chapter(1, "Sign in");
    author.begin_chapter(4, "Add the transaction");
    author.page.click("[data-focus=introduction]").unwrap();
    author.page.click(".contents-body > button").unwrap();
    author.wait("document.activeElement.value === 'Say why one does this.'");
    author
        .page
        .type_text("Actual keeps your accounts on your own server. This guide enters one purchase by hand.")
        .unwrap();
    author.page.press("Escape").unwrap();
    author.saved();
    author.page.click("[data-focus=settings]").unwrap();
    author.write("#setting-description", "Open the demo budget of Actual and enter one purchase by hand.");
    author.write("#setting-tags", "budget, accounts");
    author.write("#setting-cursor-name", "Maria");
    author.write("#setting-label", "Read the handbook");
    author.write("#setting-address", "https://actualbudget.org/docs/");
    author.page.click("dialog.settings [type=submit]").unwrap();
    author.wait("!document.querySelector('dialog[open]')");
    author.page.click("[data-focus=publish]").unwrap();
    author.wait("document.querySelector('[data-focus=publish]').hidden");
    author.saved();
    clean(&mut author.page);
    let file = "guides/how-to-add-a-transaction/index.md";
    let written = fs::read_to_string(project.path(file)).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/golden/made-in-the-editor.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&golden, &written).unwrap();
    }
    assert_eq!(written, fs::read_to_string(&golden).unwrap());
    plays_to_its_end(&project);
}

/// Built as it is published, and played by its reader.
pub fn plays_to_its_end(project: &Project) {
    let world = DiskWorld::new(&project.path("")).unwrap();
    let options = guidemark::site::BuildOptions { jobs: 2, ..Default::default() };
    let sink = guidemark::site::MemorySink::default();
    let outcome = guidemark::site::build(&world, &options, &sink, &Silent);
    assert_eq!(
        outcome.diagnostics.iter().map(|found| &found.message).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    let built = project.path("built.html");
    fs::write(&built, &sink.files()["how-to-add-a-transaction/index.html"]).unwrap();
    let mut page = browser().new_page().unwrap();
    page.set_patience(PATIENCE);
    page.navigate(&format!("file://{}", built.display())).unwrap();
    page.wait_for("document.querySelector('guidemark-player')?.total === 8").unwrap();
    page.evaluate("document.querySelector('guidemark-player').go(1)").unwrap();
    for step in 2..=8 {
        page.evaluate("document.querySelector('guidemark-player').next()").unwrap();
        page.wait_for(&format!(
            "document.querySelector('guidemark-player').getAttribute('step') === '{step}'"
        ))
        .unwrap();
    }
    page.evaluate("document.querySelector('guidemark-player').next()").unwrap();
    page.wait_for("document.querySelector('guidemark-player').getAttribute('state') === 'ended'").unwrap();
    clean(&mut page);
}
