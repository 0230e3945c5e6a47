//! `guidemark refresh`, against a page that is made for it.
//!
//! `GUIDEMARK_CHROMIUM` names the browser if it is not on the `PATH`.

mod attacks;
mod changes;
mod guide;
mod pairs;
mod sets;
mod site;
mod told;
