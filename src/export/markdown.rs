//! A guide as Markdown that any wiki takes, with its pictures beside it.

use super::png_file::png_of;
use super::stills::{self, Still};
use super::{ExportError, Exported, Exporting, Flavour};
use crate::edit::{DraftStep, image_markdown, redraft};
use crate::guide::{MAX_PICTURE, split_sentence};
use crate::shot::decode;
use crate::source::{ProjectPath, Span};
use crate::theme::words::{self, Words};
use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// The folder of a guide: `SLUG/SLUG.md` and `SLUG/images`.
pub fn folder(
    exporting: Exporting<'_>,
    flavour: Flavour,
    steps: Vec<Vec<Still>>,
) -> Result<Exported, ExportError> {
    let draft = redraft(exporting.source, exporting.guide);
    let mut writer =
        Writer { exporting, flavour, text: String::new(), files: Vec::new(), named: BTreeMap::new() };
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
        let mut parts = vec![self.text(&step.sentence)];
        for (at, still) in stills.into_iter().enumerate() {
            let path = format!("images/{}", stills::name(number, at));
            let picture =
                image_markdown(&path, &still.alt).map_err(|refusal| ExportError::Failed(refusal.message))?;
            parts.push(picture);
            let caption = still.caption.map(|caption| format!("*{}*", crate::edit::plain_markdown(&caption)));
            parts.extend(caption);
            let notes: Vec<String> =
                still.notes.iter().map(|note| format!("- {}", crate::edit::plain_markdown(note))).collect();
            parts.push(notes.join("\n"));
            self.files.push((format!("{}/{path}", self.exporting.slug), still.png));
        }
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

    /// Text of the guide as its readers see it.
    fn text(&mut self, markdown: &str) -> String {
        let text = self.exporting.leads.applied(&self.with_pictures(&without_comments(markdown)));
        match self.flavour {
            Flavour::Github => text,
            Flavour::Confluence | Flavour::Notion => with_words(text, self.exporting.words),
        }
    }

    /// Pictures of the prose beside the document; those that can't be read stay as they are named.
    fn with_pictures(&mut self, markdown: &str) -> String {
        let folder = self.exporting.source.path().parent();
        let mut text = markdown.to_owned();
        let mut places: Vec<(Span, String)> = Vec::new();
        for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
            let Event::Start(Tag::Image { dest_url, .. }) = event else { continue };
            let written = markdown.get(range.clone()).unwrap_or_default();
            let Some(at) = written.rfind(dest_url.as_ref()) else { continue };
            let Ok(path) = folder.join(&dest_url) else { continue };
            let Some(name) = self.picture(path) else { continue };
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
    /// Where a picture of the prose lies beside the document: one file for one picture, whatever others are named.
    fn picture(&mut self, path: ProjectPath) -> Option<String> {
        if let Some(name) = self.named.get(&path) {
            return Some(name.clone());
        }
        let bytes = self.exporting.world.read(&path, MAX_PICTURE).ok()?;
        let png = decode(&bytes).ok().and_then(|canvas| png_of(&canvas))?;
        let stem = path.stem().replace(|c: char| !c.is_alphanumeric(), "-");
        // Those of steps have their own.
        let stem = if stem.starts_with("step-") { format!("picture-{stem}") } else { stem };
        let names = (1..).map(|number| match number {
            1 => format!("images/{stem}.png"),
            _ => format!("images/{stem}-{number}.png"),
        });
        let name = names.into_iter().find(|name| !self.named.values().any(|taken| taken == name))?;
        self.files.push((format!("{}/{name}", self.exporting.slug), png));
        self.named.insert(path, name.clone());
        Some(name)
    }
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
    }
    text + rest
}
