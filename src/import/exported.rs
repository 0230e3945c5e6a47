//! Guides exported as Markdown from Scribe, Tango and the like: their pictures lie on other servers.

use super::address::{self, Place};
use super::copies::{Copied, Copies};
use super::fetch::Fetcher;
use super::places::Places;
use super::rest::{self, Rest};
use super::{ImportError, ImportNote, Imported, amid, front, sentence};
use crate::diagnostic::Severity;
use crate::edit::{Draft, DraftChapter, DraftScene, DraftStep, link_address, plain_markdown, redraft};
use crate::guide::{self, Block, Guide, Parsed, PictureFinder};
use crate::project;
use crate::source::{ProjectPath, Source, World};
use pulldown_cmark::{Event, Tag};

/// A guide from the Markdown file at `path` of a world. Its pictures are found as a build finds them, those of other servers fetched.
///
/// # Errors
/// [`ImportError`] if the file can't be read, no step is found in it, its pictures break the limits, or what it says can't be written as
/// a guide.
pub fn exported(
    path: &ProjectPath,
    world: &dyn World,
    fetcher: &dyn Fetcher,
) -> Result<Imported, ImportError> {
    let source = read(path, world)?;
    let parsed = guide::parse(&source);
    check(&parsed, path)?;
    let guide = &parsed.guide;
    let settings = project::load(world, Some(path)).project.settings;
    let finder = PictureFinder::new(guide, &source, &settings, world);
    let mut copies = Copies::new(finder, world, fetcher, Places::new(guide, &source));
    copies.notes.extend(unread_front(&parsed, &source));
    copies.notes.extend(unread_annotations(&parsed, &source)?);
    let mut draft = redraft(&source, guide);
    rest::allow(&mut draft, guide);
    without_credit(&mut draft, &mut copies.notes);
    draft.keys = front::keys(&source, &guide.front, !draft.title.is_empty(), &mut copies)?;
    if draft.title.is_empty() {
        let other = guide.front.other_title.as_ref().map(|title| title.value.clone());
        draft.title = other.unwrap_or_else(|| path.stem().replace(['-', '_'], " "));
    }
    let rest = Rest::new(&source);
    pictures(&mut draft, &page_addresses(guide), &rest.definitions(), &mut copies)?;
    rest.into(&mut draft, &mut copies.notes);
    readable(&mut draft, guide, &source)?;
    let Copies { pictures, notes, .. } = copies;
    Ok(Imported { draft, pictures, notes, lock: None })
}

fn read(path: &ProjectPath, world: &dyn World) -> Result<Source, ImportError> {
    let unread = |reason: String| ImportError::new(reason, "name a Markdown file in UTF-8");
    let bytes = world.read(path, guide::MAX_FILE).map_err(|error| unread(error.about(path)))?;
    let text = String::from_utf8(bytes).map_err(|_| unread(format!("`{path}` is not text in UTF-8")))?;
    Ok(Source::new(path.clone(), text))
}

fn check(parsed: &Parsed, path: &ProjectPath) -> Result<(), ImportError> {
    if parsed.guide.broken {
        let why = parsed.diagnostics.iter().find(|one| one.severity == Severity::Error);
        let (message, help) =
            why.map(|one| (one.message.as_str(), one.help.clone().unwrap_or_default())).unwrap_or_default();
        return Err(ImportError::new(format!("`{path}` can't be read: {message}"), help));
    }
    if parsed.guide.steps.is_empty() {
        return Err(ImportError::new(
            format!("no steps were found in `{path}`"),
            "number its steps: `1. …`, `## Step 1: …`, or `### 1. …`",
        ));
    }
    Ok(())
}

/// Says that the front matter is lost, if it can't be read.
fn unread_front(parsed: &Parsed, source: &Source) -> Option<ImportNote> {
    let why = parsed.diagnostics.iter().find(|one| one.code == "bad-front-matter")?;
    let message = match parsed.guide.front.broken {
        true => format!("left out the front matter: {}", why.message),
        false => why.message.clone(),
    };
    Some(ImportNote { message, line: why.span.map(|span| source.position(span.start).line) })
}

/// Says which annotations are lost, for they can't be read.
///
/// # Errors
/// [`ImportError`] if one of them hides something on a picture.
fn unread_annotations(parsed: &Parsed, source: &Source) -> Result<Vec<ImportNote>, ImportError> {
    let mut notes = Vec::new();
    let wrong = parsed.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    for one in wrong.filter(|one| one.code != "bad-front-matter") {
        let line = one.span.map(|span| source.position(span.start).line);
        if line.is_some_and(|line| source.line(line).contains("@redact")) {
            let help = one.help.clone().unwrap_or_default();
            return Err(ImportError { line, ..ImportError::new(one.message.clone(), help) });
        }
        notes.push(ImportNote { message: format!("not read: {}", one.message), line });
    }
    Ok(notes)
}

/// Gets the pictures of all texts and steps, in their order.
fn pictures(
    draft: &mut Draft,
    addresses: &[(String, String)],
    definitions: &str,
    copies: &mut Copies<'_>,
) -> Result<(), ImportError> {
    let title = draft.title.clone();
    let text = |text: &mut String, copies: &mut Copies<'_>| -> Result<(), ImportError> {
        *text = amid::copied(text, &title, definitions, copies)?;
        Ok(())
    };
    text(&mut draft.introduction, copies)?;
    for chapter in &mut draft.chapters {
        let page =
            clean_title(chapter).and_then(|title| addresses.iter().find(|(heading, _)| *heading == title));
        let mut page = page.map(|(_, address)| address.as_str());
        text(&mut chapter.introduction, copies)?;
        for step in &mut chapter.steps {
            step_pictures(step, page.take(), definitions, copies)?;
        }
    }
    text(&mut draft.conclusion, copies)
}

/// Makes sure that the guide can be written so that all of it is read again.
fn readable(draft: &mut Draft, guide: &Guide, source: &Source) -> Result<(), ImportError> {
    if draft.markdown().is_err() {
        rest::as_text(draft);
    }
    let Err(refusal) = draft.markdown() else { return Ok(()) };
    let alone = |step: &DraftStep| Draft {
        chapters: vec![DraftChapter { steps: vec![step.clone()], ..DraftChapter::default() }],
        ..Draft::default()
    };
    let mut steps = draft.chapters.iter().flat_map(|chapter| &chapter.steps);
    let wrong = steps.position(|step| alone(step).markdown().is_err());
    let step = wrong.and_then(|at| guide.steps.get(at));
    let message = wrong.map_or(refusal.message, |at| {
        format!("step {} can't be written as an item of a list: it would be read as something else", at + 1)
    });
    let help = "in the file, put each picture of the step on a line of its own between blank lines, indented as far as the step's text";
    Err(ImportError {
        line: step.map(|step| source.position(step.span.start).line),
        ..ImportError::new(message, help)
    })
}

/// The headings that are links, with their addresses: Tango names the page of the steps below so.
fn page_addresses(guide: &Guide) -> Vec<(String, String)> {
    let address_of = |block: &Block| match block {
        Block::Heading { content, .. } => {
            let link = content.iter().find_map(|(event, _)| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            })?;
            let is_web = link.starts_with("https://") || link.starts_with("http://");
            is_web.then(|| (without_hash(&guide::plain(content)).to_owned(), link))
        }
        Block::Prose { .. } | Block::Steps { .. } => None,
    };
    guide.blocks.iter().filter_map(address_of).collect()
}

/// The chapter's title as it shall be: Tango writes `# ` into it.
fn clean_title(chapter: &mut DraftChapter) -> Option<String> {
    let title = chapter.title.as_mut()?;
    *title = without_hash(title).to_owned();
    Some(title.clone())
}

fn without_hash(title: &str) -> &str {
    title.trim_start_matches(['#', ' '])
}

/// Takes out what only says with which tool the guide was made, and says so.
fn without_credit(draft: &mut Draft, notes: &mut Vec<ImportNote>) {
    let mut clean = |text: &mut String| {
        // Lines of code may look like anything.
        if text.contains("```") {
            return;
        }
        let blocks: Vec<&str> = text.split("\n\n").collect();
        let (credit, rest): (Vec<&str>, Vec<&str>) = blocks.into_iter().partition(|block| is_credit(block));
        if credit.is_empty() {
            return;
        }
        for block in credit.iter().filter(|block| names_tool(block)) {
            let line = block.trim().trim_start_matches(['*', '\n', '#', ' ']);
            notes.push(ImportNote::new(format!("left out the line `{line}`")));
        }
        *text = rest.join("\n\n").trim_end().trim_start_matches('\n').to_owned();
    };
    clean(&mut draft.introduction);
    for chapter in &mut draft.chapters {
        clean(&mut chapter.introduction);
        for step in &mut chapter.steps {
            clean(&mut step.sentence);
            step.scenes.iter_mut().for_each(|scene| clean(&mut scene.text));
        }
    }
    clean(&mut draft.conclusion);
    draft.chapters.retain(|chapter| {
        let is_empty = chapter.title.is_none() && chapter.introduction.is_empty() && chapter.steps.is_empty();
        !is_empty
    });
}

/// Whether a block of Markdown only keeps parts apart, or says `Made by … with Scribe`.
fn is_credit(block: &str) -> bool {
    let is_line = |line: &str| ["<br/>", "<br>", "***", "---", ""].contains(&line.trim());
    let mut lines = block.lines().filter(|line| !is_line(line));
    let Some(text) = lines.next() else { return true };
    let words = text.trim_start_matches(['#', '_', '*', ' ', '[', '-']);
    let made = ["Made ", "Created with"].iter().any(|start| words.starts_with(start));
    made && names_tool(text) && lines.next().is_none()
}

fn names_tool(text: &str) -> bool {
    ["scribehow.com", "tango.us", "tango.ai"].iter().any(|tool| text.contains(tool))
}

/// Gets the pictures of a step; `page`: the address that its first one shows.
fn step_pictures(
    step: &mut DraftStep,
    page: Option<&str>,
    definitions: &str,
    copies: &mut Copies<'_>,
) -> Result<(), ImportError> {
    step.sentence = sentence::of_tool(&step.sentence);
    let mut page = page;
    let first = step.sentence.clone();
    step.sentence = amid::copied(&first, &first, definitions, copies)?;
    for scene in &mut step.scenes {
        let mut is_lost = false;
        if let Some(written) = scene.picture.as_ref().map(|picture| picture.path.clone()) {
            match copies.copy(&written, &first)? {
                Some(Copied { path, size }) => {
                    mark(scene, &written, size, &first);
                    scene.annotations.splice(0..0, page.take().map(|page| format!("@url \"{page}\"")));
                    scene.picture.iter_mut().for_each(|picture| picture.path.clone_from(&path));
                }
                None => is_lost = true,
            }
        }
        scene.text = amid::copied(&scene.text, &first, definitions, copies)?;
        if is_lost {
            link(scene);
        }
    }
    step.scenes.retain(|scene| {
        let holds = scene.picture.is_some() || !scene.annotations.is_empty();
        if !holds && !scene.text.is_empty() {
            step.sentence += &format!("\n\n{}", scene.text);
        }
        holds
    });
    Ok(())
}

/// Writes down where the click was, and what is shown of the picture.
fn mark(scene: &mut DraftScene, written: &str, (width, height): (f64, f64), sentence: &str) {
    let found = address::read(written).find(width, height);
    if let Some(cut) = found.cut {
        scene.annotations.push(format!("@crop {}", region(cut)));
    }
    if let Some(place) = found.mark {
        scene.annotations.push(action(place, sentence));
    }
}

/// What the step does there, by its first word.
fn action(place: Place, sentence: &str) -> String {
    let region = region(place);
    let typed = sentence.strip_prefix("Type `").and_then(|rest| rest.split_once('`'));
    match typed {
        Some((text, _)) if place.w > 0.0 => {
            format!("@type {region} \"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
        _ if sentence.starts_with("Double-click") => format!("@double-click {region}"),
        _ if sentence.starts_with("Right-click") => format!("@right-click {region}"),
        _ => format!("@click {region}"),
    }
}

fn region(Place { x, y, w, h }: Place) -> String {
    let corner = format!("{:.0},{:.0}", x, y);
    if w < 1.0 || h < 1.0 { corner } else { format!("{corner} {w:.0}x{h:.0}") }
}

/// Leaves the picture as a link, so that nothing is lost.
fn link(scene: &mut DraftScene) {
    let Some(picture) = scene.picture.take() else { return };
    let link = amid::markdown_link(&amid::words(&picture.alt), &link_address(&picture.path));
    let caption = picture.caption.map(|caption| format!("*{}*", plain_markdown(&caption)));
    let parts = [Some(link), caption, Some(scene.text.clone())].into_iter().flatten();
    scene.text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
}
