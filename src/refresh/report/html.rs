//! One page for reviewers: verdicts by guide, and for each step that differs its picture before and after.

mod pair;

use super::human::counted;
use super::{GuideReport, Outcome, counts};
use crate::page::escape;
use crate::refresh::compare::Part;
use crate::refresh::run::StepRun;
use crate::refresh::verdict::Verdict;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page. It makes no request, and nothing of a guide or an application in it is more than text.
pub fn html(outcome: &Outcome) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Guides against the application</title>\n<style>{STYLE}</style>\n<body>\n<header>\n<h1>Guides against the application</h1>\n<p class=\"counts\">{}</p>\n",
        escape::html(&counts(outcome))
    );
    if outcome.is_check && outcome.status(true) > 0 {
        // A `String` takes everything.
        let _ = writeln!(text, "<p>To renew them: <code>{}</code></p>", escape::html(&outcome.command));
    }
    text.push_str("</header>\n<main>\n");
    overview(&mut text, outcome);
    for (at, guide) in outcome.guides.iter().enumerate() {
        self::guide(&mut text, guide, at);
    }
    let _ = write!(text, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    text
}

fn guide(text: &mut String, guide: &GuideReport, at: usize) {
    let verdict = guide.run.verdict();
    let title = if guide.title.is_empty() { &guide.file } else { &guide.title };
    let _ = writeln!(
        text,
        "<section aria-labelledby=\"guide-{at}\">\n<h2 id=\"guide-{at}\">{} {}</h2>\n<p class=\"file\">{}</p>",
        escape::html(title),
        badge(verdict),
        escape::html(&guide.file)
    );
    if let Some((why, help)) = &guide.run.failure {
        let _ = writeln!(text, "<p>{}</p>\n<p class=\"help\">{}</p>", coded(why), coded(help));
    }
    steps(text, guide, at);
    if !guide.left.is_empty() {
        text.push_str("<h3>To be looked at</h3>\n<ul>\n");
        for (line, why) in &guide.left {
            let _ = writeln!(text, "<li>{}:{line}: {}</li>", escape::html(&guide.file), escape::html(why));
        }
        text.push_str("</ul>\n");
    }
    if let Some(patch) = &guide.patch {
        let _ = writeln!(
            text,
            "<h3>Not written yet: <code>--accept</code> writes it</h3>\n<pre>{}</pre>",
            escape::html(patch)
        );
    }
    text.push_str("</section>\n");
}

/// Which guide is worst, where there are several.
fn overview(text: &mut String, outcome: &Outcome) {
    if outcome.guides.len() < 2 {
        return;
    }
    text.push_str("<ul class=\"guides\">\n");
    for (at, guide) in outcome.guides.iter().enumerate() {
        let title = if guide.title.is_empty() { &guide.file } else { &guide.title };
        let counts = counted(std::slice::from_ref(guide));
        let counts = if guide.run.steps.is_empty() { String::new() } else { counts };
        let _ = writeln!(
            text,
            "<li><a href=\"#guide-{at}\">{}</a> {} <span class=\"file\">{counts}</span></li>",
            escape::html(title),
            badge(guide.run.verdict()),
        );
    }
    text.push_str("</ul>\n");
}

/// The steps of a guide; of one in which all are the same, how many there are.
fn steps(text: &mut String, guide: &GuideReport, at: usize) {
    let count = guide.run.steps.len();
    if count > 0 && guide.run.steps.iter().all(|step| step.verdict() == Verdict::Same) {
        let sentence = if count == 1 {
            "One step, the same.".to_owned()
        } else {
            format!("{count} steps, all the same.")
        };
        let _ = writeln!(text, "<p>{sentence}</p>");
        return;
    }
    text.push_str("<ol>\n");
    for step in &guide.run.steps {
        self::step(text, guide, at, step);
    }
    text.push_str("</ol>\n");
}

fn step(text: &mut String, guide: &GuideReport, number: usize, step: &StepRun) {
    let verdict = step.verdict();
    let _ = writeln!(
        text,
        "<li value=\"{}\">\n<h3>{} {}</h3>",
        step.number,
        escape::html(&step.title),
        badge(verdict)
    );
    if matches!(verdict, Verdict::Same) {
        text.push_str("</li>\n");
        return;
    }
    let _ = writeln!(text, "<p class=\"file\">{}:{}</p>\n<ul>", escape::html(&guide.file), step.line);
    let reasons = step.reasons.iter().filter(|reason| reason.verdict != Verdict::Same);
    for reason in reasons {
        let _ = writeln!(text, "<li>{}: {}</li>", reason.verdict.words(), coded(&reason.why));
    }
    text.push_str("</ul>\n");
    if let Some(help) = &step.help {
        let _ = writeln!(text, "<p class=\"help\">{}</p>", coded(help));
    }
    for (at, picture) in step.pictures().enumerate() {
        let moved: Vec<(Option<Part>, Part)> = step
            .scenes
            .iter()
            .flat_map(|scene| &scene.found)
            .filter_map(|found| Some((found.mark.part(pair::size_of(picture)), found.region?)))
            .collect();
        if picture.reason.verdict >= Verdict::Changed || verdict >= Verdict::Changed {
            pair::write(text, &format!("view-{number}-{}-{at}", step.number), &step.title, picture, &moved);
        }
    }
    text.push_str("</li>\n");
}

/// A text with what stands between backticks as code.
fn coded(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, code, after)) = rest
        .split_once('`')
        .and_then(|(before, rest)| rest.split_once('`').map(|(code, after)| (before, code, after)))
    {
        // A `String` takes everything.
        let _ = write!(html, "{}<code>{}</code>", escape::html(before), escape::html(code));
        rest = after;
    }
    html + &escape::html(rest)
}

fn badge(verdict: Verdict) -> String {
    format!("<span class=\"badge {}\">{}</span>", verdict.words().replace(' ', "-"), verdict.words())
}
