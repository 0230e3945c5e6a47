//! Markdown and front matter that no writer means.

use super::{GOOD, Sandbox, build, harmless, project, refused};

fn with(text: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = project();
    sandbox.write("guides/bad.md", text);
    sandbox
}

/// A guide around this body.
fn body(body: &str) -> String {
    format!("---\ntitle: Bad\ndescription: A strange guide.\n---\n\n{body}\n")
}

#[test]
fn front_matter_that_is_no_yaml() {
    refused(&with("---\ntitle: [unclosed\n---\n\n1. Do it.\n"), "bad-front-matter", "guides/bad.md:");
    refused(&with("---\ntitle: \"a\n  b: {\n---\n\n1. Do it.\n"), "bad-front-matter", "guides/bad.md:");
    refused(&with("+++\ntitle =\n+++\n\n1. Do it.\n"), "bad-front-matter", "guides/bad.md:2:");
}

#[test]
fn a_list_where_a_text_belongs() {
    refused(&with("---\ntitle: [a, b]\n---\n\n1. Do it.\n"), "wrong-type", "guides/bad.md:2:8");
}

#[test]
fn front_matter_of_10_megabytes() {
    let lines = "key: value value value value value value\n".repeat(250_000);
    refused(
        &with(format!("---\ntitle: Bad\n{lines}---\n\n1. Do it.\n")),
        "bad-front-matter",
        "guides/bad.md:2:1",
    );
}

#[test]
fn a_guide_of_50_megabytes() {
    refused(&with(body(&"A line of text. ".repeat(3_300_000))), "too-large", "guides/bad.md");
}

#[test]
fn an_alias_bomb() {
    let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{}", level - 1);
        yaml += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 9].join(", "));
    }
    let ran = build(&with(format!("---\ntitle: Bad\n{yaml}---\n\n1. Do it.\n")), &[]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
}

#[test]
fn front_matter_nested_10_000_deep() {
    let sandbox = with(format!("---\ntitle: Bad\ntags: {}\n---\n\n1. Do it.\n", "[".repeat(10_000)));
    refused(&sandbox, "bad-front-matter", "guides/bad.md:");
    let toml = format!("+++\ntags = {}\n+++\n\n1. Do it.\n", "[".repeat(10_000));
    refused(&with(toml), "bad-front-matter", "guides/bad.md:");
}

#[test]
fn bytes_that_are_no_utf8() {
    refused(&with(b"---\ntitle: Bad\n---\n\n1. Do \xff\xfe it.\n"), "not-utf8", "guides/bad.md:5:7");
    refused(&with([0u8; 4096]), "no-steps", "guides/bad.md");
}

#[test]
fn line_ends_marks_and_tabs_of_every_kind() {
    for text in [
        body("1. Do it.\n2. Do more.").replace('\n', "\r\n"),
        format!("\u{feff}{}", body("1. Do it.\n2. Do more.")),
        body("1.\tDo it.\n\n\t- a\n\t- b\n\n2.\tDo more."),
    ] {
        let page = harmless(&with(text));
        assert!(page.contains("Do it."));
    }
}

#[test]
fn a_comment_that_is_never_closed() {
    refused(
        &with(body("1. Do it. <!-- never closed\n2. Do more.")),
        "unclosed-comment",
        "guides/bad.md:6:11",
    );
}

#[test]
fn a_hundred_thousand_list_items() {
    let steps: String = (0..100_000).map(|number| format!("1. Step {number}.\n")).collect();
    let sandbox = with(body(&steps));
    let ran = build(&sandbox, &[]);
    assert!(matches!(ran.status, Some(0 | 1)), "{}", ran.stderr.lines().last().unwrap_or_default());
    assert!(sandbox.has("public/good/index.html"));
}

#[test]
fn lists_nested_a_thousand_deep() {
    let nested: String = (0..1_000).map(|depth| format!("{}- deeper\n", "  ".repeat(depth))).collect();
    for text in [body(&format!("1. Do it.\n\n{nested}")), body(&format!("1. Do it.\n{}", "> ".repeat(5_000)))]
    {
        let sandbox = with(text);
        let ran = build(&sandbox, &[]);
        assert!(matches!(ran.status, Some(0 | 1)), "{}", ran.stderr.lines().last().unwrap_or_default());
        assert!(sandbox.has("public/good/index.html"));
    }
}

#[test]
fn markers_by_the_hundred_thousand() {
    for odd in
        ["[", "![](", "*a_", "`", "<!--", "<!-- @click", "1. ", "|", "\\", "&#", "<a ", "[a](b", "~~", "> "]
    {
        let sandbox = with(body(&format!("1. Do it.\n\n   {}", odd.repeat(100_000 / odd.len()))));
        let ran = build(&sandbox, &[]);
        assert!(matches!(ran.status, Some(0 | 1)), "`{odd}`");
        assert!(sandbox.has("public/good/index.html"), "`{odd}`");
    }
}

#[test]
fn an_annotation_for_every_byte() {
    let annotations = "   <!-- @click 1,1 1x1 -->\n".repeat(20_000);
    let sandbox = with(body(&format!("1. Do it.\n\n{annotations}")));
    let ran = build(&sandbox, &[]);
    assert!(matches!(ran.status, Some(0 | 1)));
    assert!(sandbox.has("public/good/index.html"));
}

#[test]
fn an_empty_guide_and_an_empty_project() {
    refused(&with(""), "no-steps", "guides/bad.md");
    let sandbox = Sandbox::new();
    let ran = build(&sandbox, &[]);
    let said = "error: there is no guide here\n\
                help: make one in the browser with `guidemark serve --open`, or start with one that works: `guidemark new DIR`\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(2), said));
    assert_eq!(sandbox.files(""), []);
    sandbox.write("guidemark.toml", "guides = \"/etc\"\n").write("guides/good.md", GOOD);
    let ran = build(&sandbox, &[]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("guidemark.toml:1:10"), "{}", ran.stderr);
}
