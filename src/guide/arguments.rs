//! The arguments of an annotation, taken one after the other.

use super::anchor::{self, Stop};
use super::problem::Problem;
use super::region::{Region, is_numeric, looks_like_size};
use super::tokens::{Token, TokenKind};
use super::verb::{Annotation, Choice, Need, Verb};
use crate::project::near;
use crate::source::{Span, Spanned};

/// Takes the arguments one after the other.
pub struct Reader {
    annotation: Annotation,
    /// Whether `to` was read, and where.
    to: Option<Span>,
}

impl Reader {
    /// Of a verb that stands at `name`.
    pub fn new(verb: &'static Verb, name: Span) -> Self {
        let annotation = Annotation {
            verb,
            name,
            region: None,
            anchor: None,
            to: None,
            to_anchor: None,
            text: None,
            word: None,
            options: Vec::new(),
            span: name,
        };
        Self { annotation, to: None }
    }

    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        let help = format!("write `{}`", self.annotation.verb.form);
        Problem::new("bad-annotation", span, message, help)
    }

    /// Takes all that stands behind the verb.
    ///
    /// # Errors
    /// [`Problem`] at the first that the verb does not take.
    pub fn arguments(&mut self, tokens: &[Token]) -> Result<(), Problem> {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            rest = after;
            self.annotation.span = self.annotation.span.to(token.span);
            match token.kind {
                TokenKind::Text => self.text(token)?,
                TokenKind::Word if self.annotation.verb.takes.to != Need::Never && token.text == "to" => {
                    self.separator(token)?;
                }
                TokenKind::Word
                    if self.annotation.verb.takes.anchored() != Need::Never && token.text == "on" =>
                {
                    rest = self.anchor(token, after)?;
                }
                TokenKind::Word
                    if self.annotation.verb.takes.region != Need::Never && is_numeric(&token.text) =>
                {
                    let size = after.first().filter(|next| looks_like_size(next));
                    self.region(token, size, after)?;
                    if let Some(size) = size {
                        self.annotation.span = self.annotation.span.to(size.span);
                        rest = after.get(1..).unwrap_or_default();
                    }
                }
                TokenKind::Word if is_option(&token.text) => self.option(token)?,
                TokenKind::Word => self.word(token)?,
            }
        }
        Ok(())
    }

    fn text(&mut self, token: &Token) -> Result<(), Problem> {
        if self.annotation.verb.takes.text == Need::Never {
            return Err(self.problem(token.span, format!("`@{}` takes no text", self.annotation.verb.name)));
        }
        if self.annotation.text.is_some() {
            return Err(self.problem(token.span, "a second text"));
        }
        self.annotation.text = Some(Spanned::new(token.text.clone(), token.span));
        Ok(())
    }

    /// Reads what the region before stands on; returns what is left: nothing, or `to` with what follows it.
    fn anchor<'t>(&mut self, keyword: &Token, after: &'t [Token]) -> Result<&'t [Token], Problem> {
        let stop = if self.annotation.verb.takes.to != Need::Never && self.to.is_none() {
            Stop::AtTo
        } else {
            Stop::Never
        };
        let (anchor, rest) = anchor::read(after, keyword.span, stop)?;
        let read = after.get(..after.len() - rest.len()).unwrap_or_default();
        let span = read.last().map_or(keyword.span, |last| keyword.span.to(last.span));
        let place =
            if self.to.is_some() { &mut self.annotation.to_anchor } else { &mut self.annotation.anchor };
        *place = Some(Spanned::new(anchor, span));
        self.annotation.span = self.annotation.span.to(span);
        Ok(rest)
    }

    fn separator(&mut self, token: &Token) -> Result<(), Problem> {
        let begins = self.annotation.region.is_some() || self.annotation.anchor.is_some();
        if !begins || self.to.is_some() {
            return Err(self.problem(token.span, "`to` stands between two regions"));
        }
        self.to = Some(token.span);
        Ok(())
    }

    fn region(&mut self, corner: &Token, size: Option<&Token>, after: &[Token]) -> Result<(), Problem> {
        let name = self.annotation.verb.name;
        let place = if self.to.is_some() { &self.annotation.to } else { &self.annotation.region };
        let too_much = match (&self.annotation.word, place, self.annotation.verb.takes.to) {
            (Some(word), ..) => format!("`@{name}` takes `{}` or a region, not both", word.value),
            (None, None, _) => {
                let region = Region::read(corner, size, after, name)?;
                let place =
                    if self.to.is_some() { &mut self.annotation.to } else { &mut self.annotation.region };
                *place = Some(region);
                return Ok(());
            }
            (None, Some(_), Need::Never) => format!("`@{name}` takes one region"),
            (None, Some(_), _) if self.to.is_some() => format!("`@{name}` takes two regions"),
            (None, Some(_), _) => "the second region needs `to` before it".to_owned(),
        };
        Err(self.problem(size.map_or(corner.span, |size| corner.span.to(size.span)), too_much))
    }

    fn option(&mut self, token: &Token) -> Result<(), Problem> {
        let (key, value) = token.text.split_once('=').unwrap_or((&token.text, ""));
        let key_span = Span::new(token.span.start, token.span.start + key.len());
        let value_span = Span::new(key_span.end + 1, token.span.end);
        let name = self.annotation.verb.name;
        let keys: Vec<&str> = self.annotation.verb.takes.options.iter().map(|(key, _)| *key).collect();
        let Some((_, values)) = self.annotation.verb.takes.options.iter().find(|(known, _)| *known == key)
        else {
            let message = format!("`@{name}` has no option `{key}`");
            return Err(match keys.as_slice() {
                [] => self.problem(key_span, message),
                keys => Problem::new("bad-annotation", key_span, message, near::suggest(key, keys)),
            });
        };
        // An option without a list of values is looked at by the verb.
        if !values.is_empty() && !values.contains(&value) {
            let message = format!("`{key}` can't be `{value}`");
            return Err(Problem::new("bad-annotation", value_span, message, near::suggest(value, values)));
        }
        if self.annotation.options.iter().any(|option| option.key.value == key) {
            return Err(self.problem(token.span, format!("a second `{key}`")));
        }
        let choice = Choice {
            key: Spanned::new(key.to_owned(), key_span),
            value: Spanned::new(value.to_owned(), value_span),
        };
        self.annotation.options.push(choice);
        Ok(())
    }

    fn word(&mut self, token: &Token) -> Result<(), Problem> {
        let takes = &self.annotation.verb.takes;
        if takes.word == Need::Never || self.annotation.word.is_some() || self.annotation.region.is_some() {
            let message = format!("`{}` has no meaning here", token.text);
            if token.text.starts_with(['“', '”', '„', '‘', '\'']) && takes.text != Need::Never {
                let help = "put texts in straight double quotes: `\"text\"`";
                return Err(Problem::new("bad-annotation", token.span, message, help));
            }
            return Err(self.problem(token.span, message));
        }
        self.annotation.word = Some(Spanned::new(token.text.clone(), token.span));
        Ok(())
    }

    /// The annotation, if nothing is missing.
    ///
    /// # Errors
    /// [`Problem`] for what is missing.
    pub fn finish(self) -> Result<Annotation, Problem> {
        let Reader { annotation, to } = self;
        let takes = &annotation.verb.takes;
        let missing = |code, what: &str| {
            let message = format!("`@{}` needs {what}", annotation.verb.name);
            Err(Problem::new(code, annotation.span, message, format!("write `{}`", annotation.verb.form)))
        };
        let either = takes.region == Need::May && (takes.word == Need::May || takes.anchor == Need::May);
        let placed = annotation.region.is_some() || annotation.anchor.is_some();
        if !placed && (takes.region == Need::Must || (either && annotation.word.is_none())) {
            return missing("missing-region", "a region");
        }
        if takes.anchor == Need::Must && annotation.anchor.is_none() {
            return missing("bad-annotation", "`on` and what it stands on");
        }
        if annotation.to.is_none()
            && annotation.to_anchor.is_none()
            && (takes.to == Need::Must || to.is_some())
        {
            return missing("missing-region", "a second region after `to`");
        }
        let empty = annotation.text.as_ref().is_none_or(|text| text.value.trim().is_empty());
        if takes.text == Need::Must && empty {
            return missing("missing-text", "a text in quotes");
        }
        if takes.word == Need::Must && annotation.word.is_none() {
            return missing("bad-annotation", annotation.verb.takes.word_is);
        }
        if let Some(region) = annotation.region.filter(|region| takes.area && region.size.is_none()) {
            let message = format!("`@{}` needs a width and a height", annotation.verb.name);
            return Err(Problem::new(
                "bad-region",
                region.span,
                message,
                format!("write `{}`", annotation.verb.form),
            ));
        }
        (annotation.verb.check)(&annotation)?;
        Ok(annotation)
    }
}

fn is_option(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, _)| !key.is_empty())
}
