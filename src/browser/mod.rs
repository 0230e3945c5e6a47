//! The only code that talks to Chromium: starting one, opening pages in it, acting on them and looking at
//! what they do. For our own tests, and for recording.
//!
//! A small client of the Chrome DevTools Protocol over a WebSocket. Everything waits for a state with a
//! deadline, never for a fixed time, and everything a page says (console, errors, requests, violations of
//! its Content-Security-Policy, dialogs) is kept in [`Seen`].
//!
//! ```no_run
//! use guidemark::browser::{Browser, LaunchOptions};
//!
//! # fn main() -> Result<(), guidemark::browser::BrowserError> {
//! let path = std::env::var_os("PATH");
//! let browser = Browser::launch(&LaunchOptions::find(None, path.as_deref())?)?;
//! let mut page = browser.new_page()?;
//! page.navigate("data:text/html,<title>Hello</title>")?;
//! assert_eq!(page.evaluate("document.title")?, "Hello");
//! # Ok(())
//! # }
//! ```

// An edge: a browser is a program with a profile on the disk, and waiting for it takes a clock.
#![allow(clippy::disallowed_methods)]

mod address;
mod answers;
mod connection;
mod devtools;
mod error;
mod frames;
mod input;
mod launch;
mod measure;
mod options;
mod page;
mod paused;
mod process;
mod seen;
mod trace;
mod view;
mod watch;

pub use address::file_address;
pub use answers::Response;
pub use connection::Event;
pub use devtools::{Devtools, Dialogs};
pub use error::BrowserError;
pub use input::Touch;
pub use launch::Browser;
pub use measure::{Memory, Shift};
pub use options::LaunchOptions;
pub use page::Page;
pub use seen::{Message, Request, Seen};
pub use trace::Task;
pub use view::{Media, Paper, Viewport};
