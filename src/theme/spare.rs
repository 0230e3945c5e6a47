//! Files in the folder of a theme that nothing uses: mostly their name is misspelt.

use super::files::{self, Files, Own};
use super::near;
use super::options::{Manifest, Parts};
use crate::diagnostic::Diagnostic;
use crate::source::ProjectPath;
use std::collections::BTreeSet;

/// A warning for each file of the project that no page of the theme is made of.
pub fn check(files: &Files, own: &Own, manifest: &Manifest) -> Vec<Diagnostic> {
    let built_in = files::built_in();
    let known: BTreeSet<&str> = built_in.keys().map(String::as_str).collect();
    let warn = |(name, path): (&String, &ProjectPath)| {
        let used = known.contains(name.as_str()) || is_used(files, name, manifest);
        let like = like(name, &known).filter(|like| !own.contains_key(like));
        // Notes, licences and the like lie there too.
        if used || (like.is_none() && !files::is_theme_file(name)) {
            return None;
        }
        let message = format!("nothing uses the theme's file `{name}`");
        let help = like.map_or_else(|| place(name), |like| format!("did you mean `{like}`?"));
        Some(Diagnostic::file_warning("theme-unused", path, message).help(help))
    };
    own.iter().filter_map(warn).collect()
}

/// The file of the built-in theme in the same folder whose name is nearly that.
fn like(name: &str, known: &BTreeSet<&str>) -> Option<String> {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
    let beside =
        known.iter().filter_map(|known| known.strip_prefix(folder)).filter(|file| !file.contains('/'));
    near(file, beside).map(|file| format!("{folder}{file}"))
}

fn is_used(files: &Files, name: &str, manifest: &Manifest) -> bool {
    let Manifest { guide, library, options: _ } = manifest;
    match name.rsplit_once('.') {
        Some((_, "html")) => is_named(files, name, name, ".html"),
        Some((_, "js")) => {
            let script = |parts: &Parts| parts.script.iter().any(|entry| entry == name);
            let file = name.rsplit('/').next().unwrap_or(name);
            script(guide) || script(library) || is_named(files, name, &format!("/{file}"), ".js")
        }
        Some((_, "css")) => [guide, library].iter().any(|parts| {
            parts.style.iter().any(|pattern| match pattern.strip_suffix('*') {
                Some(start) => name.strip_prefix("style/").is_some_and(|name| name.starts_with(start)),
                None => name == format!("style/{pattern}.css"),
            })
        }),
        Some((_, "toml")) => name.starts_with("words/"),
        _ => false,
    }
}

/// Whether another file of a kind names this one.
fn is_named(files: &Files, own: &str, name: &str, kind: &str) -> bool {
    let others = files.iter().filter(|(other, _)| other.ends_with(kind) && *other != own);
    let quoted = [format!("{name}\""), format!("{name}'")];
    others.into_iter().any(|(_, source)| quoted.iter().any(|quoted| source.text().contains(quoted.as_str())))
}

/// What a file of a theme is for, where no other name is like its own.
fn place(name: &str) -> String {
    let help = match name.rsplit_once('.') {
        Some((_, "html")) => "include it in another template: `{% include \"NAME\" %}`",
        Some((_, "css")) => "put it into `style/`, and name it in `style` of `theme.toml`",
        Some((_, "js")) => "import it in a module, or name it in `script` of `theme.toml`",
        _ => "`guidemark theme show` lists the files that a theme may have",
    };
    help.replace("NAME", name)
}
