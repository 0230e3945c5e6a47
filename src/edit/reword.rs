//! An annotation that says something else: what stays is not touched.

use super::ask::{AnnotationFields, Area, Which};
use super::fields::{check, normal, quoted, size as size_of, whole, written};
use super::find;
use super::replacement::{Change, Refusal, Replacement, apply, trim};
use crate::guide::anchor::Anchor;
use crate::guide::annotation::Annotation;
use crate::guide::region::{Length, Region};
use crate::guide::verbs::Need;
use crate::guide::{Guide, Size};
use crate::source::{Source, Span, Spanned};

/// Makes the annotation at byte `at` say `fields`. `size` is that of its picture, as far as it is known.
pub fn set(
    source: &Source,
    guide: &Guide,
    at: usize,
    fields: &AnnotationFields,
    size: Option<Size>,
) -> Change {
    let (_, old) = find::annotation(guide, at)?;
    let (verb, new) = normal(fields)?;
    let mut pen = Pen { source, size, after: old.name.end, written: Vec::new() };
    if verb.name != old.verb.name {
        pen.written.push(Replacement::new(Span::new(old.name.start + 1, old.name.end), verb.name));
    }
    pen.region(old.region.as_ref(), new.region, "");
    // The anchor of the last region stands at the end.
    let two = new.to.is_some() || new.to_on.is_some();
    if two || old.to.is_some() || old.to_anchor.is_some() {
        pen.anchor(old.anchor.as_ref(), new.on.as_deref());
    }
    pen.second(old, &new);
    pen.argument(old.word.as_ref(), new.word.as_deref(), str::to_owned);
    pen.argument(old.text.as_ref(), new.text.as_deref(), quoted);
    pen.options(old, &new);
    if two || old.to.is_some() || old.to_anchor.is_some() {
        pen.anchor(old.to_anchor.as_ref(), new.to_on.as_deref());
    } else {
        pen.anchor(old.anchor.as_ref(), new.on.as_deref());
    }
    let replacements = pen.finish();
    let moved: Vec<Replacement> = replacements
        .iter()
        .map(|one| Replacement::new(Span::new(one.span.start - at, one.span.end - at), one.text.clone()))
        .collect();
    check(&apply(source.slice(old.span), &moved), &new)?;
    Ok(replacements)
}

/// Moves or resizes one region.
pub fn set_region(
    source: &Source,
    guide: &Guide,
    at: usize,
    which: Which,
    area: Area,
    size: Option<Size>,
) -> Change {
    let (_, old) = find::annotation(guide, at)?;
    let (region, fields) = match which {
        Which::Region => {
            (&old.region, AnnotationFields { region: Some(area), ..AnnotationFields::default() })
        }
        Which::To => (&old.to, AnnotationFields { to: Some(area), ..AnnotationFields::default() }),
    };
    let (verb, _) = normal(&AnnotationFields { verb: old.verb.name.to_owned(), ..fields })?;
    if verb.takes.area && size_of(area).is_none() {
        return Err(Refusal::new(format!("`@{}` needs a width and a height", verb.name)));
    }
    match (region, which, &old.word) {
        (Some(region), _, _) => Ok(reshaped(source, region, area, size).into_iter().collect()),
        // An anchor waits for its region.
        (None, Which::Region, None) if old.anchor.is_some() => {
            Ok(vec![Replacement::new(Span::at(old.name.end), format!(" {}", written(area)))])
        }
        (None, Which::To, None) if old.to_anchor.is_some() => {
            let at = old.to_anchor.as_ref().map_or(old.span.end, |anchor| anchor.span.start);
            Ok(vec![Replacement::new(Span::at(at), format!("{} ", written(area)))])
        }
        // A word stands in the region's place.
        (None, Which::Region, Some(word)) if verb.takes.region == Need::May => {
            Ok(vec![Replacement::new(word.span, written(area))])
        }
        (None, Which::Region | Which::To, _) => {
            Err(Refusal::new(format!("`@{}` has no such region", verb.name)))
        }
    }
}

/// Writes the text of an annotation that has one.
pub fn set_text(source: &Source, guide: &Guide, at: usize, text: &str) -> Change {
    let (_, old) = find::annotation(guide, at)?;
    let Some(old_text) = &old.text else {
        return Err(Refusal::new(format!("`@{}` has no text here", old.verb.name)));
    };
    if old_text.value == text {
        return Ok(Vec::new());
    }
    let one = trim(source.slice(old_text.span), &quoted(text), old_text.span.start);
    let moved = Replacement::new(Span::new(one.span.start - at, one.span.end - at), one.text.clone());
    let all = AnnotationFields {
        verb: old.verb.name.to_owned(),
        region: old.region.as_ref().map(|_| NOWHERE),
        on: old.anchor.as_ref().map(|anchor| anchor.value.to_string()),
        to: old.to.as_ref().map(|_| NOWHERE),
        to_on: old.to_anchor.as_ref().map(|anchor| anchor.value.to_string()),
        text: Some(text.to_owned()).filter(|text| !text.is_empty()),
        word: old.word.as_ref().map(|word| word.value.clone()),
        options: super::outline::options(old),
    };
    check(&apply(source.slice(old.span), &[moved]), &all)?;
    Ok(vec![one])
}

/// Whether there is a region is compared, not where it lies.
const NOWHERE: Area = Area { x: 0.0, y: 0.0, w: 0.0, h: 0.0 };

/// Collects what changes in an annotation, argument by argument.
struct Pen<'a> {
    source: &'a Source,
    size: Option<Size>,
    /// Where the next new argument goes.
    after: usize,
    written: Vec<Replacement>,
}

impl Pen<'_> {
    fn region(&mut self, old: Option<&Region>, new: Option<Area>, keyword: &str) {
        match (old, new) {
            (Some(old), Some(new)) => {
                self.written.extend(reshaped(self.source, old, new, self.size));
                self.after = old.span.end;
            }
            (Some(old), None) => self.drop(old.span, keyword),
            (None, Some(new)) => self.insert(&format!("{keyword}{}", written(new))),
            (None, None) => {}
        }
    }

    /// The region after `to`; behind a `to` that has an anchor alone, it stands before that.
    fn second(&mut self, old: &Annotation, new: &AnnotationFields) {
        match (&old.to, &old.to_anchor, new.to) {
            (None, Some(anchor), Some(area)) => {
                self.written
                    .push(Replacement::new(Span::at(anchor.span.start), format!("{} ", written(area))));
                self.after = anchor.span.start;
            }
            (Some(region), Some(_), None) if new.to_on.is_some() => self.drop(region.span, ""),
            (None, None, None) if new.to_on.is_some() => self.insert("to"),
            _ => self.region(old.to.as_ref(), new.to, "to "),
        }
    }

    fn anchor(&mut self, old: Option<&Spanned<Anchor>>, new: Option<&str>) {
        match (old, new) {
            (Some(old), Some(new)) => {
                if old.value.to_string() != new {
                    self.written.push(Replacement::new(old.span, format!("on {new}")));
                }
                self.after = self.after.max(old.span.end);
            }
            (Some(old), None) => self.drop(old.span, ""),
            (None, Some(new)) => self.insert(&format!("on {new}")),
            (None, None) => {}
        }
    }

    fn argument(&mut self, old: Option<&Spanned<String>>, new: Option<&str>, form: fn(&str) -> String) {
        match (old, new) {
            (Some(old), Some(new)) => {
                if old.value != new {
                    self.written.push(Replacement::new(old.span, form(new)));
                }
                self.after = self.after.max(old.span.end);
            }
            (Some(old), None) => self.drop(old.span, ""),
            (None, Some(new)) => self.insert(&form(new)),
            (None, None) => {}
        }
    }

    fn options(&mut self, old: &Annotation, new: &AnnotationFields) {
        for option in &old.options {
            match new.options.get(&option.key.value) {
                Some(value) if *value == option.value.value => {}
                Some(value) => self.written.push(Replacement::new(option.value.span, value.clone())),
                None => self.drop(option.key.span.to(option.value.span), ""),
            }
        }
        self.after = self.after.max(old.arguments_end());
        for (key, value) in &new.options {
            if !old.options.iter().any(|option| option.key.value == *key) {
                self.insert(&format!("{key}={value}"));
            }
        }
    }

    fn insert(&mut self, argument: &str) {
        self.written.push(Replacement::new(Span::at(self.after), format!(" {argument}")));
    }

    /// Takes an argument away, with the keyword and the white space before it.
    fn drop(&mut self, span: Span, keyword: &str) {
        let before = self.source.text().get(..span.start).unwrap_or_default().trim_end();
        let keyword = keyword.trim_end();
        let before = before.strip_suffix(keyword).unwrap_or(before).trim_end();
        self.written.push(Replacement::new(Span::new(before.len(), span.end), ""));
    }

    fn finish(mut self) -> Vec<Replacement> {
        self.written.sort_by_key(|one| (one.span.start, one.span.end));
        self.written
    }
}

/// What changes of a region; nothing if it lies there already.
fn reshaped(source: &Source, old: &Region, new: Area, size: Option<Size>) -> Option<Replacement> {
    let raw = source.slice(old.span);
    let (corner, dimensions) = raw.split_once(char::is_whitespace).unwrap_or((raw, ""));
    let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
    let (x, y) = corner.split_once(',').unwrap_or((corner, ""));
    let mut text = number_text(x, old.x, new.x, width) + "," + &number_text(y, old.y, new.y, height);
    if let Some((w, h)) = size_of(new) {
        let words = dimensions.trim_start();
        let gap = raw.get(corner.len()..raw.len() - words.len()).filter(|gap| !gap.is_empty());
        let (w, h) = match (old.size, words.split_once('x')) {
            (Some((old_w, old_h)), Some((raw_w, raw_h))) => (
                number_text(raw_w, old_w, new.w.max(1.0), width),
                number_text(raw_h, old_h, new.h.max(1.0), height),
            ),
            _ => (w.to_string(), h.to_string()),
        };
        text = text + gap.unwrap_or(" ") + &w + "x" + &h;
    }
    (text != raw).then(|| trim(raw, &text, old.span.start))
}

/// A number as written if it says `new` already, else `new`. Percentages are compared in whole points of a picture
/// that is known.
fn number_text(raw: &str, old: Length, new: f64, side: Option<f64>) -> String {
    let same = match (old, side) {
        (Length::Points(old), _) => (old - new).abs() < 1e-6,
        (Length::Percent(old), Some(side)) => whole(old * side / 100.0) == whole(new),
        // So an outline says it where the picture isn't known.
        (Length::Percent(old), None) => (old - new).abs() < 1e-6,
    };
    if same { raw.to_owned() } else { whole(new).to_string() }
}
