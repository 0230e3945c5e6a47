//! What a template has done so far.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use tera::Value;

/// Most times that the loops of a page go round, together.
pub const MAX_ROUNDS: usize = 500_000;
/// Most bytes that a page prints, into itself or into variables.
pub const MAX_PRINTED: usize = 128 << 20;
/// How much larger than all that its page is made of a value may be that a template puts together and keeps, in bytes.
pub const MAX_VALUE: usize = 1 << 20;
/// Deepest that lists and maps may lie in each other.
const MAX_DEPTH: usize = 32;

/// A limit that a template went beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Of rounds of loops.
    Rounds,
    /// Of what is printed.
    Printed,
    /// Of what is kept in a variable.
    Value,
}

impl Limit {
    /// The message that reports it.
    pub fn message(self) -> String {
        match self {
            Self::Rounds => format!("the loops of the page go round more than {MAX_ROUNDS} times"),
            Self::Printed => {
                format!("the page grows beyond {} MB, with what is printed into variables", MAX_PRINTED >> 20)
            }
            Self::Value => "a value grows without end".to_owned(),
        }
    }
}

/// What one page has used up.
#[derive(Debug, Default)]
struct Used {
    /// The size of the largest value that may be kept.
    most: usize,
    rounds: usize,
    printed: usize,
    over: Option<Limit>,
}

/// Counts for every page that is rendered now. A page is rendered by one thread, from its start to its end: functions
/// of the engine know of no page, so that the thread says which it is.
#[derive(Debug, Default, Clone)]
pub struct Counter(Arc<Mutex<HashMap<ThreadId, Used>>>);

impl Counter {
    /// A page that is made of `page` begins in this thread.
    pub fn start(&self, page: &Value) {
        let most = MAX_VALUE + size(page, MAX_PRINTED, 0).unwrap_or(MAX_PRINTED);
        self.pages().insert(thread::current().id(), Used { most, ..Used::default() });
    }

    /// The page of this thread is over. The limit that it went beyond.
    pub fn end(&self) -> Option<Limit> {
        self.pages().remove(&thread::current().id()).and_then(|used| used.over)
    }

    /// A loop, a template or a component begins once more; it says so many bytes by itself.
    pub fn round(&self, text: usize) -> Result<(), Limit> {
        self.count(|used| {
            used.rounds += 1;
            used.printed = used.printed.saturating_add(text);
        })
    }

    /// A value is printed.
    pub fn print(&self, value: &Value) -> Result<(), Limit> {
        let bytes = size(value, MAX_PRINTED, 0).unwrap_or(MAX_PRINTED + 1);
        self.count(|used| used.printed = used.printed.saturating_add(bytes))
    }

    /// A value was put together and is kept.
    pub fn keep(&self, value: &Value) -> Result<(), Limit> {
        self.count(|used| match size(value, used.most, 0) {
            // Weighing takes time too, though far less than printing.
            Some(bytes) => used.printed = used.printed.saturating_add(bytes / 16),
            None => used.over = used.over.or(Some(Limit::Value)),
        })
    }

    /// A filter is about to make so many bytes.
    pub fn make(&self, bytes: usize) -> Result<(), Limit> {
        self.count(|used| used.printed = used.printed.saturating_add(bytes))
    }

    fn count(&self, change: impl FnOnce(&mut Used)) -> Result<(), Limit> {
        let mut pages = self.pages();
        let used = pages.entry(thread::current().id()).or_default();
        change(used);
        if used.rounds > MAX_ROUNDS {
            used.over = used.over.or(Some(Limit::Rounds));
        } else if used.printed > MAX_PRINTED {
            used.over = used.over.or(Some(Limit::Printed));
        }
        used.over.map_or(Ok(()), Err)
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<ThreadId, Used>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// About how many bytes a value is when it is printed; none beyond `most`, or nested too deeply.
fn size(value: &Value, most: usize, depth: usize) -> Option<usize> {
    /// Of a number, and of a comma and quotes around an item.
    const ITEM: usize = 8;
    let within = |bytes: usize| (bytes <= most).then_some(bytes);
    if depth > MAX_DEPTH {
        return None;
    }
    let mut sum = ITEM;
    if let Some(text) = value.as_str() {
        sum += text.len();
    } else if let Some(items) = value.as_array() {
        for item in items {
            sum += size(item, most.checked_sub(sum)?, depth + 1)?;
        }
    } else if let Some(map) = value.as_map() {
        for (key, item) in map {
            sum += ITEM + key.as_str().map_or(0, str::len);
            sum += size(item, most.checked_sub(sum)?, depth + 1)?;
        }
    } else if let Some(bytes) = value.as_bytes() {
        sum += bytes.len();
    }
    within(sum)
}
