//! `guidemark serve`: real requests, real files that change, a real Chromium.

#[path = "serve/attacks.rs"]
mod attacks;
#[path = "serve/edit.rs"]
mod edit;
#[path = "serve/edit_attacks.rs"]
mod edit_attacks;
#[path = "serve/editor.rs"]
mod editor;
#[path = "serve/exports.rs"]
mod exports;
#[path = "serve/fixing.rs"]
mod fixing;
#[path = "serve/keyboard.rs"]
mod keyboard;
#[path = "serve/library.rs"]
mod library;
#[path = "serve/pages.rs"]
mod pages;
#[path = "serve/program.rs"]
mod program;
#[path = "serve/proof.rs"]
mod proof;
#[path = "serve/readers.rs"]
mod readers;
#[path = "serve/record.rs"]
mod record;
#[path = "serve/requests.rs"]
mod requests;
#[path = "serve/several.rs"]
mod several;
#[path = "serve/start.rs"]
mod start;
#[path = "serve/support.rs"]
mod support;
#[path = "serve/together.rs"]
mod together;
#[path = "serve/watch.rs"]
mod watch;
#[path = "serve/writing.rs"]
mod writing;
