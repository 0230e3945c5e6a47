//! What cannot be understood of what was typed, in the program's own voice.

use crate::diagnostic::Failure;
use crate::project::near;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong and what to type; nothing if the error is a wish for help, which clap prints itself.
pub fn failure(error: &Error) -> Option<Failure> {
    let argument = option(&first(error, ContextKind::InvalidArg));
    let value = first(error, ContextKind::InvalidValue);
    let failure = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidSubcommand => {
            let wrong = first(error, ContextKind::InvalidSubcommand);
            let help =
                meant(error, ContextKind::SuggestedSubcommand, "`guidemark --help` lists the commands");
            Failure::new(format!("there is no command `{wrong}`")).help(help)
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let help = meant(error, ContextKind::SuggestedArg, &usage(error));
            Failure::new(format!("there is no option `{argument}` here")).help(help)
        }
        ErrorKind::UnknownArgument => {
            Failure::new(format!("`{argument}` is one word too many")).help(usage(error))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Failure::new(format!("`{argument}` needs a value")).help(choices(error))
        }
        ErrorKind::InvalidValue => {
            let help = meant(error, ContextKind::SuggestedValue, &choices(error));
            Failure::new(format!("{} can't be `{value}`", subject(&argument))).help(help)
        }
        ErrorKind::ValueValidation => {
            Failure::new(format!("{} can't be `{value}`", subject(&argument))).help(number(&argument))
        }
        ErrorKind::MissingRequiredArgument => {
            Failure::new(format!("`{}` is missing", first(error, ContextKind::InvalidArg))).help(usage(error))
        }
        ErrorKind::ArgumentConflict => {
            let other = option(&first(error, ContextKind::PriorArg));
            Failure::new(format!("`{argument}` and `{other}` don't go together")).help(usage(error))
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            Failure::new(line.trim_start_matches("error: ").to_owned()).help(usage(error))
        }
    };
    Some(failure)
}

/// All that the error says under `kind`.
fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

fn first(error: &Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

/// `--jobs` of `--jobs <N>`.
fn option(argument: &str) -> String {
    argument.split(' ').next().unwrap_or_default().to_owned()
}

/// `` `--jobs` ``; of `<SHELL>`, the shell.
fn subject(argument: &str) -> String {
    match argument.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
        Some(name) => format!("the {}", name.to_lowercase()),
        None => format!("`{argument}`"),
    }
}

/// ``did you mean `build`?``, else `otherwise`.
fn meant(error: &Error, kind: ContextKind, otherwise: &str) -> String {
    match all(error, kind).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

/// The values there are, else the usage.
fn choices(error: &Error) -> String {
    let valid = all(error, ContextKind::ValidValue);
    if valid.is_empty() {
        return usage(error);
    }
    format!("use {}", near::or_list(&valid.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// ``write `guidemark new <DIR>` ``
fn usage(error: &Error) -> String {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    match usage.trim().strip_prefix("Usage: ") {
        Some(usage) => format!("write `{usage}`; `--help` says more"),
        None => "`--help` says what there is".to_owned(),
    }
}

/// What the options that take a number take.
fn number(argument: &str) -> String {
    match argument {
        "--jobs" => "write how many guides at once, 1 or more: `--jobs 2`".to_owned(),
        "--port" => "write a number up to 65535, or 0 for any port that is free: `--port 4747`".to_owned(),
        _ => "`--help` says what there is".to_owned(),
    }
}
