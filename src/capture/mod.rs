//! Recording: what a user does in an application once becomes a guide.
//!
//! ```text
//! page.js ──PageEvent──▶ Steps ──draft──▶ Draft + lock ──keep──▶ index.md, shots/, capture.json
//! (in every frame)  (pure)           (pure)                 (disk)
//! ```
//!
//! `recorder.rs` talks to the browser, `keep.rs` to the disk, and nothing else does.

mod act;
pub mod address;
mod conditions;
mod draft;
mod event;
mod frames;
mod keep;
mod named;
mod open;
mod pick;
mod recorder;
mod replay;
mod script;
mod sentence;
mod start;
mod steps;
mod traffic;

pub use conditions::Conditions;
pub use draft::{Drafted, Recorded, Written, drafted, proposed, written};
pub use event::{Doubt, Find, Holder, PageEvent, Place, Target, Text, Words, Zone};
pub use frames::{Frames, Picture};
pub use keep::{KeepError, Keeper, secrets};
pub use open::{NO_SCREEN, how_to_get_one, open};
pub use recorder::{Heard, Options, RecordError, Recorder, Watch, Window};
pub use replay::{Deed, Evidence, Likely, Located, Shot, State};
pub use script::{Script, ScriptError, Task, Way, schema, variable};
pub use sentence::{Language, spoken};
pub use steps::{Gesture, Noted, Step, StepKind, Steps, Where};

#[cfg(test)]
mod tests;

/// What runs in every frame.
pub const PAGE_SCRIPT: &str = include_str!("page/page.js");
