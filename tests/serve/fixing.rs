//! What is wrong with a guide, told by the editor in its own words, led to and fixed there, in a real Chromium.

use super::several::{becomes, open};
use super::support::{Project, clean};
use guidemark::browser::Page;
use std::fs;
use std::path::Path;

const GUIDE: &str = "---\ntitle: Invite\n---\n\n1. Open it.\n\n   ![](shot.png)\n   <!-- @click 600,390 200x60 -->\n\n2. Choose it.\n\n   ![The list](shots/budget.png)\n   <!--\n   @redact 772,132 66x17\n   @click 10,20 100x40\n   -->\n\n\
3. Look.\n\n   ![The list again](shots/budget.png)\n   <!-- @click 10,20 100x40 -->\n";

fn project(guide: &str) -> Project {
    let project = Project::empty();
    project.write("guides/invite.md", guide).picture("guides/shot.png", [200, 220, 240]);
    let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides/actual-transaction/shots");
    project.write("guides/shots/budget.png", fs::read(shots.join("05.png")).unwrap());
    project
}

fn row(words: &str) -> String {
    format!(
        "[...document.querySelectorAll('.problems li')].find(each => each.textContent.includes('{words}'))"
    )
}

fn problem_summary(page: &mut guidemark::browser::Page) -> String {
    page.evaluate("document.querySelector('.problems summary').textContent")
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn problems_lead_to_their_fields_and_are_fixed_by_a_button() {
    let project = project(GUIDE);
    let served = project.serve();
    let mut page = open(&served);
    page.wait_for("document.querySelector('.problems summary').textContent === '1 error, 3 warnings'")
        .unwrap();
    page.evaluate("document.querySelector('.problems').open = true; 0").unwrap();
    page.evaluate(&format!("{}.querySelector('button').click(); 0", row("Describe this screenshot")))
        .unwrap();
    page.wait_for("document.activeElement.matches('.shot-fields textarea')").unwrap();
    let describe = row("Say in a sentence what the guide is for");
    page.evaluate(&format!("{describe}.querySelector('button').click(); 0")).unwrap();
    page.wait_for("document.activeElement.id === 'setting-description'").unwrap();
    page.press("Escape").unwrap();
    let outside = row("lies off its screenshot");
    page.evaluate(&format!("{outside}.querySelector('button').click(); 0")).unwrap();
    page.wait_for("document.activeElement.matches('.mark.selected')").unwrap();
    page.evaluate(&format!("{outside}.querySelectorAll('button')[1].click(); 0")).unwrap();
    becomes(&mut page, &project, &GUIDE.replace("600,390 200x60", "440,340 200x60"));
    page.wait_for("document.querySelector('.problems summary').textContent === '3 warnings'").unwrap();
    // Not clean: with an error there is no page that the way in could lead to.
    assert!(page.seen().unwrap().errors.is_empty());
}

#[test]
fn playing_says_that_an_error_keeps_the_latest_changes_from_being_shown() {
    let good = GUIDE.replace("600,390 200x60", "440,340 200x60");
    let project = project(&good);
    let served = project.serve();
    let mut page = open(&served);
    page.wait_for("document.querySelector('.problems summary').textContent === '3 warnings'").unwrap();
    page.click("[data-focus=play]").unwrap();
    page.wait_for("!document.querySelector('.play').hidden && document.querySelector('.play-old').hidden")
        .unwrap();
    project.write("guides/invite.md", GUIDE);
    page.wait_for(
        "document.querySelector('.play-old').checkVisibility() && document.querySelector('.play-old').textContent.startsWith('1 error keeps this guide from being built')",
    )
    .unwrap();
    page.click("[data-focus=play-errors]").unwrap();
    page.wait_for(
        "document.querySelector('.play').hidden && document.activeElement.matches('.problems[open] summary')",
    )
    .unwrap();
    page.click("[data-focus=play]").unwrap();
    project.write("guides/invite.md", &good);
    page.wait_for("!document.querySelector('.play').hidden && document.querySelector('.play-old').hidden")
        .unwrap();
}

#[test]
fn what_another_guide_redacts_is_told_as_the_terminal_tells_it_and_redacted_by_one_click() {
    let guide = GUIDE.replace("600,390", "40,40").replace("   @redact 772,132 66x17\n", "");
    let project = project(&guide);
    project.write("guides/other.md", "---\ntitle: Other\ndescription: D.\n---\n\n1. Look.\n\n   ![The list](shots/budget.png)\n   <!-- @redact 772,132 66x17 -->\n");
    let served = project.serve();
    let mut page = open(&served);
    let leak = row("shows what another guide redacts");
    page.wait_for(&leak).unwrap();
    page.evaluate(&format!(
        "document.querySelector('.problems').open = true; {leak}.querySelectorAll('button')[1].click(); 0"
    ))
    .unwrap();
    // Once: within a guide, a redaction covers its picture wherever that is shown.
    let redacted = guide.replace(
        "   @click 10,20 100x40\n   -->",
        "   @click 10,20 100x40\n   @redact 772,132 66x17\n   -->",
    );
    becomes(&mut page, &project, &redacted);
    page.wait_for(&format!("!{leak}")).unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, &guide);
    clean(&mut page);
}

/// A picture with one box on plain ground, 640 × 400 points.
fn boxed() -> Vec<u8> {
    let mut picture = image::RgbImage::from_pixel(640, 400, image::Rgb([240, 240, 244]));
    for (x, y) in (200..320).flat_map(|x| (150..190).map(move |y| (x, y))) {
        picture.put_pixel(x, y, image::Rgb([60, 80, 200]));
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn regions_are_drawn_from_beyond_the_edge_and_laid_on_the_edges_of_what_is_seen() {
    let guide = "---\ntitle: Invite\ndescription: D.\n---\n\n1. Open it.\n\n   ![One](shot.png)\n\n2. Look.\n\n   ![Two](shot.png)\n";
    let project = project(guide);
    project.write("guides/shot.png", boxed());
    let served = project.serve();
    let mut page = open(&served);
    let draw = |page: &mut Page, tool: &str, from: [f64; 2], to: [f64; 2], alt: bool| {
        page.click(&format!(".tool[value={tool}]")).unwrap();
        let place = "(() => { const { left, top, width } = document.querySelector('.shot').getBoundingClientRect(); return [left, top, width / 640]; })()";
        let found = page.evaluate(place).unwrap();
        let number = |at: usize| found[at].as_f64().unwrap();
        let at = |[x, y]: [f64; 2]| (number(0) + x * number(2), number(1) + y * number(2));
        if alt {
            // The pointer's events carry the key.
            page.evaluate("['pointermove', 'pointerup'].forEach(name => addEventListener(name, event => Object.defineProperty(event, 'altKey', { get: () => true }), { capture: true })); 0").unwrap();
        }
        page.drag(at(from), at(to)).unwrap();
        page.wait_for("document.querySelector('.mark.selected') && document.querySelector('.status').textContent === 'saved'").unwrap();
    };
    draw(&mut page, "hotspot", [196.0, 147.0], [323.0, 193.0], false);
    assert!(
        fs::read_to_string(project.path("guides/invite.md")).unwrap().contains("@click 200,150 120x40 -->")
    );
    draw(&mut page, "crop", [-10.0, -8.0], [500.0, 300.0], false);
    let text = fs::read_to_string(project.path("guides/invite.md")).unwrap();
    assert!(text.contains("@crop 0,0 500x300"), "{text}");
    // Enlarged, each lower corner lies below buttons.
    for _ in 0..4 {
        page.click("[data-focus=more]").unwrap();
    }
    for (buttons, left, tool, from, to, written) in [
        (
            "Size of the screenshot",
            false,
            "redact",
            [639.0, 399.0],
            [600.0, 350.0],
            ["@redact 600,350 39x49", "@redact 600,350 40x50"],
        ),
        (
            "Panels",
            true,
            "highlight",
            [1.0, 399.0],
            [40.0, 350.0],
            ["@highlight 1,350 39x49", "@highlight 0,350 40x50"],
        ),
    ] {
        let covered = format!(
            "(() => {{ const scroll = document.querySelector('.canvas-scroll'); scroll.scrollTo({}, scroll.scrollHeight); \
            const shot = document.querySelector('.shot').getBoundingClientRect(); const box = document.querySelector('[aria-label=\"{buttons}\"]').getBoundingClientRect(); \
            const x = {}; return x > box.left && x < box.right && shot.bottom - 1 > box.top && shot.bottom - 1 < box.bottom; }})()",
            if left { "0" } else { "scroll.scrollWidth" },
            if left { "shot.left + 1" } else { "shot.right - 1" },
        );
        page.wait_for(&covered).unwrap();
        draw(&mut page, tool, from, to, false);
        let text = fs::read_to_string(project.path("guides/invite.md")).unwrap();
        assert!(written.iter().any(|each| text.contains(each)), "{buttons}: {text}");
    }
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("0").unwrap();
    draw(&mut page, "highlight", [196.0, 147.0], [323.0, 193.0], true);
    let text = fs::read_to_string(project.path("guides/invite.md")).unwrap();
    assert!(text.contains("@highlight 196,147 127x46"), "not with Alt: {text}");
    clean(&mut page);
}

#[test]
fn where_a_redaction_does_not_help_it_is_proposed_with_one_click() {
    let guide = "---\ntitle: Invite\ndescription: D.\n---\n\n1. Open it.\n\n   ![One](shots/list.png)\n   <!-- @click 337,113 80x26 -->\n\n2. Type it.\n\n   ![Two](shots/row.png)\n   <!-- @click 371,183 220x28 -->\n";
    let project = project(guide);
    let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides/actual-transaction/shots");
    for (name, from) in [("list.png", "06.png"), ("row.png", "08.png")] {
        project.write(&format!("guides/shots/{name}"), fs::read(shots.join(from)).unwrap());
    }
    project.write("guides/other.md", "---\ntitle: Other\ndescription: D.\n---\n\n1. Look.\n\n   ![The list](shots/list.png)\n   <!-- @click 337,113 80x26 -->\n");
    let served = project.serve();
    let mut page = served.open("/.guidemark/edit/invite/");
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 1280").unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("r").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.activeElement.matches('.mark.verb-redact')").unwrap();
    // Over the balance, which the next screenshot shows too.
    for (side, number) in [("x", "252"), ("y", "72"), ("w", "94"), ("h", "28")] {
        page.evaluate(&format!("document.querySelector('[data-focus=\"region {side}\"]').select(); 0"))
            .unwrap();
        page.type_text(number).unwrap();
    }
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.wait_for("document.querySelector('.status').textContent === 'saved'").unwrap();
    // The other guide shows the picture too, and is an error until it covers it.
    page.click("[data-focus=redact-everywhere]").unwrap();
    // Another screenshot of this guide shows the same text.
    page.wait_for("document.querySelector('.toast')?.textContent.includes('Redact it there too')").unwrap();
    let redact = "   <!-- @redact 252,72 94x28 -->\n";
    let other = fs::read_to_string(project.path("guides/other.md")).unwrap();
    assert!(other.ends_with(&format!("80x26 -->\n{redact}")), "{other}");
    page.evaluate("document.querySelector('.toast button.small').click(); 0").unwrap();
    page.wait_for("document.querySelector('.toast')?.textContent.includes('Redacted on 1 more screenshot')")
        .unwrap();
    page.wait_for("!document.querySelector('.problems.errors') && document.querySelector('.status').textContent === 'saved'").unwrap();
    let text = fs::read_to_string(project.path("guides/invite.md")).unwrap();
    let once = guide.replace("80x26 -->\n", &format!("80x26 -->\n{redact}"));
    let second = once.find("2. Type").unwrap();
    assert!(text.starts_with(&once[..second]) && text[second..].contains("@redact "), "{text}");
    page.click("[data-focus=redact-everywhere]").unwrap();
    page.wait_for("document.querySelector('.toast')?.textContent.includes('No other guide shows')").unwrap();
    clean(&mut page);
}

#[test]
fn a_mark_goes_on_to_the_next_step() {
    let guide = "---\ntitle: Invite\ndescription: D.\n---\n\n1. Open it.\n\n   ![One](shot.png)\n\n2. Look.\n\n   ![Two](shot.png)\n";
    let project = project(guide);
    let served = project.serve();
    let mut page = open(&served);
    page.press("h").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.activeElement.matches('.mark.verb-click')").unwrap();
    page.press("n").unwrap();
    page.wait_for("document.querySelector('.step[aria-current] .step-number').textContent === '2' && document.activeElement.matches('.mark.selected')").unwrap();
    becomes(
        &mut page,
        &project,
        &guide.replace("(shot.png)\n", "(shot.png)\n   <!-- @click 240,176 160x48 -->\n"),
    );
    clean(&mut page);
}

#[test]
fn what_has_one_right_answer_is_fixed_one_by_one() {
    // Two images that code hosts show as code, for their indentation.
    let guide = "---\ntitle: Invite\ndescription: D.\n---\n\n1. Open it.\n\n   ![One](shot.png)\n   <!-- @click 1,2 30x30 -->\n\n  ![Two](SHOT.png)\n\n2. Choose.\n\n   ![Three](Shot.png)\n   <!-- @click 1,2 30x30 -->\n";
    let project = project(guide);
    let served = project.serve();
    let mut page = open(&served);
    page.evaluate("document.querySelector('.problems').open = true; 0").unwrap();
    let before = problem_summary(&mut page);
    let fixes = "[...document.querySelectorAll('.problems li')].filter(each => each.querySelector('[data-does=fix]')?.textContent === 'Fix')";
    page.wait_for(&format!("{fixes}.length >= 2")).unwrap();
    let count = page.evaluate(&format!("{fixes}.length")).unwrap().as_u64().unwrap();
    page.evaluate(&format!("{fixes}.at(-1).querySelector('[data-does=fix]').click(); 0")).unwrap();
    becomes(&mut page, &project, &guide.replace("Shot.png", "shot.png"));
    page.wait_for(&format!("{fixes}.length === {}", count - 1)).unwrap();
    page.wait_for(&format!("document.querySelector('.problems summary').textContent !== '{before}'"))
        .unwrap();
    clean(&mut page);
}

#[test]
fn what_is_not_ready_is_said_before_a_draft_is_published() {
    let guide = "---\ntitle: Invite\ndraft: true\n---\n\nWhat it is for.\n\n1. Describe this step.\n\n   ![A page](shot.png)\n   <!-- @click 60,39 20x60 -->\n";
    let project = project(guide);
    let served = project.serve();
    let mut page = open(&served);
    let publish =
        "[...document.querySelectorAll('button')].find(each => each.textContent === 'Draft: publish')";
    page.wait_for(&format!("{publish} && !{publish}.hidden && document.querySelector('.problems summary').textContent === '1 warning'")).unwrap();
    page.evaluate(&format!("{publish}.click(); 0")).unwrap();
    page.wait_for("document.querySelector('dialog.before-publishing').open").unwrap();
    let said = "document.querySelector('dialog.before-publishing .dialog-body').innerText.trim()";
    assert_eq!(page.evaluate(said).unwrap(), "1 step still says “Describe this step.”");
    assert_eq!(page.evaluate("document.activeElement.textContent").unwrap(), "Publish anyway");
    assert_eq!(
        fs::read_to_string(project.path("guides/invite.md")).unwrap(),
        guide,
        "nothing is published yet"
    );
    page.press("Escape").unwrap();
    let ready = guide.replace("Describe this step.", "Open it.");
    project.write("guides/invite.md", &ready);
    page.wait_for("document.querySelector('.problems').hidden").unwrap();
    page.evaluate(&format!("{publish}.click(); 0")).unwrap();
    becomes(&mut page, &project, &ready.replace("draft: true\n", ""));
    clean(&mut page);
}
