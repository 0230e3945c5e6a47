//! Where a guide names its pictures, for what is said of them.

use crate::guide::{Guide, named_pictures};
use crate::source::{Source, Span};
use std::collections::{BTreeMap, VecDeque};

/// A place where a picture is named.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// Line of the file, from 1.
    pub line: Option<usize>,
    /// All of it, where it is written `![[name]]`.
    pub embed: Option<Span>,
}

/// The places of each address, in order.
#[derive(Debug, Default)]
pub struct Places(BTreeMap<String, VecDeque<Place>>);

impl Places {
    /// Those of a guide.
    pub fn new(guide: &Guide, source: &Source) -> Self {
        let mut places = Self::default();
        for image in named_pictures(guide, source) {
            let line = Some(source.position(image.span.start).line);
            let place = Place { line, embed: image.embed(source) };
            places.0.entry(image.target.value).or_default().push_back(place);
        }
        places
    }

    /// Where an address is named next; the last place stays.
    pub fn next(&mut self, written: &str) -> Place {
        let Some(places) = self.0.get_mut(written) else { return Place::default() };
        let first = places.front().copied().unwrap_or_default();
        if places.len() > 1 {
            places.pop_front();
        }
        first
    }
}
