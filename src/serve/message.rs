//! What a server tells the user who started it.

use crate::site::Outcome;
use std::time::Duration;

/// News of a running server.
#[derive(Debug)]
pub enum Message {
    /// The site was built: at the start, and after each change.
    Rebuilt(Box<Rebuilt>),
    /// The system tells of no changes, for this reason: the files are looked at again and again.
    Polling(String),
    /// The address that works once was used; this is the next one.
    Entered(String),
    /// The user wants it to end (Ctrl-C).
    Interrupted,
}

/// A build of the served site.
#[derive(Debug)]
pub struct Rebuilt {
    /// What came of it.
    pub outcome: Outcome,
    /// From the first news of a change to the new site.
    pub time: Duration,
    /// Whether it is the build at the start.
    pub first: bool,
    /// Whether it made a difference: to a file of the site, or to what is wrong or weak.
    pub news: bool,
}
