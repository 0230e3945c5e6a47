//! Names of elements: what of them is the same from one day to the next.

/// Most characters of a name that are written; what is longer is cut at a word.
const LONGEST: usize = 80;

/// Keys that are held down, as menus and tooltips write shortcuts.
const MODIFIERS: [&str; 9] = ["ctrl", "control", "alt", "shift", "cmd", "command", "meta", "option", "win"];

/// A name without what changes or only decorates: white space folded; icons, shortcuts, and `*` and `:` at the end left out.
pub fn clean(name: &str) -> String {
    let shown: String = name.chars().filter(|c| !is_icon(*c)).collect();
    let words: Vec<&str> = shown.split_whitespace().filter(|word| !is_shortcut(word)).collect();
    let line = words.join(" ");
    let line = line.trim_end_matches(|c: char| matches!(c, '*' | ':' | '：') || c.is_whitespace());
    // A name that is nothing but such signs is one.
    if line.is_empty() { words.join(" ") } else { line.to_owned() }
}

/// Whether an element's name is the one that is written.
pub fn matches(written: &str, name: &str) -> bool {
    let name = clean(name);
    match written.strip_suffix('…') {
        Some(begin) => name.starts_with(&clean(begin)) || name == clean(written),
        None => name == clean(written),
    }
}

/// A cleaned name as it is written: a long one by how it begins.
pub fn shortened(name: &str) -> String {
    let Some((end, _)) = name.char_indices().nth(LONGEST) else { return name.to_owned() };
    let begin = name.get(..end).unwrap_or_default();
    let cut = begin.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", begin.get(..cut).unwrap_or_default())
}

/// Private-use characters, by which fonts draw icons, and characters that show nothing.
fn is_icon(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// `Ctrl+S`, `⌘K`, with or without brackets.
fn is_shortcut(word: &str) -> bool {
    let word = word.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | ',')).to_lowercase();
    let signs = word.trim_start_matches(['⌘', '⌃', '⌥', '⇧']);
    if signs.len() < word.len() {
        return signs.chars().count() <= 6;
    }
    let Some((keys, last)) = word.rsplit_once('+') else { return false };
    !last.is_empty() && keys.split('+').all(|key| MODIFIERS.contains(&key))
}
