//! Recording: what somebody does in an application once becomes a guide.
//!
//! ```text
//! page.js ──Told──▶ Steps ──draft──▶ Draft + lock ──keep──▶ index.md, shots/, capture.json
//! (in every frame)  (pure)           (pure)                 (disk)
//! ```
//!
//! `recorder.rs` talks to the browser, `keep.rs` to the disk, and nothing else does.

mod act;
mod address;
mod draft;
mod frames;
mod keep;
mod recorder;
mod script;
mod sentence;
mod steps;
mod told;

pub use draft::{Drafted, Recorded, Written, drafted, written};
pub use frames::{Frames, Picture};
pub use keep::{KeepError, Keeper};
pub use recorder::{Heard, Options, RecordError, Recorder, Window};
pub use script::{Script, ScriptError, Task, Way, schema};
pub use sentence::Language;
pub use steps::{Gesture, Noted, Step, StepKind, Steps, Where};
pub use told::{Find, Place, Target, Told, Words, Zone};

#[cfg(test)]
mod tests;

/// What runs in every frame.
pub const PAGE_SCRIPT: &str = include_str!("page/page.js");
