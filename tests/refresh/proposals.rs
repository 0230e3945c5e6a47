//! Anchors that are proposed for actions that have none.

use super::guide::Guide;
use super::site::Site;

/// A guide of one action without an anchor.
fn guide(site: &Site, sentence: &str, action: &str) -> Guide {
    let front = format!(
        "---\ntitle: T\ncapture:\n  start: {}\n  viewport: 900x600\n  scale: 1\n---\n",
        site.url("/")
    );
    let guide = Guide::written(&format!(
        "{front}\n1. {sentence}\n\n   ![A](a.png)\n   <!-- {action} -->\n\n2. See.\n\n   ![B](b.png)\n"
    ));
    // The picture is there, and another guide would find the place on it.
    let shot = Guide::recorded();
    std::fs::copy(shot.path("shots/settings.png"), guide.path("a.png")).unwrap();
    guide
}

/// Where the recorded guide has its button.
fn place() -> String {
    let text = Guide::recorded().text();
    let line = text.lines().find(|line| line.contains("on button \"Save\"")).unwrap().to_owned();
    line.split("@click ").nth(1).unwrap().split(" on ").next().unwrap().to_owned()
}

/// What `--propose` would write for it.
fn proposed(sentence: &str, action: &str) -> String {
    let site = Site::serve();
    let guide = guide(&site, sentence, action);
    let ran = guide.refresh(&["--propose"]);
    let line = ran.out.lines().find(|line| line.starts_with('+') && line.contains('@'));
    line.unwrap_or_else(|| panic!("{sentence}: {ran:#?}")).to_owned()
}

#[test]
fn what_lies_under_the_point_is_proposed() {
    let said = format!("@click {}", place());
    assert!(proposed("Do it.", &said).contains("on button \"Save\""));
    assert!(proposed("Click **Save**.", &said).contains("on button \"Save\""));
}

#[test]
fn the_bold_words_of_the_sentence_say_what_is_meant_where_the_point_has_strayed() {
    // Nothing lies there, or something else.
    assert!(proposed("Click **Save**.", "@click 700,500 40x20").contains("on button \"Save\""));
    let heading = "@click 24,24 100x30";
    assert!(proposed("Click **Save** now.", heading).contains("on button \"Save\""));
    // What is typed goes into a field, whatever else is called so.
    let said = format!("@type {} \"Ada\"", place());
    assert!(proposed("Type into **Name**.", &said).contains("on field \"Name\""));
}

#[test]
fn words_that_name_nothing_on_the_page_are_no_reason() {
    let said = format!("@click {}", place());
    assert!(proposed("Click **Send**.", &said).contains("on button \"Save\""));
}
