//! What a verb takes and does, and an annotation that says it.

use super::anchor::Anchor;
use super::problem::Problem;
use super::region::Region;
use super::{ActionKind, MarkKind, Rect, Redaction, Side, Zoom};
use crate::source::{Span, Spanned};

/// What an annotation can say, and what it does.
#[derive(Debug)]
pub struct Verb {
    /// As written after `@`.
    pub name: &'static str,
    /// How to write it, for `help` and the reference.
    pub form: &'static str,
    /// What it may be given.
    pub takes: Takes,
    /// What sort of thing it does.
    pub kind: Kind,
    /// What it speaks of.
    pub on: On,
    /// Whether it may stand only once in what it speaks of.
    pub once: bool,
    /// What [`Takes`] can't say: is this annotation well written?
    pub check: fn(&Annotation) -> Result<(), Problem>,
    /// What it does, once its regions are in points. Is only asked about what passed `check`.
    pub effect: fn(&Placed<'_>) -> Effect,
}

/// What a verb may be given.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    /// A region.
    pub region: Need,
    /// Whether the region must have a size, being more than a point.
    pub area: bool,
    /// `to` and a second region.
    pub to: Need,
    /// A text in double quotes.
    pub text: Need,
    /// `on` and what the region stands on. A verb with a region may have it in any case: see [`Takes::anchored`].
    pub anchor: Need,
    /// A word; with an optional region it stands in the region's place.
    pub word: Need,
    /// What the word is, for messages: `a time`.
    pub word_is: &'static str,
    /// `key=value`: the keys and the values each may have; without values, `check` looks at what is written.
    pub options: &'static [(&'static str, &'static [&'static str])],
}

impl Takes {
    /// Nothing at all.
    pub const NOTHING: Takes = Takes {
        region: Need::Never,
        area: false,
        to: Need::Never,
        text: Need::Never,
        anchor: Need::Never,
        word: Need::Never,
        word_is: "",
        options: &[],
    };

    /// Whether `on` and an anchor may stand behind it.
    pub fn anchored(&self) -> Need {
        if self.region == Need::Never { self.anchor } else { Need::May }
    }
}

/// Whether an argument must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It has no meaning.
    Never,
    /// It may be there.
    May,
    /// It must be there.
    Must,
}

/// What sort of thing an annotation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The cursor or the keyboard acts.
    Action,
    /// Something stands on the screenshot.
    Mark,
    /// The camera frames something.
    Camera,
    /// The picture itself changes.
    Picture,
    /// Something is said of the step.
    Step,
    /// It speaks to a replay, and changes nothing that a reader sees.
    Replay,
}

/// What an annotation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A screenshot: it needs one.
    Screenshot,
    /// A scene, with or without a screenshot.
    Scene,
    /// The step.
    Step,
}

/// An annotation with its regions in points.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// As written.
    pub annotation: &'a Annotation,
    /// Its region; no size at the corner if it has none.
    pub region: Rect,
    /// Its second region.
    pub to: Rect,
}

impl Placed<'_> {
    /// Its text; empty without one.
    pub fn text(&self) -> String {
        self.annotation.text.as_ref().map(|text| text.value.clone()).unwrap_or_default()
    }

    /// Its word; empty without one.
    pub fn word(&self) -> &str {
        self.annotation.word.as_ref().map_or("", |word| &word.value)
    }

    /// Its `side=`.
    pub fn side(&self) -> Side {
        match self.option("side") {
            Some("top") => Side::Top,
            Some("right") => Side::Right,
            Some("bottom") => Side::Bottom,
            Some("left") => Side::Left,
            _ => Side::Auto,
        }
    }

    /// The value of an option.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.annotation
            .options
            .iter()
            .find(|option| option.key.value == key)
            .map(|option| &*option.value.value)
    }
}

/// What an annotation does.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The cursor or the keyboard acts; the card stands on that side of it.
    Act(ActionKind, Side),
    /// Something stands on the screenshot; the card stands on that side of what is highlighted.
    Mark(MarkKind, Rect, Side),
    /// The camera frames something.
    Zoom(Zoom),
    /// Pixels are destroyed.
    Redact(Redaction),
    /// A part of the screenshot is shown.
    Crop(Rect),
    /// The address in the frame.
    Url(String),
    /// An address is opened.
    Goto(String),
    /// The step's id.
    Id(String),
    /// The step shows no screenshot.
    Card,
    /// Nothing that a reader sees.
    Nothing,
}

/// An annotation as written.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// What it asks for.
    pub verb: &'static Verb,
    /// The verb with its `@`.
    pub name: Span,
    /// Its region; of `@drag`, where it begins.
    pub region: Option<Region>,
    /// What its region stands on, from `on` to the last word.
    pub anchor: Option<Spanned<Anchor>>,
    /// The region after `to`.
    pub to: Option<Region>,
    /// What the region after `to` stands on.
    pub to_anchor: Option<Spanned<Anchor>>,
    /// The text in quotes, unescaped.
    pub text: Option<Spanned<String>>,
    /// A word that is none of the others: `down`, `none`, `2s`.
    pub word: Option<Spanned<String>>,
    /// `key=value`, in order, no key twice.
    pub options: Vec<Choice>,
    /// All of it, from `@` to its last argument.
    pub span: Span,
}

impl Annotation {
    /// Whether each of its regions says what it stands on.
    pub fn is_anchored(&self) -> bool {
        let first = self.region.is_none() || self.anchor.is_some();
        first && (self.to.is_none() || self.to_anchor.is_some())
    }

    /// One past its last argument, anchors aside.
    pub fn arguments_end(&self) -> usize {
        let regions = self.region.iter().chain(&self.to).map(|region| region.span);
        let texts = self.text.iter().chain(&self.word).map(|text| text.span);
        let options = self.options.iter().map(|option| option.value.span);
        regions.chain(texts).chain(options).map(|span| span.end).fold(self.name.end, usize::max)
    }
}

/// `key=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Before the `=`.
    pub key: Spanned<String>,
    /// After it.
    pub value: Spanned<String>,
}
