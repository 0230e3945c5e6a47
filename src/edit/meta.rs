//! The front matter, and the heading that stands for a title.

use super::ask::{CaptureKey, MetaEdit};
use super::image::{escaped, one_line};
use super::keys::{Keys, Written};
use super::replacement::{Change, Refusal, Replacement, trim};
use crate::guide::front::{AppValue, CoverValue, CursorValue, Front};
use crate::guide::{Block, Date, Events, Guide, plain};
use crate::project::tables::BackdropValue;
use crate::project::{Backdrop, Color};
use crate::source::data::Value;
use crate::source::{Source, Span, Spanned};
use pulldown_cmark::{Event, Parser, Tag};

/// Changes one key.
pub fn set(source: &Source, guide: &Guide, edit: &MetaEdit) -> Change {
    let keys = Keys::read(source)?;
    match edit {
        MetaEdit::Title { value } => title(source, guide, &keys, &one_line(value)),
        MetaEdit::Description { value } => Ok(text(&keys, "description", value.as_deref())?),
        MetaEdit::App { value } => match guide.front.app {
            Some(AppValue::Table(..)) => Err(Refusal::new("`app` is a table: change it in the file")),
            Some(AppValue::Key(_)) | None => text(&keys, "app", value.as_deref()),
        },
        MetaEdit::Cursor { value } => Ok(cursor(&keys, value.as_deref().map(one_line).as_deref())),
        MetaEdit::CursorColor { value } => cursor_color(&keys, guide, value.as_deref().map(one_line)),
        MetaEdit::Cover { value } => cover(&keys, value.as_deref()),
        MetaEdit::Backdrop { value } => text(&keys, "backdrop", value.as_deref()),
        MetaEdit::Steps { value } => text(&keys, "steps", value.as_deref()),
        MetaEdit::Chapters { value } => text(&keys, "chapters", value.as_deref()),
        MetaEdit::Order { value } => order(&keys, value.as_deref()),
        MetaEdit::Capture { of, value } => capture(&keys, *of, value.as_deref()),
        MetaEdit::Tags { value } => Ok(keys.set_list("tags", &listed(value))),
        MetaEdit::Authors { value } => Ok(keys.set_list("authors", &listed(value))),
        MetaEdit::Created { value } => Ok(date(&keys, "created", value.as_deref())),
        MetaEdit::Updated { value } => Ok(date(&keys, "updated", value.as_deref())),
        MetaEdit::Lang { value } => text(&keys, "lang", value.as_deref()),
        MetaEdit::Slug { value } => text(&keys, "slug", value.as_deref()),
        MetaEdit::Url { value } => text(&keys, "url", value.as_deref()),
        MetaEdit::Frame { value } => text(&keys, "frame", value.as_deref()),
        MetaEdit::Theme { value } => text(&keys, "theme", value.as_deref()),
        MetaEdit::Zoom { value } => text(&keys, "zoom", value.as_deref()),
        MetaEdit::Draft { value } => Ok(draft(&keys, *value)),
        MetaEdit::Cta { value: None } => Ok(keys.removed("cta")),
        MetaEdit::Cta { value: Some(cta) } => {
            let (label, url) = (one_line(&cta.label), one_line(&cta.url));
            if label.is_empty() || url.is_empty() {
                return Err(Refusal::new("a call to action needs words and an address"));
            }
            if keys.table("cta").is_none() {
                return Ok(keys.set("cta", Written::Table(&[("label", &label), ("url", &url)])));
            }
            let mut all = keys.set_in("cta", "label", &label);
            all.extend(keys.set_in("cta", "url", &url));
            Ok(all)
        }
    }
}

fn text(keys: &Keys<'_>, key: &str, value: Option<&str>) -> Change {
    let value = value.map(one_line).filter(|value| !value.is_empty());
    let old = keys.get(key).map(|field| &field.node.value);
    if let Some(value @ (Value::List(_) | Value::Table(_))) = old {
        return Err(Refusal::new(format!("`{key}` is {}: change it in the file", value.noun())));
    }
    Ok(match (value, old) {
        (Some(new), Some(Value::Text(old))) if one_line(old) == new => Vec::new(),
        (Some(new), _) => keys.set(key, Written::Text(&new)),
        (None, _) => keys.removed(key),
    })
}

/// Texts on one line each, none empty and none twice.
fn listed(texts: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| one_line(text)) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

fn date(keys: &Keys<'_>, key: &str, value: Option<&str>) -> Vec<Replacement> {
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        Some(day) => keys.set(key, Written::Plain(day)),
        None => keys.removed(key),
    }
}

fn draft(keys: &Keys<'_>, draft: bool) -> Vec<Replacement> {
    let written = keys.get("draft").map(|field| &field.node.value);
    match (draft, written) {
        (true, Some(Value::Bool(true))) | (false, None | Some(Value::Bool(false))) => Vec::new(),
        (true, _) => keys.set("draft", Written::Plain("true")),
        (false, _) => keys.removed("draft"),
    }
}

fn cursor(keys: &Keys<'_>, value: Option<&str>) -> Vec<Replacement> {
    let table = keys.table("cursor");
    let only_name = table.is_some_and(|fields| fields.iter().all(|field| field.key.value == "name"));
    let old = keys.get("cursor").map(|field| &field.node.value);
    match (value, table) {
        (None, Some(_)) if !only_name => keys.removed_in("cursor", "name"),
        (None, _) => keys.removed("cursor"),
        (Some(""), _) if old == Some(&Value::Bool(false)) => Vec::new(),
        (Some(""), _) => keys.set("cursor", Written::Plain("false")),
        (Some(name), Some(_)) => keys.set_in("cursor", "name", name),
        (Some(name), None) => keys.set("cursor", Written::Text(name)),
    }
}

fn cursor_color(keys: &Keys<'_>, guide: &Guide, color: Option<String>) -> Change {
    let color = color.filter(|color| !color.is_empty());
    match (&guide.front.cursor, color, keys.table("cursor")) {
        (_, None, Some([_])) => Ok(keys.removed("cursor")),
        (_, None, _) => Ok(keys.removed_in("cursor", "color")),
        (Some(CursorValue::NoName), Some(_), _) => {
            Err(Refusal::new("a cursor without a name has the project's colour: give it a name first"))
        }
        (_, Some(color), Some(_)) => Ok(keys.set_in("cursor", "color", &color)),
        (Some(CursorValue::Named(Some(name), _)), Some(color), None) => {
            Ok(keys.set("cursor", Written::Table(&[("name", name), ("color", &color)])))
        }
        (_, Some(color), None) => Ok(keys.set("cursor", Written::Table(&[("color", &color)]))),
    }
}

/// The number of a step is written as one.
fn cover(keys: &Keys<'_>, value: Option<&str>) -> Change {
    let number = value.map(str::trim).filter(|value| value.parse::<usize>().is_ok());
    match (number, keys.get("cover").map(|field| &field.node.value)) {
        (Some(number), Some(Value::Number(old))) if old == number => Ok(Vec::new()),
        (Some(number), None | Some(Value::Number(_) | Value::Text(_))) => {
            Ok(keys.set("cover", Written::Plain(number)))
        }
        _ => text(keys, "cover", value),
    }
}

fn order(keys: &Keys<'_>, value: Option<&str>) -> Change {
    let value = value.map(one_line).filter(|value| !value.is_empty());
    match (value, keys.get("order").map(|field| &field.node.value)) {
        (Some(new), _) if Front::order_of(&new).is_none() => Err(Refusal::new(format!(
            "`{new}` is not a number: write `1` for the first place in the library"
        ))),
        (Some(new), Some(Value::Number(old) | Value::Text(old)))
            if Front::order_of(&new) == Front::order_of(old) =>
        {
            Ok(Vec::new())
        }
        (Some(new), _) => Ok(keys.set("order", Written::Plain(&new))),
        (None, _) => Ok(keys.removed("order")),
    }
}

fn capture(keys: &Keys<'_>, which: CaptureKey, value: Option<&str>) -> Change {
    let key = which.word();
    let value = value.map(one_line).filter(|value| !value.is_empty());
    Ok(match (value, keys.table("capture")) {
        (None, Some([only])) if only.key.value == key => keys.removed("capture"),
        (None, _) => keys.removed_in("capture", key),
        (Some(number), _) if which == CaptureKey::Scale => {
            if number.parse::<u32>().is_err() {
                return Err(Refusal::new(format!("`{number}` is not a valid value for `scale`")));
            }
            keys.set_number_in("capture", key, &number)
        }
        (Some(value), Some(_)) => keys.set_in("capture", key, &value),
        (Some(value), None) => keys.set("capture", Written::Table(&[(key, &value)])),
    })
}

/// What a key of `capture` says, as it is written.
pub fn captured(front: &Front, which: CaptureKey) -> Option<String> {
    let capture = &front.capture;
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    match which {
        CaptureKey::Start => text(&capture.start),
        CaptureKey::Viewport => capture.viewport.map(|(width, height)| format!("{width}x{height}")),
        CaptureKey::Scale => capture.scale.map(|scale| scale.to_string()),
        CaptureKey::Scheme => capture.scheme.map(|scheme| scheme.word().to_owned()),
        CaptureKey::Login => text(&capture.login),
    }
}

/// What `cover` says, as it is written.
pub fn covered(front: &Front) -> Option<String> {
    front.cover.as_ref().map(|cover| match &cover.value {
        CoverValue::Number(number) => number.to_string(),
        CoverValue::Named(name) => name.clone(),
    })
}

/// What `backdrop` says.
pub fn behind(front: &Front) -> Option<String> {
    front.backdrop.as_ref().map(|backdrop| match &backdrop.value {
        BackdropValue::Known(Backdrop::Color(color)) => color.hex(),
        BackdropValue::Known(Backdrop::Plain) => "plain".to_owned(),
        BackdropValue::Known(Backdrop::Brand | Backdrop::Picture(_)) => "brand".to_owned(),
        BackdropValue::Picture(path) => path.clone(),
    })
}

/// The colour of the cursor.
pub fn colored(front: &Front) -> Option<String> {
    match &front.cursor {
        Some(CursorValue::Named(_, color)) => color.map(Color::hex),
        Some(CursorValue::NoName) | None => None,
    }
}

/// The title: its key, or the heading that stands for it. A heading that says what the key says is changed with
/// it, else it would come to stand in the article.
fn title(source: &Source, guide: &Guide, keys: &Keys<'_>, title: &str) -> Change {
    if title.is_empty() {
        return Err(Refusal::new("a guide needs a title"));
    }
    let heading = guide.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, content, .. } if !content.is_empty() => Some(content),
        Block::Heading { .. } | Block::Prose { .. } | Block::Steps { .. } => None,
    });
    let says = |heading: &&Events| plain(heading);
    if !guide.front.has_title {
        return match heading {
            Some(heading) if says(&heading) == title => Ok(Vec::new()),
            Some(heading) => Ok(headed(source, heading, title).into_iter().collect()),
            None => text(keys, "title", Some(title)),
        };
    }
    let mut all = text(keys, "title", Some(title))?;
    let old = guide.front.title.as_ref().map(|title| title.value.clone());
    let same = heading.filter(|heading| !all.is_empty() && Some(says(heading)) == old);
    all.extend(same.and_then(|heading| headed(source, heading, title)));
    Ok(all)
}

/// What gives a heading other words.
pub fn headed(source: &Source, heading: &Events, title: &str) -> Option<Replacement> {
    let span = heading.iter().map(|(_, span)| *span).reduce(Span::to)?;
    Some(trim(source.slice(span), &heading_text(title), span.start))
}

/// Plain text as the text of a heading: no more is escaped than must be.
pub fn heading_text(title: &str) -> String {
    let says = |written: &str| {
        let markdown = format!("# {written}");
        let events: Vec<_> = Parser::new(&markdown).map(|event| (event, Span::default())).collect();
        matches!(events.first(), Some((Event::Start(Tag::Heading { .. }), _))) && plain(&events) == title
    };
    escaped(title, &[], says)
}

/// Refuses an edit after which the front matter says something else than asked.
pub fn check(before: &Source, after: &Source, front: &Front, edit: &MetaEdit) -> Result<(), Refusal> {
    let (old, new) = (Keys::read(before)?, Keys::read(after)?);
    let key = match edit {
        MetaEdit::Title { .. } => "title",
        MetaEdit::Description { .. } => "description",
        MetaEdit::App { .. } => "app",
        MetaEdit::Cursor { .. } | MetaEdit::CursorColor { .. } => "cursor",
        MetaEdit::Cover { .. } => "cover",
        MetaEdit::Backdrop { .. } => "backdrop",
        MetaEdit::Steps { .. } => "steps",
        MetaEdit::Chapters { .. } => "chapters",
        MetaEdit::Order { .. } => "order",
        MetaEdit::Capture { .. } => "capture",
        MetaEdit::Tags { .. } => "tags",
        MetaEdit::Authors { .. } => "authors",
        MetaEdit::Created { .. } => "created",
        MetaEdit::Updated { .. } => "updated",
        MetaEdit::Lang { .. } => "lang",
        MetaEdit::Draft { .. } => "draft",
        MetaEdit::Slug { .. } => "slug",
        MetaEdit::Url { .. } => "url",
        MetaEdit::Frame { .. } => "frame",
        MetaEdit::Theme { .. } => "theme",
        MetaEdit::Zoom { .. } => "zoom",
        MetaEdit::Cta { .. } => "cta",
    };
    if let (MetaEdit::Cta { value: Some(cta) }, None) = (edit, &front.cta) {
        return Err(Refusal::new(format!("`{}` is not a web or email address", cta.url)));
    }
    if old.others(key) != new.others(key) || !says(front, edit) {
        let value = edit.word().filter(|_| old.others(key) == new.others(key));
        return Err(Refusal::new(match value {
            Some(value) => format!("`{value}` is not a valid value for `{key}`"),
            None => format!("`{key}` can't be changed so here: change it in the file"),
        }));
    }
    Ok(())
}

/// Day of a date as it is written.
pub fn day(date: Option<&Spanned<Date>>) -> Option<String> {
    date.map(|Spanned { value: Date { year, month, day }, .. }| format!("{year:04}-{month:02}-{day:02}"))
}

/// The word behind `zoom`.
pub fn zoom(front: &Front) -> Option<&'static str> {
    front.auto_zoom.as_ref().map(|auto| if auto.value { "auto" } else { "none" })
}

/// Texts without their places.
pub fn texts(all: &[Spanned<String>]) -> Vec<String> {
    all.iter().map(|text| text.value.clone()).collect()
}

fn says(front: &Front, edit: &MetaEdit) -> bool {
    let fold = |value: &Option<String>| value.as_deref().map(one_line).filter(|value| !value.is_empty());
    let text_of =
        |value: &Option<crate::source::Spanned<String>>| value.as_ref().map(|value| value.value.clone());
    match edit {
        // Without the key, the heading says it.
        MetaEdit::Title { value } => text_of(&front.title).is_none_or(|title| title == one_line(value)),
        MetaEdit::Description { value } => text_of(&front.description) == fold(value),
        MetaEdit::App { value } => match &front.app {
            Some(AppValue::Key(key)) => Some(key.value.clone()) == fold(value),
            Some(AppValue::Table(..)) => false,
            None => fold(value).is_none(),
        },
        MetaEdit::Cursor { value } => match (&front.cursor, value.as_deref().map(one_line).as_deref()) {
            (Some(CursorValue::NoName), name) => name == Some(""),
            (Some(CursorValue::Named(name, _)), asked) => name.as_deref() == asked,
            (None, asked) => asked.is_none(),
        },
        MetaEdit::CursorColor { value } => {
            let color = fold(value);
            color.is_none() == colored(front).is_none()
                && color.is_none_or(|color| Color::parse(&color).map(Color::hex) == colored(front))
        }
        MetaEdit::Cover { value } => covered(front) == fold(value),
        MetaEdit::Backdrop { value } => match front.backdrop.as_ref().map(|backdrop| &backdrop.value) {
            // A colour may be written short.
            Some(BackdropValue::Known(Backdrop::Color(color))) => {
                fold(value).is_some_and(|value| Color::parse(&value) == Some(*color))
            }
            _ => behind(front) == fold(value),
        },
        MetaEdit::Steps { value } => front.steps.map(|form| form.value.word().to_owned()) == fold(value),
        MetaEdit::Chapters { value } => {
            front.chapters.map(|opening| opening.value.word().to_owned()) == fold(value)
        }
        MetaEdit::Order { value } => {
            front.order.map(|order| order.value) == fold(value).and_then(|value| Front::order_of(&value))
        }
        MetaEdit::Capture { of, value } => captured(front, *of) == fold(value),
        MetaEdit::Tags { value } => texts(&front.tags) == listed(value),
        MetaEdit::Authors { value } => texts(&front.authors) == listed(value),
        MetaEdit::Created { value } => day(front.created.as_ref()) == fold(value),
        MetaEdit::Updated { value } => day(front.updated.as_ref()) == fold(value),
        MetaEdit::Lang { value } => front.lang == fold(value),
        MetaEdit::Draft { value } => front.draft.as_ref().is_some_and(|draft| draft.value) == *value,
        MetaEdit::Slug { value } => text_of(&front.slug) == fold(value).as_deref().map(crate::guide::slug_of),
        MetaEdit::Url { value } => text_of(&front.url) == fold(value),
        MetaEdit::Frame { value } => front.frame.map(|frame| frame.value.word().to_owned()) == fold(value),
        MetaEdit::Theme { value } => text_of(&front.theme) == fold(value),
        MetaEdit::Zoom { value } => zoom(front).map(str::to_owned) == fold(value),
        MetaEdit::Cta { value } => match (&front.cta, value) {
            (Some(cta), Some(asked)) => {
                cta.label == one_line(&asked.label) && cta.url == one_line(&asked.url)
            }
            (None, asked) => asked.is_none(),
            (Some(_), None) => false,
        },
    }
}
