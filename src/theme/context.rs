//! The typed page context: everything a template may use, and the public interface of themes.
//!
//! Text fields are plain text, which templates escape by themselves. Fields named `…_html` are safe HTML
//! made by Guidemark, to be printed with `| safe`. Lengths are points of the screenshot unless said.

use super::num::Num;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `guide.html` gets.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GuidePage {
    /// What every page knows.
    pub page: PageHead,
    /// Whose site this is.
    pub site: SiteView,
    /// The guide.
    pub guide: GuideView,
    /// The article from top to bottom.
    pub sections: Vec<SectionView>,
    /// Headings above steps.
    pub chapters: Vec<ChapterView>,
    /// Shots that no figure defines and only the walkthrough needs; mostly none.
    pub shots: Vec<ShotView>,
    /// Whether the guide is long enough for a table of chapters.
    pub contents: bool,
    /// Guides about the same application or with a tag in common, at most three; neither the one before nor the one
    /// after it, and in its language.
    pub related: Vec<CardLink>,
    /// The guide before it in the library.
    pub previous: Option<CardLink>,
    /// The guide after it in the library.
    pub next: Option<CardLink>,
    /// Files of the guide that the page offers, as `downloads` of the project says; empty in pages that stand alone.
    pub downloads: Vec<DownloadView>,
    /// The code to paste elsewhere.
    pub embed_code: String,
    /// The same with `embed.js`; nothing in pages that stand alone.
    pub embed_script: Option<String>,
    /// The walkthrough as JSON for the player: every `<` is written `\u003c`.
    pub stage_html: String,
    /// Structured data for search engines (`HowTo`, `BreadcrumbList`): every `<` is written `\u003c`.
    pub json_ld_html: String,
    /// Words of the interface in the guide's language, by key (`start`, `next`, …).
    pub words: BTreeMap<String, String>,
}

/// A file that the page offers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DownloadView {
    /// What people call it: `PDF`.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// What `library.html` gets.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LibraryPage {
    /// What every page knows.
    pub page: PageHead,
    /// Whose site this is.
    pub site: SiteView,
    /// Cards by application, in order of name; guides about none come last, under an empty name.
    pub groups: Vec<GroupView>,
    /// Applications that guides are about, for the filter.
    pub apps: Vec<FilterView>,
    /// Tags that guides bear, for the filter.
    pub tags: Vec<FilterView>,
    /// Number of guides.
    pub total: usize,
    /// What the search looks through, as JSON: every `<` is written `\u003c`.
    pub search_html: String,
    /// Words of the interface in the project's language, by key.
    pub words: BTreeMap<String, String>,
}

/// The head of a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageHead {
    /// BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Full title of the document.
    pub title: String,
    /// For search engines; may be empty.
    pub description: String,
    /// Address of this page, if the project has a `base_url`.
    pub canonical: Option<String>,
    /// Address of the picture for link previews, if the project has a `base_url`.
    pub image: Option<String>,
    /// Address of the guide's oEmbed answer, if the project has a `base_url`.
    pub oembed: Option<String>,
    /// Address of the feed, if the project has a `base_url`.
    pub feed: Option<String>,
    /// Where the stage posts its events, if the project says so.
    pub beacon: Option<String>,
    /// The value of the Content-Security-Policy.
    pub csp: String,
    /// The page's style, already joined and squeezed; its hash stands in `csp`.
    pub style_html: String,
    /// A short script for `<head>`: it marks a page that shows its walkthrough alone (`?view=player`) before that is
    /// drawn; empty in the library. Its hash stands in `csp`.
    pub early_html: &'static str,
    /// The page's script, already joined and squeezed, its own names shortened; its hash stands in `csp`.
    pub script_html: String,
    /// Colour of the browser's own surfaces in light mode, `#rrggbb`.
    pub theme_color: String,
    /// The same in dark mode.
    pub theme_color_dark: String,
    /// The page's icon as a `data:` address.
    pub icon: String,
    /// Name and version of the program.
    pub generator: String,
}

/// Whose site it is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SiteView {
    /// Title of the library.
    pub title: String,
    /// One sentence; may be empty.
    pub description: String,
    /// Who publishes.
    pub brand_name: Option<String>,
    /// Their logo as a `data:` address.
    pub brand_logo: Option<String>,
    /// Path from this page to the library; `None` in a page built alone.
    pub library_href: Option<String>,
}

/// The guide itself.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GuideView {
    /// Last part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// The title with words that a hyphen joins kept whole.
    pub title_html: String,
    /// One sentence; may be empty.
    pub description: String,
    /// What it is about.
    pub app: Option<AppView>,
    /// Tags.
    pub tags: Vec<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Day it was first published.
    pub created: Option<DateView>,
    /// Day of the last change.
    pub updated: Option<DateView>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Number of steps.
    pub steps: usize,
    /// How long it plays by itself, in whole minutes, at least 1.
    pub minutes: usize,
    /// `12 steps · 2 min` in the guide's language.
    pub summary: String,
    /// What one will have done: the titles of its chapters, if there are two to four; else none.
    pub goals: Vec<String>,
    /// Width of the stage.
    pub width: Num,
    /// Height of the stage.
    pub height: Num,
    /// `browser`, `window` or `none`.
    pub frame: &'static str,
    /// Address that the frame shows at first.
    pub url: Option<String>,
    /// The cover's picture; `None` in a guide without screenshots.
    pub cover: Option<FigureView>,
    /// Whether the cover shows something else than the walkthrough begins with; it fills the stage
    pub own_cover: bool,
    /// Whether any step points at something, with a cursor.
    pub points: bool,
    /// Id of the first step.
    pub first_step: Option<String>,
    /// Call to action.
    pub cta: Option<LinkView>,
}

/// An application.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AppView {
    /// Its name.
    pub name: String,
    /// First letter of the name, for a logo where there is none.
    pub initial: String,
    /// One sentence.
    pub description: Option<String>,
    /// Its site.
    pub website: Option<LinkView>,
    /// Its industry.
    pub industry: Option<String>,
    /// Its logo as a `data:` address.
    pub logo: Option<String>,
}

/// A link and its words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkView {
    /// The words.
    pub label: String,
    /// A safe address.
    pub href: String,
}

/// A day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DateView {
    /// `2026-11-22`.
    pub iso: String,
    /// The day as people of the page's language write it.
    pub text: String,
}

/// A part of the article. `kind` says which fields it has.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SectionView {
    /// `kind = "prose"`.
    Prose {
        /// The text.
        html: String,
    },
    /// `kind = "chapter"`: a heading above steps.
    Chapter {
        /// Heading level in the page, 2 to 6.
        level: u8,
        /// Anchor.
        id: String,
        /// The heading's content.
        html: String,
        /// Whether the walkthrough shows it as a slide: `.step-text` in what has the anchor is its text.
        slide: bool,
        /// What the slide says below the heading; empty: nothing.
        lead: String,
    },
    /// `kind = "steps"`: one numbered list.
    Steps {
        /// Number of its first step.
        start: usize,
        /// Its steps.
        steps: Vec<StepView>,
    },
}

/// A heading above steps.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChapterView {
    /// Plain text.
    pub title: String,
    /// Anchor of its heading.
    pub id: String,
    /// Number of its first step.
    pub first: usize,
    /// Number of its last step.
    pub last: usize,
    /// Id of its first step.
    pub step_id: String,
}

/// A step in the article.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StepView {
    /// From 1 through the guide.
    pub number: usize,
    /// Anchor.
    pub id: String,
    /// First sentence.
    pub title: String,
    /// Text and figures in order.
    pub body: Vec<BodyView>,
}

/// A part of a step. `kind` says which fields it has.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BodyView {
    /// `kind = "text"`.
    Text {
        /// The text.
        html: String,
        /// Whether it was made from the marks, and is not a text of the author.
        generated: bool,
    },
    /// `kind = "figure"`.
    Figure {
        /// The screenshot and its marks.
        figure: Box<FigureView>,
    },
}

/// A shot as a group other places `<use>`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShotView {
    /// Id of the group, `gm-shot-1`.
    pub id: String,
    /// Id of the group it is drawn over.
    pub base: Option<String>,
    /// What is drawn over it.
    pub layers: Vec<LayerView>,
    /// Ids of the groups that make it where the page is light, lowest first; empty but for a shot that is another in dark, which
    /// has no layers of its own.
    pub light: Vec<String>,
    /// The same where the page is dark.
    pub dark: Vec<String>,
}

/// A picture in a shot.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LayerView {
    /// Id for a picture that later layers draw again.
    pub id: Option<String>,
    /// The earlier layer with the same picture, so that its bytes stand in the page once.
    pub same: Option<SameView>,
    /// `data:` address.
    pub href: String,
    /// Left edge.
    pub x: Num,
    /// Upper edge.
    pub y: Num,
    /// Width.
    pub width: Num,
    /// Height.
    pub height: Num,
    /// The part of the picture that is shown, where that is not all of it: what lies beyond is not to be seen.
    pub cut: Option<CutView>,
}

/// What is cut out of a picture.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CutView {
    /// Id for a symbol that does it.
    pub id: String,
    /// Left edge.
    pub x: Num,
    /// Upper edge.
    pub y: Num,
    /// Width.
    pub width: Num,
    /// Height.
    pub height: Num,
}

/// An earlier layer with the same picture, for `<use>`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SameView {
    /// Its id.
    pub id: String,
    /// How far to the right of it the picture is drawn.
    pub x: Num,
    /// How far below it.
    pub y: Num,
}

/// A screenshot with its marks, as the article shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FigureView {
    /// Id of all that is drawn in it.
    pub id: String,
    /// Id of the shot's group.
    pub shot: String,
    /// Ids of the groups that make the shot when one is drawn over the other, lowest first: for shots that don't
    /// draw their base themselves.
    pub shots: Vec<String>,
    /// All of the screenshot, where the figure shows a part of it.
    pub whole: BoxView,
    /// Shots this figure is the first to need: a template prints their groups here.
    pub defines: Vec<ShotView>,
    /// Alternative text, the marks included.
    pub alt: String,
    /// Left edge of the part that is shown.
    pub x: Num,
    /// Upper edge.
    pub y: Num,
    /// Width.
    pub width: Num,
    /// Height.
    pub height: Num,
    /// Points that make one CSS pixel where the figure is 640 pixels wide.
    pub unit: Num,
    /// Rings, in the order of the actions.
    pub rings: Vec<RingView>,
    /// Spotlights.
    pub highlights: Vec<BoxView>,
    /// Outline (`d` of a path, filled by `evenodd`) of all but the spotlights; `None` without any.
    pub dim: Option<String>,
    /// Lines along which something is dragged.
    pub drags: Vec<LineView>,
    /// Notes.
    pub callouts: Vec<NoteView>,
    /// What is done without the mouse, in words: `Type “30”`, `Press Ctrl+K`.
    pub notes: Vec<String>,
    /// The caption that the guide gives it.
    pub caption: Option<String>,
}

/// A ring on a target.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RingView {
    /// Number in the figure, from 1; shown if there are several.
    pub number: usize,
    /// `click`, `double-click`, `right-click`, `hover`, `type`, `select`, `drag` or `drop`.
    pub verb: &'static str,
    /// Text of the annotation.
    pub text: Option<String>,
    /// Where.
    pub at: BoxView,
    /// The ring itself: a little larger than its target, never tiny.
    pub outline: BoxView,
    /// Radius of its corners.
    pub radius: Num,
}

/// A line from the middle of one region to that of another.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct LineView {
    /// Where it starts.
    pub x1: Num,
    /// Where it starts.
    pub y1: Num,
    /// Where it ends.
    pub x2: Num,
    /// Where it ends.
    pub y2: Num,
}

/// A rectangle; width and height are 0 for a point.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct BoxView {
    /// Left edge.
    pub x: Num,
    /// Upper edge.
    pub y: Num,
    /// Width.
    pub w: Num,
    /// Height.
    pub h: Num,
}

/// A note that points at a region.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NoteView {
    /// The note.
    pub text: String,
    /// `auto`, `top`, `right`, `bottom` or `left`.
    pub side: &'static str,
    /// What it points at.
    pub at: BoxView,
    /// Letter of the note, `A` for the first.
    pub letter: String,
    /// Where the note is drawn; `None` if there is no room for it: then the letter stands for it.
    pub bubble: Option<BubbleView>,
}

/// A note as drawn on a screenshot.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct BubbleView {
    /// Left edge.
    pub x: Num,
    /// Upper edge.
    pub y: Num,
    /// Width in `unit`s of the figure.
    pub width: Num,
    /// Height in `unit`s of the figure.
    pub height: Num,
    /// From the note to its region.
    pub line: LineView,
}

/// A guide as a link.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CardLink {
    /// Title.
    pub title: String,
    /// The title with words that a hyphen joins kept whole.
    pub title_html: String,
    /// Path from this page.
    pub href: String,
    /// `12 steps · 2 min`.
    pub summary: String,
}

/// Cards of one application.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GroupView {
    /// Its name; empty for guides about none.
    pub name: String,
    /// Its guides by title.
    pub cards: Vec<CardView>,
}

/// A guide in the library.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CardView {
    /// Last part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// The title with words that a hyphen joins kept whole.
    pub title_html: String,
    /// Path from the library.
    pub href: String,
    /// Path of its thumbnail; `None` in a guide without screenshots.
    pub cover: Option<String>,
    /// Width of the thumbnail in pixels.
    pub cover_width: u32,
    /// Height of the thumbnail in pixels.
    pub cover_height: u32,
    /// `12 steps · 2 min`.
    pub summary: String,
    /// Name of its application.
    pub app: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// A choice of a filter.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FilterView {
    /// The words, and what is compared.
    pub name: String,
    /// How many guides it leaves.
    pub count: usize,
}
