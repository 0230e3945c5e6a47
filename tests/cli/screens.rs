//! What stands on screenshots, as a recording beside the guide knows it, and what a build makes of it.

use super::Sandbox;
use std::collections::BTreeSet;

const GUIDE: &str = "---\ntitle: How to sign in\ndescription: Into the application.\n---\n\nStart here.\n\n1. Type your name.\n\n   \
    ![The form](shots/username.png)\n   <!-- @click 440,300 400x40 -->\n";

/// A guide of one step, and what is known of its picture.
fn recorded(annotations: &str, picture: &str) -> Sandbox {
    let sandbox = Sandbox::starter();
    std::fs::remove_dir_all(sandbox.path("guides/log-in")).unwrap();
    sandbox.starter_picture("guides/sign-in/shots/username.png");
    sandbox.write("guides/sign-in/index.md", format!("{GUIDE}{annotations}"));
    sandbox.write(
        "guides/sign-in/capture.json",
        format!("{{\"pictures\": {{\"shots/username.png\": {picture}}}}}"),
    );
    sandbox
}

/// The words of the search's index.
fn searched(sandbox: &Sandbox) -> BTreeSet<String> {
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let html = sandbox.read("public/index.html");
    let json =
        html.split("id=\"gm-search\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let index: serde_json::Value = serde_json::from_str(json).unwrap();
    let words = index["words"].as_str().unwrap().split(' ').map(str::to_owned);
    words.collect()
}

fn words(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

const KNOWN: &str = r#"{"words": [
    ["Sign in", [40, 40, 80, 20]], ["Forgotten password?", [440, 400, 160, 20]],
    ["Maria Keller", [1000, 20, 90, 20]], ["Hello Keller", [40, 600, 90, 20]],
    ["Invoice 20481", [40, 700, 120, 20]], ["Write to help@example.com", [40, 740, 220, 20]],
    ["Doubtful", [600, 600, 80, 20]]
], "proposals": [["random", [610, 605, 20, 10]]]}"#;

#[test]
fn a_search_finds_what_screenshots_show_and_nothing_redacted() {
    let shown =
        ["hello", "forgotten", "password", "invoice", "write", "keller", "maria", "type", "your", "name"];
    assert_eq!(searched(&recorded("", KNOWN)), words(&shown));
    // Redacted after the recording: the words under it are gone, wherever else the guide shows them.
    let redacted = recorded("   <!-- @redact 1080,10 20x40 -->\n", KNOWN);
    let left = ["hello", "forgotten", "password", "invoice", "write", "type", "your", "name"];
    assert_eq!(searched(&redacted), words(&left));
    let cropped = recorded("   <!-- @crop 400,200 600x300 -->\n", KNOWN);
    assert_eq!(searched(&cropped), words(&["forgotten", "password", "type", "your", "name"]));
}

#[test]
fn words_are_those_of_the_picture_as_it_is() {
    let known_with = |hash: &str| KNOWN.replacen('{', &format!("{{\"hash\": \"{hash}\", "), 1);
    let sandbox = recorded("", &known_with(&"0".repeat(64)));
    assert_eq!(searched(&sandbox), words(&["type", "your", "name"]));
    let bytes = std::fs::read(sandbox.path("guides/sign-in/shots/username.png")).unwrap();
    let hash = blake3::hash(&bytes).to_hex();
    // A changed file beside the guide is seen by the next build.
    sandbox.write(
        "guides/sign-in/capture.json",
        format!("{{\"pictures\": {{\"shots/username.png\": {}}}}}", known_with(hash.as_str())),
    );
    assert!(searched(&sandbox).contains("forgotten"));
}

#[test]
fn a_picture_full_of_words_makes_no_large_library() {
    let letters = |n: usize| {
        let digit = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        format!("w{}{}{}", digit(n / 676), digit(n / 26), digit(n))
    };
    let texts: Vec<String> = (0..400).map(|n| format!("[\"{}\", [1, 1, 9, 9]]", letters(n))).collect();
    let sandbox = recorded("", &format!("{{\"words\": [{}]}}", texts.join(",")));
    assert_eq!(searched(&sandbox).len(), 60 + 3);
}

/// How full the map of the first shot is where a card would lie on a word: 0 to 3.
fn cell(sandbox: &Sandbox, column: usize, row: usize) -> u32 {
    let html = sandbox.read("public/sign-in/index.html");
    let map = html.split("\"maps\":[\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let digit = map.chars().nth(row * 10 + column / 2).and_then(|digit| digit.to_digit(16)).unwrap();
    digit >> (2 * (1 - column % 2)) & 3
}

#[test]
fn a_card_keeps_off_words_beside_a_target() {
    let lock =
        |words: &str| format!("{{\"pictures\": {{\"shots/username.png\": {{\"words\": [{words}]}}}}}}");
    let sandbox = recorded("", "{}");
    let build = || assert_eq!(sandbox.run(&["build"]).status, Some(0));
    build();
    let page = sandbox.read("public/sign-in/index.html");
    assert_eq!(cell(&sandbox, 13, 3), 0);
    sandbox.write("guides/sign-in/capture.json", lock(r#"["Must not be empty", [860, 230, 60, 16]]"#));
    build();
    assert_eq!(cell(&sandbox, 13, 3), 3);
    // Far from the target nothing changes.
    sandbox.write("guides/sign-in/capture.json", lock(r#"["Imprint", [1200, 780, 60, 16]]"#));
    build();
    assert_eq!(sandbox.read("public/sign-in/index.html"), page);
}
