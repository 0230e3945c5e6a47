//! What of a guide belongs to no step and no text: definitions of references, comments, warnings that stay quiet.

use super::ImportNote;
use crate::edit::Draft;
use crate::guide::front::split;
use crate::guide::{Guide, StepForm, annotation, is_picture, markdown_options, parse};
use crate::source::{ProjectPath, Source, Span};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// Keeps the steps apart from a numbered list right before them.
const STEPS: &str = "\n\n<!-- @steps -->";

/// Definitions and comments of a file.
pub struct Rest<'a> {
    source: &'a Source,
    /// Each with whether it names a picture.
    definitions: Vec<(Span, bool)>,
    comments: Vec<Span>,
    /// Lines of code that look like a picture: they are indented too far.
    code: Vec<Span>,
}

impl<'a> Rest<'a> {
    /// Those of a file.
    pub fn new(source: &'a Source) -> Self {
        let body = split(source.text()).body;
        let parser = Parser::new_ext(source.text().get(body..).unwrap_or_default(), markdown_options());
        let named = parser.reference_definitions().iter();
        let mut definitions: Vec<(Span, bool)> = named
            .map(|(_, named)| (Span::from(named.span.clone()).shift(body), is_picture(&named.dest)))
            .collect();
        definitions.sort_by_key(|(span, _)| span.start);
        let (mut comments, mut code) = (Vec::new(), Vec::new());
        let mut is_code = false;
        for (event, range) in parser.into_offset_iter() {
            let span = Span::from(range).shift(body);
            match event {
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)
                    if source.slice(span).trim_start().starts_with("<!--") =>
                {
                    comments.push(span);
                }
                Event::Start(Tag::CodeBlock(kind)) => is_code = kind == CodeBlockKind::Indented,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Text(line) if is_code && line.trim_start().starts_with("![") => code.push(span),
                _ => {}
            }
        }
        Self { source, definitions, comments, code }
    }

    /// All definitions, a line each.
    pub fn definitions(&self) -> String {
        self.definitions.iter().map(|(span, _)| self.source.slice(*span).trim().to_owned() + "\n").collect()
    }

    /// Adds the definitions that no text of a draft holds, and notes the comments that are lost.
    pub fn into(self, draft: &mut Draft, notes: &mut Vec<ImportNote>) {
        let texts: Vec<&str> = texts(draft).collect();
        let is_held = |text: &str| texts.iter().any(|held| held.contains(text.trim()));
        let lost =
            self.definitions.iter().filter(|(_, shows)| !shows).map(|(span, _)| self.source.slice(*span));
        let lost: Vec<&str> = lost.map(str::trim).filter(|text| !is_held(text)).collect();
        for comment in &self.comments {
            let text = self.source.slice(*comment);
            let from = self.source.position(comment.start).line;
            // Annotations stand where they belong.
            let mut comments = text.lines().enumerate().map(|(at, line)| (from + at, comment_text(line)));
            if let Some((line, comment)) =
                comments.find(|(_, comment)| !comment.is_empty() && !is_ours(comment))
                && !is_held(text)
            {
                let message = format!("left out the comment `{}`", crate::guide::cut(comment, 60));
                notes.push(ImportNote { message, line: Some(line) });
            }
        }
        for line in &self.code {
            let text = crate::guide::cut(self.source.slice(*line).trim(), 60);
            let message = format!("`{text}` is code, for its lines are indented, and shows no picture");
            notes.push(ImportNote { message, line: Some(self.source.position(line.start).line) });
        }
        let lost = lost.join("\n");
        if !lost.is_empty() {
            let apart = if draft.conclusion.is_empty() { "" } else { "\n\n" };
            draft.conclusion += &format!("{apart}{lost}");
        }
    }
}

/// A line of a comment without the signs of the comment.
fn comment_text(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("<!--").unwrap_or(line);
    line.strip_suffix("-->").unwrap_or(line).trim()
}

/// Whether a line of a comment speaks to us.
fn is_ours(line: &str) -> bool {
    ["@text", "@steps"].contains(&line) || line.starts_with("@allow ") || annotation::is_annotation(line)
}

/// All texts of a draft.
fn texts(draft: &Draft) -> impl Iterator<Item = &str> {
    let chapters = draft.chapters.iter().flat_map(|chapter| {
        let steps = chapter.steps.iter().flat_map(|step| {
            let scenes = step.scenes.iter().map(|scene| scene.text.as_str());
            std::iter::once(step.sentence.as_str()).chain(scenes)
        });
        std::iter::once(chapter.introduction.as_str()).chain(steps)
    });
    [draft.introduction.as_str(), draft.conclusion.as_str()].into_iter().chain(chapters)
}

/// Keeps `@allow` where it stands: in its step, or in the introduction.
pub fn allow(draft: &mut Draft, guide: &Guide) {
    for allow in &guide.allows {
        let codes: Vec<&str> = allow.codes.iter().map(|code| code.value.as_str()).collect();
        let comment = format!("<!-- @allow {} -->", codes.join(" "));
        let mut steps = draft.chapters.iter_mut().flat_map(|chapter| &mut chapter.steps);
        let text = match allow.step {
            None => &mut draft.introduction,
            Some(at) => match steps.nth(at) {
                Some(step) if step.within.is_none() => &mut step.sentence,
                Some(_) | None => continue,
            },
        };
        let apart = if text.is_empty() { "" } else { "\n\n" };
        *text += &format!("{apart}{comment}");
    }
}

/// Marks the numbered lists that stand outside the steps as text.
pub fn as_text(draft: &mut Draft) {
    mark(&mut draft.conclusion);
    let first = draft.chapters.first().filter(|first| first.title.is_none() && first.introduction.is_empty());
    let is_near = first.is_some();
    if mark(&mut draft.introduction) && is_near {
        draft.introduction += STEPS;
    }
    for chapter in &mut draft.chapters {
        if mark(&mut chapter.introduction) {
            chapter.introduction += STEPS;
        }
    }
}

/// Marks the lists of a text; whether there are any.
fn mark(text: &mut String) -> bool {
    let mut left = usize::MAX;
    loop {
        let source = Source::new(ProjectPath::default(), text.clone());
        let guide = parse(&source).guide;
        let Some(first) = guide.steps.first().filter(|step| step.form == StepForm::Item) else {
            return left != usize::MAX;
        };
        // A mark that changes nothing is the last one.
        if guide.steps.len() >= left {
            return true;
        }
        left = guide.steps.len();
        let line = text.get(..first.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        text.insert_str(line, "<!-- @text -->\n\n");
    }
}
