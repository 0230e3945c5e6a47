//! Values of the environment that must stand in nothing that is written or said.

use super::work;
use crate::capture;
use std::collections::BTreeMap;

/// Values by the names of their variables.
#[derive(Debug, Default, Clone)]
pub struct Secrets {
    values: BTreeMap<String, String>,
    /// Parts of addresses: a guide that was recorded there may hold them already.
    addresses: BTreeMap<String, String>,
}

impl Secrets {
    /// Looks up some variables.
    pub fn add(&mut self, names: impl Iterator<Item = String>) {
        self.values.extend(capture::secrets(names, work::variable_text));
    }

    /// Looks up the variables that an address names.
    pub fn add_address(&mut self, address: &str) {
        let names = address.split("${").skip(1).filter_map(|part| part.split('}').next());
        let names = names.map(|name| name.split(":-").next().unwrap_or(name).to_owned());
        self.addresses.extend(capture::secrets(names, work::variable_text));
    }

    /// A text with the variables' names in the place of their values, as they are and as addresses and JSON write them.
    pub fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in self.values.iter().chain(&self.addresses) {
            for form in forms(value) {
                if text.contains(&form) {
                    text = text.replace(&form, &format!("${name}"));
                }
            }
        }
        text
    }

    /// The variable whose value stands in some bytes that are to be written where `before` is.
    pub fn leak(&self, bytes: &[u8], before: &[u8]) -> Option<&str> {
        let holds = |bytes: &[u8], value: &String| {
            let is_in = |form: &String| bytes.windows(form.len()).any(|part| part == form.as_bytes());
            forms(value).iter().any(is_in)
        };
        let typed = self.values.iter().find(|(_, value)| holds(bytes, value));
        let new = |(_, value): &(&String, &String)| holds(bytes, value) && !holds(before, value);
        typed.or_else(|| self.addresses.iter().find(new)).map(|(name, _)| name.as_str())
    }
}

/// A value as it is, in an address, in JSON and in HTML.
fn forms(value: &str) -> Vec<String> {
    let address =
        percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string();
    let json = serde_json::Value::from(value).to_string();
    let json = json.trim_matches('"').to_owned();
    let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut forms = vec![value.to_owned(), address.clone(), address.replace("%20", "+"), json, html];
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_every_form() {
        let values = [("PW".to_owned(), "a b&\"c\"".to_owned())].into();
        let secrets = Secrets { values, ..Secrets::default() };
        for text in [
            "x a b&\"c\" y",
            "?p=a%20b%26%22c%22",
            "?p=a+b%26%22c%22",
            "{\"p\":\"a b&\\\"c\\\"\"}",
            "a b&amp;&quot;c&quot;",
        ] {
            assert_eq!(secrets.leak(text.as_bytes(), b""), Some("PW"), "{text}");
            assert!(secrets.hidden(text).contains("$PW"), "{text}");
        }
        assert_eq!(secrets.leak(b"a b", b""), None);
    }

    #[test]
    fn an_address_that_stood_there_before_is_no_leak() {
        let addresses = [("URL".to_owned(), "http://a:1".to_owned())].into();
        let secrets = Secrets { addresses, ..Secrets::default() };
        assert_eq!(secrets.leak(b"x http://a:1/y", b"start: http://a:1/"), None);
        assert_eq!(secrets.leak(b"x http://a:1/y", b"start: /"), Some("URL"));
        assert_eq!(secrets.hidden("`http://a:1/y` can't be opened"), "`$URL/y` can't be opened");
    }
}
