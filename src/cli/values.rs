//! What the values of arguments may be.

use crate::project::{self, variant};
use std::ops::RangeInclusive;
use std::time::Duration;

/// `800x560`.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    sides
        .filter(|(w, h)| (200..=4000).contains(w) && (200..=4000).contains(h))
        .ok_or("write `800x560`, each side from 200 to 4000".to_owned())
}

/// `3-8`, or `3`.
pub fn steps(text: &str) -> Result<RangeInclusive<usize>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range =
        first.parse().ok().zip(last.parse().ok()).filter(|(first, last)| *first >= 1 && first <= last);
    range.map(|(first, last)| first..=last).ok_or("write `3-8`, or the number of one step".to_owned())
}

/// `de`, `pt-BR`.
pub fn lang(text: &str) -> Result<String, String> {
    match project::is_language_tag(text) {
        true => Ok(text.to_owned()),
        false => Err("write a BCP 47 tag such as `en`, `de` or `pt-BR`".to_owned()),
    }
}

/// `60s`, `2m`, `90`.
pub fn length(text: &str) -> Result<Duration, String> {
    let (digits, each) = match text.strip_suffix('m') {
        Some(minutes) => (minutes, 60),
        None => (text.strip_suffix('s').unwrap_or(text), 1),
    };
    let seconds = digits.parse().ok().and_then(|count: u64| count.checked_mul(each));
    seconds
        .filter(|seconds| (1..=7200).contains(seconds))
        .map(Duration::from_secs)
        .ok_or("write `60s` or `2m`, at most two hours".to_owned())
}

/// `de`, `pt-BR`
pub fn locale(text: &str) -> Result<String, String> {
    variant::locale(text).ok_or_else(|| "write a language as in `de` or `pt-BR`".to_owned())
}

/// `375x812`
pub fn viewport(text: &str) -> Result<(u32, u32), String> {
    project::capture::size(text).ok_or_else(|| "write width and height in points, as in `375x812`".to_owned())
}

/// `1/4`
pub fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(at, of)| Some((at.parse().ok()?, of.parse().ok()?)));
    parts
        .filter(|(at, of)| (1..=*of).contains(at))
        .ok_or("write `1/4` for the first of four parts".to_owned())
}
