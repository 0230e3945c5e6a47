//! From the path of a request to a file of the site. Nothing here knows a disk.

/// What a path of an address names.
#[derive(Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Path of the file in the site.
    pub file: String,
    /// Whether the address names a folder.
    pub folder: bool,
}

impl Wanted {
    /// The file that the path of an address names: `/slug/` is `slug/index.html`. `None` if it is no text.
    pub fn from_path(path: &str) -> Option<Self> {
        let plain = decode(path.strip_prefix('/')?)?;
        let folder = plain.is_empty() || plain.ends_with('/');
        Some(Self { file: if folder { plain + "index.html" } else { plain }, folder })
    }
}

/// A text without its `%` escapes.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(plain).ok()
}

/// A text as one part of an address.
pub fn encode(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let part = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{Wanted, decode, encode};

    #[test]
    fn a_folder_is_its_page() {
        let file = |path| Wanted::from_path(path).map(|wanted| wanted.file);
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/a/").as_deref(), Some("a/index.html"));
        assert_eq!(file("/caf%C3%A9/cover.webp").as_deref(), Some("café/cover.webp"));
        for wrong in ["", "a", "/%", "/%f", "/%zz", "/%ff"] {
            assert_eq!(file(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["plain-slug", "café", "a/b?c#d%e", "日本"] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
    }
}
