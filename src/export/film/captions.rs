//! What is said in a film, as WebVTT.

/// A line and when it is shown, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    pub from: u64,
    pub to: u64,
    /// One line without markup.
    pub text: String,
}

/// As a file.
pub fn vtt(captions: &[Caption]) -> String {
    let mut file = "WEBVTT\n".to_owned();
    for (at, Caption { from, to, text }) in captions.iter().enumerate() {
        file.push_str(&format!("\n{}\n{} --> {}\n{}\n", at + 1, clock(*from), clock(*to), escaped(text)));
    }
    file
}

/// Text as a cue holds it: what would be a tag, an entity or the arrow of a time is not.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `00:01:02.345`.
fn clock(ms: u64) -> String {
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_markup() {
        let text = "Type <b> & --> go".to_owned();
        let file = vtt(&[Caption { from: 3_661_007, to: 3_662_000, text }]);
        let expected = "WEBVTT\n\n1\n01:01:01.007 --> 01:01:02.000\nType &lt;b&gt; &amp; --&gt; go\n";
        assert_eq!(file, expected);
    }
}
