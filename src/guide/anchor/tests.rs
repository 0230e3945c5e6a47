use super::*;

/// What an anchor says of itself once it is read.
fn again(text: &str) -> String {
    Anchor::parse(text)
        .map(|anchor| anchor.to_string())
        .unwrap_or_else(|problem| format!("{}: {}", problem.message, problem.help))
}

#[test]
fn every_form_is_written_as_it_is_read() {
    for text in [
        r#"button "Save""#,
        "button",
        r#"checkbox "view-table" under "All databases and tables""#,
        r#"button "Delete" in row "Ada" in table "People" frame="/admin" page=2 nth=3"#,
        r#"field "Say \"hi\" \\ bye""#,
        r#"text "Saved""#,
        r##"css "#main > .row" frame="embed""##,
        r#"placeholder "Search…""#,
        r#"testid "save""#,
    ] {
        assert_eq!(again(text), text);
    }
}

#[test]
fn what_stands_in_another_way_gets_the_one_form() {
    assert_eq!(
        again(r#"  button   "Save"  nth=1 frame=/x page=2"#),
        r#"button "Save" frame="/x" page=2 nth=1"#
    );
}

#[test]
fn no_name_ends_the_comment_it_stands_in() {
    let anchor = Anchor::by(Way::Text, "go --> <script>");
    assert_eq!(anchor.to_string(), r#"text "go…""#);
    assert_eq!(Anchor::by(Way::Title, "a\nb").to_string(), r#"title "a b""#);
}

#[test]
fn what_is_meant_is_told() {
    assert_eq!(again("buton \"Save\""), "`buton` is not a role: did you mean `button`?");
    assert_eq!(again("input \"Name\""), "`input` is not a role: did you mean `field`?");
    assert_eq!(again("textt \"Saved\""), "`textt` is not a role: did you mean `text`?");
    assert!(again("\"Save\"").contains("as in `on button \"Save\"`"));
    assert!(again("").starts_with("`on` needs"));
    assert!(again("text").starts_with("`text` needs a text in quotes"));
    assert!(again("button \"Save\" nth=0").contains("counts from 1"));
    assert!(again("text \"Save\" in dialog").contains("has no meaning behind a text"));
    assert!(again("button \"Save\" \"Label\"").contains("stands before `on`"));
    assert!(again("button \"Save\" side=top").contains("stands before `on`"));
}

#[test]
fn a_name_is_what_stays_of_it() {
    for (name, cleaned) in [
        ("  Save \n file  Ctrl+S", "Save file"),
        ("Password *", "Password"),
        ("E-mail:", "E-mail"),
        ("\u{e5d2} Menu", "Menu"),
        ("Find (⌘K)", "Find"),
        ("C++", "C++"),
        ("*", "*"),
    ] {
        assert_eq!(clean(name), cleaned);
    }
}

#[test]
fn names_are_compared_whole_unless_they_end_in_an_ellipsis() {
    assert!(matches("Password", "Password *"));
    assert!(!matches("Save", "Save all"));
    assert!(!matches("save", "Save"));
    assert!(matches("Inbox…", "Inbox (12)"));
    assert!(!matches("Inbox…", "Old inbox"));
    let long = "word ".repeat(40);
    let written = shortened(&clean(&long));
    assert!(written.ends_with("word…") && written.chars().count() <= 81, "{written}");
    assert!(matches(&written, &long));
}
