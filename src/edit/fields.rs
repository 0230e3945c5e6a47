//! What an editor says of an annotation, as the line that says it in a file.

use super::ask::{AnnotationFields, Area};
use super::outline::options;
use super::replacement::Refusal;
use crate::guide::anchor::Anchor;
use crate::guide::annotation::{self, Annotation, Line};
use crate::guide::verbs::{self, Need, Verb};

/// Largest coordinate that is written.
const FARTHEST: f64 = 1e9;

/// The verb, and the fields without what the verb doesn't take: texts on one line, places in whole points.
pub fn normal(fields: &AnnotationFields) -> Result<(&'static Verb, AnnotationFields), Refusal> {
    let Some(verb) = verbs::find(&fields.verb) else {
        return Err(Refusal::new(format!("unknown annotation `@{}`", fields.verb)));
    };
    let takes = &verb.takes;
    let region = fields.region.filter(|_| takes.region != Need::Never);
    let to = fields.to.filter(|_| takes.to != Need::Never);
    for area in region.iter().chain(&to) {
        let all = [area.x, area.y, area.w, area.h];
        if !all.iter().all(|number| number.abs() < FARTHEST) {
            return Err(Refusal::new("the region lies nowhere"));
        }
    }
    let on = anchor(&fields.on, takes.anchored())?;
    let to_on = anchor(&fields.to_on, takes.to)?;
    let taken = |text: &Option<String>, need: Need| {
        let text = text.as_ref().filter(|_| need != Need::Never).map(|text| one_line(text));
        text.filter(|text| !text.is_empty())
    };
    // A word may stand in a region's place, not beside it.
    let word = taken(&fields.word, takes.word).filter(|_| region.is_none());
    let known = |key: &str| takes.options.iter().any(|(option, _)| *option == key);
    let options = fields.options.iter().filter(|(key, _)| known(key));
    let options = options.map(|(key, value)| (key.clone(), value.clone())).collect();
    let verb_name = verb.name.to_owned();
    let text = taken(&fields.text, takes.text);
    Ok((verb, AnnotationFields { verb: verb_name, region, on, to, to_on, text, word, options }))
}

/// An anchor in its one form, if it is taken.
fn anchor(written: &Option<String>, need: Need) -> Result<Option<String>, Refusal> {
    let written = written.as_deref().filter(|text| need != Need::Never && !text.trim().is_empty());
    let read = written.map(Anchor::parse).transpose();
    read.map(|anchor| anchor.map(|anchor| anchor.to_string()))
        .map_err(|problem| Refusal::new(format!("{}: {}", problem.message, problem.help)))
}

/// A text without line breaks and other control characters.
fn one_line(text: &str) -> String {
    let text = text.replace("\r\n", " ").replace(|c: char| c.is_control(), " ");
    text.trim().to_owned()
}

/// The line of a new annotation.
pub fn line(fields: &AnnotationFields) -> Result<String, Refusal> {
    let (_, fields) = normal(fields)?;
    let mut line = format!("@{}", fields.verb);
    let mut push = |argument: String| line = format!("{line} {argument}");
    let on = |anchor: &String| format!("on {anchor}");
    // The anchor of the last region stands at the end.
    let two = fields.to.is_some() || fields.to_on.is_some();
    fields.region.map(written).map(&mut push);
    fields.on.as_ref().filter(|_| two).map(on).map(&mut push);
    two.then(|| "to".to_owned()).map(&mut push);
    fields.to.map(written).map(&mut push);
    fields.word.clone().map(&mut push);
    fields.text.as_deref().map(quoted).map(&mut push);
    fields.options.iter().map(|(key, value)| format!("{key}={value}")).for_each(&mut push);
    let last = if two { &fields.to_on } else { &fields.on };
    last.as_ref().map(on).map(&mut push);
    check(&line, &fields)?;
    Ok(line)
}

/// Refuses a line that doesn't say `fields`, which is in its normal form.
pub fn check(line: &str, fields: &AnnotationFields) -> Result<(), Refusal> {
    if line.contains("-->") {
        return Err(Refusal::new("`-->` would end the comment that the annotation stands in"));
    }
    let read = annotation::read(line, 0)
        .map_err(|problem| Refusal::new(format!("{}: {}", problem.message, problem.help)))?;
    match read {
        Line::Annotation(read) if says(&read, fields) => Ok(()),
        Line::Annotation(_) | Line::Allow(_) | Line::Note(_) | Line::Plain => {
            Err(Refusal::new(format!("`@{}` can't say this", fields.verb)))
        }
    }
}

fn says(read: &Annotation, fields: &AnnotationFields) -> bool {
    let text = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let anchor = |anchor: &Option<crate::source::Spanned<Anchor>>| {
        anchor.as_ref().map(|anchor| anchor.value.to_string())
    };
    read.verb.name == fields.verb
        && read.region.is_some() == fields.region.is_some()
        && read.to.is_some() == fields.to.is_some()
        && anchor(&read.anchor) == fields.on
        && anchor(&read.to_anchor) == fields.to_on
        && text(&read.text).filter(|text| !text.is_empty()) == fields.text
        && text(&read.word) == fields.word
        && options(read) == fields.options
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A region in whole points: `X,Y`, or `X,Y WxH`.
pub fn written(area: Area) -> String {
    let corner = format!("{},{}", whole(area.x), whole(area.y));
    size(area).map_or(corner.clone(), |(w, h)| format!("{corner} {w}x{h}"))
}

/// Width and height of a region, at least 1; `None`: a point.
pub fn size(area: Area) -> Option<(u64, u64)> {
    let is_point = area.w <= 0.0 && area.h <= 0.0;
    (!is_point).then(|| (whole(area.w).max(1), whole(area.h).max(1)))
}

/// The nearest whole number, 0 or more.
pub fn whole(number: f64) -> u64 {
    // `normal` lets no larger number through, and what is below 0 is clamped.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = number.round().clamp(0.0, FARTHEST) as u64;
    whole
}
