//! An alternative text that says no more than that there is a picture.

use super::facts::{screenshots, texts};
use super::text::images;
use super::{Check, Findings, GuideFacts, Lint};
use crate::diagnostic::Severity;
use crate::source::Span;

pub(super) static LINT: Lint = Lint {
    code: "useless-alt",
    severity: Severity::Warning,
    summary: "an alternative text is a file name or a word like `screenshot`",
    check: Check::Guide(check),
};

/// Words that name the medium, not what it shows.
const EMPTY_WORDS: [&str; 24] = [
    "alt",
    "alt text",
    "bild",
    "bildschirmfoto",
    "captura",
    "capture",
    "figure",
    "graphic",
    "illustration",
    "image",
    "img",
    "photo",
    "pic",
    "picture",
    "placeholder",
    "png",
    "screen",
    "screen capture",
    "screen shot",
    "screengrab",
    "screenshot",
    "shot",
    "todo",
    "untitled",
];
const EXTENSIONS: [&str; 6] = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"];

fn check(facts: &GuideFacts<'_>, found: &mut Findings<'_>) {
    let resolved = facts.resolved;
    for (scene, shot) in screenshots(resolved) {
        tell(facts, &scene.alt, shot.picture.path.as_str(), scene.span, found);
    }
    for prose in texts(resolved) {
        for image in images(&prose.events) {
            tell(facts, &image.alt, image.target, image.span, found);
        }
    }
}

fn tell(facts: &GuideFacts<'_>, alt: &str, file: &str, span: Span, found: &mut Findings<'_>) {
    let alt = alt.trim();
    if alt.is_empty() || !is_useless(alt, file) {
        return;
    }
    let message = format!("the alternative text `{alt}` doesn't say what the picture shows");
    let help = "say it as you would on the phone: `![The form that creates a token](…)`";
    found.at(&facts.resolved.path, span, message, help);
}

fn is_useless(alt: &str, file: &str) -> bool {
    let alt = alt.to_lowercase();
    let words = alt.trim_matches(|c: char| !c.is_alphabetic());
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    words.is_empty()
        || EMPTY_WORDS.contains(&words)
        || EXTENSIONS.iter().any(|extension| alt.ends_with(extension))
        // `03-save` is a name; the word `menu` may well be both the file's name and what it shows.
        || (alt == stem && stem.contains(|c: char| !c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::is_useless;

    #[test]
    fn tells_names_from_descriptions() {
        for alt in ["Screenshot", "screenshot 3", "05", "shots/05.png", "Image:", "03-save", "step.PNG", "…"]
        {
            assert!(is_useless(alt, "shots/03-save.png"), "{alt}");
        }
        for alt in ["The menu", "Menu", "Screenshot of the menu", "設定", "Save"] {
            assert!(!is_useless(alt, "shots/menu.png"), "{alt}");
        }
        assert!(!is_useless("Menu", "shots/menu.png"));
    }
}
