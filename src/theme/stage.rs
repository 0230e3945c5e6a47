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
    /// Name on the cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Colours of the cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<StageColor>,
    /// For each shot, how much there is to see in each part of it: 20 by 12 cells from 0 to 3, two a hexadecimal digit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<String>,
    /// Steps.
    pub steps: Vec<StageStep>,
}

/// Colours, as custom properties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageColor {
    /// `#rrggbb`.
    pub brand: String,
    /// What can be read on it, `#rrggbb`.
    #[serde(rename = "on-brand")]
    pub on_brand: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageStep {
    /// Anchor; the article's `<li>` has the id.
    pub id: String,
    /// First sentence.
    pub title: String,
    /// Title of its chapter, plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// Words of its text.
    pub words: usize,
    /// At least one.
    pub scenes: Vec<StageScene>,
    /// Where its scenes have texts of their own, each text with its scenes, one after the other; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<StageTurn>,
}

/// Some text of a step and the scenes that it is shown with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageTurn {
    /// What the player knows it by, in place of the step's: of a chapter's slide.
    #[serde(flatten)]
    pub slide: Option<StageSlide>,
    /// Words of that text.
    pub words: usize,
    /// Which parts of the step's text in the article: the first, and that behind the last.
    pub text: [usize; 2],
    /// Which scenes of the step: the first, and that behind the last.
    pub scenes: [usize; 2],
}

/// The slide that a chapter opens with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageSlide {
    /// Anchor of the chapter; what has it in the article holds the slide's text.
    pub id: String,
    /// Title of the chapter, plain text.
    pub title: String,
    /// Nothing: its text begins with its heading.
    pub chapter: &'static str,
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
    /// Address in the frame, without `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the camera frames: absent, it decides by itself; `null`: everything; else a region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoom: Option<Option<[Num; 4]>>,
    /// What the cursor does.
    pub actions: Vec<StageAction>,
    /// The smallest region around its highlights and callouts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<[Num; 4]>,
    /// The side of `focus` that the card stands on, if the author says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
    /// Everything but the highlights, as the data of an SVG path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dim: Option<String>,
    /// The callouts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<StageNote>,
}

/// An action.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StageAction {
    /// The verb without `@`.
    pub verb: &'static str,
    /// Its region (`drag`: where it begins).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<[Num; 4]>,
    /// Where a drag ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<[Num; 4]>,
    /// Label, typed text, option, keys or an arrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Colour of the field that is typed into or chosen in, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The letters of that field, as a recording saw them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letters: Option<StageLetters>,
    /// The side of the target that the card stands on, if the author says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
    /// How long a `wait` lasts, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<u32>,
}

/// The letters of a field, as custom properties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageLetters {
    /// Their size, in points.
    pub f: Num,
    /// Their faces, as a style sheet lists them.
    pub face: String,
}

/// A callout.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageNote {
    /// What it is about.
    pub at: [Num; 4],
    /// Its words.
    pub text: String,
    /// The side it stands on.
    pub side: &'static str,
}
