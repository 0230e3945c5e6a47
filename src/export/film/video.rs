//! The browser's own encoder: pictures become a coded track.

pub use super::codec::Codec;
use super::codec::{Chunk, Color, Track};
use super::{Picture, Take};
use crate::export::ExportError;
use crate::export::shown::Shown;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

/// Runs in a page of its own.
const ENCODER: &str = include_str!("encode.js");

/// Most seconds between two pictures from which a film can be begun.
const KEYS: u64 = 10;
/// Fewest seconds between two of them: each costs as much as all the movement of a step.
const APART: u64 = 5;

/// A coded picture as the page tells it.
#[derive(Deserialize)]
struct CodedPicture {
    from: u64,
    to: u64,
    is_key: bool,
    data: String,
}

#[derive(Deserialize)]
struct Config {
    description: String,
    primaries: String,
    transfer: String,
    matrix: String,
    full_range: bool,
}

#[derive(Deserialize)]
struct Finished {
    chunks: Vec<CodedPicture>,
    config: Option<Config>,
}

/// Takes all pictures and codes them.
pub fn encode(
    shown: &mut Shown,
    codec: Codec,
    size: (u32, u32),
    fps: u32,
    pictures: &mut dyn FnMut(&mut Shown, Take<'_>) -> Result<(), ExportError>,
) -> Result<Track, ExportError> {
    let mut page = shown.beside(ENCODER)?;
    let settings = json!({
        "codecs": names(codec, size), "width": size.0, "height": size.1, "bitrate": bitrate(size), "framerate": fps,
    });
    let started = page.evaluate(&format!("film.start({settings})"))?;
    if started.as_str().unwrap_or_default().is_empty() {
        return Err(unsupported(codec));
    }
    let mut chunks = Vec::new();
    let (mut soonest, mut latest) = (0, 0);
    pictures(shown, &mut |_, Picture { png, from, to, cut }| {
        let is_key = from >= latest || (cut && from >= soonest);
        if is_key {
            (soonest, latest) = (from + APART * u64::from(fps), from + KEYS * u64::from(fps));
        }
        let png = Value::from(STANDARD.encode(&png));
        let answer =
            page.evaluate(&format!("film.add({png}, {}, {is_key})", json!(stretches(from, to, fps))))?;
        chunks.extend(read::<Vec<CodedPicture>>(answer)?);
        Ok(())
    })?;
    let Finished { chunks: last, config } = read(page.evaluate("film.finish()")?)?;
    chunks.extend(last);
    let config = config.ok_or_else(|| wrong("it made nothing"))?;
    let color = Color::named(&config.primaries, &config.transfer, &config.matrix, config.full_range);
    let decoded = |text: &str| STANDARD.decode(text).map_err(|error| wrong(&error.to_string()));
    let chunks = chunks.into_iter().map(|CodedPicture { from, to, is_key, data }| {
        Ok(Chunk { from, to: to.max(from + 1), is_key, data: decoded(&data)? })
    });
    Ok(Track {
        width: size.0,
        height: size.1,
        fps,
        color,
        description: decoded(&config.description)?,
        chunks: chunks.collect::<Result<_, ExportError>>()?,
    })
}

/// A picture that stands is coded again in the frames after it, so that what a movement left coarse becomes sharp; and every few
/// seconds, so that players that count on pictures go on.
fn stretches(from: u64, to: u64, fps: u32) -> Vec<[u64; 2]> {
    let second = u64::from(fps);
    let mut cuts = vec![from];
    cuts.extend((1..=3).map(|more| from + more));
    cuts.extend((1..).map(|more| from + more * second * 2).take_while(|at| *at < to));
    cuts.retain(|at| *at < to);
    cuts.dedup();
    let ends = cuts.iter().skip(1).copied().chain([to]);
    cuts.iter().copied().zip(ends).map(|(from, to)| [from, to]).collect()
}

/// Names of a codec, the best first, at a level that holds the size.
fn names(codec: Codec, (width, height): (u32, u32)) -> Vec<&'static str> {
    let blocks = width.div_ceil(16) * height.div_ceil(16);
    match (codec, blocks) {
        (Codec::H264, ..=8192) => vec!["avc1.640028", "avc1.4d0028", "avc1.420028"],
        (Codec::H264, _) => vec!["avc1.640034", "avc1.4d0034", "avc1.420034"],
        (Codec::Vp9, ..=8192) => vec!["vp09.00.40.08"],
        (Codec::Vp9, _) => vec!["vp09.00.51.08"],
    }
}

/// Enough for the letters of screenshots: 1.3 Mbit a second at 1280 × 800.
fn bitrate((width, height): (u32, u32)) -> u64 {
    (u64::from(width) * u64::from(height) * 5 / 4).max(400_000)
}

fn unsupported(codec: Codec) -> ExportError {
    ExportError::Failed(match codec {
        Codec::H264 => {
            "this browser can't write H.264: make a film with `--to webm`, or name another browser in \
                        `GUIDEMARK_CHROMIUM`"
                .to_owned()
        }
        Codec::Vp9 => "this browser can't write films: name another in `GUIDEMARK_CHROMIUM`".to_owned(),
    })
}

fn read<T: for<'de> Deserialize<'de>>(answer: Value) -> Result<T, ExportError> {
    serde_json::from_value(answer).map_err(|error| wrong(&error.to_string()))
}

fn wrong(what: &str) -> ExportError {
    ExportError::Failed(format!("the encoder of the browser is not understood: {what}"))
}
