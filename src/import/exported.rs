//! Guides exported as Markdown from Scribe, Tango and the like: their pictures lie on other servers.

use super::address::{self, Place};
use super::fetch::Fetcher;
use super::names::Names;
use super::pictures::too_many;
use super::{ImportError, ImportNote, Imported, ImportedPicture, MAX_BYTES, MAX_PICTURES, sentence};
use crate::diagnostic::Severity;
use crate::edit::{Draft, DraftChapter, DraftScene, DraftStep, redraft};
use crate::guide::{self, Block, Guide};
use crate::shot;
use crate::source::{ProjectPath, Source, World};
use pulldown_cmark::{Event, Tag};

/// A guide from the Markdown file at `path` of a world. Pictures beside it are read, those of other servers fetched.
///
/// # Errors
/// [`ImportError`] if the file can't be read, no step is found in it, or its pictures break the limits.
pub fn exported(
    path: &ProjectPath,
    world: &dyn World,
    fetcher: &dyn Fetcher,
) -> Result<Imported, ImportError> {
    let unread = |reason: String| ImportError::new(reason, "name a Markdown file in UTF-8");
    let bytes = world.read(path, guide::MAX_FILE).map_err(|error| unread(error.about(path)))?;
    let text =
        String::from_utf8(bytes.to_vec()).map_err(|_| unread(format!("`{path}` is no text in UTF-8")))?;
    let source = Source::new(path.clone(), text);
    let parsed = guide::parse(&source);
    if parsed.guide.broken {
        let why = parsed.diagnostics.into_iter().find(|one| one.severity == Severity::Error);
        let (message, help) = why.map(|one| (one.message, one.help.unwrap_or_default())).unwrap_or_default();
        return Err(ImportError::new(format!("`{path}` can't be read: {message}"), help));
    }
    if parsed.guide.steps.is_empty() {
        return Err(ImportError::new(
            format!("no steps were found in `{path}`"),
            "number its steps: `1. …`, `## Step 1: …`, or `### 1. …`",
        ));
    }
    let mut draft = redraft(&source, &parsed.guide);
    let mut imported = Imported::default();
    if draft.title.is_empty() {
        draft.title = path.stem().replace(['-', '_'], " ");
    }
    without_credit(&mut draft, &mut imported.notes);
    let addresses = page_addresses(&parsed.guide);
    let mut pictures = Pictures { folder: path.parent(), world, fetcher, names: Names::default(), size: 0 };
    for chapter in &mut draft.chapters {
        let page =
            clean_title(chapter).and_then(|title| addresses.iter().find(|(heading, _)| *heading == title));
        let mut page = page.map(|(_, address)| address.as_str());
        for step in &mut chapter.steps {
            pictures.take(step, page.take(), &mut imported)?;
        }
    }
    imported.draft = draft;
    Ok(imported)
}

/// The headings that are links, with their addresses: Tango names the page of the steps below so.
fn page_addresses(guide: &Guide) -> Vec<(String, String)> {
    let of = |block: &Block| match block {
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
    guide.blocks.iter().filter_map(of).collect()
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
        let (credit, kept): (Vec<&str>, Vec<&str>) = blocks.into_iter().partition(|block| is_credit(block));
        for block in credit.iter().filter(|block| names_tool(block)) {
            let line = block.trim().trim_start_matches(['*', '\n', '#', ' ']);
            notes.push(ImportNote::new(format!("left out the line `{line}`")));
        }
        *text = kept.join("\n\n").trim().to_owned();
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
    let said = text.trim_start_matches(['#', '_', '*', ' ', '[', '-']);
    let made = ["Made ", "Created with"].iter().any(|start| said.starts_with(start));
    made && names_tool(text) && lines.next().is_none()
}

fn names_tool(text: &str) -> bool {
    ["scribehow.com", "tango.us", "tango.ai"].iter().any(|tool| text.contains(tool))
}

/// The pictures of a guide, one after the other.
struct Pictures<'a> {
    folder: ProjectPath,
    world: &'a dyn World,
    fetcher: &'a dyn Fetcher,
    names: Names,
    size: usize,
}

impl Pictures<'_> {
    /// Gets the pictures of a step; `page`: the address that its first one shows.
    fn take(
        &mut self,
        step: &mut DraftStep,
        page: Option<&str>,
        imported: &mut Imported,
    ) -> Result<(), ImportError> {
        step.sentence = sentence::of_tool(&step.sentence);
        let mut page = page;
        let first = step.sentence.clone();
        for scene in &mut step.scenes {
            let Some(picture) = &scene.picture else { continue };
            let written = picture.path.clone();
            match self.get(&written) {
                Ok((bytes, size)) => {
                    self.size += bytes.len();
                    if imported.pictures.len() >= MAX_PICTURES || self.size > MAX_BYTES {
                        return Err(too_many());
                    }
                    let path = self.names.picture(&stem(&written, &first), shot::ending(&bytes));
                    mark(scene, &written, size, &first);
                    scene.annotations.splice(0..0, page.take().map(|page| format!("@url \"{page}\"")));
                    if let Some(picture) = &mut scene.picture {
                        picture.path.clone_from(&path);
                    }
                    imported.pictures.push(ImportedPicture { path, bytes });
                }
                Err(reason) => {
                    let message = format!("left a link to the picture `{written}`: {reason}");
                    imported.notes.push(ImportNote::new(message));
                    link(scene, &written);
                }
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

    /// A picture's bytes and its size in pixels.
    fn get(&self, written: &str) -> Result<(Vec<u8>, (f64, f64)), String> {
        let remote = written.starts_with("https://") || written.starts_with("http://");
        let bytes = if remote {
            self.fetcher.fetch(&address::read(written).url)?
        } else {
            let path = self
                .folder
                .join(written)
                .map_err(|_| "it lies outside the folder of the guide".to_owned())?;
            self.world.read(&path, guide::MAX_PICTURE).map_err(|error| error.about(&path))?.to_vec()
        };
        let canvas = shot::decode(&bytes).map_err(|broken| format!("it {}", broken.message))?;
        Ok((bytes, (f64::from(canvas.width()), f64::from(canvas.height()))))
    }
}

/// A name for a picture: its own where that says something, else what its step says.
fn stem(written: &str, sentence: &str) -> String {
    let name = written.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let remote = written.contains("://");
    if remote || stem.is_empty() { sentence.to_owned() } else { stem.to_owned() }
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
fn link(scene: &mut DraftScene, written: &str) {
    scene.picture = None;
    let safe: String = written.chars().filter(|c| !c.is_whitespace() && !"<>()".contains(*c)).collect();
    let link = format!("[Screenshot]({safe})");
    scene.text = if scene.text.is_empty() { link } else { format!("{link}\n\n{}", scene.text) };
}
