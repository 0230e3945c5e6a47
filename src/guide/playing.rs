//! How long a guide plays by itself, as the player counts it.

use super::{Action, ActionKind, Gesture, Resolved, Scene, Step};

/// Milliseconds that a word takes to be read, and that any step lasts at least.
const WORD: usize = 300;
const LEAST: usize = 2500;
/// What the cursor takes for a way, about.
const MOVE: usize = 650;
/// A moment to see something before the next happens.
const BEAT: usize = 700;
/// A list opens, and an option is taken.
const CHOICE: usize = 1000;

impl Resolved {
    /// How long its walkthrough plays by itself, in seconds.
    pub fn seconds(&self) -> usize {
        let slides = (0..self.steps.len()).filter_map(|at| self.slide(at));
        let slides = slides.map(|slide| MOVE / 2 + LEAST.max(slide.words * WORD)).sum::<usize>();
        (slides + self.steps.iter().map(step).sum::<usize>()) / 1000
    }
}

fn step(step: &Step) -> usize {
    let turns = step.turns();
    let reading = turns.iter().map(|turn| LEAST.max(turn.words * WORD)).sum::<usize>();
    let between = step.scenes.len().saturating_sub(turns.len()) * BEAT;
    reading + between + step.scenes.iter().map(scene).sum::<usize>()
}

fn scene(scene: &Scene) -> usize {
    MOVE / 2 + scene.actions.iter().map(action).sum::<usize>()
}

fn action(action: &Action) -> usize {
    match &action.kind {
        ActionKind::Point { gesture: Gesture::Hover, .. } => MOVE + BEAT / 2,
        ActionKind::Point { .. } => MOVE + 150,
        ActionKind::Type { text, .. } => MOVE + (text.chars().count() * 75).clamp(300, 3000),
        ActionKind::Select { .. } => MOVE + CHOICE,
        ActionKind::Drag { .. } => 2 * MOVE + 300,
        ActionKind::Press { .. } | ActionKind::Scroll { .. } => BEAT,
        ActionKind::Wait { ms } => usize::try_from(*ms).unwrap_or_default(),
    }
}
