//! Without JavaScript the article tells all.

use crate::support::{Look, Open, Site, paper, site};
use guidemark::guide::{ActionKind, MarkKind, Resolved, Scene};

fn without_script(slug: &str) -> Open {
    let mut open = Look::still().blank();
    open.disable_javascript().expect("set");
    open.go(&Site::own().guide_url(slug));
    open
}

#[test]
fn every_step_is_there() {
    for guide in Site::own().guides() {
        let mut open = without_script(guide["slug"].as_str().expect("a slug"));
        for step in guide["steps"].as_array().expect("steps") {
            let (id, title) = (step["id"].as_str().expect("an id"), step["title"].as_str().expect("a title"));
            let shown = format!(
                "(() => {{
                    const step = document.getElementById('{id}');
                    if (step?.localName !== 'li' || !step.checkVisibility()) return 'no such step';
                    return step.innerText.replace(/\\s+/g, ' ');
                }})()"
            );
            let text = open.text(&shown);
            assert!(
                text.contains(title.trim_end_matches(['.', '!', '?', '…'])),
                "{id}: `{title}` in `{text}`"
            );
        }
        let steps = guide["steps"].as_array().expect("steps").len();
        let listed = "document.querySelectorAll('main ol > li[id]').length";
        assert_eq!(open.number(listed) as usize, steps);
    }
}

#[test]
fn every_screenshot_and_annotation_is_there() {
    for slug in Site::own().slugs() {
        let guide = site::resolved(&slug);
        let mut open = without_script(&slug);
        for (id, shown) in shown_scenes(&guide) {
            let figures = format!("[...document.getElementById('{id}').querySelectorAll('figure')]");
            let drawn = format!(
                "{figures}.filter(each => each.querySelector('.frame svg > g > use')?.getBoundingClientRect().width > 100).length"
            );
            assert_eq!(open.number(&drawn) as usize, shown.len(), "screenshots of {slug} {id}");
            let count = |wanted: fn(&Scene) -> usize| shown.iter().map(|scene| wanted(scene)).sum::<usize>();
            let rings = format!("{figures}.flatMap(each => [...each.querySelectorAll('.ring')]).length");
            assert_eq!(open.number(&rings) as usize, count(rings_of), "rings of {slug} {id}");
            // One path dims the figure but for a hole a highlight.
            let holes = "[...each.querySelectorAll('.dim')].map(path => path.getAttribute('d').split(/z/i).length - 2)";
            let spots = format!("{figures}.flatMap(each => {holes}).reduce((sum, each) => sum + each, 0)");
            assert_eq!(open.number(&spots) as usize, count(highlights_of), "highlights of {slug} {id}");
            let text =
                open.text(&format!("document.getElementById('{id}').textContent.replace(/\\s+/g, ' ')"));
            for word in shown.iter().flat_map(|scene| words_of(scene)) {
                assert!(text.contains(word), "{slug} {id}: `{word}` in `{text}`");
            }
        }
    }
}

/// The steps with the scenes whose screenshot stands in them.
fn shown_scenes(guide: &Resolved) -> Vec<(&str, Vec<&Scene>)> {
    let own = |scene: &&Scene| scene.shot.is_some() && !scene.inherited;
    guide.steps.iter().map(|step| (step.id.as_str(), step.scenes.iter().filter(own).collect())).collect()
}

fn rings_of(scene: &Scene) -> usize {
    let rings = |kind: &ActionKind| match kind {
        ActionKind::Point { .. } | ActionKind::Type { .. } | ActionKind::Select { .. } => 1,
        ActionKind::Drag { .. } => 2,
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => 0,
    };
    scene.actions.iter().map(|action| rings(&action.kind)).sum()
}

fn highlights_of(scene: &Scene) -> usize {
    scene.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Highlight)).count()
}

/// What is typed, chosen, pressed or noted: a reader without script has to be told.
fn words_of(scene: &Scene) -> Vec<&str> {
    let said = scene.actions.iter().filter_map(|action| match &action.kind {
        ActionKind::Type { text, .. } => Some(text.as_str()),
        ActionKind::Select { option, .. } => Some(option.as_str()),
        ActionKind::Press { keys } => Some(keys.as_str()),
        ActionKind::Point { .. }
        | ActionKind::Drag { .. }
        | ActionKind::Scroll { .. }
        | ActionKind::Wait { .. } => None,
    });
    let noted = scene.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Callout { text, .. } => Some(text.as_str()),
        MarkKind::Highlight => None,
    });
    said.chain(noted).collect()
}

#[test]
fn on_paper_no_step_is_split() {
    let mut split = Vec::new();
    for slug in Site::own().slugs() {
        for (name, size) in [("A4", paper::A4), ("Letter", paper::LETTER)] {
            let mut open = Look::still().blank();
            open.go(&Site::own().guide_url(&slug));
            // A mark at the end of each step: where it lies, the step ends.
            let marks = "[...document.querySelectorAll('main ol > li[id]')].flatMap((step, index) => {
                const mark = document.createElement('div');
                [mark.id, step.id] = [`end-${index}`, `begin-${index}`];
                step.append(mark);
                return [step.id, mark.id];
            })";
            let marks: Vec<String> =
                serde_json::from_value(open.evaluate(marks).expect("marked")).expect("ids");
            let sheets = paper::sheets(&mut open, &marks, size);
            assert_eq!(sheets.len(), marks.len(), "every mark of {slug} is found in {sheets:?}");
            for step in 0..marks.len() / 2 {
                let (begin, end) = (sheets[&format!("begin-{step}")], sheets[&format!("end-{step}")]);
                if begin != end {
                    split.push(format!("{slug}: step {} on {name}", step + 1));
                }
            }
        }
    }
    assert!(split.is_empty(), "{}", split.join("\n"));
}

#[test]
fn on_paper_the_article_stands_alone() {
    for slug in Site::own().slugs() {
        let mut open = Look::still().blank();
        open.go(&Site::own().guide_url(&slug));
        let paper = guidemark::browser::Media { print: true, ..Default::default() };
        open.set_media(paper).expect("set");
        let shown = "[...document.querySelectorAll('guidemark-player, button, dialog, details')]
            .filter(each => each.checkVisibility()).length";
        assert_eq!(open.number(shown), 0.0, "{slug}: nothing is left that a reader of paper cannot use");
        let steps =
            "[...document.querySelectorAll('main ol > li[id]')].every(step => step.checkVisibility())";
        assert_eq!(open.text(steps), "true", "{slug}");
    }
}

#[test]
fn on_paper_no_line_of_code_is_cut() {
    let paper = guidemark::browser::Media { print: true, ..Default::default() };
    let cut = "[...document.querySelectorAll('pre')].filter(code => code.scrollWidth > code.clientWidth + 1).length";
    let mut blocks = 0.0;
    for slug in Site::own().slugs() {
        let mut open = Look::phone().blank();
        open.go(&Site::own().guide_url(&slug));
        open.set_media(paper).expect("set");
        blocks += open.number("document.querySelectorAll('pre').length");
        assert_eq!(open.number(cut), 0.0, "{slug}: nobody scrolls paper");
    }
    assert!(blocks > 9.0, "{blocks} blocks of code");
}
