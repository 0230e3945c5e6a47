//! What a project's own theme changes, and what it is told when it is wrong.

use crate::support::{Draft, input, path, scene, settings};
use guidemark::diagnostic::Diagnostic;
use guidemark::guide::Index;
use guidemark::page;
use guidemark::source::{MemoryWorld, Source};
use guidemark::theme::{Theme, built_in, squeeze};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn world(files: &[(&str, &str)]) -> MemoryWorld {
    files.iter().fold(MemoryWorld::new(), |world, (name, text)| world.with(path(name), *text))
}

fn render(files: &[(&str, &str)], theme: &str) -> Result<String, Vec<Diagnostic>> {
    let world = world(files);
    let theme = Theme::load(&world, theme)?;
    let mut draft = Draft::new("A guide");
    draft.step("Click **Save**.", vec![scene(None)]);
    let (settings, index) = (settings(), Index::default());
    page::guide(&input(&draft, &theme, &settings, &index, &world))
}

/// The one problem of a theme: code, place as line and column, message, help.
fn problem(files: &[(&str, &str)], theme: &str) -> String {
    let mut found = render(files, theme).expect_err("the theme is wrong");
    assert_eq!(found.len(), 1, "{found:#?}");
    let found = found.remove(0);
    let text = files.iter().find(|(name, _)| *name == found.path.as_str()).map(|(_, text)| *text);
    let place = match (found.span, text) {
        (Some(span), Some(text)) => {
            let at = Source::new(found.path.clone(), text.to_owned()).position(span.start);
            format!(":{}:{}", at.line, at.column)
        }
        _ => String::new(),
    };
    format!(
        "{}{place} {}: {}\nhelp: {}",
        found.path,
        found.code,
        found.message,
        found.help.unwrap_or_default()
    )
}

#[test]
fn a_project_overrides_a_template_a_style_a_module_and_words() {
    let html = render(
        &[
            ("themes/mine/footer.html", "<footer>our own</footer>"),
            ("themes/mine/style/print.css", ".our-own { color: red; }"),
            ("themes/mine/player/main.js", "export const own = 1;\ndocument.ourOwn = own;\n"),
            ("themes/mine/words/en.toml", "share = \"Our own\""),
        ],
        "mine",
    )
    .unwrap();
    assert!(html.contains("<footer>our own</footer>"));
    assert!(html.contains(".our-own{color:red}") && !html.contains("@page"));
    assert!(html.contains("document.ourOwn="));
    assert!(html.contains(">Our own</summary>"));
    assert!(html.contains(">Copy code</button>"), "other words stay");
}

#[test]
fn a_theme_stands_on_those_it_extends() {
    let files = [
        ("themes/base/footer.html", "<footer>base</footer>"),
        ("themes/base/share.html", "base share"),
        ("themes/base/theme.toml", "[options]\ncolor = \"#aa0000\"\nradius = 3"),
        ("themes/top/theme.toml", "extends = \"base\"\n[options]\nradius = 5"),
        ("themes/top/footer.html", "<footer>top</footer>"),
    ];
    let html = render(&files, "top").unwrap();
    assert!(html.contains("<footer>top</footer>") && html.contains("base share"));
    assert!(html.contains("--brand:light-dark(#aa0000,") && html.contains("--radius:5px;"));
}

#[test]
fn a_project_may_lay_files_over_the_built_in_theme_itself() {
    let html = render(&[("themes/default/footer.html", "<footer>mine</footer>")], "default").unwrap();
    assert!(html.contains("<footer>mine</footer>"));
}

#[test]
fn custom_sheets_come_last() {
    let html = render(&[("themes/mine/style/custom.css", "h1 { color: teal }")], "mine").unwrap();
    let style = html.split("</style>").next().unwrap();
    assert!(style.ends_with("h1{color:teal}"));
}

#[test]
fn an_unknown_theme_names_the_nearest() {
    assert_eq!(
        problem(&[("themes/house/footer.html", "")], "huose"),
        "themes/huose theme-unknown: there is no theme `huose`\nhelp: did you mean `house`?"
    );
    assert_eq!(
        problem(&[("themes/mine/theme.toml", "extends = \"defalt\"")], "mine"),
        "themes/mine/theme.toml:1:11 theme-unknown: there is no theme `defalt`\nhelp: did you mean `default`?"
    );
    assert!(problem(&[], "../secret").contains("there is no theme `../secret`"));
}

#[test]
fn themes_that_extend_each_other_are_an_error() {
    let files = [("themes/a/theme.toml", "extends = \"b\""), ("themes/b/theme.toml", "extends = \"a\"")];
    assert_eq!(
        problem(&files, "a"),
        "themes/b/theme.toml:1:11 theme-circle: the theme extends itself: a → b → a\n\
         help: remove one `extends`; a theme without it extends `default`"
    );
}

#[test]
fn an_unknown_field_names_template_line_and_the_nearest_field() {
    assert_eq!(
        problem(&[("themes/mine/footer.html", "<footer>\n  {{ guide.titel }}\n</footer>")], "mine"),
        "themes/mine/footer.html:2:12 theme-template: field `titel` is not defined\nhelp: did you mean `title`?"
    );
    assert_eq!(
        problem(&[("themes/mine/share.html", "{{ gide.title }}")], "mine"),
        "themes/mine/share.html:1:4 theme-template: variable `gide` is not defined\nhelp: did you mean `guide`?"
    );
    assert!(problem(&[("themes/mine/footer.html", "{{ words.zzz }}")], "mine").contains("help: there are: "));
}

#[test]
fn an_unknown_field_is_found_where_no_page_of_the_project_asks_for_it() {
    let field = |text: &str| problem(&[("themes/mine/footer.html", text)], "mine");
    let expect = |found: &str, place: &str, name: &str, help: &str| {
        assert_eq!(
            found,
            format!("themes/mine/footer.html:{place} theme-template: {name} is not defined\nhelp: {help}")
        );
    };
    expect(&field("{% if guide.titel %}{% endif %}"), "1:13", "field `titel`", "did you mean `title`?");
    expect(
        &field("{% if false %}\n{{ gide }}{% endif %}"),
        "2:4",
        "variable `gide`",
        "did you mean `guide`?",
    );
    expect(&field("{{ guide.cover.widht }}"), "1:16", "field `widht`", "did you mean `width`?");
    expect(
        &field("{% for part in chapters %}{{ part.titel }}{% endfor %}"),
        "1:35",
        "field `titel`",
        "did you mean `title`?",
    );
    expect(
        &field("{% set app = guide.app %}{% if app.nam %}{% endif %}"),
        "1:36",
        "field `nam`",
        "did you mean `name`?",
    );
    expect(
        &field("{{ guide.authors | join(sep=guide.titel) }}"),
        "1:35",
        "field `titel`",
        "did you mean `title`?",
    );
    expect(&field("{% if words.nexd %}{% endif %}"), "1:13", "field `nexd`", "did you mean `next`?");
    expect(
        &field("{{ chapters.title }}"),
        "1:13",
        "field `title`",
        "this is a list: go through it with `{% for … in … %}`",
    );
    // A field of earlier themes.
    expect(
        &field(
            "{% for section in sections %}{% for step in section.steps %}{% for part in step.body %}{{ part.told }}{% endfor %}{% endfor %}{% endfor %}",
        ),
        "1:96",
        "field `told`",
        "there are: figure, generated, html, kind",
    );
    expect(
        &field("{{ guide.title.length }}"),
        "1:16",
        "field `length`",
        "this is a text, a number or a truth value, and has no fields",
    );
}

#[test]
fn a_part_knows_the_fields_of_each_page_that_includes_it() {
    let found =
        render(&[("themes/mine/head.html", "{{ guide.title }}\n{{ site.titel }}")], "mine").unwrap_err();
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    // The library has a head too, and is about no single guide.
    assert_eq!(messages, ["field `titel` is not defined", "variable `guide` is not defined"]);
}

#[test]
fn templates_may_use_all_that_the_engine_has() {
    let template = "{# {{ nothing }} #}{% raw %}{{ nothing }}{% endraw %}\
        {% set all = [1, 2] %}{% set map = {\"a\": 1} %}{{ all[0] + map.a }}\
        {% for key, value in map %}{{ key }}{{ value }}{{ loop.index }}{% endfor %}\
        {% if guide.app is defined and guide.title is not containing(pat=\"x\") %}{{ guide[\"title\"] | upper }}{% endif %}\
        {{ chapters[0].title if chapters else guide.tags | length }}{{ words.next ~ \"{{\" }}\
        {% filter replace(from=\"a\", to=\"b\") %}{{ page.title }}{% endfilter %}\
        {%- for n in range(end=2) -%}{{ n }}{%- endfor -%}{% include \"own.html\" %}";
    let own = "{{ guide.slug }}{{ all | length }}";
    render(&[("themes/mine/footer.html", template), ("themes/mine/own.html", own)], "mine").unwrap();
    let component = "{% component mark(text) %}<b>{{ text }}</b>{% endcomponent mark %}";
    let files = [
        ("themes/mine/marks.html", component),
        ("themes/mine/footer.html", "{{ <mark text={guide.title} /> }}"),
    ];
    render(&files, "mine").unwrap();
}

#[test]
fn what_a_template_calls_must_be_there() {
    let found = problem(&[("themes/mine/footer.html", "<p>\n{{ guide.title | uper }}")], "mine");
    assert_eq!(found, "themes/mine/footer.html:2:18 theme-template: unknown filter `uper`\nhelp: ");
    let found = problem(&[("themes/mine/footer.html", "{% include \"own.html\" %}")], "mine");
    assert_eq!(found, "themes/mine/footer.html:1:12 theme-template: unknown template `own.html`\nhelp: ");
}

#[test]
fn all_templates_are_told_at_once() {
    let files = [
        ("themes/mine/footer.html", "{% if %}"),
        ("themes/mine/share.html", "{{ }}"),
        ("themes/mine/app.html", "{{ guide.title | uper }}"),
    ];
    let mut paths: Vec<String> =
        render(&files, "mine").unwrap_err().iter().map(|found| found.path.to_string()).collect();
    paths.sort();
    assert_eq!(paths, ["themes/mine/app.html", "themes/mine/footer.html", "themes/mine/share.html"]);
}

#[test]
fn a_template_that_is_none_names_its_place() {
    let found = problem(&[("themes/mine/footer.html", "<p>\n{% if guide.title %}")], "mine");
    assert!(found.starts_with("themes/mine/footer.html:2:"), "{found}");
    assert!(found.contains(" theme-template: "), "{found}");
}

#[test]
fn text_is_escaped_by_templates() {
    let world = MemoryWorld::new();
    let theme = Theme::load(&world, "default").unwrap();
    let draft = Draft::new("<script>alert(1)</script>");
    let (settings, index) = (settings(), Index::default());
    let html = page::guide(&input(&draft, &theme, &settings, &index, &world)).unwrap();
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn theme_toml_is_checked() {
    let found = problem(&[("themes/mine/theme.toml", "[options]\ncolour = \"#ffffff\"")], "mine");
    assert!(found.starts_with("themes/mine/theme.toml:2:1 theme-options: unknown field `colour`"), "{found}");
    let found = problem(&[("themes/mine/theme.toml", "[options]\ncolor = \"red\"")], "mine");
    assert!(found.contains(":2:9 theme-options: `red` is not a colour"), "{found}");
    let found = problem(&[("themes/mine/words/en.toml", "share = 3")], "mine");
    assert!(found.starts_with("themes/mine/words/en.toml:1:9 theme-words: "), "{found}");
}

#[test]
fn modules_that_cannot_be_joined_name_their_line() {
    let start = "[guide]\nscript = [\"a.js\"]";
    let join = |a: &str, b: &str| {
        problem(
            &[("themes/mine/theme.toml", start), ("themes/mine/a.js", a), ("themes/mine/b.js", b)],
            "mine",
        )
    };
    assert_eq!(
        join("import {\n  one\n} from './b.js';\n", "export const one = 1;\n"),
        "themes/mine/a.js:1:1 theme-script: this line cannot be joined\n\
         help: write an import on one line, as `import {a, b} from './x.js';`"
    );
    assert_eq!(
        join("import {on} from './b.js';\n", "export const one = 1;\n"),
        "themes/mine/a.js:1:1 theme-script: `./b.js` exports no `on`\nhelp: did you mean `one`?"
    );
    assert_eq!(
        join("import {one} from './c.js';\n", ""),
        "themes/mine/a.js:1:1 theme-script: there is no module `./c.js`\n\
         help: a module of the theme is imported by its path, as `./geometry.js`"
    );
    assert_eq!(
        join("import {one} from './b.js';\nconst two = one;\n", "export const one = 1;\nconst two = 2;\n"),
        "themes/mine/a.js:2:1 theme-script: `two` is declared in `b.js` too\n\
         help: modules share one scope: give it a name of its own"
    );
    assert!(join("export default 1;\n", "").contains("this line cannot be joined"));
    assert_eq!(
        join("import {one} from './b.js';\nrun(one,\n", "export const one = 1;\n"),
        "themes/mine/a.js:3:1 theme-script: this is not JavaScript: Expected `)` but found `EOF`\n\
         help: fix it there: scripts of a theme are plain JavaScript, without types or JSX"
    );
    assert!(
        join(
            "import {one} from './b.js';\nconst a = 1, two = one;\n",
            "export const one = 1;\nconst b = 2, two = 2;\n"
        )
        .contains("do not make one script: Identifier `two` has already been declared")
    );
    assert!(
        problem(&[("themes/mine/theme.toml", "[guide]\nscript = [\"no.js\"]")], "mine")
            .contains("the theme has no module `no.js`")
    );
    assert!(
        problem(&[("themes/mine/theme.toml", "[library]\nstyle = [\"no\"]")], "mine")
            .contains("the theme has no style sheet `style/no.css`")
    );
}

#[test]
fn a_sheet_that_would_spoil_those_behind_it_names_its_place() {
    let sheet = |text: &str| problem(&[("themes/mine/style/custom.css", text)], "mine");
    assert_eq!(
        sheet("a { color: red }\nb { color: red"),
        "themes/mine/style/custom.css:2:3 theme-style: `{` is never closed\nhelp: end the rule with `}`"
    );
    assert_eq!(
        sheet("a { color: red }}"),
        "themes/mine/style/custom.css:1:17 theme-style: `}` is closed twice\n\
         help: remove it, or write the `{` that it closes"
    );
    assert_eq!(
        sheet("a{} /* all"),
        "themes/mine/style/custom.css:1:5 theme-style: `/*` is never closed\nhelp: end the comment with `*/`"
    );
    let fine = "a::after { content: \"}\"; background: url(data:,{) } /* { */";
    render(&[("themes/mine/style/custom.css", fine)], "mine").unwrap();
}

#[test]
fn what_would_end_the_inline_element_is_an_error() {
    let found = problem(&[("themes/mine/player/main.js", "show('<!--');\n")], "mine");
    assert_eq!(
        found,
        "themes/mine/player/main.js theme-script: `<!--` would end the page's own element\n\
         help: write it in two strings"
    );
    let found = problem(&[("themes/mine/style/custom.css", "a::before { content: '</style>' }")], "mine");
    assert!(found.starts_with("themes/mine/style/custom.css theme-style: "), "{found}");
}

#[test]
fn modules_come_after_those_they_import_each_once() {
    let html = render(
        &[
            ("themes/mine/theme.toml", "[guide]\nscript = [\"a.js\"]"),
            (
                "themes/mine/a.js",
                "import {two} from './b.js';\nimport {three} from './in/c.js';\nrun(two, three, three);\n",
            ),
            ("themes/mine/b.js", "import {three} from './in/c.js';\nexport const two = three - 1;\n"),
            ("themes/mine/in/c.js", "export const three = 3;\n"),
        ],
        "mine",
    )
    .unwrap();
    let script =
        html.split("<script type=\"module\" async>").nth(1).unwrap().split("</script>").next().unwrap();
    assert_eq!(script, "run(2,3,3);");
}

#[test]
fn every_language_has_the_words_of_english() {
    let files = built_in();
    let keys = |name: &str| -> Vec<String> {
        let table: toml::Table = files[name].text().parse().unwrap();
        table.keys().cloned().collect()
    };
    let english = keys("words/en.toml");
    for name in files.keys().filter(|name| name.starts_with("words/")) {
        let own = keys(name);
        let missing: Vec<_> = english.iter().filter(|key| !own.contains(key)).collect();
        assert!(missing.is_empty(), "{name} lacks {missing:?}");
        let plural = |key: &str| ["_zero", "_two", "_few", "_many"].iter().any(|end| key.ends_with(end));
        let unknown: Vec<_> = own.iter().filter(|key| !english.contains(key) && !plural(key)).collect();
        assert!(unknown.is_empty(), "{name} has {unknown:?}, which English has not");
    }
}

#[test]
fn a_squeezed_script_has_short_names_and_keeps_the_words_of_others() {
    let squeezed = |text| squeeze::js(text, squeeze::Kind::Module).unwrap();
    let short = squeezed(
        "// gone\nconst height = size();\nexport default { height: height.height, text: `a  ${height} // b`, found: /[/\"'] x/g };\n",
    );
    assert_eq!(
        short,
        "const e=size();export default{height:e.height,text:`a  ${e} // b`,found:/[/\"'] x/g};"
    );
    // What a classic script declares, others see.
    assert_eq!(squeeze::js("const shared = 1;", squeeze::Kind::Classic).unwrap(), "const shared=1;");
}

#[test]
fn what_is_no_script_has_a_place() {
    let wrong = |text| squeeze::syntax_error(text, squeeze::Kind::Module).unwrap();
    assert_eq!(wrong("const a = 1;\nconst b = ;\n").at.start, 23);
    let twice = wrong("const one = 1;\nlet one = 2;\n");
    assert!(twice.message.contains("`one`"), "{twice:?}");
    assert_eq!(squeeze::syntax_error("await x; ü = [1, 2, 3].at(-1) ?? '€';", squeeze::Kind::Module), None);
}

#[test]
fn a_script_with_short_names_does_what_it_did() {
    let run = |script: &str| {
        let done =
            std::process::Command::new("node").args(["--input-type=module", "--eval", script]).output();
        let done = done.expect("node is installed");
        assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    };
    let short = squeeze::js(EVERY_DECLARATION, squeeze::Kind::Module).unwrap();
    let globals = "const out=[];globalThis.name='global';";
    assert_eq!(run(&format!("{globals}{short}")), run(&format!("{globals}{EVERY_DECLARATION}")));
    assert!(short.len() * 10 < EVERY_DECLARATION.len() * 9, "{short}");
}

/// Each way to declare a name, and each place where a word is none.
const EVERY_DECLARATION: &str = r"
class A { #x = 1; static n = 2; y = 3; get size() { return this.#x; } async run(name, { deep: [first, ...rest], other = first, ...more } = {}) { const size = name; return { size, name, first, rest, other, more, get v() { return size; }, ['a' + name]: 1, run(q) { return q + size; } }; } set z(value) { this.#x = value; } *gen(a) { yield a; } has(o) { return #x in o; } }
function f(status) { return status + status.length; }
const g = (event) => ({ event, x: event ? { event } : [event] });
for (const [key, item] of Object.entries({ key: 1, item: 2 })) { out.push(`${key}=${item ? `n${key}` : ''}`); }
const re = /a{2}[/}]/g.test('aa/'), t = 4 / 2 / 1;
switch (t) { case 2: { const local = 5; out.push(local); break; } default: { const local = 6; out.push(local); } }
try { throw new Error('x'); } catch ({ message }) { out.push(message); }
const { length: len = 3, [`na${'me'}`]: dyn } = { length: 7, name: 'dyn' };
let a1 = 1, b1 = a1 + 1, c1 = ((x, y = x) => x + y)(b1);
label: for (let i = 0, n = 3; i < n; i++) { if (i === 1) continue label; out.push(i); }
const fn = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); };
const single = item => item * 2, two = async item => { await item; return item; };
out.push(f('abc'), JSON.stringify(g(1)), re, t, len, dyn, a1, b1, c1, fn(5), single(4), new A().size, A.n, [...new A().gen(9)][0], new A().has(new A()));
new A().run('nm', { deep: [1, 2, 3], extra: 4 }).then((r) => { const { v, ...all } = r; out.push(JSON.stringify(all), v, r.run(1)); console.log(out.join('|')); });
if (typeof name !== 'undefined') out.push(name);
{ const name = 'inner'; out.push(name); }
var late = 1; { var late2 = late; } out.push(late2);
const cond = t ? late : { late }, arr = [late, cond, { cond, late: cond }]; out.push(JSON.stringify(arr));
";

#[test]
fn squeezing_keeps_what_a_style_means() {
    let source = "/* gone */\n.a  .b > .c + .d , e::after {\n  content: \"a  /* stays */ ;\" ; margin : 0 calc(1px + 2px) ;\n}\n@media (width > 1px) and (hover) { a:hover { background: url( data:image/png;base64,AA== ) } }\n";
    let want = ".a .b>.c + .d,e::after{content:\"a  /* stays */ ;\";margin :0 calc(1px + 2px)}@media (width>1px) and (hover){a:hover{background:url(data:image/png;base64,AA== )}}";
    assert_eq!(squeeze::css(source), want);
    // White space means something around `*` in a selector, and around `+` and `-` in arithmetic.
    let source = ".a * .b:is(c * d) { width: calc(2 * (var(--x, 1) / 3) - 1px); font: 1px / 2 serif; color: rgb(0 0 0 / .5) }";
    let want =
        ".a * .b:is(c * d){width:calc(2*(var(--x,1)/3) - 1px);font:1px / 2 serif;color:rgb(0 0 0 / .5)}";
    assert_eq!(squeeze::css(source), want);
}

#[test]
fn the_script_of_each_page_is_a_script() {
    let world = MemoryWorld::new();
    let theme = Theme::load(&world, "default").unwrap();
    for dress in [theme.guide_dress(&settings()), theme.library_dress(&settings())] {
        let mut node = Command::new("node")
            .args(["--input-type=module", "--check", "-"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node is installed");
        node.stdin.take().unwrap().write_all(dress.script.as_bytes()).unwrap();
        let output = node.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!dress.script.contains("import "), "an import is left");
        assert!(!dress.script.contains("/**"), "a comment is left");
    }
}

/// What is weak in a theme: places, codes, messages, helps.
fn warnings(files: &[(&str, &str)]) -> Vec<String> {
    let world = world(files);
    let theme = Theme::load(&world, "mine").unwrap();
    let tell = |found: &Diagnostic| {
        let text = files.iter().find(|(name, _)| *name == found.path.as_str()).map(|(_, text)| *text);
        let place = found.span.zip(text).map(|(span, text)| {
            let at = Source::new(found.path.clone(), text.to_owned()).position(span.start);
            format!(":{}:{}", at.line, at.column)
        });
        let (place, help) = (place.unwrap_or_default(), found.help.clone().unwrap_or_default());
        format!("{}{place} {}: {} ({help})", found.path, found.code, found.message)
    };
    assert!(theme.warnings().iter().all(|found| !found.is_error()));
    theme.warnings().iter().map(tell).collect()
}

const FACE: &str = "@font-face { font-family: Ours; src: url(\"../fonts/ours.woff2\") format(\"woff2\") }";

#[test]
fn fonts_and_pictures_that_a_sheet_names_stand_in_the_page() {
    let sheet = format!("{FACE}\n.gm-stage {{ background: url( '../dots.svg' ) }}\n/* url(no.png) */");
    let html = render(
        &[
            ("themes/mine/style/custom.css", &sheet),
            ("themes/mine/fonts/ours.woff2", "wOF2abc"),
            ("themes/mine/dots.svg", "<svg/>"),
        ],
        "mine",
    )
    .unwrap();
    assert!(html.contains("src:url(data:font/woff2;base64,d09GMmFiYw==) format(\"woff2\")"));
    assert!(html.contains("background:url(data:image/svg+xml;base64,PHN2Zy8+)"));
    assert!(html.contains("; font-src data:; style-src"), "the policy allows it");
    let plain = render(&[("themes/mine/style/custom.css", "h1{}")], "mine").unwrap();
    assert!(!plain.contains("font-src"));
}

#[test]
fn a_theme_over_another_has_its_own_font_in_the_others_sheet() {
    let html = render(
        &[
            ("themes/base/style/custom.css", FACE),
            ("themes/base/fonts/ours.woff2", "wOF2abc"),
            ("themes/mine/theme.toml", "extends = \"base\""),
            ("themes/mine/fonts/ours.woff2", "wOF2xyz"),
        ],
        "mine",
    )
    .unwrap();
    assert!(html.contains("base64,d09GMnh5eg=="));
}

#[test]
fn a_page_holds_the_faces_that_have_its_letters() {
    let face = |name: &str, range: &str| {
        format!("@font-face {{ font-family: {name}; src: url(../{name}.woff2); unicode-range: {range} }}\n")
    };
    let sheet = face("latin", "U+0-24F") + &face("greek", "U+370-3FF");
    let files = [
        ("themes/mine/style/custom.css", sheet.as_str()),
        ("themes/mine/latin.woff2", "wOF2a"),
        ("themes/mine/greek.woff2", "wOF2b"),
    ];
    let html = render(&files, "mine").unwrap();
    assert!(html.contains("font-family:latin") && !html.contains("font-family:greek"));
}

#[test]
fn a_font_that_no_page_can_hold_names_its_place() {
    let asset = |name: &str, file: &str, bytes: &str| {
        let sheet = format!("a{{}}\n@font-face {{ src: url({name}) }}");
        problem(&[("themes/mine/style/custom.css", &sheet), (file, bytes)], "mine")
    };
    let at = "themes/mine/style/custom.css:2:23 theme-asset: ";
    assert_eq!(
        asset("../fonts/our.woff2", "themes/mine/fonts/ours.woff2", "wOF2"),
        format!("{at}the theme has no file `fonts/our.woff2`\nhelp: did you mean `fonts/ours.woff2`?")
    );
    assert!(
        asset("../../../secret.woff2", "secret.woff2", "wOF2")
            .starts_with(&format!("{at}`../../../secret.woff2` leads out of the theme"))
    );
    assert!(
        asset("../f.eot?#iefix", "themes/mine/f.eot", "x")
            .starts_with(&format!("{at}`f.eot` is not a font or picture that a page can hold"))
    );
    assert!(
        asset("../f.ttf", "themes/mine/f.ttf", "version https://git-lfs")
            .starts_with(&format!("{at}`f.ttf` is not a font: its first bytes"))
    );
}

#[test]
fn a_font_that_makes_every_page_heavy_is_told() {
    let font = format!("wOF2{}", "x".repeat(150_000));
    let found = warnings(&[("themes/mine/style/custom.css", FACE), ("themes/mine/fonts/ours.woff2", &font)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("themes/mine/style/custom.css:1:42 theme-heavy: `fonts/ours.woff2` adds 151 kB to every page (write a font with the letters"), "{found:?}");
}

#[test]
fn what_the_policy_of_a_page_blocks_is_told_at_its_place() {
    let footer = "<p>{# <script>no</script> #}</p><!-- <script>no</script> -->\n\
        <p style=\"color: {{ page.theme_color }}\" onclick='go(1 > 0)' data-on=x>a</p>\n\
        <img alt=\"\" src=\"https://elsewhere.test/logo.png\"><img src=\"{{ page.icon | safe }}\"><img src=data:,>\n\
        <script src=\"count.js\"></script><script type=\"application/json\">{}</script>\n\
        <link rel=stylesheet href=x.css><a href=\"javascript:go()\">b</a>\n\
        <iframe src=\"/x\"></iframe><svg><use href=\"#gm-shot-1\"/></svg><style>a{}</style>\n";
    let sheet = "@import \"fonts.css\";\na { background: url(https://elsewhere.test/a.png) url(data:,) url(#clip) }\n/* @import */ b::after { content: \"@import\" }";
    let files = [("themes/mine/footer.html", footer), ("themes/mine/style/custom.css", sheet)];
    let found = warnings(&files);
    let lines: Vec<&str> = found.iter().filter_map(|each| each.split(" (").next()).collect();
    let blocked = |place: &str, what: &str| {
        format!("themes/mine/{place} theme-blocked: the page's policy blocks {what}")
    };
    assert_eq!(
        lines,
        [
            blocked("footer.html:2:4", "`style` attributes"),
            blocked("footer.html:2:42", "`onclick` attributes"),
            blocked("footer.html:3:13", "pictures that do not stand in the page"),
            blocked("footer.html:4:1", "scripts that are not the page's own"),
            blocked("footer.html:5:1", "style sheets beside the page"),
            blocked("footer.html:5:36", "`javascript:` links"),
            blocked("footer.html:6:1", "frames, films and sounds"),
            blocked("footer.html:6:62", "styles that are not the page's own"),
            blocked("style/custom.css:2:21", "files of other servers"),
            blocked("style/custom.css:1:1", "`@import`"),
        ]
    );
    assert!(found.iter().all(|each| !each.ends_with("()")), "each says what to do instead: {found:?}");
}

#[test]
fn a_template_that_draws_whole_what_is_cut_is_told() {
    let theme = |layer: &str| {
        let text =
            format!("<g id=\"{{{{ shot.id }}}}\">{{% for layer in shot.layers %}}{layer}{{% endfor %}}</g>");
        warnings(&[("themes/mine/shot.html", text.as_str())])
    };
    let help = "see `shot.html` of the built-in theme; without it a scrolled page covers its bars";
    let message = "`shot.html` draws whole pictures where only a part is shown: it never reads `layer.cut`";
    let image = "<image href=\"{{ layer.href | safe }}\"/>";
    assert_eq!(theme(image), [format!("themes/mine/shot.html theme-cut: {message} ({help})")]);
    assert!(theme(&format!("{{% if layer.cut %}}<b></b>{{% else %}}{image}{{% endif %}}")).is_empty());
}

#[test]
fn a_file_of_a_theme_that_nothing_uses_is_told() {
    let files = [
        ("themes/mine/foter.html", "<p>"),
        ("themes/mine/step.htm", "<p>"),
        ("themes/mine/custom.css", "a{}"),
        ("themes/mine/badge.html", "<p>"),
        ("themes/mine/share.html", "{% include \"badge.html\" %}"),
        ("themes/mine/player/confetti.js", "run();"),
        ("themes/mine/player/used.js", "export const used = 1;"),
        ("themes/mine/player/main.js", "import {used} from './used.js';\nrun(used);"),
        ("themes/mine/words/nl.toml", "share = \"Delen\""),
        ("themes/mine/style/stage-ours.css", "a{}"),
        ("themes/mine/README.md", "Our theme."),
    ];
    let unused = |name: &str, help: &str| {
        format!("themes/mine/{name} theme-unused: nothing uses the theme's file `{name}` ({help})")
    };
    assert_eq!(
        warnings(&files),
        [
            unused("custom.css", "put it into `style/`, and name it in `style` of `theme.toml`"),
            unused("foter.html", "did you mean `footer.html`?"),
            unused("player/confetti.js", "import it in a module, or name it in `script` of `theme.toml`"),
            unused("step.htm", "did you mean `step.html`?"),
        ]
    );
}

#[test]
fn nothing_is_weak_in_the_built_in_theme() {
    let theme = Theme::load(&MemoryWorld::new(), "default").unwrap();
    assert!(theme.warnings().is_empty(), "{:#?}", theme.warnings());
}
