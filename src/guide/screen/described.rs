//! An alternative text for a screenshot, as a recording makes it: what the page is called, and what is done on it.

use super::{Screens, is_touched, telling};
use crate::guide::{ActionKind, Rect, Scene, Shot};

/// Most letters of a proposal, and of what a target is called in it.
const LONGEST: usize = 120;
const NAME: usize = 60;
/// Points by which a region may be off the box of what it stands on.
const OFF: f64 = 4.0;

impl Screens {
    /// A proposal for the alternative text of a scene that shows this shot. It says nothing that is redacted there.
    pub fn described(&self, scene: &Scene, shot: &Shot) -> Option<String> {
        let title = self.title(shot);
        let target = scene.actions.iter().find_map(|action| target(&action.kind));
        let name = target.and_then(|at| self.name(at, shot));
        let parts: Vec<String> = title.into_iter().chain(name).collect();
        // What an image's description ends with.
        let text = parts.join(", ").replace(['[', ']', '\\', '`', '<', '>'], "");
        Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST)
    }

    /// The title of the page, unless it names a person or what is redacted.
    fn title(&self, shot: &Shot) -> Option<String> {
        let title = &self.screen(&shot.picture)?.title;
        let lower = title.to_lowercase();
        let is_hidden = self.touched(shot).any(|word| lower.contains(&word.text.to_lowercase()));
        let is_plain = !title.is_empty() && !is_hidden && telling::telling(title).next().is_none();
        is_plain.then(|| title.clone())
    }

    /// What lies there: by its name, if it was acted on in a recording, else the words in it.
    fn name(&self, at: Rect, shot: &Shot) -> Option<String> {
        if is_touched(at, shot) || self.screen(&shot.picture).is_none() {
            return None;
        }
        let mut named =
            self.targets.iter().filter(|target| off(target.at, at) <= OFF).map(|target| &target.text);
        let first = named.next().filter(|first| named.all(|other| other == *first));
        let within = || {
            let words = self.shown(shot).filter(|word| {
                let (x, y) = (word.at.x + word.at.w / 2.0, word.at.y + word.at.h / 2.0);
                x >= at.x && x <= at.x + at.w && y >= at.y && y <= at.y + at.h
            });
            words.map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let name = first.cloned().unwrap_or_else(within);
        let is_plain =
            !name.is_empty() && name.chars().count() <= NAME && telling::telling(&name).next().is_none();
        is_plain.then_some(name)
    }
}

/// What is acted on.
fn target(kind: &ActionKind) -> Option<Rect> {
    match kind {
        ActionKind::Point { at, .. } | ActionKind::Type { at, .. } | ActionKind::Select { at, .. } => {
            Some(*at)
        }
        ActionKind::Drag { from, .. } => Some(*from),
        ActionKind::Press { .. } | ActionKind::Scroll { .. } | ActionKind::Wait { .. } => None,
    }
}

/// How far the edges of two boxes are apart, at most.
fn off(one: Rect, other: Rect) -> f64 {
    let edges = [one.x - other.x, one.y - other.y, one.w - other.w, one.h - other.h];
    edges.into_iter().map(f64::abs).fold(0.0, f64::max)
}
