//! What people meet, in a real Chromium.
//!
//! `GUIDEMARK_CHROMIUM` names the program if it is not on the `PATH`.

mod client;
mod support;
