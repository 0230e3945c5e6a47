//! Sentences, anchors and annotations of steps, from what the page says of their targets.

use super::draw::{Drawing, Target};
use super::events::Action;
use super::steps::Gesture;
use crate::edit::plain_markdown;
use crate::guide::anchor::{Anchor, Role, Target as AnchorTarget, Way};

/// What the last step says.
pub const DONE: &str = "Done.";
/// What is written for what nobody may read.
const HIDDEN: &str = "••••";

/// Whether text is typed there.
pub fn is_field(target: &Target) -> bool {
    matches!(target.accessible.role.as_str(), "textbox" | "searchbox" | "spinbutton" | "combobox")
        || matches!(target.tag.as_str(), "input" | "textarea")
}

/// The sentence of a step.
pub fn sentence(gesture: &Gesture, drawing: &Drawing) -> String {
    let target = drawing.target.as_ref();
    let name = target.and_then(name_of);
    let named = name.as_deref().map_or("the marked place".to_owned(), bold);
    let inside = |place: &str| name.as_deref().map_or(place.to_owned(), |name| format!(" in {}", bold(name)));
    match gesture {
        Gesture::Open => match drawing.title.trim() {
            "" => "Open the page.".to_owned(),
            title => format!("Open the page {}.", bold(title)),
        },
        Gesture::Click => format!("{} {named}.", target.map_or("Click", click_word)),
        Gesture::DoubleClick => format!("Double-click {named}."),
        Gesture::RightClick => format!("Right-click {named}."),
        Gesture::Hover => format!("Point at {named}."),
        Gesture::Type(_) if target.is_some_and(|target| target.secret) => format!("Fill in {named}."),
        Gesture::Type(text) | Gesture::Keys(text) if text.is_empty() => format!("Clear {named}."),
        Gesture::Type(text) | Gesture::Keys(text) => format!("Type {}{}.", code(text), inside("")),
        Gesture::Select(text) => format!("Choose {}{}.", bold(text), inside("")),
        Gesture::Press(key) => format!("Press {}.", bold(key)),
        Gesture::Scroll("up") => "Scroll up.".to_owned(),
        Gesture::Scroll(_) => "Scroll down.".to_owned(),
        Gesture::Upload(names) => format!("Choose the file {}{}.", code(names), inside("")),
    }
}

fn click_word(target: &Target) -> &'static str {
    match target.accessible.role.as_str() {
        "checkbox" | "switch" | "menuitemcheckbox" if target.checked => "Clear",
        "checkbox" | "switch" | "radio" | "option" | "menuitemcheckbox" | "menuitemradio" => "Select",
        "DisclosureTriangle" if target.open => "Close",
        "DisclosureTriangle" => "Open",
        _ => "Click",
    }
}

fn name_of(target: &Target) -> Option<String> {
    let test = target.test.replace(['-', '_'], " ");
    let names = [&target.accessible.name, &target.placeholder, &target.title, &test];
    let name = names.into_iter().map(|name| name.trim()).find(|name| !name.is_empty())?;
    Some(crate::guide::anchor::clean(name)).filter(|name| !name.is_empty())
}

/// The line that says what the step does on its picture; `None`: nothing is known of its place.
pub fn annotation(gesture: &Gesture, target: Option<&Target>, action: &Action) -> Option<String> {
    let place = target
        .and_then(region)
        .or_else(|| action.area.and_then(area))
        .or_else(|| action.point.and_then(point));
    let on = target.and_then(anchor).map(|anchor| format!(" on {anchor}")).unwrap_or_default();
    let placed = |verb: &str, text: &str| place.as_ref().map(|place| format!("@{verb} {place}{text}{on}"));
    let secret = target.is_some_and(|target| target.secret);
    match gesture {
        Gesture::Open => None,
        Gesture::Click | Gesture::Upload(_) => placed("click", ""),
        Gesture::DoubleClick => placed("double-click", ""),
        Gesture::RightClick => placed("right-click", ""),
        Gesture::Hover => placed("hover", ""),
        Gesture::Type(_) | Gesture::Keys(_) if secret => {
            let value = target.map(variable).filter(|_| !on.is_empty()).unwrap_or_default();
            placed("type", &format!(" {}{value}", quoted(HIDDEN)))
        }
        Gesture::Type(text) | Gesture::Keys(text) => placed("type", &format!(" {}", quoted(text))),
        Gesture::Select(text) => placed("select", &format!(" {}", quoted(text))),
        Gesture::Press(key) => Some(format!("@press {}", quoted(key))),
        Gesture::Scroll(way) => Some(format!("@scroll {way}")),
    }
}

/// ` value=$PASSWORD`: where a replay takes the text from.
fn variable(target: &Target) -> String {
    let name = name_of(target).unwrap_or_default();
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let plain = plain.trim_matches('_');
    let usable = plain.starts_with(|c: char| c.is_ascii_alphabetic());
    format!(" value=${}", if usable { plain } else { "SECRET" })
}

/// What the target is called, so that it can be found again.
fn anchor(target: &Target) -> Option<Anchor> {
    let role = match target.accessible.role.as_str() {
        "textbox" | "searchbox" | "spinbutton" => Some(Role::FIELD),
        "combobox" if target.tag == "select" => Some(Role::LIST),
        "combobox" => Some(Role::FIELD),
        "listbox" => Some(Role::LIST),
        "DisclosureTriangle" => Role::find("button"),
        role => Role::find(role),
    };
    let name = target.accessible.name.trim();
    if let Some(role) = role.filter(|_| !name.is_empty()) {
        let mut anchor = Anchor::role(role, name);
        // One name under several headings: check boxes of one kind.
        if matches!(target.accessible.role.as_str(), "checkbox" | "radio" | "switch")
            && let AnchorTarget::Role { under, .. } = &mut anchor.target
        {
            *under = Some(target.under.clone()).filter(|under| !under.is_empty());
        }
        return Some(anchor);
    }
    let ways =
        [(Way::Placeholder, &target.placeholder), (Way::TestId, &target.test), (Way::Title, &target.title)];
    ways.into_iter().find(|(_, text)| !text.is_empty()).map(|(way, text)| Anchor::by(way, text.clone()))
}

fn region(target: &Target) -> Option<String> {
    area(target.area)
}

fn area([x, y, w, h]: [f64; 4]) -> Option<String> {
    let (left, top) = (x.max(0.0), y.max(0.0));
    let (w, h) = (w - (left - x), h - (top - y));
    let fits = w >= 1.0 && h >= 1.0 && left < 1e5 && top < 1e5;
    fits.then(|| format!("{left:.0},{top:.0} {w:.0}x{h:.0}"))
}

fn point((x, y): (f64, f64)) -> Option<String> {
    let fits = (0.0..1e5).contains(&x) && (0.0..1e5).contains(&y);
    fits.then(|| format!("{x:.0},{y:.0}"))
}

/// An alternative text: what page it is, until a person says what is seen on it.
pub fn alt(drawing: &Drawing) -> String {
    match drawing.title.trim() {
        "" => String::new(),
        title => format!("The page “{title}”"),
    }
}

/// A text in the quotes of an annotation, on one line; what would end its comment is taken apart.
pub fn quoted(text: &str) -> String {
    let line = text.replace(|c: char| c.is_control(), " ").replace("-->", "-- >");
    format!("\"{}\"", line.trim().replace('\\', "\\\\").replace('"', "\\\""))
}

/// An address without what may let others in: user names, passwords and values of its query that look like keys.
pub fn without_secrets(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let secret = |pair: &&str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = key.to_lowercase();
        let named = ["token", "key", "secret", "password", "code", "session", "signature", "sig"]
            .iter()
            .any(|word| key.contains(word));
        named && !value.is_empty()
    };
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty()).filter(|pair| !secret(pair)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{scheme}://{host}{path}{query}")
}

fn bold(text: &str) -> String {
    let text: String = text.chars().take(80).collect();
    format!("**{}**", plain_markdown(text.trim()))
}

fn code(text: &str) -> String {
    let text = text.replace(|c: char| c.is_control(), " ");
    let text = text.trim();
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A sentence without its marks, for a name.
pub fn plain(sentence: &str) -> String {
    sentence.replace(['*', '`', '\\'], "").trim_end_matches('.').to_owned()
}
