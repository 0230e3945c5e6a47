//! `guidemark theme`: start a theme, or see what one may override.

use super::Status;
use super::args::Theme;
use super::printer::Printer;
use super::target::Target;
use crate::diagnostic::Failure;
use crate::project::near;
use crate::source::{in_words, real_folders, write_new};
use crate::theme::{BUILT_IN, built_in};
use std::fs;
use std::path::Path;

/// Runs the command.
pub fn run(args: &Theme, printer: &Printer) -> Result<Status, Failure> {
    match args {
        Theme::New { name, path } => new(name, path.as_deref(), printer),
        Theme::Show { file } => show(file.as_deref(), printer),
    }
}

fn new(name: &str, path: Option<&Path>, printer: &Printer) -> Result<Status, Failure> {
    let fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !fits {
        return Err(Failure::new(format!("`{name}` can't be the name of a theme"))
            .help("use letters, digits, `-` and `_`: `guidemark theme new ours`"));
    }
    if name == BUILT_IN {
        return Err(Failure::new(format!("`{BUILT_IN}` is the built-in theme"))
            .help("choose another name: `guidemark theme new ours`"));
    }
    let target = Target::find(path)?;
    let folder = format!("themes/{name}");
    let shown = target.shown(&folder);
    if fs::symlink_metadata(target.world.root().join(&folder)).is_ok() {
        return Err(Failure::new(format!("`{shown}` is there already"))
            .help("choose another name, or change that theme"));
    }
    for (file, text) in STARTER {
        let (root, below) = (target.world.root(), Path::new(&folder).join(file));
        // Links in it, such as `themes`, may lead anywhere.
        let made = real_folders(root, below.parent().unwrap_or(&below));
        let made = made.and_then(|()| write_new(&root.join(&below), text.as_bytes()));
        made.map_err(|error| Failure::new(format!("cannot write `{shown}/{file}`: {}", in_words(&error))))?;
        printer.say(&format!("wrote `{shown}/{file}`"));
    }
    printer.say(&format!(
        "to use it, write `theme = \"{name}\"` in `{}`; `guidemark theme show` lists what else it may override",
        target.shown("guidemark.toml"),
    ));
    Ok(Status::Done)
}

fn show(file: Option<&str>, printer: &Printer) -> Result<Status, Failure> {
    let files = built_in();
    let Some(name) = file else {
        printer.data(&files.keys().map(|name| format!("{name}\n")).collect::<String>());
        printer.say("a file of the same name in `themes/NAME` takes the place of one of these; `guidemark theme show FILE` prints it");
        return Ok(Status::Done);
    };
    let Some(source) = files.get(name) else {
        let help = match near::nearest(name, files.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`guidemark theme show` lists the files".to_owned(),
        };
        return Err(Failure::new(format!("the built-in theme has no file `{name}`")).help(help));
    };
    printer.data(source.text());
    Ok(Status::Done)
}

/// What a new theme starts with.
const STARTER: [(&str, &str); 2] = [
    ("theme.toml", include_str!("starter/theme.toml")),
    ("style/custom.css", include_str!("starter/custom.css")),
];
