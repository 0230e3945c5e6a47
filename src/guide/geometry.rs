//! Sizes and places on screenshots.

/// A size in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width, above 0.
    pub width: f64,
    /// Height, above 0.
    pub height: f64,
}

/// A rectangle in points of a screenshot, counted from its upper-left corner; it lies on the
/// screenshot. Width and height are 0 for a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, 0 or more.
    pub w: f64,
    /// Height, 0 or more.
    pub h: f64,
}
