//! axe-core, from npm, for the tests alone.

use guidemark::browser::Page;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
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
    SOURCE.get_or_init(|| std::fs::read_to_string(install()).expect("axe-core is installed"))
}

/// Installs what `tests/package-lock.json` names, unless it is there.
fn install() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    let axe = folder.join("node_modules/axe-core/axe.min.js");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let same = |name: &str| std::fs::read(folder.join(name)).ok() == std::fs::read(tests.join(name)).ok();
    if axe.is_file() && same("package-lock.json") {
        return axe;
    }
    std::fs::create_dir_all(&folder).expect("made");
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(tests.join(name), folder.join(name)).expect("copied");
    }
    let installed = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .output()
        .expect("npm is installed");
    assert!(installed.status.success(), "npm ci failed:\n{}", String::from_utf8_lossy(&installed.stderr));
    axe
}
