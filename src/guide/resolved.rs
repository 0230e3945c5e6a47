//! A guide as meant: every default decided, every region in points, every picture measured.
//!
//! What [`super::resolve`] returns and every room above works with.

use super::geometry::{Rect, Size};
use super::opening::ChapterOpening;
use super::seen::Seen;
use crate::project::{App, Backdrop, Color, Cta};
use crate::source::{ProjectPath, Span};
use pulldown_cmark::Event;
use std::collections::BTreeMap;
use std::ops::Range;

/// One guide, ready to be rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The Markdown file.
    pub path: ProjectPath,
    /// Last part of its address: letters, digits, `-`, `_`, `.`; never empty, `.` or `..`.
    pub slug: String,
    /// Plain text, not empty.
    pub title: String,
    /// One sentence of plain text; may be empty.
    pub description: String,
    /// The application it is about.
    pub app: Option<App>,
    /// As written, in order, without duplicates.
    pub tags: Vec<String>,
    /// As written, in order.
    pub authors: Vec<String>,
    /// Day it was first published.
    pub created: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// BCP 47 tag.
    pub lang: String,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// The walkthrough's cursor.
    pub cursor: Cursor,
    /// What surrounds the screenshots.
    pub frame: Frame,
    /// What stands behind the frame on the stage.
    pub backdrop: Backdrop,
    /// Whether the camera moves by itself to small targets.
    pub auto_zoom: bool,
    /// Its place in the library, in thousandths: lower numbers first, guides without one behind them.
    pub order: Option<i64>,
    /// How its chapters open in the walkthrough.
    pub chapter_opening: ChapterOpening,
    /// Call to action of the end screen.
    pub cta: Option<Cta>,
    /// Name of its theme.
    pub theme: String,
    /// Size of the stage in points: that of most screenshots (the first of them if several are as
    /// frequent); 1280 × 800 in a guide without any.
    pub stage: Size,
    /// Headings before lists of steps, in order.
    pub chapters: Vec<Chapter>,
    /// The article from top to bottom.
    pub sections: Vec<Section>,
    /// All steps in order; `steps[i].number == i + 1`.
    pub steps: Vec<Step>,
    /// The different screenshots as shown, in the order of first use; last a picture that the cover alone shows.
    pub shots: Vec<Shot>,
    /// What stands for screenshots where the reader's page is dark, by their index: an index into [`Resolved::shots`], where
    /// these are the last.
    pub dark: BTreeMap<usize, usize>,
    /// The picture that the guide names, by the one of its language that is shown instead.
    pub firsts: BTreeMap<ProjectPath, ProjectPath>,
    /// Index into [`Resolved::shots`] of what stands for the guide: on its cover, in the library, in previews.
    pub cover: Option<usize>,
    /// Pictures that stand amid text, by the path the text names; each file once.
    pub inline: Vec<Shot>,
    /// Files that its text links to and that go with its page, in the order of their first link.
    pub attachments: Vec<Attachment>,
    /// Numbers of footnotes by label, from 1 in the order in which the text refers to them.
    pub footnotes: BTreeMap<String, usize>,
    /// Words of all text, for the reading time.
    pub words: usize,
    /// What is known of the words on its screenshots.
    pub seen: Seen,
}

impl Resolved {
    /// Every picture of the guide: its screenshots, then those amid text.
    pub fn pictures(&self) -> impl Iterator<Item = &Shot> {
        self.shots.iter().chain(&self.inline)
    }

    /// The picture that stands for the guide.
    pub fn cover(&self) -> Option<&Shot> {
        self.cover.and_then(|cover| self.shots.get(cover))
    }

    /// Index of the first screenshot of a step.
    pub fn first_shot(&self) -> Option<usize> {
        self.steps.iter().flat_map(|step| &step.scenes).find_map(|scene| scene.shot)
    }

    /// The screenshots without those that stand for others in dark.
    pub fn light_shots(&self) -> &[Shot] {
        self.shots.get(..self.shots.len() - self.dark.len()).unwrap_or_default()
    }

    /// The picture that the guide names, of one that it shows.
    pub fn first<'a>(&'a self, shown: &'a ProjectPath) -> &'a ProjectPath {
        self.firsts.get(shown).unwrap_or(shown)
    }
    /// Whether any step points at something: a guide without marks has no use for a cursor.
    pub fn points(&self) -> bool {
        let scenes = self.steps.iter().flat_map(|step| &step.scenes);
        scenes.flat_map(|scene| &scene.actions).any(|action| !action.kind.targets().is_empty())
    }

    /// Whether the cover shows something else than the walkthrough begins with.
    pub fn has_own_cover(&self) -> bool {
        self.cover.is_some() && self.cover != self.first_shot()
    }

    /// Whether no step shows a screenshot.
    pub fn is_text(&self) -> bool {
        self.first_shot().is_none()
    }
}

/// A file beside a guide that its text links to, such as a list to be imported: it goes with the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// In the project.
    pub path: ProjectPath,
    /// Where it goes in the folder of the page: `files/…`, as it lies below the guide's folder.
    pub file: String,
    /// Its media type.
    pub mime: &'static str,
    /// Size of the file.
    pub bytes: u64,
    /// BLAKE3 of the file.
    pub hash: [u8; 32],
    /// Where it is linked to first.
    pub at: Span,
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// The cursor of the walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Name on its tag; `None`: no tag.
    pub name: Option<String>,
    /// Its colour; `None`: the brand's.
    pub color: Option<Color>,
}

/// What surrounds a screenshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frame {
    /// Three dots and an address.
    #[default]
    Browser,
    /// Three dots.
    Window,
    /// Nothing.
    None,
}

impl Frame {
    /// As the front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Window => "window",
            Self::None => "none",
        }
    }
}

/// A heading and the steps below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Plain text.
    pub title: String,
    /// Id of its heading in the article.
    pub id: String,
    /// The indices of its steps.
    pub steps: Range<usize>,
}

/// A part of the article.
#[derive(Debug, Clone, PartialEq)]
pub enum Section {
    /// Text outside the steps: introduction, prose sections.
    Prose(Prose),
    /// The heading of a chapter: index into [`Resolved::chapters`], level 1 to 6 as written, and the
    /// heading's content.
    Chapter {
        /// Index into [`Resolved::chapters`].
        chapter: usize,
        /// Heading level as written, 1 to 6.
        level: u8,
        /// Inline content of the heading.
        content: Prose,
    },
    /// One list of steps: indices into [`Resolved::steps`].
    Steps(Range<usize>),
}

/// Markdown as events, each with its place in the source. Pictures in it are named by the path as
/// written, relative to the guide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prose {
    /// Balanced events.
    pub events: Vec<(Event<'static>, Span)>,
    /// Ids of the headings in it, in order (unique in the guide).
    pub heading_ids: Vec<String>,
}

/// One numbered instruction.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// From 1 through the guide.
    pub number: usize,
    /// Unique in the guide among steps, chapters and headings; fit for an address and an attribute.
    pub id: String,
    /// Its first sentence as plain text.
    pub title: String,
    /// Index into [`Resolved::chapters`].
    pub chapter: Option<usize>,
    /// The article's order of text and scenes.
    pub body: Vec<Body>,
    /// At least one.
    pub scenes: Vec<Scene>,
    /// Words of its text.
    pub words: usize,
    /// The list item.
    pub span: Span,
}

/// A part of a step's body.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Text.
    Prose(Prose),
    /// Where the screenshot of `scenes[index]` stands. A step that inherits its screenshot or is a
    /// card has none.
    Scene(usize),
}

/// One screenshot as a step shows it, with what happens on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Index into [`Resolved::shots`]; `None`: a card without a screenshot.
    pub shot: Option<usize>,
    /// Whether the screenshot comes from an earlier step.
    pub inherited: bool,
    /// Alternative text; may be empty.
    pub alt: String,
    /// What is written below it in the article; of an inherited screenshot nothing.
    pub caption: Option<String>,
    /// Address shown in the browser frame.
    pub url: Option<String>,
    /// What the cursor does, in order.
    pub actions: Vec<Action>,
    /// What stands on the screenshot meanwhile.
    pub marks: Vec<Mark>,
    /// Which side of what is highlighted the card stands on.
    pub side: Side,
    /// What the camera frames.
    pub zoom: Zoom,
    /// The screenshot in the source (of the step itself if it inherits one or is a card).
    pub span: Span,
}

/// What the camera does in a scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Zoom {
    /// Comes closer by itself where the target is small.
    Auto,
    /// The whole screenshot.
    None,
    /// Frames this part.
    Region(Rect),
}

/// Something the cursor or the keyboard does.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What is done.
    pub kind: ActionKind,
    /// Which side of the target the card stands on.
    pub side: Side,
    /// Its annotation in the source.
    pub span: Span,
}

/// The actions, each with what it needs. Regions of no size are points.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionKind {
    /// The cursor goes there and acts; `label` names the hotspot.
    Point {
        /// How it acts.
        gesture: Gesture,
        /// Where.
        at: Rect,
        /// Name of the hotspot.
        label: Option<String>,
    },
    /// `text` is typed into the field.
    Type {
        /// The field.
        at: Rect,
        /// What is typed.
        text: String,
    },
    /// `option` is chosen in the field.
    Select {
        /// The field.
        at: Rect,
        /// What is chosen.
        option: String,
    },
    /// Keys are pressed.
    Press {
        /// As written, `Ctrl+K`.
        keys: String,
    },
    /// Pressed at `from`, released at `to`.
    Drag {
        /// Where it begins.
        from: Rect,
        /// Where it ends.
        to: Rect,
    },
    /// The page is scrolled.
    Scroll {
        /// Which way.
        direction: Direction,
    },
    /// Nothing happens for a while.
    Wait {
        /// Milliseconds, 0 to 60,000.
        ms: u32,
    },
}

impl ActionKind {
    /// The regions it acts on.
    pub fn targets(&self) -> Vec<Rect> {
        match self {
            Self::Point { at, .. } | Self::Type { at, .. } | Self::Select { at, .. } => vec![*at],
            Self::Drag { from, to } => vec![*from, *to],
            Self::Press { .. } | Self::Scroll { .. } | Self::Wait { .. } => Vec::new(),
        }
    }

    /// The field that it leaves letters in.
    pub fn field(&self) -> Option<Rect> {
        match self {
            Self::Type { at, .. } | Self::Select { at, .. } => Some(*at),
            Self::Point { .. }
            | Self::Press { .. }
            | Self::Drag { .. }
            | Self::Scroll { .. }
            | Self::Wait { .. } => None,
        }
    }
}

/// How the cursor acts on its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// One click.
    Click,
    /// Two clicks.
    DoubleClick,
    /// A click of the secondary button.
    RightClick,
    /// It rests there.
    Hover,
}

/// A way to scroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
    /// Towards the left.
    Left,
    /// Towards the right.
    Right,
}

/// Something that stands on the screenshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What.
    pub kind: MarkKind,
    /// Where, in points of the screenshot.
    pub at: Rect,
    /// Its annotation in the source.
    pub span: Span,
}

/// The marks.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind {
    /// Spotlight: the rest is dimmed.
    Highlight,
    /// A note that points at the region.
    Callout {
        /// The note.
        text: String,
        /// Where it stands.
        side: Side,
    },
}

/// Where a callout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Where there is room.
    #[default]
    Auto,
    /// Above.
    Top,
    /// To the right.
    Right,
    /// Below.
    Bottom,
    /// To the left.
    Left,
}

/// A screenshot as shown: a file, less what is redacted, cropped. What is redacted once in a guide is
/// redacted wherever the guide shows that file.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// The file.
    pub picture: Picture,
    /// Parts whose pixels are destroyed.
    pub redactions: Vec<Redaction>,
    /// The part that is shown, in points; `None`: all.
    pub crop: Option<Rect>,
    /// First mention in the guide, for messages.
    pub span: Span,
}

/// A part whose pixels are destroyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Redaction {
    /// Where, in points.
    pub at: Rect,
    /// What is left in its place.
    pub style: RedactStyle,
}

/// What a redaction leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedactStyle {
    /// One colour.
    #[default]
    Solid,
    /// A soft surface.
    Blur,
    /// Coarse squares.
    Pixelate,
}

/// A picture file, measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub path: ProjectPath,
    /// Width in pixels as shown (after EXIF rotation), at least 1.
    pub width: u32,
    /// Height in pixels as shown, at least 1.
    pub height: u32,
    /// Pixels a point: 2 for `name@2x.png`, else 1.
    pub density: u32,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// BLAKE3 of the file.
    pub hash: [u8; 32],
}

impl Picture {
    /// Size in points.
    pub fn size(&self) -> Size {
        let density = f64::from(self.density.max(1));
        Size { width: f64::from(self.width) / density, height: f64::from(self.height) / density }
    }
}
