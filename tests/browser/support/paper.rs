//! A page on paper: what lies on which sheet.

use super::Open;
use std::collections::BTreeMap;

/// Sizes of paper, in inches.
pub const A4: (f64, f64) = (8.27, 11.69);
pub const LETTER: (f64, f64) = (8.5, 11.0);

/// The sheet that each element with an id in `ids` begins on. Chromium writes the places of elements that
/// the page has links to into the PDF, so such links are added to the page.
pub fn sheets(open: &mut Open, ids: &[String], (width, height): (f64, f64)) -> BTreeMap<String, usize> {
    let list = serde_json::Value::from(ids);
    let link = format!(
        "{list}.forEach(id => document.body.append(Object.assign(document.createElement('a'), {{ href: '#' + id }})))"
    );
    open.evaluate(&format!("{link}; null")).expect("linked");
    let mut sheets = destinations(&open.print(width, height).expect("printed"));
    sheets.retain(|name, _| ids.contains(name));
    sheets
}

/// The named destinations of a PDF of Chromium's, whose objects are plain text: `/name [5 0 R /XYZ 0 0 0]`.
/// A sheet goes by the number of its object.
fn destinations(pdf: &[u8]) -> BTreeMap<String, usize> {
    let text = String::from_utf8_lossy(pdf);
    let found = text.match_indices(" 0 R /XYZ").filter_map(|(at, _)| {
        let (before, sheet) = text[..at].rsplit_once('[')?;
        let name = before.rsplit_once('/')?.1.trim();
        Some((name.to_owned(), sheet.trim().parse().ok()?))
    });
    found.collect()
}
