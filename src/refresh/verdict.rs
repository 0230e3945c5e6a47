//! What is said of a step, and the rules for it.

use super::compare::{Difference, Part};

/// Points that a box may be off.
const NEAR: f64 = 4.0;
/// Points from which on a box stands elsewhere.
const FAR: f64 = 24.0;
/// Cells of a group that a reader may see.
const SEEN: usize = 8;
/// Cells of a group that no reader overlooks.
const LARGE: usize = 50;

/// What is said of a step, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Its picture shows what the application shows.
    Same,
    /// Nothing can be said: a place without an anchor, or a picture that is kept.
    NotChecked,
    /// Something small differs.
    Changed,
    /// The picture shows something else.
    Stale,
    /// What it acts on is called otherwise.
    Renamed,
    /// What it acts on is not there.
    Broken,
    /// The guide can't be replayed, or its pictures were taken otherwise.
    CouldNotRun,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Same,
        Self::NotChecked,
        Self::Changed,
        Self::Stale,
        Self::Renamed,
        Self::Broken,
        Self::CouldNotRun,
    ];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotChecked => "not checked",
            Self::Changed => "changed",
            Self::Stale => "stale",
            Self::Renamed => "renamed",
            Self::Broken => "broken",
            Self::CouldNotRun => "could not run",
        }
    }

    /// What a check ends with for it.
    pub fn status(self, strict: bool) -> u8 {
        match self {
            Self::Same | Self::NotChecked => 0,
            Self::Changed => u8::from(strict),
            Self::Stale | Self::Renamed | Self::Broken => 1,
            Self::CouldNotRun => 2,
        }
    }
}

/// A verdict and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// What is said.
    pub verdict: Verdict,
    /// Why, as a line.
    pub why: String,
}

impl Reason {
    /// A verdict and why.
    pub fn new(verdict: Verdict, why: impl Into<String>) -> Self {
        Self { verdict, why: why.into() }
    }
}

/// What is known of a picture and of the page that it shows, before and after.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// What differs; `None`: the pictures are not of one size.
    pub difference: Option<Difference>,
    /// Paths of the page, if the one before is known.
    pub paths: Option<(String, String)>,
    /// Titles of the page, if the one before is known.
    pub titles: Option<(String, String)>,
}

/// What a picture says.
pub fn of_picture(facts: &Facts) -> Reason {
    let Facts { difference, paths, titles } = facts;
    if let Some((before, after)) = paths.as_ref().filter(|(before, after)| before != after) {
        return Reason::new(Verdict::Stale, format!("the page is `{after}` instead of `{before}`"));
    }
    if let Some((before, after)) = titles.as_ref().filter(|(before, after)| before != after) {
        return Reason::new(Verdict::Stale, format!("the page is called `{after}` instead of `{before}`"));
    }
    let Some(difference) = difference else {
        return Reason::new(Verdict::Stale, "the picture has another size");
    };
    let cells = difference.largest();
    let place = difference.groups.first().map(|group| spot(group.part)).unwrap_or_default();
    match cells {
        0..SEEN => Reason::new(Verdict::Same, "the picture is the same"),
        SEEN..LARGE => Reason::new(Verdict::Changed, format!("something small differs at {place}")),
        _ => Reason::new(Verdict::Stale, format!("the picture differs at {place}")),
    }
}

/// What the place of something says that was found.
pub fn of_box(name: &str, before: Part, after: Part) -> Reason {
    let off = before.off(after);
    if off <= NEAR {
        return Reason::new(Verdict::Same, format!("{name} is where it was"));
    }
    let why = if (before.w - after.w).abs().max((before.h - after.h).abs()) > NEAR {
        format!("{name} takes {} instead of {}", spot(after), spot(before))
    } else {
        format!("{name} moved from {} to {}", corner(before), corner(after))
    };
    Reason::new(if off <= FAR { Verdict::Changed } else { Verdict::Stale }, why)
}

/// The worst of several; the first of those that are as bad.
pub fn worst(reasons: &[Reason]) -> Option<&Reason> {
    reasons.iter().fold(None, |worst: Option<&Reason>, reason| match worst {
        Some(worst) if worst.verdict >= reason.verdict => Some(worst),
        _ => Some(reason),
    })
}

fn corner(part: Part) -> String {
    format!("{:.0},{:.0}", part.x, part.y)
}

/// A part as a region is written.
pub fn spot(part: Part) -> String {
    format!("{:.0},{:.0} {:.0}x{:.0}", part.x, part.y, part.w, part.h)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refresh::compare::Group;

    fn cells(cells: usize) -> Facts {
        let groups = vec![Group { cells, part: Part::default() }];
        Facts { difference: Some(Difference { groups }), ..Facts::default() }
    }

    fn part(x: f64, w: f64) -> Part {
        Part { x, y: 10.0, w, h: 20.0 }
    }

    #[test]
    fn groups_of_cells_tell_how_much_differs() {
        let verdict = |count| of_picture(&cells(count)).verdict;
        assert_eq!([0, 7, 8, 49, 50, 900].map(verdict), {
            use Verdict::{Changed, Same, Stale};
            [Same, Same, Changed, Changed, Stale, Stale]
        });
        assert_eq!(of_picture(&Facts::default()).verdict, Verdict::Stale);
    }

    #[test]
    fn another_path_or_title_is_stale_whatever_the_pixels_say() {
        let pair = |before: &str, after: &str| Some((before.to_owned(), after.to_owned()));
        let facts = Facts { paths: pair("/a", "/b"), ..cells(0) };
        assert_eq!(of_picture(&facts), Reason::new(Verdict::Stale, "the page is `/b` instead of `/a`"));
        let facts = Facts { paths: pair("/a", "/a"), titles: pair("A", "B"), ..cells(0) };
        assert_eq!(of_picture(&facts).verdict, Verdict::Stale);
        let facts = Facts { paths: pair("/a", "/a"), titles: pair("A", "A"), ..cells(0) };
        assert_eq!(of_picture(&facts).verdict, Verdict::Same);
    }

    #[test]
    fn a_box_may_be_off_by_a_few_points() {
        let verdict = |x, w| of_box("it", part(100.0, 50.0), part(x, w)).verdict;
        assert_eq!(verdict(104.0, 50.0), Verdict::Same);
        assert_eq!(verdict(105.0, 50.0), Verdict::Changed);
        assert_eq!(verdict(124.0, 50.0), Verdict::Changed);
        assert_eq!(verdict(125.0, 50.0), Verdict::Stale);
        assert_eq!(verdict(100.0, 80.0), Verdict::Stale);
        assert!(of_box("it", part(1.0, 9.0), part(9.0, 9.0)).why.contains("moved from 1,10 to 9,10"));
    }

    #[test]
    fn the_worst_is_told_and_of_equals_the_first() {
        let reasons = [
            Reason::new(Verdict::Same, "a"),
            Reason::new(Verdict::Stale, "b"),
            Reason::new(Verdict::Stale, "c"),
            Reason::new(Verdict::NotChecked, "d"),
        ];
        assert_eq!(worst(&reasons).map(|reason| &*reason.why), Some("b"));
        assert_eq!(worst(&[]), None);
    }

    #[test]
    fn a_check_ends_with_what_was_found() {
        let status = |strict| Verdict::ALL.map(|verdict| verdict.status(strict));
        assert_eq!(status(false), [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!(status(true), [0, 0, 1, 1, 1, 1, 2]);
    }
}
