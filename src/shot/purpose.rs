//! What pictures are made for.

/// What pictures, and the pages with them, are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// For readers: as few bytes as can be, with all that stands beside a page, and weighed.
    #[default]
    Publish,
    /// For a preview: encoded in the least time, every pixel as it is; cards are not made, and pages are not weighed.
    Preview,
}
