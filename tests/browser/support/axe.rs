//! axe-core, from npm, for the tests alone.

use super::npm;
use guidemark::browser::Page;
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

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        std::fs::read_to_string(npm::installed("axe-core/axe.min.js")).expect("axe-core is installed")
    })
}
