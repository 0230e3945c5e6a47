//! What the pages of a site were made from. It stays on the machine that built it: a site may be published, and
//! these are hashes of pictures as they were before anything in them was redacted.

use crate::cache::{BUILT_FROM, Cache, Key, Reader, Writer};
use std::collections::BTreeMap;
use std::path::Path;

/// One entry of a cache: of each guide what its page was made from, and what it became.
#[derive(Debug)]
pub struct Inputs {
    cache: Cache,
    key: Key,
    known: Known,
}

/// Fingerprint of the input and hash of the output, by guide.
type Known = BTreeMap<String, (String, String)>;

impl Inputs {
    /// What `cache` knows of the site in `folder`.
    pub fn open(cache: &Cache, folder: &Path) -> Self {
        let mut key = Writer::default();
        key.bytes(b"inputs").bytes(BUILT_FROM.as_bytes());
        key.bytes(folder.as_os_str().as_encoded_bytes());
        let key = Key::new(key);
        let known = cache.get(key).and_then(|bytes| read(&bytes)).unwrap_or_default();
        Self { cache: cache.clone(), key, known }
    }

    /// What a guide's page was made from, if it became `output`: another process may have built it since.
    pub fn get(&self, guide: &str, output: &str) -> Option<&str> {
        self.known.get(guide).filter(|(_, became)| became == output).map(|(input, _)| input.as_str())
    }

    /// Keeps what pages were made from, and became.
    pub fn save(&self, now: &Known) {
        if *now == self.known {
            return;
        }
        let mut writer = Writer::default();
        for (guide, (input, output)) in now {
            writer.bytes(guide.as_bytes()).bytes(input.as_bytes()).bytes(output.as_bytes());
        }
        self.cache.put(self.key, &writer.finish());
    }
}

fn read(bytes: &[u8]) -> Option<Known> {
    let mut from = Reader::new(bytes);
    let mut known = Known::new();
    while !from.is_empty() {
        let mut text = || String::from_utf8(from.bytes()?.to_vec()).ok();
        known.insert(text()?, (text()?, text()?));
    }
    Some(known)
}
