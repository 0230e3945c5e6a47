//! The codes of the language and of the project file: one line each.

use crate::diagnostic::Severity::{self, Error, Warning};

/// A code, how bad it is, and what it means in one line.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Kebab-case name, the same for ever.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One line for the index of the reference.
    pub summary: &'static str,
}

const fn code(name: &'static str, severity: Severity, summary: &'static str) -> Code {
    Code { name, severity, summary }
}

/// All codes of the language and of the project file, by name. Lints have a registry of their own.
pub const CODES: &[Code] = &[
    code("bad-annotation", Error, "an annotation isn't written as its verb wants it"),
    code("bad-color", Error, "a colour isn't `#rgb` or `#rrggbb`"),
    code("bad-date", Error, "a date isn't a day of the calendar such as `2026-11-22`"),
    code("bad-front-matter", Error, "the front matter isn't valid YAML or TOML"),
    code("bad-id", Error, "an `@id` holds more than letters, digits, `-`, `_` and `.`"),
    code("bad-image", Error, "what is meant as an image is none to Markdown"),
    code("bad-number", Error, "a paragraph begins with the next number, and is not a step"),
    code("bad-project-file", Error, "`guidemark.toml` isn't valid TOML"),
    code("bad-region", Error, "a region isn't `X,Y` or `X,Y WxH`"),
    code("bad-slug", Error, "a slug can't be part of an address"),
    code("bad-url", Error, "an address isn't one a reader can open"),
    code("bad-value", Error, "a key has a value it doesn't know"),
    code("cannot-read", Error, "a guide can't be read"),
    code("duplicate-annotation", Error, "an annotation stands twice where one counts"),
    code("duplicate-id", Error, "two steps have the same `@id`"),
    code("foreign-markup", Warning, "the markup of another generator, such as `!!! note` or `{% hint %}`"),
    code("guessed-path", Warning, "a picture is found under a name that is written otherwise"),
    code("image-too-large", Error, "a picture has too many bytes or pixels"),
    code("loose-image", Warning, "an image is written in a way that code hosts don't show"),
    code("misplaced-annotation", Error, "an annotation would act on another picture than it stands below"),
    code("missing-guides", Error, "the folder of the guides doesn't exist"),
    code("missing-image", Error, "there is no picture of that name"),
    code("missing-key", Error, "a table lacks a key it needs"),
    code("missing-region", Error, "an annotation lacks its region"),
    code("missing-text", Error, "an annotation lacks its text"),
    code("missing-title", Warning, "a guide has no title"),
    code("no-screenshot", Error, "an annotation has no screenshot to stand on"),
    code("no-steps", Error, "a guide has no steps"),
    code("not-utf8", Error, "a file isn't UTF-8 text"),
    code("path-outside", Error, "a path leads out of the project"),
    code("region-outside", Error, "a region lies off its screenshot"),
    code("remote-image", Error, "a picture lies on another server"),
    code("set-size", Warning, "a picture of a set has another size than the first"),
    code("step-number", Warning, "a numbered heading is missing or stands twice"),
    code("stray-annotation", Error, "an annotation stands outside the steps"),
    code("svg-image", Error, "an SVG stands where a picture of pixels belongs"),
    code("too-deep", Error, "lists or quotes are nested too deeply"),
    code("too-large", Error, "a file is larger than a guide may be"),
    code("too-many-steps", Error, "a guide has more steps than a walkthrough can show"),
    code("unclosed-comment", Error, "a comment is never closed"),
    code("unknown-app", Error, "`guidemark.toml` has no app of that name"),
    code("unknown-key", Warning, "a key has no meaning here"),
    code("unknown-note", Warning, "a comment begins with `@` and a word that is not an annotation"),
    code("unknown-step", Error, "`cover` names a step that isn't there, or that shows no screenshot"),
    code("unknown-verb", Error, "no annotation has that name"),
    code("unread-capture", Warning, "what is recorded beside a guide can't be read"),
    code("unreadable-image", Error, "a picture file is damaged or no picture"),
    code("unsafe-link", Error, "a link would run code"),
    code("wrong-type", Error, "a key has a value of the wrong type"),
];
