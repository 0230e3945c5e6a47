//! Refreshing: a guide is replayed against its application, and each step is said to be the same, changed, stale, renamed or
//! broken.
//!
//! ```text
//! Guide ──plan──▶ Plan ──replay──▶ Run ──report──▶ text, JSON, JUnit, a page
//! (as written)   (pure)  (browser)  (verdicts)
//! ```
//!
//! `replay.rs` alone talks to a browser, by way of `capture`; `compare.rs`, `verdict.rs`, `plan.rs`, `lock.rs` and `setting.rs`
//! are pure.

pub mod compare;
mod lock;
mod plan;
mod renew;
mod replay;
pub mod report;
mod run;
mod session;
mod set;
mod setting;
pub mod verdict;

pub use lock::{LARGEST as MAX_LOCK, Lock, Proposal, path_of as lock_path};
pub use plan::Plan;
pub use renew::{Renewal, Renewing};
pub use run::{FoundMark, PictureRun, Run, SceneRun, StepRun};
pub use session::Job;
pub use set::lock_of_set;
pub use setting::{ReplayOptions, Setting, app_at, conditions};
pub use verdict::Verdict;
