//! `guidemark completions` and `guidemark man`: for packagers.

use super::Status;
use super::args::{Cli, Completions, Man};
use super::printer::Printer;
use crate::diagnostic::Failure;
use crate::project::near;
use crate::source::in_words;
use clap::CommandFactory;

/// Runs `completions`.
pub fn completions(args: &Completions, printer: &Printer) -> Result<Status, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "guidemark", &mut text);
    printer.data(&String::from_utf8_lossy(&text));
    Ok(Status::Done)
}

/// Runs `man`.
pub fn man(args: &Man, printer: &Printer) -> Result<Status, Failure> {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(unknown(name, &program)),
        },
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut text)
        .map_err(|error| Failure::new(format!("cannot make the manual page: {}", in_words(&error))))?;
    printer.data(&String::from_utf8_lossy(&text));
    Ok(Status::Done)
}

fn unknown(name: &str, program: &clap::Command) -> Failure {
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let help = match near::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the commands are `{}`", names.join("`, `")),
    };
    Failure::new(format!("there is no command `{name}`")).help(help)
}
