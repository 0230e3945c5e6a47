//! A guide as the editor gets it.

use super::open::Open;
use crate::diagnostic::{Report, Sources};
use crate::edit;
use crate::guide::Understood;
use crate::guide::verbs::{Kind, Need, VERBS, Verb};
use crate::project::Settings;
use crate::serve::opener::Opener;
use crate::serve::path::encode;
use crate::source::{MemoryWorld, Source};
use crate::theme::color::hex;
use serde_json::{Value, json};
use std::path::Path;

/// All that the editor knows of a guide. `depth`: how many changes can be undone and redone. `root`: the project's
/// folder, whose author writes in `opener`. `proposals`: what may have to be redacted.
pub fn guide(
    open: &Open,
    slug: &str,
    version: &str,
    depth: (usize, usize),
    (root, opener): (&Path, Opener),
    proposals: Vec<Value>,
) -> Value {
    let Open { source, understood, built: _, settings } = open;
    let Understood { guide, resolved, fixes, diagnostics: _ } = understood;
    let path = source.path().as_str();
    json!({
        "path": path,
        "file": root.join(path).to_string_lossy(),
        "opener": { "name": opener.name, "scheme": opener.scheme },
        "slug": slug,
        "page": format!("/{}/", encode(slug)),
        "version": version,
        "undo": depth.0,
        "redo": depth.1,
        "fixes": fixes.len(),
        "problems": problems(open),
        "apps": apps(settings),
        "lang": resolved.as_ref().map(|resolved| resolved.lang.as_str()),
        "brand": settings.brand.color.map(hex),
        "verbs": VERBS.iter().map(|verb| self::verb(verb)).collect::<Vec<_>>(),
        "proposals": proposals,
        "outline": with_lines(json!(edit::outline(source, guide, resolved.as_ref())), source),
    })
}

/// An outline whose headings and texts say on which line they begin.
fn with_lines(mut outline: Value, source: &Source) -> Value {
    for section in outline["sections"].as_array_mut().into_iter().flatten() {
        let at = section["at"].as_u64().and_then(|at| usize::try_from(at).ok());
        if let Some(at) = at {
            section["line"] = json!(source.position(at).line);
        }
    }
    outline
}

/// What is wrong or weak, as `check --format json` prints it: what the last build found, if that was of this text. Each with
/// its lines if one right answer begins there.
fn problems(open: &Open) -> Value {
    let Open { source, understood, built, settings } = open;
    // What other files there are is sent when the site is built.
    let alone = || understood.findings(source, settings, &MemoryWorld::new());
    let found = built.clone().unwrap_or_else(alone);
    let mut sources = Sources::new();
    sources.insert(source.clone());
    let lines = Report::new(&found, &sources, "").json();
    let starts: Vec<usize> =
        understood.fixes.iter().map(|fix| source.position(fix.span.start).line).collect();
    let problems = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    problems.map(|problem| with_key(with_fix(problem, &starts), source.text())).collect()
}

/// With the key of the front matter that it stands at, whose field the editor leads to.
fn with_key(mut problem: Value, text: &str) -> Value {
    let line = problem["line"].as_u64().and_then(|line| usize::try_from(line).ok());
    problem["key"] = json!(line.and_then(|line| key_at(text, line)));
    problem
}

/// The outermost key of the front matter that a line belongs to.
fn key_at(text: &str, line: usize) -> Option<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let fence = lines.next().map(str::trim_end).filter(|first| matches!(*first, "---" | "+++"))?;
    let mut key = None;
    let mut in_table = false;
    for each in lines.take(line.saturating_sub(1)) {
        if each.trim_end() == fence {
            return None;
        }
        let is_table = fence == "+++" && each.starts_with('[');
        in_table |= is_table;
        let name = each.trim_start_matches('[').split(['.', ']', ':', '=', ' ']).next().unwrap_or_default();
        let begins =
            is_table || !in_table && name.starts_with(|first: char| first.is_alphabetic() || first == '"');
        if begins {
            key = Some(name.trim_matches('"'));
        }
    }
    key
}

fn with_fix(mut problem: Value, starts: &[usize]) -> Value {
    let line = |key: &str| problem[key].as_u64().and_then(|line| usize::try_from(line).ok());
    let lines = line("line").zip(line("endLine"));
    let fix = lines.filter(|(from, to)| starts.iter().any(|start| (from..=to).contains(&start)));
    problem["fix"] = json!(fix);
    problem
}

fn verb(verb: &Verb) -> Value {
    let takes = &verb.takes;
    json!({
        "name": verb.name,
        "form": verb.form,
        "kind": match verb.kind {
            Kind::Action => "action",
            Kind::Mark => "mark",
            Kind::Camera => "camera",
            Kind::Picture => "picture",
            Kind::Step => "step",
            Kind::Replay => "replay",
        },
        "once": verb.once,
        "region": need(takes.region),
        "area": takes.area,
        "to": need(takes.to),
        "anchor": need(takes.anchored()),
        "text": need(takes.text),
        "word": need(takes.word),
        // What has no values to choose from is written in the text.
        "options": takes.options.iter().filter(|(_, values)| !values.is_empty()).collect::<Vec<_>>(),
    })
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Never => "never",
        Need::May => "may",
        Need::Must => "must",
    }
}

/// The apps of a project: key, name, website.
pub fn apps(settings: &Settings) -> Vec<Value> {
    let apps = settings.apps.iter();
    apps.map(|(key, app)| json!({ "key": key, "name": app.name, "website": app.website })).collect()
}
