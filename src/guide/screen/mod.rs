//! The words on a guide's screenshots, as the file beside the guide knows them: `capture.json`, which recordings, replays
//! and imports write.
//!
//! That file is the author's, and what it says of a picture may be older than what the guide redacts today. So words are
//! handed out here only with the redactions and the crop of a shot applied, and only for the very picture they were read from.

mod described;
mod lettering;
mod read;
mod seen;
mod telling;

pub(super) use telling::{prints, telling};

use super::seen::Lettering;
use super::{Picture, Rect, Shot};
use crate::source::ProjectPath;
use std::collections::BTreeMap;

/// Boxes are rounded to whole points.
const ROUNDED: f64 = 1.0;

/// Share of each side of a text that has to be covered for all of it to be meant.
const COVERED: f64 = 0.8;

/// What is known of the screenshots of a guide, by their files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Screens {
    pictures: BTreeMap<ProjectPath, Screen>,
    /// Names of what was acted on, and where that lay.
    targets: Vec<Word>,
    /// The letters of the fields that were typed or chosen in.
    fields: Vec<Lettering>,
}

/// What is known of one picture.
#[derive(Debug, Clone, PartialEq)]
struct Screen {
    /// BLAKE3 of the picture it was read from.
    hash: Option<[u8; 32]>,
    /// That of the page.
    title: String,
    words: Vec<Word>,
    /// Areas that the author has not yet decided to redact or to leave.
    doubts: Vec<Rect>,
}

/// A text on a picture: what one element says, on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As it reads.
    pub text: String,
    /// Where, in points.
    pub at: Rect,
}

/// The file beside a guide that knows the words of its pictures.
pub fn capture_path(guide: &ProjectPath) -> ProjectPath {
    let name = guide.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let file = if stem == "index" { "capture.json".to_owned() } else { format!("{stem}.capture.json") };
    guide.parent().join(&file).unwrap_or_default()
}

impl Screens {
    /// What is known of a picture, if it is still the one that was looked at.
    fn screen(&self, picture: &Picture) -> Option<&Screen> {
        self.pictures.get(&picture.path).filter(|screen| screen.hash.is_none_or(|hash| hash == picture.hash))
    }

    /// The words that a shot shows whole: nothing that a redaction touches or a crop cuts.
    pub fn shown<'a>(&'a self, shot: &'a Shot) -> impl Iterator<Item = &'a Word> {
        let all = self.screen(&shot.picture).map_or(&[][..], |screen| &screen.words);
        all.iter().filter(|word| is_visible(word.at, shot) && !is_touched(word.at, shot))
    }

    /// The words that a redaction of a shot touches.
    pub fn touched<'a>(&'a self, shot: &'a Shot) -> impl Iterator<Item = &'a Word> {
        let all = self.screen(&shot.picture).map_or(&[][..], |screen| &screen.words);
        all.iter().filter(|word| is_touched(word.at, shot))
    }

    /// The words that a redaction of a shot covers as good as whole: what it was made for.
    fn covered<'a>(&'a self, shot: &'a Shot) -> impl Iterator<Item = &'a Word> {
        self.touched(shot).filter(|word| shot.redactions.iter().any(|one| covers(one.at, word.at)))
    }

    /// Whether the author has not yet decided about what stands there.
    fn is_doubtful(&self, shot: &Shot, at: Rect) -> bool {
        self.screen(&shot.picture).is_some_and(|screen| screen.doubts.iter().any(|doubt| doubt.meets(&at)))
    }
}

fn is_visible(at: Rect, shot: &Shot) -> bool {
    let size = shot.picture.size();
    let whole = Rect { x: 0.0, y: 0.0, w: size.width, h: size.height };
    match shot.crop {
        Some(crop) => is_within(at, crop),
        None => at.meets(&whole),
    }
}

fn is_within(at: Rect, whole: Rect) -> bool {
    let Rect { x, y, w, h } = grown(whole, ROUNDED);
    at.x >= x && at.y >= y && at.x + at.w <= x + w && at.y + at.h <= y + h
}

fn is_touched(at: Rect, shot: &Shot) -> bool {
    shot.redactions.iter().any(|redaction| grown(redaction.at, ROUNDED).meets(&at))
}

/// Whether a redaction covers so much of a text that no word of it can be read.
fn covers(redaction: Rect, text: Rect) -> bool {
    let Rect { x, y, w, h } = grown(redaction, ROUNDED);
    let width = (x + w).min(text.x + text.w) - x.max(text.x);
    let height = (y + h).min(text.y + text.h) - y.max(text.y);
    width >= text.w * COVERED && height >= text.h * COVERED
}

fn grown(Rect { x, y, w, h }: Rect, by: f64) -> Rect {
    Rect { x: x - by, y: y - by, w: w + 2.0 * by, h: h + 2.0 * by }
}
