//! The order in which people read numbered names: 2 before 10.

use std::cmp::Ordering;

/// Compares two names: runs of digits by their number, all else without regard to case. Names that differ only in case
/// or in zeros before a number keep a fixed order.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (p, q) = (digits(&mut left), digits(&mut right));
            p.len().cmp(&q.len()).then_with(|| p.cmp(q))
        } else {
            left = left.get(x.len_utf8()..).unwrap_or_default();
            right = right.get(y.len_utf8()..).unwrap_or_default();
            x.to_lowercase().cmp(y.to_lowercase())
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Takes the digits at the start, without zeros before them.
fn digits<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    *text = rest;
    run.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::natural_order;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names =
            ["10.png", "2.png", "a10", "A2", "a1b", "1.png", "002.png", "a", "99999999999999999999", "ä"];
        names.sort_by(|a, b| natural_order(a, b));
        let sorted =
            ["1.png", "002.png", "2.png", "10.png", "99999999999999999999", "a", "a1b", "A2", "a10", "ä"];
        assert_eq!(names, sorted);
    }
}
