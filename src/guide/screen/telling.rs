//! Which words of a text say who or what, and not only what things are called.

use std::collections::BTreeSet;

/// Fewer digits than this are a number as texts have them.
const DIGITS: usize = 5;
/// A word of letters and digits of this length is no word.
const MIXED: usize = 8;
/// A person's name of fewer letters cannot be distinguished from a label.
const NAME: usize = 8;
/// Words and letters of a text that is not said by chance.
const SENTENCE: (usize, usize) = (4, 20);
/// More words in capitals are no name.
const LONGEST_NAME: usize = 5;

/// What of a text looks like what people redact: addresses of mail, numbers, keys.
pub fn telling(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_whitespace() || "/?&=#,;:()<>\"'“”‘’".contains(c);
    text.split(part).map(|word| word.trim_matches(['.', '!', '…', '*', '`'])).filter(|word| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let mixed = digits > 0 && word.chars().count() >= MIXED && word.chars().any(char::is_alphabetic);
        mail || mixed || digits >= DIGITS && !is_day(word)
    })
}

/// `2026-11-22`, `22.11.2026`.
fn is_day(word: &str) -> bool {
    let parts: Vec<usize> = word.split(['-', '.']).map(str::len).collect();
    let plain = word.chars().all(|c| c.is_ascii_digit() || "-.".contains(c));
    plain && (parts == [4, 2, 2] || matches!(parts[..], [1 | 2, 1 | 2, 4]))
}

/// Several words that say who: in capitals, as names are, or a whole sentence. A single word may be any label.
pub fn phrases(text: &str) -> Vec<String> {
    let names = names(text).into_iter().filter(|words| is_name(words)).map(|words| words.join(" "));
    names.chain(sentence(text)).collect()
}

/// Hashes of all that [`telling`] and [`phrases`] find in a text, and of names within longer ones.
pub fn prints(text: &str) -> BTreeSet<u64> {
    let mut prints: BTreeSet<u64> = telling(text).map(print).collect();
    for words in names(text) {
        for from in 0..words.len() {
            for to in from + 2..=words.len().min(from + LONGEST_NAME) {
                let part = words.get(from..to).unwrap_or_default();
                prints.extend(is_name(part).then(|| print(&part.join(" "))));
            }
        }
    }
    prints.extend(sentence(text).map(|all| print(&all)));
    prints
}

/// What stands for a text: the text itself is not kept.
pub fn print(text: &str) -> u64 {
    let hash = blake3::hash(text.to_lowercase().as_bytes());
    hash.as_bytes().first_chunk().copied().map(u64::from_le_bytes).unwrap_or_default()
}

/// Runs of words that begin with a capital.
fn names(text: &str) -> Vec<Vec<&str>> {
    let mut runs = Vec::new();
    for part in text.split([',', ';', ':', '.', '!', '?', '(', ')', '|', '/', '·', '–', '—', '"', '“', '”'])
    {
        let mut run = Vec::new();
        for word in part.split_whitespace() {
            match word.starts_with(char::is_uppercase) {
                true => run.push(word),
                false => runs.push(std::mem::take(&mut run)),
            }
        }
        runs.push(run);
    }
    runs
}

fn is_name(words: &[&str]) -> bool {
    let letters = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count();
    (2..=LONGEST_NAME).contains(&words.len()) && letters >= NAME
}

fn sentence(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (words.len() >= SENTENCE.0 && letters >= SENTENCE.1).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_somebody_is_found_within_longer_texts() {
        let shows = |hidden: &str, shown: &str| {
            let all = prints(shown);
            let hidden = telling(hidden).map(str::to_owned).chain(phrases(hidden));
            hidden.into_iter().any(|hidden| all.contains(&print(&hidden)))
        };
        for (hidden, shown) in [
            ("maria@example.com", "Signed in as Maria@example.com."),
            ("Invoice 20481", "No. 20481"),
            ("Maria Keller", "Welcome, Maria Keller!"),
            ("Maria Keller", "Welcome Maria Keller"),
            ("the quarter closes below plan", "The quarter closes below plan"),
            ("key: ak4711xyz", "ak4711xyz"),
        ] {
            assert!(shows(hidden, shown), "{hidden} in {shown}");
        }
        for (hidden, shown) in [
            ("Name", "Name"),
            ("Sign in", "Sign in"),
            ("2026-11-22", "2026-11-22"),
            ("Page 12", "Page 12"),
            ("Maria Keller", "Maria Keeler"),
            ("All tables", "All tables"),
        ] {
            assert!(!shows(hidden, shown), "{hidden} in {shown}");
        }
    }
}
