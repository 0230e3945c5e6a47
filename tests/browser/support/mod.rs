//! A browser for all tests of this binary, and what makes a test of a page sound.

pub mod axe;
pub mod npm;
mod open;
pub mod paper;
pub mod picture;
mod server;
pub mod site;
mod stage;

pub use open::Open;
pub use server::Server;
pub use site::Site;
pub use stage::{Look, Stage};

use guidemark::browser::{Browser, LaunchOptions};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The one browser; each page in it has a context of its own. It ends with the test binary.
pub fn browser() -> &'static Browser {
    static BROWSER: OnceLock<Browser> = OnceLock::new();
    BROWSER.get_or_init(|| Browser::launch(&options()).expect("Chromium starts"))
}

pub fn options() -> LaunchOptions {
    let given = std::env::var_os("GUIDEMARK_CHROMIUM").map(PathBuf::from);
    LaunchOptions::find(given.as_deref(), std::env::var_os("PATH").as_deref()).expect("Chromium is installed")
}

/// The `file:` address of a path.
pub fn file_url(path: &Path) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let path = path.to_str().expect("UTF-8");
    format!("file://{}", path.bytes().map(escape).collect::<String>())
}

/// A string as a script writes it.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
