//! Whatever a guide's text says, it is text: the page works and nothing of it runs.

use crate::support::{Look, Site, Stage};

const ATTACKS: [&str; 6] = [
    "<script>globalThis.ran = 1; alert(1)</script>",
    "<img src=x onerror=\"globalThis.ran = 2; alert(2)\">",
    "</script><script>globalThis.ran = 3; alert(3)</script>",
    "<!-- <script>",
    "\" autofocus onfocus=\"globalThis.ran = 4; alert(4)",
    "{{ 7 * 7 }}</style></title></svg><svg onload=alert(5)>]]>\\u003c&lt;&quot;",
];

/// A string as YAML and our annotations write it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A guide that says the attack wherever a guide can say something.
fn guide(attack: &str) -> String {
    let said = quoted(attack);
    // In Markdown an entity is the one way to write a `<` that is text.
    let text = attack
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\\', "\\\\");
    let alt = text.replace('[', "\\[").replace(']', "\\]");
    // An open comment in Markdown is the guide's own mistake, and an error.
    let raw = if attack.starts_with("<!--") { "" } else { attack };
    // A comment ends at its first `-->`, whatever stands in quotes, and none of the attacks has one.
    format!(
        "---\ntitle: {said}\ndescription: {said}\ntags: [{said}]\nauthors: [{said}]\ncursor: {said}\nurl: {said}\n\
        app: {{ name: {said}, description: {said}, industry: {said} }}\n\
        cta: {{ label: {said}, url: https://example.com/?q=1 }}\n---\n\n\
        {text} and raw: {raw}\n\n## {text}\n\n\
        1. First {text}\n\n   ![{alt}](shot.png)\n   <!--\n   @click 10,10 40x20 {said}\n   @callout 100,10 40x20 {said}\n   -->\n\n\
        2. Second `{attack}`\n\n   ![{alt}](shot.png)\n   <!--\n   @type 10,40 80x20 {said}\n   -->\n\n\
        3. Third\n\n   ![{alt}](shot.png)\n   <!--\n   @select 10,40 80x20 {said}\n   @press {said}\n   @url {said}\n   -->\n\n\
        ```html\n{attack}\n```\n"
    )
}

fn shot() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(320, 200, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 200]));
    crate::support::picture::png(&picture)
}

fn site() -> Site {
    let shot = shot();
    let guides: Vec<(String, String)> = ATTACKS
        .iter()
        .enumerate()
        .map(|(index, attack)| (format!("guides/attack-{index}/index.md"), guide(attack)))
        .collect();
    let shots: Vec<String> =
        (0..ATTACKS.len()).map(|index| format!("guides/attack-{index}/shot.png")).collect();
    let settings = format!("title = '''{}'''\ndescription = '''{}'''\n", ATTACKS[2], ATTACKS[1]);
    let mut files: Vec<(&str, &[u8])> = vec![("guidemark.toml", settings.as_bytes())];
    files.extend(guides.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    files.extend(shots.iter().map(|path| (path.as_str(), shot.as_slice())));
    Site::with_files(&files)
}

#[test]
fn text_that_looks_like_code_stays_text() {
    let site = site();
    for (index, attack) in ATTACKS.iter().enumerate() {
        let mut stage =
            Stage::at(&site.guide_url(&format!("attack-{index}")), Look::still()).ready("cover", 1);
        assert_eq!(stage.text("document.querySelector('h1').textContent"), *attack);
        assert!(stage.text("document.title").contains(attack), "{attack}");
        stage.push("Start");
        for step in 1..=3 {
            stage.expect("paused", step);
            stage.push("Next");
        }
        stage.expect("ended", 3);
        assert_eq!(stage.text("String(globalThis.ran)"), "undefined", "{attack}");
        let inline = "[...document.querySelectorAll('*')].flatMap(each => [...each.attributes])
            .filter(each => each.name.startsWith('on')).map(each => each.name).join()";
        assert_eq!(stage.text(inline), "", "{attack}");
    }
}

#[test]
fn the_library_shows_it_as_text_too() {
    let site = site();
    let mut open = Look::still().blank();
    open.allow(&site.url(""));
    open.go(&site.url("index.html"));
    let titles =
        open.text("[...document.querySelectorAll('.cards li')].map(each => each.textContent).join('\\n')");
    for attack in ATTACKS {
        assert!(titles.contains(attack), "{attack} in {titles}");
    }
    assert_eq!(open.text("String(globalThis.ran)"), "undefined");
}
