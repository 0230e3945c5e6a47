//! The command line by its whole standard output, standard error and status.

#[path = "cli/again.rs"]
mod again;
#[path = "cli/attached.rs"]
mod attached;
#[path = "cli/build.rs"]
mod build;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/embed.rs"]
mod embed;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/export/everywhere.rs"]
mod export_everywhere;
#[path = "cli/export/promises.rs"]
mod export_promises;
#[path = "cli/export/readers.rs"]
mod export_readers;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/packaging.rs"]
mod packaging;
#[path = "cli/sandbox.rs"]
mod sandbox;
#[path = "cli/screens.rs"]
mod screens;
#[path = "cli/theme.rs"]
mod theme;
#[path = "cli/trace.rs"]
mod trace;
#[path = "cli/usage.rs"]
mod usage;
#[cfg(unix)]
#[path = "cli/writing.rs"]
mod writing;

use sandbox::{Ran, Sandbox};

/// What a run should give, whole.
#[track_caller]
fn expect(ran: Ran, status: i32, stdout: &str, stderr: &str) {
    assert_eq!(ran.stderr, stderr, "standard error");
    assert_eq!(ran.stdout, stdout, "standard output");
    assert_eq!(ran.status, Some(status), "status");
}

/// A guide of one step without a finding.
const GUIDE: &str =
    "---\ntitle: One thing\ndescription: How to do one thing.\n---\n\nWhy one does it.\n\n1. Do it.\n";

/// A guide with an error in line 9, column 4.
const WRONG: &str =
    "---\ntitle: Wrong\ndescription: A guide with an error.\n---\n\n1. Look.\n\n   ![Nothing](none.png)\n";
