//! Anchors for actions that have a place alone: by what lies there, and by what the sentence calls it.

use super::Replay;
use crate::capture::{Deed, Find, Target};
use crate::guide::anchor::Anchor;
use crate::refresh::plan::{Act, ActKind, PlanScene};
use crate::refresh::run::StepRun;

impl Replay<'_> {
    /// Proposes an anchor for an action. `under`: what lies at its place, if it has one.
    pub(super) fn propose(
        &mut self,
        act: &Act,
        under: Option<&Target>,
        scene: &PlanScene,
        done: &mut StepRun,
    ) {
        let named = if scene.names.is_empty() { Vec::new() } else { self.recorder.named(&scene.names) };
        let named: Vec<&Target> = named.iter().filter(|target| fits(&act.kind, target)).collect();
        let Some((anchor, help)) = meant(under, &named) else { return };
        done.help = Some(help);
        done.proposals.push((act.mark.at, anchor));
    }
}

/// The anchor of what is probably meant, and a line that says why: what the sentence names, if that is one alone, else what
/// lies there.
fn meant(under: Option<&Target>, named: &[&Target]) -> Option<(Anchor, String)> {
    let there = under.and_then(anchor_of);
    let is_named = named.iter().any(|target| anchor_of(target) == there);
    let called = match named {
        [one] => anchor_of(one),
        _ => None,
    };
    match (there, called) {
        (Some(there), Some(called)) if !is_named => {
            let help = format!("`on {called}` would find what the sentence names; `{there}` lies there");
            Some((called, help))
        }
        (Some(there), _) => {
            let help = format!("`on {there}` would find what lies there");
            Some((there, help))
        }
        (None, Some(called)) => {
            let help = format!("`on {called}` would find what the sentence names");
            Some((called, help))
        }
        (None, None) => None,
    }
}

fn anchor_of(target: &Target) -> Option<Anchor> {
    target.anchor.as_ref().and_then(Find::anchor)
}

/// Whether that can be done to it.
fn fits(kind: &ActKind, target: &Target) -> bool {
    match kind {
        ActKind::On(Deed::Type(_)) => target.typed,
        ActKind::On(Deed::Select(_)) => target.role == "list" || target.tag == "select",
        ActKind::On(Deed::Click { .. } | Deed::Hover) | ActKind::Drag(_) => true,
        ActKind::Press(_) | ActKind::Scroll(_) | ActKind::Wait(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(name: &str) -> Target {
        let find = Find { role: Some("button".to_owned()), name: Some(name.to_owned()), ..Find::default() };
        Target { anchor: Some(find), ..Target::default() }
    }

    fn proposed(under: Option<&Target>, named: &[&Target]) -> Option<String> {
        meant(under, named).map(|(anchor, _)| anchor.to_string())
    }

    #[test]
    fn what_the_sentence_names_goes_before_what_lies_there() {
        let (save, cancel, other) = (target("Save"), target("Cancel"), target("Save as"));
        let nothing = Target::default();
        assert_eq!(proposed(Some(&save), &[]).as_deref(), Some("button \"Save\""));
        assert_eq!(proposed(Some(&save), &[&cancel, &save]).as_deref(), Some("button \"Save\""));
        assert_eq!(proposed(Some(&cancel), &[&save]).as_deref(), Some("button \"Save\""));
        assert_eq!(proposed(Some(&nothing), &[&save]).as_deref(), Some("button \"Save\""));
        // Two of that name: the sentence does not say which.
        assert_eq!(proposed(Some(&cancel), &[&save, &other]).as_deref(), Some("button \"Cancel\""));
        assert_eq!(proposed(None, &[&save, &other]), None);
    }
}
