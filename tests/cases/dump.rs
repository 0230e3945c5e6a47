//! A resolved guide as text that people can compare.

use guidemark::guide::{
    ActionKind, Body, Frame, MarkKind, Prose, Rect, Resolved, Scene, Section, Shot, Side, Step, Zoom,
};
use pulldown_cmark::{Event, TagEnd};
use std::fmt::Write;

/// All of a guide.
pub fn dump(guide: &Resolved) -> String {
    let mut out = format!("{} → {}/ {:?}\n", guide.path, guide.slug, guide.title);
    head(guide, &mut out);
    for section in &guide.sections {
        match section {
            Section::Prose(prose) => writeln!(out, "prose {}", text(prose)).unwrap(),
            Section::Chapter { chapter, level, content: _ } => {
                let chapter = &guide.chapters[*chapter];
                let (from, to) = (chapter.steps.start + 1, chapter.steps.end);
                writeln!(out, "chapter {:?} #{} level {level} steps {from}-{to}", chapter.title, chapter.id)
                    .unwrap();
            }
            Section::Steps(range) => {
                guide.steps[range.clone()].iter().for_each(|step| self::step(step, guide, &mut out))
            }
        }
    }
    let dark: std::collections::BTreeSet<usize> = guide.dark.values().copied().collect();
    for (index, shot) in guide.shots.iter().enumerate() {
        self::shot(if dark.contains(&index) { "dark" } else { "shot" }, shot, &mut out);
    }
    guide.inline.iter().for_each(|shot| self::shot("inline", shot, &mut out));
    let entry = guide.entry();
    for link in entry.links {
        let path = link.value.path.map_or("this page".to_owned(), |path| path.to_string());
        writeln!(out, "link {} → {path} {}", link.value.target, link.value.anchor.unwrap_or_default())
            .unwrap();
    }
    writeln!(out, "anchors {}", entry.anchors.join(" ")).unwrap();
    out
}

fn head(guide: &Resolved, out: &mut String) {
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    line("description", guide.description.clone());
    if let Some(app) = &guide.app {
        line(
            "app",
            format!("{:?} {} {:?} {:?} {:?}", app.key, app.name, app.description, app.website, app.logo),
        );
    }
    line("tags", guide.tags.join(", "));
    line("authors", guide.authors.join(", "));
    let date = |date: guidemark::guide::Date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    line("created", guide.created.map(date).unwrap_or_default());
    line("updated", guide.updated.map(date).unwrap_or_default());
    line("lang", guide.lang.clone());
    line("draft", if guide.draft { "yes".to_owned() } else { String::new() });
    line("cursor", guide.cursor.name.clone().unwrap_or_default());
    line(
        "cursor color",
        guide.cursor.color.map(|c| format!("{:02x}{:02x}{:02x}", c.red, c.green, c.blue)).unwrap_or_default(),
    );
    line("frame", if guide.frame == Frame::Browser { String::new() } else { format!("{:?}", guide.frame) });
    // The first screenshot needs no words.
    let cover = guide.cover().filter(|_| guide.cover > Some(0) || guide.is_text());
    line("cover", cover.map(|shot| shot.picture.path.to_string()).unwrap_or_default());
    let backdrop =
        (guide.backdrop != guidemark::project::Backdrop::Brand).then(|| format!("{:?}", guide.backdrop));
    line("backdrop", backdrop.unwrap_or_default());
    line("cta", guide.cta.as_ref().map(|cta| format!("{} {}", cta.label, cta.url)).unwrap_or_default());
    line("theme", guide.theme.clone());
    line("stage", format!("{}×{}", guide.stage.width, guide.stage.height));
    line("words", guide.words.to_string());
}

fn step(step: &Step, guide: &Resolved, out: &mut String) {
    let chapter = step.chapter.map(|at| format!(" in {:?}", guide.chapters[at].title)).unwrap_or_default();
    writeln!(out, "step {} {:?} #{}{chapter} words {}", step.number, step.title, step.id, step.words)
        .unwrap();
    for part in &step.body {
        match part {
            Body::Prose(prose) => writeln!(out, "  text {}", text(prose)).unwrap(),
            Body::Scene(index) => writeln!(out, "  here scene {index}").unwrap(),
        }
    }
    step.scenes.iter().enumerate().for_each(|(index, scene)| self::scene(index, scene, guide, out));
}

fn scene(index: usize, scene: &Scene, guide: &Resolved, out: &mut String) {
    let shot = scene.shot.map_or("card".to_owned(), |at| guide.shots[at].picture.path.to_string());
    let inherited = if scene.inherited { " inherited" } else { "" };
    let url = scene.url.as_ref().map(|url| format!(" at {url}")).unwrap_or_default();
    let zoom = match scene.zoom {
        Zoom::Auto => String::new(),
        Zoom::None => " zoom none".to_owned(),
        Zoom::Region(at) => format!(" zoom {}", rect(&at)),
    };
    writeln!(out, "  scene {index} {shot}{inherited} {:?}{url}{zoom}{}", scene.alt, beside(scene.side))
        .unwrap();
    for action in &scene.actions {
        let text = match &action.kind {
            ActionKind::Point { gesture, at, label } => format!("{gesture:?} {} {label:?}", rect(at)),
            ActionKind::Type { at, text } => format!("Type {} {text:?}", rect(at)),
            ActionKind::Select { at, option } => format!("Select {} {option:?}", rect(at)),
            ActionKind::Press { keys } => format!("Press {keys}"),
            ActionKind::Drag { from, to } => format!("Drag {} to {}", rect(from), rect(to)),
            ActionKind::Scroll { direction } => format!("Scroll {direction:?}"),
            ActionKind::Wait { ms } => format!("Wait {ms} ms"),
        };
        writeln!(out, "    {text}{}", beside(action.side)).unwrap();
    }
    for mark in &scene.marks {
        let text = match &mark.kind {
            MarkKind::Highlight => "Highlight".to_owned(),
            MarkKind::Callout { text, side } => format!("Callout {text:?} {side:?}"),
        };
        writeln!(out, "    {text} {}", rect(&mark.at)).unwrap();
    }
}

/// Where the card stands, if that is said.
fn beside(side: Side) -> String {
    if side == Side::Auto { String::new() } else { format!(" beside {side:?}") }
}

fn shot(name: &str, shot: &Shot, out: &mut String) {
    let size = shot.picture.size();
    let crop = shot.crop.map(|crop| format!(" crop {}", rect(&crop))).unwrap_or_default();
    write!(out, "{name} {} {}×{}{crop}", shot.picture.path, size.width, size.height).unwrap();
    for redaction in &shot.redactions {
        write!(out, " redact {:?} {}", redaction.style, rect(&redaction.at)).unwrap();
    }
    out.push('\n');
}

fn rect(rect: &Rect) -> String {
    if rect.w == 0.0 && rect.h == 0.0 {
        return format!("{},{}", rect.x, rect.y);
    }
    format!("{},{} {}x{}", rect.x, rect.y, rect.w, rect.h)
}

/// The events in brief: names of tags, texts.
fn text(prose: &Prose) -> String {
    let mut out = String::new();
    for (event, _) in &prose.events {
        match event {
            Event::Start(tag) => {
                let name = format!("{:?}", tag.to_end());
                out.push_str(&format!("{}[", name.to_lowercase()));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => out.push_str("] "),
            Event::End(_) => out.push(']'),
            Event::Text(text) => out.push_str(text),
            Event::Code(code) => out.push_str(&format!("`{code}`")),
            Event::SoftBreak => out.push('⏎'),
            Event::FootnoteReference(label) => out.push_str(&format!("[^{label}]")),
            Event::Html(html) | Event::InlineHtml(html) => out.push_str(&format!("<html {:?}>", &**html)),
            other => out.push_str(&format!("<{other:?}>")),
        }
    }
    if !prose.heading_ids.is_empty() {
        out.push_str(&format!(" ids {}", prose.heading_ids.join(" ")));
    }
    out.replace('\n', "⏎")
}
