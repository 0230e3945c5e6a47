//! Hostile guides: each ends, soon, in a clear finding or in harmless text.

use guidemark::guide::{self, Resolved};
use guidemark::project::Settings;
use guidemark::source::{DiskWorld, MemoryWorld, ProjectPath, Source, World};
use std::time::{Duration, Instant};

/// Far above what a release build takes: tests are built without optimisation, on busy machines.
const SOON: Duration = Duration::from_secs(8);

fn run_in(world: &dyn World, text: String) -> (Vec<&'static str>, Option<Resolved>) {
    let start = Instant::now();
    let source = Source::new(ProjectPath::new("guides/guide.md").unwrap(), text);
    let parsed = guide::parse(&source);
    let resolution = guide::resolve(&parsed.guide, &source, &Settings::default(), world);
    let mut codes: Vec<&str> =
        parsed.diagnostics.iter().chain(&resolution.diagnostics).map(|d| d.code).collect();
    codes.dedup();
    drop(parsed);
    assert!(start.elapsed() < SOON, "took {:?}: {}…", start.elapsed(), source.text().get(..40).unwrap_or(""));
    (codes, resolution.resolved)
}

fn run(text: String) -> (Vec<&'static str>, Option<Resolved>) {
    run_in(&MemoryWorld::new(), text)
}

fn codes(text: String) -> Vec<&'static str> {
    run(text).0
}

#[test]
fn ten_megabytes_of_front_matter() {
    let line = "key: value\n";
    let many = line.repeat(10 * 1024 * 1024 / line.len());
    assert_eq!(codes(format!("---\n{many}---\n# T\n\n1. Go.\n")), ["bad-front-matter"]);
    assert_eq!(codes(format!("---\n{many}")), ["bad-front-matter"]);
    assert_eq!(codes(format!("+++\n{many}+++\n# T\n\n1. Go.\n")), ["bad-front-matter"]);
}

#[test]
fn front_matter_that_wants_to_grow() {
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
    }
    assert_eq!(codes(bomb + "---\n# T\n\n1. Go.\n"), ["bad-front-matter"]);
    for (fence, text) in [
        ("---", "[".repeat(200_000)),
        ("---", "{a: ".repeat(60_000)),
        ("---", "- ".repeat(100_000)),
        ("---", "? ".repeat(100_000)),
        ("---", format!("a: \"{}", "\\".repeat(200_000))),
        ("---", (0..40_000).map(|n| format!("k{n}: 1\n")).collect()),
        ("---", "&a ".repeat(80_000)),
        ("---", format!("a: |\n{}", " \n".repeat(100_000))),
        ("+++", format!("a = {}", "[".repeat(200_000))),
        ("+++", "[a.".repeat(60_000)),
        ("+++", format!("a{} = 1", ".a".repeat(100_000))),
        ("+++", "[[a]]\n".repeat(40_000)),
    ] {
        run(format!("{fence}\n{text}\n{fence}\n# T\n\n1. Go.\n"));
    }
}

#[test]
fn a_hundred_thousand_items() {
    assert_eq!(codes(format!("# T\n\n{}", "1. Go.\n".repeat(100_000))), ["too-many-steps"]);
    let (codes, resolved) = run(format!("# T\n\n1. Go.\n\n{}", "- Item.\n".repeat(100_000)));
    assert_eq!((codes, resolved.unwrap().words), (vec![], 100_001));
    run(format!("# T\n\n{}", "1. Go.\n\n- x\n\n".repeat(50_000)));
    run(format!(
        "# T\n\n1. Go.\n   <!-- @press \"K\" -->\n{}",
        "1. [a](b.md)\n   <!-- @click -->\n".repeat(400)
    ));
}

#[test]
fn nested_deeply() {
    let list: String = (0..1000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert_eq!(codes(format!("# T\n\n{list}")), ["too-deep"]);
    assert_eq!(codes(format!("# T\n\n{}a\n", ">".repeat(100_000))), ["too-deep"]);
    assert_eq!(codes(format!("# T\n\n{}a\n", "1. ".repeat(10_000))), ["too-deep"]);
    run(format!("# T\n\n1. {}a{}\n", "*a _b ".repeat(20_000), "_ *".repeat(20_000)));
}

#[test]
fn texts_that_parsers_dislike() {
    for piece in [
        "[",
        "![",
        "![](",
        "*",
        "**a ",
        "_a ",
        "`",
        "``a`",
        "<",
        "<!--",
        "<!-- ",
        "<a ",
        "<?",
        "&",
        "&#",
        "|",
        "\\",
        "~~a",
        "[a][",
        "[a]: b\n",
        "<!---->",
        "<!-- @click -->\n\n",
        "# a\n",
        "-\t",
        "\u{0}",
        "é",
        "\r",
        "\n>",
        "1)",
        "\"",
        "a\n===\n",
        "| a |\n| - |\n",
        "[^a]: ",
        "```\n",
        "<div>\n<!--",
        "![a](b.png)\n",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        run(format!("# T\n\n1. Go.\n\n{text}"));
        run(format!("# T\n\n1. {text}"));
    }
    assert_eq!(codes("a".repeat(1024 * 1024 + 1)), ["too-large"]);
}

#[test]
fn annotations_by_the_thousand() {
    let lines = "   @click 10,10 \"a\" b\n   @clik\n   @callout 1,1 \"\n".repeat(3_000);
    let (codes, _) = run(format!("# T\n\n1. Go.\n   <!--\n{lines}   -->\n"));
    assert!(codes.contains(&"unknown-verb"));
    let (_, resolved) =
        run(format!("# T\n\n1. Go.\n   <!--\n{}   -->\n", "   @press \"K\"\n".repeat(20_000)));
    assert_eq!(resolved.unwrap().steps[0].scenes[0].actions.len(), 20_000);
    run(format!("# T\n\n{}", "1. Go.\n   <!-- @id a -->\n".repeat(400)));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_project_is_not_followed() {
    let (project, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(outside.path().join("secret.png"), b"secret").unwrap();
    std::fs::create_dir(project.path().join("guides")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.png"), project.path().join("guides/a.png"))
        .unwrap();
    std::os::unix::fs::symlink(outside.path(), project.path().join("guides/shots")).unwrap();
    let world = DiskWorld::new(project.path()).unwrap();
    let text = "# T\n\n1. Go.\n\n   ![a](a.png)\n\n   ![b](shots/secret.png)\n\n   ![c](/etc/passwd)\n";
    assert_eq!(run_in(&world, text.to_owned()).0, ["path-outside"]);
}
