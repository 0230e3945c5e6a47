//! Fonts and pictures of a theme: what its style sheets name by `url(…)` stands in the page itself.

use super::files::{Assets, Files, Own};
use super::fonts::Fonts;
use super::{near, squeeze};
use crate::diagnostic::Diagnostic;
use crate::source::{ProjectPath, Source, Span, World};
use base64::Engine as _;

/// Largest font or picture of a theme, in bytes.
const LIMIT: u64 = 4 << 20;
/// What every page can hold without a word, in bytes.
const LIGHT: usize = 100_000;

/// What a page can hold: the end of a name and the type.
const TYPES: [(&str, &str); 11] = [
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
];
/// How a font begins.
const FONTS: [&[u8]; 5] = [b"wOF2", b"wOFF", b"OTTO", b"true", b"\0\x01\0\0"];

/// Whether an address of a style sheet names a file of the theme; others name a server, a part of the page, or are
/// the thing itself.
pub fn is_local(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '.', '?']));
    !(address.is_empty() || scheme || address.starts_with("//") || address.starts_with('#'))
}

/// Reads what the sheets of a theme name, of the files `own` of the project. Large fonts are kept in `fonts` as they were read.
///
/// # Errors
/// Diagnostics for names without a file, and for files that no page can hold. Beside what was read stand warnings
/// of large files.
pub fn read(
    world: &dyn World,
    files: &Files,
    own: &Own,
    fonts: &Fonts,
) -> Result<(Assets, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (mut assets, mut heavy, mut problems) = (Assets::new(), Vec::new(), Vec::new());
    for (sheet, source) in files.iter().filter(|(name, _)| name.ends_with(".css")) {
        for (at, address) in squeeze::addresses(source.text()) {
            if !is_local(address) {
                continue;
            }
            let at = |message: String, help: &str| {
                Diagnostic::error("theme-asset", source.path(), Span::from(at.clone()), message).help(help)
            };
            let Some(name) = name_of(sheet, address) else {
                problems.push(at(format!("`{address}` leads out of the theme"), PLACE));
                continue;
            };
            if assets.contains_key(&name) {
                continue;
            }
            match asset(world, own, &name, fonts) {
                Ok((address, size)) => {
                    drop(assets.insert(name.clone(), address));
                    if size > LIGHT {
                        heavy.push(heavy_asset(source, at("".to_owned(), "").span, &name, size));
                    }
                }
                Err((message, help)) => problems.push(at(message, &help)),
            }
        }
    }
    if problems.is_empty() { Ok((assets, heavy)) } else { Err(problems) }
}

const PLACE: &str = "put the file into the theme's folder: addresses are relative to the style sheet";

fn heavy_asset(source: &Source, span: Option<Span>, name: &str, size: usize) -> Diagnostic {
    let message = format!("`{name}` adds {} kB to every page", size.div_ceil(1000));
    Diagnostic { span, ..Diagnostic::file_warning("theme-heavy", source.path(), message) }.help(
        "write a font with the letters that the guides need, as TrueType in WOFF2: of such a font pages hold what they use",
    )
}

/// The name inside the theme of what a sheet names.
fn name_of(sheet: &str, address: &str) -> Option<String> {
    let folder = ProjectPath::new(sheet).ok()?.parent();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    folder.join(address).ok().map(|path| path.as_str().to_owned())
}

/// A file as a `data:` address, and how many bytes of it every page holds at least; or what is wrong and what helps.
fn asset(
    world: &dyn World,
    own: &Own,
    name: &str,
    fonts: &Fonts,
) -> Result<(String, usize), (String, String)> {
    let Some(path) = own.get(name) else {
        let help = near(name, own.keys().map(String::as_str));
        let help = help.map_or_else(|| PLACE.to_owned(), |near| format!("did you mean `{near}`?"));
        return Err((format!("the theme has no file `{name}`"), help));
    };
    let extension = path.extension();
    let Some((_, mime)) = TYPES.iter().find(|(end, _)| *end == extension) else {
        let message = format!("`{name}` is not a font or picture that a page can hold");
        return Err((message, "write fonts as WOFF2, pictures as SVG, PNG or WebP".to_owned()));
    };
    let bytes = world.read(path, LIMIT).map_err(|error| (error.about(path), PLACE.to_owned()))?;
    if mime.starts_with("font/") && !FONTS.iter().any(|start| bytes.starts_with(start)) {
        let message = format!("`{name}` is not a font: its first bytes are those of something else");
        return Err((
            message,
            "fetch the file anew: it may be a pointer to it, or a page of a server".to_owned(),
        ));
    }
    let packed = base64::engine::general_purpose::STANDARD.encode(&bytes);
    let in_page = if bytes.len() > LIGHT { fonts.least(&packed, bytes.len()) } else { bytes.len() };
    Ok((format!("data:{mime};base64,{packed}"), in_page))
}

/// The text of a sheet with all of it in place.
pub fn inlined(sheet: &str, source: &Source, assets: &Assets) -> String {
    let mut out = String::with_capacity(source.text().len());
    let mut copied = 0;
    for (at, address) in squeeze::addresses(source.text()) {
        let found = name_of(sheet, address).filter(|_| is_local(address)).and_then(|name| assets.get(&name));
        if let Some(data) = found {
            out.push_str(source.text().get(copied..at.start).unwrap_or_default());
            out.push_str(data);
            copied = at.end;
        }
    }
    out.push_str(source.text().get(copied..).unwrap_or_default());
    out
}
