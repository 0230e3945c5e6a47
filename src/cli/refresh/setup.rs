//! Commands of the project that put an application into its first state.

use crate::cli::printer::Printer;
use crate::cli::target::Target;
use crate::diagnostic::Failure;
use crate::guide;
use crate::guide::front::AppValue;
use crate::project::Settings;
use crate::source::ProjectPath;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// Runs the commands for the application of a guide, once a run. They stand in `guidemark.toml` alone.
pub fn run(
    target: &Target,
    settings: &Settings,
    path: &ProjectPath,
    done: &mut BTreeSet<(String, String)>,
    printer: &Printer,
) -> Result<(), Failure> {
    let Ok(source) = guide::read(&target.world, path) else { return Ok(()) };
    let Some(AppValue::Key(key)) = guide::parse(&source).guide.front.app else { return Ok(()) };
    let Some(capture) = settings.captures.get(&key.value) else { return Ok(()) };
    for command in &capture.setup {
        if done.insert((target.prefix.clone(), command.clone())) {
            printer.detail(&format!("running `{command}`"));
            one(target, command)?;
        }
    }
    Ok(())
}

fn one(target: &Target, command: &str) -> Result<(), Failure> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    // What it prints is no finding.
    let ran = Command::new(shell)
        .args([flag, command])
        .current_dir(target.world.root())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let help = "see `setup` in `guidemark.toml`; nothing was replayed";
    match ran {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("`{command}` failed: {status}")).help(help)),
        Err(error) => Err(Failure::new(format!("`{command}` can't be run: {error}")).help(help)),
    }
}
