//! `guidemark record`, with a second client of the browser that acts as a person would: moves, presses, releases, with times.
//!
//! `GUIDEMARK_CHROMIUM` names the browser if it is not on the `PATH`.

mod datasette;
mod kitchen;
mod person;
mod recording;
mod script;
mod site;
mod start;
