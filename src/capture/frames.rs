//! The last pictures of a page: which of them was shown right before something happened.

use std::collections::VecDeque;
use std::sync::Arc;

/// How many pictures are kept.
const KEPT: usize = 32;
/// A picture must be at least so much older than what it is the picture before, in milliseconds.
const BEFORE: f64 = 1.0;

/// A picture of a page, as PNG.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub png: Arc<[u8]>,
    /// BLAKE3 of it.
    pub hash: [u8; 32],
}

impl Picture {
    /// A picture of these bytes.
    pub fn new(png: impl Into<Arc<[u8]>>) -> Self {
        let png = png.into();
        let hash = *blake3::hash(&png).as_bytes();
        Self { png, hash }
    }

    /// Width and height in pixels, as the file says.
    pub fn size(&self) -> Option<(u32, u32)> {
        let number = |at: usize| Some(u32::from_be_bytes(self.png.get(at..at + 4)?.try_into().ok()?));
        self.png.starts_with(b"\x89PNG").then(|| Some((number(16)?, number(20)?)))?
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} bytes)", self.png.len())
    }
}

/// The last pictures of one page, by the time at which they were shown.
#[derive(Debug, Default)]
pub struct Frames {
    shown: VecDeque<(f64, Picture)>,
}

impl Frames {
    /// A picture that is shown since `t`, in milliseconds since 1970. One that shows what the last one shows is no news.
    pub fn push(&mut self, t: f64, picture: Picture) {
        if self.shown.back().is_some_and(|(_, last)| last.hash == picture.hash) {
            return;
        }
        self.shown.push_back((t, picture));
        if self.shown.len() > KEPT {
            self.shown.pop_front();
        }
    }

    /// What was shown right before `t`; what is known first, if nothing is older.
    pub fn before(&self, t: f64) -> Option<Picture> {
        let older = self.shown.iter().rev().find(|(shown, _)| *shown <= t - BEFORE);
        older.or(self.shown.front()).map(|(_, picture)| picture.clone())
    }

    /// What is shown now.
    pub fn last(&self) -> Option<Picture> {
        self.shown.back().map(|(_, picture)| picture.clone())
    }

    /// Since when that is shown.
    pub fn since(&self) -> Option<f64> {
        self.shown.back().map(|(t, _)| *t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(name: &str) -> Picture {
        Picture::new(name.as_bytes())
    }

    #[test]
    fn the_picture_before_is_older_by_a_millisecond() {
        let mut frames = Frames::default();
        frames.push(100.0, picture("a"));
        frames.push(200.0, picture("b"));
        assert_eq!(frames.before(200.5), Some(picture("a")));
        assert_eq!(frames.before(201.0), Some(picture("b")));
        assert_eq!(frames.before(50.0), Some(picture("a")));
        assert_eq!(Frames::default().before(1.0), None);
    }

    #[test]
    fn a_page_that_is_always_animated_does_not_grow() {
        let mut frames = Frames::default();
        for at in 0..10_000_u32 {
            frames.push(f64::from(at), picture(&at.to_string()));
        }
        assert_eq!(frames.shown.len(), KEPT);
        frames.push(20_000.0, picture("9999"));
        assert_eq!(frames.since(), Some(9_999.0));
    }
}
