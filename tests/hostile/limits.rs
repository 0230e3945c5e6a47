//! What would take for ever, or all memory, is told instead.

use super::{GOOD, Sandbox, build, harmless, project, refused};
use std::fs;

fn guide(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndescription: Hostile.\n---\n\n{body}\n\n1. Do it.\n")
}

#[test]
fn titles_of_any_length() {
    for letters in [8_000, 20_000, 200_000] {
        let sandbox = project();
        let title = if letters == 20_000 { "w ".repeat(letters / 2) } else { "w".repeat(letters) };
        sandbox.write(
            "guides/bad.md",
            guide(&title, "Text.").replace("---\n\nText", "app: { name: Shop }\n---\n\nText"),
        );
        harmless(&sandbox);
        let ran = sandbox.run(&["check"]);
        assert!(ran.stdout.contains("warning[long-title]: the title has "), "{}", ran.stdout);
    }
}

#[test]
fn raw_html_within_raw_html() {
    for (html, place) in [
        ("<div>".repeat(20_000), "guides/bad.md:6:301"),
        ("<b x=1>".repeat(20_000), "guides/bad.md:6:421"),
        ("<div>\n\n".repeat(20_000), "guides/bad.md:126:1"),
    ] {
        let sandbox = project();
        sandbox.write("guides/bad.md", guide("Bad", &html));
        refused(&sandbox, "deep-html", place);
    }
}

#[test]
fn tags_without_end() {
    for html in
        ["<img".repeat(100_000), "<".repeat(400_000), "<img ".repeat(100_000), "</div>".repeat(100_000)]
    {
        let sandbox = project();
        sandbox.write("guides/bad.md", guide("Bad", &format!("Text {html}")));
        harmless(&sandbox);
    }
}

fn themed(file: &str, text: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("guidemark.toml", "theme = \"ours\"\n").write("guides/good.md", GOOD);
    sandbox.write(&format!("themes/ours/{file}"), text);
    sandbox
}

#[test]
fn scripts_of_a_theme_that_are_nested_without_end() {
    for text in [
        "(".repeat(30_000) + &")".repeat(30_000),
        "[".repeat(30_000) + &"]".repeat(30_000),
        "{".repeat(30_000) + &"}".repeat(30_000),
        format!("const a = {}1;", "!".repeat(60_000)),
        format!("const a = {}1;", "1+".repeat(60_000)),
        format!("const a = b{};", ".b".repeat(60_000)),
        format!("const a = {}1;", "b?c:".repeat(60_000)),
    ] {
        for file in ["player/player.js", "embed.js"] {
            let ran = build(&themed(file, &text), &[]);
            assert_eq!(ran.status, Some(1), "{file}: {}", ran.stderr);
            assert!(
                ran.stderr.contains(
                    "error[theme-script]: this is not JavaScript: what stands here is nested too deeply"
                ),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn templates_that_loop_or_write_without_end() {
    let text = "0123456789".repeat(40);
    let long = format!(
        "{{% for a in range(end=1000) %}}{{% for b in range(end=450) %}}{text}{{% endfor %}}{{% endfor %}}"
    );
    for (text, said) in [
        ("{% for a in range(end=100000) %}{{ a }}{% endfor %}", "`range` has more than 1000 numbers"),
        (
            "{% for a in range(start=5, end=0, step_by=0) %}{{ a }}{% endfor %}",
            "`range` needs a `step_by` other than 0",
        ),
        (&long, "the page grows beyond"),
    ] {
        let ran = themed("guide.html", text).run(&["build"]);
        assert_eq!(ran.status, Some(1), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("error[theme-template]: ") && ran.stderr.contains(said),
            "{}",
            ran.stderr
        );
    }
    let ran = themed("guide.html", "{% for a in range(start=3, end=7, step_by=2) %}{{ a }}.{% endfor %}")
        .run(&["build"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

/// A project whose guides' page is made by this template and those it includes, within the limits of memory.
#[track_caller]
fn stopped(template: &str, said: &str, place: &str) {
    let sandbox = themed("guide.html", template);
    sandbox.write("themes/ours/part.html", "{% for a in range(end=1000) %}{% endfor %}");
    let ran = build(&sandbox, &[]);
    assert_eq!(ran.status, Some(1), "{template}: {}", ran.stderr);
    assert!(ran.stderr.contains(&format!("error[theme-template]: {said}")), "{template}: {}", ran.stderr);
    assert!(ran.stderr.contains(&format!("--> themes/ours/{place}")), "{template}: {}", ran.stderr);
    assert!(!sandbox.has("public/good"), "{template}");
}

#[test]
fn templates_that_go_round_without_end_and_say_nothing() {
    let said = "the loops of the page go round more than 500000 times";
    let nested = |inner: &str| {
        let (begin, end) = ("{% for a in range(end=1000) %}".repeat(4), "{% endfor %}".repeat(4));
        format!("<p>\n{begin}{inner}{end}</p>")
    };
    stopped(&nested(""), said, "guide.html:2:91");
    stopped(&nested("{% if a == 5 -%} {%- endif %}"), said, "guide.html:2:91");
    stopped(
        "{% for a in range(end=1000) %}{% for b in range(end=1000) %}{% include \"part.html\" %}{% endfor %}{% endfor %}",
        said,
        "",
    );
    let component = "{% component again(n) %}{% for a in range(end=1000) %}{{ <leaf /> }}{% endfor %}{% endcomponent again %}\
        {% component leaf() %}{% for a in range(end=1000) %}{% endfor %}{% endcomponent leaf %}";
    stopped(&format!("{component}{{{{ <again n={{1}} /> }}}}"), said, "guide.html:1:");
}

#[test]
fn templates_whose_values_grow_without_end() {
    let said = "a value grows without end";
    let grown = |start: &str, step: &str| {
        format!(
            "{{% set s = {start} %}}\n{{% for a in range(end=900) %}}{{% set_global s = {step} %}}{{% endfor %}}"
        )
    };
    for (start, step) in [
        ("\"0123456789\"", "s ~ s"),
        ("\"0123456789\"", "s | replace(from=\"0\", to=s)"),
        ("\"0\"", "[s, s, s] | join(sep=s)"),
        ("\"0\"", "(s ~ \"\n0\") | indent(width=1000)"),
        ("\"0\"", "[s, s]"),
        ("\"0\"", "[s]"),
        ("\"0\"", "{\"a\": s, \"b\": s}"),
    ] {
        stopped(&grown(start, step), said, "guide.html:2:30");
    }
    let caught = "{% set s = \"0123456789\" %}{% for a in range(end=900) %}{% set s %}{{ s }}{{ s }}{% endset %}{% set_global s = s ~ s %}{% endfor %}";
    stopped(caught, said, "guide.html:1:");
}

#[test]
fn templates_that_catch_what_they_print() {
    let said = "the page grows beyond [SIZE], with what is printed into variables";
    let text = "0123456789".repeat(200);
    let twice = |inner: &str| {
        format!(
            "{{% for a in range(end=1000) %}}{{% for b in range(end=1000) %}}{inner}{{% endfor %}}{{% endfor %}}"
        )
    };
    stopped(&format!("{{% set all %}}{}{{% endset %}}", twice(&text)), said, "guide.html:1:");
    stopped(
        &format!("{{% set t = \"{text}\" %}}{{% set all %}}{}{{% endset %}}", twice("{{ t }}")),
        said,
        "guide.html:1:",
    );
    stopped(&format!("{{% filter upper %}}{}{{% endfilter %}}", twice(&text)), said, "guide.html:1:");
}

#[test]
fn templates_say_the_same_whether_they_are_counted_or_not() {
    let template = "{%- component mark(text, size=2) %}<b class=\"{{ size }}\">{{ text }}</b>{% endcomponent mark -%}\n\
        {% set all = [\"a\", \"<b>\", \"c\"] -%}\n  {{- all | join(sep=\"&\") -}}  |{{ all | join(sep=\"&\" | safe) }}|\n\
        {%- for one in all -%}  {{ loop.index }}{{ one }}\t{%- else -%}none{%- endfor %}|{{ <mark text={all[1]} /> }}|\
        {{ \"a-b-c\" | replace(from=\"-\", to=\"<\") }}|{{ \"<i>-\" | safe | replace(from=\"-\", to=\"<\") }}|\
        {{ \"a\nb\n\nc\n\" | indent(width=2) }}|{{ \"a\nb\" | indent(first=true) }}|{{ all[0] if all else 1 }}|\
        {{ 1 + 2 * 3 }}|x|{% set t | upper %}{{ all[0] }}b{% endset %}{{ t }}|\
        {% raw %}{{ raw }}{% endraw %}|{% filter upper %}x{{ all[2] }}{% endfilter %}|{% for key, value in {\"k\": 1} %}{{ key }}{{ value }}{% endfor %}|\
        {{ not all }}|{{ all is defined }}|{{ \"x\" ~ 1 ~ \"y\" }}|{{ guide.app | default(value=\"none\") }}|";
    let sandbox = themed("guide.html", template);
    let ran = build(&sandbox, &[]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let page = sandbox.read("public/good/index.html");
    let wanted = "a&amp;&lt;b&gt;&amp;c|a&&lt;b&gt;&c|1a2&lt;b&gt;3c|<b class=\"2\">&lt;b&gt;</b>|a&lt;b&lt;c|<i>&lt;|\
        a\n  b\n\n  c\n|    a\n    b|a|7|x|AB|{{ raw }}|XC|k1|false|true|x1y||";
    assert_eq!(page.trim(), wanted);
}

#[test]
fn names_that_are_one_file_or_none_on_some_disks() {
    let sandbox = project();
    sandbox.write("guides/bad.md", GOOD.replace("---\n\n", "slug: \"caf\u{e9}\"\n---\n\n"));
    sandbox.write("guides/worse.md", GOOD.replace("---\n\n", "slug: \"cafe\u{301}\"\n---\n\n"));
    for name in ["con", "aux", "nul.txt", "COM1"] {
        sandbox.write(&format!("guides/{name}.md"), GOOD);
    }
    let ran = sandbox.run(&["build"]);
    assert!(ran.status == Some(1) && ran.stderr.contains("error["), "{}", ran.stderr);
    for name in ["con", "aux", "nul.txt", "COM1"] {
        assert!(
            sandbox.has(&format!("public/guide-{name}/index.html"))
                && !sandbox.has(&format!("public/{name}"))
        );
    }
    sandbox.write("guides/worse.md", GOOD.replace("---\n\n", "slug: Nul.txt\n---\n\n"));
    let ran = sandbox.run(&["build"]);
    assert!(ran.stderr.contains("error[bad-slug]: `Nul.txt` can't be part of an address"), "{}", ran.stderr);
}

#[test]
fn letters_written_in_two_ways_are_one_address() {
    let sandbox = project();
    // Letters of Hangul, whole and taken apart.
    sandbox.write("guides/\u{d55c}.md", GOOD).write("guides/\u{1112}\u{1161}\u{11ab}.md", GOOD);
    let ran = sandbox.run(&["build"]);
    let built = sandbox.files("public").iter().filter(|(name, _)| name.ends_with("/index.html")).count();
    assert_eq!((ran.status, built), (Some(1), 2), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[duplicate-slug]"), "{}", ran.stderr);
}

#[test]
fn raw_html_keeps_no_address_and_no_picture_that_the_reference_leaves_out() {
    let sandbox = project();
    let html = "<a href=\"ftp://example.com/\">F</a> <a href=\"data:text/html,x\">D</a> <a href=\"https://example.com/\">H</a> \
                <a href=\"irc://example.com/\">I</a> <img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"> <b>bold</b>";
    sandbox.write("guides/bad.md", guide("Bad", html));
    let page = harmless(&sandbox);
    assert!(page.contains("<a href=\"https://example.com/\"") && page.contains("<b>bold</b>"));
    for gone in ["ftp:", "irc:", "data:text", "data:image/gif"] {
        assert!(!page.contains(gone), "{gone}");
    }
}

#[test]
fn a_call_to_action_leads_where_a_link_would() {
    let sandbox = project();
    let with = |cta: &str| GOOD.replace("---\n\n", &format!("cta: {{ label: Go on, url: {cta} }}\n---\n\n"));
    sandbox.write("guides/bad.md", with("good.md"));
    assert!(harmless(&sandbox).contains("href=\"../good/\""));
    sandbox
        .write("guidemark.toml", "[cta]\nlabel = \"Go on\"\nurl = \"guides/good.md\"\n")
        .write("guides/bad.md", GOOD);
    assert!(harmless(&sandbox).contains("href=\"../good/\""));
    for (cta, code) in [("god.md", "broken-link"), ("../../outside.md", "path-outside")] {
        let sandbox = project();
        sandbox.write("guides/bad.md", with(cta));
        refused(&sandbox, code, "guides/bad.md:4:");
    }
    sandbox
        .write("guides/bad.md", GOOD)
        .write("guidemark.toml", "[cta]\nlabel = \"Go on\"\nurl = \"guides/god.md\"\n");
    let ran = build(&sandbox, &[]);
    assert!(
        ran.stderr.contains("error[broken-link]: the link `guides/god.md` goes nowhere"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_keeps_the_rest() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let sandbox = project();
    sandbox.write("guides/closed/shut.md", GOOD);
    assert_eq!(sandbox.run(&["build", "--no-cache"]).status, Some(0));
    let rights =
        |path: &str, mode| fs::set_permissions(sandbox.path(path), fs::Permissions::from_mode(mode)).unwrap();
    let mut command = sandbox.command();
    command.args(["build", "--no-cache"]);
    // Nothing is forbidden to root.
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        assert!(
            std::process::Command::new("chown")
                .args(["-R", "65534:65534"])
                .arg(sandbox.path(""))
                .status()
                .unwrap()
                .success()
        );
        command.uid(65_534).gid(65_534);
    }
    rights("guides/closed", 0o000);
    sandbox.write("guides/good.md", GOOD.replace("Do it", "Do it now"));
    let ran = match command.output() {
        Ok(_) => sandbox.ran(&mut command),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return,
        Err(error) => panic!("{error}"),
    };
    rights("guides/closed", 0o755);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("error[cannot-read]: `guides/closed` can't be read: "), "{}", ran.stderr);
    assert!(sandbox.read("public/good/index.html").contains("Do it now"), "the rest is built");
    assert!(sandbox.has("public/shut/index.html"), "its guides keep their pages");
}
