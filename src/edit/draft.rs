//! A guide that does not exist yet, as data, and its one way into Markdown.

use super::image;
use super::lines;
use super::replacement::Refusal;
use super::scalar::{Format, scalar};
use super::text::new_lines;
use crate::guide::{self, Part, WrittenStep};
use crate::source::{ProjectPath, Source};

/// A guide that is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The title, as plain text.
    pub title: String,
    /// Further keys of the front matter, in order.
    pub keys: Vec<(String, DraftValue)>,
    /// Markdown before the first chapter; may be empty.
    pub introduction: String,
    /// The chapters in order. Steps are counted through all of them.
    pub chapters: Vec<DraftChapter>,
    /// Markdown behind the last step; may be empty.
    pub conclusion: String,
}

/// A value of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftValue {
    /// A text. YAML would read `true`, a number or a date as something else: it is quoted then.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(u64),
    /// Texts between brackets.
    List(Vec<String>),
    /// A table on lines of its own.
    Table(Vec<(String, DraftValue)>),
}

/// Steps that follow each other under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftChapter {
    /// Its heading, as plain text; `None`: the steps stand without one.
    pub title: Option<String>,
    /// Markdown between the heading and the first step; may be empty.
    pub introduction: String,
    /// The steps in order.
    pub steps: Vec<DraftStep>,
}

/// A step that is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftStep {
    /// Markdown; plain text goes through [`plain_markdown`].
    pub sentence: String,
    /// Annotations of the whole step (`@id`, `@title`, `@card`): a line each, without a comment's signs.
    pub annotations: Vec<String>,
    /// Its screenshots in order.
    pub scenes: Vec<DraftScene>,
    /// How many annotations stand in the sentence, where that is the whole step with its screenshots.
    pub within: Option<usize>,
}

/// A screenshot that is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftScene {
    /// The picture; `None`: that of the steps before.
    pub picture: Option<DraftPicture>,
    /// Annotations: a line each, without a comment's signs.
    pub annotations: Vec<String>,
    /// Markdown behind the screenshot; may be empty.
    pub text: String,
}

/// A picture of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftPicture {
    /// Path relative to the guide, with `/` between its parts.
    pub path: String,
    /// Alternative text, as plain text; may be empty.
    pub alt: String,
    /// What is written below it, as plain text.
    pub caption: Option<String>,
    /// Where a click on it leads in the article.
    pub link: Option<String>,
}

impl Draft {
    /// The Markdown of the guide, lines ended by `\n`.
    ///
    /// # Errors
    /// [`Refusal`] if the guide would say something else than the draft: a sentence that swallows its screenshot, an
    /// annotation that can't stand in a comment, a path that can't stand in a link.
    pub fn markdown(&self) -> Result<String, Refusal> {
        let mut text = self.front();
        let mut number = 0;
        push(&mut text, &self.introduction);
        for chapter in &self.chapters {
            if let Some(title) = &chapter.title {
                push(&mut text, &format!("## {}", heading(title)));
            }
            push(&mut text, &chapter.introduction);
            for step in &chapter.steps {
                number += 1;
                push(&mut text, &step.markdown(number)?);
            }
        }
        push(&mut text, &self.conclusion);
        self.check(&text)?;
        Ok(text)
    }

    fn front(&self) -> String {
        let title = DraftValue::Text(image::one_line(&self.title));
        let mut text = String::from("---\n");
        write_key(&mut text, "", "title", &title);
        for (key, value) in &self.keys {
            write_key(&mut text, "", key, value);
        }
        text + "---\n"
    }

    /// Reads the text back and compares what matters: no step, picture or annotation may be lost.
    fn check(&self, text: &str) -> Result<(), Refusal> {
        let path = ProjectPath::new("index.md").unwrap_or_default();
        let parsed = guide::parse(&Source::new(path, text.to_owned()));
        let drafted: Vec<&DraftStep> = self.chapters.iter().flat_map(|chapter| &chapter.steps).collect();
        let read = &parsed.guide.steps;
        if parsed.guide.broken || read.len() != drafted.len() {
            return Err(Refusal::new(format!(
                "the guide would have {} steps instead of {}: a text in it reads as something else",
                read.len(),
                drafted.len()
            )));
        }
        let wrong = drafted.iter().zip(read).position(|(step, read)| !step.is_read_as(read));
        wrong.map_or(Ok(()), |at| {
            Err(Refusal::new(format!("the text of step {} would swallow what belongs to it", at + 1)))
        })
    }
}

impl DraftStep {
    fn markdown(&self, number: usize) -> Result<String, Refusal> {
        let marker = format!("{number}. ");
        let margin = " ".repeat(marker.len());
        let mut parts: Vec<Vec<String>> = vec![text_lines(&self.sentence)];
        parts.push(comment(&self.annotations)?);
        for scene in &self.scenes {
            let mut block = Vec::new();
            if let Some(picture) = &scene.picture {
                block.extend(picture.markdown()?);
            }
            block.extend(comment(&scene.annotations)?);
            parts.push(block);
            parts.push(text_lines(&scene.text));
        }
        parts.retain(|part| !part.is_empty());
        let joined = parts.join(&String::new());
        Ok(format!("{marker}{}", lines::indented(&joined, &margin, "\n")).trim_end().to_owned())
    }

    fn is_read_as(&self, read: &WrittenStep) -> bool {
        let pictures = read.parts.iter().filter(|part| matches!(part, Part::Screenshot(_))).count();
        let annotations = read.parts.iter().filter(|part| matches!(part, Part::Annotation(_))).count();
        let drafted = self.scenes.iter().map(|scene| scene.annotations.len()).sum::<usize>();
        let shown = self.scenes.iter().filter(|scene| scene.picture.is_some()).count();
        (pictures == shown || self.within.is_some())
            && annotations == drafted + self.annotations.len() + self.within.unwrap_or(0)
    }
}

/// Plain text as the Markdown of a step's sentence: no more is escaped than must be.
pub fn plain_markdown(text: &str) -> String {
    let text = image::one_line(text);
    let says = |written: &str| {
        let path = ProjectPath::new("index.md").unwrap_or_default();
        let parsed = guide::parse(&Source::new(path, format!("1. {written}\n")));
        match parsed.guide.steps.as_slice() {
            [step] => match step.parts.as_slice() {
                [Part::Prose(events)] => parsed.diagnostics.is_empty() && guide::plain(events) == text,
                _ => false,
            },
            _ => false,
        }
    };
    image::escaped(&text, &[], says)
}

impl DraftPicture {
    /// The lines of the picture and its caption.
    fn markdown(&self) -> Result<Vec<String>, Refusal> {
        let image = image::markdown(&self.path, &self.alt)?;
        let image = match &self.link {
            Some(link) => format!("[{image}]({})", image::address(link)),
            None => image,
        };
        Ok(std::iter::once(image).chain(self.caption.as_deref().and_then(caption)).collect())
    }
}

/// Plain text as the emphasised line below a picture; `None` if it says nothing.
fn caption(text: &str) -> Option<String> {
    let text = image::one_line(text);
    let says = |written: &str| {
        let path = ProjectPath::new("index.md").unwrap_or_default();
        let parsed = guide::parse(&Source::new(path, format!("1. a\n\n   ![x](x.png)\n   *{written}*\n")));
        let parts = parsed.guide.steps.first().map(|step| step.parts.as_slice()).unwrap_or_default();
        matches!(parts, [Part::Prose(_), Part::Screenshot(image)] if image.caption.as_ref() == Some(&text))
    };
    (!text.is_empty()).then(|| format!("*{}*", image::escaped(&text, &['*', '\\'], says)))
}

/// Lines of Markdown without blank lines around them. White space that makes the first one code is kept.
fn text_lines(markdown: &str) -> Vec<String> {
    let mut lines = new_lines(markdown);
    let first = markdown.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let (true, Some(line)) = (first.starts_with("    "), lines.first_mut()) {
        *line = first.trim_end().to_owned();
    }
    lines
}

/// Plain text as the text of a heading.
fn heading(text: &str) -> String {
    let text = image::one_line(text);
    let says = |written: &str| {
        let path = ProjectPath::new("index.md").unwrap_or_default();
        let parsed = guide::parse(&Source::new(path, format!("## {written}\n\n1. a\n")));
        match parsed.guide.blocks.as_slice() {
            [guide::Block::Heading { content, anchor: None, .. }, guide::Block::Steps { .. }] => {
                guide::plain(content) == text
            }
            _ => false,
        }
    };
    image::escaped(&text, &[], says)
}

/// The lines of a comment that holds annotations.
fn comment(annotations: &[String]) -> Result<Vec<String>, Refusal> {
    for line in annotations {
        if line.contains("-->") || line.contains(char::is_control) {
            return Err(Refusal::new(format!("`{line}` can't stand in a comment")));
        }
    }
    Ok(match annotations {
        [] => Vec::new(),
        [line] => vec![format!("<!-- {line} -->")],
        lines => {
            let inner = lines.iter().cloned();
            std::iter::once("<!--".to_owned()).chain(inner).chain(["-->".to_owned()]).collect()
        }
    })
}

/// A block behind a blank line.
fn push(text: &mut String, block: &str) {
    let block = text_lines(block);
    if !block.is_empty() {
        *text += "\n";
        *text += &block.join("\n");
        *text += "\n";
    }
}

fn write_key(text: &mut String, margin: &str, key: &str, value: &DraftValue) {
    let plain = |text: &str| scalar(&image::one_line(text), "", Format::Yaml);
    let written = match value {
        DraftValue::Text(value) => plain(value),
        DraftValue::Bool(value) => value.to_string(),
        DraftValue::Number(value) => value.to_string(),
        DraftValue::List(values) => {
            let all: Vec<_> =
                values.iter().map(|value| scalar(&image::one_line(value), "", Format::Flow)).collect();
            format!("[{}]", all.join(", "))
        }
        DraftValue::Table(fields) => {
            *text += &format!("{margin}{key}:\n");
            for (key, value) in fields {
                write_key(text, &format!("{margin}  "), key, value);
            }
            return;
        }
    };
    *text += &format!("{margin}{key}: {written}\n");
}
