//! A guide in the engines of other browsers: Firefox, and WebKit, which Safari is built on.
//!
//! Both come from Debian: `firefox-esr`, `webkit2gtk-driver` (with `xvfb` and `dbus`). Each plays two guides from the
//! cover to the end; what it shows at rest is compared with what Chromium shows.

#![cfg(unix)]

mod chromium;
mod engine;
mod firefox;
mod play;
mod process;
mod webkit;
