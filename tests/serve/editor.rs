//! The editor in a real Chromium: what is done there, and what comes to stand in the author's file.

use super::support::{Project, Served, clean};
use guidemark::browser::{Page, Viewport};
use serde_json::Value;
use std::fs;

#[path = "../browser/support/axe.rs"]
pub mod axe;
#[path = "../browser/support/npm.rs"]
mod npm;

/// A guide as somebody wrote it who never heard of an editor: carriage returns, tabs, `1)`, a star for bullets, long
/// comments, lines of all lengths. 640 × 400 points a picture.
const AWKWARD: &str = "\u{feff}---\r\ntitle:   'Invite a colleague'   # as in the menu\r\ndescription: >-\r\n  How it is done,\r\n  step by step.\r\n---\r\n\r\n\
Why one does it:\r\n\r\n* it is quick\r\n* it is *safe*\r\n\r\n## First\r\n\r\n\
1)\tOpen the **menu**\r\n\tin the corner.\r\n\r\n\t![The page](shot.png)\r\n\t<!--\r\n\tA note to myself:\r\n\tthe corner moved in March.\r\n\t@click  40,40   200x60   \"Menu\"\r\n\t-->\r\n\r\n\
2)\tChoose *Invite*.\r\n\r\n\t* or press <kbd>I</kbd>\r\n\r\n\t![The menu](other.png)\r\n\t<!-- @click 10%,10% -->\r\n\r\n\
3)\tLook at it.\r\n\r\n## Why?\r\n\r\nProse that nobody touches,   with  odd   spaces.\r\n";

fn project() -> Project {
    let project = Project::empty();
    project.write("guidemark.toml", "title = \"Shelf\"\n[apps.shop]\nname = \"Shop\"\n");
    project.write("guides/invite.md", AWKWARD);
    project.picture("guides/shot.png", [200, 220, 240]);
    project.picture("guides/other.png", [240, 220, 200]);
    project
}

fn text(project: &Project) -> String {
    fs::read_to_string(project.path("guides/invite.md")).unwrap()
}

/// The lines that are gone and those that have come, as a diff tells them.
fn diff(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new);
    let changed = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let side =
        |sign: char, lines: &[&str]| lines.iter().map(|line| format!("{sign}{line}")).collect::<Vec<_>>();
    changed
        .flat_map(|op| [side('-', &old[op.old_range()]), side('+', &new[op.new_range()])].concat())
        .collect()
}

/// A window with the editor.
struct Window<'a> {
    page: Page,
    project: &'a Project,
}

impl<'a> Window<'a> {
    fn open(served: &Served, project: &'a Project) -> Self {
        let mut page = served.open("/.guidemark/edit/invite/");
        page.set_viewport(Viewport::desktop(1440, 900)).unwrap();
        page.wait_for("document.querySelector('.shot img')?.naturalWidth === 640").unwrap();
        Self { page, project }
    }

    /// Goes to a step, counted from 1.
    fn step(&mut self, number: usize) -> &mut Self {
        self.page.click(&format!(".step-list li:nth-of-type({number}) .step, .step-list section ol li:nth-child({number}) .step")).unwrap();
        self.page.wait_for(&format!("document.querySelector('.step[aria-current]')?.querySelector('.step-number').textContent === '{number}'")).unwrap();
        self
    }

    /// A point of the screenshot in the window.
    fn at(&mut self, x: f64, y: f64) -> (f64, f64) {
        let place = "(() => { const { left, top, width } = document.querySelector('.shot').getBoundingClientRect(); return [left, top, width / 640]; })()";
        let found = self.page.evaluate(place).unwrap();
        let number = |at: usize| found[at].as_f64().unwrap();
        (number(0) + x * number(2), number(1) + y * number(2))
    }

    fn draw(&mut self, tool: &str, from: (f64, f64), to: (f64, f64)) {
        self.page.click(&format!(".tool[value={tool}]")).unwrap();
        let (from, to) = (self.at(from.0, from.1), self.at(to.0, to.1));
        self.page.drag(from, to).unwrap();
    }

    /// Until all is in the file.
    #[track_caller]
    fn saved(&mut self) -> String {
        self.page.wait_for("document.querySelector('.status').textContent === 'saved'").unwrap();
        text(self.project)
    }

    /// Until the file holds something else than it did, all of it saved.
    #[track_caller]
    fn changed(&mut self, before: &str) -> String {
        for _ in 0..200 {
            let now = self.saved();
            if now != before {
                return now;
            }
            self.page.evaluate("new Promise(requestAnimationFrame).then(() => 0)").unwrap();
        }
        panic!("the file did not change");
    }

    /// Takes the last change back by the keyboard.
    fn undo(&mut self, before: &str) -> String {
        self.page.evaluate("document.activeElement.blur(); 0").unwrap();
        self.page.press("Control+z").unwrap();
        self.changed(before)
    }
}

/// One thing is done; exactly these lines go and come; undo gives back the same bytes.
#[track_caller]
fn does(what: &str, act: impl FnOnce(&mut Window<'_>), expected: &[&str]) {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    act(&mut window);
    let after = window.changed(AWKWARD);
    assert_eq!(diff(AWKWARD, &after), expected, "{what}");
    assert_eq!(window.undo(&after), AWKWARD, "{what}: undone");
    clean(&mut window.page);
}

#[test]
fn a_hotspot_is_drawn_as_one_line() {
    does(
        "draw",
        |window| {
            window.step(1).draw("hotspot", (300.0, 200.0), (380.0, 240.0));
        },
        &["+\t@click 300,200 80x40\r\n"],
    );
}

#[test]
fn a_hotspot_is_moved_with_the_pointer() {
    does(
        "move",
        |window| {
            let (from, to) = (window.at(140.0, 70.0), window.at(160.0, 90.0));
            window.page.drag(from, to).unwrap();
        },
        &["-\t@click  40,40   200x60   \"Menu\"\r\n", "+\t@click  60,60   200x60   \"Menu\"\r\n"],
    );
}

#[test]
fn a_hotspot_is_moved_and_resized_by_keys_as_one_change() {
    does(
        "keys",
        |window| {
            window.page.evaluate("document.querySelector('.mark').focus(); 0").unwrap();
            for keys in ["ArrowRight", "ArrowRight", "Shift+ArrowDown", "Alt+ArrowRight"] {
                window.page.press(keys).unwrap();
            }
        },
        &["-\t@click  40,40   200x60   \"Menu\"\r\n", "+\t@click  42,50   201x60   \"Menu\"\r\n"],
    );
}

#[test]
fn of_a_region_in_percent_only_what_is_moved_becomes_points() {
    does(
        "percent",
        |window| {
            window.step(2);
            window.page.evaluate("document.querySelector('.mark').focus(); 0").unwrap();
            window.page.press("ArrowRight").unwrap();
        },
        &["-\t<!-- @click 10%,10% -->\r\n", "+\t<!-- @click 65,10% -->\r\n"],
    );
}

#[test]
fn each_tool_draws_its_annotation() {
    for (tool, line) in [
        ("highlight", "+\t@highlight 100,100 60x40\r\n"),
        ("redact", "+\t@redact 100,100 60x40\r\n"),
        ("crop", "+\t@crop 100,100 60x40\r\n"),
    ] {
        does(tool, |window| window.draw(tool, (100.0, 100.0), (160.0, 140.0)), &[line]);
    }
}

#[test]
fn by_keyboard_alone_a_box_is_put_named_and_removed() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.press("l").unwrap();
    window.page.press("Enter").unwrap();
    let after = window.changed(AWKWARD);
    let lines = diff(AWKWARD, &after);
    assert!(matches!(lines.as_slice(), [one] if one.starts_with("+\t@highlight ")), "{lines:?}");
    let name = window.page.evaluate("document.activeElement.getAttribute('aria-label')").unwrap();
    assert!(name.as_str().unwrap().starts_with("Highlight: "), "{name}");
    window.page.press("Delete").unwrap();
    assert_eq!(window.changed(&after), AWKWARD);
    clean(&mut window.page);
}

#[test]
fn a_text_changes_the_line_that_was_changed() {
    does(
        "text",
        |window| {
            window.page.click(".run textarea").unwrap();
            window.page.press("Control+End").unwrap();
            window.page.type_text(" It has three lines.").unwrap();
        },
        &["-\tin the corner.\r\n", "+\tin the corner. It has three lines.\r\n"],
    );
}

#[test]
fn a_step_gets_an_id_that_stays_when_its_title_changes() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.click(".step-id input").unwrap();
    window.page.type_text("the first").unwrap();
    let after = window.changed(AWKWARD);
    assert_eq!(diff(AWKWARD, &after), ["+\t@id the-first\r\n"]);
    window.page.wait_for("location.hash === '#the-first'").unwrap();
    assert_eq!(window.page.evaluate("document.activeElement.value").unwrap(), "the-first");
    window.page.press("Control+a").unwrap();
    window.page.press("Delete").unwrap();
    window.page.press("Tab").unwrap();
    assert_eq!(window.changed(&after), AWKWARD);
    clean(&mut window.page);
}

#[test]
fn a_text_that_would_swallow_the_screenshot_stays_in_its_field() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.click(".run textarea").unwrap();
    window.page.press("Control+End").unwrap();
    for part in ["Enter", "Enter", "`", "`", "`", "s", "h"] {
        window.page.press(part).unwrap();
    }
    window.page.wait_for("document.querySelector('.status').textContent.startsWith('not saved')").unwrap();
    assert_eq!(text(&project), AWKWARD);
    let typed = window.page.evaluate("document.querySelector('.run textarea').value").unwrap();
    assert!(typed.as_str().unwrap().ends_with("corner.\n\n```sh"), "{typed}");
    for part in ["Enter", "l", "s", "Enter", "`", "`", "`"] {
        window.page.press(part).unwrap();
    }
    let after = window.changed(AWKWARD);
    assert!(after.contains("corner.\r\n\r\n\t```sh\r\n\tls\r\n\t```\r\n"), "{after}");
}

#[test]
fn steps_are_moved_by_keyboard_and_keep_their_words() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.step(2);
    window.page.evaluate("document.querySelector('.step[aria-current]').focus(); 0").unwrap();
    window.page.press("Alt+ArrowUp").unwrap();
    let after = window.changed(AWKWARD);
    assert!(after.find("Choose *Invite*.").unwrap() < after.find("Open the **menu**").unwrap(), "{after}");
    assert!(after.contains("1)\tChoose") && after.contains("the corner moved in March."), "{after}");
    assert_eq!(window.undo(&after), AWKWARD);
    clean(&mut window.page);
}

#[test]
fn steps_are_added_repeated_split_and_deleted() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.click("[data-focus=duplicate]").unwrap();
    let twice = window.changed(AWKWARD);
    assert_eq!(twice.matches("Open the **menu**").count(), 2, "{twice}");
    assert_eq!(window.undo(&twice), AWKWARD);
    window.step(1);
    window.page.click("[data-focus=delete]").unwrap();
    let without = window.changed(AWKWARD);
    assert!(!without.contains("Open the **menu**") && without.contains("1)\tChoose"), "{without}");
    assert_eq!(window.undo(&without), AWKWARD);
    window.step(1);
    let caret = "(() => { const field = document.querySelector('.run textarea'); field.focus(); field.setSelectionRange(17, 17); })()";
    window.page.evaluate(caret).unwrap();
    window.page.click("[data-focus^=split]").unwrap();
    let cut = window.changed(AWKWARD);
    assert!(cut.contains("1)\tOpen the **menu**\r\n") && cut.contains("2)\tin the corner.\r\n"), "{cut}");
    assert_eq!(window.undo(&cut), AWKWARD);
    clean(&mut window.page);
}

/// Drops a picture, as if from the desktop.
const DROP: &str = "(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
    canvas.getContext('2d').fillRect(9, 9, 99, 99);
    const blob = await new Promise(done => canvas.toBlob(done));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([blob], 'Screenshot 2026-11-25.png', { type: 'image/png' }));
    const target = document.querySelector('.drop-zone');
    for (const name of ['dragenter', 'dragover', 'drop'])
      target.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
  })().then(() => true)";

#[test]
fn a_dropped_screenshot_is_saved_and_becomes_a_step() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.evaluate(DROP).unwrap();
    let after = window.changed(AWKWARD);
    let added = diff(AWKWARD, &after).into_iter().find(|line| line.contains("screenshot-1.png"));
    assert!(added.is_some_and(|line| line.starts_with("+\t![")), "{after}");
    assert!(project.path("guides/screenshot-1.png").is_file());
    window.page.wait_for("document.querySelectorAll('.step').length === 4").unwrap();
    assert_eq!(window.undo(&after), AWKWARD);
    assert!(project.path("guides/screenshot-1.png").is_file(), "what was saved is not lost");
    clean(&mut window.page);
}

#[test]
fn the_front_matter_keeps_its_order_and_quotes() {
    does(
        "title",
        |window| {
            window.page.click("[data-focus=settings]").unwrap();
            window.page.click("#setting-title").unwrap();
            window.page.press("Control+a").unwrap();
            window.page.type_text("Ask a friend").unwrap();
            window.page.click("dialog.settings [type=submit]").unwrap();
        },
        &[
            "-title:   'Invite a colleague'   # as in the menu\r\n",
            "+title:   'Ask a friend'   # as in the menu\r\n",
        ],
    );
}

#[test]
fn two_windows_and_another_program_lose_nothing_of_each_other() {
    let project = project();
    let served = project.serve();
    let mut one = Window::open(&served, &project);
    let mut two = Window::open(&served, &project);
    one.draw("highlight", (100.0, 100.0), (160.0, 140.0));
    let now = one.changed(AWKWARD);
    two.page.wait_for("document.querySelectorAll('.mark').length === 2").unwrap();
    two.step(2).draw("redact", (20.0, 300.0), (120.0, 340.0));
    let now = two.changed(&now);
    project.write("guides/invite.md", now.replace("Look at it.", "Look at it closely."));
    for window in [&mut one, &mut two] {
        window
            .page
            .wait_for("document.querySelector('.step-list').textContent.includes('Look at it closely')")
            .unwrap();
    }
    let now = text(&project);
    for part in ["@highlight 100,100 60x40", "@redact 20,300 100x40", "Look at it closely."] {
        assert!(now.contains(part), "{part} is missing in\n{now}");
    }
    clean(&mut one.page);
    clean(&mut two.page);
}

#[test]
fn what_two_change_at_once_is_shown_in_both_forms() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    window.page.click(".run textarea").unwrap();
    window.page.press("Control+End").unwrap();
    // Another program writes while the edit is on its way.
    let hold = "(() => { const send = fetch; window.asked = false; const held = new Promise(done => { window.release = done; }); \
        window.fetch = async (...given) => { if (String(given[0]).endsWith('/edit')) { asked = true; await held; } return send(...given); }; return 0; })()";
    window.page.evaluate(hold).unwrap();
    window.page.type_text(" Mine.").unwrap();
    window.page.wait_for("asked").unwrap();
    let theirs = AWKWARD.replace("in the corner.", "in the corner, at the top");
    project.write("guides/invite.md", &theirs);
    window.page.evaluate("release(); 0").unwrap();
    window.page.wait_for("document.querySelector('dialog.conflict[open]')").unwrap();
    let said = window.page.evaluate("document.querySelector('dialog.conflict').innerText").unwrap();
    for part in ["in the corner, at the top", "in the corner. Mine."] {
        assert!(said.as_str().unwrap().contains(part), "{part} is missing in {said}");
    }
    assert_eq!(text(&project), theirs);
    clean_but_for_refusals(&mut window.page);
    axe::no_barrier(&mut window.page, "both forms");
}

/// Runs git in the project's folder.
fn git(project: &Project, arguments: &[&str]) {
    let mut git = std::process::Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]);
    let done = git.arg("-C").arg(project.path("")).args(arguments).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// While words are on their way, another branch is checked out: one that has the guide otherwise, one that has none.
#[test]
fn a_checkout_under_the_editor_loses_no_word() {
    let project = project();
    git(&project, &["init", "-q", "-b", "main"]);
    project.write(".gitignore", ".guidemark/\n");
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "One"]);
    git(&project, &["checkout", "-q", "-b", "without"]);
    git(&project, &["rm", "-q", "guides/invite.md"]);
    git(&project, &["commit", "-q", "-m", "No guide"]);
    git(&project, &["checkout", "-q", "-b", "other", "main"]);
    let other = AWKWARD.replace("Look at it.", "Look at it closely.");
    project.write("guides/invite.md", &other);
    git(&project, &["commit", "-q", "-a", "-m", "Otherwise"]);
    git(&project, &["checkout", "-q", "main"]);
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    let hold = "(() => { const send = fetch; window.asked = 0; window.held = []; window.holds = true; \
        window.fetch = async (...given) => { if (holds && String(given[0]).endsWith('/edit')) { asked += 1; await new Promise(done => held.push(done)); } return send(...given); }; return 0; })()";
    window.page.evaluate(hold).unwrap();
    window.page.click(".run textarea").unwrap();
    window.page.press("Control+End").unwrap();
    window.page.type_text(" Mine.").unwrap();
    window.page.wait_for("asked === 1").unwrap();
    git(&project, &["checkout", "-q", "other"]);
    window.page.evaluate("held.splice(0).forEach(each => each()); 0").unwrap();
    window.page.wait_for("document.querySelector('.step-list').textContent.includes('closely')").unwrap();
    let merged = other.replace("in the corner.", "in the corner. Mine.");
    assert_eq!(window.saved(), merged);
    // Where there is no guide any more, what is typed waits for it to come back.
    window.page.type_text(" More.").unwrap();
    window.page.wait_for("asked === 2").unwrap();
    git(&project, &["stash", "-q"]);
    git(&project, &["checkout", "-q", "without"]);
    window.page.evaluate("holds = false; held.splice(0).forEach(each => each()); 0").unwrap();
    window.page.wait_for("document.querySelector('.status').textContent !== 'saved' && document.querySelector('.status').textContent !== 'saving'").unwrap();
    let typed = "document.querySelector('.run textarea').value";
    assert!(window.page.evaluate(typed).unwrap().as_str().unwrap().ends_with("Mine. More."));
    assert!(!project.path("guides/invite.md").exists(), "nothing makes a file that another branch has not");
    git(&project, &["checkout", "-q", "other"]);
    git(&project, &["stash", "pop", "-q"]);
    let all = merged.replace("Mine.", "Mine. More.");
    window.page.wait_for("document.querySelector('.status').textContent === 'saved'").unwrap();
    assert_eq!(window.saved(), all);
    clean_but_for_refusals(&mut window.page);
}

/// As [`clean`], but the browser itself writes to the console that an answer was no 200.
#[track_caller]
fn clean_but_for_refusals(page: &mut Page) {
    let seen = page.seen().unwrap().clone();
    assert!(seen.errors.is_empty() && seen.violations.is_empty(), "{:?} {:?}", seen.errors, seen.violations);
}

#[test]
fn a_drag_moves_its_box_and_asks_nothing_of_the_server() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    let watch = "(() => { window.touched = new Set(); window.calls = 0; const fetch_ = fetch; window.fetch = (...given) => { calls += 1; return fetch_(...given); };
        new MutationObserver(all => all.forEach(({ target, attributeName, type }) => touched.add(`${type} ${target.className?.baseVal ?? target.className ?? ''} ${attributeName}`)))
          .observe(document.querySelector('.canvas'), { subtree: true, attributes: true, childList: true, attributeFilter: undefined }); return 0; })()";
    let (from, to) = (window.at(140.0, 70.0), window.at(400.0, 300.0));
    window.page.move_mouse(from.0, from.1).unwrap();
    window.page.click_at(from.0, from.1).unwrap();
    window.page.wait_for("document.querySelector('.mark.selected')").unwrap();
    window.page.evaluate(watch).unwrap();
    window.page.hold_mouse(from, to).unwrap();
    let box_at = "(() => { const { left, top } = document.querySelector('.mark.selected').getBoundingClientRect(); return [left, top]; })()";
    window.page.evaluate("new Promise(requestAnimationFrame).then(() => 0)").unwrap();
    let found = window.page.evaluate(box_at).unwrap();
    let expected = window.at(300.0, 270.0);
    let off = |at: usize, wanted: f64| (found[at].as_f64().unwrap() - wanted).abs();
    assert!(off(0, expected.0) < 2.0 && off(1, expected.1) < 2.0, "{found} instead of {expected:?}");
    assert_eq!(window.page.evaluate("calls").unwrap(), 0);
    let touched: Vec<Value> = serde_json::from_value(window.page.evaluate("[...touched]").unwrap()).unwrap();
    let rebuilt: Vec<_> =
        touched.iter().filter(|what| what.as_str().unwrap().starts_with("childList")).collect();
    assert!(rebuilt.iter().all(|what| what.as_str().unwrap().contains("mark-label")), "{touched:?}");
    window.page.release_mouse(to).unwrap();
    assert!(window.changed(AWKWARD).contains("@click  300,270   200x60"));
}

#[test]
fn the_editor_has_no_barrier() {
    let project = project();
    let served = project.serve();
    let mut window = Window::open(&served, &project);
    for scheme in ["light", "dark"] {
        let media = guidemark::browser::Media { dark: scheme == "dark", ..Default::default() };
        let soft =
            "getComputedStyle(document.querySelector('guidemark-editor')).getPropertyValue('--brand-soft')";
        let before = window.page.evaluate(soft).unwrap();
        window.page.set_media(media).unwrap();
        if scheme == "dark" {
            window
                .page
                .wait_for(&format!("{soft} !== {before} && document.getAnimations().length === 0"))
                .unwrap();
        }
        assert_eq!(axe::violations(&mut window.page, "body"), Vec::<String>::new(), "{scheme}");
        window.page.click("[data-focus=settings]").unwrap();
        assert_eq!(axe::violations(&mut window.page, "body"), Vec::<String>::new(), "{scheme}: settings");
        window.page.press("Escape").unwrap();
        window.page.click("[data-focus=export]").unwrap();
        assert_eq!(axe::violations(&mut window.page, "body"), Vec::<String>::new(), "{scheme}: export");
        window.page.press("Escape").unwrap();
        window.page.click("[data-focus=record]").unwrap();
        assert_eq!(axe::violations(&mut window.page, "body"), Vec::<String>::new(), "{scheme}: record");
        window.page.press("Escape").unwrap();
    }
}

#[test]
fn the_edit_button_leads_to_the_step_that_is_shown() {
    let project = project();
    let served = project.serve();
    let mut page = served.open("/invite/");
    page.wait_for("document.querySelector('guidemark-player')?.total === 3").unwrap();
    page.evaluate("document.querySelector('guidemark-player').go(2)").unwrap();
    page.wait_for("location.hash && document.querySelector('guidemark-edit')?.shadowRoot.querySelector('a')")
        .unwrap();
    page.evaluate("document.querySelector('guidemark-edit').shadowRoot.querySelector('a').click()").unwrap();
    page.wait_for("document.querySelector('.step[aria-current] .step-number')?.textContent === '2'").unwrap();
    assert_eq!(page.evaluate("location.pathname").unwrap(), "/.guidemark/edit/invite/");
    clean(&mut page);
}
