//! A film in VP9 as WebM (RFC 8794 and RFC 9559): a track of pictures, and one of captions.

use super::captions::{Caption, escaped};
use super::codec::{Chunk, Color, Track};
use super::language;

const PICTURES: u64 = 1;
const CAPTIONS: u64 = 2;
/// Most milliseconds of a cluster: what stands in it counts from its start, in 16 bits.
const CLUSTER: u64 = 30_000;

/// The file; `end` is its length in frames, `lang` the tag of its language. Where a film can be begun stands before the pictures.
pub fn file(track: &Track, captions: &[Caption], lang: &str, end: u64) -> Vec<u8> {
    let ms = |frames: u64| (frames * 1000 + u64::from(track.fps) / 2) / u64::from(track.fps).max(1);
    let clusters = clusters(track, captions, &ms, ms(end));
    let information = element(
        0x1549_a966,
        [
            number(0x002a_d7b1, 1_000_000),
            text(0x4d80, "Guidemark"),
            text(0x5741, "Guidemark"),
            element(0x4489, (ms(end) as f64).to_be_bytes().to_vec()),
        ]
        .concat(),
    );
    let lang = language::bibliographic(lang);
    let tracks = element(0x1654_ae6b, [pictures(track, &lang), subtitles(&lang)].concat());
    // All places are written with the same number of bytes, so the lengths are known before the places.
    let head_of =
        |tracks: u64, cues: u64| seek(&[(0x1549_a966, 0), (0x1654_ae6b, tracks), (0x1c53_bb6b, cues)]);
    let before = head_of(0, 0).len() as u64;
    let cues_at = before + (information.len() + tracks.len()) as u64;
    let first = cues_at + cues(&clusters, 0).len() as u64;
    let head = seek(&[
        (0x1549_a966, before),
        (0x1654_ae6b, before + information.len() as u64),
        (0x1c53_bb6b, cues_at),
    ]);
    let mut body = [head, information, tracks, cues(&clusters, first)].concat();
    clusters.iter().for_each(|cluster| body.extend_from_slice(&cluster.bytes));
    [header(), element(0x1853_8067, body)].concat()
}

fn header() -> Vec<u8> {
    let fields = [
        number(0x4286, 1),
        number(0x42f7, 1),
        number(0x42f2, 4),
        number(0x42f3, 8),
        text(0x4282, "webm"),
        number(0x4287, 4),
        number(0x4285, 2),
    ];
    element(0x1a45_dfa3, fields.concat())
}

/// Where the parts of the file are, from the beginning of the segment.
fn seek(places: &[(u32, u64)]) -> Vec<u8> {
    let entry = |(id, at): &(u32, u64)| {
        element(0x4dbb, [element(0x53ab, id.to_be_bytes().to_vec()), place(0x53ac, *at)].concat())
    };
    element(0x114d_9b74, places.iter().flat_map(entry).collect())
}

fn pictures(track: &Track, lang: &str) -> Vec<u8> {
    let Color { primaries, transfer, matrix, full_range } = track.color;
    let color = element(
        0x55b0,
        [
            number(0x55b1, u64::from(matrix)),
            number(0x55b9, if full_range { 2 } else { 1 }),
            number(0x55ba, u64::from(transfer)),
            number(0x55bb, u64::from(primaries)),
        ]
        .concat(),
    );
    let video = element(
        0xe0,
        [number(0xb0, u64::from(track.width)), number(0xba, u64::from(track.height)), color].concat(),
    );
    let fields = [
        number(0xd7, PICTURES),
        number(0x73c5, PICTURES),
        number(0x83, 1),
        number(0x9c, 0),
        text(0x0022_b59c, lang),
        text(0x86, "V_VP9"),
        video,
    ];
    element(0xae, fields.concat())
}

fn subtitles(lang: &str) -> Vec<u8> {
    let fields = [
        number(0xd7, CAPTIONS),
        number(0x73c5, CAPTIONS),
        number(0x83, 0x11),
        // Not shown by itself: the cards of the film say the same.
        number(0x88, 0),
        number(0x9c, 0),
        text(0x0022_b59c, lang),
        text(0x86, "D_WEBVTT/SUBTITLES"),
    ];
    element(0xae, fields.concat())
}

/// What begins with a picture from which the film can be begun.
struct Cluster {
    start: u64,
    bytes: Vec<u8>,
}

fn clusters(track: &Track, captions: &[Caption], ms: &dyn Fn(u64) -> u64, end: u64) -> Vec<Cluster> {
    let mut groups: Vec<Vec<&Chunk>> = Vec::new();
    for chunk in &track.chunks {
        let begins = groups.last().and_then(|group| group.first()).map(|first| ms(first.from));
        let fits = |start: u64| !chunk.is_key && ms(chunk.from) - start < CLUSTER;
        match groups.last_mut() {
            Some(group) if begins.is_some_and(fits) => group.push(chunk),
            _ => groups.push(vec![chunk]),
        }
    }
    let starts: Vec<u64> =
        groups.iter().map(|group| group.first().map_or(0, |first| ms(first.from))).collect();
    let until = starts.iter().skip(1).copied().chain([u64::MAX]);
    let cluster = |((group, start), until): ((Vec<&Chunk>, &u64), u64)| {
        let mut blocks: Vec<(u64, Vec<u8>)> =
            group.into_iter().map(|chunk| picture(chunk, *start, ms, end)).collect();
        let spoken = captions.iter().zip(1..).filter(|(caption, _)| (*start..until).contains(&caption.from));
        blocks.extend(spoken.map(|(caption, at)| words(caption, at, *start)));
        blocks.sort_by_key(|(at, _)| *at);
        let blocks = blocks.into_iter().flat_map(|(_, bytes)| bytes);
        let body = number(0xe7, *start).into_iter().chain(blocks).collect();
        Cluster { start: *start, bytes: element(0x1f43_b675, body) }
    };
    groups.into_iter().zip(&starts).zip(until).map(cluster).collect()
}

fn picture(chunk: &Chunk, start: u64, ms: &dyn Fn(u64) -> u64, end: u64) -> (u64, Vec<u8>) {
    let at = ms(chunk.from);
    let flags = if chunk.is_key { 0x80 } else { 0 };
    let is_last = ms(chunk.to) >= end;
    let block = match is_last {
        // Only here no other picture says how long it stands.
        true => {
            let before = if chunk.is_key { Vec::new() } else { signed(0xfb, -1) };
            let block = element(0xa1, payload(PICTURES, at - start, 0, &chunk.data));
            element(0xa0, [block, number(0x9b, end.saturating_sub(at).max(1)), before].concat())
        }
        false => element(0xa3, payload(PICTURES, at - start, flags, &chunk.data)),
    };
    (at, block)
}

/// A cue: its id, its settings, of which there are none, and its words.
fn words(caption: &Caption, at: usize, start: u64) -> (u64, Vec<u8>) {
    let data = format!("{at}\n\n{}", escaped(&caption.text));
    let block = element(0xa1, payload(CAPTIONS, caption.from - start, 0, data.as_bytes()));
    (caption.from, element(0xa0, [block, number(0x9b, caption.to - caption.from)].concat()))
}

fn payload(track: u64, after: u64, flags: u8, data: &[u8]) -> Vec<u8> {
    let track = 0x80 | u8::try_from(track).unwrap_or(0);
    let after = i16::try_from(after).unwrap_or(i16::MAX).to_be_bytes();
    [&[track, after[0], after[1], flags][..], data].concat()
}

/// The pictures from which the film can be begun; `first` is where the first cluster is.
fn cues(clusters: &[Cluster], first: u64) -> Vec<u8> {
    let mut at = first;
    let mut points = Vec::new();
    for cluster in clusters {
        let place = element(0xb7, [number(0xf7, PICTURES), place(0xf1, at)].concat());
        points.extend(element(0xbb, [element(0xb3, cluster.start.to_be_bytes().to_vec()), place].concat()));
        at += cluster.bytes.len() as u64;
    }
    element(0x1c53_bb6b, points)
}

fn element(id: u32, body: Vec<u8>) -> Vec<u8> {
    let mut bytes: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    // Eight bytes for every length: none of them depends on what it says.
    let length = (body.len() as u64) | (1 << 56);
    bytes.extend(length.to_be_bytes());
    bytes.extend(body);
    bytes
}

fn number(id: u32, value: u64) -> Vec<u8> {
    let bytes: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    element(id, if bytes.is_empty() { vec![0] } else { bytes })
}

/// A number that always has eight bytes.
fn place(id: u32, value: u64) -> Vec<u8> {
    element(id, value.to_be_bytes().to_vec())
}

fn signed(id: u32, value: i8) -> Vec<u8> {
    element(id, value.to_be_bytes().to_vec())
}

fn text(id: u32, value: &str) -> Vec<u8> {
    element(id, value.as_bytes().to_vec())
}
