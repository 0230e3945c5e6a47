//! What addresses in a guide name in the project.

use crate::source::{BadPath, ProjectPath};

/// The file that an address written in a guide of `folder` names.
pub fn path_of(target: &str, folder: &ProjectPath) -> Result<ProjectPath, BadPath> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    folder.join(&decode(path))
}

/// Where a picture lies that may not be there yet; `None`: no place in the project.
pub fn picture_path(target: &str, folder: &ProjectPath) -> Option<ProjectPath> {
    let written = without_prefix(target);
    let is_own = !written.contains("://") && !written.starts_with(['/', '\\']);
    path_of(written, folder).ok().filter(|_| is_own)
}

/// An address without what stands for the site's root in other generators: `{{ site.baseurl }}/a.png`, `@site/a.png`.
pub fn without_prefix(target: &str) -> &str {
    let rest = target.strip_prefix("{{").and_then(|rest| rest.split_once("}}")).map(|(_, rest)| rest);
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(target)
}

/// `%20` and the like into what they stand for; left alone where that is no text.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                bytes.push(hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0));
                rest = after;
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_is_encoded() {
        assert_eq!(decode("my%20shot.png"), "my shot.png");
        assert_eq!(decode("100%.png"), "100%.png");
        assert_eq!(decode("%2e%2e/x"), "../x");
        assert_eq!(decode("%ff.png"), "%ff.png");
    }
}
