//! The types that the comments of the player, the recorder and the editor declare hold.

use crate::support::{npm, site};
use std::process::Command;

const SETTINGS: &str = r#"{
    "compilerOptions": {
        "allowJs": true, "checkJs": true, "strict": true, "noEmit": true, "types": [],
        "target": "esnext", "module": "esnext", "moduleResolution": "bundler",
        "lib": ["esnext", "dom", "dom.iterable"]
    },
    "include": ["THEME/player/*.js", "THEME/embed.js", "THEME/../../src/capture/page/*.js", "THEME/../../editor/*.js"]
}"#;

#[test]
fn modules_are_typed_strictly() {
    let theme = site::repository().join("themes/default");
    let folder = tempfile::tempdir().expect("a folder");
    let settings = folder.path().join("tsconfig.json");
    let text = SETTINGS.replace("THEME", theme.to_str().expect("UTF-8"));
    std::fs::write(&settings, text).expect("written");
    let compiler = npm::installed("typescript/bin/tsc");
    let checked = Command::new("node").arg(compiler).arg("--project").arg(settings).output();
    let checked = checked.expect("node is installed");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}
