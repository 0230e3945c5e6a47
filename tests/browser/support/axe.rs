//! axe-core, from npm, for the tests alone.

use super::npm;
use guidemark::browser::{Media, Page, Viewport};
use serde_json::Value;
use std::sync::OnceLock;

/// Findings of axe below a selector, one line each.
pub fn violations(page: &mut Page, selector: &str) -> Vec<String> {
    let there = page.evaluate("typeof globalThis.axe === 'object'").expect("asked");
    if there != true {
        // The source's value is nothing that could be sent back.
        page.evaluate(&format!("{};true", source())).expect("axe loads");
    }
    let options = "{ resultTypes: ['violations'], iframes: false }";
    let found = page
        .evaluate(&format!(
            "axe.run({}, {options}).then(result => result.violations.flatMap(rule =>
                rule.nodes.map(node => `${{rule.id}}: ${{node.html.slice(0, 160)}}: ${{node.failureSummary}}`)))",
            Value::from(selector)
        ))
        .expect("axe runs");
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// No barrier in light and in dark at 1280 and 1440 points; at 1280 in light afterwards.
#[track_caller]
#[allow(dead_code, reason = "not every suite that shares this has pages of an editor")]
pub fn no_barrier(page: &mut Page, what: &str) {
    for (width, dark) in [(1440, false), (1440, true), (1280, true), (1280, false)] {
        page.set_viewport(Viewport::desktop(width, if width == 1280 { 800 } else { 900 })).expect("sized");
        page.set_media(Media { dark, ..Default::default() }).expect("coloured");
        // The brand's colours follow the scheme by script, in the frame that hears of it.
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))",
        )
        .expect("painted");
        page.wait_for("document.getAnimations().length === 0").expect("still");
        assert_eq!(violations(page, "body"), Vec::<String>::new(), "{what}, {width} points, dark: {dark}");
    }
}

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        std::fs::read_to_string(npm::installed("axe-core/axe.min.js")).expect("axe-core is installed")
    })
}
