//! The turns of a step: stretches of its text that the walkthrough shows one after the other, each with its scenes.

use super::{Body, Step, text};
use std::ops::Range;

/// Some text of a step and the scenes that it is shown with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Indices into [`Step::scenes`]; not empty.
    pub scenes: Range<usize>,
    /// Which of the texts in [`Step::body`], counted from 0.
    pub text: Range<usize>,
    /// Words of its text.
    pub words: usize,
}

impl Step {
    /// At least one. Text between two screenshots begins a turn, unless nothing has been said before. What stands behind
    /// the last screenshot belongs to the last turn, and screenshots without text between them share one.
    pub fn turns(&self) -> Vec<Turn> {
        let mut turns = Vec::new();
        let mut turn = Turn { scenes: 0..0, text: 0..0, words: 0 };
        // Words since the last screenshot.
        let (mut texts, mut words) = (0, 0);
        for part in &self.body {
            match part {
                Body::Prose(prose) => {
                    texts += 1;
                    words += text::words(&prose.events);
                }
                Body::Scene(scene) => {
                    if turn.words > 0 && words > 0 && *scene > turn.scenes.start {
                        let (scenes, text) = (*scene..*scene, turn.text.end..turn.text.end);
                        turns.push(std::mem::replace(&mut turn, Turn { scenes, text, words: 0 }));
                    }
                    turn.scenes.end = *scene + 1;
                    turn.text.end = texts;
                    turn.words += std::mem::take(&mut words);
                }
            }
        }
        turn.scenes.end = self.scenes.len();
        turn.text.end = texts;
        turn.words += words;
        turns.push(turn);
        turns
    }
}
