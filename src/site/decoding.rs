//! How many pixels are decoded at once: a few large pictures would take more memory than a build may.

use crate::guide::{MAX_PIXELS, Resolved};
use std::sync::{Condvar, Mutex, PoisonError};

/// Pixels decoded at once, each guide counted by its largest picture: as many as one picture may have.
/// Screenshots of a usual size never wait.
#[derive(Debug, Default)]
pub struct DecodeLimit {
    taken: Mutex<u64>,
    left: Condvar,
}

/// What a guide may decode, until this is dropped.
#[derive(Debug)]
pub struct Permit<'a> {
    limit: &'a DecodeLimit,
    pixels: u64,
}

impl DecodeLimit {
    /// Waits until pictures of so many pixels, one at a time, can be decoded beside those of the others.
    pub fn take(&self, pixels: u64) -> Permit<'_> {
        let pixels = pixels.min(MAX_PIXELS);
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut u64| *taken + pixels > MAX_PIXELS;
        *self.left.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += pixels;
        Permit { limit: self, pixels }
    }
}

/// The pixels of a guide's largest picture.
pub fn largest(resolved: &Resolved) -> u64 {
    let shots = resolved.pictures();
    let sizes = shots.map(|shot| u64::from(shot.picture.width).saturating_mul(shot.picture.height.into()));
    sizes.max().unwrap_or_default()
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.limit.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.pixels;
        self.limit.left.notify_all();
    }
}
