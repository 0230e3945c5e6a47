//! What holds for edits of screenshots, of the order of annotations and of headings, in guides of all styles.

use crate::guides;
use crate::properties::{Held, around, held, made, places, read, within};
use crate::support::source;
use guidemark::edit::{Edit, change};
use proptest::prelude::*;
use proptest::sample::Index;

/// Steps and scenes that have a screenshot of their own.
fn own_screenshots(text: &str) -> Vec<(usize, usize)> {
    let of_step = |(step, outline): (usize, guidemark::edit::StepOutline)| {
        let own = outline.scenes.into_iter().enumerate().filter(|(_, scene)| !scene.inherited);
        own.map(move |(scene, _)| (step, scene)).collect::<Vec<_>>()
    };
    read(text).steps.into_iter().enumerate().flat_map(of_step).collect()
}

/// All pieces of a step that are no screenshot, and its texts.
fn without_screenshots((texts, pieces): &Held) -> Held {
    (texts.clone(), pieces.iter().filter(|piece| !piece.starts_with("![")).cloned().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_screenshot_described_or_replaced_is_all_that_changes(text in guides::written(), which: Index, file: bool) {
        let own = own_screenshots(&text);
        prop_assume!(!own.is_empty());
        let (step, scene) = own[which.index(own.len())];
        let edit = if file {
            Edit::Screenshot { step, scene, path: "new (1).png".to_owned() }
        } else {
            Edit::Alt { step, scene, alt: "A *new* one".to_owned() }
        };
        let (after, replacements) = made(&text, &edit)?;
        within(&text, &replacements, step)?;
        let (old, new) = (held(&text), held(&after));
        for (at, (old, new)) in old.iter().zip(&new).enumerate() {
            if at == step {
                prop_assert_eq!(without_screenshots(old), without_screenshots(new), "{}\n->\n{}", text, after);
                let changed = old.1.iter().zip(&new.1).filter(|(old, new)| old != new).map(|(_, new)| new.clone());
                let changed: Vec<String> = changed.collect();
                let wanted = if file { "](<new (1).png>" } else { "![A \\*new\\* one](" };
                prop_assert!(changed.len() == 1 && changed[0].contains(wanted), "{changed:?}");
            } else {
                prop_assert_eq!(old, new);
            }
        }
        prop_assert_eq!(old.len(), new.len());
    }

    #[test]
    fn a_screenshot_added_is_one_more(text in guides::written(), step: Index) {
        let old = held(&text);
        let step = step.index(old.len());
        let edit = Edit::AddScreenshot { step, path: "new.png".to_owned(), alt: "New".to_owned() };
        let (after, replacements) = made(&text, &edit)?;
        prop_assert!(replacements.iter().all(|one| one.span.is_empty()), "nothing goes: {replacements:?}");
        let mut new = held(&after);
        let at = new[step].1.iter().position(|piece| piece == "![New](new.png)");
        prop_assert!(at.is_some(), "{}\n->\n{}", text, after);
        new[step].1.remove(at.unwrap());
        // A text that stood on both sides of it is two.
        let joined = |all: &[Held]| all.iter().map(|(texts, pieces)| (texts.join("\n\n"), pieces.clone())).collect::<Vec<_>>();
        prop_assert_eq!(joined(&new), joined(&old), "{}\n->\n{}", text, after);
        // Where the step had none, what says nothing of a screenshot before it stands below it.
        let shown = old[..=step].iter().any(|(_, pieces)| pieces.iter().any(|piece| piece.starts_with("![")));
        prop_assert!(shown || at == Some(0), "{}\n->\n{}", text, after);
    }

    #[test]
    fn annotations_change_places_and_nothing_else(text in guides::written(), which: Index, down: bool) {
        let before = read(&text);
        let by = if down { 1 } else { -1 };
        let pairs: Vec<_> = before.steps.iter().enumerate()
            .flat_map(|(step, outline)| outline.scenes.iter().enumerate().map(move |(scene, outline_scene)| (step, scene, outline_scene)))
            .flat_map(|(step, scene, outline_scene)| outline_scene.annotations.iter().enumerate().map(move |(at, one)| (step, scene, at, one.at, outline_scene.annotations.len())))
            .filter(|(_, _, at, _, count)| at.checked_add_signed(by).is_some_and(|other| other < *count))
            .collect();
        prop_assume!(!pairs.is_empty());
        let (step, scene, index, at, _) = pairs[which.index(pairs.len())];
        let (after, replacements) = made(&text, &Edit::Shift { at, by })?;
        within(&text, &replacements, step)?;
        let order = |text: &str| read(text).steps.iter().map(|step| step.scenes.iter().map(|scene| {
            scene.annotations.iter().map(|annotation| annotation.source.clone()).collect::<Vec<_>>()
        }).collect::<Vec<_>>()).collect::<Vec<_>>();
        let mut wanted = order(&text);
        wanted[step][scene].swap(index, index.checked_add_signed(by).unwrap());
        prop_assert_eq!(order(&after), wanted, "{}\n->\n{}", text, after);
        prop_assert_eq!(after.len(), text.len());
    }

    #[test]
    fn a_heading_named_anew_is_the_only_line_that_changes(text in guides::written(), which: Index) {
        let before = read(&text);
        let (headings, _) = places(&before);
        prop_assume!(!headings.is_empty());
        let at = headings[which.index(headings.len())];
        let (after, _) = made(&text, &Edit::Heading { at, title: "Another *one* #2".to_owned() })?;
        prop_assert_eq!(held(&after), held(&text));
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (old, new) = (lines(&text), lines(&after));
        prop_assert_eq!(old.len(), new.len());
        prop_assert_eq!(old.iter().zip(&new).filter(|(old, new)| old != new).count(), 1);
        prop_assert!(around(&read(&after)).iter().any(|part| part.ends_with("Another *one* #2")));
        // Without words the heading goes and all below it stays, or nothing is done.
        let bare = Edit::Heading { at, title: String::new() };
        let gone = match change(&source(&text), &bare, None) {
            Ok(_) => made(&text, &bare)?.0,
            Err(refusal) => {
                prop_assert!(refusal.message.contains("would belong to the step above"), "{}", refusal.message);
                return Ok(());
            }
        };
        let all = |text: &str| held(text).into_iter().flat_map(|(texts, pieces)| texts.into_iter().chain(pieces)).collect::<Vec<_>>();
        prop_assert_eq!(all(&gone), all(&text), "{}\n->\n{}", text, gone);
    }
}
