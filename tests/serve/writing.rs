//! Writing in the editor, in a real Chromium: chapters and texts, keys, what is pasted, actions by name.

use super::editor::axe;
use super::support::{Project, Served, clean};
use guidemark::browser::{Page, Viewport};
use std::fs;

const GUIDE: &str = "---\ntitle: Invite\n---\n\nWhy one does it.\n\n## First\n\n1. Open it.\n\n   ![a](shot.png)\n\n2. Choose it.\n\n   ![b](shot.png)\n\n\
## Second\n\n3. Save it.\n\n   ![c](shot.png)\n";

fn project() -> Project {
    let project = Project::empty();
    project.write("guides/invite.md", GUIDE).picture("guides/shot.png", [200, 220, 240]);
    project
}

fn open(served: &Served) -> Page {
    let mut page = served.open("/.guidemark/edit/invite/");
    page.set_viewport(Viewport::desktop(1280, 800)).unwrap();
    page.wait_for("document.querySelector('.shot img')?.naturalWidth === 640").unwrap();
    page
}

/// The file, once all is saved and it is what is expected.
#[track_caller]
fn becomes(page: &mut Page, project: &Project, expected: &str) {
    for _ in 0..400 {
        page.wait_for("document.querySelector('.status')?.textContent === 'saved'").unwrap();
        if fs::read_to_string(project.path("guides/invite.md")).unwrap() == expected {
            return;
        }
        page.evaluate("new Promise(requestAnimationFrame).then(() => 0)").unwrap();
    }
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), expected);
}

#[test]
fn chapters_are_named_moved_removed_and_begun() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.evaluate("[...document.querySelectorAll('.list-chapter')].find(each => each.textContent === 'Second').click(); 0").unwrap();
    page.wait_for("document.activeElement.value === 'Second'").unwrap();
    page.press("Control+a").unwrap();
    page.type_text("The end").unwrap();
    let named = GUIDE.replace("## Second", "## The end");
    becomes(&mut page, &project, &named);
    page.click("[aria-label='Move up: The end']").unwrap();
    let (head, rest) = named.split_at(named.find("## First").unwrap());
    let (first, last) = rest.split_at(rest.find("## The end").unwrap());
    becomes(&mut page, &project, &format!("{head}{}\n\n{}\n", last.trim_end(), first.trim_end()));
    page.click("[aria-label='Move down: The end']").unwrap();
    becomes(&mut page, &project, &named);
    page.evaluate("document.querySelectorAll('.chapter-field input')[0].select(); 0").unwrap();
    page.press("Delete").unwrap();
    page.wait_for("document.querySelector('.chapter-field .field-message:not([hidden])')?.textContent.includes('bin removes it')").unwrap();
    becomes_unsaved(&project, &named);
    page.type_text("First").unwrap();
    page.click("[aria-label='Remove the heading: First']").unwrap();
    let without = named.replace("## First\n\n", "");
    becomes(&mut page, &project, &without);
    page.press("Escape").unwrap();
    page.evaluate("document.querySelectorAll('.step')[1].click(); 0").unwrap();
    page.click("[data-focus=chapter]").unwrap();
    page.wait_for("document.activeElement.value === 'New chapter'").unwrap();
    page.type_text("Choosing").unwrap();
    becomes(&mut page, &project, &without.replace("2. Choose", "## Choosing\n\n2. Choose"));
    clean(&mut page);
}

/// Nothing is written while a field is empty.
#[track_caller]
fn becomes_unsaved(project: &Project, expected: &str) {
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), expected);
}

#[test]
fn texts_around_the_steps_are_written_with_a_preview() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click("[data-focus=introduction]").unwrap();
    page.wait_for("document.activeElement.value === 'Why one does it.'").unwrap();
    page.press("Control+a").unwrap();
    page.type_text("It is *quick*.").unwrap();
    page.wait_for("document.querySelector('dialog[open] .preview em')?.textContent === 'quick'").unwrap();
    let written = GUIDE.replace("Why one does it.", "It is *quick*.");
    becomes(&mut page, &project, &written);
    page.click("[data-focus='new text']").unwrap();
    page.wait_for("document.activeElement.value === 'Write here.'").unwrap();
    page.type_text("Bye.").unwrap();
    becomes(&mut page, &project, &format!("{written}\nBye.\n"));
    page.evaluate("document.querySelector('.sections .run [aria-label=\"Remove this text\"]').click(); 0")
        .unwrap();
    let without = format!("{}\nBye.\n", GUIDE.replace("Why one does it.\n\n", ""));
    becomes(&mut page, &project, &without);
    // The button moves up once the text is gone.
    page.wait_for(
        "document.querySelectorAll('.sections .run').length === 1 && document.getAnimations().length === 0",
    )
    .unwrap();
    page.click("[data-focus='new section']").unwrap();
    page.wait_for("document.activeElement.value === 'New section'").unwrap();
    page.type_text("Why?").unwrap();
    becomes(&mut page, &project, &format!("{without}\n## Why?\n\nWrite here.\n"));
    page.click("[aria-label='Move up: Why?']").unwrap();
    page.wait_for("document.activeElement.value === 'Why?'").unwrap();
    let above = |text: &str| without.replace("## Second", &format!("{text}\n\n## Second"));
    becomes(&mut page, &project, &above("## Why?\n\nWrite here."));
    clean(&mut page);
}

#[test]
fn texts_move_over_headings_and_steps() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click("[data-focus=introduction]").unwrap();
    page.wait_for("document.activeElement.value === 'Why one does it.'").unwrap();
    assert_eq!(
        page.evaluate("document.querySelector('.run [aria-label=\"Move this text up\"]').ariaDisabled")
            .unwrap(),
        "true"
    );
    let down = |page: &mut Page| {
        // What stands below a preview moves when that comes.
        page.wait_for(
            "[...document.querySelectorAll('dialog[open] .preview')].every(each => each.childElementCount)",
        )
        .unwrap();
        page.click("dialog.contents [aria-label='Move this text down']").unwrap();
        page.wait_for("document.activeElement.value === 'Why one does it.'").unwrap();
    };
    down(&mut page);
    let without = GUIDE.replace("Why one does it.\n\n", "");
    becomes(&mut page, &project, &without.replace("## First\n", "## First\n\nWhy one does it.\n"));
    down(&mut page);
    becomes(&mut page, &project, &without.replace("## Second", "Why one does it.\n\n## Second"));
    page.press("Escape").unwrap();
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("Control+z").unwrap();
    becomes(&mut page, &project, &without.replace("## First\n", "## First\n\nWhy one does it.\n"));
    clean(&mut page);
}

/// Pastes what another program put on the clipboard.
fn paste(page: &mut Page, html: &str) {
    let html = serde_json::to_string(html).unwrap();
    let script = format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/html', {html}); data.setData('text/plain', 'plain');
            const field = document.querySelector('.run textarea'); field.focus(); field.select();
            field.dispatchEvent(new ClipboardEvent('paste', {{ bubbles: true, cancelable: true, clipboardData: data }})); return field.value; }})()"
    );
    page.evaluate(&script).unwrap();
}

#[test]
fn what_other_programs_put_on_the_clipboard_becomes_markdown() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    for (program, html, markdown) in [
        (
            "Google Docs",
            "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p dir=\"ltr\"><span style=\"font-weight:400\">Open the </span><span style=\"font-weight:700\">menu</span><span> and </span><span style=\"font-style:italic\">wait</span><span>.</span></p><ul><li dir=\"ltr\"><p role=\"presentation\"><span>one</span></p></li><ul><li><p><span>two</span></p></li></ul></ul></b>",
            "Open the **menu** and *wait*.\n\n- one\n  - two",
        ),
        (
            "Word",
            "<html xmlns:o=\"x\"><head><style>p.MsoNormal {margin:0}</style></head><body><p class=MsoNormal>Press <b>Save</b><o:p></o:p></p><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Quick</p></body></html>",
            "Press **Save**\n\n- Quick",
        ),
        (
            "Word, with levels",
            "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>Open <b>Settings</b></p>\n\
             <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a.<span>&nbsp; </span></span>General</p>\n\
             <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level3 lfo1'><span style='mso-list:Ignore'>§<span>&nbsp; </span></span>Deep</p>\n\
             <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>b.<span>&nbsp; </span></span>Security</p>\n\
             <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4.<span>&nbsp; </span></span>a cat</p>\n<p class=MsoNormal>Then.</p>",
            "3. Open **Settings**\n   1. General\n      - Deep\n   2. Security\n4. a cat\n\nThen.",
        ),
        (
            "Notion",
            "<p>See <a href=\"https://a.example/b(c)\">the <strong>manual</strong></a> or <code>run_it</code>.</p><blockquote>Careful</blockquote><ol start=\"3\"><li>Third</li><li>Fourth</li></ol>",
            "See [the **manual**](https://a.example/b%28c%29) or `run_it`.\n\n> Careful\n\n3. Third\n4. Fourth",
        ),
        (
            "a page",
            "<h2>Title</h2><p>a * b_c [d] &lt;e&gt;</p><table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>3</td></tr></table><script>alert(1)</script><a href=\"javascript:alert(1)\">x</a><img src=x onerror=alert(1)>",
            "**Title**\n\na \\* b\\_c \\[d\\] \\<e>\n\n| A | B |\n| --- | --- |\n| 1\\|2 | 3 |\n\nx",
        ),
    ] {
        paste(&mut page, html);
        let value = page.evaluate("document.querySelector('.run textarea').value").unwrap();
        assert_eq!(value, markdown, "{program}");
    }
    page.evaluate("document.querySelector('.run textarea').select(); 0").unwrap();
    page.type_text("Open it now").unwrap();
    for keys in ["Control+Shift+ArrowLeft", "Control+b"] {
        page.press(keys).unwrap();
    }
    becomes(&mut page, &project, &GUIDE.replace("Open it.", "Open it **now**"));
    clean(&mut page);
}

#[test]
fn every_action_is_found_by_its_name() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.evaluate("document.activeElement.blur(); 0").unwrap();
    page.press("Control+k").unwrap();
    page.wait_for(
        "document.querySelector('dialog.palette[open]') && document.activeElement.role === 'combobox'",
    )
    .unwrap();
    let missing = "(() => { const all = [...document.querySelectorAll('.palette li')].flatMap(({ dataset: { of = '' } }) => [of, ...of.split(' ')]); \
        const buttons = [...document.querySelectorAll('button[data-focus], a[data-focus], summary[data-focus]')].filter(each => each.checkVisibility() && !each.closest('dialog') && each.ariaDisabled !== 'true'); \
        const names = buttons.map(each => each.dataset.focus).filter(name => !name.startsWith('step ')); \
        return names.length < 30 ? ['too few'] : names.filter(name => !all.includes(name) && !all.includes(name.split(' ')[0])); })()";
    assert_eq!(page.evaluate(missing).unwrap(), serde_json::json!([]), "buttons without an entry");
    page.type_text("save it").unwrap();
    page.wait_for("document.querySelectorAll('.palette li').length === 1").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.querySelector('.step[aria-current] .step-number').textContent === '3'").unwrap();
    page.press("Control+k").unwrap();
    page.wait_for("document.activeElement.role === 'combobox'").unwrap();
    page.type_text("duplicate").unwrap();
    page.press("Enter").unwrap();
    page.wait_for("document.querySelectorAll('.step').length === 4").unwrap();
    let act = |page: &mut Page, name: &str, then: &str| {
        page.press("Control+Shift+P").unwrap();
        page.wait_for("document.querySelector('dialog.palette[open]')").unwrap();
        page.type_text(name).unwrap();
        page.wait_for(&format!(
            "document.querySelector('.palette [aria-selected=true] span')?.textContent.startsWith('{name}')"
        ))
        .unwrap();
        page.press("Enter").unwrap();
        page.wait_for(then).unwrap();
    };
    // In a text, at its caret or with what was selected there; and what has no button elsewhere.
    page.click(".run textarea").unwrap();
    page.press("Control+Home").unwrap();
    for _ in "Save".chars() {
        page.press("ArrowRight").unwrap();
    }
    act(
        &mut page,
        "Split step",
        "document.querySelectorAll('.step').length === 5 && document.querySelector('.run textarea').value === 'it.'",
    );
    page.click(".run textarea").unwrap();
    page.press("Control+a").unwrap();
    act(&mut page, "Italic", "document.querySelector('.run textarea').value === '*it.*'");
    act(
        &mut page,
        "Make it a draft again",
        "document.querySelector('[data-focus=publish]').checkVisibility()",
    );
    act(&mut page, "Fold the list", "!document.querySelector('.steps').checkVisibility()");
    act(&mut page, "Unfold the list", "document.querySelector('.steps').checkVisibility()");
    act(
        &mut page,
        "Add annotation: press",
        "document.querySelector('.annotation-list').textContent.includes('@press')",
    );
    act(
        &mut page,
        "Remove annotation",
        "!document.querySelector('.annotation-list').textContent.includes('@press')",
    );
    act(&mut page, "Preview as phone", "document.querySelector('.play').dataset.view === 'phone'");
    act(&mut page, "Edit", "!document.querySelector('.play').checkVisibility()");
    page.press("Control+k").unwrap();
    page.type_text("nothing like it").unwrap();
    page.wait_for("document.querySelector('.palette .hint').textContent === 'Nothing is called so'").unwrap();
    clean(&mut page);
}

#[test]
fn a_message_goes_when_the_next_change_is_saved() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click("[data-focus=delete]").unwrap();
    page.wait_for("document.querySelectorAll('.step').length === 2 && document.querySelector('.status').textContent === 'saved'").unwrap();
    page.wait_for("document.querySelector('.toast')?.textContent.includes('Deleted step 1')").unwrap();
    page.click("[data-focus=duplicate]").unwrap();
    page.wait_for("document.querySelectorAll('.step').length === 3 && !document.querySelector('.toast')")
        .unwrap();
    clean(&mut page);
}

#[test]
fn the_dialogs_have_no_barrier() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let left = "JSON.stringify([{ kind: 'section', section: 0, value: 'Because.' }])";
    page.evaluate(&format!("localStorage.setItem('guidemark-unsaved invite gone', {left}); 0")).unwrap();
    page.reload().unwrap();
    page.wait_for("document.querySelector('dialog.unsaved[open] pre')").unwrap();
    axe::no_barrier(&mut page, "not saved");
    page.click("dialog.unsaved footer button:not(.primary)").unwrap();
    page.click("[data-focus=play]").unwrap();
    page.wait_for(
        "document.querySelector('.play iframe')?.contentDocument?.querySelector('guidemark-player')",
    )
    .unwrap();
    axe::no_barrier(&mut page, "play");
    page.click("[data-focus=play]").unwrap();
    page.wait_for("document.querySelector('.shot img')").unwrap();
    let still = "document.getAnimations().length === 0";
    for (width, height, dark) in
        [(1280, 800, false), (1440, 900, true), (1440, 900, false), (1280, 800, true)]
    {
        page.set_viewport(Viewport::desktop(width, height)).unwrap();
        page.set_media(guidemark::browser::Media { dark, ..Default::default() }).unwrap();
        let look = |page: &mut Page, what: &str, opened: &str| {
            page.wait_for(&format!("({opened}) && {still}")).unwrap();
            assert_eq!(axe::violations(page, "body"), Vec::<String>::new(), "{what}, {width}, dark: {dark}");
            page.press("Escape").unwrap();
            page.wait_for("!document.querySelector('dialog[open]')").unwrap();
        };
        page.click("[data-focus=introduction]").unwrap();
        look(&mut page, "texts", "document.querySelector('dialog[open] .preview')?.childElementCount");
        page.press("Control+Shift+P").unwrap();
        look(&mut page, "palette", "document.querySelector('dialog.palette[open]')");
        page.press("Control+f").unwrap();
        page.press("Control+a").unwrap();
        page.type_text("it").unwrap();
        look(&mut page, "find", "document.querySelectorAll('dialog.find[open] .hits li').length > 2");
        page.click(".run textarea").unwrap();
        page.press("Control+k").unwrap();
        look(&mut page, "link", "document.querySelectorAll('dialog.link[open] li').length > 2");
        page.click("[data-focus=settings]").unwrap();
        look(&mut page, "settings", "document.querySelector('dialog.settings[open]')");
        page.click("[data-focus=help]").unwrap();
        look(&mut page, "help", "document.querySelector('dialog.help[open]')");
        // Several steps selected, problems open, panels folded.
        page.click(".step").unwrap();
        page.press("Shift+ArrowDown").unwrap();
        page.evaluate("document.querySelector('.problems').open = true; 0").unwrap();
        look(&mut page, "selection", "document.querySelectorAll('.step[aria-pressed=true]').length === 2");
        page.evaluate("document.activeElement.blur(); 0").unwrap();
        page.press("\\").unwrap();
        look(&mut page, "folded", "!document.querySelector('.panel').checkVisibility()");
        page.evaluate("document.activeElement.blur(); 0").unwrap();
        page.press("\\").unwrap();
        page.wait_for("document.querySelector('.panel').checkVisibility()").unwrap();
    }
}

#[test]
fn words_that_never_reached_the_file_are_offered_at_the_next_start() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let hold = "(() => { const send = fetch; window.fetch = (...given) => (String(given[0]).endsWith('/edit') ? new Promise(() => {}) : send(...given)); return 0; })()";
    page.evaluate(hold).unwrap();
    page.click(".run textarea").unwrap();
    page.press("Control+End").unwrap();
    page.type_text(" And wait.").unwrap();
    let unsaved =
        "Object.entries(localStorage).filter(([name]) => name.startsWith('guidemark-unsaved invite '))";
    page.wait_for(&format!("{unsaved}.some(([, words]) => words.includes('And wait.'))")).unwrap();
    let words = page.evaluate(&format!("{unsaved}[0][1]")).unwrap();
    assert_eq!(fs::read_to_string(project.path("guides/invite.md")).unwrap(), GUIDE);
    // Another window, as after a crash of this one: nobody holds what it kept.
    let mut next = open(&served);
    next.evaluate(&format!("localStorage.setItem('guidemark-unsaved invite gone', {words}); 0")).unwrap();
    next.reload().unwrap();
    next.wait_for("document.querySelector('dialog.unsaved[open] pre')?.textContent === 'Open it. And wait.'")
        .unwrap();
    next.click("dialog.unsaved .primary").unwrap();
    becomes(&mut next, &project, &GUIDE.replace("Open it.", "Open it. And wait."));
    next.wait_for("!document.querySelector('dialog[open]') && localStorage.getItem('guidemark-unsaved invite gone') === null").unwrap();
    clean(&mut next);
}

#[test]
fn changes_that_never_reached_the_file_are_offered_at_the_next_start() {
    let project = project();
    project.write(
        "guides/invite.md",
        GUIDE.replace("![b](shot.png)", "![b](shot.png)\n   <!-- @click 10,20 30x40 -->"),
    );
    let served = project.serve();
    let mut page = open(&served);
    page.evaluate("(() => { const send = fetch; window.fetch = (...given) => (String(given[0]).endsWith('/edit') ? new Promise(() => {}) : send(...given)); return 0; })()").unwrap();
    page.evaluate("document.querySelectorAll('.step')[1].click(); 0").unwrap();
    page.wait_for("document.querySelector('.marks .mark')").unwrap();
    page.evaluate("document.querySelector('.marks .mark').focus(); 0").unwrap();
    page.press("ArrowRight").unwrap();
    page.evaluate("document.querySelectorAll('.step')[2].click(); 0").unwrap();
    page.evaluate("document.querySelector('[data-focus=delete]').click(); 0").unwrap();
    page.click("[data-focus=settings]").unwrap();
    page.click("#setting-tags").unwrap();
    page.type_text("start").unwrap();
    let unsaved = "(Object.entries(localStorage).find(([name]) => name.startsWith('guidemark-unsaved invite ')) || [])[1]";
    page.wait_for(&format!("{unsaved}?.includes('Setting tags: start')")).unwrap();
    let words = page.evaluate(unsaved).unwrap();
    let mut next = open(&served);
    next.evaluate(&format!("localStorage.setItem('guidemark-unsaved invite gone', {words}); 0")).unwrap();
    next.reload().unwrap();
    let shown = "[...document.querySelectorAll('dialog.unsaved[open] pre')].map(each => each.textContent).join(' | ')";
    next.wait_for(&format!("{shown} !== ''")).unwrap();
    assert_eq!(
        next.evaluate(shown).unwrap(),
        "Step 2: click moved to 11,20 30x40 | Step 3 deleted | Setting tags: start"
    );
    next.click("dialog.unsaved .primary").unwrap();
    let wanted = "---\ntitle: Invite\ntags: [start]\n---\n\nWhy one does it.\n\n## First\n\n1. Open it.\n\n   ![a](shot.png)\n\n2. Choose it.\n\n   ![b](shot.png)\n   <!-- @click 11,20 30x40 -->\n\n## Second\n";
    becomes(&mut next, &project, wanted);
    next.wait_for("!document.querySelector('dialog[open]')").unwrap();
    clean(&mut next);
}

#[test]
fn words_that_never_reached_the_file_may_be_thrown_away() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    let left = "JSON.stringify([{ kind: 'section', section: 0, value: 'Because.' }, { kind: 'text', id: 'open-it', run: 0, value: 'Shut it.' }])";
    page.evaluate(&format!("localStorage.setItem('guidemark-unsaved invite gone', {left}); 0")).unwrap();
    page.reload().unwrap();
    page.wait_for("[...document.querySelectorAll('dialog.unsaved[open] pre')].map(each => each.textContent).join(' ') === 'Because. Shut it.'")
        .unwrap();
    page.evaluate("[...document.querySelectorAll('dialog.unsaved button')].find(each => each.textContent === 'Discard').click(); 0").unwrap();
    page.wait_for("!document.querySelector('dialog[open]') && localStorage.getItem('guidemark-unsaved invite gone') === null").unwrap();
    becomes_unsaved(&project, GUIDE);
    page.reload().unwrap();
    page.wait_for("document.querySelector('.run textarea')?.value === 'Open it.'").unwrap();
    assert_eq!(page.evaluate("!!document.querySelector('dialog[open]')").unwrap(), false, "it asks once");
    clean(&mut page);
}

#[test]
fn a_guide_is_shown_as_a_phone_shows_it_in_light_and_dark() {
    let project = project();
    let served = project.serve();
    let mut page = open(&served);
    page.click("[data-focus=play]").unwrap();
    let within = |what: &str| format!("document.querySelector('.play iframe')?.contentWindow?.{what}");
    page.wait_for(&format!("{} === '?view=player'", within("location.search"))).unwrap();
    let choose = |page: &mut Page, field: &str, value: &str| {
        let script = format!(
            "(() => {{ const select = document.querySelector('[data-focus={field}]'); select.value = '{value}'; select.dispatchEvent(new Event('change')); }})()"
        );
        page.evaluate(&script).unwrap();
    };
    choose(&mut page, "view", "phone");
    page.wait_for(&format!("{} === 375 && {} === ''", within("innerWidth"), within("location.search")))
        .unwrap();
    for (scheme, dark) in [("dark", true), ("light", false)] {
        choose(&mut page, "scheme", scheme);
        page.wait_for(&format!(
            "{} === {dark}",
            within("matchMedia('(prefers-color-scheme: dark)').matches")
        ))
        .unwrap();
    }
    // A tablet is larger than the room beside the panels, and shown whole all the same.
    choose(&mut page, "view", "tablet");
    page.wait_for(&format!("{} === 768", within("innerWidth"))).unwrap();
    let whole = "(() => { const inner = document.querySelector('.play iframe').getBoundingClientRect(); const outer = document.querySelector('.play-stage').getBoundingClientRect(); \
        return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom; })()";
    page.wait_for(whole).unwrap();
    // An embed is the walkthrough, as large as one stands in a page.
    choose(&mut page, "view", "embed");
    page.wait_for(&format!(
        "{} === 720 && {} === 480 && {} === '?view=player'",
        within("innerWidth"),
        within("innerHeight"),
        within("location.search")
    ))
    .unwrap();
    page.wait_for(whole).unwrap();
    choose(&mut page, "view", "page");
    page.wait_for(&format!("{} > 375", within("innerWidth"))).unwrap();
    clean(&mut page);
}
