//! Which file a page showed under an address.

use super::super::archive::Archive;
use super::events::{Found, Resource, Trace};
use crate::browser::Response;

/// The file under an address, as it was when a snapshot was taken: what its own frame received goes before others.
pub fn find(trace: &Trace, archive: &mut Archive, page: &Found, url: &str) -> Option<Response> {
    let snapshot = trace.at(page)?;
    let address = url.split('#').next().unwrap_or(url);
    let fits = |found: &&Resource| {
        found.status != 304
            && found.url.split('#').next() == Some(address)
            && (found.time < snapshot.time || found.time == 0.0)
    };
    let own = |found: &&Resource| found.frame.as_deref() == Some(page.frame.as_str());
    let received = || trace.resources.iter().rev().filter(fits);
    let found = received().find(own).or_else(|| received().next())?;
    let file = changed(trace, page, address).or_else(|| found.file.clone());
    let body = file.and_then(|file| archive.read(&file).ok().flatten()).unwrap_or_default();
    let kind = if found.kind == "x-unknown" { String::new() } else { found.kind.clone() };
    let is_text = kind.starts_with("text/") && !kind.contains("charset");
    let kind = if is_text { format!("{kind}; charset=utf-8") } else { kind };
    Some(Response { status: found.status, kind, policy: None, body })
}

/// The file with what a script had changed in it, as in style sheets.
fn changed(trace: &Trace, page: &Found, address: &str) -> Option<String> {
    let list = trace.frames.get(&page.frame)?;
    let change_at = |at: usize| list.get(at)?.changed.iter().find(|(url, ..)| url == address);
    let (_, file, back) = change_at(page.at)?;
    match (file, back) {
        (Some(file), _) => Some(file.clone()),
        (None, 0) => None,
        (None, back) => change_at(page.at.checked_sub(*back)?)?.1.clone(),
    }
}
