//! What a reader sees of diagnostics, whole.

use super::{Counts, Diagnostic, Report, Sources};
use crate::source::{ProjectPath, Source, Span};

fn path(path: &str) -> ProjectPath {
    ProjectPath::new(path).unwrap()
}

/// A warning on the first `needle` in `text`, as people see it.
fn shown(text: &str, needle: &str) -> String {
    let at = text.find(needle).unwrap();
    human(text, Span::new(at, at + needle.len()))
}

fn human(text: &str, span: Span) -> String {
    let sources = Sources::from_iter([Source::new(path("a.md"), text.into())]);
    let found = [Diagnostic::warning("some-code", &path("a.md"), span, "something is weak")];
    Report::new(&found, &sources, "").human(false)
}

/// The excerpt and the underline alone, without line number and gutter.
fn excerpt(text: &str, needle: &str) -> (String, String) {
    let shown = shown(text, needle);
    let gutter = |line: &str| line.split_once("| ").map(|(_, line)| line.to_owned());
    let mut lines = shown.lines().filter_map(gutter);
    (lines.next().unwrap(), lines.next().unwrap())
}

fn sample() -> (Vec<Diagnostic>, Sources) {
    let text = "# Title\n\n1. Open it.\n   <!-- @clik 10,10 -->\n";
    let at = text.find("@clik").unwrap();
    let guide = path("guides/a.md");
    let found = vec![
        Diagnostic::warning("long-step", &guide, Span::new(9, at + 5), "two lines"),
        Diagnostic::error("unknown-verb", &guide, Span::new(at, at + 5), "unknown verb `@clik`")
            .help("did you mean `@click`?\nverbs are listed, in order: 100% of them"),
        Diagnostic::file_error("bad-picture", &path("guides/shots/01.png"), "not a picture")
            .help("save it as PNG"),
        Diagnostic::error("unknown-verb", &guide, Span::new(at, at + 5), "unknown verb `@clik`")
            .help("did you mean `@click`?\nverbs are listed, in order: 100% of them"),
    ];
    (found, Sources::from_iter([Source::new(guide, text.into())]))
}

#[test]
fn people_see_place_excerpt_and_help() {
    let (found, sources) = sample();
    let expected = "\
warning[long-step]: two lines
 --> docs/guides/a.md:3:1
  |
3 | 1. Open it.
  | ^^^^^^^^^^^

error[unknown-verb]: unknown verb `@clik`
 --> docs/guides/a.md:4:9
  |
4 |    <!-- @clik 10,10 -->
  |         ^^^^^
  |
  = help: did you mean `@click`?
          verbs are listed, in order: 100% of them

error[bad-picture]: not a picture
--> docs/guides/shots/01.png
 |
 = help: save it as PNG
";
    assert_eq!(Report::new(&found, &sources, "docs").human(false), expected);
}

#[test]
fn colour_changes_nothing_but_the_styles() {
    let (found, sources) = sample();
    let report = Report::new(&found, &sources, "");
    assert!(report.human(true).contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&report.human(true)).to_string(), report.human(false));
}

#[test]
fn programs_get_one_object_a_line() {
    let (found, sources) = sample();
    let expected = concat!(
        r#"{"file":"guides/a.md","line":3,"column":1,"endLine":4,"endColumn":14,"severity":"warning","code":"long-step","message":"two lines","help":null}"#,
        "\n",
        r#"{"file":"guides/a.md","line":4,"column":9,"endLine":4,"endColumn":14,"severity":"error","code":"unknown-verb","message":"unknown verb `@clik`","help":"did you mean `@click`?\nverbs are listed, in order: 100% of them"}"#,
        "\n",
        r#"{"file":"guides/shots/01.png","line":null,"column":null,"endLine":null,"endColumn":null,"severity":"error","code":"bad-picture","message":"not a picture","help":"save it as PNG"}"#,
        "\n",
    );
    assert_eq!(Report::new(&found, &sources, "").json(), expected);
}

#[test]
fn github_gets_escaped_commands() {
    let (found, sources) = sample();
    let expected = "\
::warning file=docs%2C x%3A/guides/a.md,line=3,endLine=4,title=long-step::two lines
::error file=docs%2C x%3A/guides/a.md,line=4,endLine=4,col=9,endColumn=14,title=unknown-verb::unknown verb \
`@clik`%0Ahelp: did you mean `@click`?%0Averbs are listed, in order: 100%25 of them
::error file=docs%2C x%3A/guides/shots/01.png,title=bad-picture::not a picture%0Ahelp: save it as PNG
";
    assert_eq!(Report::new(&found, &sources, "docs, x:").github(), expected);
}

#[test]
fn the_same_finding_is_counted_once() {
    let (found, sources) = sample();
    let counts = Report::new(&found, &sources, "").counts();
    assert_eq!(counts, Counts { errors: 2, warnings: 1 });
    assert_eq!(counts.to_string(), "2 errors, 1 warning");
    assert_eq!(Counts { errors: 1, warnings: 0 }.to_string(), "1 error");
    assert_eq!(Counts { errors: 0, warnings: 2 }.to_string(), "2 warnings");
    assert_eq!(Counts::default().to_string(), "no errors, no warnings");
}

#[test]
fn underlines_stand_below_wide_and_narrow_characters() {
    let below = |before: &str| " ".repeat(before.len());
    assert_eq!(excerpt("\tgo there", "there"), ("    go there".into(), format!("{}^^^^^", below("    go "))));
    assert_eq!(
        excerpt("日本語 there", "there"),
        ("日本語 there".into(), format!("{}^^^^^", below("aabbcc ")))
    );
    assert_eq!(excerpt("x 日本 y", "日本"), ("x 日本 y".into(), "  ^^^^".into()));
    assert_eq!(excerpt("🎉 there", "there"), ("🎉 there".into(), "   ^^^^^".into()));
    assert_eq!(excerpt("e\u{301}te\u{301} there", "there").1, "    ^^^^^");
    assert_eq!(excerpt("שלום there", "there"), ("שלום there".into(), "     ^^^^^".into()));
}

#[test]
fn columns_count_characters() {
    assert!(shown("a\n日本\t🎉 there", "there").contains("--> a.md:2:6\n"));
}

#[test]
fn places_at_the_edges_are_shown() {
    let end = "\
warning[some-code]: something is weak
 --> a.md:2:3
  |
2 | bc
  |   ^
";
    assert_eq!(human("a\nbc", Span::at(4)), end);
    assert_eq!(human("a\r\nbc\r\n", Span::at(5)), end);
    assert_eq!(human("a\nbc", Span::new(400, 900)), end, "a place that does not lie in the text is its end");
    assert!(human("", Span::at(0)).contains("--> a.md:1:1\n"));
    assert!(human("日", Span::new(1, 2)).contains("--> a.md:1:1\n"), "never inside a character");
}

#[test]
fn a_guide_cannot_command_the_terminal() {
    let evil = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}there\u{8}\u{7f}";
    let sources = Sources::from_iter([Source::new(path(evil), evil.into())]);
    let found = [Diagnostic::error("x", &path(evil), Span::new(0, evil.len()), format!("no `{evil}\r\n`"))
        .help(format!("type\n`{evil}`"))];
    let report = Report::new(&found, &sources, "");
    for text in [report.human(false), report.json(), report.github()] {
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert_eq!(text.find(bad), None, "{text:?}");
    }
    let read: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(read["message"], format!("no `{evil}\r\n`"), "programs get the text itself");
    assert_eq!(report.json().lines().count(), 1);
    assert_eq!(report.github().lines().count(), 1);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("{} there {}", "a".repeat(100_000), "b".repeat(100_000));
    let (line, underline) = excerpt(&text, "there");
    assert_eq!(line, format!("…{} there {}…", "a".repeat(30), "b".repeat(73)));
    assert_eq!(underline, format!("{}^^^^^", " ".repeat(32)));
    assert!(shown(&text, "there").contains("--> a.md:1:100002\n"));
    let whole = human(&text, Span::new(0, text.len()));
    assert!(whole.len() < 500, "{}", whole.len());
    let message = Diagnostic::file_error("x", &path("a"), "y".repeat(100_000));
    assert!(Report::new(&[message], &Sources::new(), "").human(false).len() < 1_500);
}

#[test]
fn many_findings_on_one_long_line_take_no_quadratic_time() {
    let text = "日 ".repeat(300_000);
    let guide = path("a.md");
    let found: Vec<_> = (0..100_000)
        .map(|at| Diagnostic::warning("x", &guide, Span::new(at * 12, at * 12 + 3), "weak"))
        .collect();
    let sources = Sources::from_iter([Source::new(guide, text)]);
    let text = Report::new(&found, &sources, "").json();
    assert!(text.ends_with("\n") && text.lines().count() == 100_000);
    assert!(text.contains(r#""line":1,"column":599995,"endLine":1,"endColumn":599996,"#));
}
