//! Sets of pictures beside the first.

use super::guide::{Guide, Ran};
use super::site::Site;
use image::RgbaImage;
use std::collections::BTreeMap;

/// All files by path.
fn files(guide: &Guide) -> BTreeMap<String, Vec<u8>> {
    guide.files().into_iter().collect()
}

/// The files that a run has written: what was there before must be as it was.
fn added(guide: &Guide, before: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let after = files(guide);
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "a file has changed");
    let new = after.into_keys().filter(|path| !before.contains_key(path));
    new.map(|path| path.trim_start_matches("guides/save/").to_owned()).collect()
}

fn picture(guide: &Guide, path: &str) -> RgbaImage {
    image::open(guide.path(path)).unwrap().into_rgba8()
}

fn json(guide: &Guide, path: &str) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(guide.path(path)).unwrap()).unwrap()
}

fn done(ran: &Ran) {
    assert_eq!(ran.status, 0, "{ran:#?}");
}

#[test]
fn a_dark_set_lies_beside_the_first_and_shows_nothing_that_is_redacted_there() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    site.change("token");
    for verb in ["@goto", "@type", "@click"] {
        let redact = format!("<!-- @redact on field \"Token\"\n        {verb}");
        guide.write("index.md", &guide.text().replacen(&format!("<!-- {verb}"), &redact, 1));
    }
    let url = site.url("");
    done(&guide.refresh(&["--url", &url]));
    let before = files(&guide);
    let dark = ["--url", &*url, "--scheme", "dark"];
    done(&guide.refresh(&dark));
    let new = added(&guide, &before);
    let firsts: Vec<&str> =
        before.keys().filter_map(|path| path.strip_prefix("guides/save/shots/")).collect();
    let pictures: Vec<&str> = new.iter().filter_map(|path| path.strip_prefix("shots/dark/")).collect();
    assert_eq!(pictures, firsts, "{new:?}");
    assert_eq!(new.len(), firsts.len() + 1, "{new:?}");

    // The field stands elsewhere in dark than the guide says.
    let targets = json(&guide, "capture.dark.json")["targets"].clone();
    let target = targets.as_object().unwrap().values().find_map(|page| page.get("field \"Token\"")).unwrap();
    let [x, y, w, h] = [0, 1, 2, 3].map(|at| target["box"][at].as_f64().unwrap() as u32);
    assert!(x > 300 && w > 50 && !guide.text().contains(&format!("{x},{y}")), "{target}");
    let named = guide.text();
    let name = &named[..named.find("@redact").unwrap()];
    let name = &name[name.rfind("shots/").unwrap()..];
    let name = &name[..name.find(')').unwrap()].replace("shots/", "shots/dark/");
    let shown = picture(&guide, name);
    let around = (y..y + h).flat_map(|y| (x..x + w).map(move |x| (x, y)));
    assert!(around.map(|(x, y)| shown.get_pixel(x, y)).all(|pixel| pixel == shown.get_pixel(x, y)));
    let [red, green, blue, _] = shown.get_pixel(890, 590).0;
    assert!(red < 60 && green < 60 && blue < 60, "the page is not dark");

    // What is the same stays; what changes is found in this set alone.
    let before = files(&guide);
    let again = guide.refresh(&dark);
    assert!(again.status == 0 && again.err.contains("4 same"), "{again:#?}");
    assert_eq!(added(&guide, &before), [""; 0]);
    site.change("token moved");
    assert_eq!(guide.verdicts(&dark)[0], "stale");
}

#[test]
fn a_set_of_another_language_and_window_finds_what_is_called_otherwise_and_leaves_the_guide() {
    let (site, guide) = (Site::serve(), Guide::recorded());
    let before = files(&guide);
    let ran = guide.refresh(&["--url", &site.url(""), "--locale", "de", "--viewport", "375x600"]);
    done(&ran);
    let new = added(&guide, &before);
    assert!(new.contains(&"capture.de-375x600.json".to_owned()), "{new:?}");
    let shot = new.iter().find(|path| path.starts_with("shots/de-375x600/")).unwrap();
    assert_eq!(picture(&guide, shot).dimensions(), (375, 600));
    let lock = std::fs::read_to_string(guide.path("capture.de-375x600.json")).unwrap();
    assert!(lock.contains("\"name\":\"Speichern\"") && lock.contains("button \\\"Save\\\""), "{lock}");
    assert!(site.asked().iter().any(|asked| asked.contains("language=de")));
}
