//! Names of the files that an import writes: made of what was there, never the same twice, never a path.

use std::collections::BTreeSet;

/// Longest name without its ending, in characters.
const LONGEST: usize = 60;

/// The name of what has none.
const UNNAMED: &str = "screenshot";

/// Names that are taken.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// `shots/NAME.ENDING`: lower case letters, digits and `-` of `wanted`, counted on where that is taken.
    pub fn picture(&mut self, wanted: &str, ending: &str) -> String {
        let (wanted, sharp) = wanted.strip_suffix("@2x").map_or((wanted, ""), |stem| (stem, "@2x"));
        let base = cleaned(wanted);
        let mut name = base.clone();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{base}-{number}");
            number += 1;
        }
        format!("shots/{name}{sharp}.{ending}")
    }
}

/// The name of the folder of a guide with this title.
pub fn folder_name(title: &str) -> String {
    let name = cleaned(title);
    if name == UNNAMED { "new-guide".to_owned() } else { name }
}

/// A name as it may stand in an address and on any disk.
pub fn cleaned(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().flat_map(char::to_lowercase).take(4 * LONGEST) {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') && c != '\'' && c != '’' {
            name.push('-');
        }
    }
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_stay_in_their_folder_and_differ() {
        let mut names = Names::default();
        let all = ["../../etc/passwd", "Log in", "log-in", "", "04 Größe@2x", "a\u{202e}b\0c", "…"];
        let made: Vec<_> = all.iter().map(|name| names.picture(name, "png")).collect();
        let expected = [
            "shots/etc-passwd.png",
            "shots/log-in.png",
            "shots/log-in-2.png",
            "shots/screenshot.png",
            "shots/04-größe@2x.png",
            "shots/a-b-c.png",
            "shots/screenshot-2.png",
        ];
        assert_eq!(made, expected);
    }
}
