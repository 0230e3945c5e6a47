//! `guidemark refresh`, against a page that is made for it.
//!
//! `GUIDEMARK_CHROMIUM` names the browser if it is not on the `PATH`.

mod attacks;
mod changes;
mod grid;
mod guide;
mod kills;
mod pairs;
mod proposals;
mod reports;
mod sets;
mod site;
mod upgrade;
