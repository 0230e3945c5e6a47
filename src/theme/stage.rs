//! The walkthrough as data for the player: the JSON in `GuidePage::stage_html`.
//!
//! Regions are `[x, y, width, height]` in points of the original screenshot; the text of steps stands in
//! the article alone, and the player clones it from there.

use super::num::Num;
use serde::Serialize;

/// The whole walkthrough.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageData {
    /// Slug of the guide.
    pub guide: String,
    /// Width of the stage.
    pub width: Num,
    /// Height of the stage.
    pub height: Num,
    /// `browser`, `window` or `none`.
    pub frame: &'static str,
    /// Name on the cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Colour of the cursor, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Chapters.
    pub chapters: Vec<StageChapter>,
    /// Steps.
    pub steps: Vec<StageStep>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageChapter {
    /// Plain text.
    pub title: String,
    /// Number of its first step.
    pub first: usize,
    /// Number of its last step.
    pub last: usize,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageStep {
    /// Anchor; the article's `<li>` has the id.
    pub id: String,
    /// First sentence.
    pub title: String,
    /// Words of its text.
    pub words: usize,
    /// At least one.
    pub scenes: Vec<StageScene>,
}

/// A scene.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageScene {
    /// Id of the shot's group; absent: a card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shot: Option<String>,
    /// The part of the shot that is shown.
    pub view: [Num; 4],
    /// Alternative text.
    pub alt: String,
    /// Address in the frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the camera frames: absent, it decides by itself; `null`: everything; else a region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoom: Option<Option<[Num; 4]>>,
    /// What the cursor does.
    pub actions: Vec<StageAction>,
    /// What stands on the screenshot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<StageMark>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageAction {
    /// The verb without `@`.
    pub verb: &'static str,
    /// Its region (`drag`: where it begins).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<[Num; 4]>,
    /// Where a drag ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<[Num; 4]>,
    /// Label, typed text, option, keys or direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Colour of the field that is typed into or chosen in, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// How long a `wait` lasts, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<u32>,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageMark {
    /// `highlight` or `callout`.
    pub verb: &'static str,
    /// Where.
    pub at: [Num; 4],
    /// The callout's note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The callout's side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
}
