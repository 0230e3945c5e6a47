//! What holds for all guides and all edits: exactly what was asked changes, and nothing panics.

use crate::guides::{self, Plan};
use crate::support::source;
use guidemark::edit::{
    CaptureKey, Edit, MetaEdit, NewStep, Outline, Replacement, Section, apply, change, invert, outline,
    rebase,
};
use guidemark::guide::{self, Part};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;

pub fn read(text: &str) -> Outline {
    let source = source(text);
    outline(&source, &guide::parse(&source).guide, None)
}

/// What a step says, without the places it stands at.
#[derive(Debug, Clone, PartialEq)]
struct Says {
    runs: Vec<String>,
    scenes: Vec<(bool, Vec<String>)>,
}

fn says(outline: &Outline) -> Vec<Says> {
    let scenes = |step: &guidemark::edit::StepOutline| {
        let lines = |scene: &guidemark::edit::SceneOutline| {
            scene.annotations.iter().map(|annotation| annotation.source.clone()).collect()
        };
        step.scenes.iter().map(|scene| (scene.inherited, lines(scene))).collect()
    };
    outline.steps.iter().map(|step| Says { runs: step.runs.clone(), scenes: scenes(step) }).collect()
}

/// The lines of a file that steps stand on, from their first to before the next.
fn lines_of(outline: &Outline, step: usize) -> (usize, usize) {
    let at = |step: usize| outline.steps.get(step).map_or(usize::MAX, |step| step.line);
    (at(step), at(step + 1))
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Makes an edit and checks what holds for each.
pub fn made(text: &str, edit: &Edit) -> Result<(String, Vec<Replacement>), TestCaseError> {
    let replacements = match change(&source(text), edit, None) {
        Ok(replacements) => replacements,
        Err(refusal) => {
            return Err(TestCaseError::fail(format!("refused: {}\n{edit:?}\n{text}", refusal.message)));
        }
    };
    let after = apply(text, &replacements);
    for pair in replacements.windows(2) {
        prop_assert!(pair[0].span.end < pair[1].span.start, "they touch or overlap: {replacements:?}");
    }
    prop_assert_eq!(apply(&after, &invert(text, &replacements)), text);
    Ok((after, replacements))
}

pub fn within(text: &str, replacements: &[Replacement], step: usize) -> Result<(), TestCaseError> {
    let (first, next) = lines_of(&read(text), step);
    for one in replacements {
        let last = one.span.end.saturating_sub(1).max(one.span.start);
        let lies = line(text, one.span.start) >= first && line(text, last) < next;
        prop_assert!(lies, "{one:?} lies outside the lines {first} to {next} of\n{text}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hotspot_drawn_is_one_line_more(text in guides::written(), step: Index, x in 0_u32..2000) {
        let before = read(&text);
        let step = step.index(before.steps.len());
        let scene = before.steps[step].scenes.len() - 1;
        let edit = guides::edit(&format!(
            r#"{{"op": "annotate", "step": {step}, "scene": {scene},
                "fields": {{"verb": "click", "region": {{"x": {x}, "y": 7, "w": 5, "h": 6}}, "text": "a \"b\""}}}}"#
        ));
        let (after, replacements) = made(&text, &edit)?;
        within(&text, &replacements, step)?;
        let line = format!(r#"@click {x},7 5x6 "a \"b\"""#);
        let mut wanted = says(&before);
        wanted[step].scenes[scene].1.push(line.clone());
        prop_assert_eq!(says(&read(&after)), wanted, "{}\n->\n{}", text, after);
        prop_assert_eq!(after.lines().count(), text.lines().count() + 1);
        prop_assert_eq!(after.lines().filter(|new| new.contains(&line)).count(), 1);
        let others: Vec<&str> = after.lines().filter(|new| !new.contains(&line)).collect();
        prop_assert_eq!(others, text.lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_hotspot_moved_changes_only_its_numbers(text in guides::written(), which: Index, x in 0_u32..2000) {
        let before = read(&text);
        let all: Vec<_> = before.steps.iter().enumerate()
            .flat_map(|(step, outline)| outline.scenes.iter().map(move |scene| (step, scene)))
            .flat_map(|(step, scene)| scene.annotations.iter().map(move |annotation| (step, annotation)))
            .filter(|(_, annotation)| annotation.fields.region.is_some())
            .collect();
        prop_assume!(!all.is_empty());
        let (step, annotation) = all[which.index(all.len())];
        let at = annotation.at;
        let edit = guides::edit(&format!(
            r#"{{"op": "set-region", "at": {at}, "area": {{"x": {x}, "y": 3, "w": 21, "h": 22}}}}"#
        ));
        let (after, replacements) = made(&text, &edit)?;
        within(&text, &replacements, step)?;
        let again = read(&after);
        let found = again.steps[step].scenes.iter().flat_map(|scene| &scene.annotations).find(|new| new.at == at);
        let region = found.unwrap().fields.region.unwrap();
        prop_assert_eq!((region.x, region.y, region.w, region.h), (f64::from(x), 3.0, 21.0, 22.0));
        let outside = |text: &str, source: &str| (text[..at].to_owned(), text[at + source.len()..].to_owned());
        prop_assert_eq!(outside(&after, &found.unwrap().source), outside(&text, &annotation.source));
    }

    #[test]
    fn an_annotation_removed_is_gone_alone(text in guides::written(), which: Index) {
        let before = read(&text);
        let places: Vec<(usize, usize, usize)> = before.steps.iter().enumerate()
            .flat_map(|(step, outline)| outline.scenes.iter().enumerate().map(move |(scene, scene_outline)| (step, scene, scene_outline)))
            .flat_map(|(step, scene, scene_outline)| (0..scene_outline.annotations.len()).map(move |at| (step, scene, at)))
            .collect();
        prop_assume!(!places.is_empty());
        let (step, scene, at) = places[which.index(places.len())];
        // A list that loses its only annotation is text.
        prop_assume!(held(&text)[step].1.len() > 1);
        let annotation = &before.steps[step].scenes[scene].annotations[at];
        let edit = guides::edit(&format!(r#"{{"op": "remove", "at": {}}}"#, annotation.at));
        let (after, replacements) = made(&text, &edit)?;
        within(&text, &replacements, step)?;
        let mut wanted = held(&text);
        let gone = wanted[step].1.iter().enumerate().filter(|(_, piece)| **piece == annotation.source);
        let gone: Vec<usize> = gone.map(|(at, _)| at).collect();
        let found = held(&after);
        // The same line may stand there twice.
        let fits = gone.iter().any(|at| {
            let mut wanted = wanted[step].clone();
            wanted.1.remove(*at);
            // Texts that the comment stood between are one now.
            (wanted.0.join("\n\n"), wanted.1) == (found[step].0.join("\n\n"), found[step].1.clone())
        });
        prop_assert!(fits, "{:?}\n{}\n->\n{}", annotation, text, after);
        wanted[step] = found[step].clone();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn an_id_is_given_changed_and_taken_alone(text in guides::written(), step: Index) {
        let before = read(&text);
        let step = step.index(before.steps.len());
        let set = |id: &str| guides::edit(&format!(r#"{{"op": "id", "step": {step}, "id": {id}}}"#));
        let (given, replacements) = made(&text, &set("\"one\""))?;
        within(&text, &replacements, step)?;
        prop_assert_eq!(read(&given).steps[step].own_id.clone(), Some("one".to_owned()));
        prop_assert_eq!(says(&read(&given)), says(&before), "{}\n->\n{}", text, given);
        prop_assert_eq!(given.lines().count(), text.lines().count() + 1);
        let (changed, _) = made(&given, &set("\"other-2\""))?;
        prop_assert_eq!(changed, given.replace("@id one", "@id other-2"));
        let (taken, _) = made(&given, &set("null"))?;
        prop_assert_eq!(held(&taken), held(&text), "{}\n->\n{}", given, taken);
    }

    #[test]
    fn a_text_changed_is_that_text(plan in guides::plan(), step: Index, run: Index, new in guides::markdown()) {
        let text = plan.text();
        let before = read(&text);
        let step = step.index(before.steps.len());
        let runs = before.steps[step].runs.len();
        prop_assume!(runs > 0);
        let run = run.index(runs);
        let markdown = serde_json::to_string(&new).unwrap();
        let edit = guides::edit(&format!(r#"{{"op": "text", "step": {step}, "run": {run}, "markdown": {markdown}}}"#));
        let (after, replacements) = made(&text, &edit)?;
        within(&text, &replacements, step)?;
        let mut wanted = says(&before);
        wanted[step].runs[run] = new;
        prop_assert_eq!(says(&read(&after)), wanted, "{}\n->\n{}", text, after);
    }

    #[test]
    fn steps_move_as_asked(plan in guides::plan(), from: Index, to: Index) {
        let text = plan.text();
        let before = read(&text);
        let (from, to) = (from.index(before.steps.len()), to.index(before.steps.len()));
        let edit = guides::edit(&format!(r#"{{"op": "move", "step": {from}, "to": {to}}}"#));
        let (after, _) = made(&text, &edit)?;
        let mut wanted = held(&text);
        let moved = wanted.remove(from);
        wanted.insert(to, moved);
        prop_assert_eq!(held(&after), wanted, "{}\n->\n{}", text, after);
    }

    #[test]
    fn steps_come_and_go_as_asked(plan in guides::plan(), step: Index, new in guides::markdown()) {
        let text = plan.text();
        let before = read(&text);
        let step = step.index(before.steps.len());
        let (copied, _) = made(&text, &guides::edit(&format!(r#"{{"op": "duplicate", "step": {step}}}"#)))?;
        let mut wanted = held(&text);
        wanted.insert(step, wanted[step].clone());
        prop_assert_eq!(held(&copied), wanted, "{}\n->\n{}", text, copied);
        let markdown = serde_json::to_string(&new).unwrap();
        let add = guides::edit(&format!(
            r#"{{"op": "add-step", "after": {step}, "markdown": {markdown}, "path": "new.png", "alt": "New"}}"#
        ));
        let (grown, _) = made(&text, &add)?;
        let mut wanted = held(&text);
        wanted.insert(step + 1, (vec![new], vec!["![New](new.png)".to_owned()]));
        prop_assert_eq!(held(&grown), wanted, "{}\n->\n{}", text, grown);
        let delete = guides::edit(&format!(r#"{{"op": "delete", "step": {}}}"#, step + 1));
        let (back, _) = made(&grown, &delete)?;
        prop_assert_eq!(held(&back), held(&text), "{}\n->\n{}", grown, back);
    }

    #[test]
    fn a_step_split_holds_the_same(plan in guides::plan(), step: Index, place: Index) {
        let text = plan.text();
        let before = read(&text);
        let step = step.index(before.steps.len());
        let Some(run) = before.steps[step].runs.first() else { return Ok(()) };
        let spaces: Vec<usize> = run.lines().next().unwrap().match_indices(' ').map(|(at, _)| at).collect();
        prop_assume!(!spaces.is_empty());
        let offset = spaces[place.index(spaces.len())];
        let edit = guides::edit(&format!(
            r#"{{"op": "split", "step": {step}, "run": 0, "offset": {offset}, "at": null}}"#
        ));
        let (after, _) = made(&text, &edit)?;
        let (old, new) = (held(&text), held(&after));
        prop_assert_eq!(new.len(), old.len() + 1);
        prop_assert_eq!(&new[step].0[0], run[..offset].trim_end());
        prop_assert_eq!(&new[..step], &old[..step]);
        prop_assert_eq!(&new[step + 2..], &old[step + 1..], "{}\n->\n{}", text, after);
        let all = [new[step].1.as_slice(), &new[step + 1].1].concat();
        prop_assert_eq!(&all, &old[step].1, "{}\n->\n{}", text, after);
    }

    #[test]
    fn an_edit_of_a_text_changed_elsewhere_gives_both(text in guides::written(), one: Index, other: Index) {
        let steps = read(&text).steps.len();
        let (one, other) = (one.index(steps), other.index(steps));
        prop_assume!(one != other);
        let draw = |step: usize| guides::edit(&format!(
            r#"{{"op": "annotate", "step": {step}, "scene": {}, "fields": {{"verb": "wait", "word": "{}s"}}}}"#,
            read(&text).steps[step].scenes.len() - 1, step + 1
        ));
        let theirs = made(&text, &draw(other))?.0;
        let ours = made(&text, &draw(one))?;
        let both = made(&theirs, &draw(one))?.0;
        // Right beside what they changed, the edit is not made.
        if let Some(moved) = rebase(&text, &theirs, &ours.1) {
            prop_assert_eq!(apply(&theirs, &moved), both);
        }
    }

    #[test]
    fn no_text_and_no_edit_panics(text in guides::any_text(), edits in prop::collection::vec(guides::any_edit(), 1..8)) {
        let mut text = text;
        for edit in edits {
            let edit = edit.at(&text);
            let Ok(replacements) = change(&source(&text), &edit, None) else { continue };
            let after = apply(&text, &replacements);
            prop_assert_eq!(apply(&after, &invert(&text, &replacements)), text);
            text = after;
        }
    }
}

/// What a step holds: its texts, and its screenshots and annotations in order.
pub type Held = (Vec<String>, Vec<String>);

pub fn held(text: &str) -> Vec<Held> {
    let source = source(text);
    let guide = guide::parse(&source).guide;
    let piece = |part: &Part| match part {
        Part::Screenshot(image) => Some(source.slice(image.span).to_owned()),
        Part::Annotation(annotation) => Some(source.slice(annotation.span).to_owned()),
        Part::Prose(_) => None,
    };
    let outline = outline(&source, &guide, None);
    let pieces = guide.steps.iter().map(|step| step.parts.iter().filter_map(piece).collect());
    outline.steps.into_iter().map(|step| step.runs).zip(pieces).collect()
}

#[test]
fn plans_hold_what_they_are_made_of() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..100 {
        let plan: Plan = guides::plan().new_tree(&mut runner).unwrap().current();
        assert_eq!(read(&plan.text()).steps.len(), plan.steps(), "{}", plan.text());
    }
}

/// Headings and texts as an editor shows them, without their places.
pub fn around(outline: &Outline) -> Vec<String> {
    let shown = |section: &Section| match section {
        Section::Heading { level, title, .. } => Some(format!("{level} {title}")),
        Section::Text { markdown, .. } => Some(markdown.trim().to_owned()),
        Section::Steps { .. } => None,
    };
    outline.sections.iter().filter_map(shown).collect()
}

/// What a section is and where it stands.
pub fn places(outline: &Outline) -> (Vec<usize>, Vec<usize>) {
    let heading = |section: &Section| match section {
        Section::Heading { at, .. } => Some(*at),
        Section::Text { .. } | Section::Steps { .. } => None,
    };
    let text = |section: &Section| match section {
        Section::Text { at, .. } => Some(*at),
        Section::Heading { .. } | Section::Steps { .. } => None,
    };
    let all = &outline.sections;
    (all.iter().filter_map(heading).collect(), all.iter().filter_map(text).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_outside_the_steps_written_anew_is_the_only_thing_that_changes(text in guides::written(), which: Index) {
        let before = read(&text);
        let (_, texts) = places(&before);
        prop_assume!(!texts.is_empty());
        let at = texts[which.index(texts.len())];
        let edit = Edit::Prose { at, markdown: "Other *words*,\nin two lines.\n\n- and a list\n\nAnd more.".to_owned() };
        let (after, _) = made(&text, &edit)?;
        let again = read(&after);
        prop_assert_eq!(says(&again), says(&before), "{}\n->\n{}", text, after);
        let (old, new) = (around(&before), around(&again));
        prop_assert_eq!(old.len(), new.len());
        prop_assert_eq!(old.iter().zip(&new).filter(|(old, new)| old != new).count(), 1);
        prop_assert_eq!(&text[..at], &after[..at], "what stands before it is the same bytes");
    }

    #[test]
    fn a_chapter_begun_is_a_heading_more(plan in guides::plan(), step: Index) {
        let text = plan.text();
        let before = read(&text);
        let step = step.index(before.steps.len());
        let edit = Edit::AddChapter { step, title: "A *new* one".to_owned() };
        let (after, replacements) = made(&text, &edit)?;
        let again = read(&after);
        prop_assert_eq!(says(&again), says(&before), "{}\n->\n{}", text, after);
        prop_assert_eq!(replacements.len(), 1);
        prop_assert!(replacements[0].span.is_empty(), "nothing goes: {:?}", replacements);
        prop_assert_eq!(around(&again).len(), around(&before).len() + 1);
        let begins = again.sections.windows(2).any(|pair| {
            let named = matches!(&pair[0], Section::Heading { title, chapter: true, .. } if title == "A *new* one");
            named && matches!(&pair[1], Section::Steps { from, .. } if *from == step)
        });
        prop_assert!(begins, "it begins elsewhere in\n{}", after);
    }

    #[test]
    fn a_chapter_moved_there_and_back_is_where_it_was(text in guides::written(), which: Index) {
        let before = read(&text);
        let (headings, _) = places(&before);
        prop_assume!(headings.len() > 1);
        let at = headings[which.index(headings.len() - 1)];
        let (after, _) = made(&text, &Edit::MoveChapter { at, by: 1 })?;
        let again = read(&after);
        prop_assert_eq!(says(&again).len(), says(&before).len());
        let (mut old, mut new) = (around(&before), around(&again));
        old.sort();
        new.sort();
        prop_assert_eq!(old, new);
        let line = text[at..].lines().next().unwrap();
        let moved = after.match_indices(line).map(|(at, _)| at).next().unwrap();
        let (back, _) = made(&after, &Edit::MoveChapter { at: moved, by: -1 })?;
        prop_assert_eq!(back, text);
    }

    #[test]
    fn a_text_moved_there_and_back_is_where_it_was(text in guides::written(), which: Index, down: bool) {
        let before = read(&text);
        let (_, texts) = places(&before);
        let at = texts[which.index(texts.len())];
        let by = if down { 1 } else { -1 };
        let at_the_end = if down { at == *texts.last().unwrap() } else { at == texts[0] };
        let moved = change(&source(&text), &Edit::MoveProse { at, by }, None);
        if at_the_end {
            prop_assert!(moved.is_err());
            return Ok(());
        }
        if moved.is_err_and(|refusal| refusal.message.contains("would belong to the step above")) {
            return Ok(());
        }
        let (after, _) = made(&text, &Edit::MoveProse { at, by })?;
        let again = read(&after);
        prop_assert_eq!(says(&again), says(&before), "{}\n->\n{}", text, after);
        let order = |outline: &Outline| outline.sections.iter().map(|section| match section {
            Section::Heading { title, .. } => title.clone(),
            Section::Text { markdown, .. } => markdown.trim().to_owned(),
            Section::Steps { .. } => "steps".to_owned(),
        }).collect::<Vec<_>>();
        let (mut wanted, found) = (order(&before), order(&again));
        let here = before.sections.iter().position(|section| matches!(section, Section::Text { at: own, .. } if *own == at)).unwrap();
        wanted.swap(here, here.checked_add_signed(by).unwrap());
        // Two texts that meet are one, and lists that meet, too.
        prop_assert_eq!(found.join("\n\n").replace("steps\n\nsteps", "steps"), wanted.join("\n\n").replace("steps\n\nsteps", "steps"), "{}\n->\n{}", text, after);
        if found.len() == wanted.len() {
            let Section::Text { at, .. } = &again.sections[here.checked_add_signed(by).unwrap()] else {
                return Err(TestCaseError::fail("the text is elsewhere"));
            };
            let (back, _) = made(&after, &Edit::MoveProse { at: *at, by: -by })?;
            prop_assert_eq!(back, text);
        }
    }

    #[test]
    fn steps_added_at_once_are_those_and_no_others(plan in guides::plan(), after: Index, markdown in guides::markdown(), count in 1_usize..4) {
        let text = plan.text();
        let before = read(&text);
        let after = after.index(before.steps.len());
        let step = NewStep { markdown, path: Some("new/shot.png".to_owned()), alt: "New".to_owned() };
        let edit = Edit::AddSteps { after: Some(after), steps: vec![step; count] };
        let (new, replacements) = made(&text, &edit)?;
        prop_assert!(replacements.iter().all(|one| one.span.is_empty()), "nothing goes: {replacements:?}");
        let mut again = says(&read(&new));
        let added: Vec<Says> = again.splice(after + 1..after + 1 + count, []).collect();
        // Which scenes an outline shows depends on where the first screenshot of the guide is.
        let runs = |all: &[Says]| all.iter().map(|step| step.runs.clone()).collect::<Vec<_>>();
        prop_assert_eq!(runs(&again), runs(&says(&before)), "{}\n->\n{}", text, new);
        prop_assert!(added.iter().all(|step| step.scenes.last().is_some_and(|(inherited, _)| !inherited)));
    }

    #[test]
    fn a_key_of_the_front_matter_written_leaves_all_others(text in guides::written(), which in 0_usize..15, tags in prop::collection::vec("[a-z][a-z ,'\"#:]{0,8}", 0..4)) {
        let word = Some("2026-11-25".to_owned());
        let edit = match which {
            0 => MetaEdit::Tags { value: tags },
            1 => MetaEdit::Authors { value: tags },
            2 => MetaEdit::Created { value: word },
            3 => MetaEdit::Updated { value: word },
            4 => MetaEdit::Lang { value: Some("pt-BR".to_owned()) },
            5 => MetaEdit::Draft { value: true },
            6 => MetaEdit::Frame { value: Some("window".to_owned()) },
            7 => MetaEdit::Zoom { value: Some("none".to_owned()) },
            8 => MetaEdit::CursorColor { value: Some("#0b7a75".to_owned()) },
            13 => MetaEdit::Order { value: Some("-2.5".to_owned()) },
            12 => MetaEdit::Backdrop { value: Some("#0b7a75".to_owned()) },
            9 => MetaEdit::Cover { value: Some("1".to_owned()) },
            10 => MetaEdit::Capture { of: CaptureKey::Scale, value: Some("2".to_owned()) },
            11 => MetaEdit::Capture { of: CaptureKey::Viewport, value: Some("800x600".to_owned()) },
            _ => MetaEdit::Slug { value: Some("other".to_owned()) },
        };
        let (after, _) = made(&text, &Edit::Meta(edit.clone()))?;
        let (before, again) = (read(&text), read(&after));
        prop_assert_eq!(says(&again), says(&before));
        prop_assert_eq!(around(&again), around(&before));
        let meta = &again.meta;
        let listed = |value: &[String]| {
            let mut all: Vec<String> = Vec::new();
            for one in value.iter().map(|one| one.split_whitespace().collect::<Vec<_>>().join(" ")) {
                if !one.is_empty() && !all.contains(&one) {
                    all.push(one);
                }
            }
            all
        };
        match &edit {
            MetaEdit::Tags { value } => prop_assert_eq!(&meta.tags, &listed(value)),
            MetaEdit::Authors { value } => prop_assert_eq!(&meta.authors, &listed(value)),
            MetaEdit::Created { value } => prop_assert_eq!(&meta.created, value),
            MetaEdit::Updated { value } => prop_assert_eq!(&meta.updated, value),
            MetaEdit::Lang { value } => prop_assert_eq!(&meta.lang, value),
            MetaEdit::Draft { value } => prop_assert_eq!(meta.draft, *value),
            MetaEdit::Frame { value } => prop_assert_eq!(&meta.frame, value),
            MetaEdit::Zoom { value } => prop_assert_eq!(&meta.zoom, value),
            MetaEdit::Slug { value } => prop_assert_eq!(&meta.slug, value),
            MetaEdit::CursorColor { value } => prop_assert_eq!(&meta.cursor_color, value),
            MetaEdit::Backdrop { value } => prop_assert_eq!(&meta.backdrop, value),
            MetaEdit::Cover { value } => prop_assert_eq!(&meta.cover, value),
            MetaEdit::Order { value } => prop_assert_eq!(&meta.order, value),
            MetaEdit::Capture { of: CaptureKey::Scale, value } => prop_assert_eq!(&meta.capture.scale, value),
            MetaEdit::Capture { of: CaptureKey::Viewport, value } => {
                prop_assert_eq!(&meta.capture.viewport, value);
            }
            _ => {}
        }
    }
}

/// Titles of the steps, and the numbers that stand before them.
fn titles(text: &str) -> (Vec<String>, Vec<usize>) {
    let titled = text.lines().filter_map(|line| {
        let (label, title) =
            line.trim_start_matches('#').split_once("Title ").or_else(|| line.split_once("New "))?;
        let number = label.chars().filter(char::is_ascii_digit).collect::<String>().parse::<usize>().ok()?;
        Some((title.to_owned(), number))
    });
    titled.unzip()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn steps_that_are_headings_move_go_and_come_and_their_places_keep_their_numbers(
        steps in 3_usize..7, form in 0_usize..3, crlf: bool, newline: bool, which: Index, to: Index, what in 0_usize..7
    ) {
        let text = guides::headings(steps, form, crlf, newline);
        let (step, to) = (which.index(steps), to.index(steps));
        let (mut wanted, _) = titles(&text);
        prop_assert_eq!(read(&text).steps.len(), steps, "{}", text);
        // One heading with a number alone is none of a step.
        prop_assume!(what != 4 || steps > 3);
        let edit = match what {
            0 => { let title = wanted.remove(step); wanted.insert(to, title); Edit::Move { step, to } }
            1 => { wanted.remove(step); Edit::Delete { step } }
            2 => { wanted.insert(step, wanted[step].clone()); Edit::Duplicate { step } }
            4..=6 => {
                let (first, last) = (step.min(steps - 2), step.min(steps - 2) + 1);
                let chosen = vec![first, last];
                let own: Vec<String> = wanted.drain(first..=last).collect();
                let to = to.min(steps - 2);
                match what {
                    4 => Edit::DeleteSteps { steps: chosen },
                    5 => { wanted.splice(to..to, own); Edit::MoveSteps { steps: chosen, to } }
                    _ => {
                        wanted.splice(first..first, [own.clone(), own].concat());
                        Edit::DuplicateSteps { steps: chosen }
                    }
                }
            }
            _ => {
                wanted.insert(step + 1, "one".to_owned());
                let new = NewStep { markdown: "New one\n\nMore.".to_owned(), path: Some("n.png".to_owned()), alt: String::new() };
                Edit::AddSteps { after: Some(step), steps: vec![new] }
            }
        };
        let (after, _) = made(&text, &edit)?;
        let (found, numbers) = titles(&after);
        prop_assert_eq!(&found, &wanted, "{}\n->\n{}", text, after);
        prop_assert_eq!(numbers, (1..=wanted.len()).collect::<Vec<_>>());
        prop_assert_eq!(read(&after).steps.len(), wanted.len());
        prop_assert!(!crlf || !after.replace("\r\n", "").contains('\n'), "another line ending:\n{:?}", after);
        let end = |text: &str| text[text.find("## After").unwrap()..].to_owned();
        prop_assert_eq!(end(&after), end(&text), "what stands behind the steps is the same bytes");
    }
}

/// Some of the indices below a number, at least one.
fn some_of(count: usize, chosen: &[Index]) -> Vec<usize> {
    let mut some: Vec<usize> = chosen.iter().map(|one| one.index(count)).collect();
    some.sort_unstable();
    some.dedup();
    some
}

/// Those at these indices, and the others.
fn parted<T: Clone>(all: &[T], some: &[usize]) -> (Vec<T>, Vec<T>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (at, one) in all.iter().enumerate() {
        if some.contains(&at) { own.push(one.clone()) } else { others.push(one.clone()) }
    }
    (own, others)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn steps_chosen_together_move_together(plan in guides::plan(), chosen in prop::collection::vec(any::<Index>(), 1..4), to: Index) {
        let text = plan.text();
        let before = held(&text);
        let steps = some_of(before.len(), &chosen);
        let (own, mut wanted) = parted(&before, &steps);
        let to = to.index(wanted.len() + 1);
        let (after, _) = made(&text, &Edit::MoveSteps { steps, to })?;
        wanted.splice(to..to, own);
        prop_assert_eq!(held(&after), wanted, "{}\n->\n{}", text, after);
    }

    #[test]
    fn steps_chosen_together_go_together_and_leave_the_bytes_of_others(plan in guides::plan(), chosen in prop::collection::vec(any::<Index>(), 1..4)) {
        let text = plan.text();
        let before = held(&text);
        let steps = some_of(before.len(), &chosen);
        prop_assume!(steps.len() < before.len());
        let (_, wanted) = parted(&before, &steps);
        // A list may need a step that goes: its last one with a screenshot or an annotation.
        let Ok(replacements) = change(&source(&text), &Edit::DeleteSteps { steps }, None) else { return Ok(()) };
        let after = apply(&text, &replacements);
        prop_assert_eq!(held(&after), wanted, "{}\n->\n{}", text, after);
        prop_assert_eq!(apply(&after, &invert(&text, &replacements)), text);
    }

    #[test]
    fn steps_chosen_together_are_repeated_behind_the_last(plan in guides::plan(), chosen in prop::collection::vec(any::<Index>(), 1..4)) {
        let text = plan.text();
        let before = held(&text);
        let steps = some_of(before.len(), &chosen);
        let (own, _) = parted(&before, &steps);
        let mut wanted = before.clone();
        let behind = steps.last().unwrap() + 1;
        wanted.splice(behind..behind, own);
        let (after, _) = made(&text, &Edit::DuplicateSteps { steps })?;
        prop_assert_eq!(held(&after), wanted, "{}\n->\n{}", text, after);
    }

    #[test]
    fn several_changes_at_once_are_those_one_by_one(plan in guides::plan(), new in guides::markdown(), title: bool) {
        let text = plan.text();
        let before = read(&text);
        let mut edits: Vec<Edit> = Vec::new();
        for (step, outline) in before.steps.iter().enumerate().rev() {
            let of_runs = (0..outline.runs.len()).rev();
            edits.extend(of_runs.map(|run| Edit::Text { step, run, markdown: new.clone() }));
        }
        if title {
            edits.push(Edit::Meta(MetaEdit::Title { value: "Another".to_owned() }));
        }
        let mut wanted = text.clone();
        for edit in &edits {
            wanted = made(&wanted, edit)?.0;
        }
        prop_assert_eq!(made(&text, &Edit::All { edits })?.0, wanted);
    }

    #[test]
    fn the_text_of_an_annotation_written_anew_is_all_that_changes(text in guides::written(), which: Index) {
        let before = read(&text);
        let all: Vec<_> = before.steps.iter()
            .flat_map(|step| &step.scenes)
            .flat_map(|scene| &scene.annotations)
            .filter(|annotation| annotation.fields.text.is_some())
            .collect();
        prop_assume!(!all.is_empty());
        let annotation = all[which.index(all.len())];
        let edit = Edit::SetText { at: annotation.at, text: "A \"new\" one".to_owned() };
        let (after, replacements) = made(&text, &edit)?;
        prop_assert_eq!(replacements.len(), 1);
        let again = read(&after);
        let new = again.steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| &scene.annotations).find(|new| new.at == annotation.at).unwrap();
        prop_assert_eq!(new.fields.text.as_deref(), Some("A \"new\" one"));
        let with_text = guidemark::edit::AnnotationFields { text: annotation.fields.text.clone(), ..new.fields.clone() };
        prop_assert_eq!(&with_text, &annotation.fields);
        prop_assert_eq!(&text[..annotation.at], &after[..annotation.at]);
        prop_assert_eq!(&text[annotation.at + annotation.source.len()..], &after[new.at + new.source.len()..]);
    }
}

#[test]
fn of_several_changes_all_are_made_or_none() {
    let text = "1. One.\n   ![a](a.png)\n2. Two.\n   ![b](b.png)\n";
    let edits = vec![
        Edit::Text { step: 0, run: 0, markdown: "Other.".to_owned() },
        Edit::Text { step: 7, run: 0, markdown: "Other.".to_owned() },
    ];
    assert!(change(&source(text), &Edit::All { edits }, None).is_err());
    let nested = Edit::All { edits: vec![Edit::All { edits: Vec::new() }] };
    assert!(change(&source(text), &nested, None).is_err(), "no changes within changes");
    let all = change(&source(text), &Edit::DeleteSteps { steps: vec![0, 1] }, None);
    assert_eq!(all.unwrap_err().message, "a guide needs at least one step");
    assert!(change(&source(text), &Edit::MoveSteps { steps: vec![0, 5], to: 0 }, None).is_err());
    assert!(change(&source(text), &Edit::DeleteSteps { steps: Vec::new() }, None).is_err());
}
