//! For programs: one object a line.

use super::{GuideReport, Outcome};
use crate::refresh::compare::Part;
use crate::refresh::run::StepRun;
use serde_json::{Value, json};

/// A line for each guide that could not run, and for each step.
pub fn json(outcome: &Outcome) -> String {
    let lines = outcome.guides.iter().flat_map(|guide| {
        let failure = guide.run.failure.as_ref().map(
            |(why, help)| json!({ "file": guide.file, "verdict": "could-not-run", "why": why, "help": help }),
        );
        let whole = json!({ "file": guide.file, "written": guide.written, "patch": guide.patch });
        let is_written = !guide.written.is_empty() || guide.patch.is_some();
        let steps = guide.run.steps.iter().map(|step| self::step(guide, step));
        failure.into_iter().chain(steps).chain(is_written.then_some(whole)).collect::<Vec<_>>()
    });
    lines.map(|line| format!("{line}\n")).collect()
}

fn step(guide: &GuideReport, step: &StepRun) -> Value {
    let pictures = step.pictures().map(|picture| {
        let groups = picture.difference.iter().flat_map(|difference| &difference.groups);
        let groups = groups.map(|group| {
            let Part { x, y, w, h } = group.part;
            json!({ "cells": group.cells, "box": [x, y, w, h] })
        });
        json!({ "path": picture.planned.path.as_str(), "groups": groups.take(20).collect::<Vec<_>>() })
    });
    json!({
        "file": guide.file, "line": step.line, "step": step.number, "title": step.title,
        "verdict": step.verdict(), "why": step.why(), "help": step.help,
        "reasons": step.reasons, "pictures": pictures.collect::<Vec<_>>(),
    })
}
