//! How pictures of an application are taken: `capture:` of a guide, `[apps.NAME.capture]` and `[apps.NAME.logins]`.

use super::fields::Fields;
use super::{near, url};
use crate::source::data::{Node, Value};
use crate::source::{ProjectPath, Spanned};
use std::collections::BTreeMap;

/// Smallest and largest side of a window, in points.
const SIDES: std::ops::RangeInclusive<u32> = 200..=4000;
/// Largest number of pixels a point.
const SCALES: std::ops::RangeInclusive<u32> = 1..=2;

/// What a guide says of how its pictures are taken; an application says the same for all guides about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// `start`: where the steps begin, an address or a path on the application's own.
    pub start: Option<Spanned<String>>,
    /// `viewport`: width and height in points.
    pub viewport: Option<(u32, u32)>,
    /// `scale`: pixels a point.
    pub scale: Option<u32>,
    /// `scheme`
    pub scheme: Option<Scheme>,
    /// `login`: a key of the application's `logins`.
    pub login: Option<Spanned<String>>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// As the front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What the project says of how pictures of an application are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppCapture {
    /// What a guide may say, too.
    pub capture: Capture,
    /// `locale`: of the page, and of what it asks for.
    pub locale: Option<String>,
    /// `timezone`: its name in the IANA's list.
    pub timezone: Option<String>,
    /// `clock`: what time it is there.
    pub clock: Option<String>,
    /// `reduced_motion`
    pub reduced_motion: bool,
    /// `hide`: anchors of what is on no picture.
    pub hide: Vec<Spanned<String>>,
    /// `mask`: anchors of what is not compared.
    pub mask: Vec<Spanned<String>>,
    /// `replace`: texts of the page, and what stands in their place on every picture.
    pub replace: Vec<(String, String)>,
    /// `setup`: commands that put the application into its first state.
    pub setup: Vec<String>,
    /// `logins`: by name, the guide whose steps log in.
    pub logins: BTreeMap<String, Spanned<ProjectPath>>,
}

/// Reads `capture:` of a guide.
pub fn capture(mut fields: Fields<'_>) -> Capture {
    let mut capture = common(&mut fields);
    // A guide that names variables of the environment could send them anywhere.
    if let Some(start) = capture.start.take_if(|start| start.value.contains("${")) {
        let message = format!("`{}` names a variable of the environment", start.value);
        let help = "write an address or a path; `${NAME}` stands in `guidemark.toml` alone";
        fields.error("bad-value", start.span, message, help);
    }
    fields.finish();
    capture
}

fn common(fields: &mut Fields<'_>) -> Capture {
    Capture {
        start: start(fields),
        viewport: viewport(fields),
        scale: scale(fields),
        scheme: fields
            .choice("scheme", &[("light", Scheme::Light), ("dark", Scheme::Dark)])
            .map(|scheme| scheme.value),
        login: fields.text("login"),
    }
}

/// Reads `[apps.NAME.capture]`.
pub fn app_capture(mut fields: Fields<'_>) -> AppCapture {
    let read = AppCapture {
        capture: common(&mut fields),
        locale: super::language::language_of(&mut fields, "locale"),
        timezone: fields.text("timezone").map(|text| text.value),
        clock: clock(&mut fields),
        reduced_motion: fields.flag("reduced_motion").is_some_and(|flag| flag.value),
        hide: fields.texts("hide"),
        mask: fields.texts("mask"),
        replace: replace(&mut fields),
        setup: fields.texts("setup").into_iter().map(|text| text.value).collect(),
        logins: BTreeMap::new(),
    };
    fields.finish();
    read
}

/// Reads `[apps.NAME.logins]`.
pub fn logins(mut fields: Fields<'_>, root: &ProjectPath) -> BTreeMap<String, Spanned<ProjectPath>> {
    let mut logins = BTreeMap::new();
    for field in fields.all() {
        let key = &field.key.value;
        let mut login = fields.within(&field.node, &format!("`logins.{key}`"));
        if let Some(path) = login.file("guide", root) {
            logins.insert(key.clone(), path);
        } else if !login.has("guide") {
            login.needed_text("guide", &format!("logins.{key}"));
        }
        login.finish();
    }
    logins
}

fn start(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let text = fields.text("start")?;
    // A variable of the environment may stand for any part of it.
    let plain = match filled(&text.value, &|_| Some("http://name.example".to_owned())) {
        Ok(plain) => plain,
        Err(problem) => {
            fields.error("bad-value", text.span, problem, "write `${NAME}` or `${NAME:-value}`");
            return None;
        }
    };
    let with_variable = plain != text.value;
    if with_variable || plain.starts_with('/') || url::web(&plain).is_ok() {
        return Some(text);
    }
    let message = format!("`{}` is not an address to start from", text.value);
    fields.error(
        "bad-url",
        text.span,
        message,
        "write `http://127.0.0.1:8001/` or a path such as `/reports`",
    );
    None
}

/// A text with `${NAME}` and `${NAME:-value}` replaced by what `lookup` says.
///
/// # Errors
/// What is wrong: a `${` that is not closed or names nothing, or a variable that is not set.
pub fn filled(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut parts = text.split("${");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inner, after) =
            part.split_once('}').ok_or_else(|| format!("`${{` is never closed in `{text}`"))?;
        let (name, default) =
            inner.split_once(":-").map_or((inner, None), |(name, value)| (name, Some(value)));
        let good = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !good {
            return Err(format!("`${{{inner}}}` names no variable of the environment"));
        }
        let value = lookup(name).filter(|value| !value.is_empty()).or_else(|| default.map(str::to_owned));
        filled += &value.ok_or_else(|| format!("the variable `{name}` of the environment is not set"))?;
        filled += after;
    }
    Ok(filled)
}

/// `1280x800`
pub fn size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['x', '×'])?;
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| SIDES.contains(side));
    Some((side(width)?, side(height)?))
}

fn viewport(fields: &mut Fields<'_>) -> Option<(u32, u32)> {
    let text = fields.text("viewport")?;
    let read = size(&text.value);
    if read.is_none() {
        let message = format!("`{}` is not a window size", text.value);
        fields.error("bad-value", text.span, message, "write width and height in points, as in `1280x800`");
    }
    read
}

fn scale(fields: &mut Fields<'_>) -> Option<u32> {
    let node = fields.node("scale")?;
    let number = match &node.value {
        Value::Number(text) | Value::Text(text) => {
            text.parse::<u32>().ok().filter(|scale| SCALES.contains(scale))
        }
        _ => None,
    };
    if number.is_none() {
        fields.error("bad-value", node.span, "`scale` can't be this".to_owned(), "use `1` or `2`");
    }
    number
}

fn clock(fields: &mut Fields<'_>) -> Option<String> {
    let node = fields.node("clock")?;
    let text = match &node.value {
        Value::Text(text) | Value::Date(text) => text.trim().to_owned(),
        _ => String::new(),
    };
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape == "0000-00-00T00:00:00Z" {
        return Some(text);
    }
    let message = "`clock` is not a time of day".to_owned();
    fields.error("bad-date", node.span, message, "write it as `2026-11-22T09:00:00Z`");
    None
}

/// `[{ text = "…", with = "…" }]`
fn replace(fields: &mut Fields<'_>) -> Vec<(String, String)> {
    let Some(node) = fields.node("replace") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        let help = "write `[{ text = \"…\", with = \"…\" }]`".to_owned();
        fields.wrong_type("replace", "a list of tables", node, help);
        return Vec::new();
    };
    items.iter().filter_map(|item| pair(fields, item)).collect()
}

fn pair(fields: &mut Fields<'_>, item: &Node) -> Option<(String, String)> {
    let mut pair = fields.within(item, "`replace`");
    let text = pair.needed_text("text", "replace").map(|text| text.value);
    let with = pair.needed_text("with", "replace").map(|text| text.value);
    pair.finish();
    Some((text?, with?))
}

/// The login of that name, or what to write instead.
///
/// # Errors
/// The `help`.
pub fn login<'a>(
    logins: &'a BTreeMap<String, Spanned<ProjectPath>>,
    name: &str,
) -> Result<&'a ProjectPath, String> {
    let names: Vec<&str> = logins.keys().map(String::as_str).collect();
    match logins.get(name) {
        Some(path) => Ok(&path.value),
        None if names.is_empty() => {
            Err(format!("write `[apps.NAME.logins.{name}]` with the guide that logs in"))
        }
        None => Err(near::suggest(name, &names)),
    }
}

#[cfg(test)]
mod tests {
    use super::{filled, size};

    #[test]
    fn variables_stand_for_parts_of_an_address() {
        let set = |name: &str| (name == "HOST").then(|| "example.com".to_owned());
        let filled = |text| filled(text, &set);
        assert_eq!(filled("https://${HOST}/a").as_deref(), Ok("https://example.com/a"));
        assert_eq!(filled("${URL:-http://127.0.0.1:8001}/a").as_deref(), Ok("http://127.0.0.1:8001/a"));
        assert!(filled("${URL}").is_err_and(|problem| problem.contains("`URL`")));
        assert!(filled("${URL").is_err() && filled("${}").is_err() && filled("${a b}").is_err());
    }

    #[test]
    fn a_window_has_a_size() {
        assert_eq!(size("1280x800"), Some((1280, 800)));
        for bad in ["1280", "1280x", "0x0", "1280x80000", "-1x800", "x"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }
}
