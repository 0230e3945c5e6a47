//! Structured data for search engines.

use super::Scope;
use super::neighbours::minutes;
use crate::guide::{Date, Resolved};
use crate::project::Settings;
use serde_json::{Value, json};

/// `HowTo` with its steps, and where the guide stands in the site.
pub fn guide(resolved: &Resolved, settings: &Settings, scope: Scope) -> Value {
    let page = settings.base_url.as_ref().map(|base| format!("{base}{}/", resolved.slug));
    let mut graph = vec![how_to(resolved, page.as_deref())];
    if scope.is_site() {
        graph.push(crumbs(resolved, settings, page.as_deref()));
    }
    json!({ "@context": "https://schema.org", "@graph": graph })
}

fn how_to(resolved: &Resolved, page: Option<&str>) -> Value {
    let steps = resolved.steps.iter().map(|step| {
        let mut value =
            json!({ "@type": "HowToStep", "position": step.number, "name": step.title, "text": step.title });
        set(&mut value, "url", page.map(|page| format!("{page}#{}", step.id)));
        value
    });
    let mut value = json!({
        "@type": "HowTo",
        "name": resolved.title,
        "inLanguage": resolved.lang,
        "totalTime": format!("PT{}M", minutes(resolved.seconds())),
        "step": steps.collect::<Vec<_>>(),
    });
    set(&mut value, "description", Some(resolved.description.as_str()).filter(|text| !text.is_empty()));
    set(&mut value, "datePublished", resolved.created.map(iso));
    set(&mut value, "dateModified", resolved.updated.map(iso));
    set(&mut value, "url", page);
    set(&mut value, "image", page.map(|page| format!("{page}card.png")));
    let authors = resolved.authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
    let authors: Vec<Value> = authors.collect();
    set(&mut value, "author", (!authors.is_empty()).then_some(authors));
    set(
        &mut value,
        "about",
        resolved.app.as_ref().map(|app| json!({ "@type": "SoftwareApplication", "name": app.name })),
    );
    value
}

fn crumbs(resolved: &Resolved, settings: &Settings, page: Option<&str>) -> Value {
    let item = |position: usize, name: &str, url: Option<&str>| {
        let mut value = json!({ "@type": "ListItem", "position": position, "name": name });
        set(&mut value, "item", url);
        value
    };
    let items = [item(1, &settings.title, settings.base_url.as_deref()), item(2, &resolved.title, page)];
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

fn set(value: &mut Value, key: &str, what: Option<impl Into<Value>>) {
    if let (Value::Object(map), Some(what)) = (value, what.map(Into::into)) {
        map.insert(key.to_owned(), what);
    }
}

/// `2026-11-22`.
pub fn iso(date: Date) -> String {
    let Date { year, month, day } = date;
    format!("{year:04}-{month:02}-{day:02}")
}
