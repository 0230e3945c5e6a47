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
                    "error[theme-script]: this is no JavaScript: what stands here is nested too deeply"
                ),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn templates_that_loop_or_write_without_end() {
    let long = "{% for a in range(end=1000) %}{% for b in range(end=1000) %}{% for c in range(end=1000) %}0123456789{% endfor %}{% endfor %}{% endfor %}";
    for (text, said) in [
        ("{% for a in range(end=100000) %}{{ a }}{% endfor %}", "`range` has more than 1000 numbers"),
        (
            "{% for a in range(start=5, end=0, step_by=0) %}{{ a }}{% endfor %}",
            "`range` needs a `step_by` other than 0",
        ),
        (long, "the page grows beyond"),
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
