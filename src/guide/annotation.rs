//! The grammar of annotations: `@verb [region] ["text"] [key=value …]`.

use super::tokens::{Token, TokenKind, tokens};
use super::verbs::{self, Need, Verb};
use crate::project::near;
use crate::source::{Span, Spanned};

/// An annotation as written.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// What it asks for.
    pub verb: &'static Verb,
    /// The verb with its `@`.
    pub name: Span,
    /// Its region; of `@drag`, where it begins.
    pub region: Option<Region>,
    /// The region after `to`.
    pub to: Option<Region>,
    /// The text in quotes, unescaped.
    pub text: Option<Spanned<String>>,
    /// A word that is none of the others: `down`, `none`, `2s`.
    pub word: Option<Spanned<String>>,
    /// `key=value`, in order, no key twice.
    pub options: Vec<Choice>,
    /// All of it, from `@` to its last argument.
    pub span: Span,
}

/// `key=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Before the `=`.
    pub key: Spanned<String>,
    /// After it.
    pub value: Spanned<String>,
}

/// A region as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// From the left edge.
    pub x: Length,
    /// From the upper edge.
    pub y: Length,
    /// Width and height; `None`: a point.
    pub size: Option<(Length, Length)>,
    /// All of it.
    pub span: Span,
}

/// A number of a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// Points of the screenshot.
    Points(f64),
    /// Hundredths of its width or height.
    Percent(f64),
}

/// Why an annotation can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The diagnostic's code.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Problem {
    /// All of a problem.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: help.into() }
    }
}

/// What a line of a comment says.
#[derive(Debug, Clone)]
pub enum Line {
    /// Nothing to us.
    Plain,
    /// `@allow` with its codes.
    Allow(Vec<Spanned<String>>),
    /// An annotation.
    Annotation(Box<Annotation>),
}

/// Whether a line of a comment is an annotation, well written or not; `@allow` is none.
pub fn is_annotation(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('@') && line.split_whitespace().next() != Some("@allow")
}

/// Reads one line of a comment; `at` is its first byte in the source.
///
/// # Errors
/// [`Problem`] if it starts with `@` and is no annotation.
pub fn read(line: &str, at: usize) -> Result<Line, Problem> {
    let indent = line.len() - line.trim_start().len();
    let (line, at) = (line.trim(), at + indent);
    if !line.starts_with('@') {
        return Ok(Line::Plain);
    }
    let tokens = tokens(line, at)?;
    let Some((name, arguments)) = tokens.split_first() else { return Ok(Line::Plain) };
    let written = name.text.trim_start_matches('@');
    if written == "allow" && name.kind == TokenKind::Word {
        return codes(name, arguments).map(Line::Allow);
    }
    let Some(verb) = verbs::find(written).filter(|_| name.kind == TokenKind::Word) else {
        return Err(unknown(name, written));
    };
    let mut reader = Reader::new(verb, name.span);
    reader.arguments(arguments)?;
    Ok(Line::Annotation(Box::new(reader.finish()?)))
}

fn unknown(name: &Token, written: &str) -> Problem {
    let names = verbs::names();
    let message = format!("unknown annotation `@{written}`");
    let help = match near::nearest(written, names.iter().copied()) {
        Some(word) => format!("did you mean `@{word}`?"),
        None => {
            let all: Vec<String> = names.iter().map(|name| format!("`@{name}`")).collect();
            format!("the annotations are {}", all.join(", "))
        }
    };
    Problem::new("unknown-verb", name.span, message, help)
}

fn codes(name: &Token, arguments: &[Token]) -> Result<Vec<Spanned<String>>, Problem> {
    let help = "write `@allow CODE`, with the code of a warning";
    if arguments.is_empty() {
        return Err(Problem::new("bad-annotation", name.span, "`@allow` needs a code", help));
    }
    arguments
        .iter()
        .map(|token| match token.kind {
            TokenKind::Word => Ok(Spanned::new(token.text.trim_end_matches(',').to_owned(), token.span)),
            TokenKind::Text => Err(Problem::new("bad-annotation", token.span, "a code has no quotes", help)),
        })
        .collect()
}

/// Takes the arguments one after the other.
struct Reader {
    said: Annotation,
    /// Whether `to` was read, and where.
    to: Option<Span>,
}

impl Reader {
    fn new(verb: &'static Verb, name: Span) -> Self {
        let said = Annotation {
            verb,
            name,
            region: None,
            to: None,
            text: None,
            word: None,
            options: Vec::new(),
            span: name,
        };
        Self { said, to: None }
    }

    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        let help = format!("write `{}`", self.said.verb.form);
        Problem::new("bad-annotation", span, message, help)
    }

    fn arguments(&mut self, tokens: &[Token]) -> Result<(), Problem> {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            rest = after;
            self.said.span = self.said.span.to(token.span);
            match token.kind {
                TokenKind::Text => self.text(token)?,
                TokenKind::Word if self.said.verb.takes.to != Need::Never && token.text == "to" => {
                    self.separator(token)?;
                }
                TokenKind::Word if self.said.verb.takes.region != Need::Never && is_numeric(&token.text) => {
                    let size = after.first().filter(|next| looks_like_size(next));
                    self.region(token, size)?;
                    if let Some(size) = size {
                        self.said.span = self.said.span.to(size.span);
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
        if self.said.verb.takes.text == Need::Never {
            return Err(self.problem(token.span, format!("`@{}` takes no text", self.said.verb.name)));
        }
        if self.said.text.is_some() {
            return Err(self.problem(token.span, "a second text"));
        }
        self.said.text = Some(Spanned::new(token.text.clone(), token.span));
        Ok(())
    }

    fn separator(&mut self, token: &Token) -> Result<(), Problem> {
        if self.said.region.is_none() || self.to.is_some() {
            return Err(self.problem(token.span, "`to` stands between two regions"));
        }
        self.to = Some(token.span);
        Ok(())
    }

    fn region(&mut self, corner: &Token, size: Option<&Token>) -> Result<(), Problem> {
        let region = region(corner, size, &self.said)?;
        let place = if self.to.is_some() { &mut self.said.to } else { &mut self.said.region };
        if place.is_some() || self.said.word.is_some() {
            return Err(self.problem(region.span, "a second region"));
        }
        *place = Some(region);
        Ok(())
    }

    fn option(&mut self, token: &Token) -> Result<(), Problem> {
        let (key, value) = token.text.split_once('=').unwrap_or((&token.text, ""));
        let key_span = Span::new(token.span.start, token.span.start + key.len());
        let value_span = Span::new(key_span.end + 1, token.span.end);
        let name = self.said.verb.name;
        let keys: Vec<&str> = self.said.verb.takes.options.iter().map(|(key, _)| *key).collect();
        let Some((_, values)) = self.said.verb.takes.options.iter().find(|(known, _)| *known == key) else {
            let message = format!("`@{name}` has no option `{key}`");
            return Err(match keys.as_slice() {
                [] => self.problem(key_span, message),
                keys => Problem::new("bad-annotation", key_span, message, near::suggest(key, keys)),
            });
        };
        if !values.contains(&value) {
            let message = format!("`{key}` can't be `{value}`");
            return Err(Problem::new("bad-annotation", value_span, message, near::suggest(value, values)));
        }
        if self.said.options.iter().any(|option| option.key.value == key) {
            return Err(self.problem(token.span, format!("a second `{key}`")));
        }
        let choice = Choice {
            key: Spanned::new(key.to_owned(), key_span),
            value: Spanned::new(value.to_owned(), value_span),
        };
        self.said.options.push(choice);
        Ok(())
    }

    fn word(&mut self, token: &Token) -> Result<(), Problem> {
        let takes = &self.said.verb.takes;
        if takes.word == Need::Never || self.said.word.is_some() || self.said.region.is_some() {
            let message = format!("`{}` has no meaning here", token.text);
            if token.text.starts_with(['“', '”', '„', '‘', '\'']) && takes.text != Need::Never {
                let help = "put texts in straight double quotes: `\"text\"`";
                return Err(Problem::new("bad-annotation", token.span, message, help));
            }
            return Err(self.problem(token.span, message));
        }
        self.said.word = Some(Spanned::new(token.text.clone(), token.span));
        Ok(())
    }

    fn finish(self) -> Result<Annotation, Problem> {
        let Reader { said, to } = self;
        let takes = &said.verb.takes;
        let missing = |code, what: &str| {
            let message = format!("`@{}` needs {what}", said.verb.name);
            Err(Problem::new(code, said.span, message, format!("write `{}`", said.verb.form)))
        };
        let either = takes.region == Need::May && takes.word == Need::May;
        if said.region.is_none() && (takes.region == Need::Must || (either && said.word.is_none())) {
            return missing("missing-region", "a region");
        }
        if said.to.is_none() && (takes.to == Need::Must || to.is_some()) {
            return missing("missing-region", "a second region after `to`");
        }
        let empty = said.text.as_ref().is_none_or(|text| text.value.trim().is_empty());
        if takes.text == Need::Must && empty {
            return missing("missing-text", "a text in quotes");
        }
        if takes.word == Need::Must && said.word.is_none() {
            return missing("bad-annotation", "one word more");
        }
        if let Some(region) = said.region.filter(|region| takes.area && region.size.is_none()) {
            let message = format!("`@{}` needs a width and a height", said.verb.name);
            return Err(Problem::new(
                "bad-region",
                region.span,
                message,
                format!("write `{}`", said.verb.form),
            ));
        }
        (said.verb.check)(&said)?;
        Ok(said)
    }
}

fn is_numeric(word: &str) -> bool {
    let rest = word.trim_start_matches(['-', '+', '.', ',']);
    rest.starts_with(|c: char| c.is_ascii_digit()) || word.contains(',')
}

fn looks_like_size(token: &Token) -> bool {
    token.kind == TokenKind::Word && is_numeric(&token.text) && !token.text.contains(',')
}

fn is_option(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, _)| !key.is_empty())
}

fn region(corner: &Token, size: Option<&Token>, said: &Annotation) -> Result<Region, Problem> {
    let span = size.map_or(corner.span, |size| corner.span.to(size.span));
    let bad = |message: String| {
        let help = "write `X,Y` for a point or `X,Y WxH` for a rectangle, as in `120,40 200x30` or `50%,10%`";
        Err(Problem::new("bad-region", span, message, help))
    };
    let pair = |text: &str, by: char| -> Option<(Length, Length)> {
        let (a, b) = text.split_once(by)?;
        Some((length(a)?, length(b)?))
    };
    let Some((x, y)) = pair(&corner.text, ',') else {
        return bad(format!("`{}` is no place for `@{}`", corner.text, said.verb.name));
    };
    let size = match size {
        None => None,
        Some(token) => match pair(&token.text, 'x') {
            Some((w, h)) if w.number() > 0.0 && h.number() > 0.0 => Some((w, h)),
            Some(_) => return bad(format!("the size `{}` is nothing", token.text)),
            None => return bad(format!("`{}` is no size", token.text)),
        },
    };
    Ok(Region { x, y, size, span })
}

impl Length {
    fn number(self) -> f64 {
        match self {
            Length::Points(number) | Length::Percent(number) => number,
        }
    }
}

fn length(text: &str) -> Option<Length> {
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text, false),
    };
    let digits = number.strip_prefix('-').unwrap_or(number);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = number.parse::<f64>().ok().filter(|_| plain && digits.len() <= 12)?;
    Some(if percent { Length::Percent(number) } else { Length::Points(number) })
}
