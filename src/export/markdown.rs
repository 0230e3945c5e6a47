//! A guide as Markdown that any wiki takes, with its pictures beside it.

use super::png_file::png_of;
use super::stills::{self, Still};
use super::{ExportError, Exported, Exporting, Flavour};
use crate::edit::{DraftStep, image_markdown, redraft};
use crate::guide::{self, Part, Resolved, split_sentence};
use crate::project;
use crate::shot;
use crate::source::{ProjectPath, Span};
use crate::theme::words::{self, Words};
use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag};
use std::collections::{BTreeMap, VecDeque};

/// The folder of a guide: `SLUG/SLUG.md` and `SLUG/images`.
pub fn folder(
    exporting: Exporting<'_>,
    flavour: Flavour,
    steps: Vec<Vec<Still>>,
) -> Result<Exported, ExportError> {
    let Exporting { source, guide, world, .. } = exporting;
    let draft = redraft(source, guide);
    let settings = project::load(world, Some(source.path())).project.settings;
    let resolved = guide::resolve(guide, source, &settings, world).resolved;
    let resolved = resolved.ok_or_else(|| ExportError::Failed("the guide has errors".to_owned()))?;
    let mut writer = Writer {
        exporting,
        resolved: &resolved,
        flavour,
        text: String::new(),
        files: Vec::new(),
        named: BTreeMap::new(),
    };
    writer.block(&format!("# {}", crate::edit::plain_markdown(exporting.title)));
    writer.prose(&draft.introduction);
    let mut stills = steps.into_iter();
    let mut number = 0;
    for chapter in &draft.chapters {
        if let Some(title) = &chapter.title {
            writer.block(&format!("## {}", crate::edit::plain_markdown(title)));
        }
        writer.prose(&chapter.introduction);
        for step in &chapter.steps {
            writer.step(number, step, stills.next().unwrap_or_default())?;
            number += 1;
        }
    }
    writer.prose(&draft.conclusion);
    let slug = exporting.slug;
    let mut files = vec![(format!("{slug}/{slug}.md"), writer.text.into_bytes())];
    files.extend(writer.files);
    Ok(files)
}

struct Writer<'a> {
    exporting: Exporting<'a>,
    /// The guide as meant: it says what of its pictures readers see.
    resolved: &'a Resolved,
    flavour: Flavour,
    text: String,
    files: Exported,
    /// The name that each picture of the prose has got.
    named: BTreeMap<ProjectPath, String>,
}

impl Writer<'_> {
    fn block(&mut self, block: &str) {
        if block.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block.trim_end());
        self.text.push('\n');
    }

    fn prose(&mut self, markdown: &str) {
        let text = self.text(markdown);
        self.block(&text);
    }

    fn step(&mut self, number: usize, step: &DraftStep, stills: Vec<Still>) -> Result<(), ExportError> {
        let mut written = VecDeque::new();
        let mut below = Vec::new();
        for (at, still) in stills.into_iter().enumerate() {
            let path = format!("images/{}", stills::name(number, at));
            below.push(below_text(&path, &still)?);
            self.files.push((format!("{}/{path}", self.exporting.slug), still.png));
            written.push_back(path);
        }
        // A text that holds its screenshots shows each where it is written.
        let mut within: VecDeque<(String, String)> = match step.within {
            Some(_) => self.screenshots(number).zip(written).collect(),
            None => VecDeque::new(),
        };
        let all = within.len();
        let mut parts = vec![self.text_with(&step.sentence, &mut within)];
        let placed = all - within.len();
        parts.extend(below.into_iter().enumerate().flat_map(|(at, (picture, notes))| {
            // Its caption stands in the text, too.
            let own = if at < placed { None } else { Some(picture) };
            own.into_iter().flatten().chain([notes])
        }));
        for scene in &step.scenes {
            parts.push(self.text(&scene.text));
        }
        parts.retain(|part| !part.trim().is_empty());
        let text = match self.flavour {
            Flavour::Github => item(number + 1, &parts.join("\n\n")),
            // Their lists can't hold pictures: a heading a step keeps what belongs together.
            Flavour::Confluence | Flavour::Notion => heading(number + 1, &parts),
        };
        self.block(&text);
        Ok(())
    }

    /// The addresses of a step's screenshots as they are written, in order.
    fn screenshots(&self, number: usize) -> impl Iterator<Item = String> + use<'_> {
        let parts =
            self.exporting.guide.steps.get(number).map(|step| step.parts.as_slice()).unwrap_or_default();
        parts.iter().filter_map(|part| match part {
            Part::Screenshot(image) => Some(image.target.value.clone()),
            Part::Prose(_) | Part::Annotation(_) => None,
        })
    }

    /// Text of the guide as its readers see it.
    fn text(&mut self, markdown: &str) -> String {
        self.text_with(markdown, &mut VecDeque::new())
    }

    /// The same of a text that shows `stills`, in order: the addresses that are written, and where the stills lie. Those that
    /// it shows are taken out.
    fn text_with(&mut self, markdown: &str, stills: &mut VecDeque<(String, String)>) -> String {
        let text = self.with_pictures(&without_comments(markdown), stills);
        let text = self.exporting.leads.applied(&text);
        match self.flavour {
            Flavour::Github => text,
            Flavour::Confluence | Flavour::Notion => with_words(text, self.exporting.words),
        }
    }

    /// Pictures of the prose beside the document; those that can't be read stay as they are named.
    fn with_pictures(&mut self, markdown: &str, stills: &mut VecDeque<(String, String)>) -> String {
        let mut text = markdown.to_owned();
        let mut places: Vec<(Span, String)> = Vec::new();
        for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
            let Event::Start(Tag::Image { dest_url, .. }) = event else { continue };
            let written = markdown.get(range.clone()).unwrap_or_default();
            let Some(at) = written.rfind(dest_url.as_ref()) else { continue };
            let still = stills.pop_front_if(|(address, _)| *address == *dest_url).map(|(_, still)| still);
            let Some(name) = still.or_else(|| self.picture(&dest_url)) else { continue };
            let start = range.start + at;
            places.push((Span::new(start, start + dest_url.len()), name));
        }
        for (span, name) in places.into_iter().rev() {
            text.replace_range(span.start..span.end, &name);
        }
        text
    }
}

impl Writer<'_> {
    /// Where a picture of the prose lies beside the document, as readers see it: one file for one picture, whatever others are
    /// named.
    fn picture(&mut self, address: &str) -> Option<String> {
        // What a guide covers in a picture, it covers wherever the picture stands.
        let shot = self.resolved.inline.get(self.resolved.inline_index(address)?)?;
        let path = &shot.picture.path;
        if let Some(name) = self.named.get(path) {
            return Some(name.clone());
        }
        let png = png_of(&shot::shown(shot, self.exporting.world)?)?;
        let stem = path.stem().replace(|c: char| !c.is_alphanumeric(), "-");
        // Those of steps have their own.
        let stem = if stem.starts_with("step-") { format!("picture-{stem}") } else { stem };
        let names = (1..).map(|number| match number {
            1 => format!("images/{stem}.png"),
            _ => format!("images/{stem}-{number}.png"),
        });
        let name = names.into_iter().find(|name| !self.named.values().any(|taken| taken == name))?;
        self.files.push((format!("{}/{name}", self.exporting.slug), png));
        self.named.insert(path.clone(), name.clone());
        Some(name)
    }
}

/// A still with its caption, and the notes below it.
fn below_text(path: &str, still: &Still) -> Result<(Vec<String>, String), ExportError> {
    let picture = image_markdown(path, &still.alt).map_err(|refusal| ExportError::Failed(refusal.message))?;
    let caption =
        still.caption.as_deref().map(|caption| format!("*{}*", crate::edit::plain_markdown(caption)));
    let notes = still.notes.iter().map(|note| format!("- {}", crate::edit::plain_markdown(note)));
    Ok(([picture].into_iter().chain(caption).collect(), notes.collect::<Vec<_>>().join("\n")))
}

/// Notes by the word that readers see: wikis other than GitHub's show `[!TIP]` as it is.
fn with_words(mut text: String, words: &Words) -> String {
    let parser = Parser::new_ext(&text, Options::ENABLE_GFM | Options::ENABLE_TABLES);
    let notes = parser.into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::BlockQuote(Some(kind))) => {
            let written = text.get(range.clone())?;
            let (from, to) = (written.find("[!")?, written.find(']')? + 1);
            Some((range.start + from..range.start + to, kind))
        }
        _ => None,
    });
    for (range, kind) in notes.collect::<Vec<_>>().into_iter().rev() {
        text.replace_range(range, &format!("**{}:**", note_word(kind, words)));
    }
    text
}

/// `Tip`, in the language of the guide.
pub fn note_word(kind: BlockQuoteKind, words: &Words) -> String {
    let key = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    words::fill(words, key, &[])
}

fn item(number: usize, text: &str) -> String {
    let marker = format!("{number}. ");
    let margin = " ".repeat(marker.len());
    let mut lines = text.lines();
    let first = format!("{marker}{}\n", lines.next().unwrap_or_default());
    lines.fold(first, |all, line| {
        let blank = line.trim().is_empty();
        all + if blank { "" } else { margin.as_str() } + if blank { "" } else { line } + "\n"
    })
}

/// `### 3. Title`, then the rest. The title is the first sentence.
fn heading(number: usize, parts: &[String]) -> String {
    let (first, rest) = parts.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let (paragraph, more) = first.split_once("\n\n").unwrap_or((first, ""));
    let (title, others) = split_sentence(paragraph);
    let blocks = [others.trim(), more.trim()].into_iter().chain(rest.iter().map(String::as_str));
    let rest: Vec<&str> = blocks.filter(|block| !block.is_empty()).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("### {number}. {}\n\n{}", title.trim_end_matches(['.', ':']), rest.join("\n\n"))
}

/// Comments speak to Guidemark and to authors alone.
fn without_comments(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
        // Where it had a line of its own, the line goes with it.
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        if text.get(start..).is_some_and(|line| line.trim().is_empty())
            && let Some(below) = rest.strip_prefix('\n')
        {
            text.truncate(start);
            rest = below;
        }
    }
    text + rest
}
