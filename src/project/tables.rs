//! The tables that front matter and the project file share: an app, a call to action, a cursor.

use super::fields::Fields;
use super::url::{self, BadUrl};
use super::{App, Backdrop, Color, Cta, near};
use crate::source::{ProjectPath, Spanned};

impl Fields<'_> {
    /// An address that `check` allows; `wanted` says which those are.
    pub fn url(
        &mut self,
        key: &'static str,
        check: fn(&str) -> Result<(), BadUrl>,
        wanted: &str,
    ) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        self.checked_url(text, check, wanted)
    }

    fn checked_url(
        &mut self,
        text: Spanned<String>,
        check: fn(&str) -> Result<(), BadUrl>,
        wanted: &str,
    ) -> Option<Spanned<String>> {
        match check(&text.value) {
            Ok(()) => return Some(text),
            Err(BadUrl::Unsafe) => {
                let message = format!("`{}` would run code in the reader's browser", text.value);
                self.error("unsafe-link", text.span, message, wanted);
            }
            Err(BadUrl::Malformed) => {
                let message = format!("`{}` is not an address for this key", text.value);
                self.error("bad-url", text.span, message, wanted);
            }
        }
        None
    }
}

/// The key `backdrop` as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackdropValue {
    /// What needs no file.
    Known(Backdrop),
    /// The path of a picture.
    Picture(String),
}

/// The key `backdrop`, of front matter and of the project file.
pub fn backdrop(fields: &mut Fields<'_>) -> Option<Spanned<BackdropValue>> {
    let text = fields.text("backdrop")?;
    let (word, span) = (text.value.as_str(), text.span);
    let known = |backdrop| Some(Spanned::new(BackdropValue::Known(backdrop), span));
    match word {
        "brand" => known(Backdrop::Brand),
        "plain" => known(Backdrop::Plain),
        _ if word.starts_with('#') => {
            fields.color("backdrop").and_then(|color| known(Backdrop::Color(color.value)))
        }
        _ if word.contains(['.', '/', '\\']) => Some(text.map(BackdropValue::Picture)),
        _ => {
            let message = format!("`backdrop` can't be `{word}`");
            let help = match near::nearest(word, ["brand", "plain"]) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "write `brand`, `plain`, a colour such as `#0b7a75`, or the path of a picture".to_owned()
                }
            };
            fields.error("bad-value", span, message, help);
            None
        }
    }
}

/// What a web address looks like, for `help`.
pub const WEB: &str = "write the whole address, as in `https://docs.example.com/`";
const LINK: &str =
    "write an address such as `https://docs.example.com/`, `mailto:team@example.com` or `other.md`";

/// `{ label, url }`.
pub fn cta(mut fields: Fields<'_>) -> Option<Cta> {
    let label = fields.needed_text("label", "cta");
    let url = fields.needed_text("url", "cta").and_then(|text| fields.checked_url(text, url::link, LINK));
    let from = fields.path().clone();
    fields.finish();
    let url = url?;
    Some(Cta { label: label?.value, url: url.value, from, at: url.span })
}

/// `{ name, description, website, industry, logo }`; `key` is empty for an app written in a guide, and
/// `folder` is where the logo's path starts. The logo's place goes into `logos`.
pub fn app(
    mut fields: Fields<'_>,
    key: &str,
    folder: &ProjectPath,
    logos: &mut Vec<Spanned<ProjectPath>>,
) -> Option<App> {
    let table = if key.is_empty() { "app".to_owned() } else { format!("apps.{key}") };
    let name = fields.needed_text("name", &table);
    let description = fields.text("description").map(|text| text.value);
    let website = fields.url("website", url::web, WEB).map(|text| text.value);
    let industry = fields.text("industry").map(|text| text.value);
    let logo = fields.file("logo", folder);
    logos.extend(logo.clone());
    let logo = logo.map(|path| path.value);
    // Read with the project; a guide says neither, since they run commands and name guides that log in.
    if !key.is_empty() {
        fields.node("capture");
        fields.node("logins");
    }
    fields.finish();
    Some(App { key: key.to_owned(), name: name?.value, description, website, industry, logo })
}

/// `{ name, color }`.
pub fn cursor(mut fields: Fields<'_>) -> (Option<String>, Option<Color>) {
    let name = fields.text("name").map(|text| text.value);
    let color = fields.color("color").map(|color| color.value);
    fields.finish();
    (name, color)
}
