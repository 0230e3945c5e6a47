//! Addresses of files.

use std::path::{Component, Path};

/// The address of a file on this machine.
pub fn file_address(path: &Path) -> String {
    let mut url = "file://".to_owned();
    for part in path.components() {
        if let Component::RootDir = part {
            continue;
        }
        url.push('/');
        for byte in part.as_os_str().to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
                url.push(char::from(byte));
            } else {
                url += &format!("%{byte:02X}");
            }
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::file_address;
    use std::path::Path;

    #[test]
    fn an_address_escapes_what_addresses_cannot_hold() {
        assert_eq!(file_address(Path::new("/a b/é#.html")), "file:///a%20b/%C3%A9%23.html");
    }
}
