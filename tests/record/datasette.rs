//! A real application, recorded anew: Datasette, the flow of the guide `guides/datasette-api-token`. Its page is walked through a
//! second time by a browser without a recorder, which says where things are.

use super::recording::{Recording, Shown};
use guidemark::browser::{Browser, LaunchOptions, Page, Viewport};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PASSWORD: &str = "correct horse";
/// Points that a recorded box may be off.
const OFF: f64 = 2.0;

/// What a writer would leave as it is.
const SENTENCES: [&str; 18] = [
    "Open HOST/-/login.",
    "Type alex in Username.",
    "Fill in Password.",
    "Click Log in.",
    "Open Menu.",
    "Close Menu.",
    "Open HOST/-/create-token.",
    "Choose Expires after X days.",
    "Type 30 in days.",
    "Open Restrict actions that can be performed using this token.",
    "Select view-instance.",
    "Select view-database.",
    "Select view-table.",
    "Check what the token may do.",
    "Click Create token.",
    "Click Copy to clipboard.",
    "Open Token details.",
    "Done: you see Create an API token.",
];

struct Datasette {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Datasette {
    fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let installed = Command::new(root.join("tests/record/tools")).status().unwrap();
        assert!(installed.success(), "tests/record/tools installs Datasette");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let programs = root.join(target).join("tools/datasette/bin");
        let own = root.join("tests/record/datasette");
        let folder = tempfile::Builder::new().prefix("guidemark-datasette").tempdir().unwrap();
        let shop = folder.path().join("shop.db");
        let made =
            Command::new(programs.join("python")).arg(own.join("shop.py")).arg(&shop).status().unwrap();
        assert!(made.success());
        let mut child = Command::new(programs.join("datasette"))
            .arg(&shop)
            .args(["--port", "0", "--secret", "s", "--config"])
            .arg(own.join("datasette.yaml"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("running on http")).expect("Datasette starts");
        let address = line.split("running on ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        // What it goes on to say is read, or it would stop.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, _folder: folder }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Datasette {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn browser() -> Browser {
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    let options = LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref()).unwrap();
    Browser::launch(&options).unwrap()
}

/// Where an element is: x, y, width, height.
fn place(page: &mut Page, element: &str) -> [f64; 4] {
    let place = page
        .evaluate(&format!(
            "(({{ x, y, width, height }}) => [x, y, width, height])(({element}).getBoundingClientRect())"
        ))
        .unwrap();
    [0, 1, 2, 3].map(|at| place[at].as_f64().unwrap())
}

/// The places of what the flow acts on, in its order, as a page without a recorder has them.
fn places(datasette: &Datasette, page: &mut Page) -> Vec<(&'static str, [f64; 4])> {
    let one = |page: &mut Page, name: &'static str, element: &str| (name, place(page, element));
    let select = |css: &str| format!("document.querySelector('{css}')");
    let named = |css: &str, name: &str| {
        format!(
            "[...document.querySelectorAll('{css}')].find((each) => (each.value + each.textContent).includes('{name}'))"
        )
    };
    let checkbox = |name: &str| {
        format!(
            "[...document.querySelectorAll('#restrict-permissions label')].find((each) => each.textContent.trim() === '{name}').querySelector('input')"
        )
    };
    page.navigate(&datasette.url("/-/login")).unwrap();
    let mut found = vec![
        one(page, "Username", &select("#id_username")),
        one(page, "Password", &select("#id_password")),
        one(page, "Log in", &named("input[type=submit]", "Log in")),
    ];
    page.evaluate(&format!(
        "document.querySelector('#id_username').value = 'alex'; document.querySelector('#id_password').value = '{PASSWORD}'; {}.click()",
        named("input[type=submit]", "Log in")
    ))
    .unwrap();
    page.wait_for("document.title === 'Datasette: shop' && document.readyState === 'complete'").unwrap();
    found.push(one(page, "Menu", &select("summary")));
    found.push(one(page, "Menu", &select("summary")));
    page.navigate(&datasette.url("/-/create-token")).unwrap();
    found.push(one(page, "list", &select("select")));
    page.evaluate("const list = document.querySelector('select'); list.value = 'days'; for (const type of ['input', 'change']) list.dispatchEvent(new Event(type, { bubbles: true }))").unwrap();
    found.push(one(page, "days", &select("form > div > input")));
    found.push(one(page, "Restrict", &select("#restrict-permissions > summary")));
    page.evaluate("document.querySelector('#restrict-permissions > summary').click(); document.querySelector('form > div > input').value = '30'").unwrap();
    for name in ["view-instance", "view-database", "view-table"] {
        found.push(one(page, name, &checkbox(name)));
        page.evaluate(&format!("{}.click()", checkbox(name))).unwrap();
    }
    found.push(one(page, "Create token", &named("input[type=submit]", "Create token")));
    page.evaluate(&format!("{}.click()", named("input[type=submit]", "Create token"))).unwrap();
    page.wait_for("document.querySelector('#token-input, .copyable, details summary') !== null && document.body.textContent.includes('Token details')").unwrap();
    found.push(one(page, "Copy", &named("button", "Copy")));
    found.push(one(page, "Token details", &named("summary", "Token details")));
    found
}

/// The region of the action of each step that has one.
fn regions(steps: &[Shown]) -> Vec<[f64; 4]> {
    let action = |said: &&String| ["@click", "@type", "@select"].iter().any(|verb| said.starts_with(verb));
    let place_of = |said: &String| {
        let mut words = said.split_whitespace().skip(1);
        let at = words.next()?.split_once(',')?;
        let size = words.next()?.split_once('x')?;
        Some([at.0, at.1, size.0, size.1].map(|number| number.parse().unwrap()))
    };
    steps.iter().filter_map(|step| step.said.iter().find(action).and_then(place_of)).collect()
}

#[test]
fn the_flow_of_datasette_is_recorded_anew() {
    let datasette = Datasette::start();
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/record/datasette/steps.json");
    let arguments = ["--steps", steps.to_str().unwrap()];
    let mut recording =
        Recording::start(&datasette.url("/-/login"), &arguments, &[("DATASETTE_PASSWORD", PASSWORD)]);
    assert_eq!(recording.wait(), Some(0), "{:#?}", recording.lines);
    let shown = recording.steps();
    let host = datasette.address.trim_start_matches("http://");
    let sentences: Vec<String> = shown.iter().map(|step| step.sentence.replace(host, "HOST")).collect();
    assert_eq!(sentences, SENTENCES);

    let browser = browser();
    let mut page = browser.new_page().unwrap();
    page.set_viewport(Viewport::desktop(1280, 800)).unwrap();
    let (regions, places) = (regions(&shown), places(&datasette, &mut page));
    assert_eq!(regions.len(), places.len(), "{regions:?} {places:?}");
    for (region, (name, place)) in regions.iter().zip(&places) {
        let off = region.iter().zip(place).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        assert!(off <= OFF, "{name} is at {place:?}, and was recorded at {region:?}");
    }

    let token = page.evaluate("document.body.innerHTML.match(/dstok_[\\w.-]{12}/)?.[0]").unwrap();
    assert!(token.as_str().is_some_and(|token| token.starts_with("dstok_")), "the page shows a token");
    for file in recording.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for secret in [PASSWORD, "dstok_e"] {
            assert!(!text.contains(secret), "{} holds {secret}", file.display());
        }
    }
    let covered = shown
        .iter()
        .filter(|step| step.said.iter().any(|said| said.starts_with("@redact") && said.contains(" on ")))
        .count();
    assert!(
        covered >= 3,
        "the token is covered on each picture that shows it, by what it stands in: {}",
        recording.markdown()
    );
    plays_to_its_end(&mut page, &recording.folder());
}

/// Builds the guide, and goes through it as a reader does.
fn plays_to_its_end(page: &mut Page, folder: &Path) {
    let built = folder.join("page.html");
    let ran = Command::new(env!("CARGO_BIN_EXE_guidemark"))
        .args(["build", "--no-cache", "-o"])
        .arg(&built)
        .arg(folder.join("index.md"))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    page.navigate(&format!("file://{}?view=player", built.display())).unwrap();
    page.wait_for("document.querySelector('guidemark-player')?.getAttribute('state') === 'cover'").unwrap();
    page.click(".gm-start").unwrap();
    for step in 1..=SENTENCES.len() {
        page.wait_for(&format!(
            "document.querySelector('guidemark-player').getAttribute('step') === '{step}'"
        ))
        .unwrap();
        page.press("ArrowRight").unwrap();
    }
    page.wait_for("document.querySelector('guidemark-player').getAttribute('state') === 'ended'").unwrap();
}
