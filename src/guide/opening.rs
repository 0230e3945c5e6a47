//! How chapters open in the walkthrough.

/// The key `chapters`: how a chapter opens in the walkthrough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChapterOpening {
    /// With its first step, whose card names it.
    #[default]
    Steps,
    /// With its heading and first paragraph as a slide.
    Slides,
}

impl ChapterOpening {
    /// As the front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Slides => "slides",
        }
    }
}
