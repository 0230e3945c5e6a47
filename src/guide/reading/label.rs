//! The number in front of a step that is no item of a list: `### 1. Title`, `## Step 2: Title`, `**Step 3.**`, `5\.`, `6、`.

/// The number that a heading or a paragraph begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// How it is written.
    pub style: LabelStyle,
    /// The number.
    pub number: u32,
    /// Bytes of the text that are the label, white space behind it included.
    pub length: usize,
    /// Whether punctuation parts it from the title, or nothing follows it.
    pub marked: bool,
}

/// Ways to write a label. Labels of one style count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelStyle {
    /// `Step 2:`, `第二步`, in any language.
    Word,
    /// `2.`, `2)`, `2、`.
    Number,
    /// `1.2`, `1-2`, `Step 2.1`: a part of a part.
    Part,
}

/// The words for "step" that stand before a number, in lower case.
const BEFORE: [&str; 34] = [
    "step",
    "schritt",
    "paso",
    "étape",
    "etape",
    "passo",
    "stap",
    "krok",
    "шаг",
    "крок",
    "adım",
    "adim",
    "bước",
    "langkah",
    "steg",
    "trin",
    "vaihe",
    "lépés",
    "pas",
    "korak",
    "samm",
    "solis",
    "žingsnis",
    "βήμα",
    "стъпка",
    "خطوة",
    "الخطوة",
    "שלב",
    "चरण",
    "ขั้นตอนที่",
    "步骤",
    "步驟",
    "手順",
    "ステップ",
];
/// The words for "step" that stand behind a number.
const BEHIND: [&str; 5] = ["단계", "步", "ステップ", "番目", "-qadam"];
/// What may stand between a label and the title.
const DELIMITERS: [char; 12] = ['.', ')', ':', '：', '、', '．', '）', '-', '–', '—', '|', '。'];
const CHINESE: &str = "零一二三四五六七八九十";

/// The label that a text begins with.
pub fn label(text: &str) -> Option<Label> {
    let lead = text.len() - text.trim_start().len();
    let rest = text.get(lead..)?;
    let found = word(rest).or_else(|| ordinal(rest)).or_else(|| bare(rest))?;
    Some(Label { length: found.length + lead, ..found })
}

/// The Markdown of a step without its heading's `#` and the number in front of it: `### 1\. Title` → `Title`. A number
/// alone stays: it is all that the step says.
pub fn without_label(markdown: &str) -> String {
    let line = markdown.trim_start_matches('#').trim_start();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let escaped = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with('\\'));
    let line = if escaped { line.replacen('\\', "", 1) } else { line.to_owned() };
    let (stars, plain) = line.split_at(line.len() - line.trim_start_matches('*').len());
    let Some(rest) = label(plain).and_then(|label| plain.get(label.length..)) else { return line };
    let rest = rest.trim_start();
    // `**Step 3.** Title` or `**Step 3. Title**`.
    let title = match rest.strip_prefix(stars) {
        Some(title) => title.trim_start().to_owned(),
        None => format!("{stars}{rest}"),
    };
    if title.is_empty() { line } else { title }
}

/// `Step 2: Title`, `Step 2.1 Title`, `步骤 2 Title`.
fn word(text: &str) -> Option<Label> {
    let lower = text.to_lowercase();
    // Lower case of other lengths would shift the places.
    let same = lower.len() == text.len();
    let start =
        BEFORE.iter().filter(|word| same && lower.starts_with(**word)).map(|word| word.len()).max()?;
    let rest = text.get(start..)?;
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '#', '-']).len();
    let numbers = rest.get(spaces..)?;
    let is_letter = text.starts_with(|c: char| c.is_ascii());
    let (number, part, length) = numeral(numbers)?;
    if is_letter && spaces == 0 {
        return None;
    }
    let end = start + spaces + length;
    // `Step 2 of 5` and `Step 2b` name something else than a step.
    let after = text.get(end..)?;
    if after.starts_with(char::is_alphanumeric) && is_letter {
        return None;
    }
    let style = if part { LabelStyle::Part } else { LabelStyle::Word };
    Some(labelled(style, number, end, after))
}

/// `第一步`, `第 2 步`, `1단계`.
fn ordinal(text: &str) -> Option<Label> {
    let rest = text.strip_prefix('第').unwrap_or(text);
    let skipped = text.len() - rest.len();
    let spaces = rest.len() - rest.trim_start().len();
    let (number, _, length) = numeral(rest.get(spaces..)?).filter(|(_, part, _)| !part)?;
    let behind = rest.get(spaces + length..)?;
    let gap = behind.len() - behind.trim_start().len();
    let word = BEHIND.iter().find(|word| behind.get(gap..).is_some_and(|rest| rest.starts_with(**word)))?;
    let end = skipped + spaces + length + gap + word.len();
    Some(labelled(LabelStyle::Word, number, end, text.get(end..)?))
}

/// `2. Title`, `2) Title`, `2、Title`, `1.2 Title`, `1-2 Title`.
fn bare(text: &str) -> Option<Label> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (number, part, length) = numeral(text)?;
    let after = text.get(length..)?;
    if part {
        let found = labelled(LabelStyle::Part, number, length, after);
        return (found.length > length || after.is_empty()).then_some(found);
    }
    let next = after.chars().next()?;
    let behind = after.get(next.len_utf8()..)?;
    let wide = matches!(next, '、' | '．' | '）' | '：');
    let closed =
        matches!(next, '.' | ')' | ':') && (behind.is_empty() || behind.starts_with(char::is_whitespace));
    let dashed = [" - ", " – ", " — "].iter().any(|dash| after.starts_with(dash));
    if !(wide || closed || dashed) {
        return None;
    }
    Some(labelled(LabelStyle::Number, number, length, after))
}

/// A number at the start: its value, whether it is a part (`1.2`, `1-2`, whose value is the last number), and its length.
fn numeral(text: &str) -> Option<(u32, bool, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 {
        return chinese(text);
    }
    let first = text.get(..digits)?;
    let rest = text.get(digits..)?;
    if let Some(more) = rest.strip_prefix(['.', '-']) {
        let again = more.len() - more.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let whole = more.get(again..)?;
        // `1.2.3` is a version or deeper than steps are.
        let deeper =
            whole.starts_with(['.', '-']) && whole.get(1..)?.starts_with(|c: char| c.is_ascii_digit());
        if (1..=3).contains(&again) && !deeper {
            return Some((more.get(..again)?.parse().ok()?, true, digits + 1 + again));
        }
        if again > 0 {
            return None;
        }
    }
    (digits <= 3).then_some(())?;
    Some((first.parse().ok()?, false, digits))
}

/// `一` to `九十九`.
fn chinese(text: &str) -> Option<(u32, bool, usize)> {
    let mut value = 0;
    let mut length = 0;
    for c in text.chars() {
        let Some(digit) = CHINESE.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
        else {
            break;
        };
        length += c.len_utf8();
        value = match (digit, value) {
            (10, 0) => 10,
            (10, tens) => tens * 10,
            (digit, value) => value + digit,
        };
    }
    (length > 0 && value < 100).then_some((value, false, length))
}

/// The label that ends at byte `end`, with what of `after` parts it from the title.
fn labelled(style: LabelStyle, number: u32, end: usize, after: &str) -> Label {
    let trimmed = after.trim_start();
    let title = trimmed.trim_start_matches(DELIMITERS);
    let marked = title.len() < trimmed.len() || trimmed.is_empty();
    Label { style, number, length: end + after.len() - title.trim_start().len(), marked }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(LabelStyle, u32, &str)> {
        let label = label(text)?;
        Some((label.style, label.number, text.get(label.length..).unwrap_or_default()))
    }

    #[test]
    fn reads_the_labels_that_people_write() {
        use LabelStyle::{Number, Part, Word};
        for (text, wanted) in [
            ("Step 2: Open", (Word, 2, "Open")),
            ("STEP 12 – Open", (Word, 12, "Open")),
            ("Step 1.", (Word, 1, "")),
            ("Step #3 Open", (Word, 3, "Open")),
            ("Schritt 3. Öffnen", (Word, 3, "Öffnen")),
            ("Étape 4 : ouvrir", (Word, 4, "ouvrir")),
            ("步骤 2：打开", (Word, 2, "打开")),
            ("步骤二：打开", (Word, 2, "打开")),
            ("第一步：打开", (Word, 1, "打开")),
            ("第 12 步 打开", (Word, 12, "打开")),
            ("1단계: 열기", (Word, 1, "열기")),
            ("手順1 開く", (Word, 1, "開く")),
            ("1. Open", (Number, 1, "Open")),
            ("0) Prepare", (Number, 0, "Prepare")),
            ("6、打开", (Number, 6, "打开")),
            ("3 - Open", (Number, 3, "Open")),
            ("2:", (Number, 2, "")),
            ("1.2 Open", (Part, 2, "Open")),
            ("1-2. Open", (Part, 2, "Open")),
            ("Step 2.1: Open", (Part, 1, "Open")),
        ] {
            assert_eq!(read(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn leaves_what_only_looks_like_one() {
        for text in [
            "2024 release",
            "1.2.3",
            "3D view",
            "10 ways to win",
            "1.Open",
            "Steps",
            "Step one",
            "Step 2b",
            "Stepper 2",
            "Option 1: a",
            "Method 2. b",
            "1.2.3 Fixes",
            "12:30 lunch",
            "",
            "5",
            "Pass 1abc",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
