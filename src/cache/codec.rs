//! Values as bytes, for the cache: little-endian numbers, texts and lists with their length before them.

/// Bytes being written.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// A whole number.
    pub fn number(&mut self, value: u64) -> &mut Self {
        self.bytes.extend(value.to_le_bytes());
        self
    }

    /// A length or an index.
    pub fn size(&mut self, value: usize) -> &mut Self {
        self.number(value as u64)
    }

    /// A number with a fraction, bit by bit.
    pub fn fraction(&mut self, value: f64) -> &mut Self {
        self.number(value.to_bits())
    }

    /// Bytes with their length.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.size(bytes.len());
        self.bytes.extend(bytes);
        self
    }

    /// A number that may be absent.
    pub fn maybe(&mut self, value: Option<usize>) -> &mut Self {
        self.size(value.map_or(0, |value| value + 1))
    }

    /// All that was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Bytes being read; every method is `None` past the end.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads these bytes from the first on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all is read.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// A whole number.
    pub fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = rest;
        Some(u64::from_le_bytes(*number))
    }

    /// A whole number below 2³².
    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A length or an index.
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A number with a fraction.
    pub fn fraction(&mut self) -> Option<f64> {
        self.number().map(f64::from_bits)
    }

    /// Bytes with their length.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        let (bytes, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(bytes)
    }

    /// A number that may be absent.
    pub fn maybe(&mut self) -> Option<Option<usize>> {
        self.size().map(|value| value.checked_sub(1))
    }

    /// A list: its length, then each with `item`. A length that the bytes can't hold is no list.
    pub fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size().filter(|length| *length <= self.bytes.len() / 8)?;
        (0..length).map(|_| item(self)).collect()
    }
}
