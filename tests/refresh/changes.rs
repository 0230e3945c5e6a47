//! The verdict of each kind of change.

use super::guide::Guide;
use super::site::Site;

/// The steps: the page is opened, a name is typed, it is saved, the end.
fn verdicts(change: &str) -> Vec<String> {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change(change);
    let ran = guide.refresh(&["--url", &site.url(""), "--check", "--format", "json"]);
    let verdicts = ran.verdicts();
    assert_eq!(verdicts.len(), 4, "{change}: {ran:#?}");
    verdicts
}

#[test]
fn an_unchanged_application_is_the_same_five_times_and_no_byte_changes() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    let before = guide.files();
    for round in 0..5 {
        let ran = guide.refresh(&["--url", &site.url(""), "--strict"]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "round {round}: {ran:#?}");
        assert!(ran.err.contains("replayed 1 guide: 4 same"), "{ran:#?}");
    }
    assert!(guide.files() == before, "a file has changed");
}

#[test]
fn what_moves_far_is_stale_and_what_moves_a_little_has_changed() {
    let moved = verdicts("moved");
    assert_eq!(moved[1..3], ["stale", "stale"], "{moved:?}");
    let nudged = verdicts("nudged");
    assert_eq!(nudged[1..3], ["changed", "changed"], "{nudged:?}");
    assert_eq!(nudged[3], "same");
}

#[test]
fn what_is_called_otherwise_is_renamed_and_the_replay_goes_on() {
    let renamed = verdicts("renamed");
    assert_eq!(renamed[2..], ["renamed", "same"], "{renamed:?}");
}

#[test]
fn one_of_several_that_is_counted_is_still_the_one_that_it_was() {
    let site = Site::serve();
    site.change("rows");
    let steps = r#"{"title": "T", "steps": [{"do": "click", "on": "link \"Edit\" nth=2"}]}"#;
    let guide = Guide::recorded_on(&site, steps);
    assert!(guide.text().contains("on link \"Edit\" under \"Settings\" nth=2"), "{}", guide.text());
    site.change("rows newer");
    let ran = guide.refresh(&["--url", &site.url("")]);
    assert!(ran.out.contains("renamed: step 2, ") && ran.out.contains("+") && ran.status == 1, "{ran:#?}");
    assert_eq!(guide.refresh(&["--url", &site.url(""), "--accept"]).status, 0);
    assert!(guide.text().contains("on link \"Edit\" under \"Settings\" nth=3"), "{}", guide.text());
    let asked = site.asked();
    assert!(asked.iter().all(|asked| !asked.contains("GET /order/2")), "{asked:#?}");
    assert_eq!(guide.refresh(&["--url", &site.url(""), "--strict"]).out, "");
}

#[test]
fn what_is_gone_is_broken_and_what_follows_is_not_reached() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("gone");
    let ran = guide.refresh(&["--url", &site.url(""), "--check"]);
    assert_eq!(ran.status, 1, "{ran:#?}");
    let line = guide.text().lines().position(|line| line.starts_with("3.")).unwrap() + 1;
    assert!(ran.out.contains(&format!("guides/save/index.md:{line}: broken: step 3, ")), "{ran:#?}");
    assert!(ran.out.contains("not checked: step 4, ") && ran.out.contains("not reached: step 3"), "{ran:#?}");
}

#[test]
fn other_colours_and_titles_are_stale_and_a_text_beside_has_changed() {
    assert_eq!(verdicts("restyled")[0], "stale");
    assert_eq!(verdicts("titled")[0], "stale");
    let beside = verdicts("beside");
    assert_eq!([&*beside[0], &*beside[2]], ["changed", "changed"]);
}

#[test]
fn letters_of_another_font_have_changed_and_all_is_found() {
    // The page has few letters: none of the groups is large.
    assert_eq!(verdicts("font"), ["changed", "changed", "changed", "same"]);
}

#[test]
fn fonts_of_another_machine_could_not_run_and_are_never_stale() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    let lock = std::fs::read_to_string(guide.path("capture.json")).unwrap();
    let at = lock.find("\"fonts\": \"").unwrap() + "\"fonts\": \"".len();
    guide.write("capture.json", &format!("{}9{}", &lock[..at], &lock[at..]));
    let ran = guide.refresh(&["--url", &site.url(""), "--check"]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(ran.out.contains("could not run: letters are drawn otherwise here"), "{ran:#?}");
}

#[test]
fn a_step_that_shows_a_stale_screenshot_again_is_as_stale() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    // The first step and the second show one picture.
    assert_eq!(guide.text().matches("![").count(), 3, "{}", guide.text());
    site.change("restyled");
    let ran = guide.refresh(&["--url", &site.url(""), "--check"]);
    assert!(
        ran.out.contains("stale: step 2, ") && ran.out.contains("it shows the screenshot of step 1: "),
        "{ran:#?}"
    );
}

#[test]
fn what_is_always_animated_does_not_alarm_twice() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("animated");
    assert!(guide.refresh(&["--url", &site.url("")]).out.contains("wrote"));
    for _ in 0..2 {
        assert_eq!(guide.verdicts(&["--url", &site.url("")]), ["same"; 4]);
    }
}

#[test]
fn what_comes_late_without_a_request_does_not_alarm() {
    assert_eq!(verdicts("slow"), ["same"; 4]);
}

#[test]
fn a_live_number_alarms_until_it_is_masked() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("live");
    assert!(guide.refresh(&["--url", &site.url("")]).out.contains("wrote"));
    assert_ne!(guide.verdicts(&["--url", &site.url("")])[0], "same");
    let text = guide.text().replace("<!-- @goto", "<!-- @mask on css \".live\"\n        @goto");
    let text = text
        .replace("<!-- @type", "<!-- @mask on css \".live\"\n        @type")
        .replace("<!-- @click", "<!-- @mask on css \".live\"\n        @click");
    guide.write("index.md", &text);
    assert_eq!(guide.verdicts(&["--url", &site.url("")]), ["same"; 4]);
}

#[test]
fn a_late_banner_is_hidden_by_the_project_or_dismissed_by_the_guide() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("banner");
    assert_eq!(guide.verdicts(&["--url", &site.url("")])[0], "stale");
    let project = "[apps.shop]\nname = \"Shop\"\n[apps.shop.capture]\nhide = [\"css .banner\"]\n";
    std::fs::write(
        guide.folder.path().join("guidemark.toml"),
        project.replace("css .banner", "css \\\".banner\\\""),
    )
    .unwrap();
    guide.edit("title: ", "app: shop\ntitle: ");
    assert_eq!(guide.verdicts(&["--url", &site.url("")]), ["same"; 4]);
    std::fs::remove_file(guide.folder.path().join("guidemark.toml")).unwrap();
    guide.edit("app: shop\n", "");
    guide.edit("@goto \"/\"", "@goto \"/\"\n        @dismiss on button \"Accept all\"");
    assert_eq!(guide.verdicts(&["--url", &site.url("")])[0], "same");
}

#[test]
fn another_viewport_could_not_run_and_is_never_stale() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    guide.edit("viewport: 900x600", "viewport: 1000x600");
    let ran = guide.refresh(&["--url", &site.url(""), "--check"]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(
        ran.out.contains("could not run: the pictures are 900x600, and a replay would be 1000x600"),
        "{ran:#?}"
    );
}

#[test]
fn an_application_that_is_down_could_not_run() {
    let guide = Guide::recorded();
    let ran = guide.refresh(&["--url", "http://127.0.0.1:9", "--check"]);
    assert_eq!(ran.status, 2, "{ran:#?}");
    assert!(ran.out.contains("could not run") && ran.out.contains("help: start the application"), "{ran:#?}");
}

#[test]
fn a_place_without_an_anchor_and_a_kept_picture_are_not_checked() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    let text =
        guide.text().replace(" on button \"Save\"", "").replace("<!-- @goto", "<!-- @keep\n        @goto");
    guide.write("index.md", &text);
    let verdicts = guide.verdicts(&["--url", &site.url("")]);
    assert_eq!(verdicts, ["not-checked", "same", "not-checked", "same"]);
}
