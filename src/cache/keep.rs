//! Values that the cache holds.

use super::{Cache, Key, Reader, Writer};

/// What is kept, in a form that fits a file.
pub trait Keep: Sized {
    /// As bytes.
    fn write(&self, to: &mut Writer);
    /// From bytes; `None` if they are not what [`Keep::write`] writes.
    fn read(from: &mut Reader) -> Option<Self>;
}

/// What `cache` holds under `key`.
pub fn load<T: Keep>(cache: Option<&Cache>, key: impl FnOnce() -> Key) -> Option<T> {
    let bytes = cache?.get(key())?;
    let mut reader = Reader::new(&bytes);
    T::read(&mut reader).filter(|_| reader.is_empty())
}

/// What `cache` holds under `key`, else what `make` makes, which is then kept.
pub fn keep<T: Keep>(
    cache: Option<&Cache>,
    key: impl FnOnce() -> Key,
    make: impl FnOnce() -> Option<T>,
) -> Option<(T, bool)> {
    let Some(cache) = cache else { return Some((make()?, false)) };
    let key = key();
    if let Some(loaded) = load(Some(cache), || key) {
        return Some((loaded, true));
    }
    let made = make()?;
    let mut writer = Writer::default();
    made.write(&mut writer);
    cache.put(key, &writer.finish());
    Some((made, false))
}
