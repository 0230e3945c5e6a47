//! `guides.json`: the library as data.

use super::json_ld::iso;
use super::neighbours;
use crate::guide::{Entry, Index};
use crate::project::Settings;
use crate::theme::Num;
use serde::Serialize;

#[derive(Serialize)]
struct File<'a> {
    title: &'a str,
    description: &'a str,
    guides: Vec<GuideData<'a>>,
}

#[derive(Serialize)]
struct GuideData<'a> {
    title: &'a str,
    description: &'a str,
    slug: &'a str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<&'a str>,
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    language: &'a str,
    minutes: usize,
    width: Num,
    height: Num,
    steps: Vec<StepData<'a>>,
}

#[derive(Serialize)]
struct StepData<'a> {
    number: usize,
    id: &'a str,
    title: &'a str,
}

/// The library as JSON, a guide a line, in the order of the library.
pub fn guides_json(index: &Index, settings: &Settings) -> String {
    let guides = index.in_order().map(guide).collect();
    let file = File { title: &settings.title, description: &settings.description, guides };
    let mut json = serde_json::to_string(&file).unwrap_or_default();
    json.push('\n');
    json
}

fn guide(entry: &Entry) -> GuideData<'_> {
    let steps = entry.steps.iter().enumerate();
    GuideData {
        title: &entry.title,
        description: &entry.description,
        slug: &entry.slug,
        path: format!("{}/", entry.slug),
        app: entry.app.as_ref().map(|app| app.name.as_str()),
        tags: &entry.tags,
        created: entry.created.map(iso),
        updated: entry.updated.map(iso),
        language: &entry.lang,
        minutes: neighbours::minutes(entry.seconds),
        width: entry.stage.width.into(),
        height: entry.stage.height.into(),
        steps: steps
            .map(|(at, step)| StepData { number: at + 1, id: &step.id, title: &step.title })
            .collect(),
    }
}
