//! What edits know of pictures: percentages, and which scene is meant.

use crate::guides::edit;
use crate::support::source;
use guidemark::edit::{apply, change, outline};
use guidemark::guide::{self, Resolved};
use guidemark::project::Settings;
use guidemark::source::{MemoryWorld, ProjectPath};

const GUIDE: &str = "---\ntitle: T\n---\n\n1. One.\n   <!-- @wait 1s -->\n\n   ![A](a.png)\n   <!-- @redact 50%,12.5% 10%x8 -->\n";

/// The guide as meant, with a picture of 80×60 points.
fn resolved(text: &str) -> Resolved {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(80, 60).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let world = MemoryWorld::new().with(ProjectPath::new("guides/a.png").unwrap(), bytes.into_inner());
    let source = source(text);
    guide::resolve(&guide::parse(&source).guide, &source, &Settings::default(), &world).resolved.unwrap()
}

fn edited(text: &str, json: &str) -> String {
    apply(text, &change(&source(text), &edit(json), Some(&resolved(text))).unwrap())
}

#[test]
fn a_percentage_stays_until_the_region_moves() {
    let at = GUIDE.find("@redact").unwrap();
    let redaction = |x: u32| {
        format!(
            r#"{{"op": "set", "at": {at}, "fields": {{"verb": "redact", "region": {{"x": {x}, "y": 7.5, "w": 8, "h": 8}},
                "options": {{"style": "blur"}}}}}}"#
        )
    };
    assert!(edited(GUIDE, &redaction(40)).contains("@redact 50%,12.5% 10%x8 style=blur -->"));
    assert!(edited(GUIDE, &redaction(41)).contains("@redact 41,12.5% 10%x8 style=blur -->"));
    let moved =
        format!(r#"{{"op": "set-region", "at": {at}, "area": {{"x": 40, "y": 20, "w": 8, "h": 9}}}}"#);
    assert!(edited(GUIDE, &moved).contains("@redact 50%,20 10%x9 -->"));
}

#[test]
fn an_edit_means_the_scenes_that_an_outline_shows() {
    let (source, resolved) = (source(GUIDE), resolved(GUIDE));
    let outline = outline(&source, &guide::parse(&source).guide, Some(&resolved));
    // What stands before the guide's first screenshot is no scene.
    assert_eq!(outline.steps[0].scenes.len(), 1);
    let region = outline.steps[0].scenes[0].annotations[0].fields.region.unwrap();
    assert_eq!((region.x, region.y, region.w, region.h), (40.0, 7.5, 8.0, 8.0));
    let draw = r#"{"op": "annotate", "step": 0, "scene": 0, "fields": {"verb": "wait", "word": "2s"}}"#;
    assert_eq!(edited(GUIDE, draw), GUIDE.to_owned() + "   <!-- @wait 2s -->\n");
}
