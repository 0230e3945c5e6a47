//! What an editor can ask for. Places are those of the text that it saw: steps, scenes and runs by their
//! index, annotations by their first byte.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One change to a guide.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// Adds an annotation to a scene, behind those it has.
    Annotate {
        /// Index of the step.
        step: usize,
        /// Index of the scene in the step.
        scene: usize,
        /// The annotation.
        fields: AnnotationFields,
    },
    /// Makes an annotation say something else.
    Set {
        /// First byte of the annotation.
        at: usize,
        /// All that it says from now on.
        fields: AnnotationFields,
    },
    /// Moves or resizes a region, and leaves the rest of its annotation alone.
    SetRegion {
        /// First byte of the annotation.
        at: usize,
        /// Which of its regions.
        #[serde(default)]
        which: Which,
        /// Where it lies from now on.
        area: Area,
    },
    /// Writes the text of an annotation, and leaves the rest of it alone.
    SetText {
        /// First byte of the annotation.
        at: usize,
        /// Unescaped.
        text: String,
    },
    /// Removes an annotation, and its comment if nothing else is in it.
    Remove {
        /// First byte of the annotation.
        at: usize,
    },
    /// Lets an annotation change places with another of its scene: actions play in the order written.
    Shift {
        /// First byte of the annotation.
        at: usize,
        /// How far: −1 for the one before, 1 for the one after.
        by: isize,
    },
    /// Writes one run of a step's text anew.
    Text {
        /// Index of the step.
        step: usize,
        /// Index of the run; one past the last adds a run at the start of a step without text.
        run: usize,
        /// Markdown without the step's indentation, lines ended by `\n`.
        markdown: String,
    },
    /// Writes the alternative text of a scene's own screenshot.
    Alt {
        /// Index of the step.
        step: usize,
        /// Index of the scene in the step.
        scene: usize,
        /// Plain text.
        alt: String,
    },
    /// Gives a step an `@id`, or another one, or takes it away.
    Id {
        /// Index of the step.
        step: usize,
        /// The id; `None`: the step's id is made of its title again.
        id: Option<String>,
    },
    /// Shows another picture in a scene, with the same annotations.
    Screenshot {
        /// Index of the step.
        step: usize,
        /// Index of the scene in the step.
        scene: usize,
        /// Path relative to the guide, with `/` between its parts.
        path: String,
    },
    /// Adds a screenshot at the end of a step.
    AddScreenshot {
        /// Index of the step.
        step: usize,
        /// Path relative to the guide, with `/` between its parts.
        path: String,
        /// Plain text.
        alt: String,
    },
    /// Adds a step, in the list of the step before it.
    AddStep {
        /// Index of the step before it; `None`: before the first.
        after: Option<usize>,
        /// Markdown without indentation.
        markdown: String,
        /// Path of its screenshot relative to the guide.
        path: Option<String>,
        /// Alternative text of the screenshot.
        #[serde(default)]
        alt: String,
    },
    /// Adds several steps behind each other, as one change.
    AddSteps {
        /// Index of the step before them; `None`: before the first.
        after: Option<usize>,
        /// At least one.
        steps: Vec<NewStep>,
    },
    /// Repeats a step behind itself, without its `@id`.
    Duplicate {
        /// Index of the step.
        step: usize,
    },
    /// Removes a step. The last one of a guide stays.
    Delete {
        /// Index of the step.
        step: usize,
    },
    /// Moves a step to another place, into another list where that is.
    Move {
        /// Index of the step.
        step: usize,
        /// Its index afterwards.
        to: usize,
    },
    /// Repeats steps behind the last of them, without their `@id`s.
    DuplicateSteps {
        /// Their indices.
        steps: Vec<usize>,
    },
    /// Removes steps, but not all of a guide.
    DeleteSteps {
        /// Their indices.
        steps: Vec<usize>,
    },
    /// Moves steps behind each other to another place.
    MoveSteps {
        /// Their indices.
        steps: Vec<usize>,
        /// The index of the first of them afterwards.
        to: usize,
    },
    /// Makes several changes one after another, each on the text that those before it left.
    All {
        /// None of them of this kind.
        edits: Vec<Edit>,
    },
    /// Cuts a step in two: text behind the place, later runs and scenes, and annotations of the scene from `at`
    /// on go to the new step.
    Split {
        /// Index of the step.
        step: usize,
        /// Index of the run of text that is cut.
        run: usize,
        /// Where, in bytes of the run's Markdown without indentation.
        offset: usize,
        /// First byte of the first annotation that goes; `None`: those of the scene stay.
        at: Option<usize>,
    },
    /// Writes a text outside the steps anew; without a word, it goes.
    Prose {
        /// First byte of the text.
        at: usize,
        /// Markdown.
        markdown: String,
    },
    /// Adds a text outside the steps.
    AddProse {
        /// Where.
        spot: Spot,
        /// Markdown.
        markdown: String,
    },
    /// Begins a chapter at a step: a heading before it.
    AddChapter {
        /// Index of the step.
        step: usize,
        /// Plain text.
        title: String,
    },
    /// Gives a heading another title; without one, the heading goes and what is below it stays.
    Heading {
        /// First byte of the heading.
        at: usize,
        /// Plain text.
        title: String,
    },
    /// Lets a text outside the steps change places with the heading or the steps beside it.
    MoveProse {
        /// First byte of the text.
        at: usize,
        /// −1 for what is before it, 1 for what is behind it.
        by: isize,
    },
    /// Lets a chapter change places with its neighbour, with all that is in them.
    MoveChapter {
        /// First byte of its heading.
        at: usize,
        /// −1 for the one before, 1 for the one after.
        by: isize,
    },
    /// Changes the front matter.
    Meta(MetaEdit),
}

/// Where a text is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// Before all headings and steps.
    Introduction,
    /// Right below the heading that starts at this byte.
    Below(usize),
    /// At the end.
    End,
}

/// A step that is added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    /// Markdown without indentation.
    pub markdown: String,
    /// Path of its screenshot relative to the guide.
    #[serde(default)]
    pub path: Option<String>,
    /// Alternative text of the screenshot.
    #[serde(default)]
    pub alt: String,
}

/// One key of the front matter. `None` takes the key away.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "key", rename_all = "kebab-case", deny_unknown_fields)]
pub enum MetaEdit {
    /// `title`, or the heading that stands for it.
    Title {
        /// Not empty.
        value: String,
    },
    /// `description`
    Description {
        /// Plain text.
        value: Option<String>,
    },
    /// `app`, as a key of `[apps]`.
    App {
        /// The key.
        value: Option<String>,
    },
    /// `cursor`: its name; a colour stays.
    Cursor {
        /// The name; empty for `false`.
        value: Option<String>,
    },
    /// `cursor`: its colour; a name stays.
    CursorColor {
        /// `#rgb` or `#rrggbb`.
        value: Option<String>,
    },
    /// `cover`
    Cover {
        /// Number or id of a step, or the path of a picture.
        value: Option<String>,
    },
    /// `backdrop`
    Backdrop {
        /// `brand`, `plain`, a colour or the path of a picture.
        value: Option<String>,
    },
    /// `steps`
    Steps {
        /// `auto`, `lists`, `headings` or `pictures`.
        value: Option<String>,
    },
    /// `chapters`
    Chapters {
        /// `steps` or `slides`.
        value: Option<String>,
    },
    /// `order`
    Order {
        /// A number.
        value: Option<String>,
    },
    /// One key of `capture`.
    Capture {
        /// Which.
        of: CaptureKey,
        /// As it is written.
        value: Option<String>,
    },
    /// `tags`
    Tags {
        /// In order; without any, the key goes.
        value: Vec<String>,
    },
    /// `authors`
    Authors {
        /// In order; without any, the key goes.
        value: Vec<String>,
    },
    /// `created`
    Created {
        /// `YYYY-MM-DD`.
        value: Option<String>,
    },
    /// `updated`
    Updated {
        /// `YYYY-MM-DD`.
        value: Option<String>,
    },
    /// `lang`
    Lang {
        /// A BCP 47 tag.
        value: Option<String>,
    },
    /// `draft`
    Draft {
        /// Whether it is one; `false` takes the key away.
        value: bool,
    },
    /// `slug`
    Slug {
        /// Last part of the address.
        value: Option<String>,
    },
    /// `url`
    Url {
        /// What the browser's bar shows.
        value: Option<String>,
    },
    /// `frame`
    Frame {
        /// `browser`, `window` or `none`.
        value: Option<String>,
    },
    /// `theme`
    Theme {
        /// Name of a theme.
        value: Option<String>,
    },
    /// `zoom`
    Zoom {
        /// `auto` or `none`.
        value: Option<String>,
    },
    /// `cta`
    Cta {
        /// Label and address.
        value: Option<CtaEdit>,
    },
}

impl MetaEdit {
    /// The value, of a key that takes one word of a kind.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Created { value }
            | Self::Updated { value }
            | Self::Lang { value }
            | Self::Slug { value }
            | Self::Url { value }
            | Self::Frame { value }
            | Self::Zoom { value }
            | Self::CursorColor { value }
            | Self::Cover { value }
            | Self::Backdrop { value }
            | Self::Steps { value }
            | Self::Chapters { value }
            | Self::Order { value }
            | Self::Capture { value, .. }
            | Self::Theme { value } => value.as_deref(),
            Self::Title { .. }
            | Self::Description { .. }
            | Self::App { .. }
            | Self::Tags { .. }
            | Self::Authors { .. }
            | Self::Draft { .. }
            | Self::Cursor { .. }
            | Self::Cta { .. } => None,
        }
    }
}

/// A key of `capture` in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptureKey {
    /// Where the steps begin.
    Start,
    /// Size of the window.
    Viewport,
    /// Pixels a point.
    Scale,
    /// Light or dark.
    Scheme,
    /// A login of the application.
    Login,
}

impl CaptureKey {
    /// As the front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Viewport => "viewport",
            Self::Scale => "scale",
            Self::Scheme => "scheme",
            Self::Login => "login",
        }
    }
}

/// A call to action.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CtaEdit {
    /// Words of the button.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// Which region of an annotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The first.
    #[default]
    Region,
    /// The one after `to`.
    To,
}

/// A region in points of the screenshot; it is written in whole points. `w` and `h` are 0 for a point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, 0 or more.
    pub w: f64,
    /// Height, 0 or more.
    pub h: f64,
}

/// All that an annotation says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnotationFields {
    /// The verb without its `@`.
    pub verb: String,
    /// Its region.
    #[serde(default)]
    pub region: Option<Area>,
    /// What the region stands on, as behind `on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The region after `to`.
    #[serde(default)]
    pub to: Option<Area>,
    /// What the region after `to` stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_on: Option<String>,
    /// Its text, unescaped.
    #[serde(default)]
    pub text: Option<String>,
    /// A word that is none of the others: `down`, `none`, `2s`.
    #[serde(default)]
    pub word: Option<String>,
    /// `key=value`.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}
