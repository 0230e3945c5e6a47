//! From nothing to a guide, in a real Chromium: an empty folder, screenshots, and nobody who writes Markdown.

use super::editor::axe;
use super::support::{Project, Served, clean};
use guidemark::browser::{Page, Viewport};
use std::fs;

/// Drops pictures of these names on an element, as if from the desktop.
fn drop_on(page: &mut Page, target: &str, names: &[&str]) {
    let names = serde_json::to_string(names).unwrap();
    let script = format!(
        "(async () => {{
            const dataTransfer = new DataTransfer();
            for (const [at, name] of {names}.entries()) {{
                const canvas = Object.assign(document.createElement('canvas'), {{ width: 640, height: 400 }});
                const context = canvas.getContext('2d');
                context.fillStyle = `hsl(${{at * 50}} 60% 80%)`;
                context.fillRect(0, 0, 640, 400);
                const blob = await new Promise(done => canvas.toBlob(done));
                dataTransfer.items.add(new File([blob], name, {{ type: 'image/png' }}));
            }}
            const target = document.querySelector('{target}');
            for (const kind of ['dragenter', 'dragover', 'drop'])
                target.dispatchEvent(new DragEvent(kind, {{ bubbles: true, cancelable: true, dataTransfer }}));
        }})().then(() => true)"
    );
    page.evaluate(&script).unwrap();
}

fn start(served: &Served, path: &str) -> Page {
    let mut page = served.open(path);
    page.set_viewport(Viewport::desktop(1280, 800)).unwrap();
    page
}

fn write(page: &mut Page, field: &str, text: &str) {
    page.click(field).unwrap();
    page.press("Control+a").unwrap();
    page.type_text(text).unwrap();
}

fn read(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path(path)).unwrap_or_default()
}

#[track_caller]
fn saved(page: &mut Page) {
    page.wait_for("document.querySelector('.status')?.textContent === 'saved'").unwrap();
}

/// Nothing failed in the page; axe itself puts styles into it that the policy keeps out.
#[track_caller]
fn unharmed(page: &mut Page) {
    let seen = page.seen().unwrap().clone();
    assert!(seen.errors.is_empty(), "page errors: {:?}", seen.errors);
}

#[test]
fn screenshots_dropped_into_an_empty_project_become_a_guide() {
    let project = Project::empty();
    let served = project.serve();
    let mut page = start(&served, "/");
    page.wait_for("document.querySelector('.no-guides')?.checkVisibility()").unwrap();
    axe::no_barrier(&mut page, "nothing yet");
    drop_on(&mut page, ".no-guides", &["10 done.png", "2 Menu.png", "1 Open.png"]);
    page.wait_for("document.querySelectorAll('dialog[open] .new-pictures li').length === 3").unwrap();
    let order = page
        .evaluate("[...document.querySelectorAll('.new-pictures span')].map(each => each.textContent).join()")
        .unwrap();
    assert_eq!(order, "1 Open.png,2 Menu.png,10 done.png");
    axe::no_barrier(&mut page, "new guide");
    page.click("dialog[open] [type=submit]").unwrap();
    page.wait_for("document.querySelector('#new-title').getAttribute('aria-invalid') === 'true'").unwrap();
    write(&mut page, "#new-title", "Invite a colleague");
    page.evaluate("(() => { const app = document.querySelector('#new-app'); app.value = [...app.options].at(-1).value; app.dispatchEvent(new Event('change')); })()").unwrap();
    write(&mut page, "#new-app-name", "Shop");
    page.click("dialog[open] [type=submit]").unwrap();
    page.wait_for("location.pathname === '/.guidemark/edit/invite-a-colleague/' && document.querySelectorAll('.step').length === 3").unwrap();
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 640").unwrap();
    let first =
        page.evaluate("document.querySelector('.step[aria-current] .step-number').textContent").unwrap();
    assert_eq!(first, "1", "the first step is selected");
    let text = read(&project, "guides/invite-a-colleague/index.md");
    assert_eq!(
        text,
        "---\ntitle: Invite a colleague\napp: shop\ndraft: true\n---\n\n\
         1. Describe this step.\n\n   ![](shots/1-open.png)\n\n\
         2. Describe this step.\n\n   ![](shots/2-menu.png)\n\n\
         3. Describe this step.\n\n   ![](shots/10-done.png)\n"
    );
    assert_eq!(read(&project, "guidemark.toml"), "[apps.shop]\nname = \"Shop\"\n");
    page.click("[data-focus=publish]").unwrap();
    // Its steps say nothing yet.
    page.wait_for("document.querySelector('dialog.before-publishing').open").unwrap();
    page.click(".before-publishing footer .primary").unwrap();
    page.wait_for("document.querySelector('[data-focus=publish]').hidden").unwrap();
    saved(&mut page);
    assert_eq!(read(&project, "guides/invite-a-colleague/index.md"), text.replace("draft: true\n", ""));
    page.click("[data-focus=guides]").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 1").unwrap();
    unharmed(&mut page);
}

#[test]
fn a_guide_without_steps_opens_and_takes_its_first_ones() {
    for (name, text) in [
        ("front", "---\ntitle: Only a title\n---\n"),
        ("prose", "# Only prose\r\n\r\nWhy one does it.\r\n\r\n* quick\r\n* safe\r\n"),
        ("toml", "+++\ntitle = \"Only a title\"\n+++"),
    ] {
        let project = Project::empty();
        project.write(&format!("guides/{name}.md"), text);
        let served = project.serve();
        let mut page = start(&served, &format!("/.guidemark/edit/{name}/"));
        page.wait_for("document.querySelector('.no-shot')?.textContent.includes('no steps yet')").unwrap();
        if name == "front" {
            axe::no_barrier(&mut page, "no steps");
        }
        drop_on(&mut page, ".canvas", &["one.png", "two.png"]);
        page.wait_for("document.querySelectorAll('.step').length === 2").unwrap();
        saved(&mut page);
        let after = read(&project, &format!("guides/{name}.md"));
        let steps = after.strip_prefix(text.trim_end()).unwrap_or_else(|| panic!("{after}"));
        let line = if text.contains('\r') { "\r\n" } else { "\n" };
        let expected = [
            "",
            "",
            "1. Describe this step.",
            "",
            "   ![](shots/one.png)",
            "",
            "2. Describe this step.",
            "",
            "   ![](shots/two.png)",
            "",
        ];
        assert_eq!(steps, expected.join(line), "{name}");
        page.evaluate("document.activeElement.blur(); 0").unwrap();
        page.press("Control+z").unwrap();
        page.wait_for("document.querySelectorAll('.step').length === 0").unwrap();
        assert_eq!(read(&project, &format!("guides/{name}.md")), text, "{name}: undone");
        unharmed(&mut page);
    }
}

#[test]
fn text_comes_first_and_pictures_fill_it_later() {
    let project = Project::empty();
    project.write(
        "guides/a.md",
        "# A\n\nWhy.\n\n1. Open the menu.\n2. Choose it.\n3. Save.\n   <!-- @press \"Ctrl+S\" -->\n",
    );
    let served = project.serve();
    let mut page = start(&served, "/.guidemark/edit/a/");
    page.wait_for("document.querySelectorAll('.step').length === 3").unwrap();
    let words = "(() => { document.querySelector('.canvas').dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: (() => { const data = new DataTransfer(); data.items.add(new File(['x'], 'x.png', { type: 'image/png' })); return data; })() })); \
        return [...document.querySelectorAll('.drop-target')].filter(each => !each.hidden).map(each => each.textContent).join(' | '); })()";
    assert_eq!(
        page.evaluate(words).unwrap(),
        "Screenshot of this stepothers become steps after it | New stepafter this one"
    );
    drop_on(&mut page, ".canvas", &["Screenshot 1.png"]);
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 640").unwrap();
    saved(&mut page);
    assert_eq!(
        read(&project, "guides/a.md"),
        "# A\n\nWhy.\n\n1. Open the menu.\n\n   ![](shots/open-the-menu.png)\n2. Choose it.\n3. Save.\n   <!-- @press \"Ctrl+S\" -->\n"
    );
    page.evaluate("document.querySelectorAll('.step')[1].click(); 0").unwrap();
    page.wait_for("document.querySelector('.step[aria-current] .step-number').textContent === '2'").unwrap();
    drop_on(&mut page, ".canvas", &["list.png"]);
    page.wait_for("document.querySelectorAll('.thumb image').length === 3").unwrap();
    saved(&mut page);
    assert!(
        read(&project, "guides/a.md").contains("2. Choose it.\n\n   ![](shots/list.png)\n3. Save.\n"),
        "{}",
        read(&project, "guides/a.md")
    );
    assert_eq!(
        page.evaluate(words).unwrap(),
        "New stepafter this one | Replacethis screenshot | Addto this step"
    );
    // What needs no screenshot waits below the one that comes.
    page.evaluate("document.querySelectorAll('.step')[2].click(); 0").unwrap();
    page.wait_for("document.querySelector('.step[aria-current] .step-number').textContent === '3'").unwrap();
    drop_on(&mut page, ".canvas", &["saved.png"]);
    page.wait_for("document.querySelectorAll('.step').length === 3 && !document.querySelector('.inherited')")
        .unwrap();
    saved(&mut page);
    let text = read(&project, "guides/a.md");
    assert!(text.ends_with("3. Save.\n\n   ![](shots/saved.png)\n   <!-- @press \"Ctrl+S\" -->\n"), "{text}");
    clean(&mut page);
}

#[test]
fn guides_are_kept_in_the_list_of_all() {
    let project = Project::new();
    let served = project.serve();
    let mut page = start(&served, "/");
    page.wait_for("document.querySelector('guidemark-edit')").unwrap();
    page.evaluate("document.querySelector('guidemark-edit').shadowRoot.querySelector('a').click(); 0")
        .unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 1").unwrap();
    page.click("[aria-label='Duplicate Invite a colleague']").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 2 && document.activeElement.textContent === 'Invite a colleague (copy)'").unwrap();
    page.click("[aria-label='Rename Invite a colleague (copy)']").unwrap();
    page.wait_for("document.querySelector('dialog.rename-guide[open]')").unwrap();
    axe::no_barrier(&mut page, "rename");
    write(&mut page, "#rename-title", "Ask a friend");
    page.click("dialog[open] [type=submit]").unwrap();
    page.wait_for("document.querySelector('[aria-label=\"Delete Ask a friend\"]')").unwrap();
    axe::no_barrier(&mut page, "the list");
    // Its cover stands for it, and nothing through it.
    page.wait_for("document.querySelector('.card.draft .card-cover img').checkVisibility() && !document.querySelector('.card.draft .card-cover .icon').checkVisibility()").unwrap();
    // Every action by its name, too.
    page.press("Control+k").unwrap();
    page.wait_for("document.querySelector('dialog.palette[open]')").unwrap();
    axe::no_barrier(&mut page, "actions by name");
    page.type_text("duplicate ask").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 3").unwrap();
    page.click("[data-focus=actions]").unwrap();
    page.type_text("delete friend copy").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 2").unwrap();
    page.evaluate("document.querySelector('[data-slug=invite-copy] [role=switch]').click(); 0").unwrap();
    page.wait_for("!document.querySelector('[data-slug=invite-copy]').classList.contains('draft')").unwrap();
    assert!(!read(&project, "guides/invite-copy.md").contains("draft"));
    page.click("[aria-label='Delete Ask a friend']").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 1").unwrap();
    assert!(!project.path("guides/invite-copy.md").exists());
    // That of this guide, not of the copy before.
    page.wait_for("document.querySelector('.toast')?.textContent.startsWith('Deleted “Ask a friend”')")
        .unwrap();
    page.evaluate("[...document.querySelectorAll('.toast button')].find(each => each.textContent === 'Undo').click(); 0").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 2").unwrap();
    assert!(read(&project, "guides/invite-copy.md").starts_with("---\ntitle: Ask a friend\n"));
    // By key too, and what was said goes with the next change.
    page.click("[aria-label='Delete Ask a friend']").unwrap();
    page.wait_for("document.querySelector('.toast')?.textContent.startsWith('Deleted')").unwrap();
    page.press("Control+z").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 2 && document.querySelector('.toast').textContent.startsWith('Restored')").unwrap();
    page.click("[aria-label='Rename Ask a friend']").unwrap();
    page.wait_for("document.querySelector('dialog[open] #rename-title')").unwrap();
    write(&mut page, "#rename-title", "Ask them");
    page.click("dialog[open] [type=submit]").unwrap();
    page.wait_for(
        "document.querySelector('[aria-label=\"Delete Ask them\"]') && !document.querySelector('.toast')",
    )
    .unwrap();
    unharmed(&mut page);
}

/// Keeps the next answer that lists the guides back until `letGo()`; `arrived` says that the page has read it.
const HOLD: &str = "(() => {
    const ask = fetch;
    window.fetch = async (...given) => {
        const answer = await ask(...given);
        if (window.letGo || !String(given[0]).endsWith('/list')) return answer;
        const text = await answer.text();
        await new Promise((done) => { window.letGo = done; });
        return { status: answer.status, text: async () => { setTimeout(() => { window.arrived = true; }); return text; } };
    };
})(); 0";

#[test]
fn an_earlier_list_of_guides_never_takes_the_place_of_a_later_one() {
    let project = Project::new();
    let served = project.serve();
    let mut page = start(&served, "/.guidemark/guides/");
    page.wait_for("document.querySelectorAll('.card').length === 1").unwrap();
    page.evaluate(HOLD).unwrap();
    fs::write(project.path("guides/second.md"), read(&project, "guides/invite.md")).unwrap();
    page.wait_for("window.letGo").unwrap();
    page.click("[aria-label='Duplicate Invite a colleague']").unwrap();
    page.wait_for("document.querySelectorAll('.card').length === 3").unwrap();
    page.evaluate("letGo(); 0").unwrap();
    page.wait_for("window.arrived").unwrap();
    assert_eq!(page.evaluate("document.querySelectorAll('.card').length").unwrap(), 3);
    unharmed(&mut page);
}

#[test]
fn the_settings_write_every_key_and_the_app() {
    let project = Project::new();
    let served = project.serve();
    let before = read(&project, "guides/invite.md");
    let mut page = start(&served, "/.guidemark/edit/invite/");
    page.wait_for("document.querySelectorAll('.step').length === 4").unwrap();
    page.click("[data-focus=settings]").unwrap();
    axe::no_barrier(&mut page, "settings");
    for (field, text) in [
        ("tags", "people, access"),
        ("authors", "Maria, Ben"),
        ("language", "en-GB"),
        ("address-in-the-frame", "https://shop.example/team"),
        ("place-in-the-library", "2"),
    ] {
        write(&mut page, &format!("#setting-{field}"), text);
    }
    let choose = "(() => { const set = (id, value, kind) => { const input = document.getElementById(`setting-${id}`); input.value = value === null ? [...input.options].at(-1).value : value; input.dispatchEvent(new Event(kind, { bubbles: true })); }; \
        set('created', '2026-11-25', 'input'); set('frame', 'window', 'change'); set('app', null, 'change'); })()";
    page.evaluate(choose).unwrap();
    write(&mut page, "#setting-app-name", "Shop");
    page.click("dialog.settings [type=submit]").unwrap();
    page.wait_for("!document.querySelector('dialog[open]')").unwrap();
    saved(&mut page);
    let keys = "app: shop\ntags: [people, access]\nauthors: [Maria, Ben]\ncreated: 2026-11-25\nlang: en-GB\nframe: window\nurl: https://shop.example/team\norder: 2\n---\n\nWhy";
    assert_eq!(read(&project, "guides/invite.md"), before.replace("---\n\nWhy", keys));
    assert_eq!(
        read(&project, "guidemark.toml"),
        "title = \"Shelf guides\"\n\n[apps.shop]\nname = \"Shop\"\n"
    );
    page.click("[data-focus=settings]").unwrap();
    write(&mut page, "#setting-language", "no language");
    page.click("dialog.settings [type=submit]").unwrap();
    page.wait_for("document.querySelector('dialog.settings .field-message').textContent.includes('not a valid value for `lang`')").unwrap();
    write(&mut page, "#setting-language", "en-GB");
    write(&mut page, "#setting-last-part-of-the-address", "ask");
    page.click("dialog.settings [type=submit]").unwrap();
    page.wait_for(
        "location.pathname === '/.guidemark/edit/ask/' && document.querySelectorAll('.step').length === 4",
    )
    .unwrap();
    assert!(read(&project, "guides/invite.md").contains("\nslug: ask\n"));
}
