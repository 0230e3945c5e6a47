//! Open pages in a real Chromium change in place.

use super::support::{Project, clean, guide};
use guidemark::browser::Page;
use guidemark::serve::ServeOptions;

/// Leaves a mark that a page which is loaded again has lost.
fn mark(page: &mut Page) {
    page.evaluate("globalThis.stayed = true").unwrap();
}

#[track_caller]
fn assert_stayed(page: &mut Page) {
    assert_eq!(page.evaluate("globalThis.stayed === true").unwrap(), true, "the page was loaded again");
}

fn at_step(page: &mut Page, number: usize) {
    page.wait_for("document.querySelector('guidemark-player')?.total === 4").unwrap();
    page.evaluate(&format!("document.querySelector('guidemark-player').go({number})")).unwrap();
    page.wait_for(&format!("document.querySelector('guidemark-player').step === {number}")).unwrap();
}

const CARD: &str = "document.querySelector('.gm-card').innerText";

#[test]
fn a_reader_at_step_3_sees_the_new_text_at_step_3() {
    let project = Project::new();
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    // What a figure will show when it comes near takes no room before.
    let grown = "[...document.querySelectorAll('.frame')].filter(each => each.offsetHeight > each.querySelector('svg').getBoundingClientRect().height + 1).length";
    assert_eq!(page.evaluate(grown).unwrap(), 0);
    page.evaluate("scrollTo(0, 700)").unwrap();
    let top = "document.querySelectorAll('.step')[2].getBoundingClientRect().top";
    let before = page.evaluate(&format!("[scrollY > 0, location.hash, {top}]")).unwrap();
    mark(&mut page);
    for round in 0..3 {
        project
            .write("guides/invite.md", guide("Invite a colleague", &format!("Quite another thing {round}")));
        page.wait_for(&format!(
            "document.querySelector('#gm-article').innerText.includes('another thing {round}')"
        ))
        .unwrap();
        page.wait_for(&format!("{CARD}.includes('Quite another thing {round}')")).unwrap();
        assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 3);
        assert_eq!(page.evaluate("document.querySelector('guidemark-player').state").unwrap(), "paused");
        page.wait_for(&format!("Math.abs({top} - {}) < 1", before[2])).unwrap();
    }
    assert_eq!(before[0], true);
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn a_change_of_words_changes_nothing_else_and_fetches_nothing() {
    words_alone_change(&Project::new());
}

#[test]
fn a_change_of_words_changes_nothing_else_wherever_a_theme_puts_the_data_for_search_engines() {
    let data = "<script type=\"application/ld+json\">{{ json_ld_html | safe }}</script>\n";
    let page = include_str!("../../themes/default/guide.html");
    for place in ["</head>", "<main>"] {
        let project = Project::new();
        project.write("guidemark.toml", "title = \"T\"\ntheme = \"own\"\n");
        project.write("themes/own/theme.toml", "extends = \"default\"\n");
        let own = page.replace(data, "").replace(place, &format!("{data}{place}"));
        project.write("themes/own/guide.html", own);
        words_alone_change(&project);
    }
}

fn words_alone_change(project: &Project) {
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    let fetched =
        "performance.getEntriesByType('resource').filter(each => each.initiatorType === 'fetch').length";
    // It gets to know its own source when nothing else is to be done.
    page.wait_for(&format!("{fetched} === 1")).unwrap();
    mark(&mut page);
    let parts = "document.querySelectorAll('h1, .step, .gm-hot, script[type=\"application/ld+json\"]')";
    page.evaluate(&format!("{parts}.forEach(each => {{ each.mine = true; }})")).unwrap();
    let data = "JSON.stringify(JSON.parse(document.querySelector('body script[type=\"application/ld+json\"]')?.textContent || 'null'))";
    let in_body = page.evaluate(data).unwrap() != "null";
    for third in
        ["Another wórd 😀", "Another 😃 word", "Another **bold** word and `code`", "Nothing but *one*"]
    {
        project.write("guides/invite.md", guide("Invite a colleague", third));
        let plain = third.replace(['*', '`'], "");
        page.wait_for(&format!("{CARD}.includes('{plain}')")).unwrap();
        assert_eq!(
            page.evaluate("document.querySelectorAll('.step')[2].querySelector('.prose').innerText").unwrap(),
            format!("{plain}.")
        );
        assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 3);
        let data_now = page.evaluate(data).unwrap();
        assert!(!in_body || data_now.as_str().unwrap().contains(&plain), "{data_now}");
    }
    let all_same = format!("[...{parts}].every(each => each.mine)");
    assert_eq!(page.evaluate(&all_same).unwrap(), true, "other elements than the changed ones are new");
    assert_eq!(page.evaluate(fetched).unwrap(), 1, "the page was fetched for a few words");
    page.evaluate("document.querySelector('.gm-hot').click()").unwrap();
    page.wait_for("document.querySelector('guidemark-player').step === 4").unwrap();
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn the_open_library_finds_a_new_title() {
    let project = Project::new();
    project.write("guides/other.md", guide("Quite another one", "Third thing"));
    let served = project.serve();
    let mut page = served.open("/");
    page.wait_for("document.querySelector('input[type=search]')").unwrap();
    mark(&mut page);
    project.write("guides/invite.md", guide("Summon a wizard", "Third thing"));
    page.wait_for("document.body.innerText.includes('Summon a wizard')").unwrap();
    // The page's own modules have run two frames after it has changed.
    let search = "(async () => { await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); \
        const field = document.querySelector('input[type=search]'); field.value = 'wizard'; \
        field.dispatchEvent(new InputEvent('input', { bubbles: true })); })()";
    page.evaluate(search).unwrap();
    page.wait_for("document.querySelector('.results').innerText.includes('Summon a wizard')").unwrap();
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn what_the_page_adds_to_itself_is_there_once_after_a_change() {
    let project = Project::new();
    let code = "\n```sh\nrun it\n```\n";
    let text = |third| guide("Invite a colleague", third) + code;
    project.write("guides/invite.md", text("Third"));
    let served = project.serve();
    let mut page = served.open("/invite/");
    let count = "[...['.copy', '.zoom', 'guidemark-player .gm-hot', '.gm-segs > *']].map(each => document.querySelectorAll(each).length).join()";
    page.wait_for("document.querySelector('.zoom') && document.querySelector('.copy') && document.querySelector('.gm-hot')").unwrap();
    let before = page.evaluate(count).unwrap();
    mark(&mut page);
    project.write("guides/invite.md", text("Changed"));
    page.wait_for("document.body.innerText.includes('Changed')").unwrap();
    page.wait_for(&format!("{count} === '{}'", before.as_str().unwrap())).unwrap();
    page.evaluate("globalThis.copied = 0; navigator.clipboard.writeText = async () => { copied += 1 }")
        .unwrap();
    page.evaluate("document.querySelector('.copy').click()").unwrap();
    assert_eq!(page.evaluate("copied").unwrap(), 1, "one click, one copy");
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn a_replaced_screenshot_is_shown() {
    let project = Project::new();
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 2);
    let picture = "document.querySelector('image').getAttribute('href')";
    let before = page.evaluate(picture).unwrap();
    mark(&mut page);
    project.picture("guides/shot.png", [250, 10, 10]);
    page.wait_for(&format!("{picture} !== {before}")).unwrap();
    assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 2);
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn links_to_the_source_open_the_editor_that_the_author_names() {
    let project = Project::new();
    let editor = Some("/opt/bin/zed --wait".to_owned());
    let served = project.serve_with(&ServeOptions { editor, ..ServeOptions::default() });
    let mut page = served.open("/.guidemark/edit/invite/");
    let link = "document.querySelector('.source-box a')";
    page.wait_for(&format!("{link}?.href.startsWith('zed://file/')")).unwrap();
    assert_eq!(page.evaluate(&format!("{link}.textContent")).unwrap(), "Zed");
    assert_eq!(page.evaluate(&format!("{link}.ariaLabel")).unwrap(), "Open the source in Zed");
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    let wrong = guide("Invite a colleague", "Fixed").replacen("shot.png", "shto.png", 1);
    project.write("guides/invite.md", wrong);
    let link = "document.querySelector('guidemark-problems')?.shadowRoot.querySelector('a')?.href";
    page.wait_for(&format!("{link}?.startsWith('zed://file/')")).unwrap();
}

#[test]
fn errors_are_shown_over_the_last_good_page_until_they_are_fixed() {
    let project = Project::new();
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    mark(&mut page);
    let wrong = guide("Invite a colleague", "Fixed").replacen("shot.png", "shto.png", 1);
    project.write("guides/invite.md", wrong);
    let panel = "document.querySelector('guidemark-problems')";
    page.wait_for(&format!("{panel}?.shadowRoot.querySelector('li')")).unwrap();
    let said = page.evaluate(&format!("{panel}.shadowRoot.querySelector('section').innerText")).unwrap();
    let said = said.as_str().unwrap();
    for part in ["1 error", "shto.png", "guides/invite.md:10:16", "help: "] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    // The line of the file, with the place marked.
    let line = page.evaluate(&format!("{panel}.shadowRoot.querySelector('pre').textContent")).unwrap();
    let line = line.as_str().unwrap();
    assert!(line.starts_with("10 ") && line.contains("shto.png)"), "{line}");
    let marked = page.evaluate(&format!("{panel}.shadowRoot.querySelector('mark').textContent")).unwrap();
    assert_eq!(marked, "shto.png");
    let link = page.evaluate(&format!("{panel}.shadowRoot.querySelector('a').href")).unwrap();
    let root = project.path("").canonicalize().unwrap();
    assert_eq!(link, format!("vscode://file{}/guides/invite.md:10:16", root.display()));
    assert_eq!(page.evaluate("document.body.innerText.includes('Third thing')").unwrap(), true);
    project.write("guides/invite.md", guide("Invite a colleague", "Fixed"));
    page.wait_for(&format!("!{panel} && document.body.innerText.includes('Fixed')")).unwrap();
    assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 3);
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn whoever_writes_is_not_counted_as_a_reader() {
    let project = Project::new();
    project.write("guidemark.toml", "title = \"T\"\nbeacon = \"https://stats.example.com/guides\"\n");
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    project.write("guides/invite.md", guide("Invite a colleague", "Changed"));
    page.wait_for(&format!("{CARD}.includes('Changed')")).unwrap();
    at_step(&mut page, 4);
    let seen = page.seen().unwrap();
    assert!(!seen.requests.iter().any(|request| request.url.contains("stats.example.com")));
    clean(&mut page);
}

#[test]
fn style_and_template_change_in_place() {
    let project = Project::new();
    project.write("guidemark.toml", "title = \"T\"\ntheme = \"own\"\n");
    project.write("themes/own/theme.toml", "extends = \"default\"\n");
    project.write("themes/own/style/custom.css", "h1 { color: rgb(1, 2, 3) }\n");
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    mark(&mut page);
    let color = "getComputedStyle(document.querySelector('h1')).color";
    for number in [7, 8] {
        project.write("themes/own/style/custom.css", format!("h1 {{ color: rgb({number}, 2, 3) }}\n"));
        page.wait_for(&format!("{color} === 'rgb({number}, 2, 3)'")).unwrap();
    }
    let text = "<footer id=\"mine\">A footer of our own</footer>\n";
    project.write("themes/own/footer.html", text);
    page.wait_for("document.querySelector('#mine')").unwrap();
    assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 3);
    assert_stayed(&mut page);
    clean(&mut page);
}

#[test]
fn a_script_that_changed_loads_the_page_again_at_the_same_step() {
    let project = Project::new();
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    mark(&mut page);
    project.write("themes/own/theme.toml", "extends = \"default\"\n");
    project.write("themes/own/player/main.js", "import { GuidemarkPlayer } from './player.js';\nif (!customElements.get('guidemark-player')) customElements.define('guidemark-player', GuidemarkPlayer);\nglobalThis.other = true;\n");
    project.write("guidemark.toml", "title = \"T\"\ntheme = \"own\"\n");
    page.wait_for("globalThis.other && document.querySelector('guidemark-player').step === 3").unwrap();
}

#[test]
fn a_removed_guide_is_told_in_its_open_page_and_in_the_open_library() {
    let project = Project::new();
    project.write("guides/other.md", guide("Other one", "Else"));
    let served = project.serve();
    let mut library = served.open("/");
    let mut page = served.open("/other/#first-thing");
    library.evaluate("document.querySelector('input[type=search]').value = 'o'").unwrap();
    mark(&mut library);
    project.remove("guides/other.md");
    library.wait_for("!document.querySelector('#guides').innerText.includes('Other one')").unwrap();
    assert_eq!(library.evaluate("document.querySelectorAll('.cards a').length > 0").unwrap(), true);
    assert_stayed(&mut library);
    page.wait_for("document.title === 'Not found'").unwrap();
    project.write("guides/other.md", guide("Other one", "Back again"));
    page.wait_for("document.body.innerText.includes('Back again')").unwrap();
    library.wait_for("document.querySelector('#guides').innerText.includes('Other one')").unwrap();
}

#[test]
fn a_burst_of_edits_ends_with_the_last_in_the_page() {
    let project = Project::new();
    let served = project.serve();
    let mut page = served.open("/invite/");
    at_step(&mut page, 3);
    for edit in 0..100 {
        project.write("guides/invite.md", guide("Invite a colleague", &format!("Edit {edit} of many")));
    }
    page.wait_for(&format!("{CARD}.includes('Edit 99 of many')")).unwrap();
    assert_eq!(page.evaluate("document.querySelector('guidemark-player').step").unwrap(), 3);
    clean(&mut page);
}
