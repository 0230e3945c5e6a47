//! What is asked for.

use serde::Deserialize;

/// A recording.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RecordRequest {
    /// A new guide.
    Guide {
        /// Where it begins.
        url: String,
        /// Its title; empty: that of the first page.
        #[serde(default)]
        title: String,
    },
    /// Steps of a guide.
    Steps {
        /// The guide.
        slug: String,
        /// Index of the step that they come after; `None`: before the first.
        after: Option<usize>,
        /// Where they begin.
        #[serde(flatten)]
        begin: Begin,
    },
    /// The anchor of an annotation.
    Pick {
        /// The guide.
        slug: String,
        /// Index of the step.
        step: usize,
        /// Index of the scene.
        scene: usize,
        /// First byte of the annotation; `None`: one that is not written yet.
        #[serde(default)]
        at: Option<usize>,
        /// Where the element is looked for.
        #[serde(flatten)]
        begin: Begin,
    },
}

/// Where a recording of a guide begins.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Begin {
    /// Whether the steps before are done first.
    #[serde(default)]
    pub replay: bool,
    /// The address that is opened instead; empty: where the guide begins.
    #[serde(default)]
    pub url: String,
}

/// Steps of an earlier recording that come into a guide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutIn {
    /// Which recording.
    pub id: String,
    /// The guide.
    pub slug: String,
    /// Index of the step that they come after; `None`: before the first.
    pub after: Option<usize>,
}

impl RecordRequest {
    /// The guide that it is about; empty for a new one.
    pub fn slug(&self) -> &str {
        match self {
            Self::Guide { .. } => "",
            Self::Steps { slug, .. } | Self::Pick { slug, .. } => slug,
        }
    }

    /// What it is called in messages.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Guide { .. } => "guide",
            Self::Steps { .. } => "steps",
            Self::Pick { .. } => "pick",
        }
    }
}
