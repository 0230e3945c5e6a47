//! What people meet, in a real Chromium.
//!
//! `GUIDEMARK_CHROMIUM` names the program if it is not on the `PATH`.

mod accessible;
mod arriving;
mod callout;
mod camera;
mod client;
mod company;
mod cost;
mod covers;
mod embed;
mod figures;
mod fonts;
mod hostile;
mod library;
mod long;
mod looks;
mod noscript;
mod pixels;
mod placing;
mod play;
mod schemes;
mod self_contained;
mod share;
mod support;
mod types;
mod ways;
mod weight;
mod window;
