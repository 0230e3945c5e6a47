//! The site: which guides are built, their pages side by side, and where they go.

mod asking;
mod build;
mod decoding;
mod disk;
mod downloads;
mod file;
mod fingerprint;
mod inputs;
mod library;
mod manifest;
mod memory;
mod options;
mod outcome;
mod place;
mod plan;
mod planned;
mod progress;
mod render;
mod sink;
mod themes;
mod workers;
mod world;

/// The folder in the output that a build keeps for itself.
const OWN: &str = ".guidemark";

pub use build::{build, check, rebuild};
pub use disk::DiskSink;
pub use downloads::{Downloads, Offered};
pub use file::FileSink;
pub use manifest::{FileRecord, GuideRecord, Manifest};
pub use memory::Memory;
pub use options::BuildOptions;
pub use outcome::{GuideSummary, Outcome, ReplaySummary, Summary, Unanchored};
pub use place::Place;
pub use plan::Plan;
pub use planned::Planned;
pub use progress::{Progress, Silent};
pub use sink::{MemorySink, Put, Sink};
pub use world::{Asked, BuildWorld};
