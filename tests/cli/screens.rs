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
    let of = |hash: &str| KNOWN.replacen('{', &format!("{{\"hash\": \"{hash}\", "), 1);
    let sandbox = recorded("", &of(&"0".repeat(64)));
    assert_eq!(searched(&sandbox), words(&["type", "your", "name"]));
    let bytes = std::fs::read(sandbox.path("guides/sign-in/shots/username.png")).unwrap();
    let hash = blake3::hash(&bytes).to_hex();
    // A changed file beside the guide is seen by the next build.
    sandbox.write(
        "guides/sign-in/capture.json",
        format!("{{\"pictures\": {{\"shots/username.png\": {}}}}}", of(hash.as_str())),
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
