//! The letters of fields, as a recording saw them: what a walkthrough types looks like what the application writes.

use super::Screens;
use crate::guide::seen::Lettering;
use crate::guide::{Rect, Step};

/// Points by which a region may be off the box of its field.
const OFF: f64 = 2.0;
/// Sizes of letters that a field may have, in points. What is beyond is no size.
const SIZES: std::ops::RangeInclusive<f64> = 6.0..=96.0;
/// Most faces that are tried one after the other.
const FACES: usize = 4;
/// Names of kinds of faces, which stand in no quotes.
const KINDS: [&str; 7] =
    ["cursive", "monospace", "sans-serif", "serif", "system-ui", "ui-monospace", "ui-sans-serif"];

impl Lettering {
    /// From what a recording says; `None` if that is no size.
    pub(super) fn new(at: Rect, size: f64, families: &str) -> Option<Self> {
        let size = (size * 10.0).round() / 10.0;
        SIZES.contains(&size).then(|| Self { at, size, faces: faces(families) })
    }
}

/// The names of faces, each in quotes, less all that is no part of a name: the file is untrusted.
fn faces(families: &str) -> String {
    let name = |family: &str| -> String {
        family
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let names = families.split(',').map(name).filter(|name| !name.is_empty()).take(FACES);
    let mut faces: Vec<String> =
        names.map(|name| if KINDS.contains(&&*name) { name } else { format!("\"{name}\"") }).collect();
    if faces.last().is_none_or(|last| last.starts_with('"')) {
        faces.push("sans-serif".to_owned());
    }
    faces.join(",")
}

/// The letters of the fields that steps type or choose in, as far as they are known.
pub(super) fn known(screens: &Screens, steps: &[Step]) -> Vec<Lettering> {
    let actions = steps.iter().flat_map(|step| &step.scenes).flat_map(|scene| &scene.actions);
    let written = actions.filter_map(|action| action.kind.field());
    let found = written.filter_map(|at| {
        let field = screens.fields.iter().find(|field| is_there(field.at, at))?;
        Some(Lettering { at, ..field.clone() })
    });
    found.collect()
}

fn is_there(field: Rect, at: Rect) -> bool {
    let sides = [field.x - at.x, field.y - at.y, field.w - at.w, field.h - at.h];
    sides.iter().all(|side| side.abs() <= OFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_faces_are_left_of_what_a_file_says() {
        assert_eq!(faces("Arial"), "\"Arial\",sans-serif");
        assert_eq!(faces("\"Source Sans 3\", Georgia, serif"), "\"Source Sans 3\",\"Georgia\",serif");
        assert_eq!(faces("x;}</style>\\url(a), system-ui"), "\"xstyleurla\",system-ui");
        assert_eq!(faces(""), "sans-serif");
    }

    #[test]
    fn what_is_no_size_is_left_out() {
        let at = Rect { x: 0.0, y: 0.0, w: 1.0, h: 1.0 };
        assert_eq!(Lettering::new(at, 13.333_3, "serif").map(|found| found.size), Some(13.3));
        for size in [0.0, -1.0, 400.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Lettering::new(at, size, "serif"), None);
        }
    }
}
