//! `guidemark new`: a project with one small guide that works.

use super::Status;
use super::args::New;
use super::printer::Printer;
use crate::diagnostic::Failure;
use crate::source::{in_words, write_new};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The project's files. It builds and checks without a finding.
const FILES: [(&str, &[u8]); 6] = [
    ("guidemark.toml", include_bytes!("starter/guidemark.toml")),
    (".gitignore", b"/public\n"),
    ("guides/log-in/index.md", include_bytes!("starter/index.md")),
    ("guides/log-in/username.png", include_bytes!("starter/username.png")),
    ("guides/log-in/password.png", include_bytes!("starter/password.png")),
    ("guides/log-in/button.png", include_bytes!("starter/button.png")),
];

/// Runs the command.
pub fn run(args: &New, printer: &Printer) -> Result<Status, Failure> {
    let dir = &args.dir;
    check_empty(dir)?;
    for (path, bytes) in FILES {
        let to = dir.join(path);
        let made = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| write_new(&to, bytes));
        made.map_err(|error| Failure::new(format!("cannot write `{}`: {}", to.display(), in_words(&error))))?;
        printer.detail(&format!("wrote `{}`", to.display()));
    }
    let shown = dir.display().to_string();
    let cd = if dir == Path::new(".") { String::new() } else { format!("    cd {}\n", quoted(&shown)) };
    printer.say(&format!(
        "made a project with one guide in `{shown}`; now type\n\n{cd}    guidemark serve --open"
    ));
    Ok(Status::Done)
}

fn check_empty(dir: &Path) -> Result<(), Failure> {
    let full = |what: &str| {
        Failure::new(format!("`{}` {what}", dir.display())).help("name a folder that does not exist yet")
    };
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().map_or(Ok(()), |_| Err(full("is not empty"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(full("is a file")),
        Err(error) => Err(Failure::new(format!("cannot read `{}`: {}", dir.display(), in_words(&error)))),
    }
}

/// As a shell takes it.
pub fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
