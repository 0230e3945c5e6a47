//! Several things at once in the editor, in a real Chromium: steps chosen together, words found and replaced.

use super::support::{Project, Served, clean};
use guidemark::browser::{Page, Viewport};
use std::fs;

const GUIDE: &str = "---\ntitle: Invite\n---\n\nWhy one does it.\n\n## First\n\n1. Open it.\n\n   ![a](shot.png)\n\n2. Choose it.\n\n   ![b](shot.png)\n   <!-- @click 40,40 200x60 \"it\" -->\n\n\
## Second\n\n3. Save it.\n\n   ![c](shot.png)\n\n4. Close it.\n\n   ![d](shot.png)\n";

pub fn project() -> Project {
    let project = Project::empty();
    project.write("guides/invite.md", GUIDE).picture("guides/shot.png", [200, 220, 240]);
    project
}

pub fn open(served: &Served) -> Page {
    let mut page = served.open("/.guidemark/edit/invite/");
    page.set_viewport(Viewport::desktop(1280, 800)).unwrap();
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 640").unwrap();
    page
}

/// The file, once all is saved and it is as expected.
#[track_caller]
pub fn becomes(page: &mut Page, project: &Project, expected: &str) {
    for _ in 0..400 {
        page.wait_for("document.querySelector('.status')?.textContent === 'saved'").unwrap();
        if fs::read_to_string(project.path("guides/invite.md")).unwrap() == expected {
            return;
        }
        page.evaluate("new Promise(requestAnimationFrame).then(() => 0)").unwrap();
    }
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), expected);
}

fn titles(page: &mut Page) -> String {
    let script = "[...document.querySelectorAll('.step-title')].map(each => each.textContent).join(', ')";
    page.evaluate(script).unwrap().as_str().unwrap().to_owned()
}

fn chosen(page: &mut Page) -> String {
    let script = "[...document.querySelectorAll('.step[aria-pressed=true] .step-number')].map(each => each.textContent).join(' ')";
    page.evaluate(script).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn steps_are_chosen_by_keys_and_moved_repeated_and_deleted_together() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click(".step").unwrap();
    page.press("Shift+ArrowDown").unwrap();
    page.wait_for("document.querySelector('.step-tools [data-focus=delete]').title === 'Delete 2 steps'")
        .unwrap();
    assert_eq!(chosen(&mut page), "1 2");
    // Down by one, as one change.
    page.press("Alt+ArrowDown").unwrap();
    page.wait_for("document.querySelector('.step-title').textContent === 'Save it'").unwrap();
    assert_eq!(titles(&mut page), "Save it, Open it, Choose it, Close it");
    assert_eq!(chosen(&mut page), "2 3", "they stay selected");
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, GUIDE);
    page.wait_for("document.querySelector('.step-title').textContent === 'Open it'").unwrap();
    assert_eq!(chosen(&mut page), "1 2");
    page.click("[data-focus=duplicate]").unwrap();
    page.wait_for("document.querySelectorAll('.step').length === 6").unwrap();
    page.wait_for("document.querySelectorAll('.step[aria-pressed=true]').length === 2 && document.activeElement.matches('.step')").unwrap();
    assert_eq!(titles(&mut page), "Open it, Choose it, Open it, Choose it, Save it, Close it");
    assert_eq!(chosen(&mut page), "3 4", "the copies");
    page.press("Delete").unwrap();
    becomes(&mut page, &project, GUIDE);
    page.click(".toast button.small").unwrap();
    page.wait_for("document.querySelectorAll('.step').length === 6").unwrap();
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, GUIDE);
    clean(&mut page);
}

#[test]
fn steps_are_chosen_with_the_pointer_and_not_all_of_a_guide_goes() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let click = |page: &mut Page, step: usize, keys: &str| {
        let script = format!(
            "document.querySelectorAll('.step')[{}].dispatchEvent(new MouseEvent('click', {{ bubbles: true, {keys} }})); 0",
            step - 1
        );
        page.evaluate(&script).unwrap();
    };
    click(&mut page, 1, "");
    click(&mut page, 3, "ctrlKey: true");
    assert_eq!(chosen(&mut page), "1 3");
    click(&mut page, 1, "ctrlKey: true");
    assert_eq!(chosen(&mut page), "", "one alone is no selection of several");
    assert_eq!(
        page.evaluate("document.querySelector('.step[aria-current] .step-number').textContent").unwrap(),
        "3"
    );
    click(&mut page, 1, "");
    click(&mut page, 4, "shiftKey: true");
    assert_eq!(chosen(&mut page), "1 2 3 4");
    page.evaluate("document.querySelector('.step[aria-current]').focus(); 0").unwrap();
    page.press("Delete").unwrap();
    page.wait_for("document.querySelector('.toast.bad')?.textContent.includes('keeps at least one step')")
        .unwrap();
    page.press("Escape").unwrap();
    assert_eq!(chosen(&mut page), "", "Escape selects one again");
    becomes(&mut page, &project, GUIDE);
    // Two are dragged before the first: as they stood, in its list.
    click(&mut page, 3, "");
    click(&mut page, 4, "shiftKey: true");
    let place = |page: &mut Page, step: usize, down: f64| {
        let script = format!(
            "(() => {{ const {{ left, top, height }} = document.querySelectorAll('.step')[{}].getBoundingClientRect(); return [left + 100, top + height * {down}]; }})()",
            step - 1
        );
        let found = page.evaluate(&script).unwrap();
        (found[0].as_f64().unwrap(), found[1].as_f64().unwrap())
    };
    let (from, to) = (place(&mut page, 3, 0.5), place(&mut page, 1, 0.1));
    page.drag(from, to).unwrap();
    page.wait_for("document.querySelector('.step-title').textContent === 'Save it'").unwrap();
    assert_eq!(titles(&mut page), "Save it, Close it, Open it, Choose it");
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, GUIDE);
    clean(&mut page);
}

#[test]
fn words_are_found_everywhere_and_replaced_one_by_one_or_all_with_one_undo() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.press("Control+f").unwrap();
    page.wait_for(
        "document.querySelector('dialog.find[open]') && document.activeElement.id === 'find-words'",
    )
    .unwrap();
    page.type_text("it").unwrap();
    page.wait_for("document.querySelector('#find-count').textContent === '1 of 7'").unwrap();
    page.click("#find-case").unwrap();
    page.click("#find-by").unwrap();
    page.type_text("that").unwrap();
    page.evaluate("[...document.querySelectorAll('dialog.find button')].find(each => each.textContent === 'Replace all').click(); 0").unwrap();
    let all = GUIDE.replace("it", "that").replace("tthatle: ", "title: ");
    becomes(&mut page, &project, &all);
    let replaced = "document.querySelector('#find-count').textContent.includes('Replaced 7 times')";
    page.wait_for(replaced).unwrap();
    page.press("Escape").unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, GUIDE);
    // The second one alone, and then its place is shown.
    page.press("Control+f").unwrap();
    page.wait_for("document.querySelector('#find-count').textContent === '1 of 7'").unwrap();
    page.press("ArrowDown").unwrap();
    page.click("#find-by").unwrap();
    page.press("Enter").unwrap();
    becomes(&mut page, &project, &GUIDE.replace("does it.", "does that."));
    page.wait_for("document.querySelector('#find-count').textContent === '2 of 6'").unwrap();
    page.click(".hits li:nth-child(3) button").unwrap();
    page.wait_for(
        "!document.querySelector('dialog[open]') && document.activeElement.matches('.run textarea')",
    )
    .unwrap();
    let selected = "(() => { const { value, selectionStart, selectionEnd } = document.activeElement; return `${document.querySelector('.step[aria-current] .step-number').textContent} ${value.slice(selectionStart, selectionEnd)}`; })()";
    assert_eq!(page.evaluate(selected).unwrap(), "2 it");
    // What was done stands there until something else is done: not until the next news of the guide.
    page.press("Control+f").unwrap();
    page.wait_for("document.querySelector('#find-count').textContent === '1 of 6'").unwrap();
    page.evaluate("[...document.querySelectorAll('dialog.find button')].find(each => each.textContent === 'Replace all').click(); 0").unwrap();
    becomes(&mut page, &project, &all);
    page.wait_for("document.querySelector('#find-count').textContent.includes('Replaced 6 times')").unwrap();
    // Written in place, the file is empty for a moment, and a guide without a title is called by its file: "Invite".
    project.rename_write("guides/invite.md", &all.replace("Save that", "Save all"));
    page.wait_for(
        "[...document.querySelectorAll('.step-title')].some(each => each.textContent === 'Save all')",
    )
    .unwrap();
    assert_eq!(
        page.evaluate("document.querySelector('#find-count').textContent").unwrap(),
        "Replaced 6 times; Ctrl+Z takes it back"
    );
    clean(&mut page);
}

#[test]
fn a_link_leads_to_a_step_another_guide_or_an_address_that_was_typed() {
    let project = project();
    project.write(
        "guides/other/index.md",
        "---\ntitle: Other guide\n---\n\n1. Another step.\n   <!-- @wait 1s -->\n",
    );
    let served = project.serve();
    let mut page = open(&served);
    let link = |page: &mut Page, selected: &str, words: &str, offer: &str| {
        let select = format!(
            "(() => {{ const input = document.querySelector('.run textarea'); input.focus(); const at = input.value.indexOf('{selected}'); input.setSelectionRange(at, at + '{selected}'.length); }})()"
        );
        page.evaluate(&select).unwrap();
        page.press("Control+k").unwrap();
        page.wait_for(
            "document.querySelector('dialog.link[open]') && document.activeElement.id === 'link-words'",
        )
        .unwrap();
        page.type_text(words).unwrap();
        page.wait_for(&format!(
            "document.querySelector('.link [aria-selected=true] span')?.textContent === '{offer}'"
        ))
        .unwrap();
        page.press("Enter").unwrap();
        page.wait_for("document.activeElement.matches('.run textarea')").unwrap();
        page.evaluate("document.activeElement.blur(); 0").unwrap();
    };
    link(&mut page, "it", "save", "Save it");
    becomes(&mut page, &project, &GUIDE.replace("Open it.", "Open [it](#save-it)."));
    link(&mut page, "Open", "other gui", "Other guide");
    becomes(&mut page, &project, &GUIDE.replace("Open it.", "[Open](other/index.md) [it](#save-it)."));
    link(&mut page, "it", "another", "Another step");
    becomes(
        &mut page,
        &project,
        &GUIDE.replace("Open it.", "[Open](other/index.md) [it](other/index.md#another-step)."),
    );
    link(&mut page, "Open", "example.com/a", "https://example.com/a");
    becomes(
        &mut page,
        &project,
        &GUIDE.replace("Open it.", "[Open](https://example.com/a) [it](other/index.md#another-step)."),
    );
    let inside = "(() => { const input = document.querySelector('.run textarea'); input.focus(); input.setSelectionRange(3, 3); })()";
    page.evaluate(inside).unwrap();
    page.press("Control+k").unwrap();
    page.wait_for("document.querySelector('#link-words').value === 'https://example.com/a'").unwrap();
    page.evaluate("[...document.querySelectorAll('dialog.link button')].find(each => each.textContent === 'Remove the link').click(); 0").unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    becomes(&mut page, &project, &GUIDE.replace("Open it.", "Open [it](other/index.md#another-step)."));
    clean(&mut page);
}

#[test]
fn a_link_that_is_given_up_changes_nothing() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.evaluate("(() => { const input = document.querySelector('.run textarea'); input.focus(); input.setSelectionRange(0, 4); })()").unwrap();
    page.press("Control+k").unwrap();
    page.wait_for(
        "document.querySelector('dialog.link[open]') && document.activeElement.id === 'link-words'",
    )
    .unwrap();
    page.type_text("nothing is called so at all").unwrap();
    page.wait_for(
        "document.querySelector('dialog.link [role=status]').textContent.startsWith('Nothing is called so')",
    )
    .unwrap();
    page.press("Enter").unwrap();
    page.press("Escape").unwrap();
    page.wait_for(
        "!document.querySelector('dialog[open]') && document.activeElement.matches('.run textarea')",
    )
    .unwrap();
    assert_eq!(page.evaluate("document.activeElement.value").unwrap(), "Open it.");
    becomes(&mut page, &project, GUIDE);
    clean(&mut page);
}

#[test]
fn a_picture_is_replaced_in_all_places_that_show_it_with_one_undo() {
    let project = project();
    let guide =
        GUIDE.replace("![c](shot.png)", "![c](other.png)").replacen("---\n", "---\ncover: shot.png\n", 1);
    project.write("guides/invite.md", &guide).picture("guides/other.png", [9, 99, 9]);
    let served = project.serve();
    let mut page = open(&served);
    page.wait_for("document.querySelector('[data-focus=replace-all]')?.textContent === 'Replace in all 3 places that show it…'")
        .unwrap();
    // A busy machine may show it for no longer than the message stays.
    let listen = "window.messages = ''; new MutationObserver(() => { messages += document.querySelector('.toasts')?.textContent; })
        .observe(document.body, { childList: true, subtree: true }); 0";
    page.evaluate(listen).unwrap();
    page.click("[data-focus=replace-all]").unwrap();
    let choose = "(async () => {
        const canvas = new OffscreenCanvas(640, 400);
        canvas.getContext('2d').fillRect(0, 0, 640, 400);
        const data = new DataTransfer();
        data.items.add(new File([await canvas.convertToBlob()], 'new.png', { type: 'image/png' }));
        const input = document.querySelector('.panel input[type=file]');
        input.files = data.files;
        input.dispatchEvent(new Event('change'));
        return 0;
    })()";
    page.evaluate(choose).unwrap();
    page.wait_for("messages.includes('Replaced in 3 places and on the cover')").unwrap();
    becomes(
        &mut page,
        &project,
        &guide.replace("](shot.png)", "](new.png)").replace("cover: shot.png", "cover: new.png"),
    );
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, &guide);
    clean(&mut page);
}

#[test]
fn panels_fold_so_that_the_screenshot_has_most_of_the_width() {
    let project = project();
    project.picture_of("guides/shot.png", [1280, 800]);
    let served = project.serve();
    let mut page = served.open("/.guidemark/edit/invite/");
    page.set_viewport(Viewport::desktop(1280, 800)).unwrap();
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 1280").unwrap();
    let share = |page: &mut Page| {
        page.evaluate("document.querySelector('.shot').getBoundingClientRect().width / innerWidth")
            .unwrap()
            .as_f64()
            .unwrap()
    };
    page.click("[data-focus='fold steps']").unwrap();
    page.wait_for("!document.querySelector('.steps').checkVisibility()").unwrap();
    page.wait_for("document.querySelector('.shot').getBoundingClientRect().width / innerWidth >= 0.7")
        .unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("\\").unwrap();
    page.wait_for("!document.querySelector('.panel').checkVisibility()").unwrap();
    page.wait_for("document.querySelector('.shot').getBoundingClientRect().width / innerWidth >= 0.8")
        .unwrap();
    page.navigate(&format!("{}.guidemark/edit/invite/", served.url())).unwrap();
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 1280").unwrap();
    assert!(share(&mut page) >= 0.8, "it is remembered");
    // Who writes needs the fields.
    page.press("h").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.activeElement.matches('.mark.verb-click')").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.activeElement.matches('.annotation-fields input')").unwrap();
    page.press("Escape").unwrap();
    page.press("\\").unwrap();
    page.wait_for("!document.querySelector('.panel').checkVisibility()").unwrap();
    page.press("\\").unwrap();
    page.wait_for("document.querySelector('.panel').checkVisibility() && document.querySelector('.steps').checkVisibility()").unwrap();
    clean(&mut page);
}

#[test]
fn a_finger_drags_a_step_by_its_number_and_scrolls_by_the_rest() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let drag = |page: &mut Page, part: &str| {
        let script = format!(
            "(() => {{ const from = document.querySelectorAll('.step {part}')[0], to = document.querySelectorAll('.step')[1].getBoundingClientRect(); const {{ left, top, height }} = from.getBoundingClientRect(); \
             const fire = (name, y) => from.dispatchEvent(new PointerEvent(name, {{ bubbles: true, cancelable: true, pointerId: 1, pointerType: 'touch', isPrimary: true, button: 0, clientX: left + 4, clientY: y }})); \
             Element.prototype.setPointerCapture = () => {{}}; \
             fire('pointerdown', top + height / 2); from.closest('.step').dispatchEvent(new PointerEvent('pointermove', {{ bubbles: true, pointerId: 1, pointerType: 'touch', clientX: left, clientY: to.top + to.height * 0.9 }})); \
             from.closest('.step').dispatchEvent(new PointerEvent('pointerup', {{ bubbles: true, pointerId: 1, pointerType: 'touch', clientX: left, clientY: to.top + to.height * 0.9 }})); }})()"
        );
        page.evaluate(&script).unwrap();
    };
    drag(&mut page, ".step-title");
    becomes(&mut page, &project, GUIDE);
    assert_eq!(titles(&mut page), "Open it, Choose it, Save it, Close it");
    drag(&mut page, ".step-number");
    page.wait_for("document.querySelector('.step-title').textContent === 'Choose it'").unwrap();
    assert_eq!(
        page.evaluate("getComputedStyle(document.querySelector('.step-number')).touchAction").unwrap(),
        "none"
    );
    clean(&mut page);
}

#[test]
fn texts_are_spelled_in_the_language_of_the_guide_and_the_camera_is_a_setting() {
    let project = project();
    project.write("guides/invite.md", GUIDE.replace("title: Invite\n", "title: Invite\nlang: de\n"));
    let served = project.serve();
    let mut page = open(&served);
    page.wait_for("document.querySelector('.run textarea').lang === 'de' && document.querySelector('.shot-fields textarea').lang === 'de'").unwrap();
    page.click("[data-focus=settings]").unwrap();
    page.wait_for("document.querySelector('#setting-title').lang === 'de'").unwrap();
    page.evaluate(
        "(() => { const select = document.querySelector('#setting-camera'); select.value = 'none'; })()",
    )
    .unwrap();
    page.click("dialog.settings [type=submit]").unwrap();
    becomes(&mut page, &project, &GUIDE.replace("title: Invite\n", "title: Invite\nlang: de\nzoom: none\n"));
    clean(&mut page);
}

#[test]
fn a_picture_pasted_into_a_text_stands_at_the_caret() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let paste = "(async () => { const canvas = new OffscreenCanvas(640, 400); canvas.getContext('2d').fillRect(0, 0, 640, 400); \
                 const file = new File([await canvas.convertToBlob()], 'dialog.png', { type: 'image/png' }); const data = new DataTransfer(); data.items.add(file); \
                 const input = document.querySelector('.run textarea'); input.focus(); input.setSelectionRange(8, 8); \
                 input.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })); })()";
    page.evaluate(paste).unwrap();
    page.wait_for("document.querySelector('.run textarea').value.includes('](')").unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    becomes(&mut page, &project, &GUIDE.replace("1. Open it.\n", "1. Open it.\n\n   ![](dialog.png)\n"));
    clean(&mut page);
}

#[test]
fn errors_stand_below_the_preview_and_not_over_it() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click("[data-focus=play]").unwrap();
    page.wait_for(
        "document.querySelector('.play iframe')?.contentDocument?.querySelector('guidemark-player')?.total",
    )
    .unwrap();
    project.write("guides/invite.md", GUIDE.replace("200x60", "9200x60"));
    page.wait_for("/1 error/.test(document.body.innerText)").unwrap();
    let covered = "document.querySelector('.play iframe').contentDocument.querySelectorAll('guidemark-problems').length";
    assert_eq!(page.evaluate(covered).unwrap(), 0);
}
