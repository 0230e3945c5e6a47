//! A film in H.264 as MP4 (ISO/IEC 14496-12 and -15): a track of pictures, and one of captions.

use super::captions::Caption;
use super::codec::{Chunk, Color, Track};
use super::language;

const PICTURES: u32 = 1;
const CAPTIONS: u32 = 2;

/// The file; `end` is its length in frames, `lang` the tag of its language. The table of its pictures stands first, so that players can begin before all of it
/// is there.
pub fn file(track: &Track, captions: &[Caption], lang: &str, end: u64) -> Vec<u8> {
    let words = samples(captions, track.fps, end);
    let kind = boxed(b"ftyp", [&b"isom"[..], &0x200_u32.to_be_bytes(), b"isomiso2avc1mp41"].concat());
    // Where the pictures begin follows from how long the table is, which does not depend on it.
    let length = kind.len() + movie(track, &words, lang, end, 0).len() + 8;
    let table = movie(track, &words, lang, end, narrow(length as u64));
    let pictures = track.chunks.iter().map(|chunk| chunk.data.as_slice());
    let texts = words.iter().map(|sample| sample.data.as_slice());
    let data: Vec<u8> = pictures.chain(texts).flatten().copied().collect();
    [kind, table, boxed(b"mdat", data)].concat()
}

/// A caption, or a stretch without one.
struct Sample {
    frames: u64,
    data: Vec<u8>,
}

/// Captions one after the other, with empty ones between them.
fn samples(captions: &[Caption], fps: u32, end: u64) -> Vec<Sample> {
    let at = |ms: u64| (ms * u64::from(fps) + 500) / 1000;
    let mut samples = Vec::new();
    let mut now = 0;
    let mut add = |until: u64, text: &str| {
        if until > now {
            let text: String = text.chars().take(4000).collect();
            let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
            samples.push(Sample {
                frames: until - now,
                data: [&length.to_be_bytes()[..], text.as_bytes()].concat(),
            });
            now = until;
        }
    };
    for Caption { from, to, text } in captions {
        add(at(*from).min(end), "");
        add(at(*to).min(end), text);
    }
    add(end, "");
    samples
}

fn movie(track: &Track, words: &[Sample], lang: &str, end: u64, start: u32) -> Vec<u8> {
    let header = full(
        b"mvhd",
        0,
        0,
        [
            words32(&[0, 0, track.fps, narrow(end), 0x0001_0000]),
            vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            matrix(),
            vec![0; 24],
            words32(&[3]),
        ]
        .concat(),
    );
    let size: u64 = track.chunks.iter().map(|chunk| chunk.data.len() as u64).sum();
    let texts = start.saturating_add(narrow(size));
    let tracks = [header, pictures(track, lang, end, start), captions(track, words, lang, end, texts)];
    boxed(b"moov", tracks.concat())
}

fn pictures(track: &Track, lang: &str, end: u64, start: u32) -> Vec<u8> {
    let header = head_of_track(PICTURES, 3, 0, end, (track.width, track.height));
    let timed: Vec<(u64, usize)> =
        track.chunks.iter().map(|Chunk { from, to, data, .. }| (to - from, data.len())).collect();
    let keys = track.chunks.iter().zip(1_u32..).filter(|(chunk, _)| chunk.is_key).map(|(_, number)| number);
    let keys: Vec<u32> = keys.collect();
    let keys = full(b"stss", 0, 0, [words32(&[narrow(keys.len() as u64)]), words32(&keys)].concat());
    let table = boxed(b"stbl", [description(track), times(&timed), keys, places(&timed, start)].concat());
    let information = boxed(b"minf", [full(b"vmhd", 0, 1, vec![0; 8]), references(), table].concat());
    let media = [media_header(track.fps, lang, end), handler(b"vide", "Pictures"), information].concat();
    boxed(b"trak", [header, boxed(b"mdia", media)].concat())
}

fn captions(track: &Track, words: &[Sample], lang: &str, end: u64, start: u32) -> Vec<u8> {
    // Known and not shown: the cards of the film say the same.
    let header = head_of_track(CAPTIONS, 2, 1, end, (track.width, track.height / 8));
    let timed: Vec<(u64, usize)> = words.iter().map(|sample| (sample.frames, sample.data.len())).collect();
    let entry = boxed(
        b"tx3g",
        [
            entry_head(),
            vec![0, 0, 0, 0, 1, 0xff, 0, 0, 0, 0],
            // The box of the text, then its style: all letters, the first font, 18 pixels, white.
            vec![0; 8],
            vec![0, 0, 0, 0, 0, 1, 0, 18, 255, 255, 255, 255],
            boxed(b"ftab", [&[0, 1, 0, 1, 10][..], b"Sans-Serif"].concat()),
        ]
        .concat(),
    );
    let description = full(b"stsd", 0, 0, [words32(&[1]), entry].concat());
    let table = boxed(b"stbl", [description, times(&timed), places(&timed, start)].concat());
    let information = boxed(b"minf", [full(b"nmhd", 0, 0, Vec::new()), references(), table].concat());
    let media = [media_header(track.fps, lang, end), handler(b"sbtl", "Captions"), information].concat();
    boxed(b"trak", [header, boxed(b"mdia", media)].concat())
}

/// What the pictures are coded as, and what their colours mean.
fn description(track: &Track) -> Vec<u8> {
    let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    let Color { primaries, transfer, matrix, full_range } = track.color;
    let numbers = [0, primaries, 0, transfer, 0, matrix, u8::from(full_range) << 7];
    let color = boxed(b"colr", [&b"nclx"[..], &numbers].concat());
    let entry = [
        entry_head(),
        vec![0; 16],
        side(track.width),
        side(track.height),
        words32(&[0x0048_0000, 0x0048_0000, 0]),
        vec![0, 1],
        vec![0; 32],
        vec![0, 24, 0xff, 0xff],
        boxed(b"avcC", track.description.clone()),
        color,
    ];
    full(b"stsd", 0, 0, [words32(&[1]), boxed(b"avc1", entry.concat())].concat())
}

/// How long each sample stands, with equal ones together.
fn times(samples: &[(u64, usize)]) -> Vec<u8> {
    let mut runs: Vec<[u32; 2]> = Vec::new();
    for (frames, _) in samples {
        match runs.last_mut() {
            Some([count, long]) if u64::from(*long) == *frames => *count += 1,
            _ => runs.push([1, narrow(*frames)]),
        }
    }
    full(b"stts", 0, 0, [words32(&[narrow(runs.len() as u64)]), words32(&runs.concat())].concat())
}

/// Where the samples are: one after the other from `start` on.
fn places(samples: &[(u64, usize)], start: u32) -> Vec<u8> {
    let count = narrow(samples.len() as u64);
    let sizes: Vec<u32> = samples.iter().map(|(_, size)| narrow(*size as u64)).collect();
    [
        full(b"stsc", 0, 0, words32(&[1, 1, count, 1])),
        full(b"stsz", 0, 0, [words32(&[0, count]), words32(&sizes)].concat()),
        full(b"stco", 0, 0, words32(&[1, start])),
    ]
    .concat()
}

fn head_of_track(number: u32, flags: u32, group: u8, end: u64, (width, height): (u32, u32)) -> Vec<u8> {
    let body = [
        words32(&[0, 0, number, 0, narrow(end), 0, 0]),
        vec![0, 0, 0, group, 0, 0, 0, 0],
        matrix(),
        words32(&[width << 16, height << 16]),
    ];
    full(b"tkhd", 0, flags, body.concat())
}

/// Times, and the language: in five bits a letter, and as its tag.
fn media_header(fps: u32, lang: &str, end: u64) -> Vec<u8> {
    let letters =
        language::terminology(lang).bytes().fold(0, |all, letter| all << 5 | u32::from(letter & 0x1f));
    let header = full(b"mdhd", 0, 0, words32(&[0, 0, fps, narrow(end), letters << 16]));
    [header, full(b"elng", 0, 0, [lang.as_bytes(), &[0]].concat())].concat()
}

fn handler(kind: &[u8; 4], name: &str) -> Vec<u8> {
    full(b"hdlr", 0, 0, [&[0; 4][..], kind, &[0; 12], name.as_bytes(), &[0]].concat())
}

/// The data is in this file.
fn references() -> Vec<u8> {
    let own = full(b"url ", 0, 1, Vec::new());
    boxed(b"dinf", full(b"dref", 0, 0, [words32(&[1]), own].concat()))
}

/// Six bytes of nothing, and the first reference.
fn entry_head() -> Vec<u8> {
    vec![0, 0, 0, 0, 0, 0, 0, 1]
}

fn matrix() -> Vec<u8> {
    words32(&[0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000])
}

fn words32(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn full(kind: &[u8; 4], version: u8, flags: u32, body: Vec<u8>) -> Vec<u8> {
    let head = (u32::from(version) << 24) | flags;
    boxed(kind, [head.to_be_bytes().to_vec(), body].concat())
}

fn boxed(kind: &[u8; 4], body: Vec<u8>) -> Vec<u8> {
    let length = narrow(body.len() as u64 + 8);
    [&length.to_be_bytes()[..], kind, &body].concat()
}

/// A film of 4 GB is none.
fn narrow(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
