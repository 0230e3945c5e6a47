//! The command line: one file a command, each only putting the rooms below to work.
#![allow(clippy::disallowed_methods)] // the edge: here the program meets its user, the clock and the disk

mod args;
mod build;
mod check;
mod chromium;
mod codes;
mod embed;
mod export;
mod fix;
mod import;
mod new;
mod offers;
mod packaging;
mod printer;
mod progress;
mod record;
mod refresh;
mod serve;
mod shown;
mod target;
mod theme;
mod usage;
mod values;
mod work;

use crate::diagnostic::Failure;
pub use args::Cli;
use args::{Command, Global};
use clap::Parser;
use printer::Printer;
use std::process::ExitCode;

/// What the program ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// 0: done.
    Done = 0,
    /// 1: the guides have errors (with `--strict`: or warnings).
    Findings = 1,
    /// 2: wrong usage, or something outside the guides failed.
    Failed = 2,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refused(&error),
    };
    let printer = Printer::new(&cli.global);
    let result = dispatch(cli.command, &printer);
    let result = result.and_then(|status| printer.broken().map_or(Ok(status), Err));
    let status = result.unwrap_or_else(|failure| {
        printer.failure(&failure);
        Status::Failed
    });
    ExitCode::from(status as u8)
}

/// Says what is wrong with the arguments, or the help that they ask for.
fn refused(error: &clap::Error) -> ExitCode {
    if let Some(failure) = usage::failure(error) {
        Printer::new(&Global::default()).failure(&failure);
        return ExitCode::from(Status::Failed as u8);
    }
    // Help and version are no errors: clap knows where each goes. A closed pipe is none either.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn dispatch(command: Command, printer: &Printer) -> Result<Status, Failure> {
    match command {
        Command::New(args) => new::run(&args, printer),
        Command::Import(args) => import::run(&args, printer),
        Command::Build(args) => build::run(&args, printer),
        Command::Serve(args) => serve::run(&args, printer),
        Command::Record(args) => record::run(&args, printer),
        Command::Refresh(args) => refresh::run(&args, printer),
        Command::Check(args) => check::run(&args, printer),
        Command::Embed(args) => embed::run(&args, printer),
        Command::Export(args) => export::run(&args, printer),
        Command::Theme(args) => theme::run(&args, printer),
        Command::Schema(args) => record::schema(&args, printer),
        Command::Completions(args) => packaging::completions(&args, printer),
        Command::Man(args) => packaging::man(&args, printer),
    }
}
