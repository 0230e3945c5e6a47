//! Colours.

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Color {
    /// `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Color> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Color { red: r * 17, green: g * 17, blue: b * 17 }),
            [a, b, c, d, e, f] => Some(Color { red: a * 16 + b, green: c * 16 + d, blue: e * 16 + f }),
            _ => None,
        }
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let Color { red, green, blue } = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}
