//! What only pages of this run know.

use std::fmt;

/// 32 random bytes, as hexadecimal digits. Whoever wants to change a guide must carry it, and no page of another
/// origin can read it.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The system's, if it has no random numbers.
    pub fn new() -> std::io::Result<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// For our pages.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether `given` is it. The time it takes tells nothing of where they differ.
    pub fn is(&self, given: &[u8]) -> bool {
        let own = self.0.as_bytes();
        let other = own.iter().zip(given).fold(0, |other, (one, two)| other | (one ^ two));
        own.len() == given.len() && other == 0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn no_two_runs_have_the_same() {
        let (one, two) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert!(one.is(one.text().as_bytes()) && !one.is(two.text().as_bytes()));
        assert!(!one.is(b"") && !one.is(&one.text().as_bytes()[..63]));
    }
}
